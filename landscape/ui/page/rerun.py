"""The one place where pages and fragments are run: through the turnstile, the language asked for once."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import ParamSpec, TypeVar

import streamlit as st

from landscape.ui.page import chrome, language
from landscape.ui.work.turnstile import RERUNS

P = ParamSpec("P")
R = TypeVar("R")


@contextmanager
def page() -> Iterator[None]:
    """Around all that a run of the app does."""
    with RERUNS.within():
        chrome.open_page()
        with language.settled():
            yield


def fragment(body: Callable[P, R], run_every: float | None = None) -> Callable[P, R]:
    """What Streamlit runs anew by itself, as `st.fragment` does.

    Args:
        body: the part of a page.
        run_every: seconds between two runs, if it looks after something.
    """

    @wraps(body)
    def run(*args: P.args, **options: P.kwargs) -> R:
        with RERUNS.within(), language.settled():
            return body(*args, **options)

    return st.fragment(run, run_every=run_every)
