"""Pairs of trainings that differ in one thing, for their landscapes side by side; the tests train them."""

from landscape.presets.trainings import ADAM, SGD
from landscape.scenario.training import Net, Training

DEEP = Net(hidden=(64,) * 8, activation="sigmoid", initializer="xavier_normal")
SHORT = Net(hidden=(64,) * 3, activation="sigmoid", initializer="xavier_normal")
BRISK = SGD.with_rate(0.2)

PAIRS: dict[str, tuple[Training, Training]] = {
    # Eight sigmoid layers: Adam stays on a plateau; with a shortcut around each it finds a valley.
    "skip": (
        Training(network=DEEP, epochs=30, runners=(ADAM,)),
        Training(network=DEEP.replace(skip=True), epochs=30, runners=(ADAM,)),
    ),
    # As many steps with either, through batches of 8 and of all examples: small ones end in a flatter place.
    "batch": (
        Training(batch_size=8, epochs=20, runners=(BRISK,)),
        Training(batch_size=0, epochs=3_580, runners=(BRISK,)),
    ),
    # Three layers: ReLU ends a hundred times lower, between steeper walls.
    "activation": (
        Training(network=SHORT, runners=(ADAM,)),
        Training(network=SHORT.replace(activation="relu", initializer="he_normal"), runners=(ADAM,)),
    ),
}
