"""Tests that stand on one thing run in one process: on a browser, an experiment, a module. A quick look takes
a sample of each law."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from xdist.scheduler import LoadScopeScheduling

HERE = Path(__file__).parent
DRIVEN = ("tests/browser/", "tests/player/test_played.py")
"""Tests that drive a browser: a process can hold only one, and two would stand in each other's way."""

LESSONS = "|".join(folder.name for folder in (HERE / "lessons").iterdir() if folder.is_dir())
EXPERIMENT = re.compile(rf"\b({LESSONS})-(\w+)|lessons/({LESSONS})/test_(\w+)\.py")


def shared(test: str) -> str:
    """What a test stands on, by its name.

    >>> shared("tests/lessons/test_frame.py::test_it_fits[en-optimizers-pad]")
    'optimizers pad'
    >>> shared("tests/lessons/optimizers/test_pad.py::test_the_border"), shared("tests/test_cli.py::test_a")
    ('optimizers pad', 'tests/test_cli.py')
    """
    if test.startswith(DRIVEN):
        return "browser"
    if found := EXPERIMENT.search(test):
        return " ".join(filter(None, found.groups()))
    return test.partition("::")[0]


def sample(items: Iterable[Any], most: int) -> set[Any]:
    """Of the cases of each test at most so many, evenly from the first to the last."""
    cases: dict[str, list[Any]] = {}
    for item in items:
        cases.setdefault(item.nodeid.partition("[")[0], []).append(item)
    return {found[i * (len(found) - 1) // max(most - 1, 1)] for found in cases.values() for i in range(most)}


class Sharing(LoadScopeScheduling):
    """Hands out all tests that stand on one thing together, in the order in which they were found."""

    def _split_scope(self, nodeid: str) -> str:
        return shared(nodeid)
