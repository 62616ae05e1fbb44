"""Hessians too large to write down: eigenvalues, spectra, sharpness, from products alone."""
