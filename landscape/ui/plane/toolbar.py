"""The top row: the page's name, trainings of one click, undo, the share menu and what can be taken away."""

import csv
import io

import numpy as np
import streamlit as st
from streamlit.components.v2 import component

from landscape import store
from landscape.geometry.grid import Grid
from landscape.player.html import standalone
from landscape.scenario.view import View
from landscape.ui.language import KEY as LANGUAGE
from landscape.ui.language import current, t
from landscape.ui.plane import against, moves, stage
from landscape.ui.plane.picture import Picture

SNIPPET = """import landscape as ls
from landscape.scenario.view import View
view = View.from_link("{link}")
fits = view.training.fits()
grid = ls.evaluate(view.loss(fits["{centre}"]), view.laid(fits), points={points}, **view.framing(fits))
ls.figures.contour(grid, fits, metric="{metric}")"""


def toolbar(view: View, picture: Picture | None) -> None:
    """Title, trainings, undo, sharing."""
    with st.container(key="toolbar", horizontal=True, vertical_alignment="center"):
        st.html(f"<h1>{t('plane.heading')}</h1>", width="content")
        with st.container(key="presets", horizontal=True, wrap=False):
            for name, training in moves.offered(view).items():
                st.button(
                    against.called(view, training),
                    key=f"look-{name}",
                    type="primary" if training == view.training else "secondary",
                    on_click=moves.look_at,
                    args=(training,),
                )
        with st.container(key="actions", horizontal=True, wrap=False, width="content"):
            st.button(
                t("race.undo"),
                key="undo",
                icon=":material/undo:",
                help=t("race.undo_help"),
                disabled=not moves.view.can_undo(),
                on_click=moves.view.undo,
            )
            share(view, picture)


def share(view: View, picture: Picture | None) -> None:
    """The link, the code and the files: built when the menu is opened."""
    component("landscape.address", js="address.js")(
        key="view-address", data={moves.view.link: view.to_link()}
    )
    menu = st.popover(t("plane.share_menu"), key="share", icon=":material/ios_share:", on_change="rerun")
    if not menu.open:
        return
    with menu:
        st.markdown(t("plane.share_link"))
        st.code(address(view), language=None, wrap_lines=True)
        st.markdown(t("plane.share_code"))
        st.code(snippet(view), language="python", wrap_lines=True)
        if picture is None:
            return
        st.markdown(t("plane.share_files"))
        with st.container(horizontal=True):
            page = standalone(stage.payload(picture), stage.title(view))
            download(t("plane.save_html"), page, "landscape.html", "text/html")
            download(t("plane.save_npz"), archive(picture.grid), "landscape.npz", "application/octet-stream")
            download(t("plane.save_csv"), table(picture.grid, view.metric), "landscape.csv", "text/csv")


def download(label: str, content: str | bytes, name: str, mime: str) -> None:
    """A button that saves a file."""
    st.download_button(label, content, name, mime, icon=":material/download:", on_click="ignore")


def address(view: View) -> str:
    """The address of this picture in the language in use."""
    base = (st.context.url or "").split("?")[0]
    return f"{base}?{LANGUAGE}={current()}&{moves.view.link}={view.to_link()}"


def snippet(view: View) -> str:
    """The lines of a notebook that draw this picture again."""
    return SNIPPET.format(link=view.to_link(), centre=view.centre.id, points=view.points, metric=view.metric)


def archive(grid: Grid) -> bytes:
    """The grid with its plane, as `landscape.load` reads it."""
    file = io.BytesIO()
    store.save(file, grid)
    return file.getvalue()


def table(grid: Grid, metric: str) -> str:
    """The grid as text, a row for each point."""
    file = io.StringIO()
    rows = csv.writer(file)
    rows.writerow(("a", "b", metric))
    a, b = np.meshgrid(grid.a, grid.b, indexing="ij")
    rows.writerows(zip(a.ravel().tolist(), b.ravel().tolist(), grid.loss.ravel().tolist(), strict=True))
    return file.getvalue()
