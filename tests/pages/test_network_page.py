"""The Network page without a browser: it trains for real, and every control leads somewhere."""

import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from landscape.core.types import Status
from landscape.i18n import LANGUAGES
from landscape.player import boundary
from landscape.presets.trainings import TRAININGS
from landscape.scenario.training import Data, Net, Training
from landscape.ui.network import page, work
from landscape.ui.network.page import CUT
from landscape.ui.page.session import TRAINING_SHOWN
from landscape.ui.work import job_queue
from tests.pages.conftest import RAW_KEY, components

pytestmark = pytest.mark.slow

PAGE = Path(__file__).parents[2] / "pages" / "network.py"
RUNNERS = TRAININGS["default"].runners
SMALL = Training(data=Data(name="moons"), network=Net(hidden=(8,)), epochs=5, runners=RUNNERS)


def seen(ask: Callable[[], job_queue.Job]) -> None:
    """Wait for a job as a page does, which asks again and again: what nobody asks for is given up."""
    end = time.monotonic() + 120
    while not ask().wait(0.5):
        assert time.monotonic() < end, "the work did not end"


class Lab:
    """One visit to the Network page."""

    def __init__(self, training: Training, language: str = "en") -> None:
        self.app = AppTest.from_file(str(PAGE), default_timeout=120)
        self.app.session_state["lang"] = language
        self.app.query_params["n"] = training.to_link()
        self.run()

    def run(self) -> "Lab":
        self.app.run()
        assert not self.app.exception, self.app.exception
        return self

    def trained(self) -> "Lab":
        """Wait for the training that is shown, and look again."""
        seen(lambda: work.ask(self.shown))
        if self.shown.data.name == "moons":
            seen(lambda: work.asked(self.shown, work.ask(self.shown).result))
        return self.run()

    @property
    def training(self) -> Training:
        return self.app.session_state["training"]

    @property
    def shown(self) -> Training:
        return self.app.session_state[TRAINING_SHOWN]

    def text(self) -> str:
        """Every word a person can read."""
        parts = []
        for element in self.app.main:
            for name in ("label", "value", "help", "body", "placeholder"):
                found = getattr(element, name, None) or getattr(getattr(element, "proto", None), name, None)
                parts += [found] if isinstance(found, str) else []
        return "\n".join(parts)

    def component(self, name: str) -> list:
        return components(self.app, name)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["moons", "iris", "sine", "digits"])
def test_a_visit_trains_what_its_link_says_and_shows_it_in_words(name: str, language: str) -> None:
    """Every kind of data: pictures in the plane, tables, a regression, images; no key shows through."""
    lab = Lab(SMALL.replace(data=Data(name=name), batch_size=32), language).trained()
    assert lab.training == lab.shown
    assert not RAW_KEY.search(lab.text())
    assert lab.component("chart")
    assert len(lab.component("boundary")) == (name == "moons")
    result = work.ask(lab.shown).result
    assert set(result.fits) == {r.id for r in RUNNERS}
    assert all(fit.steps == lab.shown.steps for fit in result.fits.values())


def test_the_table_shows_the_very_numbers_that_were_computed() -> None:
    """What stands in the table is the history's last record and the loss on the test split."""
    lab = Lab(SMALL.replace(batch_size=32)).trained()
    result = work.ask(lab.shown).result
    data, network = lab.shown.dataset(), lab.shown.built()
    text = lab.text()
    for name, fit in result.fits.items():
        assert f"{100 * fit.history.validation_accuracy[-1]:.1f}%" in text
        outputs = np.asarray(network.predict(fit.params, data.test.x))
        share = float(np.mean(outputs.argmax(1) == data.test.y))
        assert result.test_accuracy[name] == pytest.approx(share)
        assert f"{100 * share:.1f}%" in text


def test_a_change_waits_for_the_button_and_says_so() -> None:
    """A slider moved trains nothing by itself: the old result stays, marked, until the person asks."""
    lab = Lab(SMALL).trained()
    assert lab.app.button(key="train").disabled
    lab.app.select_slider(key="network-depth").set_value(3)
    lab.run()
    assert len(lab.training.network.hidden) == 3
    assert lab.shown == SMALL
    assert "The settings have changed" in lab.text()
    lab.app.button(key="train").click()
    lab.run().trained()
    assert lab.shown == lab.training
    assert "The settings have changed" not in lab.text()
    lab.app.button(key="undo").click()
    lab.run()
    assert lab.training == SMALL


CONTROLS = {
    "network-samples": (200, lambda t: t.data.samples),
    "network-noise": (0.3, lambda t: t.data.noise),
    "network-depth": (0, lambda t: len(t.network.hidden)),
    "network-width": (32, lambda t: t.network.hidden[0]),
    "network-dropout": (0.2, lambda t: t.network.dropout),
    "network-label_smoothing": (0.1, lambda t: t.network.label_smoothing),
    "network-batch_size": (16, lambda t: t.batch_size),
    "network-epochs": (10, lambda t: t.epochs),
    "network-early_stopping": (5, lambda t: t.early_stopping),
}


@pytest.mark.parametrize("key", CONTROLS)
def test_every_slider_sets_its_part(key: str) -> None:
    """Moved, each slider changes exactly its part of the description."""
    lab = Lab(SMALL)
    value, part = CONTROLS[key]
    lab.app.select_slider(key=key).set_value(value)
    lab.run()
    assert part(lab.training) == value


