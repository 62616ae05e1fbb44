"""A page looks again and again only while something is under way."""

from collections.abc import Callable
from typing import Any

import pytest
import streamlit as st

from landscape.ui.work import poller
from landscape.ui.work.job_queue import Job


class Again(Exception):
    """The whole page runs again."""


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Callable[[], None], float | None]]:
    """The parts that are shown, and how often each is shown again."""
    shown: list[tuple[Callable[[], None], float | None]] = []

    def fragment(part: Callable[[], None], run_every: float | None = None) -> Callable[[], None]:
        shown.append((part, run_every))
        return part

    def rerun() -> None:
        raise Again

    monkeypatch.setattr(poller, "fragment", fragment)
    monkeypatch.setattr(st, "rerun", rerun)
    return shown


def test_it_looks_until_the_work_has_ended(looks: list[Any]) -> None:
    """Then the whole page runs once more, for other parts may show what there is now."""
    busy, drawn = [True], []
    poller.looking(lambda: drawn.append(1), lambda: busy[0])
    [(look, often)] = looks
    assert often == poller.EVERY
    look()
    assert len(drawn) == 2
    busy[0] = False
    with pytest.raises(Again):
        look()


def test_it_does_not_look_at_what_rests_until_something_begins(looks: list[Any]) -> None:
    """A button within the part begins it: the page then looks again and again."""
    busy, drawn = [False], []
    poller.looking(lambda: drawn.append(1), lambda: busy[0])
    [(look, often)] = looks
    assert often is None
    busy[0] = True
    with pytest.raises(Again):
        look()
    assert len(drawn) == 1


def test_the_page_runs_again_for_every_job_that_has_more(
    looks: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whichever of several it is: one that is done, begun anew, or further with what it has."""
    monkeypatch.setattr(st, "progress", lambda *_: None)
    for change in (
        lambda jobs: jobs[1]._finish("result"),
        lambda jobs: jobs.__setitem__(1, Job()),
        lambda jobs: setattr(jobs[1], "partial", "more"),
    ):
        jobs, watch = [Job(), Job()], poller.JobPoller()
        for k in range(2):
            watch.ask(lambda k=k, jobs=jobs: jobs[k], "works")
        assert watch.waits
        watch.show("")
        look, _ = looks[-1]
        look()
        change(jobs)
        with pytest.raises(Again):
            look()
