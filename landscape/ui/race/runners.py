"""The optimizers in the race, with a fair race for all of them."""

from landscape.scenario import Scenario
from landscape.ui.page.session import race
from landscape.ui.race import fair, moves
from landscape.ui.runners import cards


def runners() -> None:
    """The cards, and the fair race that tunes them all."""
    cards.runners(cards.RunnersPanel(race, moves.presets, action=fair.button, under=under))


def under(scenario: Scenario, asked: bool) -> None:
    """The progress of the tuning, and what it found."""
    if asked:
        fair.tune(scenario)
    fair.report(scenario)
