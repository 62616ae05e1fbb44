"""How long work tells how far it is, and is told to end: the same for trainings, pictures and jobs."""

from typing import Protocol, runtime_checkable


@runtime_checkable
class Progress(Protocol):
    """Told how much is done, of how much, in whatever the work counts; returning False asks it to end."""

    def __call__(self, done: float, total: float, /) -> bool | None: ...


def unwatched(done: float, total: float, /) -> None:
    """The progress of work that is told nothing: it goes on to its end."""


def part_of(progress: Progress | None, low: float, high: float) -> Progress:
    """The progress of one part of some work, which leads the whole from one share of it to another.

    >>> whole = part_of(lambda done, total: print(f"{done / total:.0%}"), 0.5, 1.0)
    >>> whole(1, 4)
    62%
    """

    def told(done: float, total: float) -> bool | None:
        return None if progress is None else progress(low + (high - low) * done / total, 1.0)

    return told
