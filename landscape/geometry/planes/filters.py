"""Which leaves a random direction moves, and which of their axes count filters, that is output units."""

from collections.abc import Callable
from typing import Any

import jax
import numpy as np

from landscape.core.types import Params
from landscape.descent.checkpoints import is_floating
from landscape.geometry.planes.layouts import LAYOUTS
from landscape.geometry.planes.named_leaves import Leaf, leaves_of

Axes = tuple[int, ...]
FilterAxis = Any
"""An int, a tuple of ints, the name of a layout, a tree like the parameters, or (path, leaf) -> axes."""
Frozen = Any
"""(path, leaf) -> bool or None, or a tree of them like the parameters."""

WANTED = (
    "normalization='filter' needs filter_axis, the axis of a weight that counts output units: -1 for kernels "
    "of shape (in, out) as in Flax, 0 for weights of shape (out, in) as in Equinox or PyTorch; or 'flax', "
    "'equinox', 'haiku', 'torch', which also know embeddings, attention and stacked layers"
)


def filters_of(
    params: Params, normalization: str = "filter", filter_axis: FilterAxis = None, frozen: Frozen = None
) -> dict[str, Axes]:
    r"""The leaves that move, each with the axes that count its filters.

    A filter is all that leads to one output unit; its norm runs over the other axes. Whole numbers and
    truth values never move. Unless `frozen` says otherwise, and with "filter" or "layer", these stay too:

    - leaves of at most one dimension;
    - leaves named as a bias, scale, offset, gamma, beta or gain, whatever their shape; `b` beside a `w`;
    - leaves of a normalization, by the name or the class of their module; leaves beside a bias of their
      own shape, as in a normalization over several axes;
    - leaves all of whose axes but one have length 1, such as (3, 1, 1) or (1, 1, 1, C): unless they are
      named as a weight, or have two axes and belong to a single output unit, or stand beside a smaller
      bias of their own.

    Args:
        params: tree of arrays.
        normalization: "filter"; with "layer" every leaf is one filter; with "none" all leaves move.
        filter_axis: the axis that counts output units, in every leaf; several axes count them together,
            as (0, -1) for kernels (layers, in, out) stacked by a scan; a tree like the parameters of axes,
            or a function (path, leaf) -> axes, with None for leaves that stay; or a layout by name, as in
            `LAYOUTS`.
        frozen: (path, leaf) -> True for a leaf that stays, False for one that moves whatever it is named,
            None for one that goes by the rules above; or a tree of these like the parameters. Paths are
            written "layers/0/weight".

    Returns:
        path -> axes, counted from 0; no axis where the whole leaf is one filter.

    Raises:
        TypeError: for axes or answers of another kind.
        ValueError: for a missing filter axis, one that a leaf does not have, an unknown layout, or a tree
            that is not built like the parameters.

    >>> params = {"conv": {"kernel": np.ones((3, 3, 2, 4)), "bias": np.ones((4, 1, 1))}}
    >>> filters_of(params, filter_axis=-1)
    {'conv/kernel': (3,)}
    >>> filters_of(params, filter_axis=-1, frozen=lambda path, leaf: False if "bias" in path else None)
    {'conv/bias': (2,), 'conv/kernel': (3,)}

    Source: Li et al. 2018, section 4, for the filters and for biases that stay.
    """
    if normalization not in ("filter", "layer", "none"):
        raise ValueError(f"normalization must be 'filter', 'layer' or 'none'; given {normalization!r}")
    if normalization == "filter" and filter_axis is None:
        raise ValueError(WANTED)
    leaves = leaves_of(params)
    still = _told(params, leaves, frozen)
    if normalization == "none":
        return {leaf.path: () for leaf, stays in zip(leaves, still, strict=True) if stays is not True}
    axes = [()] * len(leaves) if normalization == "layer" else _axes(params, leaves, filter_axis)
    moved = {}
    for leaf, given, stays in zip(leaves, axes, still, strict=True):
        if given is None or stays or (stays is None and _is_shift(leaf)):
            continue
        along = _counted(leaf, given)
        if stays is False or not (leaf.is_vector and _is_bias(leaf, along)):
            moved[leaf.path] = along
    return moved


def _is_shift(leaf: Leaf) -> bool:
    """Whether a leaf is a bias or part of a normalization, as its name, its module and its neighbours say."""
    if len(leaf.shape) <= 1 or leaf.says_shift or leaf.is_normalization:
        return True
    if leaf.is_vector and leaf.says_weight:
        return False
    return any(one.shape == leaf.shape and one.says_shift for one in leaf.beside.values())


