"""Losses whose derivative is a rule of their own, which captures what it says."""

from functools import partial

import jax
import jax.numpy as jnp
from jax import lax


def square(w, data):
    return ((w - data) ** 2 * jnp.array([1.0, 3.0])).sum()


def forward_rule(slope):
    @jax.custom_jvp
    def f(x):
        return x**2

    f.defjvp(lambda at, along: (at[0] ** 2, slope * at[0] * along[0]))
    return lambda w: f(w).sum()


def forward_rules(slope):
    @jax.custom_jvp
    def f(x, y):
        return x * y

    f.defjvps(lambda t, _, x, y: slope * t * y, None)
    return lambda w: f(w, w).sum()


def backward_rule(slope):
    @jax.custom_vjp
    def f(x):
        return x**2

    f.defvjp(lambda x: (x**2, x), lambda x, g: (slope * x * g,))
    return lambda w: f(w).sum()


def kept_for_later(slope):
    @jax.custom_vjp
    def f(x):
        return x**2

    f.defvjp(lambda x: (x**2, slope * x), lambda x, g: (x * g,))
    return lambda w: f(w).sum()


def second_rule(slope):
    """Only the second derivative knows the data."""

    @jax.custom_jvp
    def g(x):
        return 2 * x

    g.defjvp(lambda at, along: (g(at[0]), slope * along[0]))

    @jax.custom_jvp
    def f(x):
        return x**2

    f.defjvp(lambda at, along: (f(at[0]), g(at[0]) * along[0]))
    return lambda w: f(w).sum()


def static_rule(slope):
    @partial(jax.custom_jvp, nondiff_argnums=(1,))
    def f(x, how):
        return x**2

    f.defjvp(lambda how, at, along: (at[0] ** 2, how(at[0]) * along[0]))
    return lambda w: f(w, lambda x: slope * x).sum()


class Slope:
    value = 2.0

    def forth(self, x):
        return x**2, x

    def back(self, x, g):
        return (self.value * x * g,)


def rule_of_an_object():
    slope = Slope()

    @jax.custom_vjp
    def f(x):
        return x**2

    f.defvjp(slope.forth, slope.back)
    for slope.value in (2.0, -5.0):
        yield lambda w: f(w).sum()


def batched_rule(slope):
    @jax.custom_batching.custom_vmap
    def f(x):
        return slope * x

    f.def_vmap(lambda size, batched, x: (slope * x, batched[0]))
    return lambda w: jax.vmap(f)(w).sum()


def rooted(data):
    def loss(w):
        solve = lambda f, x: x - f(x)  # noqa: E731
        return lax.custom_root(lambda x: x - square(w, data), 0.0, solve, lambda g, y: y / g(1.0))

    return loss


def solved(data):
    def loss(w):
        divide = lambda matvec, b: b / data  # noqa: E731
        return (lax.custom_linear_solve(lambda x: data * x, w, divide, symmetric=True) ** 2).sum()

    return loss
