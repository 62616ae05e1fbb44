"""The trust panel beside the stage: each fact in plain words, with its number and what it means."""

from html import escape

import streamlit as st

from landscape.ui.page.language import n, runner_names, t
from landscape.ui.page.numbers import percent
from landscape.ui.page.table import Cell, Row, table_html
from landscape.ui.plane import moves
from landscape.ui.plane.facts import Fact, beneath, facts, off, share
from landscape.ui.plane.picture import Picture

PERCENT = ("share", "agreement", "inside", "spread")
SIGNS = {"trust": "✓", "care": "!", "not": "✕", "none": "·"}


def panel(picture: Picture) -> None:
    """What can be trusted in the picture."""
    with st.container(key="trust"):
        names = runner_names(picture.view.training)
        who = escape(names[picture.view.centre.id])
        banner = escape(t("plane.banner", parameters=f"{picture.parameters:,}"))
        st.html(f'<h2>{escape(t("plane.trust"))}</h2><p class="banner">{banner}</p>')
        told = facts(picture)
        what = escape(t(f"plane.what_{picture.view.metric}"))
        st.html("".join(item(fact, who, what) for fact in told))
        suggestion(picture)
        st.html(table(picture))


def item(fact: Fact, who: str, what: str) -> str:
    """One fact as HTML; opened, it says what its number means."""
    words = {name: shown(name, value) for name, value in fact.numbers.items()}
    sentence = t(f"plane.{fact.about}_{fact.says}", **words, who=who, what=what)
    return (
        f'<details class="fact {fact.verdict}"><summary><span class="sign" aria-hidden="true">'
        f"{SIGNS[fact.verdict]}</span><b>{escape(t(f'plane.{fact.about}'))}</b>"
        f'<span class="verdict">{escape(t(f"plane.verdict_{fact.verdict}"))}</span>'
        f"<span class='says'>{sentence}</span></summary>"
        f"<p>{escape(t(f'plane.{fact.about}_help'))}</p></details>"
    )


def shown(name: str, value: float) -> str:
    """A number of a fact as a person reads it."""
    return percent(value) if name in PERCENT else n(value)


def suggestion(picture: Picture) -> None:
    """One click to the range that shows what there is: the suggested one, else the automatic one."""
    found = picture.trust.range
    automatic = found.span is None
    if found.verdict == "fits" or (automatic and picture.view.span is None):
        return
    st.button(
        t("plane.use_automatic" if automatic else "plane.use_range"),
        key="use-range",
        icon=":material/fit_screen:",
        help=t("plane.use_range_help"),
        on_click=moves.adopt_range,
        args=(found.span,),
        width="stretch",
        type="primary",
    )


def table(picture: Picture) -> str:
    """Every path beside its shadow: in the plane, off it, and what the picture shows of its losses."""
    names = runner_names(picture.view.training, short=True)
    heads = [
        Cell(t(f"plane.column_{name}"), "number", t(f"plane.column_{name}_help"))
        for name in ("in", "off", "agrees")
    ]
    rows = []
    for runner in picture.view.training.runners:
        path = picture.trust.paths[runner.id]
        judged = [share(path), off(path), beneath(path)]
        values = [path.share, judged[1].numbers.get("share", float("nan")), path.agreement]
        cells = [
            Cell(
                "< 0%" if value < 0 else percent(value),
                fact.verdict,
                t(f"plane.verdict_{fact.verdict}"),
                after=SIGNS[fact.verdict],
            )
            for fact, value in zip(judged, values, strict=True)
        ]
        rows.append(Row(Cell(names[runner.id]), cells, runner.slot))
    return table_html(rows, [Cell(t("plane.path")), *heads], label=t("plane.table_label"), look="shadows")
