"""Rules that use curvature: Newton's, from the Hessian, and L-BFGS, from how gradients changed."""

import jax
import jax.numpy as jnp
from jax import lax
from jax.flatten_util import ravel_pytree
from jaxtyping import Array, Float

from landscape.core import tree
from landscape.core.types import Loss, Params, Scalar, hyper, pytree, static
from landscape.descent.rules.line_search import armijo
from landscape.descent.rules.rule import CountingRule, State


@pytree
class Newton(CountingRule):
    r"""Newton's method: jump to the stationary point of the local quadratic model.

    x <- x - lr * (H + damping * I)^-1 g

    Undamped it goes to the nearest stationary point of any kind, saddles and maxima too; this is
    shown as it is. Damping above minus the lowest eigenvalue turns every step downhill, and a large
    one makes it gradient descent with the rate lr / damping. Where the matrix is singular the run
    stops. The Hessian is dense: n more gradients for n parameters, and n^2 numbers.

    Args:
        learning_rate: the share of the jump taken, > 0; 1 is Newton's.
        damping: added to the diagonal of the Hessian, >= 0 (units of curvature).

    >>> import landscape as ls, numpy as np
    >>> path = ls.run(ls.Newton(), lambda x: 50 * x[0]**2 + x[1]**2 / 2, np.ones(2), steps=1)
    >>> path.params[-1].tolist(), path.evaluations.tolist()
    ([0.0, 0.0], [0, 3])

    Source: Nocedal & Wright 2006, section 3.3; damping: Levenberg 1944, Goldfeld et al. 1966.
    """

    learning_rate: float = hyper(1.0, 1e-3, 2.0, log=True, symbol=r"\eta", within="[0, inf)")
    damping: float = hyper(0.0, 0.0, 100.0, log=True, symbol=r"\mu", within="[0, inf)")

    def init(self, params: Params) -> State:
        return {"evaluations": jnp.int32(0)}

    def step(self, loss: Loss, params: Params, state: State, key: Array | None) -> tuple[Params, State]:
        x, unravel = ravel_pytree(params)
        gradient = jax.grad(lambda x: loss(unravel(x)))
        hessian = jax.jacfwd(gradient)(x) + self.damping * jnp.eye(x.size, dtype=x.dtype)
        jump = jnp.linalg.solve(hessian, gradient(x))
        return unravel(x - self.learning_rate * jump), {"evaluations": jnp.int32(x.size + 1)}


@pytree
class LBFGS(CountingRule):
    r"""L-BFGS: a quasi-Newton step from the last few displacements and changes of the gradient.

    x <- x - a * H g,  a by backtracking from lr

    H is built by the two-loop recursion from pairs s = x' - x, y = g' - g; a pair with s.y <= 0 is
    left out, so H stays positive definite and every step goes downhill. Before the first pair H is
    1 / max(1, |g|). torch.optim.LBFGS takes the full step unless asked to search; Optax searches for
    the strong Wolfe conditions.

    Args:
        learning_rate: the longest step tried, > 0; 1 is the quasi-Newton step.
        memory_size: how many pairs are kept.
        max_backtracking_steps: the most trials of the search; when none passes the point stays.

    >>> import landscape as ls, numpy as np
    >>> path = ls.run(ls.LBFGS(), lambda x: 50 * x[0]**2 + x[1]**2 / 2, np.ones(2), steps=30)
    >>> bool(path.loss[-1] < 1e-10)
    True

    Source: Liu & Nocedal 1989; Nocedal & Wright 2006, algorithm 7.4.
    """

    learning_rate: float = hyper(1.0, 1e-3, 2.0, log=True, symbol=r"\eta", within="[0, inf)")
    memory_size: int = static(10)
    max_backtracking_steps: int = static(30)

    def init(self, params: Params) -> State:
        x = jnp.zeros_like(ravel_pytree(params)[0])
        pairs = jnp.zeros((self.memory_size, x.size), x.dtype)
        return {
            "displacements": pairs,
            "gradient_changes": pairs,
            "previous_params": x,
            "previous_gradient": x,
            "count": jnp.int32(0),
            "evaluations": jnp.int32(0),
        }

    def step(self, loss: Loss, params: Params, state: State, key: Array | None) -> tuple[Params, State]:
        x, unravel = ravel_pytree(params)
        along = lambda x: loss(unravel(x))  # noqa: E731
        value, grad = jax.value_and_grad(along)(x)
        s, y = x - state["previous_params"], grad - state["previous_gradient"]
        curved = tree.unit(s) @ tree.unit(y) > jnp.finfo(x.dtype).eps
        keep = curved & (state["count"] > 0)
        displacements = jnp.where(keep, _push(state["displacements"], s), state["displacements"])
        changes = jnp.where(keep, _push(state["gradient_changes"], y), state["gradient_changes"])
        direction = -two_loop(grad, displacements, changes)
        falls = tree.unit(grad) @ tree.unit(direction)
        direction = jnp.where(falls < 0, direction, -grad)  # against rounding
        slope = tree.norm(grad) * jnp.where(falls < 0, falls, -1)
        length, trials = armijo(
            along,
            x,
            value,
            direction,
            slope,
            tree.norm(direction),
            first=self.learning_rate,
            slope_rtol=1e-4,
            decrease_factor=0.5,
            trials=self.max_backtracking_steps,
        )
        return unravel(x + length * direction), {
            "displacements": displacements,
            "gradient_changes": changes,
            "previous_params": x,
            "previous_gradient": grad,
            "count": state["count"] + 1,
            "evaluations": 1 + trials,
        }


def _push(rows: Float[Array, "m n"], row: Float[Array, " n"]) -> Float[Array, "m n"]:
    """Drop the oldest row and append the newest."""
    return jnp.concatenate([rows[1:], row[None]])


def two_loop(grad: Float[Array, " n"], s: Float[Array, "m n"], y: Float[Array, "m n"]) -> Float[Array, " n"]:
    """The quasi-Newton direction H g from m pairs, the newest last; rows of zeros are no pairs.

    >>> import jax.numpy as jnp
    >>> two_loop(jnp.array([8.0]), jnp.array([[0.5]]), jnp.array([[2.0]])).tolist()
    [2.0]
    """
    bare = 1 / jnp.maximum(1, tree.norm(grad))
    # In units in which nothing squared leaves the range: H has the unit of s over that of y.
    far, steep, size = tree.magnitude(s), tree.magnitude(y), tree.magnitude(grad)
    s, y, grad = s / far, y / steep, grad / size
    products = jnp.sum(s * y, axis=1)
    inverse = jnp.where(products > 0, 1 / jnp.where(products > 0, products, 1), 0)

    def back(q: Float[Array, " n"], pair: tuple) -> tuple[Float[Array, " n"], Scalar]:
        s, y, r = pair
        a = r * (s @ q)
        return q - a * y, a

    def forth(q: Float[Array, " n"], pair: tuple) -> tuple[Float[Array, " n"], None]:
        s, y, r, a = pair
        return q + (a - r * (y @ q)) * s, None

    q, a = lax.scan(back, grad, (s, y, inverse), reverse=True)
    newest = y[-1] @ y[-1]
    known = newest > 0
    q = jnp.where(known, products[-1] / jnp.where(known, newest, 1), bare) * q
    found = lax.scan(forth, q, (s, y, inverse, a))[0]
    return jnp.where(known, far / steep, 1) * size * found
