"""The Network page put together: toolbar, results at the left, controls at the right."""

from functools import partial

import streamlit as st

from landscape.descent.rules.registry import OPTIMIZERS
from landscape.presets.trainings import TRAININGS
from landscape.scenario.training import Training
from landscape.ui.network import controls, results, share, work
from landscape.ui.page import toolbar as row
from landscape.ui.page.language import t
from landscape.ui.page.markup import literal
from landscape.ui.page.session import TRAINING_SHOWN, notice
from landscape.ui.page.session import training as experiment
from landscape.ui.runners import cards
from landscape.ui.work import job_queue
from landscape.ui.work.poller import looking

CUT = "training_cut"

PRESETS = {
    name: {"learning_rate": kind.network_rate}
    for name, kind in OPTIMIZERS.items()
    if kind.network_rate is not None
}
"""The rules that are offered for networks, with rates that suit the default one."""

TEAM = cards.RunnersPanel(experiment, lambda _: PRESETS, rules=tuple(PRESETS))


def shown() -> Training:
    """The training whose results are shown: the last one asked for."""
    return st.session_state.setdefault(TRAINING_SHOWN, experiment.current())


def start() -> None:
    """Train what is set."""
    st.session_state[TRAINING_SHOWN] = experiment.current()
    st.session_state.pop(CUT, None)
    job_queue.forget_failure(work.key(shown()))


def choose(name: str) -> None:
    """A preset trains at once."""
    experiment.adopt(lambda _: TRAININGS[name])
    start()


def stop() -> None:
    """End the training under way, and keep what there is.

    Streamlit tells of one press twice when it meets a look at the training that is just being sent; the
    second must not find the job gone and begin another.
    """
    training = shown()
    recipe, _ = st.session_state.get(CUT, (None, None))
    job = None if recipe == training.cache_key else job_queue.stop(work.key(training))
    if job is not None:
        st.session_state[CUT] = (training.cache_key, job)


def job_of(training: Training) -> job_queue.Job:
    """The job of what is shown: a stopped one stays what it is."""
    recipe, cut = st.session_state.get(CUT, (None, None))
    return cut if cut is not None and recipe == training.cache_key else work.ask(training)


def under_way() -> bool:
    """Whether something is still to come of what the page shows."""
    training = shown()
    if not training.runners:
        return False
    job = job_of(training)
    return not job.done or (results.divides(training, job) and not work.asked(training, job.result).done)


def page() -> None:
    """The whole page."""
    training = experiment.current()
    top, board = st.container(key="top"), st.container(key="board")
    left, right = board.columns([1000, 324], gap="medium")
    with top:
        files = partial(share.files, shown(), job_of)
        row.toolbar(
            t("network.title"), experiment, partial(presets, training), t("network.share_link"), files
        )
    with left:
        looking(output, under_way, running=under_way())
    with right:
        st.html(f"<h2 class='part'>{t('network.data')}</h2>")
        controls.data(training)
        st.html(f"<h2 class='part'>{t('network.network')}</h2>")
        controls.network(training)
        st.html(f"<h2 class='part'>{t('network.plan')}</h2>")
        controls.plan(training)
        cards.runners(TEAM)
    experiment.address()
    notice()


def output() -> None:
    """The results of what was trained last, or of what is being trained so far."""
    training = shown()
    if not training.runners:
        action(training, None)
        st.info(t("network.no_runners"))
        return
    job = job_of(training)
    action(training, job)
    trained = job.result if job.done else job.partial
    if job.error is not None:
        st.error(t("network.failed", reason=literal(job.error)), icon=":material/error:")
        return
    if trained is None:
        st.html(f"<div class='waiting'>{t('network.preparing')}</div>")
        return
    results.warnings(training, trained)
    if job.done and results.divides(training, job):
        results.divided(training, job.result)
    results.curves(training, trained)
    results.table(training, trained, job.done)
    results.facts(training, trained, job)
    if job.done:
        with st.expander(t("network.layers"), key="network-layers-panel", expanded=True):
            results.layers(training, trained)


def action(training: Training, job: job_queue.Job | None) -> None:
    """Train, or watch and stop."""
    now = experiment.current()
    with st.container(key="train-row", horizontal=True, vertical_alignment="center"):
        if job is not None and not job.done:
            words = (
                t("network.waiting")
                if job.waiting
                else t("network.training", percent=f"{100 * job.fraction:.0f}")
            )
            st.progress(job.fraction, words)
            st.button(t("network.stop"), key="stop", icon=":material/stop:", on_click=stop)
            return
        stale = job is None or job.stopped or job.error is not None or now.cache_key != training.cache_key
        st.button(
            t("network.train"),
            key="train",
            icon=":material/play_arrow:",
            type="primary" if stale else "secondary",
            disabled=not (stale and now.runners),
            help=t("network.train_help"),
            on_click=start,
        )
        if now.cache_key != training.cache_key:
            st.caption(t("network.stale"))
        elif job is not None and job.stopped:
            st.caption(t("network.was_stopped", percent=f"{100 * job.fraction:.0f}"))


def presets(training: Training) -> None:
    """The pills: each trains at once."""
    for name, preset in TRAININGS.items():
        row.pill(
            t(f"training.{name}.name"),
            f"training-{name}",
            preset == training,
            partial(choose, name),
            t(f"training.{name}.lesson"),
        )
