"""The validated description of one experiment: what a share link, a preset and the command line carry."""

from typing import Self

import jax
import numpy as np
from pydantic import Field, model_validator

from landscape.descent.rules.rule import Rule
from landscape.descent.run import race
from landscape.descent.trajectory import Trajectory
from landscape.problems.surfaces.surface import Surface
from landscape.scenario.document import Document, check_unique
from landscape.scenario.error import ScenarioError, scenario_error
from landscape.scenario.fields import hyperparameters
from landscape.scenario.model import MOST_RUNNERS, Count, Noise, Point, Seed
from landscape.scenario.parts import Problem, Runner, Schedule

__all__ = ["Problem", "Runner", "Scenario", "ScenarioError", "Schedule", "hyperparameters"]


class Scenario(Document):
    """One race: a problem, a start, and up to eight optimizers with everything that decides their paths.

    Frozen; change it with `replace`. Whatever is wrong in it raises a `ScenarioError`, which names the
    field, what was given and what is allowed.

    >>> race = Scenario(problem={"name": "bowl"}, start=(1, 1), steps=20, runners=[
    ...     {"id": "a", "rule": "sgd", "fields": {"learning_rate": 0.1}, "slot": 1}])
    >>> Scenario.from_link(race.to_link()) == race
    True
    >>> race.paths()["a"].loss.shape
    (21,)
    >>> Scenario.from_json('{"problem": {"name": "boul"}, "start": [1, 1]}')
    Traceback (most recent call last):
    landscape.scenario.error.ScenarioError: problem.name: 'boul' is not known. Did you mean bowl? ...
    """

    problem: Problem
    start: Point
    steps: Count = 300
    seed: Seed = 0
    noise: Noise = 0.0
    runners: tuple[Runner, ...] = Field((), max_length=MOST_RUNNERS, strict=False)

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        expected = self.surface().dimension
        if len(self.start) != expected:
            raise scenario_error("dimension", "start", expected=expected, given=len(self.start))
        check_unique(self.runners)
        return self

    def surface(self) -> Surface:
        """The problem's surface, with its fields."""
        return self.problem.surface()

    def rules(self) -> dict[str, Rule]:
        """Each runner's optimizer by the runner's id."""
        return {runner.id: runner.optimizer() for runner in self.runners}

    def paths(self) -> dict[str, Trajectory]:
        """Each runner's path by the runner's id, computed now."""
        start, key = np.array(self.start), jax.random.key(self.seed)
        return race(self.rules(), self.surface(), start, self.steps, noise=self.noise, key=key)
