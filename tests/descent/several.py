"""Several surfaces as one loss: a rule's program is traced once for all of them, not once for each."""

from collections.abc import Iterable

import jax.numpy as jnp
from jax import lax

from landscape.core.types import Params, Scalar, hyper, pytree, static
from landscape.problems.surfaces.registry import SURFACES


@pytree
class OneOf:
    """The surface `names[which]`; which one it is is a number, and a new number does not recompile."""

    names: tuple[str, ...] = static()
    which: int = hyper()

    def __call__(self, x: Params) -> Scalar:
        return lax.switch(jnp.int32(self.which), [SURFACES[name] for name in self.names], x)


def one_of(names: Iterable[str], name: str) -> OneOf:
    """One surface of several, of which those with as many parameters share its program.

    >>> import numpy as np
    >>> both = ("bowl", "rosenbrock")
    >>> bool(one_of(both, "rosenbrock")(np.ones(2)) == 0)
    True
    """
    size = len(SURFACES[name].start)
    peers = tuple(n for n in names if len(SURFACES[n].start) == size)
    return OneOf(peers, peers.index(name))
