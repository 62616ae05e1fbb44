"""Every wrapper around every rule: one that never acts changes nothing; none makes a bowl diverge."""

from functools import cache

import jax
import jax.numpy as jnp
import numpy as np
import pytest

import landscape as ls
from tests.descent.walking import walked

pytestmark = pytest.mark.slow

BARE = {name: kind() for name, kind in ls.OPTIMIZERS.items() if name != "sam"}


def wraps(limit, decay, rho):
    """Every wrapper by name, each a function of a rule."""
    return {
        "clip_norm": lambda rule: ls.ClipNorm(rule, limit),
        "clip_value": lambda rule: ls.ClipValue(rule, limit),
        "weight_decay": lambda rule: ls.WeightDecay(rule, decay),
        "decoupled": lambda rule: ls.WeightDecay(rule, decay, decoupled=True),
        "sam": lambda rule: ls.SAM(rule, rho=rho),
    }


IDLE = wraps(1e9, 0.0, 0.0)
ACTING = wraps(0.1, 0.1, 0.05) | {"two": lambda rule: ls.ClipNorm(ls.SAM(rule, rho=0.05), 0.1)}


def bowl(p):
    return 2.5 * p[0] ** 2 + 0.5 * p[1] ** 2 + 0.3 * p[0] * p[1]


START = np.array([3.0, -2.0])


def path(rule, steps):
    """Where the rule's steps lead from the start, in the precision that JAX is set to."""
    return np.array(walked(rule, bowl, START, steps)[0])


@cache
def bare(name):
    """Where a rule without a wrapper walks, in double precision."""
    return path(BARE[name], 8)


@pytest.mark.parametrize("wrap", IDLE)
@pytest.mark.parametrize("name", BARE)
def test_a_wrapper_that_never_acts(wrap, name):
    """Curvature too passes through, so that Newton's step is still Newton's."""
    with jax.enable_x64(True):
        np.testing.assert_allclose(path(IDLE[wrap](BARE[name]), 8), bare(name), rtol=1e-7)


@pytest.mark.parametrize("wrap", ACTING)
@pytest.mark.parametrize("name", BARE)
def test_no_bowl_diverges(wrap, name):
    found = path(ACTING[wrap](BARE[name]), 400)
    assert np.isfinite(found).all()
    assert bowl(found[-1]) <= bowl(START)


@pytest.mark.parametrize("wrap", ACTING)
def test_run_walks_where_the_steps_lead(wrap):
    """So that what holds of the steps above holds of a run."""
    rule = ACTING[wrap](BARE["adam"])
    found = ls.run(rule, bowl, START, steps=400)
    assert found.status is not ls.Status.DIVERGED
    np.testing.assert_allclose(found.params, path(rule, 400), rtol=1e-3, atol=1e-4)


@pytest.mark.parametrize(
    ("wrap", "clip"),
    [
        (lambda rule: ls.ClipNorm(rule, 0.5), lambda g: g * min(1, 0.5 / np.linalg.norm(g))),
        (lambda rule: ls.ClipValue(rule, 0.5), lambda g: np.clip(g, -0.5, 0.5)),
    ],
)
def test_newton_divides_the_clipped_gradient_by_the_true_hessian(wrap, clip):
    hessian = np.array([[5.0, 0.3], [0.3, 1.0]])
    newton = ls.run(wrap(ls.Newton(0.7, damping=0.2)), bowl, START, steps=5)
    point = START
    for found in newton.params[1:]:
        point = point - 0.7 * np.linalg.solve(hessian + 0.2 * np.eye(2), clip(hessian @ point))
        np.testing.assert_allclose(found, point, rtol=1e-4)


def test_decoupled_decay_needs_a_rate():
    class Still(ls.Rule):
        def init(self, params):
            return {}

        def step(self, loss, params, state, key):
            return params, state

    jax.tree_util.register_pytree_node(Still, lambda s: ((), None), lambda *_: Still())
    rule = ls.WeightDecay(Still(), 0.1, decoupled=True)
    with pytest.raises(TypeError, match="Still has none"):
        ls.run(rule, bowl, jnp.asarray(START), steps=1)
