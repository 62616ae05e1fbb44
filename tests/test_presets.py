"""Each race of one click shows what its title says: it is run, and the claim is checked."""

import jax
import numpy as np
import pytest

from landscape.core.types import Status
from landscape.descent.sweep import sweep
from landscape.descent.trajectory import Trajectory
from landscape.i18n import names
from landscape.presets.races import PRESETS
from landscape.scenario import Scenario

pytestmark = pytest.mark.slow


def first(condition: np.ndarray) -> int | None:
    """The first step at which it holds."""
    return int(np.argmax(condition)) if condition.any() else None


def arrival(scenario: Scenario, path: Trajectory, which: int = 0) -> int | None:
    """The first step within the surface's radius of one of its minima, the global one by default."""
    surface = scenario.surface()
    distance = np.linalg.norm(path.params - surface.minima[which], axis=1)
    return first(distance <= surface.arrival_radius)


def ends_at(scenario: Scenario, path: Trajectory, which: int) -> bool:
    surface = scenario.surface()
    return bool(np.linalg.norm(path.params[-1] - surface.minima[which]) <= surface.arrival_radius)


def test_the_titles_are_there():
    assert list(PRESETS) == [
        "default",
        "ravine_momentum",
        "saddle_escape",
        "rate_small_right_large",
        "adagrad_stalls",
        "cliff",
        "local_or_global",
    ]


@pytest.mark.parametrize("scenario", PRESETS.values(), ids=PRESETS)
def test_a_preset_survives_its_link_and_starts_inside_the_picture(scenario: Scenario):
    link = scenario.to_link()
    assert Scenario.from_link(link) == scenario
    assert len(link) < 600  # an address that a chat window does not break
    low, high = np.array(scenario.surface().domain).T
    assert np.all((low < scenario.start) & (scenario.start < high))
    assert len(set(names(scenario, "en", short=True).values())) == len(scenario.runners)


def test_default_some_arrive_some_are_late_one_is_thrown():
    scenario = PRESETS["default"]
    paths = scenario.paths()
    steps = {key: arrival(scenario, path) for key, path in paths.items() if ends_at(scenario, path, 0)}
    assert steps.keys() == {"r2", "r3", "r5", "r6"}  # momentum, Nesterov, RMSProp, Adam
    assert max(steps["r2"], steps["r3"]) < 100 < min(steps["r5"], steps["r6"])
    assert paths["r7"].status is Status.DIVERGED
    assert paths["r7"].last < 10
    assert names(scenario, "en")["r7"] == "GD, rate × 5"


def test_ravine_momentum_needs_a_quarter_of_the_steps_of_gradient_descent_at_any_rate():
    scenario = PRESETS["ravine_momentum"]
    paths = scenario.paths()
    momentum, plain = arrival(scenario, paths["r2"]), arrival(scenario, paths["r1"])
    assert 4 * momentum < plain < scenario.steps

    rates = np.linspace(0.001, 0.02, 39)
    rule, surface = type(scenario.rules()["r1"])(rates), scenario.surface()
    runs = sweep(rule, surface, np.array(scenario.start), scenario.steps, record="all")
    within = np.linalg.norm(runs.path, axis=-1) <= surface.arrival_radius
    assert not within[:, : 4 * momentum].any()


def test_ravine_gradient_descent_zigzags_across_the_floor():
    across = PRESETS["ravine_momentum"].paths()["r1"].params[:, 1]
    assert np.all(np.sign(across[1:40]) != np.sign(across[:39]))


def test_saddle_gradient_descent_is_the_last_to_leave_and_newton_stays():
    scenario = PRESETS["saddle_escape"]
    paths = scenario.paths()
    left = {key: first(np.abs(path.params[:, 1]) > 1) for key, path in paths.items()}
    assert left["r7"] is None
    assert paths["r7"].status is Status.CONVERGED
    assert np.abs(paths["r7"].params[-1]).max() < 1e-6
    others = {key: step for key, step in left.items() if key not in ("r1", "r7")}
    assert 2.5 * max(others.values()) < left["r1"] < scenario.steps
    assert min(others, key=others.get) == "r4"  # AdaGrad: its first steps ignore how flat the ridge is


