"""Small scenes for the browser: a plane with two thinned paths, classifiers, a curve with two balls."""

from types import SimpleNamespace

import numpy as np

from landscape.core.types import Status
from landscape.i18n import catalogue
from landscape.look.scale import loss_scale
from landscape.player import Runner, boundary, curve, pack

STEPS = np.append(np.arange(0, 100, 10), 97)


def words(*sections, language="en"):
    """The texts of some sections of the catalogue, the later ones winning."""
    known = catalogue(language)
    parts = [
        (key, text) for section in sections for key, text in known.items() if key.startswith(f"{section}.")
    ]
    return {key.partition(".")[2]: text for key, text in parts}


def runner(slot, rows):
    """A path that spirals in, half of its distance off the plane."""
    k = np.arange(rows)
    path = (
        0.9 * np.exp(-0.25 * k)[:, None] * np.stack([np.cos(0.5 * k + slot), np.sin(0.5 * k + slot)], axis=1)
    )
    loss, share = np.sum(path**2, axis=1), np.linspace(0.9, 0.1, rows)
    about = {"off": 3 * share, "share": share, "beneath": 2 * loss, "last": rows - 1}
    return Runner(f"r{slot}", slot, f"Rule {slot}", f"R{slot}", path, loss, **about)


def plane(*, still=False, metric="loss", language="en"):
    """A plane of a network: with two runs of different lengths, or with nothing that moves."""
    a = np.linspace(-1, 1, 21)
    loss = a[:, None] ** 2 + 2 * a[None, :] ** 2
    values = 1 / (1 + loss) if metric == "accuracy" else loss
    sections = ["stage", "stage_plane", *(["stage_accuracy"] if metric == "accuracy" else [])]
    return pack(
        grid=SimpleNamespace(a=a, b=a, loss=values),
        title="Digits",
        relief=loss_scale(values, metric=metric),
        start=None,
        runners=[] if still else [runner(1, 11), runner(2, 6)],
        text=words(*sections, language=language),
        language=language,
        draggable=False,
        heading="Digits, 64-64",
        axes=("direction 1", "direction 2"),
        marks=[("A", 0.0, 0.0), ("B", 0.5, 0.5)],
        steps_at=None if still else STEPS,
    )


def boundaries(panels=3, frames=11, language="en"):
    """Classifiers whose border turns; the second diverges at step 50."""
    steps = STEPS[:frames]
    x, y = (-1.0, 1.0), (-1.0, 1.0)
    places = boundary.places(x, y, points=12)
    made = []
    for k in range(panels):
        turn = np.linspace(0, 1 + k, len(STEPS))[:frames]
        score = places[:, :1] * np.cos(turn) + places[:, 1:] * np.sin(turn)
        share = 1 / (1 + np.exp(-6 * score.T.reshape(frames, 12, 12, 1)))
        accuracy = np.linspace(0.5, 0.98, len(STEPS))[:frames]
        lost = {"last": 5, "status": Status.DIVERGED} if k == 1 else {"last": frames - 1}
        chances = np.concatenate([1 - share, share], axis=-1)
        made.append(
            boundary.Panel(f"p{k}", k + 1, f"Rule {k + 1}", chances, accuracy, accuracy - 0.04, **lost)
        )
    points = np.random.default_rng(0).uniform(-0.9, 0.9, (40, 2))
    labels = (points[:, 0] > 0).astype(int)
    return boundary.pack(
        panels=made,
        x=x,
        y=y,
        train=(points[:30], labels[:30]),
        validation=(points[30:], labels[30:]),
        classes=["left", "right"],
        steps_at=steps,
        text=words("stage", "stage_boundary", language=language),
        title="Halves",
        language=language,
    )


def parabola():
    """A curve with one ball that swings to rest, and one that leaves the window for good."""
    x = np.linspace(-2, 2, 41)
    fled = np.array([1.0, -1.5, 2.5, np.nan, np.nan, np.nan])
    rate = curve.Control("rate", 0.5, 0.01, 1.0)
    return curve.pack(
        x=(-2.0, 2.0),
        y=(0.0, 4.0),
        height=x**2,
        slope=2 * x,
        balls=[curve.CurveRun(1, "calm", 0.5 ** np.arange(6)), curve.CurveRun(2, "wild", fled)],
        text=words("stage", "stage_curve"),
        title="Parabola",
        rate=rate,
        rates=curve.Rates(np.array([0, 1, 2, 4], np.uint8), paths=np.stack([0.9 ** np.arange(6), fled])),
    )
