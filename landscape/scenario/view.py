"""The validated description of one picture of a network's loss: the training, the plane, the range."""

from typing import Annotated, Any, Self

import jax
from pydantic import AfterValidator, PlainValidator, model_validator

from landscape.core.types import Loss, Status
from landscape.descent.training.fit import Fit
from landscape.geometry.planes.constructors import (
    gradient_plane,
    hessian_plane,
    interpolation_plane,
    pca_plane,
    random_plane,
)
from landscape.geometry.planes.plane import Plane
from landscape.scenario.document import Document
from landscape.scenario.error import ScenarioError, scenario_error, show, unknown
from landscape.scenario.fields import between, number
from landscape.scenario.model import Id, Seed, rectangle
from landscape.scenario.parts import Runner, known
from landscape.scenario.training import Training

KINDS = ("pca_all", "pca", "random", "hessian", "gradient", "interpolation")
"""The planes: principal directions of all paths or of one, drawn by chance, along the curvature, along the
gradient, and through two solutions and the start that they share."""

NORMALIZATIONS = ("filter", "layer", "none")
SPLITS = ("train", "validation", "test")
METRICS = ("loss", "accuracy")
RESOLUTIONS = tuple(range(21, 102, 10))
FRAMED = ("pca_all", "pca", "interpolation")
"""Planes that a path or solutions span: by itself the range frames them. Of the others it is 1."""

KEPT = ("plane", "normalization", "points", "split", "seed")
"""What stays of a look when it turns to another training."""


def one_of(*names: str) -> AfterValidator:
    """A check that a name is among a few."""
    return known(dict.fromkeys(names))


def resolution(given: int) -> int:
    """An odd number of points a side, so that the centre is one of them."""
    if between(RESOLUTIONS[0], RESOLUTIONS[-1])(given) % 2 == 0:
        raise ScenarioError([unknown(given, map(str, RESOLUTIONS))])
    return given


def extent(given: Any) -> float | tuple[tuple[float, float], ...] | None:
    """A half-width around the centre, two intervals, or None for the range that frames what there is."""
    if given is None:
        return None
    return rectangle(given) if isinstance(given, (list, tuple)) else between(1e-6, 1e6)(number(given))


class View(Document):
    """One picture of a network's loss in a plane of its parameters.

    Attributes:
        training: what is trained, and how.
        runner: whose solution is the centre; the first runner's where none is named.
        to: whose solution an interpolation goes to; the next runner's where none is named.
        plane: one of `KINDS`.
        normalization: how random directions are scaled.
        span: the half-width, or one (low, high) for each axis, in units of the directions; None for the
            range that frames the paths.
        points: points along each axis, odd.
        split: the data on which the loss is computed.
        metric: "loss" or "accuracy".
        seed: of the directions that are drawn.
        against: another training, whose landscape stands beside this one.

    >>> view = View(training=Training(runners=[{"id": "a", "rule": "adam", "slot": 1}]), plane="random")
    >>> View.from_link(view.to_link()) == view, view.centre.id
    (True, 'a')
    """

    training: Training
    runner: Id | None = None
    to: Id | None = None
    plane: Annotated[str, one_of(*KINDS)] = KINDS[0]
    normalization: Annotated[str, one_of(*NORMALIZATIONS)] = "filter"
    span: Annotated[Any, PlainValidator(extent)] = None
    points: Annotated[int, AfterValidator(resolution)] = 51
    split: Annotated[str, one_of(*SPLITS)] = "train"
    metric: Annotated[str, one_of(*METRICS)] = "loss"
    seed: Seed = 0
    against: Training | None = None

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        ids = {runner.id: runner for runner in self.training.runners}
        if not ids:
            raise scenario_error("missing", "training.runners")
        for field in ("runner", "to"):
            given = getattr(self, field)
            if given is not None and given not in ids:
                raise ScenarioError([unknown(given, ids)._replace(field=field)])
        if self.plane == "interpolation" and self.other is None:
            raise scenario_error("not_allowed", "plane", given=show(self.plane))
        if self.metric == "accuracy" and not self.training.dataset().classes:
            raise scenario_error("not_allowed", "metric", given=show(self.metric))
        if self.against is not None and not self.against.runners:
            raise scenario_error("missing", "against.runners")
        return self

    @property
    def centre(self) -> Runner:
        """The runner whose solution is the centre."""
        runners = self.training.runners
        return next((runner for runner in runners if runner.id == self.runner), runners[0])

    @property
    def other(self) -> Runner | None:
        """The runner to whose solution an interpolation goes; None where there is only one."""
        others = [runner for runner in self.training.runners if runner.id != self.centre.id]
        return next((runner for runner in others if runner.id == self.to), next(iter(others), None))

    @property
    def cache_key(self) -> str:
        """All that the numbers depend on, as JSON."""
        bare = [runner.replace(name=None, slot=i + 1) for i, runner in enumerate(self.training.runners)]
        return self.replace(training=self.training.replace(runners=tuple(bare)), against=None).to_json()

    @property
    def comparison(self) -> Self | None:
        """The same look at the training it stands against, as far as that one has it; None without one."""
        return None if self.against is None else self.with_training(self.against).replace(span=self.span)

    def with_training(self, training: Training) -> Self:
        """The same look at another training, as far as it has one; the range is its own."""
        kept: dict[str, Any] = {name: getattr(self, name) for name in KEPT}
        if self.plane == "interpolation" and len(training.runners) < 2:
            kept.pop("plane")
        if self.metric == "accuracy" and training.dataset().classes:
            kept["metric"] = self.metric
        if self.centre.id in {runner.id for runner in training.runners}:
            kept["runner"] = self.centre.id
        return type(self)(training=training, **kept)

    def loss(self, fit: Fit) -> Loss:
        """What is drawn, params -> scalar: the loss or the accuracy on the split.

        Batch norm goes by the split's own statistics at every point; running ones belong to one point.
        """
        split = self.training.dataset().split(self.split)
        measured = fit.network.loss if self.metric == "loss" else fit.network.accuracy
        return measured(split)

    def plane_for(self, fits: dict[str, Fit]) -> Plane:
        """The plane, through the centre's solution.

        Args:
            fits: each runner's trained network by the runner's id.

        Raises:
            ValueError: where there is no such plane, as through two equal solutions.
        """
        centre = fits[self.centre.id]
        if self.plane == "pca":
            return pca_plane(centre)
        if self.plane == "pca_all":
            return pca_plane([fits[name] for name in finite_runs(fits, self.centre.id)])
        if self.plane == "interpolation":
            assert self.other is not None
            start = jax.tree.map(lambda leaf: leaf[0], centre.path.params)
            return interpolation_plane(centre, fits[self.other.id], start)
        key = jax.random.key(self.seed)
        if self.plane == "random":
            return random_plane(centre, key, normalization=self.normalization)
        split = self.training.dataset().split(self.split)
        slope = centre.network.loss(split)
        return (hessian_plane if self.plane == "hessian" else gradient_plane)(slope, centre, key)

    def extent_arguments(self, fits: dict[str, Fit]) -> dict[str, Any]:
        """The range, as `evaluate` takes it: `span`, or the `paths` to frame."""
        if self.span is not None:
            return {"span": self.span}
        if self.plane not in FRAMED:
            return {"span": 1.0}
        return {"paths": [fits[name] for name in finite_runs(fits, self.centre.id)]}


def finite_runs(fits: dict[str, Fit], last: str) -> list[str]:
    """The names of the runs that stayed finite, and of one whatever it did, that one at the end."""
    return [name for name, fit in fits.items() if name != last and fit.status != Status.DIVERGED] + [last]