def test_rates_too_small_moves_right_arrives_too_large_diverges():
    scenario = PRESETS["rate_small_right_large"]
    paths = scenario.paths()
    small, right, large = (paths[key] for key in ("r1", "r4", "r3"))
    assert small.status is Status.MOVING
    assert arrival(scenario, small) is None
    assert small.loss[-1] < small.loss[0]
    assert arrival(scenario, right) < 50
    assert ends_at(scenario, right, 0)
    assert large.status is Status.DIVERGED
    border = 2 / scenario.problem.fields["condition"]
    small, right, large = (runner.learning_rate for runner in scenario.runners)
    assert small < right < border < large


def test_adagrad_steps_die_out_before_it_arrives():
    scenario = PRESETS["adagrad_stalls"]
    paths = scenario.paths()
    adagrad = paths["r4"]
    assert arrival(scenario, adagrad) is None
    assert all(arrival(scenario, paths[key]) < 200 for key in ("r5", "r6"))
    step = adagrad.effective_step
    assert np.all(np.diff(step, axis=0) <= 1e-6)  # only ever smaller
    assert np.all(step[-1] < 0.25 * step[0])
    assert {runner.learning_rate for runner in scenario.runners} == {0.1}
    # it is short of steps, not of way to go: what is left is many radii, and a step covers a hundredth
    distance = np.linalg.norm(adagrad.params, axis=1)
    assert distance[-1] > 5 * scenario.surface().arrival_radius
    assert distance[-2] - distance[-1] < 0.01 * distance[-1]


def test_cliff_throws_gradient_descent_and_not_the_clipped():
    scenario = PRESETS["cliff"]
    paths = scenario.paths()
    low, high = np.array(scenario.surface().domain).T
    length = np.linalg.norm(paths["r1"].update, axis=1)
    jump = int(np.argmax(length))
    assert length[jump] > 20 * np.max(np.delete(length, jump))  # one step, not a trend
    slopes = paths["r1"].grad_norm
    assert slopes[jump] > slopes[:jump].sum()  # larger than all before it together
    assert np.all(paths["r1"].params[-1] > high + (high - low))  # more than a picture's width outside
    assert paths["r1"].loss[-1] > 0.05
    for runner in scenario.runners[1:]:
        path = paths[runner.id]
        assert np.all((low <= path.params) & (path.params <= high))
        assert np.linalg.norm(path.update, axis=1).max() <= runner.clip_norm * runner.learning_rate * 1.0001
        assert path.loss[-1] < 0.01


def test_cliff_does_not_hang_on_the_last_digit():
    scenario = PRESETS["cliff"]
    nearby = np.array(scenario.start) + 3e-4 * np.asarray(jax.random.normal(jax.random.key(0), (32, 2)))
    rule, surface = scenario.rules()["r1"], scenario.surface()
    ends = sweep(rule, surface, np.array(scenario.start), scenario.steps, starts=nearby).params
    assert np.all(np.abs(ends[:, 1] - np.mean(surface.domain[1])) > 4)


def test_local_or_global_only_the_fast_ones_get_over_the_pass():
    scenario = PRESETS["local_or_global"]
    paths = scenario.paths()
    surface = scenario.surface()
    deepest, other = (float(surface(jax.numpy.asarray(point))) for point in surface.minima)
    assert deepest < other
    deep = {key for key, path in paths.items() if ends_at(scenario, path, 0)}
    shallow = {key for key, path in paths.items() if ends_at(scenario, path, 1)}
    assert deep == {"r2", "r7"}  # momentum, and gradient descent at six times the rate
    assert shallow == {"r1", "r3", "r5", "r6"}
