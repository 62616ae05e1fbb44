"""The frame around every page: configuration, style, the header's language menu."""

from functools import cache
from pathlib import Path

import streamlit as st

from landscape.ui.page import language, palette

ICON = Path(__file__).parent / "icon.svg"


@cache
def style(sheet: str) -> str:
    """A style sheet of the app, read once."""
    return f"<style>{(Path(__file__).parent / f'{sheet}.css').read_text(encoding='utf-8')}</style>"


def open_page() -> None:
    """Configure the page, lay the style and the language menu."""
    st.set_page_config("Landscape", ICON, layout="wide", menu_items={})
    st.html(f"<style>{palette.css()}</style>{style('style')}")
    language.selector()


def theme() -> str:
    """The theme in use, for pictures that Python draws: "light" or "dark"."""
    return "dark" if st.context.theme.type == "dark" else "light"
