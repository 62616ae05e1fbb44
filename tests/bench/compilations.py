"""How many programs are compiled while fifty values of each control are tried: none after the first."""

import dataclasses
from collections.abc import Callable, Iterator

import jax
import numpy as np

import landscape as ls
from landscape.presets.races import PRESETS
from landscape.scenario import Runner
from landscape.scenario.outcome import outcome
from tests.bench.table import Row

VALUES = 50
STEPS = 300

_compiled = [0]


def _count(event: str, duration: float, **_: object) -> None:
    if event == "/jax/core/compile/backend_compile_duration":
        _compiled[0] += 1


jax.monitoring.register_event_duration_secs_listener(_count)


def compilations(act: Callable[[float], object], values: np.ndarray) -> int:
    """Programs compiled by `act` on all values after the first."""
    act(values[0])
    before = _compiled[0]
    for value in values[1:]:
        act(value)
    return _compiled[0] - before


def spread(field: dataclasses.Field) -> np.ndarray:
    """Fifty values over the range of a field's control."""
    low, high = field.metadata["low"], field.metadata["high"]
    if not field.metadata["log"]:
        return np.linspace(low, high, VALUES)
    # A logarithmic control may begin with zero, five decades below its highest value.
    return (
        np.geomspace(low, high, VALUES) if low else np.append(0, np.geomspace(1e-5 * high, high, VALUES - 1))
    )


def tunable(thing: object) -> Iterator[dataclasses.Field]:
    """The fields that have a control: numbers with a range."""
    for field in dataclasses.fields(thing):
        if not field.metadata.get("static") and field.metadata.get("low") is not None:
            yield field


def of_rules() -> Iterator[int]:
    """Each hyperparameter of each optimizer, on Rosenbrock."""
    surface = ls.SURFACES["rosenbrock"]
    for kind in ls.OPTIMIZERS.values():
        rule = kind()
        for field in tunable(rule):
            name = field.name

            def act(value: float, rule: object = rule, name: str = name) -> object:
                return ls.run(
                    dataclasses.replace(rule, **{name: float(value)}), surface, surface.start, STEPS
                )

            yield compilations(act, spread(field))


def of_surfaces() -> Iterator[int]:
    """Each field of each surface: the race on it and its picture."""
    for surface in ls.SURFACES.values():
        for field in tunable(surface):
            name = field.name

            def act(value: float, surface: object = surface, name: str = name) -> object:
                changed = dataclasses.replace(surface, **{name: float(value)})
                ls.evaluate(changed)
                return ls.run(ls.Momentum(), changed, changed.start, STEPS)

            yield compilations(act, spread(field))


def of_runs() -> Iterator[int]:
    """The start, the steps, the noise and the seed."""
    surface, rule = ls.SURFACES["rosenbrock"], ls.Adam()
    start = surface.start

    yield compilations(lambda v: ls.run(rule, surface, start + v, STEPS), np.linspace(-0.5, 0.5, VALUES))
    yield compilations(lambda v: ls.run(rule, surface, start, int(v)), np.arange(300, 300 - VALUES, -1))
    yield compilations(lambda v: ls.run(rule, surface, start, STEPS, noise=v), np.linspace(0, 5, VALUES))
    key = jax.random.key
    yield compilations(lambda v: ls.run(rule, surface, start, STEPS, key=key(int(v))), np.arange(VALUES))


def of_table() -> Iterator[int]:
    """Each rate of the default race, and what its table says of it: theory, distances, endings."""
    race = PRESETS["default"]
    for k, runner in enumerate(race.runners):

        def act(rate: float, k: int = k, runner: Runner = runner) -> None:
            fields = {**runner.fields, "learning_rate": float(rate)}
            changed = race.replace(runners=(*race.runners[:k], runner.replace(fields=fields)))
            rules, surface = changed.rules(), changed.surface()
            for name, path in changed.paths().items():
                outcome(rules[name], surface, path)

        yield compilations(act, np.geomspace(1e-3, 0.1, VALUES))


def measure() -> list[Row]:
    """One row for each kind of control."""
    rows = []
    for what, counts in (
        ("optimizer fields", of_rules()),
        ("surface fields", of_surfaces()),
        ("start, steps, noise, seed", of_runs()),
        ("rates with the table of outcomes", of_table()),
    ):
        found = list(counts)
        name = f"compilations, {VALUES} values of {len(found)} {what}"
        rows.append(Row(name, str(sum(found)), promise="0 after the first", kept=sum(found) == 0))
    return rows
