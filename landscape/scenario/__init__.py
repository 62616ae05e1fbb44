"""The validated description of one experiment: what a share link, a preset and the command line carry."""

import json
from typing import Any, Literal, Self

import jax
import numpy as np
from pydantic import Field, model_validator

from landscape.descent.rule import Rule
from landscape.descent.run import race
from landscape.descent.trajectory import Trajectory
from landscape.problems.surface import Surface
from landscape.scenario.error import ScenarioError, refuse, show
from landscape.scenario.fields import hyperparameters
from landscape.scenario.link import LARGEST, decode, encode
from landscape.scenario.part import Count, Noise, Part, Point, Seed
from landscape.scenario.parts import Problem, Runner, Schedule

__all__ = ["Problem", "Runner", "Scenario", "ScenarioError", "Schedule", "hyperparameters"]

RUNNERS = 8


class Scenario(Part):
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

    version: Literal[1] = 1
    problem: Problem
    start: Point
    steps: Count = 300
    seed: Seed = 0
    noise: Noise = 0.0
    runners: tuple[Runner, ...] = Field((), max_length=RUNNERS, strict=False)

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        expected = self.surface().dimension
        if len(self.start) != expected:
            raise refuse("dimension", "start", expected=expected, given=len(self.start))
        for field in ("id", "slot"):
            seen: set[Any] = set()
            for i, runner in enumerate(self.runners):
                value = getattr(runner, field)
                if value in seen:
                    raise refuse("twice", f"runners[{i}].{field}", given=show(value))
                seen.add(value)
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

    def to_json(self, indent: int | None = None) -> str:
        """JSON; what has its default value is left out."""
        separators = (",", ":") if indent is None else None
        plain = {"version": self.version, **self.model_dump(exclude_defaults=True)}
        return json.dumps(plain, ensure_ascii=False, indent=indent, separators=separators)

    @classmethod
    def from_json(cls, text: str | bytes) -> Self:
        """The description in a JSON text of at most 64 kB."""
        if len(text) > LARGEST:
            raise refuse("too_large", limit=LARGEST)
        try:
            plain = json.loads(text)
        except json.JSONDecodeError as error:
            raise refuse("not_json", line=error.lineno, column=error.colno) from None
        except (
            ValueError,
            RecursionError,
        ):  # bytes of no encoding, a number of thousands of digits, too deep
            raise refuse("not_json", line=1, column=1) from None
        if not isinstance(plain, dict):
            raise refuse("not_object", given=show(plain))
        return cls(**plain)

    def to_link(self) -> str:
        """The description in text that an address can hold."""
        return encode(self.to_json())

    @classmethod
    def from_link(cls, link: str) -> Self:
        """The description in such a text."""
        return cls.from_json(decode(link))
