"""The rules that the lesson compares, each with its slot; a slot belongs to a rule throughout the lesson."""

from typing import Any

from landscape.descent.rules.registry import OPTIMIZERS
from landscape.descent.rules.rule import Rule

SLOTS = {"sgd": 1, "momentum": 2, "nesterov": 3, "adagrad": 4, "rmsprop": 5, "adam": 6, "adadelta": 7}


def rule(name: str, **fields: Any) -> Rule:
    """A rule by its name in the registry, with some of its hyperparameters set.

    >>> rule("sgd", learning_rate=0.5)
    SGD(learning_rate=0.5)
    """
    return OPTIMIZERS[name](**fields)
