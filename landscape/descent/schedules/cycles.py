"""Schedules that rise again: warm restarts, the triangular cycle, the one cycle."""

import jax.numpy as jnp

from landscape.core.types import Scalar, hyper, pytree
from landscape.descent.schedules.decays import Step, cosine
from landscape.descent.schedules.schedule import Schedule


@pytree
class CosineRestarts(Schedule):
    r"""Cosine decay with warm restarts: at each restart the value jumps back to the top.

    value * (final + (1 - final) * (1 + cos(pi u)) / 2),  u = the share done of the present cycle

    Cycles last period, period * growth, period * growth^2 ... steps. torch's
    CosineAnnealingWarmRestarts (T_0, T_mult); optax.sgdr_schedule.

    Args:
        value: the value at each restart.
        final: the share of it left before the next, in [0, 1].
        period: the length of the first cycle, in steps.
        growth: how much longer each next cycle is, >= 1.

    >>> [round(float(CosineRestarts(1.0, 0.0, 10, 2.0)(t)), 6) for t in (0, 5, 10, 20, 30)]
    [1.0, 0.5, 1.0, 0.5, 1.0]

    Source: Loshchilov & Hutter 2017, SGDR: stochastic gradient descent with warm restarts.
    """

    value: float = hyper(0.1, 1e-5, 10.0, log=True, symbol=r"\eta_0", within="(-inf, inf)")
    final: float = hyper(0.0, 0.0, 1.0, symbol=r"\alpha", within="[0, 1]")
    period: float = hyper(100, 1, 10_000, log=True, symbol="T_0", within="(0, inf)")
    growth: float = hyper(1.0, 1.0, 4.0, symbol="m", within="[1, inf)")

    def __call__(self, step: Step, state: tuple = ()) -> Scalar:
        period = jnp.asarray(self.period)
        time = step / period  # in first cycles
        grows = self.growth > 1.001
        growth = jnp.where(grows, self.growth, 2)
        cycle = jnp.floor(jnp.log1p(time * (growth - 1)) / jnp.log(growth) + 1e-5)  # against rounding
        length = growth**cycle
        before = jnp.expm1(cycle * jnp.log1p(growth - 1)) / (growth - 1)
        done = jnp.where(grows, (time - before) / length, step % period / period)
        return self.value * (self.final + (1 - self.final) * cosine(jnp.maximum(done, 0)))


@pytree
class Triangular(Schedule):
    r"""The triangular cycle: up and down again between two values, in straight lines.

    value * (low + (1 - low) * (1 - abs(t / steps mod 2 - 1)))

    torch's CyclicLR in mode "triangular" (its base_lr is low * value).

    Args:
        value: the value at the peaks.
        low: the share of it at the bottom, where the cycle begins, in [0, 1].
        steps: from bottom to peak.

    >>> [float(Triangular(1.0, 0.5, 10)(t)) for t in (0, 5, 10, 15, 20)]
    [0.5, 0.75, 1.0, 0.75, 0.5]

    Source: Smith 2017, Cyclical learning rates for training neural networks.
    """

    value: float = hyper(0.1, 1e-5, 10.0, log=True, symbol=r"\eta_0", within="(-inf, inf)")
    low: float = hyper(0.1, 0.0, 1.0, symbol=r"\alpha", within="[0, 1]")
    steps: float = hyper(50, 1, 10_000, log=True, symbol="s", within="(0, inf)")

    def __call__(self, step: Step, state: tuple = ()) -> Scalar:
        steps = jnp.asarray(self.steps)
        height = 1 - jnp.abs(step % (2 * steps) / steps - 1)
        return self.value * (self.low + (1 - self.low) * height)


@pytree
class OneCycle(Schedule):
    r"""The one cycle: a cosine rise to the peak, then a cosine fall far below the start.

    value / div_factor  ->  value  ->  value / div_factor / final_div_factor

    torch's OneCycleLR; optax.cosine_onecycle_schedule. The paper's is piecewise linear.

    Args:
        value: the value at the peak.
        pct_start: the share of the steps spent rising, in (0, 1).
        div_factor: peak over first value, >= 1.
        final_div_factor: first over last value, >= 1.
        steps: the length of the cycle; constant afterwards.

    >>> [round(float(OneCycle(1.0, 0.5, 10.0, 10.0, 10)(t)), 6) for t in (0, 5, 10, 11)]
    [0.1, 1.0, 0.01, 0.01]

    Source: Smith & Topin 2018, Super-convergence.
    """

    value: float = hyper(0.1, 1e-5, 10.0, log=True, symbol=r"\eta_0", within="(-inf, inf)")
    pct_start: float = hyper(0.3, 0.01, 0.99, symbol=r"\phi", within="(0, 1)")
    div_factor: float = hyper(25.0, 1.0, 1e3, log=True, symbol="d", within="[1, inf)")
    final_div_factor: float = hyper(1e4, 1.0, 1e6, log=True, symbol="d_T", within="[1, inf)")
    steps: float = hyper(300, 1, 20_000, log=True, symbol="T", within="(0, inf)")

    def __call__(self, step: Step, state: tuple = ()) -> Scalar:
        done = jnp.minimum(step / jnp.asarray(self.steps), 1)
        first = 1 / self.div_factor
        last = first / self.final_div_factor
        rise = 1 + (first - 1) * cosine(jnp.minimum(done / self.pct_start, 1))
        fall = last + (1 - last) * cosine((done - self.pct_start) / (1 - self.pct_start))
        return self.value * jnp.where(done < self.pct_start, rise, fall)
