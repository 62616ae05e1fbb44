"""Landscape: run with `landscape serve`, or `streamlit run app.py`."""

import streamlit as st

from landscape.ui import frame
from landscape.ui.language import t

frame.open_page()
st.navigation(
    [
        st.Page("pages/home.py", title=t("ui.home"), url_path="home"),
        st.Page("pages/race.py", title=t("race.title"), default=True),
        st.Page("pages/step_size.py", title=t("lesson.step_size"), url_path="step-size"),
        st.Page("pages/network.py", title=t("network.title"), url_path="network"),
        st.Page("pages/network_landscape.py", title=t("plane.title"), url_path="landscape"),
    ],
    position="top",
).run()
