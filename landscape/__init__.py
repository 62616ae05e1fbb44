"""Landscape: see why training works or fails, on surfaces and on real networks."""

from landscape.descent.first_order import SGD, Momentum, Nesterov
from landscape.descent.run import race, run
from landscape.descent.sweep import sweep
from landscape.descent.tune import tune
