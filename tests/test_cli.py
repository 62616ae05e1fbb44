"""The `landscape` command: what it accepts, and what it says when it cannot."""

import csv
import json
import socket
from pathlib import Path

import numpy as np
import pytest

import landscape as ls
from landscape import cli


@pytest.mark.parametrize("port", ["0", "65536", "-1", "eighty", "", "80.5"])
def test_bad_port_is_named(port: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A port that cannot be is refused with the range that can."""
    with pytest.raises(SystemExit, match="2"):
        cli.main(["serve", f"--port={port}"])
    assert "from 1 to 65535" in capsys.readouterr().err


def test_busy_port_is_refused_before_anything_starts(capsys: pytest.CaptureFixture[str]) -> None:
    """One line names the address and the way out, instead of a traceback."""
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        port = busy.getsockname()[1]
        assert cli.main(["serve", "--port", str(port)]) == 1
    message = capsys.readouterr().err
    assert f"127.0.0.1:{port}" in message
    assert "choose another" in message


def test_no_command_explains_itself(capsys: pytest.CaptureFixture[str]) -> None:
    """Without a command the usage is shown."""
    with pytest.raises(SystemExit, match="2"):
        cli.main([])
    assert "serve" in capsys.readouterr().err


SCENARIO = {
    "problem": {"name": "bowl"},
    "start": [1.0, 1.0],
    "steps": 20,
    "runners": [
        {"id": "steady", "rule": "sgd", "fields": {"learning_rate": 0.1}, "slot": 1},
        {"id": "wild", "rule": "sgd", "fields": {"learning_rate": 1.0}, "slot": 2},
    ],
}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "scenario.json"
    path.write_text(json.dumps(SCENARIO), encoding="utf-8")
    return path


def test_run_prints_each_runner(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The table has one line for each runner, in their order, under the head."""
    assert cli.main(["run", str(file)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == ["runner", "steady", "wild"]


def test_run_writes_every_live_step(file: Path, tmp_path: Path) -> None:
    """The table of steps holds exactly the numbers that the library computes."""
    table = tmp_path / "paths.csv"
    assert cli.main(["run", str(file), "--csv", str(table)]) == 0
    with table.open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["runner"] == "steady"]
    path = ls.run(ls.SGD(0.1), ls.SURFACES["bowl"], np.array([1.0, 1.0]), steps=20)
    written = [[float(row[column]) for column in ("x", "y", "loss", "grad_norm")] for row in rows]
    expected = np.column_stack([path.params, path.loss, path.grad_norm])
    np.testing.assert_array_equal(np.array(written, np.float32), expected)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "not JSON"),
        ("[]", "object"),
        (json.dumps(SCENARIO | {"problem": {"name": "bowll"}}), "Did you mean bowl"),
        (json.dumps(SCENARIO | {"steps": 10**9}), "steps"),
        (json.dumps({key: value for key, value in SCENARIO.items() if key != "start"}), "start"),
    ],
)
def test_bad_scenario_is_refused_in_one_line(
    content: str, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is wrong is said on standard error with the field's name, without a traceback."""
    path = tmp_path / "bad.json"
    path.write_text(content, encoding="utf-8")
    assert cli.main(["run", str(path)]) == 1
    captured = capsys.readouterr()
    assert words in captured.err
    assert not captured.out
    assert len(captured.err.splitlines()) == 1


def test_missing_file_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A wrong path is repeated, so that the typing error can be seen."""
    assert cli.main(["run", str(tmp_path / "nowhere.json")]) == 1
    assert "nowhere.json" in capsys.readouterr().err
