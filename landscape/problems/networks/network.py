"""Small networks, dense and convolutional, whose parameters are a plain pytree: what is studied."""

import dataclasses
import math
from typing import Any, ClassVar, NamedTuple, Self

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float

from landscape.core import tree
from landscape.core.jax_inside import Tracer
from landscape.core.types import Params, hyper, pytree, static
from landscape.problems.data.splits import Dataset, Split
from landscape.problems.networks.activations import ACTIVATIONS
from landscape.problems.networks.initializers import INITIALIZERS
from landscape.problems.networks.layers import (
    KERNEL,
    STATISTICS_DECAY,
    Running,
    affine,
    batch_norm,
    drop,
    layer_norm,
)
from landscape.problems.networks.objectives import SplitAccuracy, SplitLoss

Inputs = Float[Array, "n ..."] | Float[np.ndarray, "n ..."]

NORMALIZATIONS = ("none", "batch", "layer")
DEEPEST, WIDEST = 8, 512


class Forward(NamedTuple):
    """What one pass through a network leaves behind.

    Attributes:
        outputs: (n, classes) logits, or (n,) values of a regression.
        statistics: the running statistics after this batch; as given when it was not learning.
        activations: what each hidden layer hands to the next, (n, ..., units).
    """

    outputs: Array
    statistics: Running
    activations: list[Array]


