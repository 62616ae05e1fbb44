"""Random descriptions, valid ones, for the laws that hold for all of them."""

from typing import Any

from hypothesis import strategies as st

from landscape.descent.rules.registry import OPTIMIZERS
from landscape.descent.rules.wrappers import ClipNorm, ClipValue, WeightDecay
from landscape.descent.schedules.registry import SCHEDULES
from landscape.problems.surfaces.registry import SURFACES
from landscape.scenario import hyperparameters
from landscape.scenario.parts import BASES

FORMULAS = ["x**2 + y**2", "sin(x) * cos(y)", "where(x > 0, x, -x) + abs(y)", "1/x + log(y)"]


def value(metadata: Any) -> st.SearchStrategy:
    if metadata.get("choices"):
        return st.sampled_from(metadata["choices"])
    return st.floats(metadata["low"], metadata["high"])


def fields(kind: type, without: str = "") -> st.SearchStrategy[dict]:
    """Some of the fields of a rule, schedule or surface, each with a value that is allowed."""
    optional = {name: value(f.metadata) for name, f in hyperparameters(kind).items() if name != without}
    return st.fixed_dictionaries({}, optional=optional)


def one(kind: type, field: str) -> st.SearchStrategy:
    return value(hyperparameters(kind)[field].metadata)


@st.composite
def problems(draw: st.DrawFn) -> tuple[dict, int]:
    """A problem and the number of its coordinates."""
    if draw(st.booleans()):
        name = draw(st.sampled_from(list(SURFACES)))
        surface = SURFACES[name]
        return {"name": name, "fields": draw(fields(type(surface), "noise"))}, surface.dimension
    low, width = draw(st.floats(-100, 100)), draw(st.floats(0.01, 100))
    return {"formula": draw(st.sampled_from(FORMULAS)), "domain": ((low, low + width), (0.0, 1.0))}, 2


@st.composite
def schedules(draw: st.DrawFn) -> dict:
    name = draw(st.sampled_from(list(SCHEDULES)))
    made = {"name": name, "fields": draw(fields(SCHEDULES[name], "value"))}
    if name == "warmup" and draw(st.booleans()):
        after = draw(st.sampled_from([other for other in SCHEDULES if other != "warmup"]))
        made["then"] = {"name": after, "fields": draw(fields(SCHEDULES[after], "value"))}
    return made


@st.composite
def runners(draw: st.DrawFn, slot: int) -> dict:
    rule = draw(st.sampled_from(list(OPTIMIZERS)))
    made = {"id": f"r{slot}", "rule": rule, "fields": draw(fields(OPTIMIZERS[rule])), "slot": slot}
    if rule == "sam" and draw(st.booleans()):
        base = draw(st.sampled_from(BASES))
        made |= {"base": base, "base_fields": draw(fields(OPTIMIZERS[base]))}
    optional = {
        "name": st.text(st.characters(categories=("L", "N", "P", "S")), min_size=1, max_size=40),
        "schedule": schedules(),
        "clip_norm": one(ClipNorm, "max_norm"),
        "clip_value": one(ClipValue, "max_value"),
        "weight_decay": one(WeightDecay, "weight_decay"),
    }
    made |= draw(st.fixed_dictionaries({}, optional=optional))
    if "weight_decay" in made:
        made["decoupled"] = draw(st.booleans())
    return made


@st.composite
def descriptions(draw: st.DrawFn) -> dict:
    problem, dimension = draw(problems())
    slots = draw(st.lists(st.integers(1, 8), unique=True, max_size=8))
    return {
        "problem": problem,
        "start": tuple(draw(st.floats(-1e6, 1e6)) for _ in range(dimension)),
        "steps": draw(st.integers(1, 20_000)),
        "seed": draw(st.integers(0, 2**31 - 1)),
        "noise": draw(st.floats(0, 100)),
        "runners": [draw(runners(slot)) for slot in slots],
    }


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10) | st.just(10**400),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)
"""Anything JSON can carry, infinities included."""
