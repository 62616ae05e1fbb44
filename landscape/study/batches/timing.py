"""The same gradient from a loop in Python and from one compiled call, against the clock."""

import time
from collections.abc import Callable
from functools import lru_cache
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array

from landscape.core.device import describe
from landscape.core.progress import Progress
from landscape.study.common.least_squares import Samples, loss, samples

Clock = Callable[[], float]

REPEATS = 7
LEAST = 1e-3
"""The seconds that a clock is run for, over as many calls as that takes."""


class Race(NamedTuple):
    """Seconds for the mean gradient of so many samples.

    Attributes:
        sizes: (sizes,), how many samples.
        loop: (sizes,), one compiled gradient after the other, from Python, on the CPU.
        plain: for a single sample without compiling anything, on the CPU.
        call: by the device's name, (sizes,), all in one compiled call.
        apart: the largest difference between the gradients of the loop and of any call.
    """

    sizes: np.ndarray
    loop: np.ndarray
    plain: float
    call: dict[str, np.ndarray]
    apart: float


def looped(data: Samples, w: np.ndarray) -> np.ndarray:
    """The mean gradient, one sample after the other: a compiled gradient for each, called from Python.

    >>> data, w = samples(64, 4), np.zeros(4, np.float32)
    >>> bool(np.abs(looped(data, w) - np.asarray(at_once(w, *data))).max() < 1e-4)
    True
    """
    total = np.zeros(len(w), np.float32)
    for x, y in zip(*data, strict=True):
        total += np.asarray(_single(w, x, y))
    return total / len(data.x)


@jax.jit
def at_once(w: Array | np.ndarray, x: Array | np.ndarray, y: Array | np.ndarray) -> Array:
    """The mean gradient of all samples in one compiled call: `vmap` over them, inside `jit`."""
    return jax.vmap(_slope, (None, 0, 0))(w, x, y).mean(axis=0)


_slope = jax.grad(loss)
_single = jax.jit(_slope)


@lru_cache(maxsize=1)
def devices() -> tuple[Any, ...]:
    """The CPU, and the first other device if there is one.

    >>> devices()[0].platform
    'cpu'
    """
    others = [device for device in jax.devices() if device.platform != "cpu"]
    return (jax.devices("cpu")[0], *others[:1])


def race(
    n: int = 2048,
    d: int = 10,
    seed: int = 0,
    progress: Progress | None = None,
    clock: Clock = time.perf_counter,
) -> Race:
    """Time both at 1, 4, 16 ... and n samples, taking turns; each is called once before, to be compiled.

    Args:
        n: how many samples at most.
        d: features, and weights.
        seed: of the samples.
        progress: told how far it is; returning False ends it with what there is.
        clock: seconds since any moment; `time.process_time` does not count other programs' work.

    >>> found = race(16)
    >>> found.sizes.tolist(), found.apart < 1e-4, list(found.call)[0]
    ([1, 4, 16], True, 'CPU')
    """
    data, w = samples(n, d, seed=seed), np.zeros(d, np.float32)
    sizes = [4**k for k in range(n.bit_length()) if 4**k < n] + [n]
    cpu, rows, apart, done = devices()[0], [], 0.0, 0
    for size in sizes:
        part = Samples(data.x[:size], data.y[:size])
        with jax.default_device(cpu):
            rows.append([_seconds(clock, lambda part=part: looped(part, w))])
        sums = looped(part, w)
        for device in devices():
            held = jax.device_put((w, *part), device)
            rows[-1].append(_seconds(clock, lambda held=held: jax.block_until_ready(at_once(*held))))
            apart = max(apart, float(np.abs(np.asarray(at_once(*held)) - sums).max()))
        done += size
        if progress is not None and progress(done, sum(sizes)) is False:
            break
    table = np.array(rows).T
    with jax.default_device(cpu):
        first = jnp.asarray(w), jnp.asarray(data.x[0]), jnp.asarray(data.y[0])
        plain = _seconds(clock, lambda: np.asarray(_slope(*first)))
    names = [describe(d, device) for device in devices()]
    calls = dict(zip(names, table[1:], strict=True))
    return Race(np.array(sizes[: len(rows)]), table[0], plain, calls, apart)


def _seconds(clock: Clock, call: Callable[[], Any]) -> float:
    """The best of a few rounds, each of as many calls as the clock needs: other work can only slow it."""
    call()
    begin = clock()
    call()
    count = max(1, int(LEAST / max(clock() - begin, 1e-9)))
    found = []
    for _ in range(REPEATS):
        begin = clock()
        for _ in range(count):
            call()
        found.append((clock() - begin) / count)
    return min(found)
