"""Where gradient descent ends, for every start and every rate: the basins of a curve."""

from collections.abc import Callable
from enum import IntEnum
from functools import partial
from itertools import pairwise
from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Float, UInt8

from landscape.descent.follow import advance, follow
from landscape.descent.rules.first_order import SGD
from landscape.descent.rules.rule import Rule
from landscape.problems.surfaces.surface import Surface

STEPS = 100
"""A run that is not there after so many steps is slow."""
PATIENCE = 10
"""A run that is not there after so many times the steps, and still moves, cycles."""
NEAR = 0.01
FAR = 1e3


class End(IntEnum):
    """How a run on a curve ends; a valley is deep where no other lies lower."""

    SLOW = 0
    SHALLOW = 1
    DEEP = 2
    CYCLES = 3
    DIVERGED = 4


class Zone(NamedTuple):
    """A range of learning rates whose runs all end alike."""

    low: float
    high: float
    end: End


def basins(
    surface: Surface,
    rates: Float[np.ndarray, " rates"],
    starts: Float[np.ndarray, " starts"],
    steps: int = STEPS,
) -> UInt8[np.ndarray, "rates starts"]:
    r"""How gradient descent ends from every start at every rate, each one run for real.

    $$x_{k+1} = x_k - \eta f'(x_k)$$

    A run is in a valley when after `steps` steps it is within 0.01 of a minimum. What is not is run on, ten
    times as long: what moves even then cycles, and everything else was slow.

    Args:
        surface: a curve, with its minima, the deepest first.
        rates: $\eta$, positive.
        starts: $x_0$.
        steps: until when a run has to be there.

    Returns:
        The `End` of each run.

    >>> from landscape.problems.surfaces.registry import SURFACES
    >>> found = basins(SURFACES["tilted_well"], np.array([0.01, 0.1, 0.6, 1.0]), np.array([1.8]))
    >>> [End(code).name for code in found[:, 0]]
    ['SLOW', 'SHALLOW', 'DEEP', 'DIVERGED']

    Source: Cauchy 1847; Nesterov 2004, section 1.2.3.
    """
    rate, start = np.broadcast_arrays(np.asarray(rates)[:, None], np.asarray(starts)[None, :])
    soon, before, late = (
        np.asarray(x).reshape(rate.shape) for x in _ends(surface, _flat(rate), _flat(start), steps)
    )
    found = _valley(surface, soon)
    restless = np.abs(late - before) > NEAR
    found[(found == End.SLOW) & (_valley(surface, late) == End.SLOW) & restless] = End.CYCLES
    found[~(np.abs(late) < FAR)] = End.DIVERGED
    return found


def walks(
    surface: Surface,
    rates: Float[np.ndarray, " runs"],
    starts: Float[np.ndarray, " runs"],
    steps: int,
    kind: Callable[..., Rule] = SGD,
) -> Float[np.ndarray, "runs frames"]:
    r"""Every place that gradient descent, or another rule, passes on a curve, many runs at once.

    Args:
        surface: a curve.
        rates: $\eta$ of each run; new values do not recompile.
        starts: $x_0$ of each run.
        steps: how many.
        kind: learning rate -> rule.

    >>> from landscape.problems.surfaces.quadratics import Parabola
    >>> walks(Parabola(10.0), np.array([0.05, 0.15]), np.array([1.0, 1.0]), 2).round(4).tolist()
    [[1.0, 0.5, 0.25], [1.0, -0.5, 0.25]]
    """
    return np.asarray(_walks(kind(_flat(rates)), surface, _flat(starts), steps))


def slopes(surface: Surface, x: Float[np.ndarray, "*shape"]) -> Float[np.ndarray, "*shape"]:
    """The slope of a curve at many places, in double precision where they are.

    >>> from landscape.problems.surfaces.quadratics import Parabola
    >>> slopes(Parabola(10.0), np.array([1.0, -0.5], np.float32)).tolist()
    [10.0, -5.0]
    """
    x = np.asarray(x)
    with jax.enable_x64(x.dtype == np.float64):
        return np.asarray(_slopes(surface, jnp.asarray(x).ravel())).reshape(x.shape)


