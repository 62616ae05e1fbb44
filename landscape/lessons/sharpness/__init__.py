"""Sharpness: what a network's loss looks like in 1,153 dimensions, and how sharp its minima are."""

from landscape.lessons.sharpness import between, edge, planes, wells

EXPERIMENTS = (edge.EXPERIMENT, planes.EXPERIMENT, wells.EXPERIMENT, between.EXPERIMENT)
