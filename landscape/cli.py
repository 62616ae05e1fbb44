"""The `landscape` command: serve the app, run a scenario without it."""

import argparse
import csv
import importlib
import os
import runpy
import socket
import sys
import threading
from collections.abc import Mapping
from importlib import metadata
from pathlib import Path

import jax

from landscape.descent.trajectory import Trajectory
from landscape.geometry.grid import evaluate
from landscape.outcomes import Outcome, outcome
from landscape.presets import PRESETS
from landscape.scenario import Scenario
from landscape.trainings import TRAININGS

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
    """Become Streamlit, in the app's folder, where its configuration and pages lie."""
    _require_free(options.host, options.port)
    os.chdir(app_folder())
    listen = ["--server.address", options.host, "--server.port", str(options.port)]
    headless = ["--server.headless", "true"] if options.no_browser else []
    still = ["--server.fileWatcherType", "none"]  # nobody edits a served app
    sys.argv = ["streamlit", "run", "app.py", *listen, *headless, *still]
    importlib.import_module("landscape.ui.serving").run_one_script()  # Streamlit loads for `serve` alone
    _keep_programs()
    threading.Thread(target=_warm_up, daemon=True).start()
    runpy.run_module("streamlit", run_name="__main__", alter_sys=True)
    return 0


def _keep_programs() -> None:
    """Let JAX keep its compiled programs on disk, so that the next start has them at once."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "landscape"
    jax.config.update("jax_compilation_cache_dir", os.environ.get("JAX_COMPILATION_CACHE_DIR", str(cache)))
    jax.config.update("jax_persistent_cache_min_compile_time_secs", 0.0)


def _warm_up() -> None:
    """Compile what the first visitors will ask for while they open their browsers."""
    for scenario in PRESETS.values():
        evaluate(scenario.surface())
        scenario.paths()
    TRAININGS["default"].replace(epochs=1).fits()


def _run(options: argparse.Namespace) -> int:
    """Compute a scenario without the app."""
    text = sys.stdin.read() if options.scenario == "-" else Path(options.scenario).read_text(encoding="utf-8")
    scenario = Scenario.from_json(text)
    rules, surface, paths = scenario.rules(), scenario.surface(), scenario.paths()
    rows = [_row(name, outcome(rules[name], surface, path)) for name, path in paths.items()]
    print(_aligned([COLUMNS, *rows]))
    if options.csv is not None:
        _write_paths(options.csv, paths)
    return 0


def _row(name: str, end: Outcome) -> tuple[str, ...]:
    numbers = (end.loss, end.distance, end.arrived, end.evaluations, end.predicted, end.measured)
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
