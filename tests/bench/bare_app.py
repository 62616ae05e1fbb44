"""A page of Streamlit alone with the frame of a lesson: nothing is computed, every picture is made before."""

import numpy as np
import plotly.graph_objects as go
import streamlit as st

PICTURES = 60
PILLS, SLIDERS, BUTTONS = 12, 4, 3


@st.cache_resource
def pictures() -> list[go.Figure]:
    """Two lines of 200 points each."""
    x = np.linspace(0, 10, 200)
    return [
        go.Figure([go.Scatter(x=x, y=np.sin(k * x / 10)), go.Scatter(x=x, y=np.cos(k * x / 10))])
        for k in range(PICTURES)
    ]


@st.fragment
def live() -> None:
    """What a slider changes: itself, the picture and two numbers in the words."""
    with st.container(key="lesson-controls", horizontal=True):
        values = [
            st.slider(f"Control {i}", 1, 50, 10, key=f"s{i}", help="What it does") for i in range(SLIDERS)
        ]
    st.html("<h3>Picture</h3>")
    st.plotly_chart(pictures()[sum(values) % PICTURES], key="picture")
    words.markdown(f"At a rate of **{values[0]}** this is what happens.")
    formula.markdown(
        rf"$$x \leftarrow x - {values[0]} \cdot \frac{{\partial L}}{{\partial x}} = {values[1]}$$"
    )


st.set_page_config(layout="wide")
with st.container(horizontal=True):
    for i in range(PILLS):
        st.button(f"Pill {i}", key=f"pill{i}")
left, right = st.columns([7, 3])
with left:
    st.html("<h2>Title</h2>")
    words = st.empty()
with right:
    with st.container(border=True, key="formula"):
        formula = st.empty()
    with st.container(border=True, key="notes"):
        st.html("<blockquote>What the notes say.</blockquote>")
        st.markdown("What we measure, in a sentence or two of plain words.")
with left:
    live()
    with st.container(horizontal=True):
        for i in range(BUTTONS):
            st.button(f"Act {i}", key=f"act{i}")
