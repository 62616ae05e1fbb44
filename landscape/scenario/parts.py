"""The parts of a description: the problem, a schedule, and a runner."""

import dataclasses
from collections.abc import Mapping
from typing import Annotated, Any, Self

from pydantic import AfterValidator, Field, ValidationInfo, field_validator, model_validator

from landscape.core.frozen import FrozenDict
from landscape.descent.rules.registry import OPTIMIZERS
from landscape.descent.rules.rule import GradientRule, Rule, Wrapper
from landscape.descent.rules.wrappers import ClipNorm, ClipValue, WeightDecay
from landscape.descent.schedules.registry import SCHEDULES
from landscape.descent.schedules.schedule import Schedule as Rate
from landscape.problems.formulas.formula import FormulaError, formula
from landscape.problems.surfaces.registry import SURFACES
from landscape.problems.surfaces.surface import Surface
from landscape.scenario.error import ScenarioError, scenario_error, unknown
from landscape.scenario.fields import checked, complete, declared
from landscape.scenario.model import LONGEST_NAME, Fields, Id, Rectangle, Slot, StrictModel, text_length

BASES = tuple(name for name, kind in OPTIMIZERS.items() if issubclass(kind, GradientRule))
AROUND = tuple(name for name, kind in OPTIMIZERS.items() if issubclass(kind, Wrapper))
"""The rules that can be wrapped by another, and those that wrap."""


def known(registry: Mapping[str, Any]) -> AfterValidator:
    """A check that a name is in a registry; the nearest right one is suggested."""

    def check(given: str) -> str:
        if given not in registry:
            raise ScenarioError([unknown(given, registry)])
        return given

    return AfterValidator(check)


class Problem(StrictModel):
    """A surface by name with its fields, or a typed formula over a domain.

    A surface's own noise is not a field here: the noise of a race is the scenario's.
    """

    name: Annotated[str, known(SURFACES)] | None = None
    fields: Fields = Field(default_factory=FrozenDict)
    formula: str | None = None
    domain: Rectangle | None = None

    @field_validator("fields", mode="plain")
    @classmethod
    def _fields(cls, given: Any, info: ValidationInfo) -> Fields:
        name = info.data.get("name")
        return checked(type(SURFACES[name]), given, without=("noise",)) if name else FrozenDict()

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.name is None) == (self.formula is None):
            raise scenario_error("no_problem")
        if self.domain and self.name:
            raise scenario_error("own_domain", "domain")
        try:
            self.surface()
        except FormulaError as error:
            raise scenario_error("formula", "formula", reason=error) from None
        return self

    def surface(self) -> Surface:
        """The surface itself, a callable loss with its facts."""
        if self.name:
            surface: Any = SURFACES[self.name]
            return dataclasses.replace(surface, **self.fields)
        return formula(self.formula or "", *([self.domain] if self.domain else []))


class Schedule(StrictModel):
    """How the learning rate changes with the step, from the runner's own rate on.

    `then` is what a schedule that leads into another (a warm-up) leads into; constant by itself.
    """

    name: Annotated[str, known(SCHEDULES)]
    fields: Fields = Field(default_factory=FrozenDict)
    then: "Schedule | None" = None

    @field_validator("fields", mode="plain")
    @classmethod
    def _fields(cls, given: Any, info: ValidationInfo) -> Fields:
        name = info.data.get("name")
        return checked(SCHEDULES[name], given, without=("value",)) if name else FrozenDict()

    @field_validator("then", mode="before")
    @classmethod
    def _leads(cls, given: Any, info: ValidationInfo) -> Any:
        leading = [name for name, kind in SCHEDULES.items() if inner_schedule(kind)]
        name = info.data.get("name")
        if given is not None and name and name not in leading:
            raise scenario_error("no_then", given=name, allowed=", ".join(leading))
        after = given.get("then") if isinstance(given, Mapping) else getattr(given, "then", None)
        if after is not None:
            raise scenario_error("too_deep", "then")
        return given

    def rate(self, value: float) -> Rate:
        """The schedule itself, beginning from a learning rate."""
        kind: Any = SCHEDULES[self.name]
        inner = inner_schedule(kind)
        if inner is None:
            return kind(**self.fields, value=value)
        after = (self.then or Schedule(name="constant")).rate(value)
        return kind(**self.fields, **{inner: after})