def _is_bias(leaf: Leaf, axes: Axes) -> bool:
    """Whether a leaf all of whose axes but one have length 1 is a bias, and not the weight of a layer of
    one unit or of one input."""
    if leaf.says_weight:
        return False
    if len(leaf.shape) > 2:
        return True
    size = int(np.prod(leaf.shape))
    of_one_unit = bool(axes) and all(leaf.shape[axis] == 1 for axis in axes) and size > 1
    return not of_one_unit and not any(_is_bias_of(one, leaf, axes) for one in leaf.beside.values())


def _is_bias_of(one: Leaf, weight: Leaf, axes: Axes) -> bool:
    """Whether a leaf is a smaller vector than a weight, or one of fewer axes, with a number for each unit."""
    size, whole = int(np.prod(one.shape)), int(np.prod(weight.shape))
    units = [int(np.prod([weight.shape[axis] for axis in axes]))] if axes else weight.shape
    return one.is_vector and size in units and (size < whole or len(one.shape) < len(weight.shape))


def _axes(params: Params, leaves: list[Leaf], filter_axis: FilterAxis) -> list[Any]:
    """What the caller says of the axes of each leaf; None where it stays."""
    if isinstance(filter_axis, str):
        if filter_axis not in LAYOUTS:
            raise ValueError(f"filter_axis must be an axis or one of {', '.join(LAYOUTS)}; {filter_axis!r}")
        return [LAYOUTS[filter_axis](leaf, leaves) if len(leaf.shape) > 1 else 0 for leaf in leaves]
    if _is_axes(filter_axis):
        if isinstance(filter_axis, tuple) and _alike(params, filter_axis):
            raise ValueError(
                f"filter_axis {filter_axis} may mean axes of every leaf, or one for each of the parameters' "
                "parts: give a function (path, leaf) -> axes"
            )
        return [filter_axis] * len(leaves)
    return _each("filter_axis", params, leaves, filter_axis, lambda node: node is None or _is_axes(node))


def _counted(leaf: Leaf, axes: Any) -> Axes:
    """Axes of one leaf, counted from 0; a single number is one filter."""
    if not _is_axes(axes):
        raise TypeError(
            "filter_axis must be a whole number or a tuple of them for each leaf, or None where it stays; "
            f"for {leaf.path or 'the array'} it is {axes!r}"
        )
    ndim = len(leaf.shape)
    if not ndim:
        return ()
    told = axes if isinstance(axes, tuple) else (axes,)
    if any(not -ndim <= axis < ndim for axis in told) and ndim > 1:
        raise ValueError(
            f"filter_axis {axes} is no axis of a weight of shape {leaf.shape}, {leaf.path or 'the array'}"
        )
    return tuple(sorted({axis % ndim for axis in told}))


def _told(params: Params, leaves: list[Leaf], frozen: Frozen) -> list[bool | None]:
    """What the caller says of each leaf: it stays, it moves, or nothing."""
    if frozen is None or isinstance(frozen, (bool, np.bool_)):
        return [None if frozen is None else bool(frozen)] * len(leaves)
    given = _each("frozen", params, leaves, frozen, lambda node: node is None)
    for leaf, answer in zip(leaves, given, strict=True):
        if not (answer is None or isinstance(answer, (bool, np.bool_))):
            raise TypeError(f"frozen must be True, False or None for {leaf.path!r}; it is {answer!r}")
    return [None if answer is None else bool(answer) for answer in given]


def _each(name: str, params: Params, leaves: list[Leaf], told: Any, ends: Callable[[Any], bool]) -> list[Any]:
    """One answer for each leaf, of a function of its path and value or of a tree, which may end earlier."""
    if callable(told) and jax.tree_util.all_leaves([told]):
        arrays = filter(is_floating, jax.tree.leaves(params))
        return [told(leaf.path, array) for leaf, array in zip(leaves, arrays, strict=True)]
    found: list[Any] = []

    def note(answer: Any, part: Params) -> None:
        found.extend([answer] * len(leaves_of(part)))

    try:
        jax.tree.map(note, told, params, is_leaf=ends)
    except (ValueError, TypeError) as error:
        raise ValueError(
            f"{name} must be one value, a function (path, leaf) -> value, or a tree built like the "
            f"parameters, {jax.tree.structure(params)}; given {told!r}"
        ) from error
    return found


def _is_axes(given: Any) -> bool:
    axes = given if isinstance(given, tuple) else (given,)
    return all(isinstance(axis, (int, np.integer)) and not isinstance(axis, bool) for axis in axes)


def _alike(params: Params, axes: tuple) -> bool:
    """Whether a tuple of axes could also be one axis for each part of the parameters."""
    return type(params) is tuple and len(params) == len(axes) > 1
