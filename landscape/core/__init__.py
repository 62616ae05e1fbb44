"""What every layer leans on: shape types, trees of arrays, the one door for parameters, devices, files.

Things with hyperparameters are frozen dataclasses whose hyperparameters are the leaves of a pytree
(`landscape.core.types`). A value passed as a static argument compiles a program for each value; a leaf
compiles none, and a sweep is `vmap` over an instance whose leaves are arrays. That is what lets a slider
move without a wait.
"""
