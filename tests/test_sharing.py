"""Which tests run together, and which are the quick look."""

import pytest

from tests.sharing import sample, shared


class Item:
    """A test as pytest has collected it."""

    def __init__(self, nodeid: str):
        self.nodeid = nodeid


def names(items):
    return sorted(item.nodeid for item in items)


@pytest.mark.parametrize(("most", "kept"), [(1, "0"), (2, "09"), (3, "049")])
def test_a_sample_reaches_from_the_first_case_to_the_last(most, kept):
    law = [Item(f"t.py::test_law[{i}]") for i in range(10)]
    assert names(sample(law, most)) == [f"t.py::test_law[{i}]" for i in kept]


def test_every_test_is_in_the_sample():
    few = [Item("t.py::test_a"), Item("t.py::test_b[1]"), Item("t.py::test_b[2]")]
    assert names(sample(few, 3)) == names(few)


def test_what_stands_on_one_experiment_runs_together():
    frame = "tests/lessons/test_frame.py::test_it_fits[en-optimizers-pad]"
    assert (
        shared(frame) == shared("tests/lessons/optimizers/test_pad.py::test_the_border") == "optimizers pad"
    )
    assert shared("tests/browser/test_load.py::test_a") == shared("tests/browser/test_look.py::test_b")
    assert shared("tests/test_cli.py::test_a") != shared("tests/test_files.py::test_a")
