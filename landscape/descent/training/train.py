"""Train a network with several optimizers or from several seeds, on the same batches in the same order."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

from landscape.core import tree
from landscape.core.device import on
from landscape.core.leaves import split
from landscape.core.progress import Progress
from landscape.core.types import Params
from landscape.descent.keys import Key, as_key
from landscape.descent.ranges import in_range
from landscape.descent.rules.registry import OPTIMIZERS, WRAPPERS
from landscape.descent.rules.rule import Rule
from landscape.descent.training.batches import MAX_STEPS_PER_CALL, ChunkSize, batches
from landscape.descent.training.fit import point_of
from landscape.descent.training.vmapped_runs import TrainingBatch
from landscape.problems.data.datasets import Dataset
from landscape.problems.networks.network import Network

RECORDS = 64
"""How many times along the way the whole splits are measured, about."""

LONGEST = 1_000_000


class Snapshot(NamedTuple):
    """What a training has made so far.

    Attributes:
        step: the steps taken.
        histories: each rule's `History` so far by its name; a tuple of them with several keys.
        fits: makes the fits of what was done so far, as `train` would return them now.
    """

    step: int
    histories: dict[str, Any]
    fits: Callable[[], dict[str, Any]]


def train(
    rules: Mapping[str, Rule] | Rule,
    network: Network,
    data: Dataset,
    *,
    batch_size: int | None = 128,
    epochs: int = 50,
    key: Key = None,
    start: Params | None = None,
    early_stopping: int | None = None,
    progress: Progress | None = None,
    watch: Callable[[Snapshot], Any] | None = None,
    device: Any = None,
) -> dict[str, Any]:
    """Train one network with each rule, from the same start and on the same batches in the same order.

    An epoch goes once through the training split in a new random order, in batches of equal size; the
    few examples that fill no batch sit that epoch out. Rules of one kind and all seeds run side by side
    in one compiled program. New hyperparameters, seeds, epochs and data of the same size do not recompile.

    Args:
        rules: name -> rule, or one rule, which is then called by its registry name; each hyperparameter
            is one number or a schedule.
        network: the network; its `init` draws the start.
        data: the data set; its test split is never looked at.
        batch_size: examples in a batch, from 1; None, or more than there are, takes all of them.
        epochs: how often to go through the training split, at least 1.
        key: the random key of start, order and dropout, or its seed; `jax.random.key(0)` when none is given.
            An array of keys (seeds,) trains from every one of them.
        start: the parameters to begin with, instead of `network.init`.
        early_stopping: the patience in epochs: a run ends once its validation loss has not fallen for so
            long, and its best parameters are kept; None trains to the end.
        progress: told the steps done and planned a few times a second; returning False stops the training,
            and what was done so far is returned, marked as not complete.
        watch: shown what there is so far, as often, before `progress` is told.
        device: where to compute: a device, or the name of a platform; None is the CPU for up to 64
            parameters, even where there is a GPU, and JAX's default device for more.

    Returns:
        name -> `Fit`; with an array of keys name -> a tuple of fits, one for each key.

    Raises:
        TypeError: for rules, a network, data or a key of the wrong kind.
        ValueError: for a number out of range or not finite, a network that cannot be built for these
            data, a start of other shapes than its parameters, or a device that is not here.

    >>> import landscape as ls
    >>> fits = ls.train(ls.Adam(1e-2), ls.Network(hidden=(8,)), ls.DATASETS["moons"](), epochs=5)
    >>> bool(fits["adam"].history.train_loss[-1] < fits["adam"].history.train_loss[0])
    True
    """
    rules = _named(rules)
    size = _checked(network, data, batch_size, epochs, early_stopping)
    many = isinstance(key, jax.Array) and jnp.issubdtype(key.dtype, jax.dtypes.prng_key) and key.ndim == 1
    keys = key if many else as_key(key)[None]
    shapes = jax.eval_shape(lambda key: network.init(key, data), keys[0])
    if start is not None:
        start = _start(start, shapes)
    examples = len(data.train.y)
    per_epoch = examples // size
    steps = epochs * per_epoch
    every = min(-(-steps // RECORDS), per_epoch if early_stopping else steps)

    with on(tree.size(shapes), device):
        begins, mixes, chances = zip(*(jax.random.split(key, 3) for key in keys), strict=True)
        starts = [network.init(begin, data) if start is None else start for begin in begins]
        orders = [batches(mix, examples, size) for mix in mixes]
        kinds = _kinds(rules)
        crews = [
            TrainingBatch([rules[name] for name in names], network, data, starts, chances, every)
            for names in kinds
        ]

        def upcoming(count: int) -> np.ndarray:
            return np.stack([[next(order) for _ in range(count)] for order in orders])

        def by_name(found: list[list[Any]]) -> dict[str, Any]:
            of: dict[str, tuple] = {}
            for names, rows in zip(kinds, found, strict=True):
                seeds = len(rows) // len(names)
                of |= {name: tuple(rows[i * seeds : (i + 1) * seeds]) for i, name in enumerate(names)}
            return {name: of[name] if many else of[name][0] for name in rules}

        def so_far() -> dict[str, Any]:
            return by_name([crew.fits(once_more, done, steps) for crew in crews])

        for crew in crews:
            crew.record(0)
            if early_stopping:
                crew.stop(0, early_stopping * per_epoch)
        once_more = np.stack([[next(batches(mix, examples, size))] for mix in mixes])
        done, wanted, going, pace = 0, True, True, ChunkSize()
        # A run that froze or stopped early is over at the next record, however fast this machine is.
        while done < steps and wanted is not False and (going or done % every):
            until = min(done + pace.count, steps)
            with pace.of(until - done):
                while done < until:
                    count = min(until - done, every - done % every, MAX_STEPS_PER_CALL)
                    order = upcoming(count)
                    for crew in crews:
                        crew.advance(order, done)
                    done += count
                    if done % every == 0 or done == steps:
                        for crew in crews:
                            crew.record(done)
                            if early_stopping:
                                crew.stop(done, early_stopping * per_epoch)
                for crew in crews:
                    crew.collect()
            going = any(crew.going for crew in crews)
            if watch is not None:
                watch(Snapshot(done, by_name([crew.histories() for crew in crews]), so_far))
            if progress is not None:
                wanted = progress(done, steps)
        if not going:
            over = max(crew.end() for crew in crews)
            done = min(-(-over // every) * every, done)
        return so_far()


def _named(rules: Any) -> dict[str, Rule]:
    """The rules by name, checked."""
    if isinstance(rules, Rule):
        names = {kind: name for name, kind in (OPTIMIZERS | WRAPPERS).items()}
        rules = {names.get(type(rules), type(rules).__name__.lower()): rules}
    if not isinstance(rules, Mapping) or not rules or not all(isinstance(r, Rule) for r in rules.values()):
        raise TypeError(
            f"rules must be an optimizer such as landscape.Adam(0.05), or a dict of them; {rules!r}"
        )
    for name, rule in rules.items():
        try:
            in_range(rule)
        except (TypeError, ValueError) as error:
            raise type(error)(f"{name!r}: {error}") from None
    return dict(rules)


def _start(start: Any, shapes: Params) -> Params:
    """The given start, checked against the network's parameters."""
    start, _ = split("start", point_of(start))
    given, needed = (
        [(tuple(path), np.shape(leaf)) for path, leaf in jax.tree.leaves_with_path(params)]
        for params in (start, shapes)
    )
    if given != needed:
        layers = [{name: leaf.shape for name, leaf in layer.items()} for layer in shapes]
        raise ValueError(
            f"start must be parameters of this network, {layers}; given {jax.tree.map(np.shape, start)}"
        )
    return jax.tree.map(lambda leaf: jnp.asarray(leaf, jnp.float32), start)


