"""The `landscape` command: serve the app, run a scenario without it."""

import argparse
import contextlib
import csv
import gc
import importlib
import os
import socket
import sys
import threading
from collections.abc import Iterator, Mapping
from importlib import metadata
from pathlib import Path

from landscape.core.files import open_plain, read_text
from landscape.descent.trajectory import Trajectory
from landscape.geometry.grids.grid import evaluate
from landscape.presets.races import PRESETS
from landscape.presets.trainings import TRAININGS
from landscape.scenario import Scenario
from landscape.scenario.link import LARGEST
from landscape.scenario.outcome import Outcome, outcome

COLUMNS = ("runner", "ending", "loss", "distance", "arrived", "evaluations", "predicted", "measured")


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; returns the exit status.

    >>> main(["serve", "--port", "70000"])
    Traceback (most recent call last):
    SystemExit: 2
    """
    options = _parser().parse_args(arguments)
    try:
        return options.command(options)
    except KeyboardInterrupt:
        return 130
    except OSError as error:
        message = f"{error.filename}: {error.strerror}" if error.filename else str(error)
    except ValueError as error:
        message = str(error)
    print(f"landscape: {message}", file=sys.stderr)
    return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("landscape", description="Race optimizers down loss surfaces.")
    version = f"%(prog)s {metadata.version('landscape')}"
    parser.add_argument("--version", action="version", version=version)
    commands = parser.add_subparsers(title="commands", required=True)

    serve = commands.add_parser("serve", help="open the app in the browser")
    serve.add_argument("--host", default="127.0.0.1", help="address to listen on; 0.0.0.0 for a classroom")
    serve.add_argument("--port", type=_port, default=8501)
    serve.add_argument("--name", action="append", default=[], help="a further name under which it is opened")
    serve.add_argument("--no-browser", action="store_true", help="only serve, open no window")
    serve.set_defaults(command=_serve)

    race = commands.add_parser("run", help="run a scenario and print what became of each optimizer")
    race.add_argument("scenario", metavar="SCENARIO.json", help="a scenario, or - for standard input")
    race.add_argument("--csv", metavar="FILE", type=Path, help="also write every step of every path")
    race.set_defaults(command=_run)
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
    """Serve the app; only a signal ends it."""
    listener = _listener(options.host, options.port)
    script = app_folder() / "app.py"
    os.chdir(script.parent)  # where its configuration lies
    serving = importlib.import_module("landscape.ui.server.serving")  # Streamlit loads for `serve` alone
    serving.end_by_signal()
    importlib.import_module("landscape.ui.work.programs").keep()
    threading.Thread(target=_warm_up, daemon=True).start()
    serving.serve(script, listener, options.name, browser=not options.no_browser)
    return 0


def _warm_up() -> None:
    """Compile what the first visitors will ask for while they open their browsers."""
    for scenario in PRESETS.values():
        evaluate(scenario.surface())
        scenario.paths()
    TRAININGS["default"].replace(epochs=1).fits()
    gc.collect()
    gc.freeze()  # what is loaded by now stays: looking through it again and again stops everybody


def _run(options: argparse.Namespace) -> int:
    """Compute a scenario without the app."""
    if sys.stdout is None:
        raise OSError("standard output is closed: there is nowhere to print")
    scenario = Scenario.from_json(_text(options.scenario))
    rules, surface, paths = scenario.rules(), scenario.surface(), scenario.paths()
    rows = [_row(name, outcome(rules[name], surface, path)) for name, path in paths.items()]
    with _named("standard output"):
        print(_aligned([COLUMNS, *rows]), flush=True)
    if options.csv is not None:
        with _named(str(options.csv)):
            _write_paths(options.csv, paths)
    return 0


def _text(scenario: str) -> str:
    """The text of a file, or of standard input."""
    if scenario != "-":
        with _named(scenario), open_plain(scenario) as file:
            return read_text(file, scenario, LARGEST)
    if sys.stdin is None:
        raise OSError("standard input is closed: there is no scenario to read")
    return read_text(sys.stdin.buffer, "standard input", LARGEST)


@contextlib.contextmanager
def _named(name: str) -> Iterator[None]:
    """Let an error of reading or writing say where."""
    try:
        yield
    except OSError as error:
        raise OSError(error.errno, error.strerror, name) from error


def _row(name: str, end: Outcome) -> tuple[str, ...]:
    numbers = (end.loss, end.distance, end.arrived, end.spent, end.predicted, end.measured)
    return (name, end.ending, *("-" if number is None else f"{number:.4g}" for number in numbers))


def _aligned(rows: list[tuple[str, ...]]) -> str:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows)
    return "\n".join(line.rstrip() for line in lines)


def _write_paths(file: Path, paths: Mapping[str, Trajectory]) -> None:
    """One line for each live step: runner, step, coordinates, loss, gradient norm."""
    with file.open("w", encoding="utf-8", newline="") as output:
        writer = csv.writer(output)
        axes = ("x", "y")[: next(iter(paths.values())).params.shape[1]] if paths else ()
        writer.writerow(["runner", "step", *axes, "loss", "grad_norm"])
        for name, path in paths.items():
            for step in range(path.last + 1):
                numbers = (*path.params[step], path.loss[step], path.grad_norm[step])
                writer.writerow([name, step, *(repr(float(number)) for number in numbers)])


def _listener(host: str, port: int) -> socket.socket:
    """A socket that listens there; an answer does not wait for its predecessor's receipt (TCP_NODELAY)."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        with contextlib.ExitStack() as until_it_listens:
            listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)  # asyncio then sets it
            until_it_listens.callback(listener.close)
            if os.name != "nt":  # there two servers could share a port
                listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind((host, port))
            listener.listen(2048)
            until_it_listens.pop_all()
    except OSError as error:
        reason = f"cannot listen on {host}:{port} ({error.strerror}); choose another --host or --port"
        raise OSError(reason) from error
    return listener
