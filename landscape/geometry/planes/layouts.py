"""How frameworks lay out their weights: which axes of each count output units."""

from collections.abc import Callable

import numpy as np

from landscape.geometry.planes.named_leaves import Leaf, words

Axes = tuple[int, ...]

ATTENTION = ({"query"}, {"key"}, {"value"}, {"q"}, {"k"}, {"v"})
ROWS = {"embed", "embedding", "embeddings", "wte", "wpe"}


def flax(leaf: Leaf, leaves: list[Leaf]) -> Axes:
    """Kernels (..., in, out) of Linen and NNX; of attention (in, heads, dim); embeddings (V, D) by rows.

    >>> kernel = Leaf("query/kernel", ("query",), "kernel", None, (8, 2, 4))
    >>> flax(kernel, [kernel])
    (1, 2)
    """
    if ROWS & set(words(leaf.name)):
        return _rows(leaf)
    return _units_last(leaf, leaves)


def haiku(leaf: Leaf, leaves: list[Leaf]) -> Axes:
    """Weights (..., in, out), of a transposed convolution (..., out, in); embeddings (V, D) by rows."""
    if ROWS & set(words(leaf.name)):
        return _rows(leaf)
    if "transpose" in words(leaf.layer):
        return (*range(_stacked(leaf, leaves)), len(leaf.shape) - 2)
    return _units_last(leaf, leaves)


def equinox(leaf: Leaf, leaves: list[Leaf]) -> Axes:
    """Weights (out, in, ...); the class of a module tells how many axes its weight has when not stacked."""
    kind, ndim = type(leaf.owner), len(leaf.shape)
    if kind.__module__.startswith("equinox."):
        spatial = getattr(leaf.owner, "num_spatial_dims", 0)
        return tuple(range(max(1, ndim - 1 - spatial)))
    return torch(leaf, leaves)


def torch(leaf: Leaf, leaves: list[Leaf]) -> Axes:
    """Weights (out, in, ...), of a transposed convolution (in, out, ...) where its bias tells; embeddings
    (V, D) by rows. The parameters of several models stacked have that axis too."""
    if ROWS & set(words(leaf.name)) or (ROWS & set(words(leaf.layer)) and not _bias(leaf)):
        return _rows(leaf)
    bias = _bias(leaf)
    if bias is not None:
        shape = _trimmed(bias.shape)
        if leaf.shape[: len(shape)] == shape:
            return tuple(range(len(shape)))
        if len(shape) == 1 and leaf.shape[1] == shape[0]:
            return (1,)
    return tuple(range(min(_stacked(leaf, leaves) + 1, len(leaf.shape) - 1)))


LAYOUTS: dict[str, Callable[[Leaf, list[Leaf]], Axes]] = {
    function.__name__: function for function in (flax, equinox, haiku, torch)
}


def _rows(leaf: Leaf) -> Axes:
    """Each entry of a table is a filter: all axes but the last count them."""
    return tuple(range(len(leaf.shape) - 1))


def _units_last(leaf: Leaf, leaves: list[Leaf]) -> Axes:
    """The stacked axes in front, and the output axes at the end: two of them in attention's projections."""
    ndim, attends = len(leaf.shape), set(words(leaf.layer)) in ATTENTION
    stacked = _stacked(leaf, leaves)
    if (bias := _bias(leaf)) is not None:
        fits = _splits(leaf.shape, bias.shape)
        if fits:
            stacked, units = min(fits, key=lambda fit: abs(fit[1] - (2 if attends else 1)))
            return (*range(stacked), *range(ndim - units, ndim))
    units = 2 if attends and ndim - stacked == 3 else 1
    return (*range(min(stacked, ndim - units - 1)), *range(ndim - units, ndim))


def _splits(kernel: tuple[int, ...], bias: tuple[int, ...]) -> list[tuple[int, int]]:
    """How a bias may stand beside a kernel: how many stacked axes in front, how many of units at the end."""
    bias = bias if len(bias) < len(kernel) else _squeezed(bias)
    fits = []
    for units in range(1, len(bias) + 1):
        stacked = len(bias) - units
        matches = kernel[:stacked] == bias[:stacked] and kernel[len(kernel) - units :] == bias[stacked:]
        if matches and stacked + units < len(kernel):
            fits.append((stacked, units))
    return fits


def _stacked(leaf: Leaf, leaves: list[Leaf]) -> int:
    """How many axes in front count layers or models: as many as the normalizations beside the leaf, or in
    the nearest module around it that has one, have more than their one."""
    for depth in range(len(leaf.module), -1, -1):
        near = [
            one
            for one in leaves
            if one.module[:depth] == leaf.module[:depth] and (one.is_normalization or _scales(one))
        ]
        if near:
            shape = min((_squeezed(one.shape) for one in near), key=len)
            count = max(0, min(len(shape), len(leaf.shape) - 1) - 1)
            return count if leaf.shape[:count] == shape[:count] else 0
    return 0


def _scales(leaf: Leaf) -> bool:
    return bool({"scale", "gamma"} & set(words(leaf.name)))


def _bias(leaf: Leaf) -> Leaf | None:
    """The bias beside a weight."""
    return next((one for one in leaf.beside.values() if one.says_shift), None)


def _squeezed(shape: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(n for n in shape if n != 1)


def _trimmed(shape: tuple[int, ...]) -> tuple[int, ...]:
    """A shape without the ones at its end, such as those a bias has for the axes of an image."""
    last = int(np.max(np.flatnonzero(np.array(shape) != 1), initial=0))
    return shape[: last + 1]
