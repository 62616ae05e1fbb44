"""A served process under long use: `python -m tests.soak [formulas] [networks]`.

It is asked for thousands of formulas and hundreds of networks, each another one, through what the pages ask
for them, with the same bounds and the same looks after the process that `landscape serve` has. From time to
time it prints what the process holds; at the end it says whether everything stayed within its bounds.
"""

import argparse
import itertools
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from landscape.presets.races import PRESETS
from landscape.presets.trainings import TRAININGS
from landscape.scenario import Scenario
from landscape.scenario.training import Data, Training
from landscape.ui.network import work
from landscape.ui.work import job_queue, memory, programs, races
from landscape.ui.work.job_queue import Job

FORMULAS, NETWORKS, LINES = 3_000, 200, 20
SPARE = 1.5
"""How far beyond the bound at which programs are dropped the process may grow between two looks."""

WIDTHS = (4, 8, 12, 16, 24, 32, 48, 64, 96, 128)


def formulas() -> Iterator[str]:
    """Ever new ones: other numbers, and other functions of the two variables."""
    for k, (f, g) in zip(
        itertools.count(), itertools.cycle(itertools.product(("sin", "cos", "exp", "tanh"), repeat=2))
    ):
        yield f"{f}(x / {k % 97 + 3}) + {g}(y / {k % 89 + 5}) + (x**2 + {k % 7 + 1} * y**2) / {k + 10}"


def networks() -> Iterator[Training]:
    """Ever new ones: other widths, depths and activations."""
    runners = TRAININGS["default"].runners[:1]
    shapes = itertools.product(("relu", "tanh", "sigmoid"), (1, 2), WIDTHS, WIDTHS)
    for activation, depth, first, second in shapes:
        network = {
            "hidden": (first, second)[:depth],
            "activation": activation,
            "initializer": "xavier_normal",
        }
        if depth == 2 or second == WIDTHS[0]:
            yield Training(data=Data(name="moons"), network=network, runners=runners, epochs=2)


def type_in(formula: str) -> None:
    """What the Race page computes when somebody types a formula."""
    changed = {"problem": {"formula": formula}, "start": [1.0, 1.0], "steps": 100}
    given = json.loads(PRESETS["default"].to_json()) | changed
    scenario = Scenario.from_json(json.dumps(given))
    races.picture(scenario)
    races.race(scenario)


def train(training: Training) -> None:
    """What the Network page computes when somebody trains a network of points in the plane."""
    trained = awaited(lambda: work.ask(training))
    awaited(lambda: work.asked(training, trained))


def awaited(ask: Callable[[], Job]) -> Any:
    """The result of a job, looked at as a page does."""
    while not (job := ask()).wait(0.5):
        pass
    if job.error is not None:
        raise job.error
    return job.result


def mixed(act: Callable[[Any], None], things: list[Any]) -> list[tuple[float, Callable[[Any], None], Any]]:
    """Tasks spread evenly over the whole time, each with its share of it."""
    return [((k + 0.5) / len(things), act, thing) for k, thing in enumerate(things)]


def held(folder: Path) -> dict[str, float]:
    """What the process holds: bytes and maps of its memory, of programs on the disk, of results of jobs."""
    jobs = list(job_queue.OFFICE._jobs.values())
    disk = sum(entry.stat().st_size for entry in folder.glob("*-cache"))
    return {
        "RSS MB": memory.resident() / 2**20,
        "maps": memory.maps(),
        "disk MB": disk / 2**20,
        "jobs": len(jobs),
        "jobs MB": sum(job.bytes for job in jobs) / 2**20,
        "runs": len(races._run._kept),
        "runs MB": sum(races._run._weights.values()) / 2**20,
    }


def main() -> int:
    """Run it; 1 if something grew beyond its bounds."""
    parser = argparse.ArgumentParser("tests.soak", description=__doc__)
    parser.add_argument("formulas", nargs="?", type=int, default=FORMULAS)
    parser.add_argument("networks", nargs="?", type=int, default=NETWORKS)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        os.environ["JAX_COMPILATION_CACHE_DIR"] = name
        programs.keep()
        tasks = mixed(type_in, list(itertools.islice(formulas(), options.formulas)))
        tasks += mixed(train, list(itertools.islice(networks(), options.networks)))
        tasks.sort(key=lambda task: task[0])
        most: dict[str, float] = {}
        begun, every = time.monotonic(), max(1, len(tasks) // LINES)
        for done, (_, act, thing) in enumerate(tasks, start=1):
            act(thing)
            if done % every == 0 or done == len(tasks):
                now = held(Path(name))
                most = {key: max(value, most.get(key, 0)) for key, value in now.items()}
                told = "  ".join(f"{key} {value:.0f}" for key, value in now.items())
                print(f"{done:5d} {time.monotonic() - begun:6.0f} s  {told}", flush=True)
    bounds = {
        "RSS MB": SPARE * memory.MEMORY / 2**20,
        "maps": memory.allowed_maps() / 2,
        "disk MB": 1.1 * programs.DISK / 2**20,
        "jobs": job_queue.MAX_RESULTS,
        "jobs MB": job_queue.MAX_RESULT_BYTES / 2**20,
        "runs": 128,
        "runs MB": 64,
    }
    beyond = {key: most[key] for key, bound in bounds.items() if most[key] > bound}
    print(f"beyond its bounds: {beyond}" if beyond else "within all bounds")
    return bool(beyond)


if __name__ == "__main__":
    sys.exit(main())
