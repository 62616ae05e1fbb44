"""What a page waits for: its jobs, and the small fragment that looks after them while they run."""

from collections.abc import Callable

import streamlit as st

from landscape.ui.page.rerun import fragment
from landscape.ui.work.job_queue import Job

EVERY = 0.5
"""Seconds between two looks."""


class Watch:
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
            jobs = [again() for again, *_ in self._asked]
            for job, (_, _, before, partial) in zip(jobs, self._asked, strict=True):
                if job.done or job is not before or job.partial is not partial:
                    st.rerun()
            job, words = jobs[0], self._asked[0][1]
            st.progress(job.fraction, f"{words} · {100 * job.fraction:.0f}%")

        fragment(pulse, run_every=EVERY)()
