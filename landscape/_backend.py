"""What JAX's compiler is told before it starts: on a CPU, keep a small loop in one kernel.

XLA fuses the body of a loop into one kernel only while it touches less than a kilobyte a step; a run that
records its path touches a little more, and is then dispatched operation by operation, five to eighteen
times slower. The limit is an option read once, when the first computation starts: it is added to `XLA_FLAGS`
in the environment of this process, from which processes that it starts inherit it. It changes no result.

Nothing is added where the person has set XLA's extra options themselves, or where JAX has started already.

Warns:
    RuntimeWarning: in the last case, for the option then comes too late.
"""

import os
import warnings

from landscape.core.jax_inside import started

OPTION = "--xla_backend_extra_options"
LIMIT = "xla_cpu_small_while_loop_byte_threshold=65536"


def prepare() -> None:
    """Tell the compiler, if it can still be told."""
    flags = os.environ.get("XLA_FLAGS", "")
    if OPTION in flags:
        return
    if started():
        text = (
            "landscape was imported after JAX had computed something: runs on a CPU may take five to "
            "eighteen times as long. Import it first, or set XLA_FLAGS="
        )
        warnings.warn(f"{text}{OPTION}={LIMIT}", RuntimeWarning, stacklevel=2)
        return
    os.environ["XLA_FLAGS"] = f"{flags} {OPTION}={LIMIT}".strip()


prepare()
