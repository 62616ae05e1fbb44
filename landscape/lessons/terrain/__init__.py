"""Terrain: what critical points look like, and what they do to gradient descent."""

from landscape.lessons.terrain import dimensions, everywhere, leaving, probe, spectrum, zigzag

EXPERIMENTS = (
    dimensions.EXPERIMENT,
    zigzag.EXPERIMENT,
    spectrum.EXPERIMENT,
    leaving.EXPERIMENT,
    probe.EXPERIMENT,
    everywhere.EXPERIMENT,
)
"""The lesson on terrain."""
