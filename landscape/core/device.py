"""Where a computation runs: few parameters on the CPU, networks on the device JAX prefers."""

import os
from contextlib import AbstractContextManager
from functools import cache
from typing import Any

import jax
import jax.numpy as jnp

FEW = 64
"""Up to so many parameters a step takes less time than launching it on an accelerator."""


def place(parameters: int, device: Any = None) -> Any:
    """The device for a computation over so many parameters, or None to leave it to JAX.

    Args:
        parameters: how many numbers the computation moves.
        device: a device, the name of a platform such as "cpu" or "gpu", or None: the CPU for up to 64
            parameters, even where there is a GPU, and JAX's default device for more.

    Raises:
        TypeError: for what is neither a device nor a name.
        ValueError: when there is no such device here.

    >>> place(2, "cpu").platform
    'cpu'
    """
    if isinstance(device, str):
        return _first(device)
    if isinstance(device, jax.Device):
        return device
    if device is not None:
        raise TypeError(f"device must be a JAX device or the name of a platform; given {device!r}")
    return _first("cpu") if parameters <= FEW and jax.default_backend() != "cpu" else None


def on(parameters: int, device: Any = None) -> AbstractContextManager:
    """A context in which JAX computes on the device of `place`."""
    return jax.default_device(place(parameters, device))


def describe(parameters: int, device: Any = None) -> str:
    """The name of the device that `place` chooses, as a person calls it: "CPU", "NVIDIA H200".

    >>> describe(2, "cpu")
    'CPU'
    """
    chosen = place(parameters, device) or jnp.zeros(()).devices().pop()
    return "CPU" if chosen.platform == "cpu" else chosen.device_kind


def cores() -> int:
    """How many cores this process may use: in a container often fewer than its host has.

    >>> 1 <= cores() <= os.cpu_count()
    True
    """
    allowed = getattr(os, "sched_getaffinity", None)  # Linux only
    return len(allowed(0)) if allowed else os.cpu_count() or 1


@cache
def _first(platform: str) -> Any:
    try:
        return jax.devices(platform)[0]
    except RuntimeError:
        known = ", ".join(sorted({device.platform for device in jax.devices()} | {"cpu"}))
        raise ValueError(f"there is no device {platform!r} here; there is {known}") from None
