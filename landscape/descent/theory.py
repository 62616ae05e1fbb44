"""What theory promises near a minimum: rates, stability and best settings on a quadratic.

Near a minimum a loss is a quadratic whose curvatures are the Hessian's eigenvalues, and in each
eigendirection gradient descent with or without momentum is a linear recurrence of two terms. Its
slowest root is the factor by which the distance shrinks, step by step.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import ArrayLike

from landscape.core.types import Loss
from landscape.descent.rules.first_order import SGD, Momentum, Nesterov
from landscape.descent.rules.rule import Rule
from landscape.descent.schedules.schedule import is_schedule
from landscape.descent.tracing.program import as_pytree
from landscape.descent.trajectory import Trajectory

Numbers = ArrayLike | Sequence[float]

KINDS = (SGD, Momentum, Nesterov)


def convergence_rate(rule: Rule, eigenvalues: Numbers) -> float | None:
    r"""The factor by which the distance to a quadratic's minimum shrinks at each step, in the long run.

    It is the largest modulus among the roots of z^2 - b z + c, over the eigenvalues l:

    gradient descent  b = 1 - lr l                      c = 0
    heavy ball        b = 1 + rho - lr l                c = rho
    Nesterov          b = (1 + rho) (1 - lr l)          c = rho (1 - lr l)

    Complex roots have the modulus sqrt(c): the path oscillates, and shrinks no slower for it.

    Args:
        rule: the optimizer.
        eigenvalues: (n,), the curvatures of the quadratic, in any order.

    Returns:
        The rate; above 1 the run diverges. None for rules without such a theory, and for those whose
        hyperparameters change with the step.

    >>> convergence_rate(SGD(0.1), [1.0, 10.0])
    0.9
    >>> round(convergence_rate(best(Momentum, [1.0, 100.0]), [1.0, 100.0]), 6)
    0.818182

    Source: Polyak 1964; Lessard, Recht & Packard 2016, section 2.2.
    """
    numbers = _numbers(rule)
    if numbers is None:
        return None
    rate, rho = numbers
    left = 1 - rate * np.asarray(eigenvalues, dtype=np.float64)
    if isinstance(rule, Nesterov):
        b, c = (1 + rho) * left, rho * left
    else:
        b, c = left + rho, np.full_like(left, rho)
    spread = b**2 - 4 * c
    real = (np.abs(b) + np.sqrt(np.maximum(spread, 0))) / 2
    return float(np.max(np.where(spread < 0, np.sqrt(np.abs(c)), real)))


def stability_boundary(rule: Rule, eigenvalues: Numbers) -> float | None:
    r"""The learning rate above which the rule diverges on a quadratic, at its own momentum.

    gradient descent  2 / l
    heavy ball        2 (1 + rho) / l
    Nesterov          2 (1 + rho) / ((1 + 2 rho) l)        with l the largest eigenvalue

    Args:
        rule: the optimizer; its learning rate is not looked at.
        eigenvalues: (n,), the curvatures of the quadratic.

    Returns:
        The boundary: 0 where a curvature is negative, for no rate is stable there, and infinity where
        all are zero. None for rules without such a theory.

    >>> stability_boundary(Momentum(0.01, 0.9), [1.0, 10.0])
    0.38

    Source: Polyak 1964; Lessard, Recht & Packard 2016.
    """
    numbers = _numbers(rule)
    if numbers is None:
        return None
    rho = numbers[1]
    if np.min(eigenvalues) < 0:
        return 0.0
    widest = 2 * (1 + rho) / (1 + 2 * rho) if isinstance(rule, Nesterov) else 2 * (1 + rho)
    largest = np.max(eigenvalues)
    return float(widest / largest) if largest > 0 else np.inf


def best(kind: type[Rule], eigenvalues: Numbers) -> Rule | None:
    r"""The optimizer of one kind with the hyperparameters that converge fastest on a quadratic.

    With smallest and largest eigenvalue l and L, and k = L / l:

    gradient descent  lr = 2 / (l + L)                        rate (k - 1) / (k + 1)
    heavy ball        lr = (2 / (sqrt l + sqrt L))^2
                      rho = ((sqrt k - 1) / (sqrt k + 1))^2   rate (sqrt k - 1) / (sqrt k + 1)
    Nesterov          lr = 4 / (l + 3 L), q = sqrt(3 k + 1)
                      rho = (q - 2) / (q + 2)                 rate 1 - 2 / q

    The textbook's choice for Nesterov, lr = 1 / L and rho = (sqrt k - 1) / (sqrt k + 1), holds for every
    strongly convex loss; on a quadratic its rate is 1 - 1 / sqrt k, a little slower.

    Args:
        kind: `SGD`, `Momentum` or `Nesterov`.
        eigenvalues: (n,), the curvatures of the quadratic.

    Returns:
        An instance of `kind`, or None for other kinds and where a curvature is not positive.

    >>> best(SGD, [1.0, 3.0])
    SGD(learning_rate=0.5)

    Source: Lessard, Recht & Packard 2016, proposition 1.
    """
    low, high = float(np.min(eigenvalues)), float(np.max(eigenvalues))
    if kind not in KINDS or not low > 0:
        return None
    root = np.sqrt(high / low)
    if kind is SGD:
        return SGD(2 / (low + high))
    if kind is Momentum:
        rate = (2 / (np.sqrt(low) + np.sqrt(high))) ** 2
        return Momentum(float(rate), float(((root - 1) / (root + 1)) ** 2))
    root = np.sqrt(3 * high / low + 1)
    return Nesterov(4 / (low + 3 * high), float((root - 2) / (root + 2)))


def hessian_eigenvalues_at(loss: Loss, point: Numbers) -> np.ndarray:
    """The curvatures of a loss at one point: all eigenvalues of its Hessian, descending.

    Args:
        loss: a loss of one vector, as for `run`.
        point: (n,), with n small: the Hessian is dense.

    Returns:
        (n,) in double precision; not finite where the Hessian is not.

    >>> hessian_eigenvalues_at(lambda x: 50 * x[0]**2 + x[1]**2 / 2, np.zeros(2)).tolist()
    [100.0, 1.0]
    """
    with jax.enable_x64(True):
        x = jnp.asarray(point, jnp.float64)
        loss = as_pytree(loss, x)
        hessian = np.asarray(_hessian(jax.tree.structure(loss))(loss, x))
    if not np.all(np.isfinite(hessian)):
        return np.full(len(hessian), np.nan)
    return np.linalg.eigvalsh(hessian)[::-1]


@lru_cache(maxsize=256)
def _hessian(structure: Any) -> Any:
    """The compiled Hessian of one kind of loss; the least used kind is dropped."""
    return jax.jit(lambda loss, x: jax.hessian(loss)(x))


def predicted_rate(rule: Rule, loss: Loss, minimum: Numbers) -> float | None:
    """The rate theory promises near a minimum of any loss, from the Hessian there.

    Args:
        rule: the optimizer.
        loss: a loss of one vector.
        minimum: (n,), the minimum that the run reached.

    Returns:
        As `convergence_rate`; None for rules without such a theory, clipped and decayed ones among
        them, and where the loss is not curved upwards in every direction.

    >>> predicted_rate(SGD(0.1), lambda x: (x**2).sum(), np.zeros(2))
    0.8
    """
    if _numbers(rule) is None:
        return None
    eigenvalues = hessian_eigenvalues_at(loss, minimum)
    return convergence_rate(rule, eigenvalues) if np.min(eigenvalues) > 0 else None


def measured_rate(path: Trajectory, minimum: Numbers) -> float | None:
    """The factor by which the distance to a minimum shrank at each step, where the asymptote has set in.

    A line is fitted to the logarithm of the distance, over the last half of the steps that rounding
    does not blur (the distance is a thousand last digits, the step thirty). An oscillating path
    touches zero between its crests, so the line goes only through points that no later one exceeds.

    Args:
        path: a run of one vector of parameters.
        minimum: (n,), where it went.

    Returns:
        The rate, below 1; None for a run that did not halve its distance, or left too few points.

    >>> import landscape as ls
    >>> bowl = lambda x: 5 * (x**2).sum()
    >>> round(measured_rate(ls.run(ls.SGD(0.01), bowl, np.ones(2), steps=100), np.zeros(2)), 4)
    0.9
    """
    live = path.steps_recorded <= path.last
    step, point = path.steps_recorded[live], np.asarray(path.params, dtype=np.float64)[live]
    minimum = np.asarray(minimum, dtype=np.float64)
    number = np.finfo(path.params.dtype)
    distance = np.linalg.norm(point - minimum, axis=1)
    moved = np.linalg.norm(np.diff(point, axis=0), axis=1)
    sharp = distance[:-1] > 1e3 * (number.eps * np.linalg.norm(minimum) + number.tiny)
    sharp &= moved > 30 * number.eps * np.linalg.norm(point[:-1], axis=1)
    if not sharp.any():
        return None
    end = int(np.flatnonzero(sharp)[-1]) + 1
    step, distance = step[end // 2 : end], distance[:end]
    if distance[-1] > distance[0] / 2:
        return None
    distance = distance[end // 2 :]
    rises = np.diff(distance) > 0
    crests = np.flatnonzero(rises[:-1] & ~rises[1:]) + 1
    if len(crests) > 1 and len(step) - crests[-1] <= 1.5 * np.max(np.diff(crests)):
        step, distance = step[: crests[-1] + 1], distance[: crests[-1] + 1]  # the last dip goes to zero
    later = np.append(np.maximum.accumulate(distance[:0:-1])[::-1], 0)
    outer = distance > later
    if np.count_nonzero(outer) < 5:
        return None
    slope = np.polyfit(step[outer], np.log(distance[outer]), 1)[0]
    return float(np.exp(slope)) if slope < 0 else None


def _numbers(rule: Rule) -> tuple[float, float] | None:
    """Learning rate and momentum of a rule with a theory, if they stay what they are."""
    if not isinstance(rule, KINDS):
        return None
    fields = (rule.learning_rate, getattr(rule, "momentum", 0.0))
    if any(is_schedule(field) for field in fields):
        return None
    return float(fields[0]), float(fields[1])
