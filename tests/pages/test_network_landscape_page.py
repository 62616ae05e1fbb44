"""The Landscape page without a browser: every plane is drawn and judged, in both languages."""

import io
import re
import time
from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

import landscape as ls
from landscape.i18n import LANGUAGES
from landscape.player.payload import unpack
from landscape.presets.comparisons import PAIRS
from landscape.presets.trainings import TRAININGS, runner
from landscape.scenario.training import Data, Net, Training
from landscape.scenario.view import KINDS, View
from landscape.ui.plane import facts, pairs, picture, toolbar
from tests.pages.conftest import components

pytestmark = pytest.mark.slow

PAGE = Path(__file__).parents[2] / "pages" / "network_landscape.py"
RAW_KEY = re.compile(r"\b(plane|race|chart|stage|network)\.[a-z_]+\b")
TRAINING = Training(
    data=Data(name="moons"),
    network=Net(hidden=(6,)),
    batch_size=64,
    epochs=6,
    runners=(runner(1, "sgd", 0.1), runner(6, "adam", 0.01)),
)
VIEW = View(training=TRAINING, points=21)


class Visit:
    """One visit to the page, which waits for its jobs."""

    def __init__(self, view: View = VIEW, language: str = "en"):
        self.app = AppTest.from_file(str(PAGE), default_timeout=60)
        self.app.query_params["p"] = view.to_link()
        self.app.session_state["lang"] = language
        self.wait()

    def wait(self, seconds: float = 90.0) -> "Visit":
        """Run until the picture of the view is whole and nothing else is under way."""
        end = time.monotonic() + seconds
        while True:
            self.app.run()
            assert not self.app.exception, self.app.exception
            assert not self.app.error, [error.value for error in self.app.error]
            shown = self.shown
            ready = shown is not None and shown.whole and shown.view.cache_key == self.view.cache_key
            if ready and any("plane-status" in text for text in self.texts()):
                return self
            assert time.monotonic() < end, "the picture did not come"
            time.sleep(0.2)

    @property
    def view(self) -> View:
        return self.app.session_state["view"]

    @property
    def shown(self) -> picture.Picture | None:
        return self.app.session_state.get("plane_shown", None)

    def texts(self) -> list[str]:
        """Every word and piece of HTML on the page."""
        found = []
        for element in self.app.main:
            said = set()
            for name in ("label", "value", "help", "body", "placeholder"):
                text = getattr(element, name, None) or getattr(getattr(element, "proto", None), name, None)
                said |= {text} if isinstance(text, str) else set()
            found += sorted(said)
        return found

    def stages(self) -> list[dict]:
        """The headers of what the stages play."""
        found = components(self.app, "stage")
        return [unpack(each.proto.bytes)[0] for each in found]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_picture_is_shown_and_judged_in_words(language):
    """Both paths are on the stage, all six facts beside it, and no key shows through."""
    visit = Visit(language=language)
    (stage,) = visit.stages()
    assert [one["id"] for one in stage["runners"]] == ["r1", "r6"]
    assert stage["language"] == language
    assert stage["surface"]["nx"] == 21
    html = " ".join(visit.texts())
    assert html.count('<details class="fact') == 6
    assert not [text for text in visit.texts() if RAW_KEY.search(text)]


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "pca_all"])
def test_every_plane_can_be_chosen_and_undone(kind):
    """The menu of planes leads to a picture of that plane, and undo back."""
    visit = Visit()
    visit.app.selectbox(key="plane-plane").set_value(kind)
    visit.wait()
    assert visit.shown is not None
    assert visit.shown.view.plane == kind
    assert visit.stages()[0]["surface"]["axes"][0]
    visit.app.button(key="undo").click()
    visit.wait()
    assert visit.view == VIEW


def test_the_network_pages_training_is_looked_at_and_a_link_first():
    """What the Network page shows is followed, under its own name; the first visit goes by its link."""
    theirs = TRAINING.replace(epochs=4, runners=TRAINING.runners[1:])
    visit = Visit()
    visit.app.session_state["training_shown"] = theirs
    visit.app.session_state["view_training_seen"] = None
    visit.wait()
    assert visit.view.training == theirs
    assert visit.view.centre.id == "r6"
    assert visit.app.button(key="look-own").label == "From the Network page"
    linked = AppTest.from_file(str(PAGE), default_timeout=60)
    linked.query_params["p"] = VIEW.to_link()
    linked.session_state["training_shown"] = theirs
    linked.run()
    assert linked.session_state["view"] == VIEW


@pytest.mark.parametrize("span", [1e-4, 0.01])
def test_a_range_that_hides_is_named_and_mended_with_one_click(span):
    """Too close a picture is said to be flat; the button goes to one that is not, however far that is."""
    visit = Visit(VIEW.replace(plane="random", span=span))
    assert visit.shown is not None
    flat = facts.extent(visit.shown)
    assert (flat.verdict, flat.says) == ("not", "flat")
    visit.app.button(key="use-range").click()
    visit.wait()
    assert facts.extent(visit.shown).verdict == "trust"
    assert "use-range" not in [button.key for button in visit.app.button]


