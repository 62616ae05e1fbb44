"""The top row: the page's name, presets of one click, undo and the share menu."""

import streamlit as st

from landscape.player.html import standalone
from landscape.presets import PRESETS
from landscape.scenario import Scenario
from landscape.ui import compute, stage
from landscape.ui.experiment import race
from landscape.ui.language import KEY as LANGUAGE
from landscape.ui.language import current, t


def toolbar(scenario: Scenario) -> None:
    """Title, presets, undo."""
    with st.container(key="toolbar", horizontal=True, vertical_alignment="center"):
        st.html(f"<h1>{t('race.title')}</h1>", width="content")
        with st.container(key="presets", horizontal=True, wrap=False):
            for name in PRESETS:
                if name != "default":
                    preset(name, scenario)
        with st.container(key="actions", horizontal=True, wrap=False, width="content"):
            st.button(
                t("race.undo"),
                key="undo",
                icon=":material/undo:",
                help=t("race.undo_help"),
                disabled=not race.can_undo(),
                on_click=race.undo,
            )
            share(scenario)


def preset(name: str, scenario: Scenario) -> None:
    """One pill: it sets the whole race."""
    chosen = PRESETS[name] == scenario
    st.button(
        t(f"preset.{name}.name"),
        key=f"preset-{name}",
        help=t(f"preset.{name}.lesson"),
        type="primary" if chosen else "secondary",
        on_click=race.adopt,
        args=(lambda _: PRESETS[name],),
    )


def share(scenario: Scenario) -> None:
    """The link, and the race as files: built when the menu is opened."""
    menu = st.popover(t("race.share"), key="share", icon=":material/link:", on_change="rerun")
    if not menu.open:
        return
    with menu:
        st.markdown(t("race.share_link"))
        st.code(address(scenario), language=None, wrap_lines=True)
        st.markdown(t("race.share_files"))
        page = standalone(stage.payload(scenario, compute.race(scenario)), stage.title(scenario))
        with st.container(horizontal=True):
            download(t("race.save_html"), page, "race.html", "text/html")
            download(t("race.save_json"), scenario.to_json(), "race.json", "application/json")


def download(label: str, text: str, name: str, mime: str) -> None:
    """A button that saves a text as a file."""
    st.download_button(label, text, name, mime, icon=":material/download:", on_click="ignore")


def address(scenario: Scenario) -> str:
    """The address of this race in the language in use."""
    base = (st.context.url or "").split("?")[0]
    return f"{base}?{LANGUAGE}={current()}&{race.link}={scenario.to_link()}"