def inner_schedule(kind: type) -> str | None:
    """The name of the field in which a schedule holds another, or None."""
    return next((f.name for f in dataclasses.fields(kind) if isinstance(f.default, Rate)), None)


class Runner(StrictModel):
    """One optimizer in the race: its rule, its numbers, and its colour.

    Attributes:
        id: its own short token.
        rule, fields: the rule's name and hyperparameters; those left out keep the rule's defaults.
        name: the person's own label, or None.
        slot: its colour, dash and marker, 1 to 8; they belong to the runner, not to the rule.
        base, base_fields: the rule inside one that wraps another (SAM), gradient descent by itself.
        schedule: how the learning rate changes, or None.
        clip_value, clip_norm: limits on the gradient, applied before the decay, in this order.
        weight_decay, decoupled: the decay around the rule, and whether it acts beside the gradient.
    """

    id: Id
    rule: Annotated[str, known(OPTIMIZERS)]
    fields: Fields = Field(default_factory=FrozenDict)
    name: Annotated[str, text_length(LONGEST_NAME)] | None = None
    slot: Slot
    base: Annotated[str, known({name: OPTIMIZERS[name] for name in BASES})] | None = None
    base_fields: Fields = Field(default_factory=FrozenDict)
    schedule: Schedule | None = None
    clip_value: Annotated[float, declared(ClipValue, "max_value")] | None = None
    clip_norm: Annotated[float, declared(ClipNorm, "max_norm")] | None = None
    weight_decay: Annotated[float, declared(WeightDecay, "weight_decay")] | None = None
    decoupled: bool = False

    @field_validator("fields", mode="plain")
    @classmethod
    def _fields(cls, given: Any, info: ValidationInfo) -> Fields:
        rule = info.data.get("rule")
        return checked(OPTIMIZERS[rule], given) if rule else FrozenDict()

    @field_validator("base_fields", mode="plain")
    @classmethod
    def _base_fields(cls, given: Any, info: ValidationInfo) -> Fields:
        return checked(OPTIMIZERS[info.data.get("base") or BASES[0]], given)

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        for field in ("base", "base_fields"):
            if getattr(self, field) and not self.wraps:
                raise scenario_error("no_base", field, given=self.rule, allowed=", ".join(AROUND))
        if self.decoupled and self.weight_decay is None:
            raise scenario_error("no_decay", "decoupled")
        return self

    @property
    def wraps(self) -> bool:
        """Whether the rule steps by another one."""
        return self.rule in AROUND

    @property
    def stepping(self) -> str:
        """The name of the rule that steps: the inner one of a rule that wraps."""
        return (self.base or BASES[0]) if self.wraps else self.rule

    @property
    def learning_rate(self) -> float:
        """The rate that is set, of the rule that steps."""
        fields = self.base_fields if self.wraps else self.fields
        return complete(OPTIMIZERS[self.stepping], fields)["learning_rate"]

    def with_rate(self, learning_rate: float) -> Self:
        """The same runner at another rate."""
        holder = "base_fields" if self.wraps else "fields"
        return self.replace(**{holder: getattr(self, holder) | {"learning_rate": learning_rate}})

    def optimizer(self) -> Rule:
        """The rule itself, its schedule in the place of its rate, in the wrappers that are set."""
        rate = self.schedule.rate(self.learning_rate) if self.schedule else self.learning_rate
        if self.wraps:
            base = OPTIMIZERS[self.stepping](**self.base_fields | {"learning_rate": rate})
            made = OPTIMIZERS[self.rule](**self.fields | {"rule": base})
        else:
            made = OPTIMIZERS[self.rule](**self.fields | {"learning_rate": rate})
        if self.weight_decay is not None:
            made = WeightDecay(made, self.weight_decay, self.decoupled)
        if self.clip_norm is not None:
            made = ClipNorm(made, self.clip_norm)
        if self.clip_value is not None:
            made = ClipValue(made, self.clip_value)
        return made
