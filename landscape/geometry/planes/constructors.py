"""Which plane to look at: random, along a path, along the Hessian or the gradient, through solutions."""

from typing import Any

import jax
import numpy as np

from landscape.core import tree
from landscape.core.leaves import split
from landscape.core.types import Loss, Params
from landscape.descent.keys import Key, as_key
from landscape.descent.tracing.program import as_pytree
from landscape.descent.training.fit import Fit, point_of, rows_of
from landscape.geometry import projection
from landscape.geometry.curvature.eigenpairs import hessian_eigenvectors
from landscape.geometry.inputs import paths_of, solution
from landscape.geometry.planes.directions import draw, random_direction
from landscape.geometry.planes.filters import FilterAxis, Frozen, filters_of
from landscape.geometry.planes.plane import Plane, make_plane
from landscape.geometry.projection import same_kind, same_shape


def random_plane(
    center: Any,
    key: Key = None,
    *,
    filter_axis: FilterAxis = None,
    frozen: Frozen = None,
    normalization: str = "filter",
) -> Plane:
    """The plane along two random Gaussian directions, filter-normalised unless asked otherwise.

    Biases and normalizations stay where they are, whatever their shape, unless `normalization` is "none";
    `plane.moved` tells which leaves move.

    Args:
        center: parameters, or a fit, which knows its own and their filter axis; a trajectory stands for its
            end.
        key: the random key of the directions, or a seed; `jax.random.key(0)` when none is given.
        filter_axis: which axis of a weight counts output units: -1 for kernels of shape (in, out), 0 for
            weights of shape (out, in); several axes, a tree of axes, a function (path, leaf) -> axes; or
            "flax", "equinox", "haiku", "torch", which also know embeddings, attention and stacked layers.
        frozen: which leaves stay, as (path, leaf) -> True, False or None, or a tree of these; both as for
            `filters_of`.
        normalization: "filter", "layer" or "none", as for `random_direction`.

    Raises:
        TypeError, ValueError: for parameters that are no arrays of finite numbers; as `filters_of`.

    >>> plane = random_plane({"w": np.ones((3, 2)), "b": np.zeros(2)}, jax.random.key(0), filter_axis=-1)
    >>> bool(np.allclose(np.linalg.norm(plane.directions[0]["w"], axis=0), np.sqrt(3)))
    True

    Source: Li et al. 2018.
    """
    if isinstance(center, Fit) and filter_axis is None:
        filter_axis = center.network.FILTER_AXIS
    moving, whole = split("the centre", solution("the centre", center))
    filters = filters_of(moving, normalization, filter_axis, frozen)
    first, second = (draw(moving, k, normalization, filters) for k in jax.random.split(as_key(key)))
    kept = filter_axis if normalization == "filter" and isinstance(filter_axis, (int, tuple, str)) else None
    facts = {"normalization": normalization, "filter_axis": kept, "filters": tuple(filters.items())}
    return make_plane(moving, first, second, whole=whole, kind="random", **facts)


def pca_plane(path: Any, like: Any = None) -> Plane:
    """The plane along the two directions in which a path varies most, through its last point.

    The principal directions of the path's points about their mean, orthonormal, each turned so that the
    path begins at a positive coordinate. `explained` is the share of the variance along each.

    Args:
        path: a trajectory, a fit, a list of checkpoints, or a tree of (rows, ...) arrays. Of a run that
            became non-finite, the steps it stood still are left out. Of a list or dictionary of
            trajectories and fits the plane is of all points together, through the end of the last.
        like: the parameters at one point, or a fit, where it is not plain what a list means.

    Raises:
        TypeError: for what is no path.
        ValueError: for points that are not finite, that lie on one line but for rounding, or that could be
            one set of parameters.

    >>> pca_plane(np.array([[0.0, 0, 0], [4, 1, 0], [8, 0, 0]])).explained.round(4).tolist()
    [0.9796, 0.0204]

    Source: Li et al. 2018, section 7.
    """
    like = None if like is None else point_of(like)
    parts = [rows_of(part) for part in paths_of(path, like).values()]
    if not parts:
        raise ValueError("there is no path: the list is empty")
    for part in parts[1:]:
        same_kind("every path", part, parts[0])
    points = jax.tree.map(lambda *rows: np.concatenate(rows), *parts) if len(parts) > 1 else parts[0]
    rows, _ = split("the path", points)
    last = jax.tree.map(lambda leaf: leaf[-1].copy(), points)
    center, whole = split("the path's end", last)
    directions, explained, singular = projection.principal(rows, 2)
    if len(jax.tree.leaves(rows)[0]) < 2:
        raise ValueError("a single checkpoint lies on one line and spans no plane: give three or more")
    noise = max(projection.rounding(points), projection.rounding(rows))
    if len(singular) < 2 or not singular[1] > max(1e-7 * singular[0], noise):
        raise ValueError(
            "the points of the path lie on one line, but for rounding: they span no plane; "
            "interpolation_plane lays the line through two of them"
        )
    begins = projection.project(jax.tree.map(lambda leaf: leaf[:1], rows), center, directions)[0][0]
    turned = (tree.scale(-1.0 if c < 0 else 1.0, d) for c, d in zip(begins, directions, strict=True))
    return make_plane(center, *turned, whole=whole, explained=explained, kind="pca")


