"""Hessians too large to write down: eigenvalues, spectra, sharpness, from products alone.

A Hessian of 10,000 parameters takes 400 MB and 10,000 products; one product costs about two gradients.
Lanczos finds the outermost eigenvalues from tens of products where power iteration needs hundreds, gives both
ends of the spectrum at once, and bounds its own error by its residuals. With several start vectors (a band)
it also finds eigenvalues that come several times over, of which a single start sees one.
"""
