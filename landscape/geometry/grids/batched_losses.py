"""Losses at many points of a plane: one compiled program, called from every core and on every device."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from functools import lru_cache
from typing import Any

import jax
import numpy as np
from jax import lax
from jax.sharding import SingleDeviceSharding
from jaxtyping import Array, Float

from landscape.core.device import cores, place
from landscape.core.types import Loss, Params
from landscape.geometry.grids.memory import footprint

# What one core, or one accelerator, may touch at a time. With three times as much on a core, a plane took
# twice as long; an accelerator is kept busy by fewer and larger calls.
CACHE_BYTES = 32 * 2**20
ACCELERATOR_BYTES = 2**30
WORTH_BYTES = CACHE_BYTES // 4  # a call that touches less takes longer to begin than to do
SIZES = (8, 16, 32, 64)  # points in one call: few sizes, so that another number of points rarely recompiles
TASKS = 64  # calls for one picture, about: progress moves that often, and devices have some to share

Device = Any  # a jax.Device, which is a variable to type checkers


class Cancelled(Exception):
    """A computation that was given up because `progress` returned False."""


def losses_at_coordinates(
    loss: Loss,
    center: Params,
    directions: Sequence[Params],
    spots: Float[np.ndarray, "points axes"],
    devices: Sequence[Device],
    progress: Callable[[int], bool | None],
) -> Float[np.ndarray, " points"]:
    r"""The loss at $\theta_0 + \sum_k c_k d_k$ for each spot c, on every core and device.

    The spots are cut into tasks, equal but for the last one, which reaches back over the end of the one
    before. Task i belongs to device i modulo their number, and sizes do not depend on the devices: every
    spot goes through the same arithmetic wherever it is computed. Who computes it follows from its place
    in the list and from the list of devices alone. With all devices of several processes in that list,
    each process would know its own tasks without a word; as it is, each computes the whole on its own.

    Args:
        loss: a pytree of arrays, params -> scalar.
        center, directions: trees of arrays of one type.
        spots: the coordinates.
        devices: where to compute, all of one kind.
        progress: called with the number of points done; returning False cancels.

    Raises:
        Cancelled: when `progress` returned False.
    """
    given = loss, center, tuple(directions)
    leaves, structure = jax.tree.flatten(given)
    count, share = len(spots), -(-len(spots) // TASKS)
    block, size = _sizes(structure, _shapes(leaves), share, devices[0].platform)
    spots = np.pad(spots, ((0, max(0, size - count)), (0, 0)), mode="edge")
    begins = [min(begin, len(spots) - size) for begin in range(0, count, size)]
    values = np.empty(len(spots), jax.tree.leaves(center)[0].dtype)
    placed = [jax.device_put(given, device) for device in devices[: len(begins)]]
    programs = [
        _program(structure, _shapes(jax.tree.leaves(tree)), (size, spots.shape[1]), block, device)
        for tree, device in zip(placed, devices, strict=False)
    ]
    # Put there from this thread, for in the others JAX may not have double precision enabled.
    chunks = [
        jax.device_put(spots[begin : begin + size].astype(values.dtype), devices[i % len(placed)])
        for i, begin in enumerate(begins)
    ]

    def compute(i: int) -> int:
        values[begins[i] : begins[i] + size] = programs[i % len(placed)](*placed[i % len(placed)], chunks[i])
        return min(size, count - i * size)

    workers = cores() if devices[0].platform == "cpu" else 2  # two calls in flight keep one busy
    pool = ThreadPoolExecutor(max(workers, len(placed)), thread_name_prefix="plane")
    done = 0
    try:
        for task in as_completed([pool.submit(compute, i) for i in range(len(begins))]):
            done += task.result()
            if progress(done) is False:
                raise Cancelled(f"given up after {done} of {count} points")
    finally:
        pool.shutdown(cancel_futures=True)
    return values[:count]


def devices_for(params: Params, device: Any = None) -> list[Device]:
    """Where to compute: as asked; else the CPU for few parameters, and for many all of JAX's devices."""
    if isinstance(device, Sequence) and not isinstance(device, str):
        return list(device)
    chosen = place(sum(np.size(leaf) for leaf in jax.tree.leaves(params)), device)
    chosen = chosen or jax.config.jax_default_device  # pyright: ignore[reportAttributeAccessIssue]
    if chosen is None:
        return jax.local_devices()
    return jax.local_devices(backend=chosen)[:1] if isinstance(chosen, str) else [chosen]


def _shapes(leaves: Sequence[Any]) -> tuple[jax.ShapeDtypeStruct, ...]:
    """What a compiled program must know of its arguments."""
    return tuple(jax.ShapeDtypeStruct(leaf.shape, leaf.dtype) for leaf in leaves)


@lru_cache(maxsize=128)
def _sizes(structure: Any, leaves: tuple, share: int, platform: str) -> tuple[int, int]:
    """How many points to compute side by side, and how many in one call: a multiple of it, about `share`."""
    loss, center, _ = jax.tree.unflatten(structure, leaves)
    touched = footprint(loss, center)
    least = WORTH_BYTES // touched if platform == "cpu" else 0
    wanted = next((size for size in SIZES if max(share, least) <= size), SIZES[-1])
    if platform != "cpu":
        block = max(1, min(16 * wanted, ACCELERATOR_BYTES // touched))
        return block, block
    rounds = -(-wanted // max(1, CACHE_BYTES // touched))
    block = -(-wanted // rounds)
    return block, block * rounds


@lru_cache(maxsize=128)
def _program(structure: Any, leaves: tuple, spots: tuple[int, int], block: int, device: Device) -> Any:
    """The compiled losses of one call for one kind of loss and plane; the least used kind is dropped."""

    def losses(
        loss: Loss, center: Params, directions: Sequence[Params], spots: Float[Array, "points axes"]
    ) -> Array:
        def at(spot: Array) -> Array:
            point = center
            for c, direction in zip(spot, directions, strict=True):
                point = jax.tree.map(lambda p, d, c=c: p + c * d, point, direction)
            return loss(point)

        return lax.map(at, spots, batch_size=block if block > 1 else None)

    def there(leaf: Any) -> Any:
        return jax.ShapeDtypeStruct(leaf.shape, leaf.dtype, sharding=SingleDeviceSharding(device))

    given = jax.tree.unflatten(structure, map(there, leaves))
    where = there(jax.ShapeDtypeStruct(spots, jax.tree.leaves(given[1])[0].dtype))
    with jax.default_matmul_precision("highest"):
        return jax.jit(losses).lower(*given, where).compile()
