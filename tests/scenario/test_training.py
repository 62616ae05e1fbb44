"""The description of a training: the same again from its link, and clear when refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

import landscape as ls
from landscape.presets.trainings import TRAININGS
from landscape.problems.data.datasets import DATASETS, SYNTHETIC
from landscape.problems.networks.activations import ACTIVATIONS
from landscape.problems.networks.initializers import INITIALIZERS
from landscape.scenario import ScenarioError
from landscape.scenario.training import MOST_STEPS, Training
from tests.scenario.strategies import runners

pytestmark = pytest.mark.slow

widths = some.lists(some.integers(1, 512), max_size=8)
nets = some.fixed_dictionaries(
    {
        "hidden": widths,
        "activation": some.sampled_from(list(ACTIVATIONS)),
        "initializer": some.sampled_from(list(INITIALIZERS)),
        "normalization": some.sampled_from(["none", "batch", "layer"]),
        "skip": some.booleans(),
        "dropout": some.floats(0, 0.9),
        "label_smoothing": some.floats(0, 0.5),
    }
)
real = some.fixed_dictionaries({"name": some.sampled_from([n for n in DATASETS if n not in SYNTHETIC])})
drawn = some.fixed_dictionaries(
    {
        "name": some.sampled_from(SYNTHETIC),
        "samples": some.none() | some.integers(50, 400),
        "noise": some.none() | some.floats(0, 2),
        "seed": some.integers(0, 99),
    }
)


team = some.lists(some.integers(1, 8), unique=True, max_size=3).flatmap(
    lambda slots: some.tuples(*(runners(slot) for slot in slots))
)


@given(
    data=real | drawn,
    network=nets,
    team=team,
    batch_size=some.integers(16, 5_000),
    seed=some.integers(0, 9),
)
def test_a_training_comes_back_from_its_link(data, network, team, batch_size, seed) -> None:
    """Whatever can be described can be shared, and is the same again."""
    training = Training(
        data=data, network=network, runners=list(team), batch_size=batch_size, epochs=3, seed=seed
    )
    assert Training.from_link(training.to_link()) == training
    assert Training.from_json(training.to_json()) == training


@pytest.mark.parametrize("name", TRAININGS)
def test_presets_are_short_links(name: str) -> None:
    """A preset fits an address, and comes back from it."""
    link = TRAININGS[name].to_link()
    assert len(link) < 600
    assert Training.from_link(link) == TRAININGS[name]


REFUSED = {
    "data.name": {"data": {"name": "digit"}},
    "data.samples": {"data": {"name": "moons", "samples": 10}},
    "data.noise": {"data": {"name": "digits", "noise": 0.1}},
    "network.hidden": {"network": {"hidden": [64] * 9}},
    "network.activation": {"network": {"activation": "rely"}},
    "network.filters": {"data": {"name": "moons"}, "network": {"filters": [8]}},
    "network.dropout": {"network": {"dropout": 1.0}},
    "batch_size": {"batch_size": -1},
    "epochs": {"epochs": 5_000, "batch_size": 1},
    "runners[0].rule": {"runners": [{"id": "a", "rule": "adamm", "slot": 1}]},
}


@pytest.mark.parametrize("field", REFUSED)
def test_what_is_wrong_is_named(field: str) -> None:
    """Each refusal names the field that is wrong."""
    with pytest.raises(ScenarioError) as caught:
        Training(**REFUSED[field])
    assert [name for name, _ in caught.value.problems] == [field]


def test_the_longest_training_is_bounded() -> None:
    """A link cannot ask a server for more steps than the app allows."""
    with pytest.raises(ScenarioError, match=f"at most {MOST_STEPS}"):
        Training(epochs=5_000, batch_size=1)


def test_a_recipe_leaves_out_what_changes_no_number() -> None:
    """A name or a colour of a runner trains nothing anew; a rate does."""
    training = TRAININGS["default"]
    first, *others = training.runners
    renamed = training.replace(runners=(first.replace(name="mine", slot=8), *others))
    assert renamed.cache_key == training.cache_key
    assert training.replace(runners=(first.with_rate(0.2), *others)).cache_key != training.cache_key


def test_the_fits_are_those_of_train() -> None:
    """A description computes just what the library does with its parts."""
    training = TRAININGS["moons"].replace(epochs=2)
    fits = training.fits()
    again = ls.train(
        training.rules(), training.built(), training.dataset(), batch_size=training.batch, epochs=2
    )
    for name, fit in fits.items():
        assert fit.steps == training.steps
        assert fit.path.loss.tolist() == again[name].path.loss.tolist()
