"""What the lessons of Optimizers compute."""

from landscape.core.lazy import modules_of

__getattr__, __dir__ = modules_of(__name__)
