"""What a page waits for: a part of it that looks again and again, as long as something is under way."""

from collections.abc import Callable
from functools import wraps

import streamlit as st

from landscape.ui.page.rerun import fragment
from landscape.ui.work.job_queue import Job

EVERY = 0.5
"""Seconds between two looks."""


def looking(part: Callable[[], None], under_way: Callable[[], bool], running: bool) -> None:
    """Show a part of the page, anew at each look; the whole page once something begins or has ended.

    Args:
        part: what is shown.
        under_way: whether there is something to look after.
        running: whether there was when the page asked. What has moved on while the page was drawn is seen
            at the next look: were it asked again here, nothing would look after it any more.
    """
    first = True

    @wraps(part)
    def look() -> None:
        nonlocal first
        if not first and running != under_way():
            st.rerun()
        first = False
        part()

    fragment(look, run_every=EVERY if running else None)()


class JobPoller:
    """The jobs of one run of the page, each with the words that say what it does."""

    def __init__(self) -> None:
        self._asked: list[tuple[Callable[[], Job], str, Job, object]] = []

    def ask(self, again: Callable[[], Job], words: str) -> Job:
        """Ask for a job and look after it until it is done."""
        job = again()
        if not job.done:
            self._asked.append((again, words, job, job.partial))
        return job

    @property
    def waits(self) -> bool:
        """Whether something is still under way."""
        return bool(self._asked)

    def show(self, idle: str) -> None:
        """Say what is under way and how far it is, or what there is; run the page again for more."""
        if not self._asked:
            st.html(f'<p class="plane-status">{idle}</p>')
            return

        def pulse() -> None:
            again, words, *_ = self._asked[0]
            job = again()
            st.progress(job.fraction, f"{words} · {100 * job.fraction:.0f}%")

        looking(pulse, self._as_before, running=True)

    def _as_before(self) -> bool:
        """Whether every job is still at what it had when it was asked for."""
        looks = [(again(), before, partial) for again, _, before, partial in self._asked]
        return all(
            job is before and not job.done and job.partial is partial for job, before, partial in looks
        )
