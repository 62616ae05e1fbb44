"""The laws of every long experiment: it says how far it is, and ends when it is told to."""

import threading

import pytest

from landscape.lessons.settings import read
from landscape.study.optimizers import regression
from tests.lessons.corpus import ALL

LONG = [(lesson, experiment) for lesson, experiment in ALL if experiment.long]
every = pytest.mark.parametrize(
    "experiment", [experiment for _, experiment in LONG], ids=[experiment.name for _, experiment in LONG]
)


class CalledAway(Exception):
    """What ends work that nobody watches any more."""


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is remembered of other tests."""
    monkeypatch.setattr(regression, "_trained", {})


@every
def test_it_reports_and_ends_when_nobody_watches(experiment) -> None:
    """It is further at each report, and is called away from within one: nothing on the way keeps it."""
    shares = []

    def report(done: float, total: float = 1.0, *_: object) -> bool:
        shares.append(done / total)
        if len(shares) == 3:
            raise CalledAway
        return True

    with pytest.raises(CalledAway):
        experiment.measure(read(experiment.settings, {}), report)
    assert len(shares) == 3
    assert 0 <= shares[0] < shares[1] < shares[2] < 1


@every
def test_it_ends_with_what_it_has_when_it_is_stopped(experiment) -> None:
    """After a no it says at most once more how far each of its parts is, and gives a result."""
    told = []

    def report(*_: float) -> bool:
        told.append(len(told) < 2)
        return told[-1]

    result = experiment.measure(read(experiment.settings, {}), report)
    assert result is not None
    assert 3 <= len(told) <= 4


@pytest.mark.parametrize(
    "answer",
    [experiment.answer for _, experiment in LONG if experiment.answer],
    ids=[experiment.name for _, experiment in LONG if experiment.answer],
)
def test_its_answer_reports_and_ends_when_nobody_watches(answer) -> None:
    """What is asked beside it may take as long as itself."""
    shares = []

    def report(done: float, total: float = 1.0) -> bool:
        shares.append(done / total)
        if len(shares) == 3:
            raise CalledAway
        return True

    with pytest.raises(CalledAway):
        answer(report)
    assert len(shares) == 3
    assert 0 <= shares[0] < shares[1] < shares[2] < 1


def test_work_that_is_shared_is_not_waited_for_in_silence() -> None:
    """Who wants the contest while another thread trains it reports, and ends when told."""
    with regression._training[True]:
        asked = threading.Event()

        def report(*_: float) -> bool:
            asked.set()
            raise CalledAway

        with pytest.raises(CalledAway):
            regression.trained(True, report)
        assert asked.is_set()


def test_what_experiments_share_is_what_they_call() -> None:
    """The job that is done before theirs leaves them nothing to train: it is the same call."""
    sharing = [experiment for _, experiment in LONG if experiment.common]
    assert {experiment.name for experiment in sharing} == {"assignment", "tenfold"}
    for experiment in sharing:
        for apart in (False, True) if experiment.name == "assignment" else (False,):
            settings = read(experiment.settings, {"apart": True} if apart else {})
            common = experiment.common(settings)
            assert common.func is regression.trained
            assert common.args == (not apart,)
