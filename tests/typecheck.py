"""The type checker that the test run wraps around every function of the library."""

from collections.abc import Callable

from beartype import BeartypeConf, beartype

_beartype = beartype(conf=BeartypeConf(is_pep484_tower=True))  # an int is a float, as for every other tool


def checked(function: Callable) -> Callable:
    """Check a function's annotations when it is called, a generated `__init__` excepted.

    JAX rebuilds a pytree dataclass with whatever it maps over: tracers, axis numbers, None.
    """
    return function if function.__name__ == "__init__" else _beartype(function)
