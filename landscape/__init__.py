"""Landscape: see why training works or fails, on surfaces and on real networks."""

from landscape.descent.first_order import SGD, Momentum, Nesterov
from landscape.descent.loop import race, run, sweep
