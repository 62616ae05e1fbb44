"""Pictures whose trustworthiness is known: bowls in twelve dimensions, cut by a plane along random axes."""

import jax
import jax.numpy as jnp
import numpy as np

import landscape as ls
from landscape.core.types import Status, hyper, pytree
from landscape.geometry.planes.plane import Plane
from landscape.geometry.trusting.trust import trust

N = 12
AXES = np.linalg.qr(np.random.default_rng(5).normal(size=(N, N)))[0].astype(np.float32)


@pytree
class Bowl:
    """f = k |x|^2 / 2 + floor."""

    k: float = hyper(1.0)
    floor: float = hyper(0.0)

    def __call__(self, x):
        return self.k * jnp.sum(x**2) / 2 + self.floor


def trajectory(rows, last=None):
    """A path through the given points, one each step."""
    steps = len(jax.tree.leaves(rows)[0])
    losses = np.zeros(steps, np.float32)
    end = steps - 1 if last is None else last
    status = Status.MOVING if last is None else Status.DIVERGED
    return ls.Trajectory(rows, {}, {}, losses, losses, losses, 1, end, status)


def plane(kind="pca", center=None, **facts):
    """The plane along the first two of the random axes, each step twice as long."""
    origin = np.zeros(N, np.float32) if center is None else center
    return Plane(origin, (2 * AXES[0], 2 * AXES[1]), kind=kind, **facts)


def picture(loss, where=None, span=1.0, points=21, **options):
    """The trust in a picture of a loss."""
    where = plane() if where is None else where
    return trust(ls.evaluate(loss, where, span=span, points=points), loss, **options)
