"""What does a loss curve say of its rate? Four real curves without their names, and one's own."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from landscape.figures.charts.series import Panel, Series, series
from landscape.lessons.experiment import Experiment, RenderContext
from landscape.lessons.pieces import Chart, Piece, Table
from landscape.lessons.settings import choice, number, read, seed, settings, switch
from landscape.problems.surfaces.quadratics import Parabola
from landscape.study.batches.shapes import BEHIND, GOOD, HIGH, TURNING, Ladder, fitted, labels, ladder, turned

STEPS = 500
RATES: Mapping[str, tuple[float, ...]] = {
    "network": (0.003, 0.03, 0.2, 0.5),
    "parabola": (0.001, 0.1, 0.199, 0.3),
}
LETTERS = "ABCD"
OWN, SLOTS = 1, (2, 3, 4, 5)
CURVATURE = 10.0
ROOM = 1.6  # the axis ends at so many times the loss at the start
BEYOND = 3.0


@settings
class Settings:
    problem: str = choice("network", "parabola")
    rate: float = number(0.01, 1e-3, 0.5, log=True)
    named: bool = switch(False)
    draw: int = seed()


@dataclass(frozen=True, eq=False)
class Result:
    """Five runs, the person's own last; what the rule calls each; the order in which four are lettered."""

    found: Ladder
    labels: list[str]
    order: np.ndarray


@lru_cache(maxsize=64)
def _runs(problem: str, rates: tuple[float, ...]) -> Ladder:
    if problem == "network":
        return fitted(np.array(rates), STEPS)
    return ladder(Parabola(CURVATURE), np.ones(1, np.float32), np.array(rates), STEPS)


def measure(s: Settings) -> Result:
    """Run the four rates and the chosen one with all examples in every step."""
    four, own = _runs(s.problem, RATES[s.problem]), _runs(s.problem, (s.rate,))
    both = zip(four, own, strict=True)
    found = Ladder(*(np.concatenate(parts) for parts in both))
    order = np.random.default_rng(s.draw).permutation(len(LETTERS))
    return Result(found, labels(found), order)


def show(s: Settings, r: Result, look: RenderContext) -> list[Piece]:
    steps = np.arange(STEPS + 1)
    top = ROOM * float(r.found.loss[0, 0])
    shown = [(f"{letter}", slot, k) for letter, slot, k in zip(LETTERS, SLOTS, r.order, strict=True)]
    shown.append((look("own"), OWN, len(LETTERS)))
    lines, rows = [], []
    for name, slot, k in shown:
        told = s.named or slot == OWN
        rate = look.n(float(r.found.rates[k]))
        called = f"{name}: {look(r.labels[k])}, η = {rate}" if told else name
        # What diverges leaves the picture at once, with a line that is seen to leave it.
        lines.append(Series(called, slot, steps, np.minimum(r.found.loss[k], BEYOND * top)))
        if told:
            row = [name, float(r.found.rates[k]), look(r.labels[k]), 100 * float(turned(r.found)[k])]
            rows.append([*row, float(r.found.loss[k, -1])])
    figure = series([Panel(look("loss"), lines, span=(0.0, top))], look("step"), look.theme, height=400)
    heads = [look("curve"), look("rate"), look("label"), look("turned"), look("end")]
    return [Chart(figure, look("alt")), Table(heads, rows, [slot for _, slot, _ in shown][-len(rows) :])]


def numbers(s: Settings, r: Result) -> dict[str, float | str]:
    lost = ~np.isfinite(r.found.loss[:, -1]) | (r.found.loss[:, -1] > r.found.loss[:, 0])
    end, network = float(r.found.loss[-1, -1]), _runs("network", RATES["network"])
    good, high = (network.loss[labels(network).index(label)] for label in (GOOD, HIGH))
    return {
        "rate": s.rate, "steps": STEPS, "turned": 100 * float(turned(r.found)[-1]), "most": 100 * TURNING,
        "behind": BEHIND, "best": float(r.found.loss[~lost, -1].min()), "start": float(r.found.loss[-1, 0]),
        "end": f"{end:.3g}" if np.isfinite(end) else "∞",
        "rise": float(high.max() / high[0]), "rise_step": int(high.argmax()), "high_end": float(high[-1]),
        "good_end": float(good[-1]),
    }  # fmt: skip


@lru_cache(maxsize=1)
def answer() -> int:
    """Which letter the good rate of the network has at first."""
    found = measure(read(Settings, {}))
    return [found.labels[k] for k in found.order].index(GOOD)


EXPERIMENT = Experiment("shapes", Settings, measure, show, rows=("S3-30",), numbers=numbers, answer=answer)
