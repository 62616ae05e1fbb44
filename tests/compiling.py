"""How many programs XLA builds: what no new value of a control may cost."""

from collections.abc import Callable

import jax

_built = 0


def _listen(event: str, _duration: float, **_: object) -> None:
    global _built
    _built += event == "/jax/core/compile/backend_compile_duration"


jax.monitoring.register_event_duration_secs_listener(_listen)


def compilations(act: Callable[[], object]) -> int:
    """How many programs are compiled while `act` runs."""
    before = _built
    act()
    return _built - before
