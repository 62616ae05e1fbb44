"""What holds once a dummy of each kind has been added: `test_adding.py` runs this in its copy."""

from pathlib import Path

import numpy as np
import pytest

import landscape as ls
from landscape.scenario import Scenario
from landscape.scenario.training import Data, Net, Training
from landscape.ui.network.page import TEAM
from landscape.ui.runners.cards import RunnersPanel
from tests.pages.conftest import Visit
from tests.pages.test_network_page import Lab
from tests.readme import written

ROOT = Path(__file__).resolve().parent.parent
RACE = Scenario(
    problem={"name": "dummy", "fields": {"height": 2.0}},
    start=(1.0, 1.0),
    steps=20,
    runners=[{"id": "a", "rule": "dummy", "fields": {"learning_rate": 0.1}, "slot": 1}],
)
TRAINING = Training(
    data=Data(name="dummy", samples=50),
    network=Net(hidden=(4,), activation="dummy"),
    epochs=1,
    runners=RACE.runners,
)


def test_it_is_the_copy_that_is_tried():
    assert Path(ls.__file__).is_relative_to(ROOT)


def test_a_link_carries_it_and_leads_to_its_own_numbers():
    assert Scenario.from_link(RACE.to_link()) == RACE
    path = RACE.paths()["a"]
    np.testing.assert_allclose(path.loss[:2], [4.0, 4 * 0.6**2], rtol=1e-5)
    again = Training.from_link(TRAINING.to_link())
    assert again == TRAINING
    assert len(again.dataset().train.y) == 40
    assert np.isfinite(again.fits()["a"].history.train_loss).all()


def test_the_race_page_offers_it_and_runs_it():
    page = Visit(link=RACE.to_link())
    assert "A surface for a test" in page.app.selectbox(key="surface").options
    assert "dummy" in RunnersPanel(TEAM.experiment, TEAM.presets).rules
    assert page.scenario == RACE
    assert page.stage()["steps"] == 20
    page.check_words()


def test_the_network_page_offers_it_and_trains_with_it():
    lab = Lab(TRAINING)
    assert "dummy" in TEAM.rules
    assert TEAM.presets(TRAINING)["dummy"] == {"learning_rate": 0.05}
    for key, label in (("data", "Data for a test"), ("activation", "Activation for a test")):
        (menu,) = (box for box in lab.app.selectbox if box.key.startswith(f"network-{key}"))
        assert label in menu.options
    assert lab.training == TRAINING


@pytest.mark.parametrize("row", ["Optimizers", "Surfaces", "Data", "Activations"])
def test_the_table_of_the_readme_takes_it(row):
    now = (ROOT / "README.md").read_text(encoding="utf-8")
    (line,) = (line for line in written(now).splitlines() if line.startswith(f"| {row} |"))
    assert "`dummy`" in line
    assert line not in now
