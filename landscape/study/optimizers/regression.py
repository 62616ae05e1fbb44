r"""The regression assignment: one tanh network, three rules, many rates, and the same batches for all.

The data are 10,000 noisy values of $y = \cos(\pi x / 2)$; a network 1-64-64-1 learns them in batches of 64.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from threading import Lock
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from landscape.core import tree
from landscape.core.device import on
from landscape.core.progress import Progress
from landscape.descent.follow import advance
from landscape.descent.rules.adam import corrected
from landscape.descent.rules.registry import OPTIMIZERS
from landscape.descent.rules.rule import GradientRule
from landscape.descent.training.batches import batches
from landscape.problems.data.datasets import Dataset
from landscape.problems.networks.network import Network
from landscape.problems.networks.objectives import objective
from landscape.study.common.noisy_cosine import wave

TANH: dict[str, Any] = {"hidden": (64, 64), "activation": "tanh", "initializer": "xavier_normal"}
NETWORK = Network(**TANH)
EXAMPLES, NOISE, BATCH = 10_000, 0.03, 64
SEEDS, STEPS, EVERY = 3, 4_000, 100
FRESH = 2_000
POINTS = np.linspace(-3, 3, 121, dtype=np.float32)
RATES: Mapping[str, tuple[float, ...]] = {
    "sgd": (0.001, 0.002, 0.003, 0.005, 0.01, 0.02, 0.03, 0.05, 0.1),
    "momentum": (0.001, 0.003, 0.01, 0.03),
    "adam": (0.001, 0.003, 0.01, 0.03),
}
MOMENTUM = 0.9


@dataclass(frozen=True, eq=False)
class Lane:
    """One rule with every one of its rates, from every seed.

    Attributes:
        rates: (rates,).
        loss: (rates, seeds, records), the mean squared error on examples that nobody trained on.
        fitted: (rates, seeds, records, points), what the network says at `POINTS`.
        effective: (rates, records, parameters) of the first seed: the rate over the root of Adam's mean
            square gradient; the rate itself of gradient descent, and over 1 - momentum with momentum.
        order: (seeds, steps, batch), the examples of each batch.
        start: tree of (seeds, ...), the parameters it began with.
    """

    rates: np.ndarray
    loss: np.ndarray
    fitted: np.ndarray
    effective: np.ndarray
    order: np.ndarray
    start: Any

    @property
    def step(self) -> np.ndarray:
        """(records,), the steps after which it was measured."""
        return EVERY * np.arange(self.loss.shape[-1])

    def at(self, rate: float) -> int:
        """Which of the rates this is."""
        return int(np.argmin(np.abs(np.log(self.rates / rate))))

    def tuned(self, record: int) -> int:
        """The rate with the lowest median loss over the seeds at a record."""
        return int(np.argmin(np.nan_to_num(np.median(self.loss[:, :, record], axis=1), nan=np.inf)))


Contest = Mapping[str, Lane]

_trained: dict[bool, Contest] = {}
_training = {True: Lock(), False: Lock()}


def trained(shared: bool = True, progress: Progress | None = None) -> Contest:
    """The whole contest, trained once: a shorter budget is a cut of it.

    Args:
        shared: whether all see the same batches.
        progress: as for `contest`, also while another thread trains it; what was ended early is returned and
            not kept.
    """
    while not _training[shared].acquire(timeout=0.2):
        if progress is not None and progress(0, 1) is False:
            return contest(shared=shared, progress=progress)
    try:
        found = _trained.get(shared) or contest(shared=shared, progress=progress)
        if found["sgd"].step[-1] == STEPS:
            _trained[shared] = found
        return found
    finally:
        _training[shared].release()


@lru_cache(maxsize=1)
def examples() -> Dataset:
    """The data; its test split is as large as what the loss is measured on."""
    data = wave(0, EXAMPLES, NOISE)
    fresh = data.test._replace(x=data.test.x[:FRESH], y=data.test.y[:FRESH])
    return Dataset(data.name, data.train, fresh, fresh, classes=0)


def rule(name: str, rate: Any) -> GradientRule:
    """One of the three rules at a rate, or at many."""
    kinds: dict[str, Any] = OPTIMIZERS
    fields = {"momentum": MOMENTUM} if name == "momentum" else {}
    return kinds[name](learning_rate=rate, **fields)


def starts(seeds: int = SEEDS) -> Any:
    """Initial parameters, (seeds, ...), the same for every rule.

    >>> tree.size(starts(1))
    4353
    """
    keys = [jax.random.key(seed) for seed in range(seeds)]
    return jax.tree.map(lambda *leaves: jnp.stack(leaves), *(NETWORK.init(key, examples()) for key in keys))


def orders(lane: int, steps: int, shared: bool, seeds: int = SEEDS) -> np.ndarray:
    """(seeds, steps, batch), the batches of one lane: the same for all, or drawn for each."""
    draws = [
        batches(jax.random.key(1_000 + seed + (0 if shared else 100 * lane)), EXAMPLES, BATCH)
        for seed in range(seeds)
    ]
    return np.stack([[next(draw) for _ in range(steps)] for draw in draws])


def contest(*, shared: bool = True, steps: int = STEPS, progress: Progress | None = None) -> Contest:
    """Train every rule at every rate from every seed.

    Args:
        shared: whether all see the same batches in the same order.
        steps: how long, a multiple of `EVERY`.
        progress: told how far it is; returning False ends it with what there is.

    Returns:
        name -> `Lane`.

    >>> found = contest(steps=100)
    >>> found["adam"].loss.shape, bool((found["sgd"].order == found["adam"].order).all())
    ((4, 3, 2), True)
    """
    data, begin = examples(), starts()
    with on(tree.size(begin) // SEEDS, None):
        own, held, given = {}, {}, {}
        for lane, (name, rates) in enumerate(RATES.items()):
            rules = _many(rule(name, np.array(rates)), len(rates))
            states = jax.vmap(lambda r: jax.vmap(r.init)(begin))(rules)
            params = _many(begin, len(rates))
            own[name] = rules, params, states
            given[name] = orders(lane, steps, shared)
            held[name] = [_measured(rules, params, states, data)]
        for done in range(0, steps, EVERY):
            for number, name in enumerate(RATES):
                rules, params, states = own[name]
                part = given[name][:, done : done + EVERY]
                params, states = _advance(rules, params, states, data.train.x, data.train.y, part)
                own[name] = rules, params, states
                held[name].append(_measured(rules, params, states, data))
                taken = done + EVERY * (number + 1) / len(RATES)
                if progress is not None and progress(taken, steps) is False:
                    return _lanes(held, given, begin)
        return _lanes(held, given, begin)


def _many(given: Any, count: int) -> Any:
    """A tree with an axis of rates in front of every leaf; a rule's rates are that axis already."""

    def wide(leaf: Any) -> Any:
        leaf = jnp.asarray(leaf, jnp.float32)
        rates = isinstance(given, GradientRule) and leaf.ndim
        return leaf if rates else jnp.broadcast_to(leaf, (count, *leaf.shape))

    return jax.tree.map(wide, given)


