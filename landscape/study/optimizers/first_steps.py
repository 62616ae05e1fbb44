"""How long the steps of adaptive rules are on a slope that stays the same, and on one that turns round."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from jaxtyping import Float

from landscape.descent.rules.adam import Adam
from landscape.descent.rules.adaptive import AdaDelta, RMSProp
from landscape.study.optimizers.momentum import fed

STEADY, TURNED = 3000, 100
"""How many steps the slope lasts, and how many follow once it has turned round."""

Lengths = Float[np.ndarray, " steps"]


@dataclass(frozen=True, eq=False)
class Steps:
    """Signed lengths of steps, in units of the learning rate; positive is downhill at the beginning.

    Attributes:
        adam: Adam with bias correction.
        plain: Adam without.
        rmsprop: RMSProp with Adam's second decay.
        adadelta: Adadelta's own steps, which have no learning rate, by its eps.
    """

    adam: Lengths
    plain: Lengths
    rmsprop: Lengths
    adadelta: dict[float, Lengths]


def steps(gradient: float, b1: float, b2: float, eps: tuple[float, ...]) -> Steps:
    r"""Feed a constant gradient, and then its opposite, to each rule.

    Args:
        gradient: its size, > 0.
        b1: Adam's memory of gradients.
        b2: the memory of squared gradients, of Adam and of RMSProp.
        eps: Adadelta's, each > 0.

    >>> found = steps(1000.0, 0.9, 0.999, (1e-6,))
    >>> [round(float(lengths[0]), 3) for lengths in (found.adam, found.plain, found.rmsprop)]
    [1.0, 3.162, 31.623]
    >>> round(float(found.adadelta[1e-6][0]), 6)
    0.004472

    Source: Kingma & Ba 2015; Tieleman & Hinton 2012; Zeiler 2012.
    """
    gradients = np.full(STEADY + TURNED, float(gradient))
    gradients[STEADY:] *= -1
    adam: dict[str, Any] = {"learning_rate": 1.0, "b1": b1, "b2": b2}
    mean: dict[str, Any] = {"learning_rate": 1.0, "decay": b2}
    return Steps(
        adam=-fed(Adam(**adam), gradients)[0],
        plain=-fed(Adam(**adam, bias_correction=False), gradients)[0],
        rmsprop=-fed(RMSProp(**mean), gradients)[0],
        adadelta={e: -fed(_adadelta(e), gradients)[0] for e in eps},
    )


def _adadelta(eps: float) -> AdaDelta:
    fields: dict[str, Any] = {"eps": eps}
    return AdaDelta(**fields)
