"""A loss means what it says now: no other loss's program runs for it, however it came by its data."""

import gc
from functools import partial
from itertools import pairwise

import jax
import jax.numpy as jnp
import numpy as np
import pytest

import landscape as ls
from landscape.core import tree
from landscape.descent.theory import hessian_eigenvalues_at, predicted_rate
from landscape.descent.tracing.program import as_pytree
from landscape.geometry.grids.grid import losses_at
from tests.descent import ways
from tests.descent.ways import PAIR, WAYS, square

W = np.array([1.0, 0.25], np.float32)
DERIVATIVES = (lambda f: f, jax.grad, lambda f: jax.jacfwd(jax.grad(f)))


@jax.jit
def derivatives(loss, w, orders):
    """The loss and its derivatives, in one program for each kind of loss."""
    return [d(loss)(w) for d, _ in zip(DERIVATIVES, orders, strict=False)]


@pytest.mark.slow
@pytest.mark.parametrize("way", WAYS)
def test_every_way_to_capture_data(way):
    """The program that was compiled for one loss is not run for another that only looks like it."""
    losses, order = WAYS[way]
    seen = []
    for loss in losses():
        truth = [d(lambda w, f=loss: f(w))(jnp.asarray(W)) for d in DERIVATIVES[: order + 1]]
        found = derivatives(as_pytree(loss, W), W, [0] * (order + 1))
        for one, other in zip(found, truth, strict=True):
            np.testing.assert_allclose(one, other, rtol=1e-5, atol=1e-6)
        seen.append(np.concatenate([np.ravel(t) for t in truth]))
        del loss
        gc.collect(0)
    assert way == "one and true" or not any(np.allclose(a, b) for a, b in pairwise(seen))


NEW_DATA = {
    "an array": lambda d: lambda w: square(w, d),
    "jit": lambda d: jax.jit(lambda w: square(w, d)),
    "jit of JAX's array": lambda d: jax.jit(partial(square, data=jnp.asarray(d))),
    "jit in jit": lambda d: jax.jit(lambda w: 2 * jax.jit(lambda u: square(u, d))(w)),
    "checkpoint": lambda d: jax.checkpoint(jax.jit(lambda w: square(w, d))),
    "vmap": lambda d: lambda w: jax.vmap(lambda x: x * square(w, d))(jnp.ones(3)).sum(),
    "scan": ways.scanned,
    "jit in scan": ways.scanned_inside,
    "jit in a loop": ways.while_inside,
    "branches": ways.branched,
    "jit in branches": ways.branches_inside,
    "JAX's own rules": lambda d: jax.jit(lambda w: jax.nn.relu(jax.nn.softmax(w) - d).sum()),
    "a rule of one's own": lambda d: lambda w: (ways.backward_rule(2.0)(w) * d).sum(),
    "the rule of a rule": lambda d: lambda w: (ways.second_rule(2.0)(w) * d).sum(),
    "a pytree": lambda d: jax.tree_util.Partial(square, data=d),
}


@pytest.mark.parametrize("way", NEW_DATA)
def test_new_data_reuse_the_program(way):
    """Arrays that a loss captures are arguments of its program, also where a jitted function holds them."""

    first, *others = (jax.tree.structure(as_pytree(NEW_DATA[way](data), W)) for data in (*PAIR, 7 * PAIR[0]))
    assert others == [first, first]
    assert {hash(other) for other in others} == {hash(first)}


def test_the_kept_program_holds_no_data():
    """What stays in the cache is the program: the data of a loss that is gone are gone."""
    program = as_pytree(jax.jit(lambda w: square(w, PAIR[0])), W).program.jaxpr
    assert [variable.aval.shape for variable in program.constvars] == [(2,), (2,)]
    assert not [step for step in program.eqns if step.primitive.name == "jit" and step.params["jaxpr"].consts]


def test_a_captured_array_keeps_its_type():
    """Half precision stays half, double stays double: the arithmetic is the one that was traced."""
    half = tree.cast(as_pytree(lambda w: (w * jnp.bfloat16([1, 3])).sum(), W), np.float32)
    assert [c.dtype for c in half.captured] == [jnp.bfloat16]
    with jax.enable_x64(True):
        data = np.array([1 + 1e-12, 2])
        path = ls.run(ls.SGD(0.5), lambda w: ((w - data) ** 2).sum(), W, steps=1)
        assert path.loss.dtype == np.float32
        np.testing.assert_allclose(path.params[1], data, rtol=1e-6)
        np.testing.assert_allclose(path.loss[1], 0, atol=1e-13)


PLANE = ls.interpolation_plane(W, 2 * W)


def trusted(f):
    path = ls.run(ls.SGD(0.01), f, W, 8)
    plane = ls.interpolation_plane(path.params[0], path.params[-1])
    found = ls.trust(ls.evaluate(f, plane, points=3), f, {"path": path}).paths["path"]
    return np.concatenate([found.true, found.beneath])


DOORS = {  # name -> what a loss gives there
    "run": lambda f: ls.run(ls.SGD(0.01), f, W, 2).gradient,
    "race": lambda f: ls.race({"a": ls.Adam(0.1)}, f, W, 2)["a"].loss,
    "run with the Hessian": lambda f: ls.run(ls.Newton(0.1, damping=50.0), f, W, 2).params,
    "sweep": lambda f: ls.sweep(ls.SGD(np.array([0.01, 0.02])), f, W, 2).final_loss,
    "tune": lambda f: ls.tune(ls.SGD, f, W, 4, points=3, span=(1e-4, 1e-2)).losses,
    "evaluate": lambda f: ls.evaluate(f, points=3, domain=((0, 1), (0, 1))).loss,
    "evaluate on a plane": lambda f: ls.evaluate(f, PLANE, points=3).loss,
    "trust": trusted,
    "losses_at": lambda f: losses_at(f, [W, 2 * W]),
    "gradient_plane": lambda f: ls.gradient_plane(f, W).directions[0],
    "hessian_eigenvalues_at": lambda f: hessian_eigenvalues_at(f, W),
    "predicted_rate": lambda f: predicted_rate(ls.SGD(0.01), f, W),
    "hessian_eigenvalues": lambda f: ls.hessian_eigenvalues(f, W, k=2),
    "hessian_eigenpairs": lambda f: ls.hessian_eigenpairs(f, W, k=1).values,
    "hessian_trace": lambda f: ls.hessian_trace(f, W, samples=2).value,
    "spectral_density": lambda f: ls.spectral_density(f, W, iterations=2, samples=1).density,
    "sharpness": lambda f: ls.sharpness(f, W, steps=2, starts=1),
    "filter_sharpness": lambda f: ls.filter_sharpness(f, W, samples=2, normalization="none").value,
}


@pytest.mark.slow
@pytest.mark.parametrize("door", DOORS)
def test_every_door(door):
    """A loss that holds its data or its rule inside gives what it gives when all of it is in sight."""
    act = DOORS[door]
    wanted = act(lambda w: square(w, PAIR[1]))
    kept, other = (jax.jit(lambda w, d=d: square(w, d)) for d in PAIR)
    act(kept)
    np.testing.assert_allclose(act(other), wanted, rtol=1e-4)
    if door not in ("trust", "hessian_eigenvalues_at", "predicted_rate"):
        wanted = act(lambda w: (w**2).sum())
        act(ways.backward_rule(-5.0))
        np.testing.assert_allclose(act(ways.backward_rule(2.0)), wanted, rtol=1e-4)
