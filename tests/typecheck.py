"""The type checker that the test run wraps around every function of the library."""

import random
from collections.abc import Callable, Iterable
from types import FunctionType
from typing import Any
from unittest.mock import patch

import jaxtyping

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


def install(modules: Iterable[str]) -> None:
    """Check what is imported from these modules on, but a function within another, and one without a type.

    A function within another would be taken apart and put together again at each call of the outer one,
    which cost every sixth second of the whole run; pyright reads those.
    """
    whole = jaxtyping.jaxtyped

    def jaxtyped(*, typechecker: Callable) -> Callable[[Any], Any]:
        def decorate(thing: Any) -> Any:
            function = isinstance(thing, FunctionType)
            spared = function and ("<locals>" in thing.__qualname__ or not thing.__annotations__)
            return thing if spared else whole(thing, typechecker=typechecker)

        return decorate

    jaxtyping.jaxtyped = jaxtyped  # which the imported modules ask for by this name
    jaxtyping.install_import_hook(list(modules), f"{__name__}.{checked.__name__}")
