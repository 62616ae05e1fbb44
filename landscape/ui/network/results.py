"""What a training shows: its progress, curves, boundary, layers, and the table of outcomes."""

from functools import partial
from typing import Any

import numpy as np
import streamlit as st

from landscape import figures
from landscape.core.types import Status
from landscape.descent.training.fit import Fit
from landscape.figures.networks.learners import learner
from landscape.player import boundary
from landscape.scenario.training import Training
from landscape.ui.network import work
from landscape.ui.network.work import Trained
from landscape.ui.page.chart import chart, words
from landscape.ui.page.chrome import theme
from landscape.ui.page.components import mount
from landscape.ui.page.language import current, n, runner_names, section, t
from landscape.ui.page.markup import literal
from landscape.ui.page.numbers import percent
from landscape.ui.page.table import NOTHING, Cell, Row, table_html
from landscape.ui.page.widgets import pick
from landscape.ui.work import job_queue


def curves(training: Training, trained: Trained) -> None:
    """Loss and accuracy against the step, of every optimizer."""
    names = runner_names(training)
    known = [r for r in training.runners if r.id in trained.fits]
    learners = [learner(names[r.id], r.slot, trained.fits[r.id]) for r in known]
    chart(figures.training(learners, theme(), words()), "network-curves", t("network.curves_alt"))


def divides(training: Training, job: job_queue.Job) -> bool:
    """Whether boundaries are drawn: of classifiers of points in the plane, trained to the end."""
    data = training.dataset()
    return bool(data.classes) and data.shape == (2,) and not job.stopped and job.error is None


def divided(training: Training, trained: Trained) -> None:
    """How each classifier divides the plane, along its training."""
    job = work.asked(training, trained)
    if not job.done:
        st.caption(t("network.dividing"))
        return
    if job.error or job.result is None:
        st.error(literal(job.error))
        return
    mount("boundary", "boundary", packed(training, trained, job.result))


def packed(training: Training, trained: Trained, division: work.Division) -> bytes:
    """The bytes that the boundary stage plays."""
    data, names = training.dataset(), runner_names(training)
    panels = []
    for runner in training.runners:
        fit, rows = trained.fits[runner.id], division.rows[runner.id]
        panels.append(
            boundary.Panel(
                runner.id,
                runner.slot,
                names[runner.id],
                division.probability[runner.id],
                fit.history.train_accuracy[rows],
                fit.history.validation_accuracy[rows],
                division.last[runner.id],
                fit.status,
            )
        )
    x, y = division.window
    return boundary.pack(
        panels=panels,
        x=x,
        y=y,
        train=(data.train.x, data.train.y),
        validation=(data.validation.x, data.validation.y),
        classes=[t("network.class", number=k + 1) for k in range(data.classes)],
        steps_at=division.steps,
        text=section("stage") | section("stage_boundary"),
        title=t(f"data.{training.data.name}.name"),
        language=current(),
    )


def layers(training: Training, trained: Trained) -> None:
    """Gradients and activations of one network's layers."""
    names = runner_names(training)
    known = [r.id for r in training.runners if r.id in trained.fits]
    st.caption(t("network.layers_caption"))
    chosen = known[0]
    if len(known) > 1:
        chosen = pick(
            t("network.layers_of"), known, "network-layers", lambda name: literal(names[name]), chosen
        )
    fit = trained.fits[chosen]
    chart(figures.layers(fit, theme(), words()), "network-layers-chart", t("network.layers_alt"))


def warnings(training: Training, trained: Trained) -> None:
    """For every run that got out of hand: what happened, why, and what to try."""
    names = runner_names(training)
    for runner in training.runners:
        fit = trained.fits.get(runner.id)
        if fit is None or fit.status is not Status.DIVERGED:
            continue
        seen = fit.path.loss[: fit.path.last + 1]
        seen = seen[np.isfinite(seen)]
        told = t(
            "network.diverged_text",
            name=literal(names[runner.id]),
            step=n(fit.path.last),
            loss=figure(seen[-1]),
            first=figure(seen[0]),
            rate=n(runner.learning_rate),
            lower=n(float(f"{runner.learning_rate / 10:.3g}")),
        )
        st.warning(told, icon=":material/north_east:")


def table(training: Training, trained: Trained, done: bool) -> None:
    """One row for each optimizer: how well it learnt, and how well it does on what it never saw, so far or
    once it is done."""
    classified = bool(training.dataset().classes)
    scores = ("train_accuracy", "validation_accuracy") if classified else ()
    heads = [
        Cell(t("race.optimizer")),
        Cell(t("race.outcome")),
        head("train_loss", "number"),
        head("validation_loss"),
        *map(head, scores),
        head("test_accuracy" if classified else "test_loss", "number"),
        head("best"),
    ]
    names = runner_names(training)
    known = [r for r in training.runners if r.id in trained.fits]
    rows = [row(names[r.id], r.slot, r.id, trained, classified, done) for r in known]
    st.html(table_html(rows, heads, label=t("network.table_label")))


def head(name: str, kind: str = "number wide") -> Cell:
    """A column's head with what it counts."""
    return Cell(t(f"network.{name}"), kind, t(f"network.{name}_help"))


def row(name: str, slot: int, id: str, trained: Trained, classified: bool, done: bool) -> Row:
    """One optimizer's row."""
    fit = trained.fits[id]
    history, lost = fit.history, fit.status is Status.DIVERGED
    at = int(np.searchsorted(history.step, fit.best)) if fit.stopped is not None else -1
    numbers = [figure(history.train_loss[at]), figure(history.validation_loss[at])]
    if classified:
        numbers += [tenths(history.train_accuracy[at]), tenths(history.validation_accuracy[at])]
    shown, tested = (tenths, trained.test_accuracy) if classified else (figure, trained.test_loss)
    numbers += [shown(tested[id]) if id in tested and not lost else NOTHING]
    numbers += [NOTHING if lost else n(fit.best)]
    came = Cell(ending(fit, done), f"ending {'diverged' if lost else 'learnt'}")
    return Row(Cell(name), [came, *map(Cell, numbers)], slot)


def ending(fit: Fit, done: bool) -> str:
    """How a training ended, or how far it has come, in words."""
    if fit.status is Status.DIVERGED:
        return t("network.ended_diverged", step=n(fit.path.last))
    if fit.stopped is not None:
        return t("network.ended_early", step=n(fit.stopped))
    if not done:
        return t("network.under_way", step=n(fit.steps))
    return t("network.ended" if fit.complete else "network.ended_cut", step=n(fit.steps))


tenths = partial(percent, digits=1)


def figure(value: Any) -> str:
    """A loss with three digits, or a dash where there is none."""
    return n(float(f"{float(value):.3g}")) if np.isfinite(value) else NOTHING


def facts(training: Training, trained: Trained, job: job_queue.Job) -> None:
    """How large the network is, where and how long it was computed."""
    seconds = "" if job.seconds is None else " · " + t("network.took", seconds=f"{job.seconds:.1f}")
    st.caption(t("network.facts", parameters=n(trained.parameters), device=trained.device) + seconds)
