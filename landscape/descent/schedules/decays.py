"""Schedules that fall: hyperparameters that decay with the step, each a pytree of its own numbers."""

import jax.numpy as jnp
from jaxtyping import Array, Num

from landscape.core.types import Scalar, hyper, pytree
from landscape.descent.schedules.schedule import Schedule

Step = int | Num[Array, ""]


@pytree
class Constant(Schedule):
    r"""The same value at every step.

    value

    Args:
        value: the value.

    >>> float(Constant(0.5)(100))
    0.5
    """

    value: float = hyper(0.1, 1e-5, 10.0, log=True, symbol=r"\eta_0", within="(-inf, inf)")

    def __call__(self, step: Step, state: tuple = ()) -> Scalar:
        return jnp.asarray(self.value)


@pytree
class StepDecay(Schedule):
    r"""A staircase: the value falls by a factor every so many steps.

    value * factor^floor(t / every)

    torch.optim.lr_scheduler.StepLR; optax.exponential_decay(staircase=True).

    Args:
        value: the value at step 0.
        factor: what is left after each stair, in (0, 1].
        every: the length of a stair, in steps.

    >>> [float(StepDecay(1.0, 0.5, 10)(t)) for t in (0, 9, 10, 20)]
    [1.0, 1.0, 0.5, 0.25]
    """

    value: float = hyper(0.1, 1e-5, 10.0, log=True, symbol=r"\eta_0", within="(-inf, inf)")
    factor: float = hyper(0.5, 0.01, 1.0, symbol=r"\gamma", within="(0, inf)")
    every: float = hyper(100, 1, 10_000, log=True, symbol="s", within="(0, inf)")

    def __call__(self, step: Step, state: tuple = ()) -> Scalar:
        return self.value * self.factor ** jnp.floor(step / jnp.asarray(self.every))


@pytree
class Exponential(Schedule):
    r"""Exponential decay: the staircase made smooth.

    value * factor^(t / every)

    optax.exponential_decay; torch's ExponentialLR has every = 1.

    Args:
        value: the value at step 0.
        factor: what is left after `every` steps, in (0, 1].
        every: in steps.

    >>> round(float(Exponential(1.0, 0.25, 10)(5)), 6)
    0.5
    """

    value: float = hyper(0.1, 1e-5, 10.0, log=True, symbol=r"\eta_0", within="(-inf, inf)")
    factor: float = hyper(0.5, 0.01, 1.0, symbol=r"\gamma", within="(0, inf)")
    every: float = hyper(100, 1, 10_000, log=True, symbol="s", within="(0, inf)")

    def __call__(self, step: Step, state: tuple = ()) -> Scalar:
        return self.value * self.factor ** (step / jnp.asarray(self.every))


@pytree
class InverseTime(Schedule):
    r"""1/t decay: slow enough to reach any distance, fast enough to average noise away.

    value / (1 + t / every)

    Robbins and Monro's conditions hold: the sum diverges, the sum of squares does not.

    Args:
        value: the value at step 0.
        every: after how many steps it has halved.

    >>> float(InverseTime(1.0, 10)(10))
    0.5

    Source: Robbins & Monro 1951, A stochastic approximation method.
    """

    value: float = hyper(0.1, 1e-5, 10.0, log=True, symbol=r"\eta_0", within="(-inf, inf)")
    every: float = hyper(100, 1, 10_000, log=True, symbol="s", within="(0, inf)")

    def __call__(self, step: Step, state: tuple = ()) -> Scalar:
        return self.value / (1 + step / jnp.asarray(self.every))


@pytree
class Polynomial(Schedule):
    r"""Polynomial decay to a share of the value, constant afterwards; power 1 is linear.

    value * (final + (1 - final) * (1 - t / steps)^power)

    optax.polynomial_schedule; torch's PolynomialLR has final = 0.

    Args:
        value: the value at step 0.
        final: the share of it left at the end, in [0, 1].
        power: the exponent, > 0.
        steps: how many steps the decay takes.

    >>> [float(Polynomial(1.0, 0.0, 2.0, 10)(t)) for t in (0, 5, 10, 11)]
    [1.0, 0.25, 0.0, 0.0]
    """

    value: float = hyper(0.1, 1e-5, 10.0, log=True, symbol=r"\eta_0", within="(-inf, inf)")
    final: float = hyper(0.0, 0.0, 1.0, symbol=r"\alpha", within="[0, 1]")
    power: float = hyper(1.0, 0.1, 5.0, symbol="p", within="(0, inf)")
    steps: float = hyper(300, 1, 20_000, log=True, symbol="T", within="(0, inf)")

    def __call__(self, step: Step, state: tuple = ()) -> Scalar:
        steps = jnp.asarray(self.steps)
        left = jnp.maximum(steps - step, 0) / steps
        return self.value * (self.final + (1 - self.final) * left**self.power)


def cosine(done: Scalar) -> Scalar:
    """From 1 to 0 as `done` goes from 0 to 1, level at both ends."""
    return (1 + jnp.cos(jnp.pi * done)) / 2


@pytree
class Cosine(Schedule):
    r"""Cosine decay: half a cosine down to a share of the value, constant afterwards.

    value * (final + (1 - final) * (1 + cos(pi t / steps)) / 2)

    optax.cosine_decay_schedule (final is its alpha); torch's CosineAnnealingLR.

    Args:
        value: the value at step 0.
        final: the share of it left at the end, in [0, 1].
        steps: how many steps the decay takes.

    >>> [round(float(Cosine(1.0, 0.0, 10)(t)), 6) for t in (0, 5, 10)]
    [1.0, 0.5, 0.0]

    Source: Loshchilov & Hutter 2017, SGDR.
    """

    value: float = hyper(0.1, 1e-5, 10.0, log=True, symbol=r"\eta_0", within="(-inf, inf)")
    final: float = hyper(0.0, 0.0, 1.0, symbol=r"\alpha", within="[0, 1]")
    steps: float = hyper(300, 1, 20_000, log=True, symbol="T", within="(0, inf)")

    def __call__(self, step: Step, state: tuple = ()) -> Scalar:
        done = jnp.minimum(step / jnp.asarray(self.steps), 1)
        return self.value * (self.final + (1 - self.final) * cosine(done))
