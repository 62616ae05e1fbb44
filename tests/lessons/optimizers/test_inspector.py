"""What each rule carries from step to step, and what that does to its first step."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from landscape.descent.rules.registry import OPTIMIZERS
from landscape.lessons.experiment import RenderContext
from landscape.lessons.optimizers.formulas import FORMULAS
from landscape.lessons.optimizers.inspector import EXPERIMENT, FIELDS, answer, rosenbrock
from landscape.lessons.optimizers.rules import rule
from landscape.lessons.pieces import Table
from landscape.lessons.prose import prose
from landscape.lessons.settings import read


@pytest.mark.row("S1-14")
def test_adagrads_first_step_does_not_depend_on_the_slope():
    """Slopes 1 and 100: both coordinates move by the rate; gradient descent's move as the slopes are."""
    found = EXPERIMENT.measure(read(EXPERIMENT.settings, {"rule": "adagrad", "condition": 100.0}))
    np.testing.assert_allclose(found.path.gradient[0], [1.0, 100.0], rtol=1e-6)
    np.testing.assert_allclose(found.first, 0.1, atol=1e-5)
    plain = EXPERIMENT.measure(read(EXPERIMENT.settings, {"rule": "sgd", "condition": 100.0}))
    assert plain.first[1] / plain.first[0] == pytest.approx(100.0, rel=1e-4)
    assert answer() == 2


@pytest.mark.row("S1-17")
@pytest.mark.parametrize("name", FIELDS)
@pytest.mark.parametrize("language", ["en", "ko"])
def test_the_table_lists_exactly_what_the_compiled_update_carries(name, language):
    """The entries shown are the leaves of the memory that a jitted step returns, each named once."""
    it = rule(name, **FIELDS[name])
    start = jnp.ones(2)
    step = jax.jit(lambda params, state: it.step(lambda x: jnp.sum(x**2), params, state, None))
    carried = step(start, it.init(start))[1]
    settings = read(EXPERIMENT.settings, {"rule": name, "step": 3})
    found = EXPERIMENT.measure(settings)
    assert set(found.entries) == set(carried)
    look = RenderContext.at("light", language, prose("optimizers", "inspector", language))
    table = next(piece for piece in EXPERIMENT.show(settings, found, look) if isinstance(piece, Table))
    listed = [row[0] for row in table.rows[1:-2]]
    assert sorted(map(str, listed)) == sorted(look(f"long_{entry}") for entry in carried)


@pytest.mark.row("S1-18")
def test_the_menu_holds_the_rules_of_the_lecture():
    """The five of the lecture, momentum and Nesterov, each with its formula; each descends Rosenbrock."""
    lecture = {"sgd", "momentum", "nesterov", "adagrad", "adadelta", "rmsprop", "adam"}
    assert lecture == set(FIELDS) == set(FORMULAS)
    assert lecture <= set(OPTIMIZERS)
    for name in lecture:
        first, last = rosenbrock(name)
        assert first == 12.5
        assert last < first / 10
