"""Four hazards of a loss, a ravine, a saddle, a plateau and noise: how many steps a rule needs past each."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float

from landscape.descent.double import in_double
from landscape.descent.follow import follow
from landscape.descent.rules.registry import OPTIMIZERS
from landscape.descent.rules.rule import Rule, State
from landscape.problems.surfaces.rotation import rotate

HAZARDS = ("ravine", "saddle", "plateau", "noise")
LIMIT = 3000
"""The most steps that are taken."""

ASKEW = 30.0
"""The ravine and the saddle lie askew by so many degrees, for rules that scale each parameter alone."""

NEAR: Mapping[str, float] = {"ravine": 1e-6, "saddle": 1.0, "plateau": 1e-3, "noise": 0.3}
"""The distance that counts as arrived; of a saddle the one that counts as gone."""

RATES = np.geomspace(1e-3, 10, 33)
MOMENTA = (0.5, 0.7, 0.8, 0.9, 0.95, 0.98)
USUAL = 0.9
"""The momentum at which the rates are compared."""
SEEDS = 64


class Scene(NamedTuple):
    """One hazard as numbers, so that another one compiles nothing anew.

    Attributes:
        start: (runs, 2), where it begins, along the axes of the hazard; noise is met by many at once.
        curvature: (2,), of the two coordinates.
        dent: how deep the dent is that the plateau surrounds.
        noise: of a gradient.
        near: the distance that counts as arrived; of a saddle the one that counts as gone.
        leaving: whether it is left and not reached.
        angle: by how many degrees its axes are turned against the parameters'.
    """

    start: Any
    curvature: Any
    dent: float
    noise: float
    near: float
    leaving: bool
    angle: float


def scene(hazard: str, value: float) -> Scene:
    r"""One hazard.

    $$\tfrac12(x^2 + \kappa y^2), \quad \tfrac12(x^2 - y^2)$$

    $$-e^{-x^2/2}, \quad \tfrac12 x^2 + \sigma n x$$

    Args:
        hazard: one of `HAZARDS`.
        value: the condition number; the distance from the crest at first; how far out on the plateau it
            begins; the noise of a gradient.

    >>> scene("ravine", 100.0).curvature
    (1.0, 100.0)
    """
    near = NEAR[hazard]
    known = {
        "ravine": Scene([[1.0, 0.6]], (1.0, value), 0.0, 0.0, near, False, ASKEW),
        "saddle": Scene([[1.0, value]], (1.0, -1.0), 0.0, 0.0, near, True, ASKEW),
        "plateau": Scene([[value, 0.0]], (0.0, 0.0), 1.0, 0.0, near, False, 0.0),
        "noise": Scene([[3.0, 0.0]] * SEEDS, (1.0, 0.0), 0.0, value, near, False, 0.0),
    }
    return known[hazard]


@lru_cache(maxsize=1)
def _draws() -> np.ndarray:
    """The same noise for every rule."""
    return np.random.default_rng(0).normal(size=(LIMIT, SEEDS))


def _follow(rule: Rule, it: Scene, draws: Array) -> tuple[Array, Array]:
    """The distance after each step, and the distance from the ridge. The runs are one array of parameters."""

    def loss(params: Array, noise: Array) -> Array:
        return jax.vmap(height)(params, noise).sum()

    def height(params: Array, noise: Array) -> Array:
        p = jnp.stack(rotate(params, -it.angle))
        ground = 0.5 * jnp.sum(it.curvature * p**2) - it.dent * jnp.exp(-0.5 * p[0] ** 2)
        return ground + it.noise * noise * p[0]

    def distances(params: Array, state: State, now: Rule) -> tuple[Array, Array]:
        off = jnp.sqrt(jnp.mean(jnp.sum(params**2, axis=1)))
        along, aside = rotate(params[0], -it.angle)
        return jnp.where(it.leaving, jnp.abs(aside), off), jnp.abs(along)

    start = jax.vmap(lambda p: jnp.stack(rotate(p, it.angle)))(it.start)
    far, ridge = follow(rule, loss, start, len(draws), draws[:, : len(start)], distances)
    return far[1:], ridge[1:]


@jax.jit
def _count(rules: Rule, it: Scene, draws: Array) -> Array:
    """For many settings of one kind of rule, the steps until it has arrived for good, or one too many."""
    steps = jnp.arange(1, len(draws) + 1)

    def one(rule: Rule) -> Array:
        far, ridge = _follow(rule, it, draws)
        away = jnp.where(far <= it.near, 0, steps).max() + 1
        gone = far > it.near
        first = jnp.where(gone.any(), jnp.argmax(gone) + 1, len(draws) + 1)
        stayed = ((ridge <= 1 + 1e-9) | (steps >= first)).all()
        return jnp.where(it.leaving, jnp.where(stayed, first, len(draws) + 1), away)

    return jax.vmap(one)(rules)


@dataclass(frozen=True, eq=False)
class Cell:
    """How one rule fares on one hazard.

    Attributes:
        best: the fewest steps of all settings, nan if that is more than `LIMIT`.
        fields: the settings that need no more.
        steps: (rates,), the steps at each of `RATES`, with the usual momentum where there is one.
    """

    best: float
    fields: Mapping[str, float]
    steps: Float[np.ndarray, " rates"]


@lru_cache(maxsize=512)
def cell(name: str, hazard: str, value: float) -> Cell:
    """Try every rate, and for the rules with momentum every momentum, in double precision.

    Args:
        name: of the rule, in the registry; one that treats every parameter alone.
        hazard: one of `HAZARDS`.
        value: how bad it is; see `scene`.

    >>> plain, ball = (cell(name, "saddle", 1e-8).steps for name in ("sgd", "momentum"))
    >>> RATES[16].round(6).item(), plain[16].item(), ball[16].item()
    (0.1, 194.0, 69.0)

    Source: Polyak 1964; Lessard, Recht & Packard 2016.
    """
    moving = name in ("momentum", "nesterov")
    momenta = np.array(MOMENTA if moving else (0.0,))
    both = np.meshgrid(RATES, momenta, indexing="ij")
    fields: dict[str, Any] = {"learning_rate": both[0].ravel()}
    if moving:
        fields["momentum"] = both[1].ravel()
    rules = jax.tree.map(lambda leaf: np.broadcast_to(leaf, both[0].size), OPTIMIZERS[name](**fields))
    it = scene(hazard, value)
    it = it._replace(start=np.array(it.start), curvature=np.array(it.curvature))
    taken = in_double(_count, rules, it, _draws()).astype(np.float64)
    taken[taken > LIMIT] = np.nan
    steps = taken.reshape(both[0].shape)[:, MOMENTA.index(USUAL) if moving else 0]
    if np.isnan(taken).all():
        return Cell(float("nan"), {}, steps)
    best = int(np.nanargmin(taken))
    return Cell(float(taken[best]), {field: float(values[best]) for field, values in fields.items()}, steps)
