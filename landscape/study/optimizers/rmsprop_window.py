"""The mean of recent squared gradients, over an exact window and as a fading average."""

from dataclasses import dataclass
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Float

from landscape.core import tree
from landscape.core.types import Params, hyper, pytree, static
from landscape.descent.rules.adaptive import RMSProp
from landscape.descent.rules.rule import GradientRule, Rule, State
from landscape.study.optimizers.momentum import fed

LONGEST = 40_000
"""The most steps that are followed."""


@pytree
class Windowed(GradientRule):
    r"""RMSProp with the exact mean of the last squared gradients: it has to keep them all.

    Args:
        learning_rate: as for `RMSProp`.
        window: how many squared gradients are kept; before there are so many, zeros take their place.
        eps: keeps the quotient finite, > 0.

    >>> moves, memory = fed(Windowed(1.0, 4), np.array([2.0, 2.0, 2.0, 2.0, 0.0]))
    >>> memory["square_average"].tolist(), memory["squares"].shape
    ([1.0, 2.0, 3.0, 4.0, 3.0], (5, 4))

    Source: Zeiler 2012, section 3.1, which names it and sets it aside.
    """

    learning_rate: float = hyper(0.01, 1e-5, 1.0, log=True, symbol=r"\eta")
    window: int = static(100)
    eps: float = hyper(1e-8, 1e-12, 1e-1, log=True, symbol=r"\epsilon")

    def init(self, params: Params) -> State:
        many = tree.map(lambda p: jnp.zeros((self.window, *jnp.shape(p)), p.dtype), params)
        return {"squares": many, "square_average": tree.zeros_like(params)}

    def direction(self, grad: Params, state: State, params: Params) -> tuple[Params, State]:
        kept = tree.map(lambda s, g: jnp.concatenate([s[1:], (g**2)[None]]), state["squares"], grad)
        mean = tree.map(lambda s: s.mean(axis=0), kept)
        update = tree.map(lambda g, s: -self.learning_rate * g / (jnp.sqrt(s) + self.eps), grad, mean)
        return update, {"squares": kept, "square_average": mean}


def memory_size(rule: Rule, weights: int) -> int:
    """How many numbers a rule carries for so many weights, counted from its state without making it.

    >>> memory_size(RMSProp(), 1000), memory_size(Windowed(0.01, 100), 1000)
    (2000, 101000)
    """
    shapes = jax.eval_shape(rule.init, jax.ShapeDtypeStruct((weights,), jnp.float32))
    return sum(int(np.prod(leaf.shape)) for leaf in jax.tree.leaves(shapes))


@dataclass(frozen=True, eq=False)
class Fading:
    """How a window of w and the average with gamma = 1 - 1/w weigh the past.

    Attributes:
        decay: gamma.
        ages: (count,), how many steps ago.
        window, average: (count,), the weight of a squared gradient of that age, as the rules give it.
        inside: the share of the average's weight within the last w steps.
        thrice: within the last 3 w.
        age: the average's mean age, in steps.
    """

    decay: float
    ages: Float[np.ndarray, " count"]
    window: Float[np.ndarray, " count"]
    average: Float[np.ndarray, " count"]
    inside: float
    thrice: float
    age: float


def windowed(squares: Float[np.ndarray, " steps"], window: int) -> Float[np.ndarray, " steps"]:
    """The mean of the last squared gradients at each step, as `Windowed` carries it; zeros came before.

    >>> windowed(np.array([4.0, 4.0, 4.0, 4.0, 0.0]), 4).tolist()
    [1.0, 2.0, 3.0, 4.0, 3.0]
    """
    total = np.concatenate([np.zeros(window), np.cumsum(squares)])
    return (total[window:] - total[:-window]) / window


def averaged(squares: Float[np.ndarray, " steps"], window: int) -> Float[np.ndarray, " steps"]:
    """The fading average with gamma = 1 - 1/w at each step, as RMSProp carries it.

    >>> averaged(np.array([4.0, 0.0, 0.0]), 2).tolist()
    [2.0, 1.0, 0.5]
    """
    padded = np.zeros(LONGEST)  # one length, so that another window does not compile anew
    padded[: len(squares)] = np.sqrt(squares)
    fields: dict[str, Any] = {"decay": 1 - 1 / window}
    return fed(RMSProp(**fields), padded)[1]["square_average"][: len(squares)]


def fading(window: int) -> Fading:
    r"""Feed both one gradient of 1 among zeros, and read off how they forget it.

    Args:
        window: w, at most 1000; the average's decay is $\gamma = 1 - 1/w$.

    >>> found = fading(100)
    >>> round(found.inside, 3), round(found.thrice, 3), round(found.age, 2)
    (0.634, 0.951, 99.0)
    """
    impulse = np.zeros(min(40 * window, LONGEST))
    impulse[0] = 1.0
    average, exact = averaged(impulse, window), windowed(impulse, window)
    shown = slice(4 * window)
    return Fading(
        1 - 1 / window, np.arange(4 * window, dtype=np.float64), exact[shown], average[shown],
        float(average[:window].sum()), float(average[: 3 * window].sum()),
        float(np.arange(len(average)) @ average),
    )  # fmt: skip


def followed(window: int, seed: int = 0) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Both means along random gradients that are thrice as steep for 2 w steps, and then no more.

    Args:
        window: w.
        seed: of the gradients.

    Returns:
        (6 w,) each: the squared gradients, the window's mean and the fading one.

    >>> squares, exact, average = followed(50)
    >>> len(squares), bool(abs(exact[-1] - average[-1]) < 1.0)
    (300, True)
    """
    scale = np.where(np.arange(6 * window) < 2 * window, 3.0, 1.0)
    squares = (scale * np.random.default_rng(seed).normal(size=6 * window)) ** 2
    return squares, windowed(squares, window), averaged(squares, window)
