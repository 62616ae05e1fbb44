"""Studies: many runs that answer one question, for lessons and for notebooks.

Each module is the mathematics of an experiment without its page: arrays in, arrays out. Folders are named
for the lessons, `common` holds what several share. Optimizers are those of `landscape.descent`, which the
tests compare with Optax, so that a curve of a lesson is drawn by the code that a notebook runs.
"""

from landscape.core.lazy import modules_of

__getattr__, __dir__ = modules_of(__name__)
