"""The map of one optimizer's final loss over learning rate and momentum; a click applies the values."""

from functools import partial
from typing import Any

import numpy as np
import streamlit as st

from landscape import figures
from landscape.descent.rules.registry import OPTIMIZERS
from landscape.descent.theory import hessian_eigenvalues_at, stability_boundary
from landscape.descent.trajectory import Trajectory
from landscape.i18n import label
from landscape.scenario import Runner, Scenario
from landscape.scenario.fields import complete, hyperparameters
from landscape.scenario.outcome import nearest_minimum
from landscape.ui.page.chart import chart, words
from landscape.ui.page.chrome import theme
from landscape.ui.page.language import current, n, runner_names, t
from landscape.ui.page.markup import literal
from landscape.ui.page.session import race
from landscape.ui.page.widgets import pick
from landscape.ui.runners import moves
from landscape.ui.work import races

POINTS = 31
KEY = "chart-heat"


def heat(scenario: Scenario, paths: dict[str, Trajectory]) -> None:
    """The picker and the map: 961 runs in one compiled call."""
    able = {r.id: (r, field) for r in scenario.runners if (field := memory_field(r))}
    if not able:
        st.info(t("race.heat_none"))
        return
    labels = runner_names(scenario)
    chosen = pick(
        t("race.optimizers"),
        tuple(able),
        "heat-runner",
        lambda name: literal(labels[name]),
        next(iter(able)),
    )
    runner, field = able[chosen]
    draw(scenario, runner, field, paths[runner.id])


def draw(scenario: Scenario, runner: Runner, field: str, path: Trajectory) -> None:
    """The map of one optimizer."""
    rates, others = axes(runner)
    with st.spinner(t("race.heat_working")):
        losses = races.heat(races.Alone.of(scenario, runner), field, rates, others)
    st.caption(t("race.heat_caption", runs=n(losses.size), step=n(scenario.steps)))
    other = complete(OPTIMIZERS[runner.rule], runner.fields)[field]
    figure = figures.rate_momentum(
        losses,
        np.array(rates),
        np.array(others),
        chosen=(runner.learning_rate, float(other)),
        boundary=boundary(scenario, runner, path, field, others),
        theme=theme(),
        words=words() | {"momentum": label(f"rule.{runner.rule}", field, current())},
    )
    chart(figure, KEY, t("race.heat_alt"), partial(apply, runner.id, field), tools=False)


def memory_field(runner: Runner) -> str | None:
    """The field on the upright axis: momentum, or the first decay rate of the Adam family."""
    fields = () if runner.wraps else hyperparameters(OPTIMIZERS[runner.rule])
    return next((name for name in ("momentum", "b1") if name in fields), None)


def axes(runner: Runner) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Rates over the control's own range, momenta evenly up to 0.98."""
    meta = hyperparameters(OPTIMIZERS[runner.rule])["learning_rate"].metadata
    rates = np.geomspace(max(meta["low"], 1e-5), meta["high"], POINTS)
    return tuple(float(f"{r:.3g}") for r in rates), tuple(
        round(float(m), 3) for m in np.linspace(0, 0.98, POINTS)
    )


def boundary(
    scenario: Scenario, runner: Runner, path: Trajectory, field: str, others: tuple[float, ...]
) -> Any:
    """The rate above which theory says the runner diverges, for each momentum; None without theory."""
    surface = scenario.surface()
    minimum = nearest_minimum(surface, path.params[path.last])
    if minimum is None or field != "momentum":
        return None
    curvatures = hessian_eigenvalues_at(surface, minimum)
    rules = [OPTIMIZERS[runner.rule](**{**runner.fields, field: other}) for other in others]
    edges = [stability_boundary(rule, curvatures) for rule in rules]
    if any(edge is None or not np.isfinite(edge) or edge <= 0 for edge in edges):
        return None
    return np.array(edges), np.array(others)


def apply(name: str, field: str, rate: float, other: float) -> None:
    """Take the rate and the momentum of the cell that was clicked."""
    race.adopt(lambda now: moves.tuned(moves.with_field(now, name, "fields", field, other), name, rate))
