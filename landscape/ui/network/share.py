"""What can be taken away from the Network page: the trained networks and their histories."""

import csv
import io
from collections.abc import Callable

import streamlit as st

from landscape.scenario.training import Training
from landscape.storage import store
from landscape.ui.network import work
from landscape.ui.page import toolbar as row
from landscape.ui.page.language import runner_names, t
from landscape.ui.page.markup import literal
from landscape.ui.work.job_queue import Job

COLUMNS = ("step", "train_loss", "validation_loss", "train_accuracy", "validation_accuracy")


def files(training: Training, job_of: Callable[[Training], Job]) -> None:
    """The results of the training shown as files, once there are any."""
    job = job_of(training) if training.runners else None
    if job is None or not job.done or job.result is None:
        return
    st.markdown(t("network.share_files"))
    names = runner_names(training)
    for runner, fit in job.result.fits.items():
        kept = io.BytesIO()
        store.save(kept, fit)
        row.download(t("network.save_fit", name=literal(names[runner])), kept.getvalue(), f"{runner}.npz")
    row.download(t("network.save_history"), history(training, job.result), "history.csv", "text/csv")


def history(training: Training, trained: work.Trained) -> str:
    """Every record of every optimizer as CSV."""
    text, names = io.StringIO(), runner_names(training)
    writer = csv.writer(text)
    writer.writerow(("optimizer", *COLUMNS))
    for runner, fit in trained.fits.items():
        for record in zip(*(getattr(fit.history, name) for name in COLUMNS), strict=True):
            writer.writerow((names[runner], *(repr(value.item()) for value in record)))
    return text.getvalue()
