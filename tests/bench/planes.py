"""A digits network on a plane, beside loss-landscapes, a torch loop, and what the machine can multiply."""

from collections.abc import Callable
from functools import cache

import jax
import numpy as np
import torch
from loss_landscapes import random_plane
from loss_landscapes.metrics import Loss
from loss_landscapes.model_interface.model_parameters import orthogonal_to, rand_u_like
from loss_landscapes.model_interface.model_wrapper import wrap_model

import landscape as ls
from tests.bench.table import Row, milliseconds, side_by_side

POINTS = 51
SIDE = 3072  # of the square matrices whose product is the machine's limit
DATA = ls.DATASETS["digits"]()
NETWORK = ls.Network(hidden=(64, 64))
LOSS = NETWORK.loss(DATA.train)
IMAGES = DATA.train.x.reshape(len(DATA.train.y), -1)
X, Y = torch.from_numpy(IMAGES), torch.from_numpy(DATA.train.y).long()


@cache
def trained() -> list[dict[str, np.ndarray]]:
    """The parameters in the middle of the plane."""
    return ls.train(ls.Adam(3e-3), NETWORK, DATA, epochs=5)["adam"].params


def as_torch() -> torch.nn.Module:
    """The same network with the same weights."""
    widths = [layer["weight"].shape for layer in trained()]
    layers = [torch.nn.Linear(*shape) for shape in widths]
    with torch.no_grad():
        for linear, layer in zip(layers, trained(), strict=True):
            linear.weight.copy_(torch.from_numpy(np.array(layer["weight"]).T))
            linear.bias.copy_(torch.from_numpy(np.array(layer["bias"])))
    return torch.nn.Sequential(layers[0], torch.nn.ReLU(), layers[1], torch.nn.ReLU(), layers[2])


def with_loss_landscapes() -> np.ndarray:
    """Its `random_plane` with its own metric on all images at once, the fastest way to call it."""
    torch.manual_seed(0)
    metric = Loss(torch.nn.functional.cross_entropy, X, Y)
    return random_plane(as_torch(), metric, distance=4, steps=POINTS)


def their_plane() -> ls.Plane:
    """The directions that `random_plane` draws from that seed, one of its steps long."""
    torch.manual_seed(0)
    start = wrap_model(as_torch()).get_module_parameters()
    first = rand_u_like(start)
    second = orthogonal_to(first)
    for direction in (first, second):
        direction.filter_normalize_(start)
        direction.mul_(((start.model_norm() / 4) / POINTS) / direction.model_norm())
    return ls.Plane(trained(), (as_params(first.parameters), as_params(second.parameters)))


def as_params(tensors: list[torch.Tensor]) -> list[dict[str, np.ndarray]]:
    """The tensors of `as_torch`, weight and bias in turns, as parameters of the network."""
    arrays = [tensor.detach().numpy().copy() for tensor in tensors]
    return [{"weight": w.T, "bias": b} for w, b in zip(arrays[::2], arrays[1::2], strict=True)]


def same_picture(losses: np.ndarray) -> None:
    """Raise unless they are ours, where they are sampled: every other row lies one step further along b."""
    plane, low, high = their_plane(), -POINTS / 2, POINTS / 2 - 1
    even = ls.evaluate(LOSS, plane, points=POINTS, span=((low, high), (low + 1, high + 1))).loss
    odd = ls.evaluate(LOSS, plane, points=POINTS, span=((low, high), (low, high))).loss
    ours = np.where(np.arange(POINTS)[:, None] % 2 == 0, even, odd)
    np.testing.assert_allclose(ours, losses, rtol=1e-3)


def by_hand(
    model: torch.nn.Module,
    center: list[torch.Tensor],
    directions: tuple[list[torch.Tensor], list[torch.Tensor]],
    x: torch.Tensor,
    y: torch.Tensor,
) -> Callable[[], np.ndarray]:
    """The loop that people write by hand: set the weights, run the network, keep the loss."""
    axis, tensors = np.linspace(-1, 1, POINTS), list(model.parameters())

    @torch.no_grad()
    def loop() -> np.ndarray:
        losses = np.empty((POINTS, POINTS))
        for i, a in enumerate(axis):
            for j, b in enumerate(axis):
                for p, c, d, e in zip(tensors, center, *directions, strict=True):
                    p.copy_(c + a * d + b * e)
                losses[i, j] = torch.nn.functional.cross_entropy(model(x), y).item()
        return losses

    return loop


def with_torch(plane: ls.Plane) -> Callable[[], np.ndarray]:
    """`by_hand` on a plane of ours."""

    def flat(tree: list[dict[str, np.ndarray]]) -> list[torch.Tensor]:
        return [torch.tensor(a) for layer in tree for a in (layer["weight"].T, layer["bias"])]

    center, first, second = flat(plane.center), flat(plane.directions[0]), flat(plane.directions[1])
    return by_hand(as_torch(), center, (first, second), X, Y)


def products() -> dict[str, Callable[[], object]]:
    """A large product of float32 matrices on all cores, as each library computes it."""
    a = np.random.default_rng(0).normal(size=(SIDE, SIDE)).astype(np.float32)
    tensor, array, product = torch.tensor(a), jax.numpy.asarray(a), jax.jit(lambda a: a @ a)
    return {
        "NumPy": lambda: a @ a,
        "torch": lambda: tensor @ tensor,
        "JAX": lambda: product(array).block_until_ready(),
    }


def measure(repeats: int = 5) -> list[Row]:
    """Time them in turns; raises AssertionError unless all compute the same losses."""
    plane = ls.random_plane(trained(), jax.random.key(1), filter_axis=NETWORK.FILTER_AXIS)
    loop = with_torch(plane)

    def ours() -> np.ndarray:
        return ls.evaluate(LOSS, plane, points=POINTS).loss

    np.testing.assert_allclose(ours(), loop(), rtol=1e-4)
    same_picture(with_loss_landscapes())
    limits = {f"{name} product": (product, 1) for name, product in products().items()}
    loops = {"loss-landscapes": (with_loss_landscapes, 1), "torch loop": (loop, 1)}
    seconds = side_by_side({"landscape": (ours, 2), **loops, **limits}, repeats)
    here = seconds["landscape"]
    best = min(limits, key=lambda name: seconds[name])
    peak = 2 * SIDE**3 / seconds[best]
    work = 2 * POINTS**2 * len(Y) * sum(layer["weight"].size for layer in trained())
    share = work / here / peak
    what = f"{POINTS} x {POINTS} plane, 64-64-64-10, {len(Y):,} images"
    torch_ratio = seconds["torch loop"] / here
    return [
        Row(
            what,
            milliseconds(here),
            f"loss-landscapes {milliseconds(seconds['loss-landscapes'])}",
            f"{seconds['loss-landscapes'] / here:.2g} x",
        ),
        Row(
            what,
            milliseconds(here),
            f"torch loop {milliseconds(seconds['torch loop'])}",
            f"{torch_ratio:.2g} x",
            "at least 2 x",
            torch_ratio >= 2,
        ),
        Row(
            what,
            f"{work / here / 1e9:.0f} GFLOP/s",
            f"{best} {peak / 1e9:.0f} GFLOP/s",
            f"{share:.0%}",
            "at least 40 %",
            share >= 0.4,
        ),
    ]
