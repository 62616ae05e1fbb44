"""The stage of a plane: contour, terrain and the paths of every optimizer, projected."""

import numpy as np

from landscape.look.scale import LossScale, loss_scale
from landscape.player.payload import Runner, pack
from landscape.scenario.view import View
from landscape.ui.page.components import mount
from landscape.ui.page.language import current, n, runner_names, section, t
from landscape.ui.page.numbers import percent
from landscape.ui.plane.picture import Picture, rows_at, steps_of

KEY = "plane-stage"


def stage(picture: Picture) -> None:
    """Show a picture."""
    mount("stage", KEY, payload(picture))


def payload(picture: Picture, scale: LossScale | None = None, heading: str = "") -> bytes:
    """The bytes the stage plays.

    Args:
        picture: what to show.
        scale: the colours, where several pictures share them.
        heading: what stands above the picture.
    """
    view, plane = picture.view, picture.grid.plane
    assert plane is not None
    text = section("stage") | section("stage_plane")
    if view.metric == "accuracy":
        text |= section("stage_accuracy")
    return pack(
        grid=picture.grid,
        title=title(view),
        relief=scale or loss_scale(picture.grid.loss, metric=view.metric),
        start=None,
        runners=runners(picture),
        text=text,
        language=current(),
        draggable=False,
        heading=heading,
        axes=axes(picture),
        marks=marks(picture),
        steps_at=steps_of(picture),
    )


def runners(picture: Picture) -> list[Runner]:
    """Every optimizer's path as its shadow in the plane, with how far it is off."""
    training = picture.view.training
    long, short = runner_names(training), runner_names(training, short=True)
    steps = steps_of(picture)
    shown = []
    for entry in training.runners:
        fit, found = picture.fits[entry.id], picture.trust.paths[entry.id]
        at = rows_at(fit, steps)
        off, distance = found.off[at], found.distance[at]
        share = np.divide(off, distance, out=np.zeros_like(off), where=distance > 0)
        shown.append(
            Runner(
                id=entry.id,
                slot=entry.slot,
                name=long[entry.id],
                short=short[entry.id],
                path=found.coordinates[at],
                loss=found.true[at],
                last=int(np.searchsorted(steps, fit.path.last, side="right")) - 1,
                status=fit.status,
                off=off,
                share=np.clip(share, 0.0, 1.0),
                beneath=found.beneath[at],
            )
        )
    return shown


def title(view: View) -> str:
    """What the picture is called."""
    return t(f"plane.kind_{view.plane}")


def axes(picture: Picture) -> tuple[str, str]:
    """What each axis counts, with its unit."""
    view, plane = picture.view, picture.grid.plane
    assert plane is not None
    names = runner_names(view.training, short=True)
    words = {"from_": names[view.centre.id], "to": names[view.other.id] if view.other else ""}
    if plane.explained is not None:
        words |= {f"share{i + 1}": percent(share) for i, share in enumerate(plane.explained)}
    if plane.eigenvalues is not None:
        words |= {f"value{i + 1}": n(float(value)) for i, value in enumerate(plane.eigenvalues)}
    kind = f"random_{view.normalization}" if view.plane == "random" else view.plane.removesuffix("_all")
    return t(f"plane.axis_{kind}_1", **words), t(f"plane.axis_{kind}_2", **words)


def marks(picture: Picture) -> list[tuple[str, float, float]]:
    """Where the paths began, and the solutions that the plane was laid through where no path ends in them."""
    view, plane = picture.view, picture.grid.plane
    if plane is None or plane.marks is None or view.other is None:
        return []
    names = runner_names(view.training, short=True)
    labels = (names[view.centre.id], names[view.other.id], t("plane.start"))
    found = [(label, float(a), float(b)) for label, (a, b) in zip(labels, plane.marks, strict=True)]
    return found if view.training.early_stopping else found[-1:]
