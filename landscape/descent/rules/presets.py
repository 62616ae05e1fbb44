"""What every rule begins with on a surface: from the surface's two scales, and its own exceptions."""

from landscape.descent.rules.registry import OPTIMIZERS
from landscape.problems.surfaces.surface import Surface

Presets = dict[str, dict[str, float]]


def presets(surface: Surface) -> Presets:
    """Hyperparameters by rule that make progress from the surface's own start.

    What is left out keeps the rule's default. A wrapper's learning rate is that of the gradient descent it
    goes around.

    >>> from landscape.problems.surfaces.registry import SURFACES
    >>> presets(SURFACES["ravine"])["momentum"]
    {'learning_rate': 0.02, 'momentum': 0.9}
    """
    scales = surface.scales
    return {
        name: kind.usual(scales.rate, scales.stride) | scales.tuned.get(name, {})
        for name, kind in OPTIMIZERS.items()
    }
