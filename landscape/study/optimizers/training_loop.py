"""The training loop written out on a parabola, as it should be and with one line wrong."""

import numpy as np
from jaxtyping import Float


def training_loop(
    rate: float,
    momentum: float,
    curvature: float,
    steps: int,
    *,
    reset: bool = True,
    sign: int = -1,
    start: float = 1.0,
) -> Float[np.ndarray, " rows"]:
    r"""Run zero_grad, backward and step on $f = \frac{\lambda}{2} x^2$, line by line.

    Args:
        rate: the learning rate.
        momentum: $\rho$; 0 is plain gradient descent.
        curvature: $\lambda$.
        steps: how many rounds.
        reset: whether the gradient of the round before is set to zero, as zero_grad does.
        sign: of the step; 1 climbs.
        start: x at first.

    >>> training_loop(0.1, 0.0, 1.0, 2).round(3).tolist()
    [1.0, 0.9, 0.81]
    >>> training_loop(0.1, 0.0, 1.0, 2, reset=False).round(3).tolist()
    [1.0, 0.9, 0.71]
    """
    x, gradient, velocity = start, 0.0, 0.0
    path = [x]
    for _ in range(steps):
        if reset:
            gradient = 0.0
        gradient += curvature * x
        velocity = momentum * velocity + gradient
        x += sign * rate * velocity
        path.append(x)
    return np.array(path, np.float64)
