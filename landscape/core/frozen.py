"""A dict that stays as it is, so that what holds it can be a key."""

from typing import Any, NoReturn, TypeVar

K = TypeVar("K")
V = TypeVar("V")


def _refuse(*_: Any, **__: Any) -> NoReturn:
    raise TypeError("this dict cannot be changed; make another one with |")


_REFUSE: Any = _refuse
"""Of whatever type a method of a dict is."""


class FrozenDict(dict[K, V]):
    """A dict that cannot be changed and can be hashed, as far as its values can.

    It is equal to any dict of the same content; `|` makes a plain one.

    >>> settings = FrozenDict(rate=0.1)
    >>> {settings: "seen"}[FrozenDict({"rate": 0.1})]
    'seen'
    >>> settings["rate"] = 1.0
    Traceback (most recent call last):
    TypeError: this dict cannot be changed; make another one with |
    """

    def __hash__(self) -> int:  # pyright: ignore[reportIncompatibleVariableOverride]
        return hash(frozenset(self.items()))

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (dict(self),)

    __setitem__ = __delitem__ = __ior__ = update = setdefault = pop = popitem = clear = _REFUSE
