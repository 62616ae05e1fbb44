"""Landscape: run with `landscape serve`, or `streamlit run app.py`."""

import streamlit as st

from landscape.lessons import LESSONS
from landscape.ui.page import rerun
from landscape.ui.page.language import t

with rerun.page():
    st.navigation(
        {
            "": [
                st.Page("pages/home.py", title=t("ui.home"), url_path="home"),
                st.Page("pages/race.py", title=t("race.title"), default=True),
                st.Page("pages/network.py", title=t("network.title"), url_path="network"),
                st.Page("pages/network_landscape.py", title=t("plane.title"), url_path="landscape"),
            ],
            t("lesson.lessons"): [
                st.Page(f"pages/{name}.py", title=t(f"lesson.{name}"), url_path=name.replace("_", "-"))
                for name in LESSONS
            ],
        },
        position="top",
    ).run()
