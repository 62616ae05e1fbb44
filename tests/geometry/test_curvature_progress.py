"""Progress tells what is done: no report runs ahead of the work, and a stop comes with the next product."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from landscape.core.types import pytree
from landscape.geometry.curvature.eigenpairs import hessian_eigenpairs
from landscape.geometry.curvature.sharpness import sharpness
from landscape.geometry.curvature.spectrum import hessian_trace, spectral_density
from landscape.geometry.grids import path_losses
from landscape.geometry.grids.batched_losses import Cancelled
from landscape.geometry.grids.path_losses import ProgressMeter, losses_along

evaluated = [0]


def _count(_: object) -> None:
    evaluated[0] += 1


@pytree
class Counted:
    """An even spectrum from -1 to 1, and a count of the times the loss was computed."""

    spectrum: jax.Array

    def __call__(self, x):
        jax.debug.callback(_count, x[0])
        return jnp.sum(self.spectrum * x**2) / 2


LOSS, POINT = Counted(jnp.linspace(-1, 1, 100)), np.zeros(100, np.float32)
WORK = {
    "eigenpairs": lambda tell: hessian_eigenpairs(LOSS, POINT, 2, progress=tell),
    "trace": lambda tell: hessian_trace(LOSS, POINT, samples=20, progress=tell),
    "density": lambda tell: spectral_density(LOSS, POINT, samples=2, iterations=12, progress=tell),
}


@pytest.mark.parametrize("name", WORK)
def test_as_many_products_are_computed_as_are_reported(name):
    """One by one, each before it is told of; the last report is of all there are."""
    heard = []
    evaluated[0] = 0

    def tell(done, total):
        jax.effects_barrier()
        heard.append((done, total, evaluated[0]))

    WORK[name](tell)
    products = [done for done, _, _ in heard]
    assert all(count == done for done, _, count in heard)
    assert sorted(set(products)) == list(range(1, products[-1] + 1))
    assert heard[-1][0] == heard[-1][1]
    assert all(done <= total for done, total, _ in heard)


@pytest.mark.parametrize("name", WORK)
def test_a_stop_comes_with_the_next_product(name):
    evaluated[0] = 0
    with pytest.raises(Cancelled, match="given up after 5 of"):
        WORK[name](lambda done, total: done < 5)
    jax.effects_barrier()
    assert evaluated[0] == 5


def test_the_end_of_a_search_is_foreseen():
    """Long before 1,000, the most there may be, and never below what is done."""
    heard = []
    WORK["eigenpairs"](lambda *now: heard.append(now))
    done = heard[-1][0]
    assert done < 1_000
    late = [total for at, total in heard if at > 0.75 * done]
    assert max(late) < 3 * done


def test_a_slow_ascent_can_be_given_up_within(monkeypatch):
    """A chance between two evaluations wherever half a second went by, without a step being counted."""
    monkeypatch.setattr(path_losses, "PULSE", 0.0)
    evaluated[0] = 0
    with pytest.raises(Cancelled, match="given up after 0 of 3"):
        sharpness(LOSS, POINT, starts=2, progress=lambda done, total: False)
    jax.effects_barrier()
    assert evaluated[0] == 1


@pytest.mark.parametrize("pulse", [1e9, 0.0])
def test_a_path_of_slow_losses_is_told_of_point_by_point(pulse, monkeypatch):
    """Blocks grow while they are fast, and are of one point where that alone takes long."""
    monkeypatch.setattr(path_losses, "PULSE", pulse)
    heard, rows = [], np.random.default_rng(0).normal(size=(100, 100)).astype(np.float32)
    found = losses_along(LOSS, rows, ProgressMeter(lambda done, _: heard.append(done), 100))
    np.testing.assert_allclose(
        found, np.sum(np.asarray(LOSS.spectrum) * rows**2, 1) / 2, rtol=1e-4, atol=1e-4
    )
    assert heard == ([1, 9, 73, 100] if pulse else list(range(1, 101)))
