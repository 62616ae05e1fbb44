"""The compiled part of training: many steps of many runs at once, and the measurements between them."""

from collections.abc import Callable
from functools import lru_cache, partial
from typing import Any

import jax
import jax.numpy as jnp
from jax import lax
from jaxtyping import Array

from landscape.core import tree
from landscape.core.types import Params, Scalar, pytree
from landscape.descent.loop import finite
from landscape.descent.rules.rule import GradientRule, Rule
from landscape.descent.schedules.schedule import init_schedules, resolve
from landscape.problems.networks.network import Network
from landscape.problems.networks.objectives import objective


@pytree
class Run:
    """Where one run stands.

    Attributes:
        params, state, schedules, statistics: of the network, the rule, its schedules, batch norm.
        last: the steps taken while everything was finite.
        going: False once it froze or was stopped.
    """

    params: Params
    state: Any
    schedules: Any
    statistics: Any
    last: Array
    going: Array


def begin(rule: Rule, network: Network, params: Params) -> Run:
    """A run before its first step."""
    still = network.statistics(params)
    return Run(params, rule.init(params), init_schedules(rule), still, jnp.int32(0), jnp.bool_(True))


@lru_cache(maxsize=64)
def compiled_steps(structure: Any, dropping: bool) -> Any:
    """The compiled steps of one kind of training; the least used kind is dropped.

    Args:
        structure: the tree of (rule, network, run), which names classes and static fields.
        dropping: whether units are dropped, which is not computed in vain.
    """

    def steps(
        rules: Rule, network: Network, runs: Run, x: Any, y: Any, orders: Any, keys: Any, *span: Any
    ) -> Any:
        def one(own: tuple) -> Any:
            rule, run, order, key = own
            return _steps(rule, network, run, x, y, order, key, *span, dropping=dropping)

        return vmap_or_map(network)(one, (rules, runs, orders, keys))

    return jax.jit(steps)


def vmap_or_map(network: Network) -> Callable[[Callable, Any], Any]:
    """How runs go side by side: at once, or one after another where there are convolutions, which XLA
    computes far more slowly when each run has its own kernels."""
    return lax.map if network.filters else lambda function, runs: jax.vmap(function)(runs)


def _steps(
    rule: Rule,
    network: Network,
    run: Run,
    x: Array,
    y: Array,
    order: Array,
    key: Array,
    first: Array,
    count: Array,
    *,
    dropping: bool,
) -> tuple[Run, tuple[Array, Array, Array]]:
    """`count` steps on the batches that `order` lists, and each step's loss, gradient norm and cost."""

    def body(i: Array, carry: tuple) -> tuple:
        run, records = carry
        step = first + i
        chance = jax.random.fold_in(key, step)
        batch, answers = x[order[i]], y[order[i]]
        # XLA sees that the rule's gradient is the recorded one, and computes it once, only while no part of
        # them is constant: such parts it moves out of the loop first, those of each apart.
        still, _ = lax.optimization_barrier((network, i))
        units = jax.random.fold_in(chance, 0) if dropping else None

        def forward(params: Params) -> tuple[Scalar, Any]:
            out = still.forward(params, batch, statistics=run.statistics, key=units, learning=True)
            return objective(out.outputs, answers, still.label_smoothing), out.statistics

        def loss(params: Params) -> Scalar:
            return forward(params)[0]

        (value, statistics), grad = jax.value_and_grad(forward, has_aux=True)(run.params)
        now, schedules = resolve(rule, step, run.schedules, value)
        if isinstance(now, GradientRule):  # XLA would not see through the drawing of dropped units
            update, state = now.direction(grad, run.state, run.params)
            params = tree.add(run.params, update)
        else:
            params, state = now.step(loss, run.params, run.state, jax.random.fold_in(chance, 1))
        going = run.going & _all_finite((value, grad, params, state))
        keep = partial(tree.where, going)
        after = Run(
            keep(params, run.params),
            keep(state, run.state),
            keep(schedules, run.schedules),
            keep(statistics, run.statistics),
            run.last + going,
            going,
        )
        row = value, tree.norm(grad), jnp.where(going, jnp.int32(now.evaluations(state)), 0)
        return after, tree.map(lambda rows, entry: rows.at[i].set(entry), records, row)

    empty = tuple(jnp.zeros(len(order), kind) for kind in (jnp.float32, jnp.float32, jnp.int32))
    return lax.fori_loop(0, count, body, (run, empty))


def _all_finite(everything: Any) -> Array:
    """Whether every number is finite. Leaves of one shape become one first, NaN where any of them is not
    finite: a look at each of a rule's many leaves took a quarter of a step's time."""
    merged: dict[tuple[int, ...], Array] = {}
    for leaf in jax.tree.leaves(everything):
        if jnp.issubdtype(leaf.dtype, jnp.inexact):
            merged[leaf.shape] = merged.get(leaf.shape, 0) + 0 * leaf
    return finite(merged)


@lru_cache(maxsize=64)
def compiled_metrics(structure: Any) -> Any:
    """The compiled measurements of one kind of network."""
    return jax.jit(
        lambda network, runs, *data: vmap_or_map(network)(lambda run: _measure(network, run, *data), runs)
    )


def _measure(network: Network, run: Run, train: Any, validation: Any, probe: Any) -> dict[str, Array]:
    """Everything a history records, by its names there."""
    apply = partial(network.apply, run.params, statistics=run.statistics)
    found = {}
    for name, (x, y) in (("train", train), ("validation", validation)):
        outputs = apply(x)
        found[f"{name}_loss"] = objective(outputs, y, network.label_smoothing)
        right = jnp.mean(jnp.argmax(outputs, -1) == y) if outputs.ndim == 2 else jnp.float32(jnp.nan)
        found[f"{name}_accuracy"] = right
    x, y = probe

    def loss(params: Params) -> tuple[Scalar, list[Array]]:
        out = network.forward(params, x, statistics=run.statistics)
        return objective(out.outputs, y, network.label_smoothing), out.activations

    grad, activations = jax.grad(loss, has_aux=True)(run.params)
    found["gradient_norm"] = jnp.stack([jnp.linalg.norm(layer["weight"].ravel()) for layer in grad])
    found["weight_norm"] = jnp.stack([jnp.linalg.norm(layer["weight"].ravel()) for layer in run.params])
    units = [h.reshape(-1, h.shape[-1]) for h in activations]
    for name, of in (("activation_mean", jnp.mean), ("activation_std", jnp.std), ("dead", _constant_units)):
        found[name] = jnp.stack([of(h) for h in units]) if units else jnp.zeros(0)
    return found


def _constant_units(h: Array) -> Array:
    """The share of units that say the same for every example."""
    return jnp.mean(jnp.max(h, axis=0) - jnp.min(h, axis=0) < 1e-6)
