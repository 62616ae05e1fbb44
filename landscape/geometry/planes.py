"""Which plane to look at: random, along a path, along the Hessian or the gradient, through solutions."""

from typing import Any

import jax
import numpy as np
from jaxtyping import Array

from landscape import tree
from landscape.descent.door import default_key
from landscape.descent.fit import Fit
from landscape.descent.program import as_pytree
from landscape.geometry import projection
from landscape.geometry.curvature import hessian_eigenvectors
from landscape.geometry.directions import random_direction
from landscape.geometry.plane import Plane, lay
from landscape.geometry.projection import same_shape, to_host
from landscape.geometry.rows import rows_of, solution
from landscape.types import Loss, Params


def random_plane(
    center: Any, key: Array | None = None, *, filter_axis: int | None = None, normalization: str = "filter"
) -> Plane:
    """The plane along two random Gaussian directions, filter-normalised unless asked otherwise.

    Args:
        center: parameters, or a fit, which knows its own and their filter axis.
        key: the random key of the directions; `jax.random.key(0)` when none is given.
        filter_axis: which axis of a weight counts output units: -1 for kernels of shape (in, out) as in
            Flax, 0 for weights of shape (out, in) as in Equinox or PyTorch.
        normalization: "filter", "layer" or "none", as for `random_direction`.

    Raises:
        TypeError, ValueError: for parameters that are no arrays of finite numbers; as `random_direction`.

    >>> plane = random_plane({"w": np.ones((3, 2)), "b": np.zeros(2)}, jax.random.key(0), filter_axis=-1)
    >>> bool(np.allclose(np.linalg.norm(plane.directions[0]["w"], axis=0), np.sqrt(3)))
    True

    Source: Li et al. 2018.
    """
    if isinstance(center, Fit) and filter_axis is None:
        filter_axis = center.network.FILTER_AXIS
    center = solution("the centre", center)
    keys = jax.random.split(default_key(key))
    first, second = (random_direction(center, k, normalization, filter_axis) for k in keys)
    axis = filter_axis if normalization == "filter" else None
    return lay(center, first, second, kind="random", normalization=normalization, filter_axis=axis)


def pca_plane(path: Any) -> Plane:
    """The plane along the two directions in which a path varies most, through its last point.

    The principal directions of the path's points about their mean, orthonormal, each turned so that the
    path begins at a positive coordinate. `explained` is the share of the variance along each.

    Args:
        path: a trajectory, a fit, or a tree of (rows, ...) arrays. Of a run that became non-finite, the
            steps it stood still are left out.

    Raises:
        TypeError, ValueError: for rows that are no arrays of finite numbers, or lie on one line.

    >>> pca_plane(np.array([[0.0, 0, 0], [4, 1, 0], [8, 0, 0]])).explained.round(4).tolist()
    [0.9796, 0.0204]

    Source: Li et al. 2018, section 7.
    """
    rows = to_host("the path", rows_of(path))
    if len({np.shape(leaf)[:1] for leaf in jax.tree.leaves(rows)} | {()}) != 2:
        raise ValueError("the path must have the same axis of rows in front of every leaf")
    last = jax.tree.map(lambda leaf: leaf[-1].copy(), rows)
    directions, explained, singular = projection.principal(rows, 2)
    if len(singular) < 2 or not singular[1] > 1e-7 * singular[0]:
        raise ValueError("the points of the path lie on one line: they span no plane")
    begins = projection.project(jax.tree.map(lambda leaf: leaf[:1], rows), last, directions)[0][0]
    turned = (tree.scale(-1.0 if c < 0 else 1.0, d) for c, d in zip(begins, directions, strict=True))
    return Plane(last, tuple(turned), explained=explained, kind="pca")


