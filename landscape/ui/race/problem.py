"""What is descended: the surface and its fields or a typed formula, the steps, the noise, the seed."""

from typing import Any

import streamlit as st

from landscape.i18n import explain
from landscape.presets.races import PRESETS
from landscape.problems.formulas.formula import FormulaError, formula
from landscape.problems.formulas.latex import OTHERWISE
from landscape.problems.formulas.syntax import MAX_LENGTH
from landscape.problems.surfaces.registry import SURFACES
from landscape.scenario import Problem, Scenario, hyperparameters
from landscape.ui.page.controls import field_control
from landscape.ui.page.language import current, t
from landscape.ui.page.markup import literal, unbroken
from landscape.ui.page.session import race
from landscape.ui.page.widgets import menu, seed, slider, text_field
from landscape.ui.race import moves

FORMULA = "formula"
FIRST_FORMULA = "(x**2 + y - 11)**2 / 40 + abs(y)"
CHOICES = (*(name for name, surface in SURFACES.items() if surface.dimension == 2), FORMULA)
STEPS = (20, 50, 100, 200, 300, 500, 1000, 2000, 5000, 10000, 20000)
NOISE = (0.0, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0)


def problem(scenario: Scenario) -> None:
    """The controls of the problem."""
    named = {name: t(f"surface.{name}.name") for name in CHOICES[:-1]} | {FORMULA: t("race.formula_choice")}
    now = scenario.problem.name or FORMULA
    menu(t("race.surface"), CHOICES, now, "surface", named.__getitem__, choose)
    if scenario.problem.name:
        mathematics(scenario.surface().latex)
        st.caption(unbroken(lesson(scenario)))
        fields(scenario)
    else:
        typed(scenario)
    left, right = st.columns(2, gap="small", wrap=False)
    with left:
        slider(
            t("race.steps"),
            t("race.steps_help"),
            STEPS,
            scenario.steps,
            "steps",
            lambda value: race.change(steps=int(value)),
            lambda value: f"{value:,}",
        )
    with right:
        slider(
            t("race.noise"),
            t("race.noise_help"),
            NOISE,
            scenario.noise,
            "noise",
            lambda value: race.change(noise=value),
        )
    if scenario.noise:
        seed(scenario.seed, "seed", t("race.seed_help"), lambda value: race.change(seed=value))


def lesson(scenario: Scenario) -> str:
    """What to look at: the preset's lesson while it is untouched, else the surface's."""
    preset = next((key for key, value in PRESETS.items() if key != "default" and value == scenario), None)
    return t(f"preset.{preset}.lesson") if preset else t(f"surface.{scenario.problem.name}.lesson")


def choose(name: str) -> None:
    """Another surface: its own start, noise and hyperparameters that suit it."""
    if name == FORMULA:
        return race.adopt(lambda now: now.replace(problem=Problem(formula=FIRST_FORMULA), start=(1.0, 1.0)))
    return race.adopt(lambda now: moves.on_surface(now, name))


def fields(scenario: Scenario) -> None:
    """A control for each field of the surface."""
    surface: Any = scenario.surface()
    for field in hyperparameters(type(surface)).values():
        if field.name == "noise":  # the noise of the race is a control of its own
            continue
        value = getattr(surface, field.name)

        def change(new: Any, name: str = field.name) -> None:
            problem = scenario.problem
            race.change(problem=Problem(name=problem.name, fields={**problem.fields, name: new}))

        field_control(
            f"surface.{scenario.problem.name}",
            field,
            value,
            f"surface-{scenario.problem.name}-{field.name}",
            change,
        )


def mathematics(latex: str) -> None:
    """The formula, small enough for the column; a long one scrolls."""
    with st.container(key="formula-latex"):
        st.latex(latex.removeprefix("f(x, y) = ").replace(OTHERWISE, rf"\text{{{t('formula.otherwise')}}}"))


def typed(scenario: Scenario) -> None:
    """The formula field: what is wrong with it is said under it, and the last good picture stays."""
    written = st.session_state.get("formula_draft", scenario.problem.formula)
    text_field(t("race.formula"), written, "formula", MAX_LENGTH, t("race.formula_help"), retype)
    error = st.session_state.get("formula_error")
    if error:
        st.error(error, icon=":material/error:")
    else:
        mathematics(formula(scenario.problem.formula).latex)


def retype(text: str) -> None:
    """Take the formula typed, or say why not."""
    try:
        formula(text)
    except FormulaError as error:
        st.session_state["formula_draft"], st.session_state["formula_error"] = (
            text,
            literal(explain(error, current())[0]),
        )
        return
    st.session_state.pop("formula_draft", None)
    st.session_state.pop("formula_error", None)
    now = race.current()
    race.change(problem=now.problem.replace(formula=text))
