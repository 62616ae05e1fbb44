"""Random directions in the space of parameters, and how long they are made."""

from typing import Any, Literal

import jax
import numpy as np
from jaxtyping import Array

from landscape.types import Params

Normalization = Literal["filter", "layer", "none"]


def random_direction(
    center: Params, key: Array, normalization: str = "filter", filter_axis: int | None = None
) -> Params:
    r"""Draw a Gaussian direction and give it the lengths of the weights at the centre.

    $$d_{ij} \leftarrow \frac{d_{ij}}{\|d_{ij}\|} \, \|\theta_{ij}\|$$

    for each filter j (all that leads to one output unit) of each layer i. A rescaled network, which is
    the same function, is then moved by the same share of its weights.

    Args:
        center: tree of NumPy arrays, the weights theta.
        key: the random key.
        normalization: "filter" as above; "layer" with one norm for each leaf; "none" leaves the Gaussian
            numbers as they are, in every leaf. With the first two, leaves of one dimension or less
            (biases, and the scales and shifts of normalization layers) stay where they are.
        filter_axis: which axis of a leaf counts output units; the norm runs over all others.

    Returns:
        A tree like the centre.

    Raises:
        ValueError: for an unknown normalization, a filter axis that is missing or that a leaf does not
            have, or when the whole direction is zero.

    >>> weights = {"kernel": np.array([[3.0, 0.0], [4.0, 1.0]]), "bias": np.ones(2)}
    >>> drawn = random_direction(weights, jax.random.key(0), filter_axis=-1)
    >>> np.linalg.norm(drawn["kernel"], axis=0).astype(float).round(4).tolist(), drawn["bias"].tolist()
    ([5.0, 1.0], [0.0, 0.0])

    Source: Li et al. 2018, section 4.
    """
    if normalization not in ("filter", "layer", "none"):
        raise ValueError(f"normalization must be 'filter', 'layer' or 'none'; given {normalization!r}")
    if normalization == "filter" and filter_axis is None:
        raise ValueError(
            "normalization='filter' needs filter_axis, the axis of a weight that counts output units: -1 for "
            "kernels of shape (in, out) as in Flax, 0 for weights of shape (out, in) as in Equinox or PyTorch"
        )
    leaves, structure = jax.tree.flatten(center)
    keys = jax.random.split(key, len(leaves))
    drawn = [
        np.asarray(jax.random.normal(k, leaf.shape, jax.numpy.result_type(leaf)))
        for k, leaf in zip(keys, leaves, strict=True)
    ]
    if normalization != "none":
        axis = filter_axis if normalization == "filter" else None
        drawn = [_scaled(d, w, axis) for d, w in zip(drawn, leaves, strict=True)]
    if not any(np.any(d) for d in drawn):
        raise ValueError(
            "the direction is zero everywhere: no leaf of the parameters has two dimensions and weights "
            "other than zero; normalization='none' moves every parameter"
        )
    return jax.tree.unflatten(structure, drawn)


def _scaled(direction: Any, weights: Any, filter_axis: int | None) -> np.ndarray:
    """A leaf with the norm of its weights, filter by filter, or as a whole."""
    if weights.ndim <= 1:
        return np.zeros_like(weights)
    if filter_axis is None:
        others = tuple(range(weights.ndim))
    elif -weights.ndim <= filter_axis < weights.ndim:
        others = tuple(set(range(weights.ndim)) - {filter_axis % weights.ndim})
    else:
        raise ValueError(f"filter_axis {filter_axis} is no axis of a weight of shape {weights.shape}")
    return (direction * (_norm(weights, others) / _norm(direction, others))).astype(weights.dtype)


def _norm(leaf: np.ndarray, axes: tuple[int, ...]) -> np.ndarray:
    return np.sqrt(np.sum(np.square(leaf, dtype=np.float64), axis=axes, keepdims=True))