def hessian_plane(loss: Loss, params: Any, key: Array | None = None, **options: Any) -> Plane:
    """The plane along the Hessian's two outermost eigenvectors, of unit length.

    Args:
        loss: params -> scalar, twice differentiable.
        params: the point, where the plane has its centre; a fit stands for its solution.
        key: the random key of the eigenvectors' start; `jax.random.key(0)` when none is given.
        options: as for `hessian_eigenvectors`, such as which="smallest".

    Raises:
        TypeError, ValueError: as `hessian_eigenvectors`.

    >>> plane = hessian_plane(lambda x: 50 * x[0]**2 + 5 * x[1]**2 - x[2]**2, np.zeros(3))
    >>> plane.eigenvalues.round(2).tolist()
    [100.0, 10.0]
    """
    center = solution("params", params)
    values, vectors = hessian_eigenvectors(loss, center, k=2, key=key, **options)
    directions = (jax.tree.map(lambda v, i=i: v[i], vectors) for i in range(len(values)))
    return lay(center, *directions, eigenvalues=values, kind="hessian")


def gradient_plane(loss: Loss, params: Any, key: Array | None = None) -> Plane:
    """The plane along the gradient and a random Gaussian direction orthogonal to it, both of unit length.

    Args:
        loss: params -> scalar.
        params: the point, where the plane has its centre; a fit stands for its solution.
        key: the random key of the second direction; `jax.random.key(0)` when none is given.

    Raises:
        TypeError: when the loss is not callable or returns no scalar.
        ValueError: where the gradient is zero or not finite.

    >>> plane = gradient_plane(lambda x: 3 * x[0] + 4 * x[1], np.zeros(3))
    >>> plane.directions[0].astype(float).round(4).tolist()
    [0.6, 0.8, 0.0]
    """
    center = solution("params", params)
    dtype = jax.tree.leaves(center)[0].dtype
    with jax.default_matmul_precision("highest"):
        slope = jax.grad(tree.cast(as_pytree(loss, center), dtype))(center)
    first = _unit(to_host("the gradient", slope))
    drawn = random_direction(center, default_key(key), "none")
    return lay(center, first, _unit(_orthogonal(drawn, first)), kind="gradient")


def interpolation_plane(a: Any, b: Any, c: Any = None) -> Plane:
    """The line through two solutions, or the plane through three.

    The first is the centre, the second lies at 1 on the first axis. Of a plane both axes are orthogonal
    and as long as the way from the first to the second, so that angles and distances show true.

    Args:
        a, b, c: parameters or fits, all built alike.

    Returns:
        The line or plane; `marks` holds the solutions' coordinates, in the order given.

    Raises:
        ValueError: when they are not built alike, two are equal, or three lie on one line.

    >>> interpolation_plane(np.zeros(3), np.array([2.0, 0, 0]), np.array([1.0, 3, 0])).marks.tolist()
    [[0.0, 0.0], [1.0, 0.0], [0.5, 1.5]]

    Source: Goodfellow, Vinyals & Saxe 2015 for the line; Garipov et al. 2018 for the plane.
    """
    solutions = [solution(f"solution {i + 1}", s) for i, s in enumerate((a, b, c)) if s is not None]
    center, *others = solutions
    for other in others:
        same_shape("a solution", other, center)
    away = [jax.tree.map(np.subtract, other, center) for other in others]
    plane = lay(center, *away)
    if len(away) == 2:
        length = float(np.sqrt(projection.gram((away[0],))[0, 0]))
        across = tree.scale(length, _unit(_orthogonal(away[1], _unit(away[0]))))
        plane = lay(center, away[0], across)
    marks = plane.project(jax.tree.map(lambda *s: np.stack(s), *solutions))[0]
    return Plane(center, plane.directions, marks=marks, kind="interpolation")


def _unit(direction: Params) -> Params:
    norm = np.sqrt(projection.gram((direction,))[0, 0])
    if not norm:
        raise ValueError("the direction is zero here: it points nowhere")
    return jax.tree.map(lambda d: (d / norm).astype(d.dtype), direction)


def _orthogonal(direction: Params, unit: Params) -> Params:
    """What is left of a direction without its part along a unit vector."""
    along = projection.gram((direction, unit))[0, 1]
    return jax.tree.map(lambda d, u: (d - along * u).astype(d.dtype), direction, unit)
