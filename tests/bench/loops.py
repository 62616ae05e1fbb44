"""500 Adam steps on Rosenbrock and a sweep of 10,000 such runs, beside the loops people write by hand."""

from collections.abc import Callable

import jax
import numpy as np
import optax
import torch

import landscape as ls
from tests.bench.table import Row, milliseconds, side_by_side

STEPS = 500
RATE = 0.01
START = np.array([-1.5, 2.0], np.float32)
SURFACE = ls.SURFACES["rosenbrock"]

Record = tuple[np.ndarray, np.ndarray, np.ndarray]
"""Parameters (steps, 2), loss (steps,) and gradient norm (steps,)."""


def with_landscape() -> Record:
    path = ls.run(ls.Adam(RATE), SURFACE, START, steps=STEPS)
    return path.params[1:], path.loss[:-1], path.grad_norm[:-1]


def with_torch() -> Record:
    """The loop of every tutorial, each step's parameters, loss and gradient norm kept."""
    params = torch.tensor(START, requires_grad=True)
    optimizer = torch.optim.Adam([params], lr=RATE)
    rows = []
    for _ in range(STEPS):
        optimizer.zero_grad()
        x, y = params
        loss = (1 - x) ** 2 + 100 * (y - x**2) ** 2
        loss.backward()
        norm = torch.linalg.vector_norm(params.grad)
        optimizer.step()
        rows.append((params.detach().clone(), loss.detach(), norm))
    paths, losses, norms = (torch.stack(column).numpy() for column in zip(*rows, strict=True))
    return paths, losses, norms


def with_optax() -> Callable[[], Record]:
    """A Python loop around one jitted step, everything left on the device until the end."""
    optimizer = optax.adam(RATE)

    @jax.jit
    def step(params: jax.Array, state: optax.OptState) -> tuple:
        loss, grad = jax.value_and_grad(SURFACE)(params)
        update, state = optimizer.update(grad, state)
        return optax.apply_updates(params, update), state, loss, optax.global_norm(grad)

    def loop() -> Record:
        params = jax.numpy.asarray(START)
        state = optimizer.init(params)
        rows = []
        for _ in range(STEPS):
            params, state, loss, norm = step(params, state)
            rows.append((params, loss, norm))
        paths, losses, norms = (np.stack(jax.device_get(column)) for column in zip(*rows, strict=True))
        return paths, losses, norms

    return loop


def sweep() -> object:
    """100 rates by 100 momenta, 500 steps each, every loss recorded, in one call."""
    rule = ls.Adam(np.geomspace(1e-4, 1e-1, 100)[:, None], np.linspace(0.0, 0.99, 100))
    return ls.sweep(rule, SURFACE, START, steps=STEPS)


def measure(repeats: int = 5) -> list[Row]:
    """Time the four of them in turns; raises AssertionError unless all three loops walk the same path."""
    optax_loop = with_optax()
    ours = with_landscape()
    for theirs in (with_torch(), optax_loop()):
        for mine, other in zip(ours, theirs, strict=True):
            np.testing.assert_allclose(mine, other, rtol=0.02, atol=2e-3)
    contenders = {
        "landscape": (with_landscape, 50),
        "torch": (with_torch, 1),
        "optax": (optax_loop, 1),
        "sweep": (sweep, 1),
    }
    time = side_by_side(contenders, repeats)
    runs = "500 Adam steps, all recorded"
    torch_ratio, two = time["torch"] / time["landscape"], 2 * time["torch"]
    return [
        Row(
            runs,
            milliseconds(time["landscape"]),
            f"torch loop {milliseconds(time['torch'])}",
            f"{torch_ratio:,.0f} x",
            "at least 300 x",
            torch_ratio >= 300,
        ),
        Row(
            runs,
            milliseconds(time["landscape"]),
            f"Optax loop {milliseconds(time['optax'])}",
            f"{time['optax'] / time['landscape']:,.0f} x",
        ),
        Row(
            "sweep of 100 x 100 such runs",
            milliseconds(time["sweep"]),
            f"two torch loops {milliseconds(two)}",
            f"{two / time['sweep']:.2g} x",
            "at least 1 x",
            two >= time["sweep"],
        ),
        *(
            Row(
                "sweep of 100 x 100 such runs",
                milliseconds(time["sweep"]),
                f"10,000 {name} loops (one, times 10,000) {10_000 * time[key]:,.0f} s",
                f"{10_000 * time[key] / time['sweep']:,.0f} x",
            )
            for name, key in (("torch", "torch"), ("Optax", "optax"))
        ),
    ]
