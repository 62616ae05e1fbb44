"""What this visit knows of the open experiment: where it is, what it says, what was measured."""

from collections.abc import Callable
from functools import cache, partial
from typing import Any

from landscape.lessons.experiment import Experiment, RenderContext
from landscape.lessons.place import LessonState, first, opened
from landscape.lessons.prose import Prose, fill, prose
from landscape.ui.page.chrome import theme
from landscape.ui.page.language import current, t
from landscape.ui.page.session import UndoableDocument as Held
from landscape.ui.work import job_queue
from landscape.ui.work.poller import JobPoller
from landscape.ui.work.result_cache import remembered

LINK = "x"


@cache
def held(lesson: str) -> Held[LessonState]:
    """The place of this visit in a lesson, with its undo and its link."""
    return Held(f"lesson-{lesson}", LINK, first(lesson), partial(opened, lesson))


def said(place: LessonState) -> Prose:
    """What the open experiment says in the language in use."""
    return prose(place.lesson, place.experiment, current())


def look(place: LessonState) -> RenderContext:
    """The look of its pictures."""
    return RenderContext.at(theme(), current(), said(place))


@remembered(128)
def measured(experiment: Experiment, settings: Any) -> Any:
    """What a quick experiment finds; remembered, for reruns ask again."""
    return experiment.measure(settings)


def right(place: LessonState, watch: JobPoller) -> int | None:
    """Which answer of the question is right, as computed; None while a long experiment computes it."""
    experiment = place.open
    assert experiment.answer is not None
    if not experiment.long:
        return answered(experiment)
    job = watch.ask(partial(answering, place), t("lesson.measuring"))
    if job.error:
        raise job.error
    return job.result if job.done else None


@remembered(128)
def answered(experiment: Experiment) -> int:
    """The right answer of a quick experiment."""
    assert experiment.answer is not None
    return experiment.answer()


def answering(place: LessonState) -> job_queue.Job:
    """The job that computes the right answer of a long experiment."""
    name = f"answer {place.lesson} {place.experiment}"
    answer = place.open.answer
    assert answer is not None
    return job_queue.submit(name, lambda job: answer(job.report))


def long(place: LessonState) -> job_queue.Job:
    """The job of a long experiment at these settings; before it the one of what it shares with others."""
    common = place.open.common and place.open.common(place.settings)
    if common:
        job = job_queue.submit(named(common), lambda job: common(job.report))
        if not job.done or job.error:
            return job
    return job_queue.submit(key(place), partial(work, place.open, place.settings))


def stop(place: LessonState) -> None:
    """End the work of a long experiment for this visit."""
    for name in names(place):
        job_queue.stop(name)


def again(place: LessonState) -> None:
    """Let the work of a long experiment begin anew if it failed."""
    for name in names(place):
        job_queue.forget_failure(name)


def work(experiment: Experiment, settings: Any, job: job_queue.Job) -> Any:
    """Measure in the background, with progress."""
    return experiment.measure(settings, job.report)


def names(place: LessonState) -> list[str]:
    """The names of all the jobs of a long experiment."""
    common = place.open.common and place.open.common(place.settings)
    return [named(common), key(place)] if common else [key(place)]


def named(common: partial) -> str:
    """Names the job of what experiments share."""
    return f"{common.func.__module__} {common.func.__qualname__} {common.args!r}"


def key(place: LessonState) -> str:
    """Names a long experiment's job: everything its result depends on."""
    return f"{place.lesson} {place.experiment} {place.settings!r}"


def filler(place: LessonState, result: Any) -> Callable[[str], str]:
    """Puts the live numbers into the prose."""
    numbers = place.open.numbers(place.settings, result)
    return lambda text: fill(text, numbers, current())
