"""Studies: many runs that answer one question, for lessons and for notebooks."""

from landscape.core.lazy import modules_of

__getattr__, __dir__ = modules_of(__name__)
