"""What do batches make of the same work? Three runs that may evaluate equally many gradients of samples."""

from dataclasses import dataclass

import numpy as np

import landscape as ls
from landscape.geometry.grids.grid import Grid
from landscape.lessons.experiment import Experiment, RenderContext
from landscape.lessons.pieces import Piece, Stage, Table
from landscape.lessons.settings import number, read, seed, settings, whole
from landscape.look.scale import loss_scale
from landscape.player.payload import Runner, pack
from landscape.study.batches.batch_budget import plan, ten_weights, walk
from landscape.study.common.least_squares import quadratic, samples

NAMES, SLOTS = ("full", "mini", "one"), (1, 2, 3)
ONE_RATE = 0.05
NARROW, NOISE = 0.3, 0.5  # the scale of the second feature, the noise of the targets
SPAN = np.array([3.2, 2.0])
GONE = 1e3
BIG, USUAL = 100_000, 128


@settings
class Settings:
    samples: int = whole(4096, 64, 256, 1024, 4096)
    batch: int = whole(32, 2, 4, 8, 16, 32, 64, 128, 256)
    rate: float = number(0.5, 0.05, 2.0, log=True)
    epochs: int = whole(1, 1, 2, 3, 4)
    draw: int = seed()
    x: float = number(-2.4, -10.0, 10.0)
    y: float = number(1.4, -10.0, 10.0)


@dataclass(frozen=True, eq=False)
class Result:
    """The three runs, relative to the minimum, at the same counts of evaluated gradients.

    Attributes:
        grid: how far the loss lies above its minimum.
        evaluations: (rows,), at each row.
        sizes: the batch size of each run.
        rates: its learning rate.
        path: (3, rows, 2), from the minimum.
        gradient: (3, rows, 2), of the mean loss there.
        loss: (3, rows), above the lowest.
        updates, counted: (3,), steps and evaluated gradients in all.
        ten: what one epoch does with ten weights: each run's end, and where all began.
    """

    grid: Grid
    evaluations: np.ndarray
    sizes: tuple[int, ...]
    rates: tuple[float, ...]
    path: np.ndarray
    gradient: np.ndarray
    loss: np.ndarray
    updates: np.ndarray
    counted: np.ndarray
    ten: tuple[float, ...]


def measure(s: Settings) -> Result:
    """Walk with all samples, with batches and with one sample at a time."""
    data = samples(s.samples, 2, NOISE, NARROW, s.draw)
    model = quadratic(data)
    sizes = s.samples, min(s.batch, s.samples), 1
    rates = 1 / float(model.curvatures[-1]), s.rate, ONE_RATE
    found = walk(data, model.minimizer + np.array([s.x, s.y]), sizes, rates, s.epochs, s.draw)
    a, b = (np.linspace(-span, span, 70) for span in SPAN)
    spots = np.stack(np.meshgrid(a, b, indexing="ij"), axis=-1) + model.minimizer
    path = found.w - model.minimizer
    return Result(
        grid=Grid(a, b, model.excess(spots)),
        evaluations=found.evaluations,
        sizes=sizes,
        rates=rates,
        path=path,
        gradient=path @ model.hessian,
        loss=model.excess(found.w),
        updates=found.updates,
        counted=found.counted,
        ten=ten_weights(s.batch, s.draw),
    )


def show(s: Settings, r: Result, look: RenderContext) -> list[Piece]:
    runners = [_runner(k, r, look) for k in range(3)]
    text = look.section("stage") | {"step": look("evaluations")}
    message = pack(
        grid=r.grid, title=look("surface"), relief=loss_scale(r.grid.loss), start=(s.x, s.y), runners=runners,
        text=text, language=look.language, minima=[(0.0, 0.0, 0.0)], steps_at=r.evaluations,
    )  # fmt: skip
    drawn: dict[str, np.ndarray] = {look("evaluations"): r.evaluations}
    for runner in runners:
        drawn |= {f"{runner.name} x": runner.path[:, 0], f"{runner.name} y": runner.path[:, 1]}
        drawn[f"{runner.name} f"] = runner.loss
    rows = [
        [runner.name, float(updates), float(counted), _rounded(runner.loss[-1]), _rounded(ten)]
        for runner, updates, counted, ten in zip(runners, r.updates, r.counted, r.ten, strict=False)
    ]
    heads = [look("run"), look("updates"), look("evaluations"), look("two"), look("ten")]
    sizes = sorted({1, s.batch, USUAL, BIG})
    plans = [[f"B = {look.n(size)}", *(float(v) for v in plan(BIG, size))] for size in sizes]
    return [
        Stage("stage", message, drawn),
        Table(heads, rows, SLOTS, look("table")),
        Table([look("size"), look("updates"), look("last")], plans, title=look("big").format(n=look.n(BIG))),
    ]


def _runner(k: int, r: Result, look: RenderContext) -> Runner:
    """A run as the stage shows it; one that has left for good ends where it was last seen."""
    here = np.all(np.isfinite(r.path[k]) & (np.abs(r.path[k]) < GONE), axis=1)
    last = len(here) - 1 if here.all() else int(np.argmin(here)) - 1
    name = look(NAMES[k]).format(batch=look.n(r.sizes[k]))
    return Runner(
        id=NAMES[k], slot=SLOTS[k], name=name, short=name, path=r.path[k], loss=r.loss[k],
        gradient=r.gradient[k], last=last, status=ls.Status.MOVING if here.all() else ls.Status.DIVERGED,
    )  # fmt: skip


def _rounded(value: float) -> float | None:
    return float(f"{value:.3g}") if np.isfinite(value) and value < GONE else None


def numbers(s: Settings, r: Result) -> dict[str, float | str]:
    full, mini, one, _ = r.ten
    epoch, big = plan(s.samples, min(s.batch, s.samples)), plan(BIG, s.batch)
    return {
        "samples": s.samples, "batch": min(s.batch, s.samples), "epochs": s.epochs,
        "budget": int(r.counted[0]), "per_full": s.samples, "updates_full": int(r.updates[0]),
        "updates_mini": int(r.updates[1]), "updates_one": int(r.updates[2]), "epoch": epoch.updates,
        "last": epoch.last, "rate_full": r.rates[0], "rate": s.rate, "rate_one": ONE_RATE,
        "ten_full": full, "ten_mini": mini, "ten_one": one, "times": full / mini,
        "big": BIG, "big_updates": big.updates, "big_last": big.last,
    }  # fmt: skip


def answer() -> int:
    """Which run is lowest after one epoch."""
    return int(np.argmin(measure(read(Settings, {})).loss[:, -1]))


EXPERIMENT = Experiment(
    "same_budget",
    Settings,
    measure,
    show,
    rows=("S1-19", "S1-23", "S2-21", "S2-22", "S2-23"),
    numbers=numbers,
    answer=answer,
    on_stage=("x", "y"),
)
