"""The centre's path beside its shadow: true losses and those of the plane, and what the plane holds."""

import streamlit as st

from landscape import figures
from landscape.ui.page.chart import chart
from landscape.ui.page.chrome import theme
from landscape.ui.page.language import n, runner_names, section, t
from landscape.ui.plane.picture import Picture
from landscape.ui.work.poller import JobPoller


def path(picture: Picture, watch: JobPoller) -> None:
    """The chart of every path, and the spread over random directions where the plane is one of them."""
    del watch
    view = picture.view
    names = runner_names(view.training)
    shadows = [
        figures.Shadow(names[r.id], r.slot, picture.trust.paths[r.id], picture.fits[r.id].path.steps_recorded)
        for r in view.training.runners
    ]
    words = section("chart")
    if view.metric == "accuracy":
        words |= {name: t(f"plane.chart_{name}") for name in ("loss", "true", "beneath")}
    st.caption(t("plane.path_caption"))
    chart(figures.shadows(shadows, theme(), words), "shadows", t("plane.path_alt"))
    again = picture.trust.repeats
    if again is not None:
        st.caption(t("plane.repeats_caption", lines=n(len(again.cuts))))
        centre = view.centre
        band = figures.Band(names[centre.id], centre.slot, again.t, again.cuts)
        chart(figures.cuts([band], theme(), words, metric=view.metric), "repeats", t("plane.cuts_alt"))
