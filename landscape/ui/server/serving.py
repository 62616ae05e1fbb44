"""The server of the app: Streamlit's own, with a guard before it, ended at once when it is asked to end."""

import contextlib
import logging
import os
import signal
import socket
import sys
import threading
import webbrowser
from collections.abc import AsyncIterator, Iterable
from pathlib import Path
from types import FrameType
from typing import Any

import streamlit as st
import uvicorn
from starlette.middleware import Middleware

from landscape.ui.server.guard import Guard, own_names
from landscape.ui.streamlit_inside import run_one_script

PATIENCE = 2
"""Seconds in which answers that are being sent may be finished once the server is asked to end."""

LARGEST = 4 * 2**20
"""Bytes of the largest message that a browser may send."""


def serve(script: Path, listener: socket.socket, names: Iterable[str] = (), browser: bool = False) -> None:
    """Serve the app until a signal ends the process, with status 128 and the signal's number.

    Args:
        script: the app.
        listener: a bound socket that listens.
        names: under which the app may be asked for, besides this machine's own and all addresses.
        browser: whether to open it in the browser, where there is a screen.
    """
    run_one_script()
    host, port = listener.getsockname()[:2]
    addresses = [f"http://{f'[{ip}]' if ':' in ip else ip}:{port}" for ip in reached_at(host)]

    @contextlib.asynccontextmanager
    async def life(app: st.App) -> AsyncIterator[None]:
        for logger in ("uvicorn.error", "uvicorn.access"):  # Streamlit gives them back their voice
            logging.getLogger(logger).setLevel(logging.WARNING)
        print(f"Landscape: {'  '.join(addresses)}", flush=True)
        end_in_time()
        if browser and not st.get_option("server.headless"):
            threading.Thread(target=webbrowser.open, args=addresses[:1], daemon=True).start()
        yield

    app = st.App(script, lifespan=life, middleware=[Middleware(Guard, names=own_names(host, names))])
    settings = uvicorn.Config(
        app,
        ws="websockets-sansio",
        ws_max_size=LARGEST,
        ws_per_message_deflate=False,
        log_level="warning",
        ws_ping_interval=30,
        ws_ping_timeout=30,
        access_log=False,
        timeout_graceful_shutdown=PATIENCE,
    )
    uvicorn.Server(settings).run([listener])


def reached_at(host: str) -> list[str]:
    """The addresses at which a server that listens on `host` is reached, the nearest first.

    >>> reached_at("127.0.0.1")
    ['127.0.0.1']
    """
    if host not in ("0.0.0.0", "::"):
        return [host]
    addresses = ["127.0.0.1"]
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe, contextlib.suppress(OSError):
        probe.connect(("192.0.2.1", 1))  # only asks which address would be used: nothing is sent
        addresses.append(probe.getsockname()[0])
    return addresses


def end_by_signal() -> None:
    """Let SIGTERM and Ctrl-C end the process at once, whatever it computes.

    Python would first wait for its threads, and XLA aborts when one that compiles is taken from it. The
    server itself takes both signals while it runs, and hands them on when it has closed.
    """

    def end(number: int, frame: FrameType | None) -> None:
        with contextlib.suppress(OSError):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(128 + number)

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, end)


def end_in_time() -> None:
    """Let the signals that ask the server to end also end it when it does not come to that."""
    for number in (signal.SIGTERM, signal.SIGINT):
        polite = signal.getsignal(number)

        def end(number: int, frame: FrameType | None, polite: Any = polite) -> None:
            timer = threading.Timer(2 * PATIENCE, os._exit, [128 + number])
            timer.daemon = True
            timer.start()
            polite(number, frame)

        signal.signal(number, end)
