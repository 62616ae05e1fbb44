"""The ways a loss comes by its data: each a generator of losses that look alike and differ in it."""

from dataclasses import dataclass
from functools import partial

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
from flax import linen as nn
from jax import lax
from jax.sharding import Mesh, PartitionSpec

from tests.descent.rules_of_losses import (
    backward_rule,
    batched_rule,
    forward_rule,
    forward_rules,
    kept_for_later,
    rooted,
    rule_of_an_object,
    second_rule,
    solved,
    square,
    static_rule,
)

A, B = np.array([0.5, 2.0], np.float32), np.array([3.0, -1.0], np.float32)
PAIR = A, B


def of(make, data=PAIR):
    """The losses `make` returns for each of the data."""
    return lambda: (make(d) for d in data)


def scanned(data):
    def loss(w):
        step = lambda c, x: (c + square(w * x, data), None)  # noqa: E731
        return lax.scan(step, 0.0, jnp.arange(3.0))[0]

    return loss


def scanned_inside(data):
    inner = jax.jit(lambda u: square(u, data))

    def loss(w):
        return lax.scan(lambda c, x: (c + inner(w * x), None), 0.0, jnp.arange(3.0))[0]

    return loss


def while_inside(data):
    far = jax.jit(lambda u: square(u, data) < 100)
    inner = jax.jit(lambda u: square(u, data))

    def loss(w):
        return lax.while_loop(lambda c: far(c[1]), lambda c: (c[0] + inner(c[1]), 2 * c[1]), (0.0, w))[0]

    return loss


def branches_inside(data):
    near, far = jax.jit(lambda u: square(u, data)), jax.jit(lambda u: -square(u, 2 * data))
    return lambda w: lax.switch(jnp.int32(w[0] > 9), [near, far, jax.jit(lambda u: square(u, -data))], w)


def looped(data):
    def loss(w):
        body = lambda i, c: c + square(w * i, jax.jit(lambda: jnp.asarray(data))())  # noqa: E731
        return lax.fori_loop(0, 3, body, 0.0)

    return loss


def branched(data):
    return lambda w: lax.cond(w[0] > 0, lambda u: square(u, data), lambda u: -square(u, data), w)


def called(host):
    return lambda w: jax.pure_callback(host, jax.ShapeDtypeStruct((), np.float32), w)


def on_the_host(data):
    return called(lambda w: np.float32(square(w, data)))


class Host:
    def __init__(self, data):
        self.data = data

    def loss(self, w):
        return np.float32(square(w, self.data))

    def traced(self, w):
        return square(w, self.data)

    def __call__(self, w):
        return square(w, self.data)


def changing_host():
    host = Host(A)
    for host.data in PAIR:
        yield called(host.loss)


def changing_object(how):
    def losses():
        thing = Host(A)
        loss = how(thing)
        for thing.data in PAIR:
            yield loss

    return losses


def changing_array(how):
    def losses():
        data = A.copy()
        loss = how(data)
        for data[:] in PAIR:
            yield loss

    return losses


def default(data):
    def loss(w, data=data):
        return square(w, data)

    return loss


GLOBAL = A


def of_a_global(w):
    return square(w, GLOBAL)


def changing_global():
    global GLOBAL
    for GLOBAL in PAIR:  # noqa: B007
        yield of_a_global


class Module(eqx.Module):
    data: jax.Array
    power: int = eqx.field(static=True)
    sign: int = 1

    def __call__(self, w):
        return (self.sign * (w - self.data) ** self.power).sum() * range(5)[self.sign + 1]


def dataclasses_alike():
    for factor in (1.0, 7.0):

        @jax.tree_util.register_dataclass
        @dataclass
        class Loss:
            data: jax.Array
            rank: int

            def __call__(self, w, factor=factor):
                return factor * square(w, self.data[self.rank])

        yield Loss(jnp.stack(PAIR), 0)


def indexed(data):
    table = np.array([1, 0]) if data is A else np.array([0, 0])
    return jax.jit(lambda w: (w[table] ** 2 * jnp.array([1.0, 3.0])).sum())


def sharded(data):
    mesh = Mesh(np.array(jax.devices()[:1]), ("x",))
    everywhere = PartitionSpec()

    def loss(w):
        inner = jax.jit(lambda w: square(w, data))
        return jax.shard_map(inner, mesh=mesh, in_specs=everywhere, out_specs=everywhere)(w)

    return loss


def watched(data):
    def loss(w):
        jax.debug.callback(lambda _: None, w)
        return square(w, data)

    return loss


def a_rebound_variable():
    data = A

    def loss(w):
        return square(w, data)

    for data in PAIR:  # noqa: B007
        yield loss


def gone():
    """Losses that are collected at once, so that the next may lie where the last one lay."""
    for data in (A, B, 2 * A, 2 * B, 3 * A):
        yield on_the_host(data)


def flax(data):
    net = nn.Dense(1, use_bias=False)
    apply = jax.jit(lambda w: net.apply({"params": {"kernel": w[:, None]}}, data[None]).sum() ** 2)
    return lambda w: apply(w)