@pytree
class Network:
    r"""A small network: convolutions, then dense hidden layers, then an affine output layer.

    Each hidden layer is $h = \mathrm{drop}(\phi(\mathrm{norm}(h' W + b)))$, plus $h'$ with `skip` where
    the two have the same shape; where not, as after an image, the layer stands alone.

    Args:
        hidden: the widths of the dense hidden layers, up to 8 of 1 to 512 units.
        filters: the widths of 3 x 3 convolutions with stride 2 in front, for images.
        activation: a name in `ACTIVATIONS`.
        initializer: a name in `INITIALIZERS`, for the weights; biases begin at zero.
        normalization: "none", "batch" or "layer", between the affine map and the activation.
        skip: add a hidden layer's input to its output where the shapes agree (He et al. 2016).
        dropout: the share of hidden units dropped while learning, in [0, 0.9].
        label_smoothing: how much of a label is spread over all classes, in [0, 0.5]; part of what is
            descended, so of `loss` too, on every split.

    Raises:
        ValueError: on first use, for a width, depth, name or number that is not allowed.

    >>> import jax, landscape as ls
    >>> data = ls.DATASETS["digits"]()
    >>> network = ls.Network(hidden=(64, 64))
    >>> params = network.init(jax.random.key(0), data)
    >>> [layer["weight"].shape for layer in params]
    [(64, 64), (64, 64), (64, 10)]
    >>> network.loss(data.train)(params).shape
    ()
    """

    hidden: tuple[int, ...] = static((64, 64))
    filters: tuple[int, ...] = static(())
    activation: str = static("relu", tuple(ACTIVATIONS))
    initializer: str = static("he_normal", tuple(INITIALIZERS))
    normalization: str = static("none", NORMALIZATIONS)
    skip: bool = static(False)
    dropout: Any = hyper(0.0, 0.0, 0.9, symbol="p")
    label_smoothing: Any = hyper(0.0, 0.0, 0.5, symbol=r"\epsilon")

    FILTER_AXIS: ClassVar[int] = -1

    def init(self, key: Array, data: Dataset) -> Params:
        """Draw the parameters for a data set: a list of layers, each a dict of arrays.

        A dense "weight" is (inputs, units), a convolution's (3, 3, channels, filters), units last; "bias"
        is (units,), and so are "gamma" and "beta" of a normalised layer. The output layer is the last.
        """
        self._check()
        if self.filters and len(data.shape) != 3:
            raise ValueError(f"filters need images (height, width, channels); {data.name} has {data.shape}")
        shapes = self._shapes(data)
        draw = INITIALIZERS[self.initializer]
        params = []
        for i, (seed, shape) in enumerate(zip(jax.random.split(key, len(shapes)), shapes, strict=True)):
            units = shape[-1]
            layer = {"weight": draw(seed, shape, jnp.float32), "bias": jnp.zeros(units)}
            if self.normalization != "none" and i < len(shapes) - 1:
                layer |= {"gamma": jnp.ones(units), "beta": jnp.zeros(units)}
            params.append(layer)
        return params

    def statistics(self, params: Params) -> Running:
        """The running statistics before the first batch: mean 0, variance 1; None without batch norm."""
        if self.normalization != "batch":
            return None
        return [
            {"mean": jnp.zeros_like(layer["gamma"]), "variance": jnp.ones_like(layer["gamma"])}
            for layer in params[:-1]
        ]

    def statistics_of(self, params: Params, x: Inputs) -> Running:
        """The mean and variance of every unit over a batch, as running statistics; None without batch norm.

        They stand in for the running ones where those were not kept, as along a path.
        """
        if self.normalization != "batch":
            return None
        nothing = tree.zeros_like(self.statistics(params))
        seen = self.forward(params, x, statistics=nothing, learning=True).statistics
        return tree.scale(1 / (1 - STATISTICS_DECAY), seen)

    def forward(
        self,
        params: Params,
        x: Inputs,
        *,
        statistics: Running = None,
        key: Array | None = None,
        learning: bool = False,
    ) -> Forward:
        """One pass, with everything it leaves behind.

        Args:
            params: as `init` draws them.
            x: (n, *shape), the inputs.
            statistics: running statistics of batch norm; None uses the batch's own.
            key: drops units when given.
            learning: normalise by the batch and move the running statistics on.
        """
        bend = ACTIVATIONS[self.activation]
        keys = None if key is None else jax.random.split(key, len(params))
        running: list[Any] = list(statistics) if statistics is not None else [None] * (len(params) - 1)
        h, activations = jnp.asarray(x), []
        for i, layer in enumerate(params[:-1]):
            z = affine(layer, h)
            if self.normalization == "batch":
                z, running[i] = batch_norm(layer, z, running[i], learning)
            elif self.normalization == "layer":
                z = layer_norm(layer, z)
            out = bend(z)
            if keys is not None:
                out = drop(keys[i], self.dropout, out)
            h = out + h if self.skip and out.shape == h.shape else out
            activations.append(h)
        outputs = affine(params[-1], h)
        if outputs.shape[-1] == 1:
            outputs = outputs[:, 0]
        return Forward(outputs, None if statistics is None else running, activations)

    def apply(
        self,
        params: Params,
        x: Inputs,
        *,
        statistics: Running = None,
        key: Array | None = None,
    ) -> Float[Array, "n ..."]:
        """The outputs alone: (n, classes) logits, or (n,) values of a regression."""
        return self.forward(params, x, statistics=statistics, key=key).outputs

    def predict(self, params: Params, x: Inputs, statistics: Running = None) -> Float[Array, "n ..."]:
        """(n, classes) probabilities, or (n,) values of a regression."""
        outputs = self.apply(params, x, statistics=statistics)
        return jax.nn.softmax(outputs) if outputs.ndim == 2 else outputs

    def loss(self, split: Split, statistics: Running = None) -> SplitLoss:
        """params -> the mean objective over a split: cross-entropy, or squared error of a regression.

        Nothing is dropped; batch norm uses `statistics`, or the split's own.
        """
        return SplitLoss(self.without_initializer(), split.x, split.y, statistics)

    def accuracy(self, split: Split, statistics: Running = None) -> SplitAccuracy:
        """params -> the share of a split's labels that have the largest output."""
        if not jnp.issubdtype(split.y.dtype, jnp.integer):
            raise ValueError("accuracy needs labels; this split has the targets of a regression")
        return SplitAccuracy(self.without_initializer(), split.x, split.y, statistics)

    def without_initializer(self) -> Self:
        """The network without its initializer, which is history once the parameters are drawn: two that
        differ in nothing else share every compiled program."""
        self._check()
        return dataclasses.replace(self, initializer="zeros")

    def _shapes(self, data: Dataset) -> list[tuple[int, ...]]:
        """The shape of each layer's weight."""
        shapes, shape = [], data.shape
        for units in self.filters:
            shapes.append((*KERNEL, shape[-1], units))
            shape = ((shape[0] + 1) // 2, (shape[1] + 1) // 2, units)
        inputs = math.prod(shape)
        for units in (*self.hidden, data.outputs):
            shapes.append((inputs, units))
            inputs = units
        return shapes

    def _check(self) -> None:
        """Refuse what cannot be built, before anything is compiled."""
        for name in ("hidden", "filters"):
            widths = getattr(self, name)
            allowed = isinstance(widths, tuple) and len(widths) <= DEEPEST
            if not allowed or not all(type(w) is int and 1 <= w <= WIDEST for w in widths):
                raise ValueError(
                    f"{name} must be a tuple of up to {DEEPEST} widths from 1 to {WIDEST}; given {widths!r}"
                )
        for field in dataclasses.fields(self):
            given, choices = getattr(self, field.name), field.metadata.get("choices")
            if choices and given not in choices:
                raise ValueError(f"{field.name} must be one of {', '.join(choices)}; given {given!r}")
            high = field.metadata.get("high")
            # A program being traced has no numbers yet; they were looked at before it.
            if high is not None and not isinstance(given, Tracer) and not 0 <= given <= high:
                raise ValueError(f"{field.name} must lie in [0, {high}]; given {given}")
