"""What is trained: the data, the network, and how long in which batches."""

import inspect
from collections.abc import Sequence
from typing import Any

import streamlit as st

from landscape.problems.data.datasets import DATASETS, SYNTHETIC
from landscape.problems.networks.activations import ACTIVATIONS
from landscape.problems.networks.initializers import INITIALIZERS
from landscape.problems.networks.network import DEEPEST, NORMALIZATIONS
from landscape.scenario.training import Data, Training
from landscape.ui.page.language import n, option_label, t
from landscape.ui.page.session import training as experiment
from landscape.ui.page.widgets import menu, seed, slider, toggle

SAMPLES = (50, 100, 150, 200, 300, 400, 600, 800, 1000, 1500, 2000)
NOISE = (0.0, 0.02, 0.05, 0.08, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.7, 1.0, 1.5, 2.0)
DEPTHS = tuple(range(DEEPEST + 1))
WIDTHS = (1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512)
CONVOLUTIONS = ((), (8,), (8, 16), (16, 32))
DROPOUT = (0.0, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
SMOOTHING = (0.0, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5)
BATCHES = (1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024)
EPOCHS = (1, 2, 5, 10, 20, 30, 50, 60, 80, 100, 150, 200, 300, 500, 1000, 2000, 5000)
PATIENCE = (0, 1, 2, 3, 5, 10, 20, 50, 100)


def data(training: Training) -> None:
    """Which examples, and what they are."""
    choice("data", DATASETS, training.data.name, lambda name: experiment.change(data=Data(name=name)))
    st.caption(described(training))
    if training.data.name in SYNTHETIC:
        left, right = st.columns(2, gap="small", wrap=False)
        examples = training.dataset()
        total = sum(len(split.y) for split in (examples.train, examples.validation, examples.test))
        with left:
            number("samples", SAMPLES, total, lambda new: part("data", samples=int(new)))
        with right:
            number("noise", NOISE, noise_of(training), lambda new: part("data", noise=new))


def described(training: Training) -> str:
    """What the data are, in one sentence, and how many there are for what."""
    examples = training.dataset()
    counts = {name: n(len(examples.split(name).y)) for name in ("train", "validation", "test")}
    features = n(int(examples.train.x[0].size))
    kind = t("network.classes", count=examples.classes) if examples.classes else t("network.regression")
    sizes = t("network.sizes", features=features, kind=kind, **counts)
    return f"{t(f'data.{training.data.name}.description')} {sizes}"


def network(training: Training) -> None:
    """How the network is built."""
    net = training.network
    width = net.hidden[0] if net.hidden else 64
    left, right = st.columns(2, gap="small", wrap=False)
    with left:
        number("depth", DEPTHS, len(net.hidden), lambda new: part("network", hidden=(width,) * int(new)))
    with right:
        if net.hidden:
            depth = len(net.hidden)
            number("width", WIDTHS, width, lambda new: part("network", hidden=(int(new),) * depth))
    if len(training.dataset().shape) == 3:
        choice(
            "filters",
            [convolution(filters) for filters in CONVOLUTIONS],
            convolution(net.filters),
            lambda name: part("network", filters=tuple(int(w) for w in name.split("-") if w != "none")),
        )
    left, right = st.columns(2, gap="small", wrap=False)
    with left:
        choice("activation", ACTIVATIONS, net.activation, lambda name: part("network", activation=name))
    with right:
        choice("initializer", INITIALIZERS, net.initializer, lambda name: part("network", initializer=name))
    choice(
        "normalization", NORMALIZATIONS, net.normalization, lambda name: part("network", normalization=name)
    )
    left, right = st.columns(2, gap="small", wrap=False)
    with left:
        number("dropout", DROPOUT, net.dropout, lambda new: part("network", dropout=new))
    with right:
        if training.dataset().classes:
            number(
                "label_smoothing",
                SMOOTHING,
                net.label_smoothing,
                lambda new: part("network", label_smoothing=new),
            )
    words, tip = t("network.skip"), t("network.skip_help")
    toggle(words, net.skip, "network-skip", tip, lambda on: part("network", skip=on))


def convolution(filters: tuple[int, ...]) -> str:
    """The name of some convolutions: their filters, or none."""
    return "-".join(map(str, filters)) or "none"


def plan(training: Training) -> None:
    """How long, in which batches, from which seed."""
    examples = len(training.dataset().train.y)
    batches = (*(size for size in BATCHES if size < examples), examples)
    left, right = st.columns(2, gap="small", wrap=False)
    with left:
        number(
            "batch_size",
            batches,
            training.batch,
            lambda new: experiment.change(batch_size=0 if new == examples else int(new)),
        )
    with right:
        number("epochs", EPOCHS, training.epochs, lambda new: experiment.change(epochs=int(new)))
    left, right = st.columns(2, gap="small", wrap=False)
    with left:
        off = t("race.off")
        slider(
            t("network.early_stopping"),
            t("network.early_stopping_help"),
            PATIENCE,
            training.early_stopping,
            "network-early_stopping",
            lambda new: experiment.change(early_stopping=int(new)),
            lambda value: n(value) if value else off,
        )
    with right:
        words = t("network.seed_help")
        seed(training.seed, "network-seed", words, lambda value: experiment.change(seed=value))
    st.caption(
        t("network.steps_in_all", steps=n(training.steps), batches=n(training.steps // training.epochs))
    )


def noise_of(training: Training) -> float:
    """The noise of synthetic data: as set, or the data set's own."""
    own = inspect.signature(DATASETS[training.data.name]).parameters["noise"].default
    return own if training.data.noise is None else training.data.noise


def part(name: str, **changes: Any) -> None:
    """The training with something changed in one of its parts."""
    experiment.adopt(lambda now: now.replace(**{name: getattr(now, name).replace(**changes)}))


def number(name: str, options: Sequence[float], value: float, change: Any) -> None:
    """A slider of the network's page, its words under `network.<name>`."""
    slider(t(f"network.{name}"), t(f"network.{name}_help"), options, value, f"network-{name}", change)


def choice(name: str, options: Any, value: str, change: Any) -> None:
    """A choice among named things, their words under `<name>.<option>.name`."""
    words, tip = option_label(name + ".{}.name"), t(f"network.{name}_help")
    menu(t(f"network.{name}"), tuple(options), value, f"network-{name}", words, change, help_text=tip)
