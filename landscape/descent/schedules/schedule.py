"""What a schedule is, and how the loop puts a schedule's value where the rule expects a number."""

from abc import ABC, abstractmethod
from typing import Any

import jax
from jaxtyping import Array, Int

from landscape.core.types import Scalar


class Schedule(ABC):
    """A hyperparameter that changes with the step; put it in any field of a rule."""

    def init(self) -> Any:
        """The memory before the first step: nothing, unless the schedule watches the loss."""
        return ()

    def update(self, state: Any, loss: Scalar) -> Any:
        """The memory after seeing the loss at the current point."""
        return state

    @abstractmethod
    def __call__(self, step: Int[Array, ""], state: Any = ()) -> Scalar:
        """The value for the step taken after `step` earlier ones (0 for the first)."""


def is_schedule(node: Any) -> bool:
    """Whether a node of a rule's tree is a schedule (the outermost one counts)."""
    return isinstance(node, Schedule)


def init_schedules(rule: Any) -> list[Any]:
    """The memory of every schedule inside a rule, in tree order."""
    return [node.init() for node in jax.tree.leaves(rule, is_leaf=is_schedule) if is_schedule(node)]


def resolve(rule: Any, step: Int[Array, ""], states: list[Any], loss: Scalar) -> tuple[Any, list[Any]]:
    """The rule with every schedule replaced by its value at `step`, and the schedules' new memory."""
    nodes, treedef = jax.tree.flatten(rule, is_leaf=is_schedule)
    memory, values, states = iter(states), [], []
    for node in nodes:
        if is_schedule(node):
            states.append(node.update(next(memory), loss))
            node = node(step, states[-1])
        values.append(node)
    return jax.tree.unflatten(treedef, values), states
