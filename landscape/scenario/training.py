"""The validated description of one training: data, a network, and the optimizers that train it."""

from collections.abc import Callable
from functools import lru_cache
from typing import Annotated, Any, Self

import jax
from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from landscape.core.progress import Progress
from landscape.descent.rules.rule import Rule
from landscape.descent.training.fit import Fit
from landscape.descent.training.train import Snapshot, train
from landscape.problems.data.datasets import DATASETS, SYNTHETIC, Dataset
from landscape.problems.networks.activations import ACTIVATIONS
from landscape.problems.networks.initializers import INITIALIZERS
from landscape.problems.networks.network import DEEPEST, NORMALIZATIONS, WIDEST, Network
from landscape.scenario.document import Document, check_unique
from landscape.scenario.error import scenario_error, show
from landscape.scenario.fields import between, number
from landscape.scenario.model import MOST_RUNNERS, Seed, StrictModel
from landscape.scenario.parts import Runner, known

MOST_STEPS = 50_000
"""The longest training of the app, in steps of one optimizer."""


def widths(given: Any) -> tuple[int, ...]:
    """The widths of some layers."""
    if not isinstance(given, (list, tuple)):
        raise scenario_error("not_list", given=show(given))
    if len(given) > DEEPEST:
        raise scenario_error("too_many", found=len(given), limit=DEEPEST)
    for width in given:
        if isinstance(width, bool) or not isinstance(width, int):
            raise scenario_error("not_whole", given=show(width))
    return tuple(between(1, WIDEST)(width) for width in given)


def share(high: float) -> BeforeValidator:
    """A number from 0 to a highest one."""
    return BeforeValidator(lambda given: between(0.0, high)(number(given)))


Widths = Annotated[tuple[int, ...], BeforeValidator(widths)]


class Data(StrictModel):
    """A data set by name; `samples` and `noise` are those of a synthetic one, its own where not given."""

    name: Annotated[str, known(DATASETS)] = "digits"
    samples: Annotated[int, AfterValidator(between(50, 2_000))] | None = None
    noise: Annotated[float, share(2.0)] | None = None
    seed: Seed = 0

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        for field in ("samples", "noise"):
            if getattr(self, field) is not None and self.name not in SYNTHETIC:
                raise scenario_error("real_data", field, given=self.name, allowed=", ".join(SYNTHETIC))
        return self

    def dataset(self) -> Dataset:
        """The examples themselves; those asked for lately are kept."""
        given = self.model_dump(exclude={"name"}, exclude_none=True)
        return _dataset(self.name, tuple(sorted(given.items())))


@lru_cache(maxsize=16)
def _dataset(name: str, given: tuple) -> Dataset:
    return DATASETS[name](**dict(given))


class Net(StrictModel):
    """A network, by the fields of `landscape.Network`."""

    hidden: Widths = (64, 64)
    filters: Widths = ()
    activation: Annotated[str, known(ACTIVATIONS)] = "relu"
    initializer: Annotated[str, known(INITIALIZERS)] = "he_normal"
    normalization: Annotated[str, known(dict.fromkeys(NORMALIZATIONS))] = "none"
    skip: bool = False
    dropout: Annotated[float, share(0.9)] = 0.0
    label_smoothing: Annotated[float, share(0.5)] = 0.0

    def built(self) -> Network:
        """The network itself."""
        return Network(**self.model_dump())


class Training(Document):
    """One training: data, a network, up to eight optimizers on the same batches from the same start.

    >>> training = Training(data={"name": "moons"}, network={"hidden": [8]}, epochs=3, runners=[
    ...     {"id": "a", "rule": "adam", "fields": {"learning_rate": 0.01}, "slot": 1}])
    >>> Training.from_link(training.to_link()) == training
    True
    >>> int(training.fits()["a"].history.step[-1]) == training.steps
    True
    """

    data: Data = Data()
    network: Net = Net()
    runners: tuple[Runner, ...] = Field((), max_length=MOST_RUNNERS, strict=False)
    batch_size: Annotated[int, AfterValidator(between(0, 10_000))] = 128
    epochs: Annotated[int, AfterValidator(between(1, 5_000))] = 50
    seed: Seed = 0
    early_stopping: Annotated[int, AfterValidator(between(0, 5_000))] = 0

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        check_unique(self.runners)
        data = self.dataset()
        if self.network.filters and len(data.shape) != 3:
            raise scenario_error("no_images", "network.filters", given=self.data.name)
        if self.steps > MOST_STEPS:
            raise scenario_error("too_many_steps", "epochs", given=self.steps, limit=MOST_STEPS)
        return self

    @property
    def batch(self) -> int:
        """The examples in a batch: as set, or all of them (0, or more than there are)."""
        examples = len(self.dataset().train.y)
        return min(self.batch_size or examples, examples)

    @property
    def steps(self) -> int:
        """The steps each optimizer takes."""
        return self.epochs * (len(self.dataset().train.y) // self.batch)

    @property
    def cache_key(self) -> str:
        """All that the numbers depend on, as JSON: runners' names and colours left out."""
        bare = [runner.replace(name=None, slot=i + 1) for i, runner in enumerate(self.runners)]
        return self.replace(runners=tuple(bare)).to_json()

    def dataset(self) -> Dataset:
        """The data set."""
        return self.data.dataset()

    def built(self) -> Network:
        """The network."""
        return self.network.built()

    def rules(self) -> dict[str, Rule]:
        """Each runner's optimizer by the runner's id."""
        return {runner.id: runner.optimizer() for runner in self.runners}

    def fits(
        self, progress: Progress | None = None, watch: Callable[[Snapshot], Any] | None = None
    ) -> dict[str, Fit]:
        """Each runner's trained network by the runner's id, computed now; told and shown as by `train`."""
        if not self.runners:
            return {}
        return train(
            self.rules(),
            self.built(),
            self.dataset(),
            batch_size=self.batch,
            epochs=self.epochs,
            key=jax.random.key(self.seed),
            early_stopping=self.early_stopping or None,
            progress=progress,
            watch=watch,
        )
