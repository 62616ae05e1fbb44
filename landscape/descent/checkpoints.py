"""Checkpoints become a path: parameters kept along a way, stacked row by row on the host."""

from collections.abc import Sequence
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from landscape.core.leaves import split
from landscape.core.types import Params


def stack(checkpoints: Sequence[Params]) -> Params:
    """Trees of parameters as one tree of (rows, ...) arrays, copied to the host.

    Args:
        checkpoints: trees of one structure and of the same shapes, in order. Whole numbers and truth values
            in them are kept row by row as they are.

    Raises:
        TypeError: for a leaf that is no real number or array of them.
        ValueError: when there is none, when they differ in structure or shapes, when the first is not
            finite, or when their memory was donated.

    >>> stack([{"w": np.zeros(2), "step": 1}, {"w": np.ones(2), "step": 2}])["step"].tolist()
    [1, 2]
    """
    if not len(checkpoints):
        raise ValueError("there is no checkpoint: a path needs at least one")
    for i, checkpoint in enumerate(checkpoints):
        if any(isinstance(leaf, jax.Array) and leaf.is_deleted() for leaf in jax.tree.leaves(checkpoint)):
            raise ValueError(
                f"checkpoint {i}: its memory was donated to a later step; copy it before, as ls.Recorder does"
            )
    _, whole = split("the first checkpoint", checkpoints[0])
    for checkpoint in checkpoints:
        whole.moving(checkpoint)
    columns = zip(*map(jax.tree.leaves, checkpoints), strict=True)
    return jax.tree.unflatten(whole.structure, [_column(column) for column in columns])


def _column(leaves: tuple[Any, ...]) -> np.ndarray:
    """One leaf of every checkpoint, as rows."""
    shapes = {np.shape(leaf) for leaf in leaves}
    if len(shapes) > 1:
        raise ValueError(f"the checkpoints differ in shape: {', '.join(map(str, sorted(shapes)))}")
    return np.stack([np.asarray(leaf) for leaf in leaves])


def rows_in(rows: Params) -> Params:
    """A tree of (rows, ...) arrays as it was given, on the host.

    Whole numbers and truth values may come without rows; they are then the same in each.

    Raises:
        TypeError: for a leaf that is no real number or array of them.
        ValueError: when the floating-point leaves do not have one axis of rows in front.
    """
    moving, whole = split("the path", jax.tree.map(_kind, rows))
    counts = {np.shape(leaf)[:1] for leaf in jax.tree.leaves(moving)}
    if len(counts) != 1 or () in counts:
        raise ValueError(
            "the path must have the same axis of rows in front of every leaf; one set of parameters is no "
            "path, and checkpoints come as a list"
        )
    count = counts.pop()[0]
    if not count:
        raise ValueError("the path has no row: it needs at least one point")
    leaves = [
        _repeated(leaf, count) if stays else np.asarray(leaf)
        for leaf, stays in zip(jax.tree.leaves(rows), whole.stays, strict=True)
    ]
    return jax.tree.unflatten(whole.structure, leaves)


def _kind(leaf: Any) -> Any:
    """A few finite numbers of a leaf's type and rows: it passes the door where a run has left the finite."""
    if not isinstance(leaf, (np.ndarray, jax.Array)) or not is_floating(leaf):
        return leaf
    if isinstance(leaf, jax.Array) and leaf.is_deleted():
        return leaf
    return np.zeros(leaf.shape[:1], leaf.dtype)


def is_floating(leaf: Any) -> bool:
    """Whether a leaf holds floating-point numbers, which move."""
    kind = getattr(leaf, "dtype", None)
    if kind is None:
        return isinstance(leaf, float)
    return isinstance(kind, np.dtype) and jnp.issubdtype(kind, jnp.floating)


def _repeated(leaf: Any, count: int) -> np.ndarray:
    array = np.asarray(leaf)
    return array if array.shape[:1] == (count,) else np.broadcast_to(array, (count, *array.shape))


def live_rows(rows: Params) -> int:
    """How many rows come before the first one that is not finite."""
    count = len(jax.tree.leaves(rows)[0])
    sound = np.ones(count, bool)
    for leaf in jax.tree.leaves(rows):
        if is_floating(leaf):
            sound &= np.isfinite(leaf.reshape(count, -1)).all(axis=1)
    return count if sound.all() else int(np.argmin(sound))
