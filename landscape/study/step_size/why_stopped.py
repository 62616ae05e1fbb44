"""Why a run stopped: what its gradient, its curvatures and its last step say, in any number of dimensions."""

from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import Any

import jax
import numpy as np
from jaxtyping import Array, Float

from landscape.core.types import pytree
from landscape.descent.double import in_double
from landscape.descent.follow import follow
from landscape.descent.rules.first_order import SGD
from landscape.problems.surfaces.surface import Surface
from landscape.study.common.critical_points import Kind, classify

LEVEL = 1e-4
"""A gradient no longer than this is level ground: a run that rests has come near, and is not there."""
STILL = 1e-6
"""A step no longer than this is not seen."""


class Verdict(StrEnum):
    """Why a run stopped, or that it has not."""

    GLOBAL = "global_minimum"
    LOCAL = "local_minimum"
    MAXIMUM = "maximum"
    SADDLE = "saddle"
    FLAT = "flat_inflection"
    SMALL = "rate_too_small"
    MOVING = "moving"
    DIVERGED = "diverged"


@dataclass(frozen=True, eq=False)
class Ends:
    """Where runs are after their last step, and what it looks like there.

    Attributes:
        at: (runs, n), the last point.
        loss: (runs,), there.
        gradient: (runs,), its length there.
        curvatures: (runs, n), the Hessian's eigenvalues there, ascending.
        moved: (runs,), the length of the last step.
        change: (runs,), of the loss in the last step.
        verdicts: one for each run.
    """

    at: np.ndarray
    loss: np.ndarray
    gradient: np.ndarray
    curvatures: np.ndarray
    moved: np.ndarray
    change: np.ndarray
    verdicts: tuple[Verdict, ...]


@pytree
class Cubic(Surface):
    """f = x^3: level at 0 without being a minimum."""

    name = "cubic"
    latex = r"f(x) = x^3"
    citation = "Nesterov 2004"
    dimension = 1
    domain = ((-1.5, 1.5),)
    origin = (1.0,)

    def __call__(self, params: Float[Array, "1"]) -> Float[Array, ""]:
        return params[0] ** 3


def why(
    gradient: float,
    curvatures: Float[np.ndarray, " n"],
    moved: float,
    above: float | None = None,
) -> Verdict:
    """Judge a place where a run rests by the tests of the first and the second order, as `classify` does.

    Where a curvature is zero and none differs from it in sign, the second order cannot tell: an inflection
    or a plateau.

    Args:
        gradient: its length.
        curvatures: the Hessian's eigenvalues, in any order.
        moved: how far the last step went.
        above: how far the loss is above the lowest value there is, if that is known.

    >>> why(0.0, np.array([1.0, 20.0]), 0.0), why(0.0, np.array([-0.1, 1.0]), 0.0)
    (<Verdict.LOCAL: 'local_minimum'>, <Verdict.SADDLE: 'saddle'>)
    >>> why(8.0, np.array([10.0]), 8e-9).value
    'rate_too_small'

    Source: Nocedal & Wright 2006, theorems 2.2 to 2.4.
    """
    if not (np.isfinite(gradient) and np.all(np.isfinite(curvatures))):
        return Verdict.DIVERGED
    if gradient > LEVEL:
        return Verdict.SMALL if moved <= STILL else Verdict.MOVING
    kind = classify(gradient, curvatures, LEVEL)
    if kind == Kind.MINIMUM:
        return Verdict.GLOBAL if above is not None and above <= STILL else Verdict.LOCAL
    return {Kind.MAXIMUM: Verdict.MAXIMUM, Kind.SADDLE: Verdict.SADDLE}.get(kind, Verdict.FLAT)


def descended(
    surface: Surface, starts: Float[np.ndarray, "runs n"], rate: float, steps: int
) -> Float[np.ndarray, "runs frames n"]:
    r"""Every place that gradient descent passes, in double precision: $x_{k+1} = x_k - \eta\nabla f(x_k)$.

    Args:
        surface: $f$.
        starts: $x_0$ of each run.
        rate: $\eta$, the same for all.
        steps: how many.

    >>> from landscape.problems.surfaces.quadratics import Parabola
    >>> descended(Parabola(10.0), np.array([[1.0]]), 0.05, 2)[0, :, 0].tolist()
    [1.0, 0.5, 0.25]
    """
    return in_double(_descended, surface, np.asarray(starts), rate, steps=steps)


def ends(surface: Surface, paths: Float[np.ndarray, "runs frames n"]) -> Ends:
    """Look around at the last point of each run.

    Args:
        surface: that they ran on.
        paths: at least two places of each.

    >>> from landscape.problems.surfaces.curves import TiltedWell
    >>> paths = descended(TiltedWell(), np.array([[0.9], [-0.9]]), 0.1, 200)
    >>> [verdict.value for verdict in ends(TiltedWell(), paths).verdicts]
    ['local_minimum', 'global_minimum']
    """
    loss, earlier, gradient, hessian = in_double(_around, surface, paths[:, -1], paths[:, -2])
    fine = np.all(np.isfinite(hessian), axis=(1, 2))
    curvatures = np.full(gradient.shape, np.nan)
    curvatures[fine] = np.linalg.eigvalsh(hessian[fine])
    lengths = np.linalg.norm(gradient, axis=1)
    with np.errstate(invalid="ignore"):
        moved, change = np.linalg.norm(paths[:, -1] - paths[:, -2], axis=1), loss - earlier
    lowest = surface.global_minimum
    verdicts = tuple(
        why(float(g), c, float(m), None if lowest is None else float(f - lowest))
        for g, c, m, f in zip(lengths, curvatures, moved, loss, strict=True)
    )
    return Ends(np.asarray(paths[:, -1]), loss, lengths, curvatures, moved, change, verdicts)


def drawn(seed: int, count: int = 1) -> Float[np.ndarray, " count"]:
    """Random starts: standard normal numbers, the same ones for the same seed.

    >>> drawn(3).tolist() == drawn(3).tolist() != drawn(4).tolist()
    True
    """
    return np.random.default_rng(seed).normal(size=count)


@partial(jax.jit, static_argnames="steps")
def _descended(surface: Surface, starts: jax.Array, rate: Any, steps: int) -> jax.Array:
    return jax.vmap(lambda start: follow(SGD(rate), surface, start, steps)[0])(starts)


@jax.jit
def _around(surface: Surface, at: jax.Array, before: jax.Array) -> Any:
    """The loss, the one before, the gradient and the Hessian of each run."""
    loss = jax.vmap(surface)
    return loss(at), loss(before), jax.vmap(jax.grad(surface))(at), jax.vmap(jax.hessian(surface))(at)
