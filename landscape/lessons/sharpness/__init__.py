"""Sharpness: what a network's loss looks like in 1,153 dimensions, and how sharp its minima are."""

from landscape.lessons.sharpness import between, directions, edge, planes, ways_down, wells

EXPERIMENTS = (
    edge.EXPERIMENT,
    planes.EXPERIMENT,
    wells.EXPERIMENT,
    between.EXPERIMENT,
    directions.EXPERIMENT,
    ways_down.EXPERIMENT,
)
