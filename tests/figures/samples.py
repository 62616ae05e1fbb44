"""Hand-made runs and grids, so that a figure can be held against numbers known beforehand."""

import numpy as np

from landscape.core.types import Status
from landscape.descent.training.fit import History
from landscape.descent.trajectory import Trajectory
from landscape.figures import SYMBOLS, Learner, Run
from landscape.geometry.curvature.spectrum import Density
from landscape.geometry.grids.grid import Grid
from landscape.geometry.planes.plane import Plane
from landscape.geometry.trusting.fidelity import Fidelity

WORDS = {key: f"«{key}»" for key in SYMBOLS} | {"left_at": "«left» {name} {step}"}
"""A word for every key, told from any other text by its marks."""


def trajectory(points, loss, *, last=None, status=Status.MOVING, state=None, gradient=None):
    """A trajectory through points (steps + 1, n) with the given losses."""
    points, loss = np.asarray(points, np.float32), np.asarray(loss, np.float32)
    gradient = np.ones_like(points) if gradient is None else np.asarray(gradient, np.float32)
    steps = len(loss) - 1
    return Trajectory(
        points, state or {}, gradient, loss, np.ones_like(loss), np.arange(steps + 1), 1,
        steps if last is None else last, status,
    )  # fmt: skip


def descent(slot=1, name="runner", steps=20, rate=0.2):
    """A run that goes from (1, 1) towards the origin, with a velocity."""
    k = np.arange(steps + 1)
    points = np.exp(-rate * k)[:, None] * np.ones(2)
    state = {"velocity": points * [3.0, 4.0]}
    return Run(name, slot, trajectory(points, np.exp(-2 * rate * k), state=state))


def diverging(slot=2, name="lost", last=5, steps=20):
    """A run that grows tenfold a step and is frozen after its last live step."""
    k = np.minimum(np.arange(steps + 1), last)
    points = (10.0**k)[:, None] * np.array([1.0, -1.0])
    return Run(name, slot, trajectory(points, 10.0 ** (2 * k), last=last, status=Status.DIVERGED))


def bowl(points=21, half=2.0):
    """x^2 + 2 y^2 on a square."""
    a = np.linspace(-half, half, points)
    return Grid(a, a, a[:, None] ** 2 + 2 * a[None, :] ** 2)


def holed():
    """A bowl without values for y < 0."""
    grid = bowl()
    return Grid(grid.a, grid.b, np.where(grid.b[None, :] < 0, np.nan, grid.loss))


def traces(fig, **wanted):
    """The traces with these properties."""
    return [t for t in fig.data if all(key in t and t[key] == value for key, value in wanted.items())]


def history(records=6, layers=3, *, loss=1.0, regression=False, lost=False):
    """A training measured every ten steps: losses fall from `loss`, or rise and end in NaN."""
    step, k = 10 * np.arange(records), np.arange(records)[:, None]
    falling = loss * np.exp((9 if lost else -0.5) * k[:, 0])
    if lost:
        falling[-1] = np.nan
    share = np.full(records, np.nan) if regression else np.linspace(0.5, 0.95, records)
    layer = np.arange(1.0, layers + 1)
    gradient = 10.0 ** (-layer - 0.2 * k)
    if lost:
        gradient[-1] = np.inf
    hidden = layer[:-1]
    mean = 0.1 * hidden * (1 - k / records) * np.where(hidden % 2, 1, -1)
    dead = np.broadcast_to(hidden / 10, (records, layers - 1))
    about = {"weight_norm": gradient * 7, "activation_mean": mean, "activation_std": np.abs(mean) + 0.5}
    return History(step, falling, 1.5 * falling, share, share - 0.1, gradient, dead=dead, **about)


def learner(slot=1, name="learner", **about):
    """A training with a history and no marks unless they are given."""
    marks = {key: about.pop(key) for key in ("best", "stopped", "diverged") if key in about}
    return Learner(name, slot, history(**about), **marks)


def fidelity(rows=6):
    """A path that ends in the plane's centre, half of its way off the plane."""
    distance = np.linspace(2.0, 0.0, rows)
    coordinates, true = np.outer(distance, [0.6, 0.8]) * np.sqrt(0.75), distance**2 + 0.01
    beneath = 0.75 * distance**2 + 0.01
    return Fidelity(0.75, coordinates, 0.5 * distance, distance, true, beneath, 0.9, "holds")


def density(shift=0.0):
    """A bulk at zero and one outlier at 3, on a spectrum from -1 to 4."""
    values = np.linspace(-1, 4, 201) + shift
    bulk, outlier = (np.exp(-(((values - shift - at) / 0.1) ** 2)) for at in (0.0, 3.0))
    return Density(values, bulk + 0.02 * outlier, 0.07, np.zeros((1, 2)), np.full((1, 2), 0.5))


def plane(**facts):
    """The plane of the first two of three parameters, through the origin."""
    axes = np.eye(3, dtype=np.float32)
    return Plane(np.zeros(3, np.float32), (axes[0], axes[1]), **facts)


def plane_grid(**facts):
    """x^2 + 2 y^2 over that plane."""
    grid = bowl()
    return Grid(grid.a, grid.b, grid.loss, plane(**facts))