def test_the_facts_of_a_random_plane_warn_of_the_path():
    """The path lies off a random plane: share, distance and ground are not to be trusted, and say so."""
    visit = Visit(VIEW.replace(plane="random"))
    assert visit.shown is not None
    told = {fact.about: fact for fact in facts.facts(visit.shown)}
    assert told["share"].numbers["share"] < 0.5
    assert told["share"].verdict == "not"
    assert told["off"].verdict == "not"
    assert told["repeats"].numbers["lines"] == 2 * (1 + picture.REPEATS)


@pytest.mark.parametrize("section", ["cuts", "curvature"])
def test_closer_views_are_computed_when_asked_for(section):
    """Nothing is computed before its section is opened; then its charts come."""
    visit = Visit()
    visit.app.segmented_control(key="plane-section").set_value(section)
    visit.wait()
    if section == "curvature":
        assert not components(visit.app, "chart")
        visit.app.button(key="measure").click()
        visit.wait()
    assert components(visit.app, "chart")


@pytest.mark.parametrize("kind", ["random", "pca"])
def test_two_networks_share_one_range_and_one_scale_of_colours(kind):
    """A link with two trainings opens on both: the same colour is the same loss, the facts beneath each."""
    other = TRAINING.replace(network=Net(hidden=(4, 4)))
    visit = Visit(VIEW.replace(plane=kind, against=other))
    _, first, second = visit.stages()
    for part in ("scale", "x", "y"):
        assert first["surface"][part] == second["surface"][part]
    assert first["heading"] != second["heading"]
    assert " ".join(visit.texts()).count('class="outcomes sides"') == 2


def test_a_pair_of_one_click_replaces_both_and_the_menu_the_second(monkeypatch):
    """Both trainings of a pair are looked at in random directions; undo leads back to one."""
    pair = (TRAINING.replace(runners=TRAINING.runners[1:]), TRAINING.replace(runners=TRAINING.runners[:1]))
    monkeypatch.setitem(PAIRS, "skip", pair)
    visit = Visit()
    visit.app.segmented_control(key="plane-section").set_value("pairs")
    visit.wait()
    visit.app.button(key="pair-skip").click()
    visit.wait()
    assert (visit.view.training, visit.view.against, visit.view.plane) == (*pair, "random")
    assert len(visit.stages()) == 3
    visit.app.selectbox(key="plane-against").set_value("none")
    visit.wait()
    assert visit.view.against is None
    assert len(visit.stages()) == 1
    for _ in range(2):
        visit.app.button(key="undo").click()
        visit.wait()
    assert visit.view == VIEW


def test_a_run_that_diverged_is_explained():
    """No plane lies along its path: the page says so in words and stays usable."""
    blown = TRAININGS["blows_up"].replace(epochs=8)
    app = AppTest.from_file(str(PAGE), default_timeout=60)
    app.query_params["p"] = View(training=blown, runner="r3", points=21).to_link()
    end = time.monotonic() + 120
    while not app.run().error:
        assert not app.exception
        assert time.monotonic() < end
        time.sleep(0.2)
    assert "diverged" in app.error[0].value
    assert app.selectbox(key="plane-runner").value == "r3"


def test_files_hold_the_picture_and_the_snippet_draws_it_again():
    """NPZ and CSV come back as they were; the notebook's lines make the same grid."""
    visit = Visit()
    grid = visit.shown.grid if visit.shown else None
    assert grid is not None
    again = ls.load(io.BytesIO(toolbar.archive(grid)))
    np.testing.assert_array_equal(again.loss, grid.loss)
    rows = toolbar.table(grid, "loss").splitlines()
    assert rows[0] == "a,b,loss"
    assert len(rows) == 1 + grid.loss.size
    names: dict = {}
    exec(toolbar.snippet(visit.view), names)
    np.testing.assert_allclose(names["grid"].loss, grid.loss, rtol=1e-5)


def test_skip_connections_lead_off_the_plateau():
    """The pair shows what its lesson says: without them most digits are still taken for others."""
    alone, short = (training.fits()["r6"].history for training in PAIRS["skip"])
    assert alone.validation_accuracy[-1] < 0.7
    assert short.validation_accuracy[-1] > 0.93
    assert alone.train_loss[-1] > 5 * short.train_loss[-1]


def test_relu_ends_deeper_than_sigmoid():
    """The pair shows what its lesson says: a far lower loss, and a steeper rise far from it."""
    split, found = TRAININGS["default"].dataset().train, []
    for training in PAIRS["activation"]:
        fit = training.fits()["r6"]
        loss = fit.network.loss(split)
        found.append((fit.history.train_loss[-1], ls.filter_sharpness(loss, fit, radius=0.5).value))
    assert found[0][0] > 10 * found[1][0]
    assert found[0][1] < found[1][1]


def test_small_batches_end_in_a_flatter_place():
    """The pair shows what its lesson says: at most two thirds of the sharpness, far beyond the error."""
    small, large = (training.fits()["r1"] for training in PAIRS["batch"])
    assert small.steps == large.steps
    split = TRAININGS["default"].dataset().train
    found = [ls.filter_sharpness(fit.network.loss(split), fit, radius=pairs.RADIUS) for fit in (small, large)]
    assert found[0].value < 2 / 3 * found[1].value
    assert found[1].value - found[0].value > 4 * np.hypot(found[0].error, found[1].error)
