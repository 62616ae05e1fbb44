"""Trainings of one click, each built to show one thing; the tests run them and check that it shows."""

from typing import Any

from landscape.scenario import Runner
from landscape.scenario.training import Data, Net, Training


def runner(slot: int, rule: str, learning_rate: float, **fields: Any) -> Runner:
    """A runner named after its slot."""
    return Runner(id=f"r{slot}", rule=rule, fields={"learning_rate": learning_rate, **fields}, slot=slot)


SGD, MOMENTUM, ADAM = (
    runner(1, "sgd", 0.1),
    runner(2, "momentum", 0.03, momentum=0.9),
    runner(6, "adam", 0.003),
)

TRAININGS: dict[str, Training] = {
    # Handwritten digits: Adam is quickest, and all three end as good.
    "default": Training(runners=(SGD, MOMENTUM, ADAM)),
    # Two half moons: the boundary bends while one watches.
    "moons": Training(
        data=Data(name="moons"),
        network=Net(hidden=(16, 16)),
        batch_size=32,
        epochs=100,
        runners=(SGD, MOMENTUM, ADAM),
    ),
    # Two spirals need depth: momentum and Adam separate them while plain descent is still far from it.
    "spirals": Training(
        data=Data(name="spirals"),
        network=Net(hidden=(32, 32, 32), activation="tanh", initializer="xavier_normal"),
        batch_size=32,
        epochs=100,
        runners=(SGD, MOMENTUM, runner(6, "adam", 0.01)),
    ),
    # Six sigmoid layers: the first layers' gradients are a hundred times smaller than the last's.
    "vanishing": Training(
        network=Net(hidden=(64,) * 6, activation="sigmoid", initializer="xavier_normal"),
        runners=(SGD, MOMENTUM, ADAM),
    ),
    # The same network with batch norm learns at once.
    "batch_norm": Training(
        network=Net(
            hidden=(64,) * 6, activation="sigmoid", initializer="xavier_normal", normalization="batch"
        ),
        runners=(SGD, MOMENTUM, ADAM),
    ),
    # A regression: ten times the rate is restless, thirty times is not a number after a few steps.
    "blows_up": Training(
        data=Data(name="diabetes"),
        batch_size=32,
        epochs=60,
        runners=(runner(1, "sgd", 0.01), runner(2, "sgd", 0.1), runner(3, "sgd", 0.3)),
    ),
}
