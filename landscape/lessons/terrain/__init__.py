"""Terrain: what critical points look like, and what they do to gradient descent."""

from landscape.lessons.terrain import dimensions, leaving, zigzag

EXPERIMENTS = (dimensions.EXPERIMENT, leaving.EXPERIMENT, zigzag.EXPERIMENT)
"""The lesson on terrain."""
