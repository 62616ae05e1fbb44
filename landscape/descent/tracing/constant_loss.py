"""A loss that its parameters do not reach: legal, and almost always a mistake."""

import warnings

from landscape.core.jax_inside import Jaxpr, used_inputs


class ConstantLoss(UserWarning):
    """A loss that does not depend on its parameters."""


def warn_if_constant(program: Jaxpr) -> None:
    """Say so where no parameter has a part in a traced loss.

    An iterator over batches that the loss empties the first time it is called leaves such a loss behind,
    and a copy of the parameters that it captured instead of taking them.

    Warns:
        ConstantLoss: when no input of the program reaches its output.
    """
    if not any(used_inputs(program)):
        text = (
            "the loss does not depend on its parameters: it is a constant. Does it read an iterator that is "
            "used up, or parameters that it captured?"
        )
        warnings.warn(text, ConstantLoss, stacklevel=4)
