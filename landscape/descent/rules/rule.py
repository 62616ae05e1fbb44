"""What an optimizer is: a rule that receives the loss and moves the parameters one step."""

from abc import abstractmethod
from typing import Any, final

import jax
from jaxtyping import Array, Int

from landscape.core import tree
from landscape.core.types import Loss, Params

State = dict[str, Any]
"""A rule's memory, by the field's own words: velocity, square_sum, first_moment, count ..."""


class Rule:
    """An update rule: a frozen pytree whose leaves are its hyperparameters."""

    @abstractmethod
    def init(self, params: Params) -> State:
        """The memory before the first step."""

    @abstractmethod
    def step(self, loss: Loss, params: Params, state: State, key: Array | None) -> tuple[Params, State]:
        """The parameters and the memory after one step."""

    def evaluations(self, state: State) -> int | Int[Array, ""]:
        """What the step that led to `state` spent: gradients and losses computed, one each."""
        return state.get("evaluations", 1)


class GradientRule(Rule):
    """A rule that needs nothing but the gradient at the current point."""

    @abstractmethod
    def direction(self, grad: Params, state: State, params: Params) -> tuple[Params, State]:
        """The update to add to the parameters, and the new memory."""

    @final
    def step(self, loss: Loss, params: Params, state: State, key: Array | None) -> tuple[Params, State]:
        update, state = self.direction(jax.grad(loss)(params), state, params)
        return tree.add(params, update), state


def inner(around: Any) -> Rule:
    """The rule inside another one; refused when something else is in its place."""
    if not isinstance(around.rule, Rule):
        name = type(around).__name__
        raise TypeError(f"{name} goes around a rule, as in {name}(SGD(0.1)); its first field is no rule")
    return around.rule


class Wrapper(Rule):
    """A rule around a rule: it changes the loss that the inner one sees."""

    rule: Rule

    @abstractmethod
    def view(self, loss: Loss) -> Loss:
        """The loss shown to the inner rule."""

    @final
    def init(self, params: Params) -> State:
        return inner(self).init(params)

    @final
    def step(self, loss: Loss, params: Params, state: State, key: Array | None) -> tuple[Params, State]:
        return self.rule.step(self.view(loss), params, state, key)

    def evaluations(self, state: State) -> int | Int[Array, ""]:
        return self.rule.evaluations(state)
