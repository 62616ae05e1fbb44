"""Whatever is given as a formula, a domain or a start is read, or refused with the one documented error."""

import math

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from landscape.problems.formulas.formula import FormulaError, formula


class Hostile:
    """An object that answers nothing that it is asked for."""

    def fail(self, *_: object) -> None:
        raise RuntimeError("no answer")

    __float__ = __array__ = __repr__ = __str__ = __len__ = __iter__ = __index__ = fail


class Text(str):
    """Text with answers of its own."""

    def __len__(self) -> int:
        raise RuntimeError("no answer")

    __iter__ = __getitem__ = __hash__ = __len__  # type: ignore[assignment]


def deep(levels: int) -> list:
    nest: list = []
    for _ in range(levels):
        nest = [nest]
    return nest


STRANGE = [
    10**400, (10**400, 0), ((0, 10**400), (0, 1)), deep(2000), Hostile(), [Hostile()] * 2,
    [[Hostile()] * 2] * 2,
    ("1", "2"), (b"1", b"2"), (1j, 2), np.array([1j, 2]), {1: 2}, iter([1, 2]), "ab", b"ab", object, jax, [],
    [[1, 2], [3]], np.zeros((2, 2, 2)), (None, None), (math.nan, 0), 10**5000, ("x" * 10**6, 1), lambda: 0,
]  # fmt: skip


@pytest.mark.parametrize("given", STRANGE, ids=lambda given: type(given).__name__)
def test_anything_at_all_is_refused_in_the_same_way(given):
    for doors in ({"domain": given}, {"start": given}, {"text": given} if not isinstance(given, str) else {}):
        if doors:
            with pytest.raises(FormulaError) as error:
                formula(**{"text": "x"} | doors)
            assert 0 < len(str(error.value)) <= 300


def test_text_of_its_own_class_is_read_as_text():
    made = formula(Text("x + 1"))
    assert type(made.text) is str
    assert float(made(jnp.ones(2))) == 2
    fake = type("Fake", (), {"__class__": property(lambda self: str)})()
    with pytest.raises(FormulaError, match="A formula is text, not Fake"):
        formula(fake)
