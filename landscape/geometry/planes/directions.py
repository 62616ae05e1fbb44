"""Random directions in the space of parameters, and how long they are made."""

from collections.abc import Mapping
from typing import Any, Literal

import jax
import numpy as np
from jaxtyping import Array

from landscape.core.types import Params
from landscape.descent.checkpoints import is_floating
from landscape.geometry.planes.filters import Axes, FilterAxis, Frozen, filters_of
from landscape.geometry.planes.named_leaves import leaves_of

Normalization = Literal["filter", "layer", "none"]


def random_direction(
    center: Params,
    key: Array,
    normalization: str = "filter",
    filter_axis: FilterAxis = None,
    frozen: Frozen = None,
) -> Params:
    r"""Draw a Gaussian direction and give it the lengths of the weights at the centre.

    $$d_{ij} \leftarrow \frac{d_{ij}}{\|d_{ij}\|} \, \|\theta_{ij}\|$$

    for each filter j (all that leads to one output unit) of each layer i. A rescaled network, which is
    the same function, is then moved by the same share of its weights.

    Args:
        center: tree of NumPy arrays, the weights theta.
        key: the random key.
        normalization: "filter" as above; "layer" with one norm for each leaf; "none" leaves the Gaussian
            numbers as they are, in every leaf. With the first two biases and normalizations stay where they
            are, as `filters_of` tells.
        filter_axis, frozen: which axes count output units, and which leaves stay, as for `filters_of`.

    Returns:
        A tree like the centre; zeros where a leaf stays.

    Raises:
        TypeError, ValueError: as `filters_of`; ValueError when the whole direction is zero.

    >>> weights = {"kernel": np.array([[3.0, 0.0], [4.0, 1.0]]), "bias": np.ones(2)}
    >>> drawn = random_direction(weights, jax.random.key(0), filter_axis=-1)
    >>> np.linalg.norm(drawn["kernel"], axis=0).astype(float).round(4).tolist(), drawn["bias"].tolist()
    ([5.0, 1.0], [0.0, 0.0])

    Source: Li et al. 2018, section 4.
    """
    return draw(center, key, normalization, filters_of(center, normalization, filter_axis, frozen))


def draw(center: Params, key: Array, normalization: str, filters: Mapping[str, Axes]) -> Params:
    """A random direction, once it is known which leaves move and which of their axes count filters.

    All numbers are one draw, cut into leaves: leaves of new shapes compile nothing of their own.

    Raises:
        ValueError: when the whole direction is zero.
    """
    leaves, structure = jax.tree.flatten(center)
    moving = [leaf for leaf in leaves if is_floating(leaf)]
    kind = jax.dtypes.canonicalize_dtype(np.result_type(*moving, np.float32))
    numbers = np.asarray(jax.random.normal(key, (sum(np.size(leaf) for leaf in moving),), kind))
    parts = iter(np.split(numbers, np.cumsum([np.size(leaf) for leaf in moving])[:-1]))
    names = iter(leaves_of(center))
    drawn = [_one(leaf, parts, names, normalization, filters) for leaf in leaves]
    if not any(np.any(leaf) for leaf in drawn):
        raise ValueError(
            "the direction is zero everywhere: no leaf of the parameters moves that holds weights other than "
            "zero; normalization='none' moves every parameter, and frozen says which leaves stay"
        )
    return jax.tree.unflatten(structure, drawn)


def _one(leaf: Any, parts: Any, names: Any, normalization: str, filters: Mapping[str, Axes]) -> np.ndarray:
    """One leaf of a direction."""
    if not is_floating(leaf):
        return np.zeros_like(leaf)
    numbers, path = next(parts).reshape(np.shape(leaf)), next(names).path
    if path not in filters:
        return np.zeros_like(leaf)
    return numbers if normalization == "none" else _scaled(numbers, np.asarray(leaf), filters[path])


def _scaled(direction: np.ndarray, weights: np.ndarray, axes: Axes) -> np.ndarray:
    """A leaf with the norm of its weights, filter by filter, or as a whole."""
    others = tuple(axis for axis in range(weights.ndim) if axis not in axes)
    lengths, drawn = _norm(weights, others), _norm(direction, others)
    shares = np.divide(lengths, drawn, out=np.zeros_like(lengths), where=drawn > 0)
    return (direction * shares).astype(weights.dtype)


def _norm(leaf: np.ndarray, axes: tuple[int, ...]) -> np.ndarray:
    return np.sqrt(np.sum(np.square(leaf, dtype=np.float64), axis=axes, keepdims=True))
