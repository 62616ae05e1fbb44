"""What an optimizer is: a rule that receives the loss and moves the parameters one step."""

from abc import ABC, abstractmethod
from typing import Any, ClassVar, final

import jax
from jaxtyping import Array, Int

from landscape.core import tree
from landscape.core.types import Loss, Params

State = dict[str, Any]
"""A rule's memory, by the field's own words: velocity, square_sum, first_moment, count ..."""


class Rule(ABC):
    """An update rule: a frozen pytree whose leaves are its hyperparameters.

    Attributes:
        network_rate: a learning rate that suits the default network; None where batches give too little,
            as to a rule that needs the Hessian or a search along a line.
    """

    network_rate: ClassVar[float | None] = None

    @classmethod
    def usual(cls, rate: float, stride: float) -> dict[str, float]:
        """Hyperparameters to begin with on a surface of these two scales; the rest keep their defaults.

        Args:
            rate: for steps that follow the gradient's length, parameter units^2 per unit of loss.
            stride: for steps that normalise it, a length in parameter units.
        """
        return {}

    @abstractmethod
    def init(self, params: Params) -> State:
        """The memory before the first step."""

    @abstractmethod
    def step(self, loss: Loss, params: Params, state: State, key: Array | None) -> tuple[Params, State]:
        """The parameters and the memory after one step."""

    def evaluations(self, state: State) -> int | Int[Array, ""]:
        """What the step that led to `state` spent: gradients and losses computed, one each."""
        return 1

    def uneven(self) -> bool:
        """Whether one step may spend more evaluations than another."""
        return False

    def velocity(self, state: State) -> Params | None:
        """The decaying sum of steps in the memory that moves the parameters; None without one."""
        return None


class CountingRule(Rule):
    """A rule whose steps spend as they need: it counts in its memory, under "evaluations"."""

    @final
    def evaluations(self, state: State) -> int | Int[Array, ""]:
        return state["evaluations"]

    @final
    def uneven(self) -> bool:
        return True


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
    """A rule around a rule, in its field `rule`, whose memory is the inner one's."""

    rule: Rule

    @final
    def init(self, params: Params) -> State:
        return inner(self).init(params)

    def evaluations(self, state: State) -> int | Int[Array, ""]:
        return self.rule.evaluations(state)

    @final
    def uneven(self) -> bool:
        return self.rule.uneven()

    @final
    def velocity(self, state: State) -> Params | None:
        return self.rule.velocity(state)


class LossWrapper(Wrapper):
    """A rule around a rule that changes the loss the inner one sees, and nothing else."""

    @abstractmethod
    def view(self, loss: Loss) -> Loss:
        """The loss shown to the inner rule."""

    @final
    def step(self, loss: Loss, params: Params, state: State, key: Array | None) -> tuple[Params, State]:
        return self.rule.step(self.view(loss), params, state, key)
