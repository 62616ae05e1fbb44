"""A line or a plane in the space of parameters: a centre and one or two directions."""

import dataclasses
from typing import Any, Self

import jax
import numpy as np

from landscape.core.brief import brief
from landscape.core.leaves import Whole, split
from landscape.core.types import Params, pytree, static
from landscape.descent.checkpoints import is_floating
from landscape.geometry import projection
from landscape.geometry.inputs import is_point, points_of
from landscape.geometry.planes.filters import Axes, filters_of
from landscape.geometry.planes.named_leaves import leaves_of
from landscape.geometry.projection import same_shape

SHOWN = 4  # leaves that a plane names when it is printed


@pytree
class Plane:
    """A line or a plane through the space of parameters, as NumPy arrays on the host.

    Attributes:
        center: tree of arrays, the point at coordinates (0, 0).
        directions: one or two trees like the centre, the step of one unit along each axis. Whole numbers
            and truth values of the centre stay what they are, whatever a direction holds there.
        explained: (d,), the share of a path's variance along each axis, of a PCA plane.
        eigenvalues: (d,), the curvature along each axis, of a Hessian plane.
        marks: (k, d), coordinates of the solutions it was laid through, of an interpolation.
        kind: "random", "pca", "hessian", "gradient", "interpolation", or "own" for directions of one's own.
        normalization: "filter", "layer" or "none", of random directions.
        filter_axis: what was said of the axes of filters, where it was an axis, several, or a layout's name.
        filters: the path of each leaf that random directions move, with the axes that count its filters;
            other directions are drawn by it. `moved` is the same as a dictionary.

    Raises:
        ValueError: for another number of directions than one or two.
    """

    center: Params
    directions: tuple[Params, ...]
    explained: np.ndarray | None = None
    eigenvalues: np.ndarray | None = None
    marks: np.ndarray | None = None
    kind: str = static(default="own")
    normalization: str = static(default="none")
    filter_axis: int | tuple[int, ...] | str | None = static(default=None)
    filters: tuple[tuple[str, Axes], ...] | None = static(default=None)

    def __post_init__(self) -> None:
        """Refuse what is neither a line nor a plane."""
        if isinstance(self.directions, (tuple, list)) and len(self.directions) not in (1, 2):
            raise ValueError(f"a line has one direction, a plane two; given {len(self.directions)}")

    def __repr__(self) -> str:
        """What it is, how many numbers it spans, and which leaves it moves."""
        told = [f"kind={self.kind!r}", f"dimension={self.dimension}", f"center={brief(self.center)}"]
        facts = (self.explained, self.eigenvalues, self.marks)
        for name, value in zip(("explained", "eigenvalues", "marks"), facts, strict=True):
            told += [] if value is None else [f"{name}={brief(value)}"]
        if self.filters is not None:
            shown = [f"{path!r}: {axes}" for path, axes in self.filters[:SHOWN]]
            shown += [f"and {len(self.filters) - SHOWN} more"] if len(self.filters) > SHOWN else []
            told += [f"normalization={self.normalization!r}", f"moved={{{', '.join(shown)}}}"]
        return f"Plane({', '.join(told)})"

    @property
    def dimension(self) -> int:
        """1 for a line, 2 for a plane."""
        return len(self.directions)

    @property
    def moved(self) -> dict[str, Axes]:
        """The leaves along which one moves in the plane: path -> the axes that count filters, each of which
        has the norm of its weights; no axis where the leaf is taken as a whole.

        >>> import landscape as ls
        >>> params = {"dense": {"kernel": np.ones((3, 2)), "bias": np.zeros(2)}}
        >>> ls.random_plane(params, filter_axis="flax").moved
        {'dense/kernel': (1,)}
        """
        if self.filters is not None:
            return dict(self.filters)
        if self.kind == "random":
            return filters_of(self.center, self.normalization, self.filter_axis)
        moving, _ = self.split()
        leaves = zip(*map(jax.tree.leaves, moving.directions), strict=True)
        named = zip(leaves_of(self.center), leaves, strict=True)
        return {leaf.path: () for leaf, along in named if any(np.any(d) for d in along)}

    def split(self) -> tuple[Self, Whole]:
        """The plane of the leaves that move alone, in one floating type, and what makes parameters whole.

        Raises:
            TypeError, ValueError: for parameters that are no arrays of finite real numbers, or a direction
                that is not built like the centre.
        """
        center, whole = split("the plane's centre", self.center)
        dtype = jax.tree.leaves(center)[0].dtype
        directions = []
        for given in self.directions:
            same_shape("a direction", direction := whole.moving(given), center)
            directions.append(jax.tree.map(lambda leaf: np.asarray(leaf, dtype), direction))
        center = jax.tree.map(lambda leaf: np.asarray(leaf, dtype), center)
        return dataclasses.replace(self, center=center, directions=tuple(directions)), whole

    def point(self, a: float, b: float = 0.0) -> Params:
        """The parameters at coordinates (a, b), in the type of the centre."""
        point = self.center
        for at, direction in zip((a, b), self.directions, strict=False):
            point = jax.tree.map(
                lambda c, d, at=at: c + float(at) * d if is_floating(c) else c, point, direction
            )
        return point

    def project(self, params: Any) -> tuple[np.ndarray, np.ndarray]:
        r"""The nearest point of the plane, $\min_c \|\theta - \theta_0 - \sum_i c_i d_i\|$.

        Args:
            params: a tree like the centre; or a path: a trajectory, a fit, a list of trees like the centre,
                or one with an axis of rows in front of every leaf.

        Returns:
            (rows, d) the coordinates and (rows,) the distances off the plane, in units of the parameters;
            (d,) and () for parameters without an axis of rows.

        Raises:
            ValueError: when the tree is not built like the centre.

        >>> line = Plane(np.zeros(3), (np.array([10.0, 0.0, 0.0]),))
        >>> coordinates, off = line.project(np.array([[20.0, 0.0, 3.0], [5.0, 0.0, 0.0]]))
        >>> coordinates.tolist(), off.tolist()
        ([[2.0], [0.5]], [3.0, 0.0])
        """
        single = is_point(params, self.center)
        whole = split("the plane's centre", self.center)[1]
        rows, center = whole.moving(points_of(params, self.center, "params")), whole.moving(self.center)
        same_shape("params", rows, center, lead=1)
        coordinates, off = projection.project(rows, center, tuple(map(whole.moving, self.directions)))
        return (coordinates[0], off.reshape(())) if single else (coordinates, off)

    def axis(self, i: int) -> Self:
        """The line through the centre along one of the directions."""

        def only(facts: np.ndarray | None) -> np.ndarray | None:
            return None if facts is None else facts[..., [i]]

        return dataclasses.replace(
            self,
            directions=(self.directions[i],),
            explained=only(self.explained),
            eigenvalues=only(self.eigenvalues),
            marks=only(self.marks),
        )


def make_plane(center: Params, *directions: Params, whole: Whole | None = None, **facts: Any) -> Plane:
    """A plane whose directions are checked: not zero, and not along one line.

    Args:
        center: the point at (0, 0): the leaves that move.
        directions: trees like it.
        whole: what makes the centre whole again, where leaves of it stay.
        facts: the other fields of the plane.

    Raises:
        ValueError: when they do not span what they should.
    """
    products = projection.gram(directions)
    if np.linalg.det(products) <= 1e-12 * np.prod(np.diag(products)):
        raise ValueError(
            "the directions lie along one line, or one of them is zero: they span no plane"
            if len(directions) == 2
            else "the direction is zero: there is no line"
        )
    if whole is None:
        return Plane(center, directions, **facts)
    return Plane(whole(center), tuple(map(whole.zeros, directions)), **facts)
