"""Terrain: what critical points look like, and what they do to gradient descent."""

from landscape.lessons.terrain import dimensions

EXPERIMENTS = (dimensions.EXPERIMENT,)
"""The lesson on terrain."""
