"""The server ends when it is asked to, whatever it computes, with the status of the signal."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

LONGEST = 30.0
"""Seconds: far more than the few it takes, for work that never ends by itself."""

BUSY = """
import socket, sys, threading
import jax, numpy as np
from landscape import cli
from landscape.ui.work import job_queue
from landscape.ui.server import serving

serving.end_by_signal()

@jax.jit
def for_ever(x):
    return jax.lax.while_loop(lambda x: x[0] < 2, lambda x: x * 1.0, x)

job_queue.OFFICE.submit("training", lambda job: for_ever(np.zeros(4, np.float32)).block_until_ready())
listener = socket.create_server(("127.0.0.1", 0))
print(listener.getsockname()[1], flush=True)
serving.serve(cli.app_folder() / "app.py", listener)
"""


@contextlib.contextmanager
def started(*command: str, **environment: str) -> Iterator[subprocess.Popen[str]]:
    """A server of its own; ended by force if the test failed."""
    process = subprocess.Popen(
        [sys.executable, *command],
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def free_port() -> int:
    """A port that nobody uses."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


def answers(port: str) -> None:
    """Wait until it serves."""
    for _ in range(600):
        with contextlib.suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health"):
            return
        time.sleep(0.1)
    raise AssertionError("the server did not answer")


@pytest.mark.parametrize(
    ("number", "times"), [(signal.SIGTERM, 1), (signal.SIGINT, 1), (signal.SIGINT, 2), (signal.SIGINT, 3)]
)
def test_a_server_at_work_ends_when_asked(number: signal.Signals, times: int) -> None:
    """A training that would go on for ever does not hold it."""
    with started("-c", BUSY) as process:
        assert process.stdout
        answers(process.stdout.readline().strip())
        for _ in range(times):
            process.send_signal(number)
            time.sleep(0.2)
        _, errors = process.communicate(timeout=LONGEST)
        assert process.returncode == 128 + number
        assert "FATAL" not in errors
        assert "Traceback" not in errors


def test_a_server_that_warms_up_ends_when_asked(tmp_path: Path) -> None:
    """Nothing is compiled to its end, and nothing aborts."""
    options = ["-m", "landscape", "serve", "--no-browser", "--port", str(free_port())]
    with started(*options, JAX_COMPILATION_CACHE_DIR=str(tmp_path)) as process:
        assert process.stdout
        assert process.stdout.readline().startswith("Landscape: http://127.0.0.1:")
        process.send_signal(signal.SIGTERM)
        _, errors = process.communicate(timeout=LONGEST)
        assert process.returncode == 128 + signal.SIGTERM
        assert "FATAL" not in errors
