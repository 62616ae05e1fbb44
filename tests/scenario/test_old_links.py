"""Links that people have kept: each still opens, and means what it meant on the day it was made.

`old_links.json` is only added to, by `python -m tests.scenario.keep_link`, and a field of the code that gets
another name gets it there; no value changes. A link that no longer means the
same is a broken promise to whoever has it in a slide, and is mended in the code that reads it.
"""

import json
from pathlib import Path

import pytest

from tests.scenario.meaning import PAGES, meaning

KEPT = json.loads((Path(__file__).parent / "old_links.json").read_text(encoding="utf-8"))


def lost(then, now, where=""):
    """Where a meaning differs from what it was; what has been added since is no loss."""
    if isinstance(then, dict):
        return [fault for key in then for fault in lost(then[key], (now or {}).get(key), f"{where}.{key}")]
    if isinstance(then, list) and isinstance(now, list) and len(then) == len(now):
        return [
            fault
            for i, pair in enumerate(zip(then, now, strict=True))
            for fault in lost(*pair, f"{where}[{i}]")
        ]
    return [] if then == now else [f"{where}: {then!r} became {now!r}"]


@pytest.mark.parametrize("kept", KEPT, ids=lambda kept: kept["shows"])
def test_it_still_means_the_same(kept):
    assert not lost(kept["means"], meaning(kept["page"], kept["link"]))


def test_there_are_some_of_every_page():
    assert {kept["page"] for kept in KEPT} == set(PAGES)


@pytest.mark.parametrize(
    ("then", "now", "where"),
    [
        ({"a": 1}, {"a": 2}, ".a"),
        ({"a": {"b": [1, 2]}}, {"a": {"b": [1, 3]}}, ".a.b[1]"),
        ({"a": [1]}, {"a": [1, 2]}, ".a"),
        ({"a": 1}, {}, ".a"),
        ({"a": {"b": 1}}, {"a": None}, ".a.b"),
    ],
)
def test_a_change_of_meaning_is_seen(then, now, where):
    [fault] = lost(then, now)
    assert fault.startswith(f"{where}: ")
    assert not lost(then, {**then, "new": 1})
