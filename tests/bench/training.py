"""Adam on digits in batches of 128, beside the loop that people write by hand in torch."""

from collections.abc import Callable
from itertools import islice, product

import jax
import numpy as np
import torch

import landscape as ls
from landscape.descent.training.batches import batches
from tests.bench.table import Row, milliseconds, side_by_side

BATCH = 128
RATE = 3e-3
DATA = ls.DATASETS["digits"]()
NETWORK = ls.Network(hidden=(64, 64))
EPOCHS = round(500 / (len(DATA.train.y) // BATCH))
BEGIN, MIX, _ = jax.random.split(jax.random.key(0), 3)
ENTROPY = torch.nn.functional.cross_entropy


def with_landscape() -> ls.Fit:
    return ls.train(ls.Adam(RATE), NETWORK, DATA, batch_size=BATCH, epochs=EPOCHS)["adam"]


def as_torch() -> torch.nn.Module:
    """The same network at the same start."""
    layers = []
    for layer in NETWORK.init(BEGIN, DATA):
        linear = torch.nn.Linear(*layer["weight"].shape)
        with torch.no_grad():
            linear.weight.copy_(torch.from_numpy(np.array(layer["weight"]).T))
            linear.bias.copy_(torch.from_numpy(np.array(layer["bias"])))
        layers += [linear, torch.nn.ReLU()]
    return torch.nn.Sequential(*layers[:-1])


def with_torch(records: np.ndarray, steps: int, threads: int, fused: bool) -> Callable[[], tuple]:
    """The loop of every tutorial: each batch's loss and gradient norm, and now and then those of the whole
    splits with their accuracies. Unlike ours it keeps no parameters and measures no layers."""
    whole = [
        (torch.from_numpy(split.x.reshape(len(split.y), -1)), torch.from_numpy(split.y).long())
        for split in (DATA.train, DATA.validation)
    ]
    (x, y), due = whole[0], set(records.tolist())
    order = [torch.from_numpy(batch).long() for batch in islice(batches(MIX, len(y), BATCH), steps)]

    def measured(network: torch.nn.Module) -> list[float]:
        with torch.no_grad():
            outputs = [(network(x), y) for x, y in whole]
            return [
                value.item()
                for out, y in outputs
                for value in (ENTROPY(out, y), (out.argmax(1) == y).float().mean())
            ]

    def loop() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        torch.set_num_threads(threads)
        network = as_torch()
        params = list(network.parameters())
        optimizer = torch.optim.Adam(params, lr=RATE, fused=fused)
        losses, norms, history = [], [], [measured(network)]
        for step, batch in enumerate(order, start=1):
            optimizer.zero_grad()
            loss = ENTROPY(network(x[batch]), y[batch])
            loss.backward()
            norms.append(torch.nn.utils.get_total_norm(p.grad for p in params))
            optimizer.step()
            losses.append(loss.detach())
            if step in due:
                history.append(measured(network))
        return torch.stack(losses).numpy(), torch.stack(norms).numpy(), np.array(history)

    return loop


def measure(repeats: int = 7) -> list[Row]:
    """Time them in turns; raises AssertionError unless both go the same way."""
    fit = with_landscape()
    records, steps = fit.history.step, fit.steps
    threads = torch.get_num_threads()
    loops = {
        f"{'fused ' if fused else ''}Adam, {'1 thread' if count == 1 else f'{count} threads'}": with_torch(
            records, steps, count, fused
        )
        for count, fused in product(sorted({1, threads}), (False, True))
    }
    losses, norms, history = next(iter(loops.values()))()
    np.testing.assert_allclose(fit.path.loss[:50], losses[:50], rtol=1e-3)
    np.testing.assert_allclose(fit.path.grad_norm[:50], norms[:50], rtol=1e-2)
    np.testing.assert_allclose(fit.history.train_loss[:6], history[:6, 0], rtol=1e-3)
    np.testing.assert_allclose(fit.history.validation_accuracy, history[:, 3], atol=0.03)

    try:
        tried = side_by_side({name: (loop, 1) for name, loop in loops.items()}, 1)
        best = min(tried, key=lambda name: tried[name])
        seconds = side_by_side({"landscape": (with_landscape, 1), "torch": (loops[best], 1)}, repeats)
    finally:
        torch.set_num_threads(threads)
    ratio = seconds["torch"] / seconds["landscape"]
    return [
        Row(
            f"training, {steps} steps of {BATCH}, 64-64-64-10, splits measured {len(records)} times",
            milliseconds(seconds["landscape"]),
            f"torch loop ({best}) {milliseconds(seconds['torch'])}",
            f"{ratio:.2g} x",
            "at least 2 x",
            ratio >= 2,
        )
    ]
