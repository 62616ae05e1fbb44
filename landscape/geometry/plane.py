"""A line or a plane in the space of parameters: a centre and one or two directions."""

import dataclasses
from typing import Any

import jax
import numpy as np

from landscape.geometry import projection
from landscape.geometry.projection import same_shape
from landscape.types import Params, pytree, static


@pytree
class Plane:
    """A line or a plane through the space of parameters, as NumPy arrays on the host.

    Attributes:
        center: tree of arrays, the point at coordinates (0, 0).
        directions: one or two trees like the centre, the step of one unit along each axis.
        explained: (d,), the share of a path's variance along each axis, of a PCA plane.
        eigenvalues: (d,), the curvature along each axis, of a Hessian plane.
        marks: (k, d), coordinates of the solutions it was laid through, of an interpolation.
        kind: "random", "pca", "hessian", "gradient" or "interpolation".
        normalization: "filter", "layer" or "none", of random directions.
        filter_axis: the axis that filter normalization took, with which other directions can be drawn.
    """

    center: Params
    directions: tuple[Params, ...]
    explained: np.ndarray | None = None
    eigenvalues: np.ndarray | None = None
    marks: np.ndarray | None = None
    kind: str = static(default="random")
    normalization: str = static(default="none")
    filter_axis: int | None = static(default=None)

    @property
    def dimension(self) -> int:
        """1 for a line, 2 for a plane."""
        return len(self.directions)

    def point(self, a: float, b: float = 0.0) -> Params:
        """The parameters at coordinates (a, b), in the type of the centre."""
        point = jax.tree.map(lambda c, d: c + float(a) * d, self.center, self.directions[0])
        if self.dimension == 1:
            return point
        return jax.tree.map(lambda c, d: c + float(b) * d, point, self.directions[1])

    def project(self, params: Params) -> tuple[np.ndarray, np.ndarray]:
        r"""The nearest point of the plane, $\min_c \|\theta - \theta_0 - \sum_i c_i d_i\|$.

        Args:
            params: a tree like the centre, or one with an axis of rows in front of every leaf, such as
                the `params` of a trajectory.

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
        leaves, one = jax.tree.leaves(params), jax.tree.leaves(self.center)
        single = bool(leaves) and np.ndim(leaves[0]) == np.ndim(one[0])
        rows = jax.tree.map(lambda p: np.asarray(p)[None], params) if single else params
        same_shape("params", rows, self.center, lead=1)
        coordinates, off = projection.project(rows, self.center, self.directions)
        return (coordinates[0], off.reshape(())) if single else (coordinates, off)

    def axis(self, i: int) -> "Plane":
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


def lay(center: Params, *directions: Params, **facts: Any) -> Plane:
    """A plane whose directions are checked: not zero, and not along one line.

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
    return Plane(center, directions, **facts)
