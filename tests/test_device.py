"""Where a computation runs: by its size, as asked, and refused where there is no such device."""

import json
import os
import subprocess
import sys

import jax
import numpy as np
import pytest

import landscape as ls
from landscape.core import device

pytestmark = pytest.mark.slow

BOWL = ls.SURFACES["bowl"]
START = np.ones(2)

# Every program's results are asked where they lie.
FOUR = """
import json, sys
import jax, numpy as np
import landscape as ls
from landscape.descent import run, sweep
from landscape.descent.training import vmapped_runs

used = set()

def watched(make):
    def made(*given):
        program = make(*given)
        def call(*args):
            out = program(*args)
            used.update(device.id for leaf in jax.tree.leaves(out) for device in leaf.devices())
            return out
        return call
    return made

run.compiled, sweep.compiled = watched(run.compiled), watched(sweep.compiled)
for name in ("compiled_steps", "compiled_metrics"):
    setattr(vmapped_runs, name, watched(getattr(vmapped_runs, name)))

bowl, start, rates = ls.SURFACES["bowl"], np.ones(2), np.array([0.1, 0.2])
moons, small = ls.DATASETS["moons"](samples=60), ls.Network(hidden=(4,))
acts = {
    "run": lambda **on: ls.run(ls.SGD(0.1), bowl, start, 5, **on).params,
    "race": lambda **on: ls.race({"a": ls.SGD(0.1)}, bowl, start, 5, **on)["a"].params,
    "sweep": lambda **on: ls.sweep(ls.SGD(rates), bowl, start, 5, **on).params,
    "tune": lambda **on: np.array(ls.tune(ls.SGD, bowl, start, 5, points=3, **on).losses),
    "train": lambda **on: ls.train(ls.SGD(0.1), small, moons, batch_size=8, epochs=2, **on)["sgd"].path.loss,
}
found = {}
for name, act in acts.items():
    for which, on in {"default": {}, "third": {"device": jax.devices()[2]}}.items():
        used.clear()
        numbers = np.asarray(act(**on))
        found[f"{name} {which}"] = {"used": sorted(used), "numbers": numbers.ravel().tolist()}
json.dump(found, sys.stdout)
"""
ACTS = ("run", "race", "sweep", "tune", "train")


@pytest.fixture(scope="module")
def four() -> dict[str, dict[str, list]]:
    """Where a process with four devices computed, and what."""
    flags = f"{os.environ['XLA_FLAGS']} --xla_force_host_platform_device_count=4"
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", FOUR],
        env={**os.environ, "XLA_FLAGS": flags},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("act", ACTS)
def test_it_computes_where_it_was_asked_to(four: dict, act: str) -> None:
    """All of it on the third of four devices, all of it on the first by default, and the same numbers."""
    assert four[f"{act} third"]["used"] == [2]
    assert four[f"{act} default"]["used"] == [0]
    assert four[f"{act} third"]["numbers"] == four[f"{act} default"]["numbers"]


def test_few_parameters_stay_on_the_cpu_beside_an_accelerator(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where JAX prefers another platform, 64 parameters are computed on the CPU and 65 where JAX likes."""
    monkeypatch.setattr(jax, "default_backend", lambda: "gpu")
    assert device.place(device.FEW) == jax.devices("cpu")[0]
    assert device.place(device.FEW + 1) is None


def test_without_an_accelerator_the_choice_is_left_to_jax() -> None:
    """On a machine with CPUs alone nothing is chosen, so what a person set in JAX holds."""
    assert device.place(2) is None
    assert device.place(10**6) is None


def test_a_device_is_taken_as_given_and_a_name_finds_its_first() -> None:
    """A device object comes back itself, the name of a platform is its first device, whatever the size."""
    cpu = jax.devices("cpu")[0]
    for size in (2, 10**6):
        assert device.place(size, cpu) is cpu
        assert device.place(size, "cpu") == cpu
    with device.on(10**6, "cpu"):
        assert jax.numpy.zeros(2).devices() == {cpu}


@pytest.mark.parametrize("given", [None, "cpu"])
def test_a_cpu_is_called_a_cpu(given: str | None) -> None:
    """Few parameters or many, chosen or asked for."""
    assert device.describe(2, given) == device.describe(10**6, given) == "CPU"


def test_another_device_is_called_by_its_model(monkeypatch: pytest.MonkeyPatch) -> None:
    """An accelerator goes by the name its maker gave it."""

    class Accelerator:
        platform, device_kind = "gpu", "NVIDIA H200"

    monkeypatch.setattr(device, "place", lambda size, given: Accelerator())
    assert device.describe(10**6) == "NVIDIA H200"


@pytest.mark.parametrize(
    "act",
    [
        lambda **on: ls.run(ls.SGD(0.1), BOWL, START, 5, **on),
        lambda **on: ls.race({"a": ls.SGD(0.1)}, BOWL, START, 5, **on),
        lambda **on: ls.sweep(ls.SGD(np.array([0.1, 0.2])), BOWL, START, 5, **on),
        lambda **on: ls.tune(ls.SGD, BOWL, START, 5, **on),
        lambda **on: ls.train(ls.SGD(0.1), ls.Network(hidden=(4,)), ls.DATASETS["moons"](), **on),
    ],
    ids=ACTS,
)
def test_a_device_that_is_not_here_is_refused(act) -> None:
    """The message says what was asked for and what there is."""
    with pytest.raises(ValueError, match="no device 'abacus' here; there is cpu"):
        act(device="abacus")


@pytest.mark.parametrize("given", [3, ["cpu"]])
def test_what_is_no_device_is_refused(given: object) -> None:
    """Neither a number nor a list is a place to compute one path."""
    with pytest.raises(TypeError, match="device must be"):
        device.place(2, given)
