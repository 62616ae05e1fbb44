"""Files that never end, never begin or are something else are refused before they are read."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import landscape as ls
from landscape import cli
from landscape.core.files import open_plain, plain, read_text
from landscape.scenario.link import LARGEST
from landscape.storage.store import StoreError

SCENARIO = {
    "problem": {"name": "bowl"},
    "start": [1.0, 1.0],
    "steps": 5,
    "runners": [{"id": "a", "rule": "sgd", "fields": {"learning_rate": 0.1}, "slot": 1}],
}


def pipe(folder: Path) -> Path:
    """A pipe into which nobody writes: who opens it waits."""
    os.mkfifo(folder / "pipe")
    return folder / "pipe"


def sparse(folder: Path) -> Path:
    """A file of 20 GB that takes no room."""
    with (folder / "sparse").open("wb") as file:
        file.truncate(20 * 10**9)
    return folder / "sparse"


def binary(folder: Path) -> Path:
    """Bytes that are no text."""
    (folder / "binary").write_bytes(b"\xe3\x00\xff" * 50)
    return folder / "binary"


STRANGE = {
    "a device without an end": lambda folder: Path("/dev/zero"),
    "the terminal's device": lambda folder: Path("/dev/null"),
    "a pipe": pipe,
    "a folder": lambda folder: folder,
    "20 GB": sparse,
    "binary": binary,
    "nothing": lambda folder: folder / "nowhere",
}


@pytest.mark.parametrize("make", STRANGE.values(), ids=STRANGE)
def test_what_holds_no_scenario_is_refused_in_one_line(make, tmp_path, capsys) -> None:
    """The file is named, nothing is printed, the status is 1."""
    path = make(tmp_path)
    assert cli.main(["run", str(path)]) == 1
    captured = capsys.readouterr()
    assert captured.err.startswith(f"landscape: {path}: ")
    assert len(captured.err.splitlines()) == 1
    assert not captured.out


@pytest.mark.parametrize("make", STRANGE.values(), ids=STRANGE)
def test_what_holds_no_result_is_refused(make, tmp_path) -> None:
    """`load` says so for a path, and for the open file where it can be opened."""
    path = make(tmp_path)
    with pytest.raises((StoreError, OSError)):
        ls.load(path)


def test_an_open_device_is_no_result() -> None:
    """Its end would be looked for in vain."""
    with Path("/dev/zero").open("rb") as file, pytest.raises(StoreError, match="pipe or a device"):
        ls.load(file)


def test_what_lies_in_memory_has_an_end() -> None:
    """A buffer is no pipe, though the system does not know it."""
    assert plain(io.BytesIO(b"x"))


def test_a_pipe_is_told_from_a_file(tmp_path) -> None:
    """The first is refused without waiting for a writer, the second is read."""
    with pytest.raises(OSError, match="pipe or a device"):
        open_plain(pipe(tmp_path))
    (tmp_path / "file").write_bytes(b"x")
    with open_plain(tmp_path / "file") as file:
        assert file.read() == b"x"


def test_a_mark_before_the_text_is_no_part_of_it(tmp_path, capsys) -> None:
    """Windows' editor writes one."""
    path = tmp_path / "scenario.json"
    path.write_text(json.dumps(SCENARIO), encoding="utf-8-sig")
    assert cli.main(["run", str(path)]) == 0
    assert capsys.readouterr().out.startswith("runner")


def test_a_text_is_read_up_to_its_limit() -> None:
    """One byte more is too many, and no further byte is read."""
    assert read_text(io.BytesIO(b"x" * 8), "it", 8) == "x" * 8
    source = io.BytesIO(b"x" * 100)
    with pytest.raises(ValueError, match="it: is too large; at most 8 bytes"):
        read_text(source, "it", 8)
    assert source.tell() == 9


def landscape(*arguments: str, shell: str = "") -> subprocess.CompletedProcess[str]:
    """`landscape` as a shell starts it, with its streams redirected."""
    command = f'"{sys.executable}" -m landscape {" ".join(arguments)} {shell}'
    return subprocess.run(command, shell=True, capture_output=True, text=True, timeout=60, check=False)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("arguments", "shell", "words"),
    [
        ("-", "<&-", "standard input is closed"),
        ("-", "</dev/zero", f"standard input: is too large; at most {LARGEST} bytes"),
        ("{file}", ">&-", "standard output is closed"),
        ("/proc/self/mem", "", "/proc/self/mem: Input/output error"),
        ("{file}", ">/dev/full", "standard output: No space left on device"),
        ("{file} --csv /dev/full", "", "/dev/full: No space left on device"),
    ],
)
def test_streams_that_are_not_there_are_named(tmp_path, arguments: str, shell: str, words: str) -> None:
    """What could not be read or written ends with a status that a script sees, and one line."""
    file = tmp_path / "scenario.json"
    file.write_text(json.dumps(SCENARIO), encoding="utf-8")
    done = landscape("run", arguments.format(file=file), shell=shell)
    assert done.returncode == 1
    assert done.stderr.strip() == f"landscape: {words}" or words in done.stderr
    assert len(done.stderr.splitlines()) == 1