def noisy(seed):
    key = jax.random.key(seed)
    return jax.jit(lambda w: (w * jax.random.normal(key, (2,))).sum())


NUMBERS = 2.0, -5.0
WAYS = {  # name -> losses, the highest derivative they have
    "a NumPy array": (of(lambda d: lambda w: square(w, d)), 2),
    "an array of JAX": (of(lambda d: lambda w: square(w, d), map(jnp.asarray, PAIR)), 2),
    "a number": (of(lambda d: lambda w: d * (w**2).sum(), NUMBERS), 2),
    "a number of NumPy": (of(lambda d: lambda w: d * (w**2).sum(), map(np.float32, NUMBERS)), 2),
    "the sign of zero": (of(lambda d: lambda w: jnp.copysign(w, d).sum(), (0.0, -0.0)), 1),
    "one and true": (of(lambda d: lambda w: square(w, 2 * jnp.asarray(d)), (1, True)), 2),
    "jit": (of(lambda d: jax.jit(lambda w: square(w, d))), 2),
    "jit, of JAX": (of(lambda d: jax.jit(lambda w: square(w, d)), [jnp.asarray(d) for d in PAIR]), 2),
    "jit, a number": (of(lambda d: jax.jit(lambda w: d * (w**2).sum()), NUMBERS), 2),
    "jit in jit": (of(lambda d: jax.jit(lambda w: 2 * jax.jit(lambda u: square(u, d))(w))), 2),
    "jit of one name": (of(lambda d: lambda w: jax.jit(partial(square, data=d))(w)), 2),
    "jit with what is static": (
        of(lambda d: lambda w: jax.jit(lambda w, d: d * (w**2).sum(), static_argnums=1)(w, d), NUMBERS),
        2,
    ),
    "scan": (of(scanned), 2),
    "jit in scan": (of(scanned_inside), 2),
    "loop": (of(looped), 0),
    "jit in a loop": (of(while_inside), 0),
    "branches": (of(branched), 2),
    "jit in branches": (of(branches_inside), 2),
    "map": (of(lambda d: lambda w: lax.map(jax.jit(lambda x: square(w, x)), np.stack([d, d])).sum()), 2),
    "vmap": (of(lambda d: lambda w: jax.vmap(jax.jit(lambda x: x * square(w, d)))(jnp.ones(3)).sum()), 2),
    "checkpoint": (of(lambda d: jax.checkpoint(jax.jit(lambda w: square(w, d)))), 2),
    "a forward rule": (of(forward_rule, NUMBERS), 2),
    "a forward rule's array": (of(forward_rule), 2),
    "forward rules": (of(forward_rules, NUMBERS), 2),
    "a backward rule": (of(backward_rule, NUMBERS), 2),
    "a backward rule's array": (of(backward_rule), 2),
    "a rule in jit": (of(lambda s: jax.jit(backward_rule(s)), NUMBERS), 2),
    "what a rule keeps": (of(kept_for_later, NUMBERS), 2),
    "the rule of a rule": (of(second_rule, NUMBERS), 2),
    "a rule's function": (of(static_rule, NUMBERS), 2),
    "a rule of an object": (rule_of_an_object, 2),
    "a host's function": (of(on_the_host), 0),
    "a host's method": (of(lambda d: called(Host(d).loss)), 0),
    "a host that changes": (changing_host, 0),
    "a host in jit": (of(lambda d: jax.jit(on_the_host(d))), 0),
    "hosts that are gone": (gone, 0),
    "a default": (of(default), 2),
    "partial": (of(lambda d: partial(square, data=d)), 2),
    "a method": (of(lambda d: Host(d).traced), 2),
    "an object": (of(Host), 2),
    "an attribute that changes": (changing_object(lambda thing: thing), 2),
    "a method's attribute": (changing_object(lambda thing: thing.traced), 2),
    "an array that changes": (changing_array(lambda d: lambda w: square(w, d)), 2),
    "a tree's array that changes": (
        changing_array(lambda d: jax.tree_util.Partial(lambda k, w: square(w, d) * k, 2)),
        2,
    ),
    "a global": (changing_global, 2),
    "a variable bound anew": (a_rebound_variable, 2),
    "Partial": (of(lambda d: jax.tree_util.Partial(lambda n, d, w: square(w, d) * range(n)[1], 2, d)), 2),
    "a module": (of(lambda d: Module(jnp.asarray(d), 2)), 2),
    "a module's static field": (of(lambda d: Module(jnp.asarray(A), d), (2, 3)), 2),
    "a module's number": (of(lambda d: Module(jnp.asarray(A), 2, d), (1, 2)), 2),
    "filter_jit": (of(lambda d: eqx.filter_jit(Module(jnp.asarray(d), 2))), 2),
    "dataclasses that look alike": (dataclasses_alike, 2),
    "flax": (of(flax), 2),
    "a table": (of(indexed), 2),
    "a root": (of(rooted), 1),
    "a linear solve": (of(solved), 2),
    "shards": (of(sharded), 2),
    "a rule for batches": (of(batched_rule, NUMBERS), 0),
    "watched": (of(watched), 2),
    "a random key": (of(noisy, (1, 2)), 1),
}
