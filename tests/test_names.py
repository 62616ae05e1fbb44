"""No name that a link, a file or a notebook may hold is ever taken away; more may come at any time."""

import pytest

import landscape as ls
from landscape.descent.rules.registry import WRAPPERS

REGISTRIES = {
    "optimizers": ls.OPTIMIZERS,
    "wrappers": WRAPPERS,
    "schedules": ls.SCHEDULES,
    "surfaces": ls.SURFACES,
    "datasets": ls.DATASETS,
    "activations": ls.ACTIVATIONS,
    "initializers": ls.INITIALIZERS,
}
PUBLISHED = """
optimizers: sgd momentum nesterov adagrad adadelta rmsprop adam adamw amsgrad adamax nadam radam adabelief
optimizers: lion sam newton lbfgs backtracking
wrappers: clip_norm clip_value weight_decay
schedules: constant step exponential inverse_time polynomial cosine cosine_restarts warmup one_cycle
schedules: triangular plateau
surfaces: bowl ravine rosenbrock saddle dauphin_saddle monkey_saddle beale himmelblau booth matyas
surfaces: three_hump_camel six_hump_camel goldstein_price styblinski_tang rastrigin ackley levy michalewicz
surfaces: plateau cliff double_well noisy_bowl parabola tilted_well
datasets: digits breast_cancer wine iris diabetes moons circles xor spirals blobs sine step bumps
activations: sigmoid tanh relu leaky_relu elu selu gelu silu softplus identity
initializers: zeros constant small_normal large_normal lecun_normal xavier_uniform xavier_normal he_uniform
initializers: he_normal orthogonal
"""


@pytest.mark.parametrize("line", PUBLISHED.strip().splitlines())
def test_a_published_name_stays(line):
    registry, _, names = line.partition(": ")
    assert [name for name in names.split() if name not in REGISTRIES[registry]] == []


@pytest.mark.parametrize("kind", [*ls.OPTIMIZERS.values(), *WRAPPERS.values(), *ls.SCHEDULES.values()])
def test_what_is_registered_is_public(kind):
    """A rule or a schedule is written in a notebook as `ls.Adam`, for the editor to complete."""
    assert getattr(ls, kind.__name__) is kind
    assert kind.__name__ in ls.__all__
