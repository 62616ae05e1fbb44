"""What the figures of trainings are given: named histories, each with its slot."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from landscape.core.types import Status
from landscape.descent.training.fit import Fit, History


@dataclass(frozen=True)
class Learner:
    """One training of a figure.

    Args:
        name: what it is called.
        slot: colour, dash and marker, from 1.
        history: what was measured along the way, also of a training that is still under way.
        best: the step of the lowest validation loss, to be marked.
        stopped: the step at which early stopping ended it.
        diverged: whether it got out of hand.
    """

    name: str
    slot: int
    history: History
    best: int | None = None
    stopped: int | None = None
    diverged: bool = False


Learners = Sequence[Learner] | Mapping[str, Fit] | Mapping[str, History]
"""What a figure of trainings accepts; slots are given in order where there are none."""


def learner(name: str, slot: int, fit: Fit | History) -> Learner:
    """Return one training of a figure from a fit, or from a history alone."""
    if isinstance(fit, History):
        return Learner(name, slot, fit)
    lost = fit.status == Status.DIVERGED
    return Learner(name, slot, fit.history, None if lost else fit.best, fit.stopped, lost)


def learners_of(learners: Learners) -> list[Learner]:
    """Return named trainings from what `train` returned, or as they were given."""
    if isinstance(learners, Mapping):
        return [learner(name, slot, fit) for slot, (name, fit) in enumerate(learners.items(), start=1)]
    return list(learners)
