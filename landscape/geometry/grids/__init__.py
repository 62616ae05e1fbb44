"""Losses at many points: on a rectangle, along a path, and where there is no value."""
