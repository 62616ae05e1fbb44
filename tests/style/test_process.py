"""What `import landscape` changes in the process that imports it: one variable, and that in time."""

import subprocess
import sys

CHANGES = """
import os, signal, sys, threading, warnings, gc, locale, logging
import jax, numpy as np

def state():
    return {
        "environment": dict(os.environ),
        "configuration": {name: repr(value) for name, value in jax.config.values.items()},
        "warnings": list(map(repr, warnings.filters)),
        "numpy": (np.geterr(), np.get_printoptions()),
        "signals": [signal.getsignal(number) for number in signal.valid_signals()],
        "threads": threading.active_count(),
        "hooks": (sys.excepthook, sys.displayhook, sys.getrecursionlimit()),
        "collector": (gc.isenabled(), gc.get_threshold(), gc.get_freeze_count()),
        "rest": (locale.setlocale(locale.LC_ALL), logging.getLogger().level, os.getcwd()),
    }

before = state()
import landscape
import landscape.study.optimizers.regression
after = state()
changed = {name for name in before if name != "environment" and before[name] != after[name]}
old, new = before["environment"], after["environment"]
print(sorted(changed), sorted(name for name in {*old, *new} if old.get(name) != new.get(name)))
"""

LATE = """
import os, warnings
import jax.numpy as jnp
jnp.zeros(3) + 1
flags = os.environ.get("XLA_FLAGS")
with warnings.catch_warnings(record=True) as told:
    warnings.simplefilter("always")
    import landscape
print([str(one.category.__name__) for one in told if "imported after JAX" in str(one.message)])
print(os.environ.get("XLA_FLAGS") == flags)
"""


def printed(program: str, **environment: str) -> list[str]:
    """What a program prints in a fresh process whose compiler was told nothing."""
    given = {"PATH": "", "JAX_PLATFORMS": "cpu", "PYTHONPATH": ":".join(sys.path), **environment}
    found = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False, env=given
    )
    assert found.returncode == 0, found.stderr
    return found.stdout.splitlines()


def test_the_import_sets_one_variable_and_nothing_else() -> None:
    """The one that the library's docstring names; a notebook's own settings stay as they are."""
    assert printed(CHANGES) == ["[] ['XLA_FLAGS']"]


def test_what_the_person_has_set_stays() -> None:
    """Their own options of the compiler are not added to."""
    assert printed(CHANGES, XLA_FLAGS="--xla_backend_extra_options=xla_cpu_disable_loop_unrolling") == [
        "[] []"
    ]


def test_an_import_that_comes_too_late_says_so() -> None:
    """JAX has read its options by then: they are left alone, for they would do nothing."""
    assert printed(LATE) == ["['RuntimeWarning']", "True"]
    assert printed(LATE, XLA_FLAGS="--xla_backend_extra_options=xla_cpu_disable_loop_unrolling") == [
        "[]",
        "True",
    ]
