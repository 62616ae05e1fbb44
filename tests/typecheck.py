"""The type checker that the test run wraps around every function of the library."""

import random
from collections.abc import Callable
from unittest.mock import patch

# Which item of a list it looks at is left to chance: its own, for Hypothesis minds when other threads, which
# are checked too, use the common one.
with patch("random.getrandbits", random.Random(0).getrandbits):
    from beartype import BeartypeConf, beartype
    from beartype.roar import BeartypeDecorHintPep673Exception, BeartypeDecorHintPep3119Exception

UNCHECKABLE = (
    BeartypeDecorHintPep673Exception,  # Self, which means nothing outside the class
    BeartypeDecorHintPep3119Exception,  # a protocol that Python itself cannot check, such as Pydantic's
)

_beartype = beartype(conf=BeartypeConf(is_pep484_tower=True))  # an int is a float, as for every other tool


def checked(function: Callable) -> Callable:
    """Check a function's annotations when it is called, unless they cannot be checked.

    The generated `__init__` of a pytree dataclass goes unchecked too: JAX rebuilds it with whatever it
    maps over, tracers, axis numbers, None.
    """
    if function.__name__ == "__init__":
        return function
    try:
        return _beartype(function)
    except UNCHECKABLE:
        return function
