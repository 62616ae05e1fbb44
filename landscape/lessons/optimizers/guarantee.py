"""What does Nesterov's method guarantee? A bound for every smooth convex loss, and none for a network."""

from dataclasses import dataclass

import numpy as np

from landscape.figures.charts.series import INK, Panel, Series, series
from landscape.lessons.experiment import Experiment, RenderContext
from landscape.lessons.optimizers.rules import SLOTS
from landscape.lessons.pieces import Chart, Piece
from landscape.lessons.settings import choice, number, read, seed, settings
from landscape.study.optimizers.guarantee import STEPS, Race, ahead, convex, network

TOP = 1e4  # beyond it a run counts as lost


@settings
class Settings:
    kind: str = choice("convex", "network")
    condition: float = number(1000.0, 10.0, 10_000.0, log=True)
    scale: float = number(1.0, 0.25, 2.0, log=True)
    draw: int = seed(1)


@dataclass(frozen=True, eq=False)
class Result:
    """The race that is shown, and both for the prose."""

    shown: Race
    convex: Race
    network: Race


def measure(s: Settings) -> Result:
    """Run Nesterov's schedule and plain descent on both losses."""
    bowl, net = convex(s.condition, s.scale), network(s.draw, s.scale)
    return Result(bowl if s.kind == "convex" else net, bowl, net)


def show(s: Settings, r: Result, look: RenderContext) -> list[Piece]:
    names, steps = look.section("rule"), np.arange(1, STEPS + 1)
    lines = [
        Series(names[f"{name}.short"], SLOTS[name], steps, np.where(losses < TOP, losses, np.nan))
        for name, losses in (("nesterov", r.shown.nesterov), ("sgd", r.shown.descent))
    ]
    if r.shown.bound is not None:
        lines.append(Series(look("bound"), INK, steps, r.shown.bound, "theory"))
    figure = series([Panel(look("loss"), lines, True)], look("step"), look.theme, log=True, height=420)
    return [Chart(figure, look("alt"), look(f"title_{s.kind}"))]


def numbers(s: Settings, r: Result) -> dict[str, float | str]:
    assert r.convex.bound is not None
    found = {
        "share": r.convex.share, "nesterov": float(r.convex.nesterov[-1]),
        "descent": float(r.convex.descent[-1]), "net": float(r.network.nesterov[-1]),
        "net_descent": float(r.network.descent[-1]), "net_lowest": float(np.nanmin(r.network.nesterov)),
    }  # fmt: skip
    other = int(np.argmin(ahead()))
    found |= {
        "other_net": float(network(other).nesterov[-1]), "other_descent": float(network(other).descent[-1]),
        "other_lowest": float(network(other).nesterov.min()),
    }  # fmt: skip
    told = {name: value if value < TOP else "∞" for name, value in found.items()}
    return told | {
        "steps": STEPS, "smoothness": s.condition, "rate": s.scale / s.condition,
        "promised": float(r.convex.bound[-1]), "draws": len(ahead()), "ahead": int(ahead().sum()),
        "other": other,
    }  # fmt: skip


def answer() -> int:
    """Who has the lower loss in the end on the network that is shown at first: Nesterov or plain descent."""
    found = network(read(Settings, {}).draw)
    return int(found.descent[-1] < found.nesterov[-1])


EXPERIMENT = Experiment("guarantee", Settings, measure, show, rows=("S3-20",), numbers=numbers, answer=answer)
