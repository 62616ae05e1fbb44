"""The data of the published results at our size, and the trainings that several of them look at."""

import jax
import numpy as np
import pytest

import landscape as ls
from landscape.study.common.noisy_cosine import drawn

SEEDS = 5
RATE = 0.05


@pytest.fixture(scope="session")
def waves() -> ls.Dataset:
    """256 points of a noisy cosine to learn from."""
    splits = (drawn(np.random.default_rng(seed), count) for seed, count in enumerate((256, 128, 512)))
    return ls.Dataset("waves", *splits, classes=0)


@pytest.fixture(scope="session")
def network() -> ls.Network:
    """Two tanh layers of 32: 1,153 parameters, smooth enough for second derivatives."""
    return ls.Network(hidden=(32, 32), activation="tanh", initializer="xavier_normal")


@pytest.fixture(scope="session")
def keys() -> jax.Array:
    """The seeds over which every result is stated."""
    return jax.random.split(jax.random.key(0), SEEDS)


@pytest.fixture(scope="session")
def large(waves: ls.Dataset, network: ls.Network, keys: jax.Array) -> tuple[ls.Fit, ...]:
    """Gradient descent on all 256 examples, 8,000 steps from each seed."""
    return ls.train(ls.SGD(RATE), network, waves, batch_size=None, epochs=8_000, key=keys)["sgd"]


@pytest.fixture(scope="session")
def small(waves: ls.Dataset, network: ls.Network, keys: jax.Array) -> tuple[ls.Fit, ...]:
    """The same rate, the same starts and as many steps, on four examples at a time."""
    return ls.train(ls.SGD(RATE), network, waves, batch_size=4, epochs=125, key=keys)["sgd"]
