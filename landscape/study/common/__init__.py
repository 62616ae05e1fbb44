"""Computations that the lessons of several pages share."""
