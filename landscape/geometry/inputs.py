"""The door: parameters and paths as they are given, told apart, become trees of NumPy arrays."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import jax
import numpy as np

from landscape.core.leaves import split
from landscape.core.types import Params
from landscape.descent.checkpoints import is_floating, rows_in, stack
from landscape.descent.training.fit import Fit, point_of, rows_of
from landscape.descent.trajectory import Trajectory

WAYS = "a Trajectory, a Fit, a list of checkpoints, or a tree of (rows, ...) arrays"


def solution(name: str, given: Any) -> Params:
    """Parameters copied to the host in one floating type: a fit's solution, a trajectory's last finite point,
    or parameters as they are.

    Whole numbers and truth values are kept as they are.

    Raises:
        TypeError, ValueError: for parameters that are no arrays of finite real numbers, as `leaves.split`.
    """
    moving, whole = split(name, point_of(given))
    return jax.tree.map(_copied, whole(moving))


def _copied(leaf: Any) -> Any:
    return leaf if isinstance(leaf, (bool, int)) else np.array(leaf)


def is_point(given: Any, like: Params) -> bool:
    """Whether a tree is one set of parameters, built and shaped like another."""
    return _fits(given, like, lambda shape, wanted: shape == wanted)


def path_of(given: Any, like: Params | None = None, name: str = "the path") -> Trajectory:
    """One path, however it is given.

    Args:
        given: a trajectory, a fit, a list of parameter trees (one a checkpoint), a tree of (rows, ...)
            arrays, or, where it is known how they are built, parameters themselves, a path of one point.
        like: parameters, which settle what a list or tree means; None where there are none.
        name: what it is to whoever gave it.

    Raises:
        TypeError: for anything else.
        ValueError: when it is built otherwise, or could mean two things.

    >>> path_of([np.zeros(3), np.ones(3)]).params.shape, path_of(np.zeros((2, 3))).params.shape
    ((2, 3), (2, 3))
    """
    if isinstance(given, Fit):
        return given.path
    return given if isinstance(given, Trajectory) else Trajectory.along(points_of(given, like, name))


def points_of(given: Any, like: Params | None = None, name: str = "the path") -> Params:
    """The points of a path as a tree of (rows, ...) arrays, however it is given, as for `path_of`.

    Raises:
        TypeError, ValueError: as `path_of`.
    """
    if isinstance(given, (Trajectory, Fit)):
        return rows_of(given)
    if like is None:
        return _settled(given, name)
    if is_point(given, like):
        return stack([given])
    if _is_rows(given, like):
        return rows_in(given)
    if _is_list(given, like):
        return stack(list(given))
    raise _unlike(given, like, name)


def paths_of(given: Any, like: Params | None = None) -> dict[str, Trajectory]:
    """Paths by name, however they are given: one, or a list or dictionary of them, each as for `path_of`.

    Paths without names are called "1", "2", ....

    >>> one, many = paths_of(np.zeros((2, 3)), np.zeros(3)), paths_of({"sgd": np.zeros((2, 3))}, np.zeros(3))
    >>> list(one), list(many)
    (['1'], ['sgd'])
    """
    if given is None:
        return {}
    if isinstance(given, (Trajectory, Fit)) or (like is not None and _is_path(given, like)):
        return {"1": path_of(given, like)}
    if like is None and isinstance(given, (list, tuple, Mapping)) and len(given):
        parts = list(given.values()) if isinstance(given, Mapping) else list(given)
        if not any(isinstance(part, (Trajectory, Fit)) for part in parts):
            return {"1": path_of(given)}
    if isinstance(given, Mapping):
        return {str(name): path_of(path, like, f"the path {name!r}") for name, path in given.items()}
    if isinstance(given, Iterable) and not isinstance(given, (str, bytes, np.ndarray, jax.Array)):
        return {str(i): path_of(path, like, f"path {i}") for i, path in enumerate(given, start=1)}
    if like is None:
        return {"1": path_of(given)}
    raise _unlike(given, like, "a path")


def _is_path(given: Any, like: Params) -> bool:
    """Whether something is one path of parameters that are built like others."""
    return is_point(given, like) or _is_rows(given, like) or _is_list(given, like)


def _is_list(given: Any, like: Params) -> bool:
    return isinstance(given, (list, tuple)) and bool(given) and all(is_point(one, like) for one in given)


def _is_rows(given: Any, like: Params) -> bool:
    return _fits(given, like, lambda shape, wanted: len(shape) > 0 and shape[1:] == wanted)


def _fits(given: Any, like: Params, right: Callable[[tuple, tuple], bool]) -> bool:
    """Whether a tree is built like another, and the shapes of its floating-point leaves are right."""
    if jax.tree.structure(given) != jax.tree.structure(like):
        return False
    pairs = zip(jax.tree.leaves(given), jax.tree.leaves(like), strict=True)
    return all(right(_shape(one), np.shape(wanted)) for one, wanted in pairs if is_floating(wanted))


def _shape(leaf: Any) -> tuple[int, ...]:
    return tuple(leaf.shape) if hasattr(leaf, "shape") else np.shape(leaf) if _is_number(leaf) else (-1,)


def _is_number(leaf: Any) -> bool:
    return isinstance(leaf, (bool, int, float))


def _settled(given: Any, name: str) -> Params:
    """The rows of a list of checkpoints, or of a tree of (rows, ...), where nothing tells how one is built.

    Raises:
        ValueError: when it could be either, or one set of parameters.
    """
    leaves = [leaf for leaf in jax.tree.leaves(given) if is_floating(leaf)]
    shapes = [_shape(leaf) for leaf in leaves]
    stacked = len({shape[:1] for shape in shapes}) == 1 and min(map(len, shapes)) > 1
    if type(given) in (list, tuple) and _are_alike(given) and not (stacked and len(given) == 1):
        if stacked:
            raise ValueError(
                f"{name} could be {len(given)} checkpoints, or one tree of {len(given)} parts with "
                f"{shapes[0][0]} rows each: give like=, the parameters at one point, or "
                "ls.Trajectory.of(checkpoints)"
            )
        return stack(list(given))
    parts = list(given.values()) if isinstance(given, Mapping) else []
    if stacked and len(parts) > 1 and _are_alike(parts) and not jax.tree_util.all_leaves(parts):
        raise ValueError(
            f"{name} could be {len(parts)} paths by name, or one tree of {len(parts)} parts with "
            f"{shapes[0][0]} rows each: give like=, the parameters at one point"
        )
    rows = rows_in(given)
    if min(map(len, shapes)) == 1:
        raise ValueError(
            f"{name} looks like one set of parameters, for a leaf has one axis only: a path is {WAYS}. If "
            "these are rows, give like=, the parameters at one point"
        )
    return rows


def _are_alike(parts: Any) -> bool:
    """Whether all parts have one structure and the same shapes, as checkpoints do."""
    kinds = {(jax.tree.structure(part), tuple(map(_shape, jax.tree.leaves(part)))) for part in parts}
    return len(kinds) == 1


def _unlike(given: Any, like: Params, name: str) -> Exception:
    """What to say of something that is no path of such parameters."""
    wanted, shapes = jax.tree.structure(like), list(map(np.shape, jax.tree.leaves(like)))
    found = jax.tree.structure(given)
    if found == wanted:
        said = f"given the shapes {list(map(_shape, jax.tree.leaves(given)))}"
    elif jax.tree_util.all_leaves([given]) and not hasattr(given, "shape"):
        return TypeError(f"{name} must be {WAYS}, or a list or dict of such; given {type(given).__name__}")
    else:
        said = f"given {found}"
    return ValueError(
        f"{name} must be built like the plane's centre, {wanted}, and have the shapes of its leaves, "
        f"{shapes}, in {WAYS}; {said}"
    )
