"""What a recorder keeps of a training loop: the right rows and losses, within its budget, on disk too."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

import landscape as ls
from tests.sameness import same

START = {"w": np.arange(6.0).reshape(2, 3), "b": np.ones(3)}


def at(step):
    return jax.tree.map(lambda leaf: leaf + step, START)


def recorded(steps=20, last=False, **options):
    """A loop of so many steps whose loss is the step's number."""
    recorder = ls.Recorder(**options)
    for step in range(steps):
        recorder(at(step), loss=float(step))
    if last:
        recorder(at(steps), keep=True)
    return recorder


@pytest.mark.parametrize("folder", [False, True])
def test_every_so_many_steps_a_row_and_every_step_a_loss(folder, tmp_path):
    recorder = recorded(every=6, last=True, folder=tmp_path / "run" if folder else None)
    path = recorder.trajectory()
    assert path.steps_recorded.tolist() == [0, 6, 12, 18, 20]
    assert same(path.params["w"], np.stack([at(k)["w"] for k in (0, 6, 12, 18, 20)]))
    assert path.loss.tolist()[:20] == list(range(20))
    assert np.isnan(path.loss[20])
    assert path.gradient is None
    assert ls.Recorder().stride == 1


@pytest.mark.parametrize("folder", [False, True])
def test_a_budget_is_kept_by_doubling_the_stride(folder, tmp_path):
    """Never more copies than fit, the first among them, evenly spaced, and all losses."""
    size = sum(leaf.nbytes for leaf in START.values())
    options = {"budget": 5 * size, "folder": tmp_path if folder else None}
    recorder = ls.Recorder(**options)
    for step in range(100):
        recorder(at(step), loss=float(step))
        assert len(recorder.trajectory().steps_recorded) <= 5
        if folder:
            assert len(list(tmp_path.glob("step-*"))) <= 5
    path = recorder.trajectory()
    assert recorder.stride == 32
    assert path.steps_recorded.tolist() == [0, 32, 64, 96]
    assert path.loss.tolist() == list(range(97))


def test_memory_that_a_step_takes_is_copied_before():
    """A jitted step that donates its argument; a recorder that comes too late says so."""
    step = jax.jit(lambda p: jax.tree.map(lambda leaf: leaf * 2, p), donate_argnums=0)
    recorder, late, params = ls.Recorder(), ls.Recorder(), jax.tree.map(jnp.asarray, START)
    late(params)
    for _ in range(4):
        recorder(params)
        params, given = step(params), params
    assert recorder.trajectory().params["b"][:, 0].tolist() == [1, 2, 4, 8]
    with pytest.raises(ValueError, match="donated"):
        late(given)


def test_a_folder_is_gone_on_with(tmp_path):
    """By another recorder, closed or not; from an earlier step on what came later is dropped."""
    with recorded(every=5, folder=tmp_path) as recorder:
        before = recorder.trajectory()
    again = ls.Recorder(5, folder=tmp_path)
    assert same(again.trajectory(), before)
    again(at(20), loss=20.0)
    crashed = ls.Recorder(5, folder=tmp_path)
    assert crashed.trajectory().steps_recorded.tolist() == [0, 5, 10, 15, 20]
    assert crashed.trajectory().loss.tolist() == list(range(21))
    crashed(at(7), loss=7.5, step=7, keep=True)
    assert crashed.trajectory().steps_recorded.tolist() == [0, 5, 7]
    assert crashed.trajectory().loss.tolist() == [*range(7), 7.5]
    assert ls.Recorder(5, folder=tmp_path).trajectory().loss.tolist() == [*range(7), 7.5]


def test_a_recorder_that_died_before_it_was_closed_lost_little(tmp_path):
    """What is on disk after every copy is a path, with the losses up to there."""
    recorded(every=5, steps=13, folder=tmp_path)
    path = ls.Recorder(folder=tmp_path).trajectory()
    assert path.steps_recorded.tolist() == [0, 5, 10]
    assert path.loss.tolist() == list(range(11))


def test_foreign_models_come_back_from_a_folder_in_their_containers(tmp_path):
    import equinox as eqx

    params = eqx.filter(eqx.nn.Linear(2, 3, key=jax.random.key(0)), eqx.is_inexact_array)
    recorder = ls.Recorder(folder=tmp_path)
    for k in range(3):
        recorder(jax.tree.map(lambda leaf, k=k: leaf * (1 + k), params))
    path = recorder.trajectory()
    assert isinstance(path.params, eqx.nn.Linear)
    assert path.loss is None
    assert path.params.weight.shape == (3, 3, 2)


def test_a_training_that_left_the_finite_numbers_is_kept_up_to_there():
    recorder = ls.Recorder()
    for k in range(5):
        recorder(at(np.inf if k > 2 else k), loss=np.nan if k > 2 else 1.0)
    path = recorder.trajectory()
    assert (path.status.name, path.last) == ("DIVERGED", 2)


@pytest.mark.parametrize(
    ("act", "message"),
    [
        (lambda: ls.Recorder(0), "every must be"),
        (lambda: ls.Recorder(1.5), "every must be"),
        (lambda: ls.Recorder(budget=-1), "budget must be"),
        (lambda: ls.Recorder().trajectory(), "nothing was recorded"),
        (lambda: recorded(3)(at(0), step=1), "steps must increase"),
        (lambda: recorded(3)({"w": START["w"]}), "as before"),
        (lambda: recorded(3)({"w": np.ones(6), "b": np.ones(3)}), "as before"),
    ],
)
def test_what_makes_no_path_is_refused(act, message):
    with pytest.raises(ValueError, match=message):
        act()


@pytest.mark.parametrize("step", [2.7, 3.0, "3", None, True, [1]], ids=repr)
def test_a_step_has_a_whole_number(step, unchecked):
    """A counter on the device is one too."""
    recorder = ls.Recorder()
    recorder(at(0), step=jnp.int32(2))
    if step is None:
        recorder(at(1), step=step)
        assert recorder.trajectory().last == 3
    else:
        with pytest.raises(TypeError, match="step must be a whole number"):
            recorder(at(1), step=step)
