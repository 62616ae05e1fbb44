"""Surfaces that a person types: from checked text to a function that JAX can trace."""
