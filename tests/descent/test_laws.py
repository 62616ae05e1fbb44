"""Laws that every rule obeys on every smooth surface: one table, many laws."""

import dataclasses
from itertools import combinations, cycle

import jax
import jax.numpy as jnp
import numpy as np
import pytest

import landscape as ls
from landscape.descent.rules.presets import presets
from landscape.descent.rules.registry import OPTIMIZERS, WRAPPERS
from landscape.descent.rules.rule import CountingRule, GradientRule, LossWrapper, Rule, Wrapper
from landscape.descent.schedules.registry import SCHEDULES
from landscape.descent.schedules.schedule import Schedule
from landscape.problems.surfaces.registry import SURFACES
from tests.compiling import compilations
from tests.descent.several import one_of
from tests.descent.walking import walked

SMOOTH = [name for name, surface in SURFACES.items() if surface.smooth]
FOUR = ("ravine", "rosenbrock", "beale", "himmelblau")
RULES = OPTIMIZERS | WRAPPERS


def preset(name, surface):
    """The rule at the surface's preset; one that wraps another around gradient descent."""
    usual = presets(surface)
    numbers = dict(usual.get(name, usual["sgd"]))
    if issubclass(RULES[name], Wrapper):
        return RULES[name](OPTIMIZERS["sgd"](numbers.pop("learning_rate")), **numbers)
    return RULES[name](**numbers)


losses = jax.jit(lambda loss, points: jax.vmap(loss)(points))
STEPS = 300


@pytest.mark.slow
@pytest.mark.parametrize("surface", SMOOTH)
@pytest.mark.parametrize("name", OPTIMIZERS)
def test_at_its_preset_a_rule_stays_finite_and_lowers_the_loss(name, surface):
    """By the rule's own steps alone, a lighter program than that of `run`, which takes the same (below)."""
    one, surface = one_of(SMOOTH, surface), SURFACES[surface]
    path = walked(preset(name, surface), one, surface.start.astype(np.float32), STEPS)
    loss = losses(one, path[0])
    records = (loss, *jax.tree.leaves(path))
    finite = np.all([np.isfinite(record).reshape(STEPS + 1, -1).all(axis=1) for record in records], axis=0)
    if surface.global_minimum is None:  # it falls away for ever: the loss may pass the largest number
        loss = loss[: np.argmin(finite) or None]
    else:
        assert finite.all()
    assert loss[-1] < loss[0]


@pytest.mark.slow
@pytest.mark.parametrize("name", OPTIMIZERS)
def test_a_run_takes_the_rules_own_steps(name):
    surface = SURFACES["himmelblau"]
    rule = preset(name, surface)
    with jax.enable_x64(True):
        path = ls.run(rule, surface, surface.start, STEPS)
        np.testing.assert_allclose(path.params, walked(rule, surface, surface.start, STEPS)[0], rtol=1e-9)


@pytest.mark.slow
@pytest.mark.parametrize(("name", "surface"), [*zip(RULES, cycle(FOUR), strict=False)])
def test_new_values_do_not_recompile(name, surface):
    """Each rule on one of the surfaces in turn: to a program a surface is a loss like any other."""
    surface = SURFACES[surface]
    rule = preset(name, surface)
    numbers = [f.name for f in dataclasses.fields(surface)]

    def vary():
        for k in range(3):
            fields = {f: getattr(surface, f) * (1 + 0.1 * k) for f in numbers}
            other = jax.tree.map(lambda number, k=k: number * (1 - 0.1 * k), rule)
            ls.run(other, dataclasses.replace(surface, **fields), surface.start + 0.1 * k, 20 + k)

    vary()
    assert compilations(vary) == 0


@pytest.mark.slow
@pytest.mark.parametrize("surface", FOUR)
@pytest.mark.parametrize("name", RULES)
def test_a_sweep_is_the_same_runs(name, surface):
    loss, surface = one_of(FOUR, surface), SURFACES[surface]
    rule = preset(name, surface)
    shares = np.array([0.25, 0.5, 1.0])
    with jax.enable_x64(True):
        many = ls.sweep(
            jax.tree.map(lambda number: number * shares, rule), loss, surface.start, 25, record="all"
        )
        for k, share in enumerate(shares):
            one = ls.run(
                jax.tree.map(lambda number, share=share: number * share, rule), loss, surface.start, 25
            )
            np.testing.assert_allclose(many.path[k], one.params, rtol=1e-9, atol=1e-9)
            assert many.spent[k] == one.spent
            assert many.last[k] == one.last


@pytest.mark.slow
@pytest.mark.parametrize("name", RULES)
def test_the_shape_of_the_parameters_does_not_matter(name):
    """A nested tree walks the path of the same numbers in one vector."""
    beale = SURFACES["beale"]
    rule = preset(name, beale)
    nested = {"a": np.array([[1.0]]), "b": (np.array(1.5),)}
    flat = lambda p: jnp.stack([p["a"][0, 0], p["b"][0]])  # noqa: E731
    with jax.enable_x64(True):
        trees, _ = walked(rule, lambda p: beale(flat(p)), nested, 40)
        vectors, _ = walked(rule, beale, np.array([1.0, 1.5]), 40)
        np.testing.assert_allclose(jax.vmap(flat)(trees), vectors, rtol=1e-9)


@pytest.mark.parametrize("name", RULES)
def test_parameters_and_memory_keep_single_precision(name):
    surface = SURFACES["himmelblau"]
    path = ls.run(preset(name, surface), surface, surface.start, 5)
    kinds = {leaf.dtype for leaf in jax.tree.leaves((path.params, path.state))}
    assert kinds <= {np.dtype("float32"), np.dtype("int32")}


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_what_a_rule_says_of_its_memory_is_what_its_memory_holds(rule):
    """What other code asks for: a velocity of the parameters' shape, and what a step may spend."""
    rule, point = rule(), np.ones(2, np.float32)
    state = rule.init(point)
    velocity = rule.velocity(state)
    assert (velocity is not None) == ("velocity" in state)
    assert velocity is None or velocity.shape == point.shape
    assert rule.uneven() == ("evaluations" in state)


@pytest.mark.parametrize("kind", [Rule, GradientRule, CountingRule, Wrapper, LossWrapper, Schedule])
def test_an_incomplete_kind_cannot_be_made(kind):
    """What a rule or a schedule lacks is said when it is made, not at its first step inside `jit`."""

    class Incomplete(kind):
        pass

    with pytest.raises(TypeError, match="abstract"):
        Incomplete()


def test_no_two_kinds_have_the_same_structure():
    """Rules, surfaces and schedules: else one would now and then be given the other's compiled program."""
    every = [*(kind() for kind in (OPTIMIZERS | SCHEDULES).values()), *SURFACES.values()]
    for one, other in combinations(every, 2):
        assert jax.tree.structure(one) != jax.tree.structure(other), (one, other)


@pytest.mark.slow
@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_every_number_has_a_range_around_its_default(rule):
    for field in dataclasses.fields(rule):
        low, high = field.metadata.get("low"), field.metadata.get("high")
        if field.name != "rule" and not field.metadata["static"]:
            assert low <= field.default <= high
            assert low >= 0 or not field.metadata["log"]  # a logarithmic scale may begin with zero
            assert field.metadata["symbol"]
