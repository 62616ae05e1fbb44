"""A page looks again and again only while something is under way."""

from collections.abc import Callable
from typing import Any

import pytest
import streamlit as st

from landscape.ui.work import poller
from landscape.ui.work.job_queue import Job

CHANGES = (
    pytest.param(lambda jobs: jobs[1]._finish("result"), id="done"),
    pytest.param(lambda jobs: jobs.__setitem__(1, Job()), id="begun anew"),
    pytest.param(lambda jobs: setattr(jobs[1], "partial", "more"), id="further"),
)


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
    poller.looking(lambda: drawn.append(1), lambda: busy[0], running=True)
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
    poller.looking(lambda: drawn.append(1), lambda: busy[0], running=False)
    [(look, often)] = looks
    assert often is None
    busy[0] = True
    with pytest.raises(Again):
        look()
    assert len(drawn) == 1


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> tuple[list[Job], poller.JobPoller]:
    """Two jobs, and the poller that was asked for both."""
    monkeypatch.setattr(st, "progress", lambda *_: None)
    jobs, watch = [Job(), Job()], poller.JobPoller()
    for k in range(2):
        watch.ask(lambda k=k: jobs[k], "works")
    return jobs, watch


@pytest.mark.parametrize("change", CHANGES)
def test_the_page_runs_again_for_every_job_that_has_more(
    looks: list[Any], asked: tuple[list[Job], poller.JobPoller], change: Callable[[list[Job]], object]
) -> None:
    """Whichever of several it is: one that is done, begun anew, or further with what it has."""
    jobs, watch = asked
    assert watch.waits
    watch.show("")
    [(look, _)] = looks
    look()
    change(jobs)
    with pytest.raises(Again):
        look()


@pytest.mark.parametrize("change", CHANGES)
def test_what_moves_on_while_the_page_is_drawn_is_looked_after(
    looks: list[Any], asked: tuple[list[Job], poller.JobPoller], change: Callable[[list[Job]], object]
) -> None:
    """Between asking for a job and saying how far it is: the page is drawn to its end, and then once more."""
    jobs, watch = asked
    change(jobs)
    watch.show("")
    [(look, often)] = looks
    assert often == poller.EVERY
    with pytest.raises(Again):
        look()
