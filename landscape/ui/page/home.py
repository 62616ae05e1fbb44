"""The parts of the Home page: what this is, six races to begin with, how to read the stage."""

from concurrent.futures import Future, ThreadPoolExecutor
from html import escape
from threading import Lock
from urllib.parse import quote

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from landscape.export.thumbnail import thumbnail
from landscape.lessons import LESSONS
from landscape.presets.races import PRESETS
from landscape.ui.page.chrome import style, theme
from landscape.ui.page.language import t
from landscape.ui.page.markup import unbroken
from landscape.ui.page.session import race
from landscape.ui.work import races
from landscape.ui.work.turnstile import RERUNS

RACE = "pages/race.py"
NETWORKS = {"train": "pages/network.py", "look": "pages/network_landscape.py"}
SIZE = {"default": (560, 260)}  # the others are of the usual size
NOTEBOOK = """import landscape as ls

rosenbrock = ls.SURFACES["rosenbrock"]
rules = {"GD": ls.SGD(1e-3), "Adam": ls.Adam(0.05)}
paths = ls.race(rules, rosenbrock, rosenbrock.start, steps=500)
grid = ls.evaluate(rosenbrock)
ls.figures.contour(grid, paths=paths).show()"""

# One picture at a time: its runners share the cores.
PAINTER = ThreadPoolExecutor(1, thread_name_prefix="painter")
PAINTED: "dict[tuple[str, str], Future[str]]" = {}
PAINTING = Lock()
Frame = tuple[DeltaGenerator, "Future[str]", str]


def welcome() -> list[Frame]:
    """The style of this page, the first words, the way to the race, and a frame for its picture."""
    st.html(style("home"))
    with st.container(key="welcome"):
        with st.container(key="welcome-words"):
            st.html(
                f"<h1>{escape(t('home.title'))}</h1><p class='lead'>{escape(unbroken(t('home.lead')))}</p>"
            )
            if st.button(t("home.start"), key="start-race", type="primary", icon=":material/play_arrow:"):
                st.switch_page(RACE)
        return [frame("default", t("home.picture"))]


def presets() -> list[Frame]:
    """A card for each preset with a frame for its picture; opening one starts that race."""
    frames = []
    st.subheader(t("home.presets"))
    with st.container(key="tiles-presets"):
        for name, scenario in PRESETS.items():
            if name == "default":
                continue
            with st.container(border=True, key=f"tile-{name}"):
                frames.append(frame(name))
                title, lesson = escape(t(f"preset.{name}.name")), escape(unbroken(t(f"preset.{name}.lesson")))
                st.html(f"<h3>{title}</h3><p>{lesson}</p>")
                arrow = ":material/arrow_forward:"
                if st.button(t("home.open"), key=f"see-{name}", type="tertiary", icon=arrow):
                    race.adopt(lambda _, chosen=scenario: chosen)
                    st.switch_page(RACE)
    return frames


def lessons() -> None:
    """A card for each lesson with what it is about; opening one goes there."""
    st.subheader(t("home.lessons"))
    with st.container(key="tiles-lessons"):
        for name in LESSONS:
            with st.container(border=True, key=f"tile-lesson-{name}"):
                title, lead = escape(t(f"lesson.{name}")), escape(unbroken(t(f"lesson.{name}_lead")))
                st.html(f"<h3>{title}</h3><p>{lead}</p>")
                arrow = ":material/arrow_forward:"
                if st.button(t("home.open"), key=f"see-lesson-{name}", type="tertiary", icon=arrow):
                    st.switch_page(f"pages/{name}.py")


def networks() -> None:
    """The way to the pages of real networks."""
    with st.container(key="networks", border=True):
        st.subheader(t("home.networks"))
        st.markdown(unbroken(t("home.networks_text")))
        with st.container(horizontal=True):
            for name, page in NETWORKS.items():
                arrow = ":material/arrow_forward:"
                if st.button(t(f"home.{name}"), key=f"to-{name}", icon=arrow):
                    st.switch_page(page)


def guide() -> None:
    """How to read the stage, how far to trust it, and the same in a notebook."""
    with st.container(key="guide"):
        for part in ("how", "honest"):
            with st.container(key=f"guide-{part}"):
                st.subheader(t(f"home.{part}"))
                st.markdown(unbroken(t(f"home.{part}_text")))
        with st.container(key="guide-notebook"):
            st.subheader(t("home.notebook"))
            st.markdown(unbroken(t("home.notebook_text")))
            st.code(NOTEBOOK, language="python")


def fill_slots(frames: list[Frame]) -> None:
    """Put each picture into its frame once it is drawn; the page is readable meanwhile."""
    for place, picture, words in frames:
        if not picture.done():
            with RERUNS.aside():
                address = picture.result()
            place.html(image_html(address, words))


def frame(name: str, words: str = "") -> Frame:
    """A preset's picture, or the place for it; `words` describe it unless it only adorns."""
    place, picture = st.empty(), thumbnail_of(name, theme())
    place.html(image_html(picture.result(), words) if picture.done() else "<div class='picture'></div>")
    return place, picture, words


def image_html(address: str, words: str) -> str:
    """A picture in its frame."""
    return f'<div class="picture"><img alt="{escape(words)}" src="{address}"></div>'


def thumbnail_of(name: str, theme: str) -> "Future[str]":
    """A preset's picture as an image address, drawn once for all visits; once more if that failed."""
    with PAINTING:
        picture = PAINTED.get((name, theme))
        if picture is None or (picture.done() and picture.exception()):
            picture = PAINTED[name, theme] = PAINTER.submit(paint, name, theme)
        return picture


def paint(name: str, theme: str) -> str:
    """Draw a preset from the runs that its race will show."""
    scenario = PRESETS[name]
    paths = {runner: path for runner, (path, _) in races.race(scenario).items()}
    svg = thumbnail(scenario, theme, *SIZE.get(name, ()), paths=paths)
    return "data:image/svg+xml," + quote(svg, safe=" /:=;,.'()+-*!&")
