"""Computations that the lessons of several pages share."""

from landscape.core.lazy import modules_of

__getattr__, __dir__ = modules_of(__name__)
