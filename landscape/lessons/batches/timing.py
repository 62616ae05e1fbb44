"""What does the machine gain from batches? A loop in Python against one compiled call, on the clock."""

from dataclasses import dataclass

import numpy as np

from landscape.core.progress import Progress
from landscape.figures.charts.series import Mark, Panel, Series, series
from landscape.lessons.experiment import Experiment, RenderContext
from landscape.lessons.pieces import Chart, Piece, Table
from landscape.lessons.settings import seed, settings, whole
from landscape.study.batches.timing import Race, race

LOOP, SLOTS = 3, (2, 4)


@settings
class Settings:
    samples: int = whole(2048, 64, 256, 1024, 2048, 8192)
    weights: int = whole(10, 10, 100, 1000)
    again: int = seed()


@dataclass(frozen=True, eq=False)
class Result:
    """The times, by size."""

    race: Race


def measure(s: Settings, progress: Progress) -> Result:
    """Time both here and now."""
    return Result(race(s.samples, s.weights, s.again, progress))


def show(s: Settings, r: Result, look: RenderContext) -> list[Piece]:
    lines = [Series(look("loop"), LOOP, r.race.sizes, r.race.loop)]
    calls = zip(r.race.call.items(), SLOTS, strict=False)
    lines += [Series(look("call").format(device=name), slot, r.race.sizes, y) for (name, y), slot in calls]
    dispatch = float(r.race.call["CPU"][0])
    panel = Panel(look("seconds"), lines, True, [Mark(dispatch, look("dispatch"), "y")])
    rows = [
        [look("plain"), _milli(r.race.plain * r.race.sizes[-1]), _micro(r.race.plain)],
        [look("loop"), _milli(r.race.loop[-1]), _micro(r.race.loop[-1] / r.race.sizes[-1])],
    ]
    for name, times in r.race.call.items():
        each = times[-1] / r.race.sizes[-1]
        rows.append([look("call").format(device=name), _milli(times[-1]), _micro(each)])
    title = look("table").format(n=look.n(int(r.race.sizes[-1])))
    figure = series([panel], look("samples"), look.theme, log=True, height=360)
    return [
        Chart(figure, look("alt"), look("title")),
        Table([look("way"), look("all"), look("each")], rows, (1, LOOP, *SLOTS)[: len(rows)], title),
    ]


def _milli(seconds: float) -> float:
    return float(f"{1e3 * float(seconds):.3g}")


def _micro(seconds: float) -> float:
    return float(f"{1e6 * float(seconds):.3g}")


def numbers(s: Settings, r: Result) -> dict[str, float | str]:
    t, cpu = r.race, r.race.call["CPU"]
    count = int(t.sizes[-1])
    return {
        "samples": count, "weights": s.weights, "device": ", ".join(t.call), "loop": _milli(t.loop[-1]),
        "call": _milli(cpu[-1]), "ratio": float(t.loop[-1] / cpu[-1]), "apart": t.apart,
        "dispatch": _micro(cpu[0]), "one": _micro(t.loop[0]),
        "growth": float(cpu[-1] / cpu[0]), "longer": float(t.plain * count / t.loop[-1]),
        "smallest": float(np.min(t.loop / cpu)), "largest": float(np.max(t.loop / cpu)),
    }  # fmt: skip


EXPERIMENT = Experiment("timing", Settings, measure, show, rows=("S1-26",), numbers=numbers, long=True)