def hessian_plane(loss: Loss, params: Any, key: Key = None, **options: Any) -> Plane:
    """The plane along the Hessian's two outermost eigenvectors, of unit length.

    Args:
        loss: params -> scalar, twice differentiable.
        params: the point, where the plane has its centre; a fit stands for its solution.
        key: the random key, or a seed, of the eigenvectors' start; `jax.random.key(0)` when none is given.
        options: as for `hessian_eigenvectors`, such as which="smallest".

    Raises:
        TypeError, ValueError: as `hessian_eigenvectors`.

    >>> plane = hessian_plane(lambda x: 50 * x[0]**2 + 5 * x[1]**2 - x[2]**2, np.zeros(3))
    >>> plane.eigenvalues.round(2).tolist()
    [100.0, 10.0]
    """
    center, whole = split("params", solution("params", params))
    values, vectors = hessian_eigenvectors(whole.loss(loss), center, k=2, key=key, **options)
    directions = (jax.tree.map(lambda v, i=i: v[i], vectors) for i in range(len(values)))
    return make_plane(center, *directions, whole=whole, eigenvalues=values, kind="hessian")


def gradient_plane(loss: Loss, params: Any, key: Key = None) -> Plane:
    """The plane along the gradient and a random Gaussian direction orthogonal to it, both of unit length.

    Args:
        loss: params -> scalar.
        params: the point, where the plane has its centre; a fit stands for its solution.
        key: the random key, or a seed, of the second direction; `jax.random.key(0)` when none is given.

    Raises:
        TypeError: when the loss is not callable or returns no scalar.
        ValueError: where the gradient is zero or not finite.

    >>> plane = gradient_plane(lambda x: 3 * x[0] + 4 * x[1], np.zeros(3))
    >>> plane.directions[0].astype(float).round(4).tolist()
    [0.6, 0.8, 0.0]
    """
    center, whole = split("params", solution("params", params))
    dtype = jax.tree.leaves(center)[0].dtype
    with jax.default_matmul_precision("highest"):
        slope = jax.grad(tree.cast(as_pytree(whole.loss(loss), center), dtype))(center)
    first = _unit(jax.tree.map(np.asarray, split("the gradient", slope)[0]))
    drawn = random_direction(center, as_key(key), "none")
    return make_plane(center, first, _unit(_orthogonal(drawn, first)), whole=whole, kind="gradient")


def interpolation_plane(a: Any, b: Any, c: Any = None) -> Plane:
    """The line through two solutions, or the plane through three.

    The first is the centre, the second lies at 1 on the first axis. Of a plane both axes are orthogonal
    and as long as the way from the first to the second, so that angles and distances show true.

    Args:
        a, b, c: parameters or fits, all built alike; a trajectory stands for its end.

    Returns:
        The line or plane; `marks` holds the solutions' coordinates, in the order given.

    Raises:
        ValueError: when they are not built alike, two are equal, or three lie on one line.

    >>> interpolation_plane(np.zeros(3), np.array([2.0, 0, 0]), np.array([1.0, 3, 0])).marks.tolist()
    [[0.0, 0.0], [1.0, 0.0], [0.5, 1.5]]

    Source: Goodfellow, Vinyals & Saxe 2015 for the line; Garipov et al. 2018 for the plane.
    """
    raw = [point_of(s) for s in (a, b, c) if s is not None]
    given = [solution(f"solution {i + 1}", s) for i, s in enumerate(raw)]
    if len(given) < 2:
        raise TypeError("a line needs two solutions, a plane three; given one")
    center, whole = split("solution 1", given[0])
    for other in given[1:]:
        same_kind("a solution", other, given[0])
    solutions = [split("a solution", whole.moving(other))[0] for other in given]
    for other in solutions[1:]:
        same_shape("a solution", other, center)
    away = [jax.tree.map(np.subtract, other, center) for other in solutions[1:]]
    line = make_plane(center, away[0])
    directions = line.directions
    if len(away) == 2:
        across = _orthogonal(away[1], _unit(away[0]))
        size = np.sqrt(projection.gram((across,))[0, 0])
        if size <= max(projection.rounding(raw), projection.rounding(given)):
            raise ValueError("the solutions lie along one line, but for rounding: they span no plane")
        length = float(np.sqrt(projection.gram((away[0],))[0, 0]))
        directions = (away[0], tree.scale(length, _unit(across)))
    rows = jax.tree.map(lambda *s: np.stack(s), *solutions)
    marks = projection.project(rows, center, directions)[0]
    marks[0], marks[1] = 0.0, [1.0, 0.0][: len(directions)]  # without rounding
    return make_plane(center, *directions, whole=whole, marks=marks, kind="interpolation")


def _unit(direction: Params) -> Params:
    norm = np.sqrt(projection.gram((direction,))[0, 0])
    if not norm:
        raise ValueError("the direction is zero here: it points nowhere")
    return jax.tree.map(lambda d: (d / norm).astype(d.dtype), direction)


def _orthogonal(direction: Params, unit: Params) -> Params:
    """What is left of a direction without its part along a unit vector."""
    along = projection.gram((direction, unit))[0, 1]
    return jax.tree.map(lambda d, u: (d - along * u).astype(d.dtype), direction, unit)
