"""What stops a training, a local minimum or a saddle? The eigenvalues of the whole Hessian say it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import jax
import numpy as np

from landscape.core.progress import Progress
from landscape.figures.charts.series import INK, Mark, Panel, Series, series
from landscape.lessons.experiment import Experiment, RenderContext
from landscape.lessons.pieces import Chart, Piece, Table
from landscape.lessons.settings import choice, number, seed, settings, whole
from landscape.study.sharpness.hessian_index import (
    FLOOR,
    Descents,
    descents,
    eigenvalues_at,
    line_loss,
    moon_targets,
    tanh_network,
)

ZEROS = "0"
DOWN = 3
VISIBLE = (-0.12, 0.3)  # eigenvalues: those near zero; the others lie far above and, at the start, below
STILL = 0.9  # the plateau is left where the loss falls under this share of the line's


@settings
class Settings:
    start: str = choice("0.01", ZEROS, "0.1", "1")
    hidden: int = whole(5, 3, 5, 8)
    rate: float = number(0.25, 0.05, 1.0, log=True)
    draw: int = seed()


@dataclass(frozen=True, eq=False)
class Result:
    """Trainings from several starts, and the Hessian where all weights are zero."""

    found: Descents
    slope: float
    zeros: np.ndarray
    line: float

    @property
    def left(self) -> np.ndarray:
        """(runs,), the step at which each training has left the plateau; the last step if it has not."""
        below = self.found.loss < STILL * self.line
        below[:, -1] = True
        return self.found.step[below.argmax(axis=1)]


def measure(s: Settings, progress: Progress) -> Result:
    """Train from every start; look at all eigenvalues along the way, and at zero."""
    found = descents(s.hidden, float(s.start), s.rate, seed=s.draw, progress=progress)
    return Result(found, *at_zero(s.hidden), line_loss())


@lru_cache(maxsize=8)
def at_zero(hidden: int) -> tuple[float, np.ndarray]:
    """The gradient's norm and the eigenvalues where all weights are zero."""
    network = tanh_network(hidden)
    shapes = jax.eval_shape(lambda key: network.init(key, moon_targets()), jax.random.key(0))
    return eigenvalues_at(network, jax.tree.map(lambda leaf: np.zeros(leaf.shape, leaf.dtype), shapes))


def show(s: Settings, r: Result, look: RenderContext) -> list[Piece]:
    found = r.found
    runs = range(1, len(found.loss) + 1)
    down = found.share * found.eigenvalues.shape[-1]
    losses = [Series(look("run").format(k=k), k, found.step, found.loss[k - 1]) for k in runs]
    counts = [Series(look("run").format(k=k), k, found.step, down[k - 1]) for k in runs]
    panels = [
        Panel(look("loss"), losses, marks=[Mark(r.line, look("line"), "y")]),
        Panel(look("down"), counts, span=(-0.3, float(down.max()) + 0.7)),
    ]
    fan = [
        Series(look(name), slot, found.step, np.where((values < -FLOOR) == below, values, np.nan))
        for name, slot, below in (("rising", INK, False), ("falling", DOWN, True))
        for values in found.eigenvalues[0].T
    ]
    spectrum = Panel(look("value"), fan, span=VISIBLE)
    return [
        Chart(series(panels, look("step"), look.theme, height=430), look("alt")),
        Chart(series([spectrum], look("step"), look.theme, height=320), look("alt_fan"), look("fan_title")),
    ]


def numbers(s: Settings, r: Result) -> dict[str, float | str]:
    down = r.found.share * r.zeros.size
    return {
        "n": r.zeros.size, "hidden": s.hidden, "line": r.line, "left": float(np.median(r.left)),
        "slope": r.slope, "zero_down": int((r.zeros < -FLOOR).sum()), "zero_up": int((r.zeros > FLOOR).sum()),
        "end": float(np.median(down[:, -1])), "steps": int(r.found.step[-1]),
        "loss": float(np.median(r.found.loss[:, -1])),
    }  # fmt: skip


def tables(s: Settings, r: Result, look: RenderContext) -> Mapping[str, Table]:
    halfway = [int(np.argmin(abs(r.found.step - left / 2))) for left in r.left]
    places = {
        "zero": r.zeros[None],
        "plateau": np.stack([values[at] for values, at in zip(r.found.eigenvalues, halfway, strict=True)]),
        "end": r.found.eigenvalues[:, -1],
    }
    rows = [
        [look(name), _median(values < -FLOOR), _median(values > FLOOR)] for name, values in places.items()
    ]
    return {"S3-09": Table([look("where"), "λ < 0", "λ > 0"], rows)}


def _median(found: np.ndarray) -> float:
    """How many directions, in the median of the runs."""
    return float(np.median(found.sum(axis=-1)))


def answer(progress: Progress | None = None) -> int:
    """What lies where the loss stands still, by its eigenvalues: 0 a minimum, 1 a saddle, 2 a plain."""
    found = descents(5, 0.01, 0.25, progress=progress)
    halfway = int(np.argmin(abs(found.step - Result(found, 0.0, np.zeros(0), line_loss()).left[0] / 2)))
    values = found.eigenvalues[0, halfway]
    if np.all(abs(values) < FLOOR):
        return 2
    return int(values[0] < -FLOOR)


EXPERIMENT = Experiment(
    "ways_down",
    Settings,
    measure,
    show,
    rows=("S3-09",),
    numbers=numbers,
    tables=tables,
    answer=answer,
    long=True,
)
