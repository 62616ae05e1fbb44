"""What the Network page computes, as jobs: the training, and how classifiers of plane data divide it."""

import time
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any

import jax
import numpy as np

from landscape.core import tree
from landscape.core.device import describe
from landscape.core.types import Params
from landscape.descent.training.fit import Fit
from landscape.descent.training.train import Snapshot
from landscape.player import boundary
from landscape.problems.networks.network import Network
from landscape.scenario.training import Training
from landscape.ui.work import job_queue

FRESH = 0.4
"""Seconds between two looks at a training that is under way."""


@dataclass(frozen=True, eq=False)
class Trained:
    """What a training has made, or has so far.

    Attributes:
        fits: by the runner's id.
        test_loss, test_accuracy: by the runner's id, on the split no training looks at; empty on the way.
        parameters: how many numbers the network has.
        device: where it was computed.
    """

    fits: dict[str, Fit]
    test_loss: dict[str, float]
    test_accuracy: dict[str, float]
    parameters: int
    device: str


def key(training: Training) -> str:
    """The key of a training's job."""
    return f"training {training.cache_key}"


def ask(training: Training) -> job_queue.Job:
    """The job that trains."""
    return job_queue.submit(key(training), partial(train, training))


def train(training: Training, job: job_queue.Job) -> Trained:
    """Train, showing what there is so far a few times a second."""
    shown = 0.0

    def watch(now: Snapshot) -> None:
        nonlocal shown
        if time.monotonic() - shown > FRESH:
            job.partial, shown = made(training, now.fits()), time.monotonic()

    return made(training, training.fits(job.report, watch), tested=True)


def made(training: Training, fits: dict[str, Fit], *, tested: bool = False) -> Trained:
    """The fits with what is known of them."""
    data, network = training.dataset(), training.built()
    losses, accuracies = {}, {}
    for name, fit in fits.items() if tested else ():
        losses[name] = float(jax.jit(network.loss(data.test, fit.statistics))(fit.params))
        if data.classes:
            accuracies[name] = float(jax.jit(network.accuracy(data.test, fit.statistics))(fit.params))
    size = tree.size(next(iter(fits.values())).params) if fits else 0
    return Trained(fits, losses, accuracies, size, describe(size))


def asked(training: Training, trained: Trained) -> job_queue.Job:
    """The job that draws how the classifiers divide the plane, from what a training has made."""
    return job_queue.submit(f"boundary {training.cache_key}", partial(divide, training, trained.fits))


@dataclass(frozen=True, eq=False)
class Division:
    """How each classifier divides the plane along its training.

    Attributes:
        window: the picture's part of the plane.
        steps: (frames,), the step of each frame.
        probability: by the runner's id, (frames, nx, ny, classes).
        rows: by the runner's id, (frames,), the records of the history nearest to the frames.
        last: by the runner's id, the last live frame.
    """

    window: tuple[tuple[float, float], tuple[float, float]]
    steps: np.ndarray
    probability: dict[str, np.ndarray]
    rows: dict[str, np.ndarray]
    last: dict[str, int]


def divide(training: Training, fits: dict[str, Fit], job: job_queue.Job) -> Division:
    """Ask every classifier, at every frame, about a grid of places."""
    data, network = training.dataset(), training.built()
    window = boundary.window(data.train.x, data.validation.x)
    places = boundary.places(*window).astype(np.float32)
    longest = max(fits.values(), key=lambda fit: fit.steps)
    every = longest.path.steps_recorded
    frames = boundary.frames_within(len(fits), data.classes)
    kept = np.unique(np.linspace(0, len(every) - 1, min(frames, len(every))).round().astype(int))
    steps = every[kept]
    program = _dividing(jax.tree.structure(network))
    probability, rows, last = {}, {}, {}
    for done, (name, fit) in enumerate(fits.items()):
        at = np.searchsorted(fit.path.steps_recorded, np.minimum(steps, fit.steps), side="right") - 1
        path = jax.tree.map(lambda leaf, at=at: leaf[at], fit.path.params)
        shares = np.asarray(program(network, path, places, data.train.x))
        probability[name] = shares.reshape(len(at), boundary.POINTS, boundary.POINTS, -1)
        rows[name] = np.searchsorted(fit.history.step, np.minimum(steps, fit.steps), side="right") - 1
        last[name] = int(np.searchsorted(steps, fit.path.last, side="right") - 1)
        job.report(done + 1, len(fits))
    return Division(window, steps, probability, rows, last)


@lru_cache(maxsize=32)
def _dividing(structure: object) -> Any:
    """The compiled answers of one kind of network along a path; batch norm goes by the training data."""

    def answers(network: Network, path: Params, places: Any, x: Any) -> Any:
        def one(params: Params) -> Any:
            return network.predict(params, places, network.statistics_of(params, x))

        return jax.lax.map(one, path)

    return jax.jit(answers)
