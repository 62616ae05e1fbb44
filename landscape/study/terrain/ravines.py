"""Ravines: how many steps it takes when one direction is steeper than the other."""

from functools import lru_cache
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Float

from landscape.descent.double import in_double
from landscape.descent.follow import steps_until
from landscape.descent.rules.first_order import Momentum
from landscape.descent.rules.rule import Rule
from landscape.descent.theory import best, convergence_rate

WITHIN = 1e-6
"""A run has arrived once this share of its distance is left."""
LIMIT = 60_000
CONDITIONS = np.geomspace(1.0, 1000.0, 13)
"""The condition numbers of a curve; 1, 10, 100 and 1000 are among them."""


def predicted(rule: Rule, condition: float) -> float:
    r"""How many steps theory gives for a ravine of curvatures 1 and $\kappa$: at least one.

    $$k = \frac{\ln 10^{-6}}{\ln\rho}, \qquad \rho = \frac{\kappa - 1}{\kappa + 1}
    \text{ for gradient descent at } \eta = \frac{2}{1 + \kappa}$$

    Args:
        rule: gradient descent, heavy ball or Nesterov, with its own numbers.
        condition: $\kappa$.

    Returns:
        Steps, not rounded; infinite where the run does not converge.

    >>> import landscape as ls
    >>> [round(predicted(best(ls.SGD, [1.0, k]), k), 1) for k in (1.0, 10.0, 100.0, 1000.0)]
    [1.0, 68.8, 690.8, 6907.8]

    Source: Polyak 1964; Lessard, Recht & Packard 2016, proposition 1.
    """
    factor = convergence_rate(rule, [1.0, condition])
    if factor is None:
        raise ValueError(f"there is no theory for {rule}")
    if factor >= 1:
        return float("inf")
    return max(1.0, float(np.log(WITHIN) / np.log(factor))) if factor > 0 else 1.0


def counted(rates: Any, momenta: Any, conditions: Any) -> Float[np.ndarray, " runs"]:
    r"""How many steps heavy ball really takes from (1, 1) until a millionth of the distance is left.

    $$f = \tfrac12\,(x^2 + \kappa y^2)$$

    Args:
        rates: (runs,), learning rates.
        momenta: (runs,); zero is gradient descent.
        conditions: (runs,), $\kappa$.

    Returns:
        Whole numbers, or nan where a run did not arrive.

    >>> counted([2 / 11, 2 / 101], [0.0, 0.0], [10.0, 100.0]).tolist()
    [69.0, 691.0]
    """
    return in_double(_counted, *(np.asarray(values) for values in (rates, momenta, conditions)))


@jax.jit
def _counted(rates: jax.Array, momenta: jax.Array, conditions: jax.Array) -> jax.Array:
    def one(rate: Any, momentum: Any, condition: Any) -> Any:
        curvatures = jnp.stack([jnp.ones_like(condition), condition])
        start = jnp.ones_like(curvatures)

        def loss(x: Any) -> Any:
            return 0.5 * jnp.sum(curvatures * x**2)

        def arrived(x: Any) -> Any:
            return jnp.linalg.norm(x) < WITHIN * jnp.linalg.norm(start)

        return steps_until(Momentum(rate, momentum), loss, start, arrived, LIMIT)

    return jax.vmap(one)(rates, momenta, conditions)


@lru_cache(maxsize=8)
def tuned(kind: type[Rule]) -> tuple[Float[np.ndarray, " runs"], Float[np.ndarray, " runs"]]:
    """The steps of a rule tuned for each of `CONDITIONS`: as theory has them, and counted.

    Args:
        kind: `SGD` or `Momentum`.

    >>> import landscape as ls
    >>> [round(float(steps[-1])) for steps in tuned(ls.SGD)]
    [6908, 6908]
    """
    rules: list[Any] = [best(kind, [1.0, k]) for k in CONDITIONS]
    theory = np.array([predicted(rule, k) for rule, k in zip(rules, CONDITIONS, strict=True)])
    momenta = [getattr(rule, "momentum", 0.0) for rule in rules]
    return theory, counted([rule.learning_rate for rule in rules], momenta, CONDITIONS)


def flips(path: Float[np.ndarray, " rows"], steps: int = 20) -> int:
    """How often a coordinate changes its sign in its first steps.

    >>> flips(np.array([1.0, -0.9, 0.8, 0.7]), 3)
    2
    """
    signs = np.sign(path[: steps + 1])
    return int(np.sum(signs[1:] * signs[:-1] < 0))
