"""What is said about a path beside a picture holds where the truth is known, and for real networks."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import landscape as ls
from landscape.geometry.grids.batched_losses import Cancelled
from landscape.geometry.planes.plane import Plane
from landscape.geometry.trusting.fidelity import agreement
from landscape.geometry.trusting.trust import trust
from tests.compiling import compilations
from tests.geometry.pictures import AXES, Bowl, N, picture, plane, trajectory


def test_a_path_is_measured_as_numpy_measures_it():
    """Share of variance, distances, losses at the points and beneath them, in a tree of foreign arrays."""
    rows = np.random.default_rng(0).normal(size=(9, N)).astype(np.float32) * np.linspace(3, 0.1, N)
    tree = {"w": rows[:, :8].reshape(9, 4, 2), "b": [rows[:, 8:]]}
    slant = 2 * AXES[0] + AXES[1]  # not orthogonal to the first
    flat = np.stack([2 * AXES[0], slant])

    def built(vector):
        return {"w": vector[:8].reshape(4, 2), "b": [vector[8:]]}

    def loss(p):
        return jnp.sum(p["w"] ** 2) + jnp.sum(jnp.cos(p["b"][0]))

    center = np.linspace(-1, 1, N).astype(np.float32)
    where = Plane(built(center), (built(flat[0]), built(flat[1])), kind="pca")
    found = picture(loss, where, paths={"it": trajectory(tree)}).paths["it"]
    coordinates = np.linalg.lstsq(flat.T.astype(float), (rows - center).T.astype(float), rcond=None)[0].T
    shadow = center + coordinates @ flat
    values = np.array([[float(loss(built(p.astype(np.float32)))) for p in line] for line in (rows, shadow)])
    np.testing.assert_allclose(found.coordinates, coordinates, atol=1e-5)
    np.testing.assert_allclose(found.off, np.linalg.norm(rows - shadow, axis=1), rtol=1e-5)
    np.testing.assert_allclose(found.distance, np.linalg.norm(rows - center, axis=1), rtol=1e-5)
    np.testing.assert_allclose(found.true, values[0], rtol=1e-5)
    np.testing.assert_allclose(found.beneath, values[1], rtol=1e-5)
    inside = np.linalg.qr(flat.T.astype(float))[0]
    moved = rows - rows.mean(axis=0)
    assert found.share == pytest.approx(np.sum((moved @ inside) ** 2) / np.sum(moved**2), rel=1e-5)
    expected = 1 - np.sum((values[0] - values[1]) ** 2) / np.sum((values[0] - values[0].mean()) ** 2)
    assert found.agreement == pytest.approx(expected, rel=1e-4)


def test_a_path_in_the_plane_is_shown_as_it_is():
    """All of its variance, nothing off, the loss beneath is its own: the picture holds."""
    rows = np.linspace(3, 0, 70)[:, None] * (AXES[0] + AXES[1])
    found = picture(Bowl(), paths={"in": trajectory(rows.astype(np.float32))}).paths["in"]
    assert found.share == pytest.approx(1, abs=1e-6)
    assert found.agreement == pytest.approx(1, abs=1e-6)
    assert found.verdict == "holds"
    np.testing.assert_allclose(found.off, 0, atol=1e-5)
    np.testing.assert_allclose(found.true, found.beneath, rtol=1e-5)


def test_a_path_across_the_plane_is_not_shown_at_all():
    """The plane beneath it says the loss never changes: the picture misleads, and says so."""
    rows = (np.linspace(3, 0, 70)[:, None] * AXES[5]).astype(np.float32)
    found = picture(Bowl(), paths={"across": trajectory(rows)}).paths["across"]
    assert found.share == pytest.approx(0, abs=1e-6)
    assert found.verdict == "misleads"
    np.testing.assert_allclose(found.beneath, 0, atol=1e-6)
    np.testing.assert_allclose(found.off, found.distance, rtol=1e-5)
    np.testing.assert_allclose(found.true, found.off**2 / 2, rtol=1e-4)


@pytest.mark.parametrize(("off", "verdict"), [(0.2, "holds"), (0.6, "rough"), (1.0, "misleads")])
def test_the_verdict_follows_the_part_of_the_loss_that_lies_off_the_plane(off, verdict):
    """Going down along the plane and across it at once, ever more of it across."""
    rows = (np.linspace(3, 0, 40)[:, None] * (AXES[0] + off * AXES[5])).astype(np.float32)
    found = picture(Bowl(), paths={"slanted": trajectory(rows)}).paths["slanted"]
    assert found.verdict == verdict
    assert found.share == pytest.approx(1 / (1 + off**2), rel=1e-4)


@given(st.lists(st.floats(-1e3, 1e3), min_size=2, max_size=8, unique=True), st.floats(-10, 10))
@settings(max_examples=60)
def test_agreement_is_one_for_equals_and_zero_for_a_constant(values, shift):
    """The laws of a coefficient of determination, whatever the losses."""
    true = np.array(values)
    assert agreement(true, true) == 1
    assert agreement(true, np.full_like(true, true.mean())) == pytest.approx(0, abs=1e-9)
    assert agreement(true, true + shift) <= 1


def test_agreement_without_a_change_or_a_value():
    """A constant loss has nothing to agree with; a hole beneath the path is no agreement at all."""
    assert np.isnan(agreement(np.ones(4), np.ones(4)))
    assert np.isnan(agreement(np.array([np.inf, 1.0]), np.ones(2)))
    assert agreement(np.array([2.0, 1.0]), np.array([np.nan, 1.0])) == -np.inf


def test_a_diverged_run_is_judged_up_to_its_last_finite_point():
    """The rows after it repeat: they are listed, and count for nothing."""
    live = (np.linspace(1, 4, 6)[:, None] * AXES[0]).astype(np.float32)
    rows = np.concatenate([live, np.repeat(live[-1:], 30, axis=0)])
    paths = {"whole": trajectory(live), "frozen": trajectory(rows, last=5)}
    found = picture(Bowl(), paths=paths).paths
    assert len(found["frozen"].true) == len(found["frozen"].off) == 36
    np.testing.assert_allclose(found["frozen"].true[6:], found["whole"].true[-1], rtol=1e-6)
    for fact in ("share", "agreement"):
        assert getattr(found["frozen"], fact) == pytest.approx(getattr(found["whole"], fact), rel=1e-6)


def test_a_path_that_stands_still_has_nothing_to_judge():
    found = picture(Bowl(), paths={"still": trajectory(np.ones((4, N), np.float32))}).paths["still"]
    assert np.isnan(found.share)
    assert found.verdict is None


@pytest.mark.slow
def test_a_trained_network_s_picture_is_judged_with_its_fits():
    """The real thing: what training recorded is what the true losses say, and PCA holds more than chance."""
    data = ls.DATASETS["iris"]()
    net = ls.Network(hidden=(8,))
    fits = ls.train({"adam": ls.Adam(0.02), "sgd": ls.SGD(0.1)}, net, data, batch_size=None, epochs=30)
    loss = net.loss(data.train)
    along = ls.pca_plane(fits["adam"])
    pca = trust(ls.evaluate(loss, along, points=15, paths=[fits["adam"]]), loss, fits)
    random = picture(loss, ls.random_plane(fits["adam"]), paths=fits)
    assert pca.paths["adam"].true[-1] == pytest.approx(
        float(jax.jit(lambda p: loss(p))(fits["adam"].params)), rel=1e-5
    )
    assert pca.paths["adam"].share == pytest.approx(along.explained.sum(), rel=1e-4)
    assert pca.paths["adam"].share > 0.7 > 0.3 > random.paths["adam"].share
    assert pca.paths["sgd"].off[-1] > pca.paths["adam"].off[-1]
    assert set(random.paths) == {"adam", "sgd"}
    assert random.repeats is not None


def test_progress_counts_every_loss_and_can_cancel():
    """Up to the total, never beyond it; a False gives up."""
    rows = (np.linspace(6, 0, 100)[:, None] * AXES[7]).astype(np.float32)
    heard = []
    where = ls.random_plane(np.ones((4, 3), np.float32), normalization="none")
    paths = {"it": trajectory(rows.reshape(100, 4, 3))}
    picture(Bowl(), where, paths=paths, progress=lambda done, total: heard.append((done, total)))
    assert [done for done, _ in heard] == sorted(done for done, _ in heard)
    assert heard[-1][0] == heard[-1][1] == 2 * 100 + (1 + 4 * 37) + 5 * 2 * 41
    with pytest.raises(Cancelled):
        picture(Bowl(), where, paths=paths, progress=lambda done, total: done < 150)


def test_new_numbers_do_not_recompile():
    """Another curvature, range, path length, key and number of draws run the same programs."""

    def look(k, span, rows, key):
        path = np.linspace(6, 0, rows)[:, None] * AXES[7]
        where = ls.random_plane(np.full((4, 3), k, np.float32), jax.random.key(key), normalization="none")
        paths = {"it": trajectory(path.astype(np.float32).reshape(rows, 4, 3))}
        picture(Bowl(k), where, span=span, paths=paths, key=jax.random.key(key))

    look(1.0, 1.0, 80, 0)
    assert compilations(lambda: look(2.5, 3.0, 150, 1)) == 0


def test_the_door_says_what_is_allowed():
    surface = ls.SURFACES["bowl"]
    with pytest.raises(ValueError, match="not a plane of it"):
        trust(ls.evaluate(surface, points=5), surface)
    with pytest.raises(ValueError, match="the shapes of the plane's centre"):
        picture(Bowl(), paths={"other": trajectory(np.ones((3, 2), np.float32))})
    with pytest.raises(ValueError, match="repeats must be"):
        picture(Bowl(), plane("random"), repeats=-1)