def values(surface: Surface, x: Float[np.ndarray, "*shape"]) -> Float[np.ndarray, "*shape"]:
    """The height of a curve at many places.

    >>> from landscape.problems.surfaces.quadratics import Parabola
    >>> values(Parabola(10.0), np.array([1.0, -0.5], np.float32)).tolist()
    [5.0, 1.25]
    """
    return np.asarray(_values(surface, _flat(x))).reshape(np.shape(x))


def zones(rates: Float[np.ndarray, " rates"], outcomes: UInt8[np.ndarray, " rates"]) -> list[Zone]:
    """The ranges of rates that end alike, in order.

    >>> found = zones(np.array([0.1, 0.2, 0.3]), np.array([0, 0, 4], np.uint8))
    >>> [(zone.low, zone.end.name) for zone in found]
    [(0.1, 'SLOW'), (0.3, 'DIVERGED')]
    """
    edges = [0, *(np.flatnonzero(np.diff(outcomes.astype(int))) + 1).tolist(), len(rates)]
    return [Zone(float(rates[a]), float(rates[b - 1]), End(int(outcomes[a]))) for a, b in pairwise(edges)]


def home(surface: Surface, start: float) -> int:
    """Which minimum an unhurried walk downhill ends in: its place in `surface.minima`.

    >>> from landscape.problems.surfaces.registry import SURFACES
    >>> home(SURFACES["tilted_well"], 1.8), home(SURFACES["tilted_well"], 0.1)
    (1, 0)
    """
    minima = np.array([float(point[0]) for point in surface.minima])
    slope = float(slopes(surface, np.array([start], np.float32))[0])
    ahead = minima < start if slope > 0 else minima > start
    candidates = np.flatnonzero(ahead) if ahead.any() else np.arange(len(minima))
    return int(candidates[np.argmin(np.abs(minima[candidates] - start))])


def _valley(surface: Surface, at: np.ndarray) -> np.ndarray:
    """DEEP or SHALLOW where it lies at a minimum, SLOW elsewhere."""
    found = np.full(at.shape, End.SLOW, np.uint8)
    for k, minimum in reversed(list(enumerate(surface.minima))):
        found[np.abs(at - float(minimum[0])) <= NEAR] = End.DEEP if k == 0 else End.SHALLOW
    return found


def _flat(x: np.ndarray) -> jax.Array:
    return jnp.asarray(x, jnp.float32).ravel()


@partial(jax.jit, static_argnums=3)
def _ends(surface: Surface, rates: jax.Array, x: jax.Array, steps: int) -> tuple[jax.Array, ...]:
    """Where the runs are after `steps`, and after the last two of ten times as many."""

    def on(count: int, x: jax.Array) -> jax.Array:
        return jax.vmap(lambda rate, one: advance(SGD(rate), _height(surface), one, count)[0])(rates, x)

    soon = on(steps, x)
    before = on((PATIENCE - 1) * steps - 1, soon)
    return soon, before, on(1, before)


@partial(jax.jit, static_argnums=3)
def _walks(rules: Rule, surface: Surface, x: jax.Array, steps: int) -> jax.Array:
    return jax.vmap(lambda rule, one: follow(rule, _height(surface), one, steps)[0])(rules, x)


@jax.jit
def _values(surface: Surface, x: jax.Array) -> jax.Array:
    return jax.vmap(_height(surface))(x)


@jax.jit
def _slopes(surface: Surface, x: jax.Array) -> jax.Array:
    return jax.vmap(jax.grad(_height(surface)))(x)


def _height(surface: Surface) -> Callable[[jax.Array], jax.Array]:
    """A curve as a function of one number."""
    return lambda x: surface(x[None])
