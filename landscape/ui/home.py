"""The parts of the Home page: what this is, six races to begin with, how to read the stage."""

import streamlit as st

from landscape.presets import PRESETS
from landscape.ui import experiment
from landscape.ui.language import t

RACE = "pages/race.py"
NOTEBOOK = """import landscape as ls

rosenbrock = ls.SURFACES["rosenbrock"]
paths = ls.race({"GD": ls.SGD(1e-3), "Adam": ls.Adam(0.05)}, rosenbrock, rosenbrock.start, steps=500)
ls.figures.contour(ls.evaluate(rosenbrock), paths=paths).show()"""


def welcome() -> None:
    """The first words, and the way to the race."""
    st.html(f"<h1>{t('home.title')}</h1><p class='lead'>{t('home.lead')}</p>")
    if st.button(t("home.start"), key="start-race", type="primary", icon=":material/play_arrow:"):
        st.switch_page(RACE)


def presets() -> None:
    """A card for each preset; opening one starts that race."""
    st.subheader(t("home.presets"))
    with st.container(key="preset-cards", horizontal=True):
        for name, scenario in PRESETS.items():
            if name != "default":
                with st.container(border=True, key=f"preset-card-{name}"):
                    st.markdown(f"**{t(f'preset.{name}.name')}**")
                    st.markdown(t(f"preset.{name}.lesson"))
                    if st.button(t("home.open"), key=f"open-{name}"):
                        experiment.adopt(lambda _, chosen=scenario: chosen)
                        st.switch_page(RACE)


def guide() -> None:
    """How to read the stage, how far to trust it, and the same in a notebook."""
    left, right = st.columns(2, gap="large")
    with left:
        st.subheader(t("home.how"))
        st.markdown(t("home.how_text"))
    with right:
        st.subheader(t("home.honest"))
        st.markdown(t("home.honest_text"))
        st.subheader(t("home.notebook"))
        st.code(NOTEBOOK, language="python")
