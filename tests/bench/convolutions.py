"""A convolutional digits network on a plane, beside loss-landscapes, a torch loop, and XLA's convolution."""

from collections.abc import Callable

import jax
import jax.numpy as jnp
import numpy as np
import torch
from jax import lax
from loss_landscapes import random_plane
from loss_landscapes.metrics import Loss

import landscape as ls
from landscape.core.types import Params, Scalar
from tests.bench.planes import POINTS, by_hand
from tests.bench.table import Row, milliseconds, side_by_side

DATA = ls.DATASETS["digits"]()
NETWORK = ls.Network(filters=(8, 16), hidden=(32,))
LOSS = NETWORK.loss(DATA.train)
PARAMS = ls.train(ls.Adam(3e-3), NETWORK, DATA, epochs=2)["adam"].params
# torch's windows of stride 2 begin one pixel before the image, ours end one behind it: mirrored they agree.
X = torch.from_numpy(np.ascontiguousarray(DATA.train.x[:, None, ::-1, ::-1, 0]))
Y = torch.from_numpy(DATA.train.y).long()


def as_torch(params: Params = PARAMS) -> torch.nn.Module:
    """The same network with the same weights, on mirrored images."""
    first, second, third, last = params
    sizes = {"kernel_size": 3, "stride": 2, "padding": 1}
    model = torch.nn.Sequential(
        torch.nn.Conv2d(1, 8, **sizes),
        torch.nn.ReLU(),
        torch.nn.Conv2d(8, 16, **sizes),
        torch.nn.ReLU(),
        torch.nn.Flatten(),
        torch.nn.Linear(64, 32),
        torch.nn.ReLU(),
        torch.nn.Linear(32, 10),
    )
    weights = [
        np.transpose(first["weight"][::-1, ::-1], (3, 2, 0, 1)),
        np.transpose(second["weight"][::-1, ::-1], (3, 2, 0, 1)),
        np.transpose(third["weight"].reshape(2, 2, 16, 32)[::-1, ::-1], (3, 2, 0, 1)).reshape(32, 64),
        last["weight"].T,
    ]
    with torch.no_grad():
        for i, weight, layer in zip((0, 2, 5, 7), weights, params, strict=True):
            module = model[i]
            module.weight.copy_(torch.from_numpy(np.array(weight)))
            module.bias.copy_(torch.from_numpy(np.array(layer["bias"])))
    return model


def with_loss_landscapes() -> np.ndarray:
    """Its `random_plane` with its own metric on all images at once, the fastest way to call it."""
    torch.manual_seed(0)
    return random_plane(as_torch(), Loss(torch.nn.functional.cross_entropy, X, Y), distance=1, steps=POINTS)


def with_torch(plane: ls.Plane) -> Callable[[], np.ndarray]:
    """`by_hand` on a plane of ours."""
    center, first, second = (
        [p.detach().clone() for p in as_torch(tree).parameters()]
        for tree in (plane.center, *plane.directions)
    )
    return by_hand(as_torch(), center, (first, second), X, Y)


def with_xla(params: Params) -> Scalar:
    """The same loss as people write it in JAX, with `lax.conv_general_dilated`."""
    h = jnp.asarray(DATA.train.x)
    for layer in params[:2]:
        h = lax.conv_general_dilated(
            h, layer["weight"], (2, 2), "SAME", dimension_numbers=("NHWC", "HWIO", "NHWC")
        )
        h = jax.nn.relu(h + layer["bias"])
    h = jax.nn.relu(h.reshape(len(h), -1) @ params[2]["weight"] + params[2]["bias"])
    logits = jax.nn.log_softmax(h @ params[3]["weight"] + params[3]["bias"])
    return -jnp.mean(jnp.take_along_axis(logits, jnp.asarray(DATA.train.y)[:, None], axis=1))


def measure(repeats: int = 5) -> list[Row]:
    """Time them in turns; raises AssertionError unless all compute the same losses."""
    plane = ls.random_plane(PARAMS, jax.random.key(1), filter_axis=NETWORK.FILTER_AXIS)
    loop = with_torch(plane)

    def on_plane(loss: Callable[[Params], Scalar]) -> np.ndarray:
        return ls.evaluate(loss, plane, points=POINTS, span=1.0).loss

    ours = on_plane(LOSS)
    for theirs in (loop(), on_plane(with_xla)):
        np.testing.assert_allclose(ours, theirs, rtol=1e-4)
    contenders = {
        "landscape": (lambda: on_plane(LOSS), 1),
        "loss-landscapes": (with_loss_landscapes, 1),
        "torch loop": (loop, 1),
        "XLA's convolution": (lambda: on_plane(with_xla), 1),
    }
    seconds = side_by_side(contenders, repeats)
    here = seconds.pop("landscape")
    what = f"{POINTS} x {POINTS} plane, 8 and 16 filters, {len(Y):,} images"
    best = min(seconds["loss-landscapes"], seconds["torch loop"]) / here
    return [
        Row(
            what,
            milliseconds(here),
            f"{name} {milliseconds(theirs)}",
            f"{theirs / here:.2g} x",
            *(("at least 1.5 x the best", best >= 1.5) if name == "loss-landscapes" else ()),
        )
        for name, theirs in seconds.items()
    ]
