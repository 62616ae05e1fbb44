"""The README tells the truth: its examples run and give what it says, and it names what there is."""

import re
from pathlib import Path

import pytest
from PIL import Image

from landscape.cli import main
from tests.readme import written

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


def test_examples_give_what_they_say():
    """Each Python block runs after the one before; a line that ends in `# -> value` has that value."""
    names: dict = {}
    said = []
    for block in blocks("python"):
        told = re.sub(r"^( *)(\S.*?) +# -> (.*)$", r"\1told.append((\2, \3))", block, flags=re.MULTILINE)
        names["told"] = said
        exec(compile(told, "README.md", "exec"), names)
    assert len(said) == README.count("# -> ")
    assert len(said) > 5
    for given, expected in said:
        assert given == expected


def test_the_command_prints_what_is_shown(tmp_path, capsys):
    """`landscape run` on the shown scenario: the same table, its numbers to three digits."""
    [scenario], [shown] = blocks("json"), blocks("text")
    file = tmp_path / "ravine.json"
    file.write_text(scenario, encoding="utf-8")
    assert main(["run", str(file)]) == 0
    rows = [line.split() for line in capsys.readouterr().out.splitlines()]
    expected = [line.split() for line in shown.splitlines()[1:]]
    assert [row[:2] for row in rows] == [row[:2] for row in expected]
    for row, wanted in zip(rows[1:], expected[1:], strict=True):
        assert list(map(float, row[2:])) == pytest.approx(list(map(float, wanted[2:])), rel=2e-3, abs=1e-9)


def test_the_table_is_written_from_the_registries():
    """Where this fails, `make readme` writes it anew."""
    assert written(README) == README


def test_every_file_it_speaks_of_is_there():
    """Links, pictures and paths lead somewhere, and the picture is light enough to open first."""
    links = re.findall(r"\]\(([^)#]+)\)", README)
    paths = re.findall(r"`(landscape/[\w/.]+)`", README)
    assert links
    assert paths
    assert [path for path in links + paths if not (ROOT / path).exists()] == []
    picture = ROOT / ".github" / "race.png"
    assert picture.stat().st_size < 300_000
    with Image.open(picture) as image:
        assert image.width >= 1440


def test_it_opens_with_a_picture_and_the_two_commands():
    """Before any other heading: the picture, then `make run` and `make test`, which the Makefile has."""
    opening = README.split("\n## ")[0]
    places = [opening.find(word) for word in ("![", "make run", "make test")]
    assert -1 not in places
    assert places == sorted(places)
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"`?make (\w+)", README):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