def _lanes(held: Mapping[str, list], given: Mapping[str, np.ndarray], begin: Any) -> Contest:
    """What was recorded, up to the last record that every lane has."""
    count = min(len(records) for records in held.values())
    lanes = {}
    for name, records in held.items():
        loss, fitted, effective = (np.stack(part) for part in zip(*records[:count], strict=True))
        lanes[name] = Lane(
            rates=np.array(RATES[name]),
            loss=np.moveaxis(loss, 0, -1),
            fitted=np.moveaxis(fitted, 0, 2),
            effective=np.moveaxis(effective, 0, 1),
            order=given[name],
            start=jax.tree.map(np.asarray, begin),
        )
    return lanes


@partial(jax.jit, compiler_options={"xla_backend_optimization_level": 3})
def _advance(rules: Any, params: Any, states: Any, x: Any, y: Any, order: Any) -> Any:
    """Every run, (rates, seeds, ...), as many steps further as there are batches."""

    def loss(params: Any, batch: Any) -> Any:
        return objective(NETWORK.apply(params, x[batch]), y[batch])

    def one(rule: Any, params: Any, state: Any, order: Any) -> Any:
        return advance(rule, loss, params, len(order), order, state)

    return jax.vmap(jax.vmap(one, (None, 0, 0, 0)), (0, 0, 0, None))(rules, params, states, order)


def _measured(rules: Any, params: Any, states: Any, data: Dataset) -> tuple:
    """Loss, fitted curve and effective rates of every run."""
    loss, fitted = _gauged(params, data.test.x, data.test.y)
    return np.asarray(loss), np.asarray(fitted), _effective(rules, params, states)


@partial(jax.jit, compiler_options={"xla_backend_optimization_level": 3})
def _gauged(params: Any, x: Any, y: Any) -> Any:
    def one(params: Any) -> Any:
        return objective(NETWORK.apply(params, x), y), NETWORK.apply(params, POINTS[:, None])

    return jax.vmap(jax.vmap(one))(params)


def _effective(rules: Any, params: Any, states: Any) -> np.ndarray:
    """(rates, parameters): what one unit of each gradient is worth once the memory is filled."""
    rate = np.asarray(rules.learning_rate)[:, None]
    if "second_moment" not in states:
        return rate / (1 - np.asarray(getattr(rules, "momentum", np.zeros(len(rate)))))[:, None]
    count = states["count"][:, 0]
    first = jax.tree.map(lambda leaf: leaf[:, 0], states["second_moment"])
    mean = jax.vmap(corrected)(rules.b2, first, jnp.maximum(count, 1))
    flat = np.concatenate([np.asarray(leaf).reshape(len(rate), -1) for leaf in jax.tree.leaves(mean)], axis=1)
    return rate / (np.sqrt(flat) + np.asarray(rules.eps)[:, None])
