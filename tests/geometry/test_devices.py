"""Rows are shared by all devices JAX has, and the numbers are those of one device, bit by bit."""

import json
import os
import subprocess
import sys

import jax
import numpy as np
import pytest

import landscape as ls
from landscape.core.device import FEW
from landscape.geometry.grids.batched_losses import devices_for

pytestmark = pytest.mark.slow

SCRIPT = """
import json, jax, landscape as ls
from landscape.geometry.grids import batched_losses

data = ls.DATASETS["digits"]()
network = ls.Network(hidden=(64, 64))
plane = ls.random_plane(network.init(jax.random.key(0), data), jax.random.key(1), filter_axis=-1)
loss = network.loss(data.validation)
used, build = set(), batched_losses._program

def watched(*key):
    program = build(*key)

    def call(*arguments):
        losses = program(*arguments)
        used.update(losses.devices())
        return losses

    return call

batched_losses._program = watched
everywhere = ls.evaluate(loss, plane, points=15).loss
several = len(used)
used.clear()
alone = ls.evaluate(loss, plane, points=15, device=jax.local_devices()[3]).loss
print(json.dumps({
    "devices": len(jax.local_devices()), "several": several, "one": [device.id for device in used],
    "everywhere": everywhere.tolist(), "alone": alone.tolist(),
}))
"""


@pytest.fixture(scope="module")
def eight():
    """What a process with eight devices computed."""
    flags = f"{os.environ['XLA_FLAGS']} --xla_force_host_platform_device_count=8"
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", SCRIPT],
        env={**os.environ, "XLA_FLAGS": flags},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_all_devices_compute(eight):
    assert eight["devices"] == 8
    assert eight["several"] == 8
    assert eight["one"] == [3]


def test_eight_devices_give_the_numbers_of_one(eight):
    """Exactly, within that process and beside this one, which has a single device."""
    data = ls.DATASETS["digits"]()
    network = ls.Network(hidden=(64, 64))
    plane = ls.random_plane(network.init(jax.random.key(0), data), jax.random.key(1), filter_axis=-1)
    here = ls.evaluate(network.loss(data.validation), plane, points=15).loss
    assert len(jax.local_devices()) == 1
    assert np.array_equal(np.float32(eight["everywhere"]), np.float32(eight["alone"]))
    assert np.array_equal(np.float32(eight["everywhere"]), here)


def test_a_device_is_taken_as_given():
    """A device, several of them, or the name of a platform; else JAX's own, and the CPU for few numbers."""
    [cpu] = jax.local_devices(backend="cpu")
    many = np.zeros(FEW + 1)
    for asked in (cpu, [cpu], "cpu", None):
        assert devices_for(many, asked) == [cpu]
    assert devices_for(np.zeros(2)) == [cpu]
