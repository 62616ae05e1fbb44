"""The description of a picture: its link, its refusals, and the plane and range it stands for."""

import jax
import numpy as np
import pytest

from landscape.presets.trainings import TRAININGS, runner
from landscape.scenario import ScenarioError
from landscape.scenario.training import Data, Net, Training
from landscape.scenario.view import FRAMED, KINDS, View, finite_runs

pytestmark = pytest.mark.slow

TWO = (runner(1, "sgd", 0.1), runner(6, "adam", 0.01))
SMALL = Training(data=Data(name="moons"), network=Net(hidden=(6,)), batch_size=64, epochs=6, runners=TWO)


@pytest.fixture(scope="module")
def fits():
    """Both networks of the small training."""
    return SMALL.fits()


def test_a_view_comes_back_from_its_link_with_every_part_changed():
    """No part is lost on the way through an address."""
    view = View(
        training=SMALL, runner="r6", to="r1", plane="random", normalization="layer", points=31,
        span=((-1.0, 2.0), (-0.5, 0.5)), split="test", metric="accuracy", seed=7, against=SMALL,
    )  # fmt: skip
    assert View.from_link(view.to_link()) == view
    assert View.from_link(view.replace(span=2.5).to_link()).span == 2.5


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"points": 50}, "unknown"),
        ({"points": 103}, "out_of_range"),
        ({"span": -1.0}, "out_of_range"),
        ({"span": ((1.0, 0.0), (0.0, 1.0))}, "empty_interval"),
        ({"plane": "flat"}, "unknown"),
        ({"runner": "r9"}, "unknown"),
        ({"split": "all"}, "unknown"),
        ({"training": Training(runners=())}, "missing"),
        ({"training": SMALL.replace(runners=TWO[:1]), "plane": "interpolation"}, "not_allowed"),
        ({"training": TRAININGS["blows_up"], "metric": "accuracy"}, "not_allowed"),
        ({"against": Training(runners=())}, "missing"),
    ],
)
def test_what_cannot_be_drawn_is_refused(given, code):
    """Every impossible picture is refused at the door, with the right reason."""
    with pytest.raises(ScenarioError) as refusal:
        View(**{"training": SMALL, **given})
    assert [fault.code for fault in refusal.value.faults] == [code]


@pytest.mark.parametrize("kind", KINDS)
def test_every_plane_goes_through_the_centres_solution(fits, kind):
    """(0, 0) is where the chosen optimizer ended; two directions span the plane."""
    view = View(training=SMALL, runner="r6", plane=kind)
    plane = view.plane_for(fits)
    assert plane.dimension == 2
    assert plane.kind == kind.removesuffix("_all")
    coordinates, off = plane.project(fits["r6"].params)
    np.testing.assert_allclose(coordinates, 0.0, atol=1e-6)
    assert off == pytest.approx(0.0, abs=1e-6)
    assert ("paths" in view.extent_arguments(fits)) == (kind in FRAMED)


def test_the_plane_of_all_paths_holds_more_of_them_than_that_of_one(fits):
    """The reason for it: the other path is better seen in the common plane."""
    shares = {}
    for kind in ("pca", "pca_all"):
        plane = View(training=SMALL, runner="r1", plane=kind).plane_for(fits)
        shares[kind] = float(np.mean(plane.project(fits["r6"].path.params)[1]))
    assert shares["pca_all"] < shares["pca"]


def test_the_loss_is_that_of_the_split_and_metric(fits):
    """The test accuracy drawn at the centre is the network's own."""
    view, fit = View(training=SMALL, split="test", metric="accuracy"), fits["r1"]
    data = SMALL.dataset()
    said = np.argmax(np.asarray(fit.network.predict(fit.params, data.test.x)), axis=1)
    assert float(jax.jit(view.loss(fit))(fit.params)) == pytest.approx(np.mean(said == data.test.y))


def test_another_training_keeps_the_look_and_drops_what_it_has_not():
    """A regression has no accuracy, one optimizer no second solution."""
    view = View(training=SMALL, plane="interpolation", metric="accuracy", span=3.0, points=31, seed=4)
    other = view.with_training(TRAININGS["blows_up"].replace(runners=(runner(1, "sgd", 0.01),)))
    assert (other.plane, other.metric, other.span, other.points, other.seed) == (
        KINDS[0],
        "loss",
        None,
        31,
        4,
    )


def test_what_it_stands_against_is_looked_at_in_the_same_way():
    """Same kind of plane, range, split and centre; it changes nothing in the picture of the view itself."""
    view = View(training=SMALL, runner="r6", plane="random", span=0.5, split="test", seed=4, against=None)
    both = view.replace(against=TRAININGS["moons"])
    assert view.comparison is None
    assert both.comparison == view.replace(training=TRAININGS["moons"])
    assert both.cache_key == view.cache_key


def test_runs_that_diverged_do_not_stretch_the_picture():
    """Only the centre's own path is kept whatever it did."""
    fits = TRAININGS["blows_up"].replace(epochs=8).fits()
    assert finite_runs(fits, "r1")[-1] == "r1"
    assert "r3" not in finite_runs(fits, "r1")
    assert finite_runs(fits, "r3")[-1] == "r3"


def test_names_and_colours_do_not_change_the_recipe():
    """A renamed optimizer asks for no new picture."""
    renamed = SMALL.replace(runners=(TWO[0].replace(name="Mine", slot=8), TWO[1]))
    assert View(training=SMALL).cache_key == View(training=renamed).cache_key
    assert View(training=SMALL).cache_key != View(training=SMALL, seed=1).cache_key
