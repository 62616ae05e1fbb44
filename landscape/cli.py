"""The `landscape` command: serve the app, run a scenario without it."""

from __future__ import annotations

import argparse
import os
import runpy
import socket
import sys
from importlib import metadata
from pathlib import Path


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; returns the exit status.

    >>> main(["serve", "--port", "70000"])
    Traceback (most recent call last):
    SystemExit: 2
    """
    options = _parser().parse_args(arguments)
    try:
        return options.command(options)
    except (OSError, ValueError) as error:
        print(f"landscape: {error}", file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("landscape", description="Race optimizers down loss surfaces.")
    version = f"%(prog)s {metadata.version('landscape')}"
    parser.add_argument("--version", action="version", version=version)
    commands = parser.add_subparsers(title="commands", required=True)

    serve = commands.add_parser("serve", help="open the app in the browser")
    serve.add_argument("--host", default="127.0.0.1", help="address to listen on; 0.0.0.0 for a classroom")
    serve.add_argument("--port", type=_port, default=8501)
    serve.add_argument("--no-browser", action="store_true", help="only serve, open no window")
    serve.set_defaults(command=_serve)
    return parser


def _port(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise argparse.ArgumentTypeError(f"a port is a number from 1 to 65535, not {text!r}")
    return int(text)


def app_folder() -> Path:
    """The folder that holds `app.py`: inside the package when installed from a wheel, else beside it."""
    package = Path(__file__).resolve().parent
    for folder in (package / "_app", package.parent):
        if (folder / "app.py").is_file():
            return folder
    raise FileNotFoundError(f"no app.py in {package} nor beside it: install Landscape again")


def _serve(options: argparse.Namespace) -> int:
    """Become Streamlit, in the app's folder, where its configuration and pages lie."""
    _require_free(options.host, options.port)
    os.chdir(app_folder())
    listen = ["--server.address", options.host, "--server.port", str(options.port)]
    headless = ["--server.headless", "true"] if options.no_browser else []
    sys.argv = ["streamlit", "run", "app.py", *listen, *headless]
    runpy.run_module("streamlit", run_name="__main__", alter_sys=True)
    return 0


def _require_free(host: str, port: int) -> None:
    """Streamlit's own complaint names no remedy."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except OSError as error:
        reason = f"cannot listen on {host}:{port} ({error.strerror}); choose another --host or --port"
        raise OSError(reason) from error
