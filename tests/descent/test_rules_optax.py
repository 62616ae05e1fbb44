"""Where conventions agree, every rule walks Optax's path, in double precision."""

from functools import partial

import jax
import jax.numpy as jnp
import numpy as np
import optax
import pytest
from jax import lax

import landscape as ls
from landscape.descent.rules.presets import presets
from landscape.descent.rules.registry import OPTIMIZERS, ClipNorm, ClipValue, WeightDecay
from landscape.problems.surfaces.registry import SURFACES
from tests.descent.several import one_of

Adam, AdaGrad, RMSProp, SGD = (OPTIMIZERS[name] for name in ("adam", "adagrad", "rmsprop", "sgd"))

# name of the preset -> (our rule, Optax's transformation), both from the preset's hyperparameters
PAIRS = {
    "sgd": (SGD, optax.sgd),
    "momentum": (OPTIMIZERS["momentum"], optax.sgd),
    "adagrad": (
        partial(AdaGrad, eps=0.0),  # Optax's eps is inside the root
        partial(optax.adagrad, initial_accumulator_value=0.0, eps=0.0),
    ),
    "adadelta": (OPTIMIZERS["adadelta"], optax.adadelta),
    "rmsprop": (
        partial(RMSProp, momentum=0.5),
        partial(optax.rmsprop, eps_in_sqrt=False, momentum=0.5),
    ),
    "rmsprop plain": (RMSProp, partial(optax.rmsprop, eps_in_sqrt=False)),
    "rmsprop centred": (
        partial(RMSProp, eps=1e-3, centered=True),
        partial(optax.rmsprop, eps=1e-3, eps_in_sqrt=False, centered=True),
    ),
    "adam": (Adam, optax.adam),
    "adamw": (OPTIMIZERS["adamw"], optax.adamw),
    "adamax": (OPTIMIZERS["adamax"], optax.adamax),
    "nadam": (OPTIMIZERS["nadam"], optax.nadam),
    "radam": (  # its first steps are plain momentum, too long at Adam's rate
        lambda learning_rate: OPTIMIZERS["radam"](learning_rate / 10),
        lambda learning_rate: optax.radam(learning_rate / 10),
    ),
    "adabelief": (OPTIMIZERS["adabelief"], optax.adabelief),
    "lion": (OPTIMIZERS["lion"], partial(optax.lion, weight_decay=0.0)),
    "adam clipped by norm": (
        lambda learning_rate: ClipNorm(Adam(learning_rate), 0.7),
        lambda learning_rate: optax.chain(optax.clip_by_global_norm(0.7), optax.adam(learning_rate)),
    ),
    "sgd clipped by value": (
        lambda learning_rate: ClipValue(SGD(learning_rate), 0.7),
        lambda learning_rate: optax.chain(optax.clip(0.7), optax.sgd(learning_rate)),
    ),
    "adam decayed": (
        lambda learning_rate: WeightDecay(Adam(learning_rate), 0.1),
        lambda learning_rate: optax.chain(optax.add_decayed_weights(0.1), optax.adam(learning_rate)),
    ),
}  # fmt: skip
SURFACES_COMPARED = ("ravine", "rosenbrock", "beale", "himmelblau")
STEPS = 200


@pytest.fixture(autouse=True)
def _double_precision():
    with jax.enable_x64(True):
        yield


def optax_path(transformation, loss, start):
    """(STEPS + 1, n), the path of a transformation."""

    def step(carry, _):
        params, state = carry
        update, state = transformation.update(jax.grad(loss)(params), state, params)
        return (optax.apply_updates(params, update), state), params

    start = jnp.asarray(start)
    return np.asarray(
        jax.jit(lambda: lax.scan(step, (start, transformation.init(start)), length=STEPS + 1)[1])()
    )


def assert_same(ours, theirs, nudged):
    """Equal within 1e-9 max(1, |x|) over 50 steps, and over all where one last digit moves us less."""
    bound = 1e-9 * np.maximum(1, np.abs(theirs))
    calm = np.all(np.abs(ours - nudged) <= bound)
    steps = STEPS + 1 if calm else 51
    assert np.isfinite(theirs).all()
    assert np.max(np.abs(ours - theirs)[:steps] / bound[:steps]) <= 1


@pytest.mark.parametrize("surface", SURFACES_COMPARED)
@pytest.mark.parametrize("name", PAIRS)
def test_the_path_is_optax(name, surface):
    make, transformation = PAIRS[name]
    loss, surface = one_of(SURFACES_COMPARED, surface), SURFACES[surface]
    preset = presets(surface)[name.split()[0]]
    theirs = optax_path(transformation(**preset), surface, surface.start)
    ours, nudged = (
        ls.run(make(**preset), loss, start, STEPS).params
        for start in (surface.start, np.nextafter(surface.start, np.inf))
    )
    assert_same(ours, theirs, nudged)


@pytest.mark.parametrize("surface", SURFACES_COMPARED)
def test_the_lookahead_point_of_nesterov_is_optax(surface):
    surface = SURFACES[surface]
    rule = OPTIMIZERS["nesterov"](**presets(surface)["nesterov"])
    theirs = optax_path(optax.sgd(rule.learning_rate, rule.momentum, nesterov=True), surface, surface.start)

    def lookahead(start):
        path = ls.run(rule, surface, start, STEPS)
        return path.params - rule.learning_rate * rule.momentum * path.state["velocity"]

    assert_same(lookahead(surface.start), theirs, lookahead(np.nextafter(surface.start, np.inf)))