def _kinds(rules: Mapping[str, Rule]) -> list[tuple[str, ...]]:
    """The names of the rules, those of one tree structure together."""
    kinds: dict[Any, tuple[str, ...]] = {}
    for name, rule in rules.items():
        structure = jax.tree.structure(rule)
        kinds[structure] = (*kinds.get(structure, ()), name)
    return list(kinds.values())


def _checked(network: Any, data: Any, batch_size: int | None, epochs: int, early_stopping: int | None) -> int:
    """The size of a batch, once everything has been checked."""
    for name, given, kind in (("network", network, Network), ("data", data, Dataset)):
        if not isinstance(given, kind):
            raise TypeError(f"{name} must be a landscape.{kind.__name__}; given {type(given).__name__}")
    examples = len(data.train.y)
    limits = {"batch_size": LONGEST, "epochs": LONGEST, "early_stopping": LONGEST}
    given = {"batch_size": batch_size, "epochs": epochs, "early_stopping": early_stopping}
    for name, value in given.items():
        whole = isinstance(value, (int, np.integer)) and not isinstance(value, bool)
        if not (whole and 1 <= value <= limits[name]) and not (value is None and name != "epochs"):
            raise ValueError(f"{name} must be a whole number from 1 to {limits[name]:,}; given {value!r}")
    return min(batch_size or examples, examples)
