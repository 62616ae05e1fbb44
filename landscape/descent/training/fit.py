"""What training leaves behind: the solution, the thinned way to it, and how it went along the way."""

from typing import Any

import jax
import numpy as np

from landscape.core.types import Params, Status, pytree, static
from landscape.descent.trajectory import Trajectory
from landscape.problems.networks.network import Network


@pytree
class History:
    """What was measured at each record of a training, as NumPy arrays.

    Losses and accuracies are those of the whole split in evaluation mode (nothing dropped, batch norm by
    its running statistics). What is known of the layers was measured on the same examples every time.

    Attributes:
        step: (records,), the steps taken before each.
        train_loss, validation_loss: (records,).
        train_accuracy, validation_accuracy: (records,), shares; NaN for a regression.
        gradient_norm, weight_norm: (records, layers), of each layer's weights, the output layer last.
        activation_mean, activation_std: (records, hidden layers), over units and examples.
        dead: (records, hidden layers), the share of units that say the same for every example.
    """

    step: np.ndarray
    train_loss: np.ndarray
    validation_loss: np.ndarray
    train_accuracy: np.ndarray
    validation_accuracy: np.ndarray
    gradient_norm: np.ndarray
    weight_norm: np.ndarray
    activation_mean: np.ndarray
    activation_std: np.ndarray
    dead: np.ndarray


@pytree
class Fit:
    """One trained network.

    Attributes:
        params: the solution: the last finite parameters, or the best ones with early stopping.
        statistics: running statistics of batch norm that go with them; None without.
        path: the way there: parameters thinned to a byte budget, the batch's loss and gradient norm before
            every step, and on the first batch once more after the last.
        history: what was measured along the way.
        network: the network that was trained.
        best: the step of the lowest validation loss.
        stopped: the step at which early stopping ended the run, or None.
        complete: whether it came to its planned end, or to its early stop.
    """

    params: Params
    statistics: Any
    path: Trajectory
    history: History
    network: Network
    best: int = static(0)
    stopped: int | None = static(None)
    complete: bool = static(True)

    @property
    def status(self) -> Status:
        """Moving, converged or diverged."""
        return self.path.status

    @property
    def steps(self) -> int:
        """The number of steps taken."""
        return self.path.steps


def point_of(given: Any) -> Params:
    """The point that a fit or a trajectory stands for; parameters as they are."""
    if isinstance(given, Trajectory):
        return jax.tree.map(lambda leaf: leaf[-1], rows_of(given))
    return given.params if isinstance(given, Fit) else given


def rows_of(path: Trajectory | Fit) -> Params:
    """The parameters along a path, as a tree of (rows, ...) arrays.

    A run that became non-finite stands still from its last finite point on: only the first such row is
    part of its path.
    """
    path = path.path if isinstance(path, Fit) else path
    live = int(np.searchsorted(path.steps_recorded, path.last)) + 1
    return jax.tree.map(lambda leaf: leaf[:live], path.params)
