"""Terrain: what critical points look like, and what they do to gradient descent."""

from landscape.lessons.terrain import dimensions, leaving, spectrum, zigzag

EXPERIMENTS = (
    dimensions.EXPERIMENT,
    leaving.EXPERIMENT,
    zigzag.EXPERIMENT,
    spectrum.EXPERIMENT,
)
"""The lesson on terrain."""
