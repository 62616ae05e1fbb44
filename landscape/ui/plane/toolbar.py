"""The top row: the page's name, trainings of one click, undo, the share menu and what can be taken away."""

import csv
import io
from functools import partial

import numpy as np
import streamlit as st

from landscape.geometry.grids.grid import Grid
from landscape.player.html import standalone
from landscape.scenario.view import View
from landscape.storage import store
from landscape.ui.page import toolbar as row
from landscape.ui.page.language import t
from landscape.ui.plane import against, moves, stage
from landscape.ui.plane.picture import Picture

SNIPPET = """import landscape as ls

view = ls.View.from_link("{link}")
fits = view.training.fits()
plane, extent = view.plane_for(fits), view.extent_arguments(fits)
grid = ls.evaluate(view.loss(fits["{centre}"]), plane, points={points}, **extent)
ls.figures.contour(grid, fits, metric="{metric}")"""


def toolbar(view: View, picture: Picture | None) -> None:
    """Title, trainings, undo, sharing."""
    row.toolbar(
        t("plane.heading"),
        moves.view,
        partial(trainings, view),
        t("plane.share_link"),
        partial(files, view, picture),
    )


def trainings(view: View) -> None:
    """The pills: each lays the landscape of another training."""
    for name, training in moves.offered(view).items():
        chosen = training == view.training
        row.pill(against.called(view, training), f"look-{name}", chosen, partial(moves.look_at, training))


def files(view: View, picture: Picture | None) -> None:
    """The code and the files."""
    st.markdown(t("plane.share_code"))
    st.code(snippet(view), language="python", wrap_lines=True)
    if picture is None:
        return
    st.markdown(t("plane.share_files"))
    with st.container(horizontal=True):
        page = standalone(stage.payload(picture), stage.title(view))
        row.download(t("plane.save_html"), page, "landscape.html", "text/html")
        row.download(t("plane.save_npz"), archive(picture.grid), "landscape.npz")
        row.download(t("plane.save_csv"), table(picture.grid, view.metric), "landscape.csv", "text/csv")


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
