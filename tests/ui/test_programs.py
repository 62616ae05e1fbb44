"""Compiled programs: whole or gone, and never more than their room."""

import os
import time
import zlib
from pathlib import Path

import jax
import numpy as np
import pytest

from landscape import cli
from landscape.study.terrain import wishart
from landscape.ui.page import chrome
from landscape.ui.work import memory, programs

PROGRAM = zlib.compress(os.urandom(2_000))


def written(folder: Path, name: str, content: bytes, used: float = 0.0) -> Path:
    """An entry, used so many seconds ago."""
    path = folder / f"jit_{name}-cache"
    path.write_bytes(content)
    os.utime(path, (time.time() - used,) * 2)
    return path


@pytest.mark.parametrize(
    "content", [b"", PROGRAM[:-1], PROGRAM[:100], b"not packed", b"\0" * 2_000], ids=range(5)
)
def test_what_a_full_disk_cut_short_is_removed(tmp_path: Path, content: bytes) -> None:
    """JAX would read it at every start and never replace it; whole programs and other files stay."""
    broken, whole = written(tmp_path, "broken", content), written(tmp_path, "whole", PROGRAM)
    other = tmp_path / "notes.txt"
    other.write_bytes(b"")
    assert programs.mend(tmp_path) == 1
    assert not broken.exists()
    assert whole.read_bytes() == PROGRAM
    assert other.exists()


def test_only_what_is_new_since_the_last_look_is_unpacked(tmp_path: Path) -> None:
    """Half a gigabyte is not read at each start; what was written after the look is."""
    old = written(tmp_path, "old", PROGRAM, used=100)
    programs.mend(tmp_path)
    old.write_bytes(b"")
    os.utime(old, (time.time() - 100,) * 2)
    assert programs.mend(tmp_path) == 0
    written(tmp_path, "new", b"")
    assert programs.mend(tmp_path) == 1


def test_the_disk_holds_so_many_bytes(tmp_path: Path) -> None:
    """Those not used for longest go, until there is some room; below the bound nothing does."""
    entries = [written(tmp_path, str(age), b"x" * 100, used=age) for age in range(10)]
    programs.prune(tmp_path, limit=1_000)
    assert all(entry.exists() for entry in entries)
    programs.prune(tmp_path, limit=999)
    assert [entry.exists() for entry in entries] == [True] * 7 + [False] * 3


def test_a_folder_where_nothing_can_be_kept_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file in its place, or a full disk; a fit one is made."""
    assert programs.unfit(tmp_path / "new" / "folder") == ""
    (tmp_path / "file").write_bytes(b"")
    assert programs.unfit(tmp_path / "file")
    monkeypatch.setattr(programs, "FREE", 10**18)
    assert programs.unfit(tmp_path) == "the disk is full"


@pytest.mark.slow
def test_programs_go_when_the_process_has_grown(monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond the bound all are dropped and compiled again; what remains is not held against them."""
    compiled = []

    @jax.jit
    def double(x):
        compiled.append(1)
        return 2 * x

    double(np.ones(3))
    ceiling, size = memory.Ceiling(limit=1_000), [900]
    monkeypatch.setattr(memory, "resident", lambda: size[0])
    assert not ceiling.look()
    double(np.ones(3))
    assert len(compiled) == 1
    size[0] = 1_100
    assert ceiling.look()
    double(np.ones(3))
    assert len(compiled) == 2
    assert not ceiling.look()
    size[0] = 1_400
    assert ceiling.look()


def test_the_size_of_the_process_is_known_here() -> None:
    """It is that of Python and JAX, and grows with what is held."""
    before = memory.resident()
    held = np.ones(20_000_000)
    assert before > 50e6
    assert memory.resident() - before > 0.8 * held.nbytes


def test_programs_go_when_their_memory_maps_become_many(monkeypatch: pytest.MonkeyPatch) -> None:
    """The kernel refuses memory to a process that holds too many, however small they are."""
    monkeypatch.setattr(memory, "maps", lambda: many[0])
    dropped: list[int] = []
    monkeypatch.setattr(memory.jax, "clear_caches", lambda: dropped.append(many[0]))
    ceiling, many = memory.Ceiling(limit=10**15, most=1_000), [1_000]
    assert not ceiling.look()
    many[0] = 1_001
    assert ceiling.look()
    assert dropped == [1_001]
    assert not ceiling.look()


def test_the_memory_maps_of_the_process_are_known_here(tmp_path: Path) -> None:
    """Each file that is mapped is one more; the kernel allows thousands."""
    file = tmp_path / "file"
    file.write_bytes(b"x" * 4_096)
    before = memory.maps()
    held = [np.memmap(file, mode="r" if k % 2 else "c") for k in range(20)]
    assert memory.maps() >= before + len(held) // 2
    assert memory.allowed_maps() > 10_000 > before / 10


def test_what_lessons_remember_goes_with_the_programs() -> None:
    """Their memories are bounded by number alone; what the pages themselves need stays."""
    wishart.eigenvalues(3)
    chrome.style("style")
    assert wishart.eigenvalues.cache_info().currsize
    assert memory.forget_results() > 0
    assert wishart.eigenvalues.cache_info().currsize == 0
    assert chrome.style.cache_info().currsize


def test_what_is_loaded_at_the_start_is_not_looked_through_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """The last thing the warm-up does is to freeze what there is."""
    done = []

    class Quick:
        def replace(self, **_: object) -> "Quick":
            return self

        def fits(self) -> None:
            done.append("compiled")

    monkeypatch.setattr(cli, "PRESETS", {})
    monkeypatch.setattr(cli, "TRAININGS", {"default": Quick()})
    monkeypatch.setattr(cli.gc, "collect", lambda: done.append("collected"))
    monkeypatch.setattr(cli.gc, "freeze", lambda: done.append("frozen"))
    cli._warm_up()
    assert done == ["compiled", "collected", "frozen"]