@pytest.mark.parametrize(
    ("key", "value", "part"),
    [
        ("network-data", "spirals", lambda t: t.data.name),
        ("network-activation", "gelu", lambda t: t.network.activation),
        ("network-initializer", "orthogonal", lambda t: t.network.initializer),
        ("network-normalization", "batch", lambda t: t.network.normalization),
    ],
)
def test_every_choice_sets_its_part(key: str, value: str, part) -> None:
    """Chosen, each menu changes exactly its part of the description."""
    lab = Lab(SMALL)
    lab.app.selectbox(key=key).set_value(value)
    lab.run()
    assert part(lab.training) == value


def test_convolutions_are_offered_for_images_alone() -> None:
    """Digits have pixels to slide a window over; points in the plane have none."""
    keys = lambda lab: {box.key for box in lab.app.selectbox}  # noqa: E731
    assert "network-filters" not in keys(Lab(SMALL))
    lab = Lab(SMALL.replace(data=Data(name="digits"), epochs=1))
    lab.app.selectbox(key="network-filters").set_value("8")
    lab.run()
    assert lab.training.network.filters == (8,)


@pytest.mark.parametrize("name", TRAININGS)
def test_presets_show_what_their_lesson_says(name: str) -> None:
    """Every training of one click, trained for real: what its lesson claims is there."""
    fits = TRAININGS[name].fits()
    loss = {key: float(fit.history.train_loss[-1]) for key, fit in fits.items()}
    right = {key: float(fit.history.validation_accuracy[-1]) for key, fit in fits.items()}
    if name == "default":
        assert loss["r6"] < loss["r2"] < loss["r1"]
        assert min(right.values()) > 0.94
    elif name == "moons":
        assert min(right.values()) > 0.94
    elif name == "spirals":
        assert min(right["r2"], right["r6"]) > right["r1"] + 0.1
    elif name == "vanishing":
        first, *_, last = fits["r1"].history.gradient_norm[0]
        assert first < 1e-3 * last
        assert loss["r1"] == pytest.approx(np.log(10), rel=0.01)
    elif name == "batch_norm":
        assert min(right.values()) > 0.95
    else:
        assert fits["r3"].status is Status.DIVERGED
        assert loss["r2"] > 0.9 * loss["r1"]


def test_a_training_that_blows_up_is_explained() -> None:
    """What happened, at which step, and what to try; the others go on."""
    lab = Lab(TRAININGS["blows_up"]).trained()
    result = work.ask(lab.shown).result
    (told,) = [w.value for w in lab.app.warning]
    assert str(result.fits["r3"].path.last) in told
    assert "0.03" in told
    assert result.fits["r1"].status is not Status.DIVERGED


def test_a_stop_that_is_told_twice_is_one_stop(monkeypatch: pytest.MonkeyPatch) -> None:
    """Streamlit sends one press twice when it meets a poll: the second finds no job, and begins none."""
    asked = []
    monkeypatch.setattr(page, "st", SimpleNamespace(session_state={}))
    monkeypatch.setattr(page, "shown", lambda: SMALL)
    monkeypatch.setattr(
        page.job_queue, "stop", lambda key: None if asked else asked.append(key) or job_queue.Job()
    )
    page.stop()
    kept = page.job_of(SMALL)
    page.stop()
    assert page.job_of(SMALL) is kept
    assert asked == [work.key(SMALL)]


def test_a_stopped_training_keeps_and_shows_what_was_done() -> None:
    """Stop: the steps taken so far are shown, and said to be a part."""
    long = SMALL.replace(
        data=Data(name="digits"), network=Net(hidden=(256,) * 3), epochs=2_000, batch_size=64
    )
    lab = Lab(long)
    while work.ask(long).partial is None:
        time.sleep(0.05)
    lab.run()
    lab.app.button(key="stop").click()
    lab.run()
    _, job = lab.app.session_state[CUT]
    assert job.wait(60)
    lab.run()
    steps = [fit.steps for fit in job.result.fits.values()]
    assert 0 < max(steps) < long.steps
    assert "Stopped at" in lab.text()
    assert not lab.app.button(key="train").disabled


def test_boundaries_are_the_networks_own_answers() -> None:
    """The last frame of each panel holds the probabilities that the trained network gives."""
    lab = Lab(SMALL.replace(batch_size=32)).trained()
    (stage,) = lab.component("boundary")
    header, arrays = boundary.unpack(stage.proto.bytes)
    result, network = work.ask(lab.shown).result, lab.shown.built()
    division = work.asked(lab.shown, result).result
    places = boundary.places(*division.window).astype(np.float32)
    for name, fit in result.fits.items():
        asked = np.asarray(network.predict(fit.params, places))
        shown = division.probability[name][-1].reshape(-1, 2)
        np.testing.assert_allclose(shown, asked, atol=1e-5)
    assert header["steps"] >= 1
    assert arrays


def test_a_failed_training_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    """An error in the work is shown on the page, not lost in a thread."""
    other = SMALL.replace(seed=77)

    def broken(training: Training, job: job_queue.Job) -> None:
        raise MemoryError("too large")

    monkeypatch.setattr(work, "train", broken)
    lab, end = Lab(other), time.monotonic() + 60
    while not any("too large" in error.value for error in lab.app.error):
        assert time.monotonic() < end, "the page does not say it"
        lab.run()  # as a page does, which looks again and again
    job_queue.forget_failure(work.key(other))


def test_without_an_optimizer_the_page_asks_for_one() -> None:
    """Nothing to train is said plainly."""
    lab = Lab(SMALL.replace(runners=()))
    assert any("Add an optimizer" in info.value for info in lab.app.info)


def test_a_broken_link_is_explained_and_the_default_shown() -> None:
    """A damaged link opens the default training."""
    app = AppTest.from_file(str(PAGE), default_timeout=120)
    app.session_state["lang"] = "en"
    app.query_params["n"] = "broken"
    app.run()
    assert not app.exception
    assert app.session_state["training"] == TRAININGS["default"]
    assert app.toast
