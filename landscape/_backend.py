"""What JAX's compiler is told before it starts: on a CPU, keep a small loop in one kernel.

XLA fuses the body of a loop into one kernel only while it touches less than a kilobyte a step; a run that
records its path touches a little more, and is then dispatched operation by operation, five to eighteen
times slower. The limit is an option read once, when the first computation starts.
"""

import os

OPTION = "--xla_backend_extra_options"
LIMIT = "xla_cpu_small_while_loop_byte_threshold=65536"


flags = os.environ.get("XLA_FLAGS", "")
if OPTION not in flags:  # else the person has set XLA's extra options themselves
    os.environ["XLA_FLAGS"] = f"{flags} {OPTION}={LIMIT}".strip()
