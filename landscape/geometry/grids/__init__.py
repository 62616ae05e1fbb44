"""Losses at many points: on a rectangle, along a path, and where there is no value.

One program for a few points is compiled and called from every core, rather than one program for the whole
grid: it moves a progress bar, can be cancelled, takes little memory, and is faster, for its arrays stay in
the cache.
"""
