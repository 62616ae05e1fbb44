"""A link as it arrives: what mails, chats and other programs do to it is undone, what is lost is said."""

import base64
from urllib.parse import quote

import pytest

from landscape.scenario import Scenario, ScenarioError
from landscape.scenario.link import LARGEST, LONGEST_LINK, encode

RACE = Scenario(problem={"formula": "x**2 + sin(y)", "domain": ((-1.5, 1), (0, 2))}, start=(0.25, 1), seed=77)
LINK = RACE.to_link()
OTHER = LINK.replace("-", "+").replace("_", "/")  # the other alphabet of base64
PADDED = OTHER + "=" * (-len(OTHER) % 4)

ARRIVES = {
    "full stop": f"{LINK}.",
    "comma": f"{LINK},",
    "space": f" {LINK} ",
    "newline": f"{LINK}\r\n",
    "broken": f"{LINK[:30]}\r\n {LINK[30:60]}\n{LINK[60:]}",
    "soft break of a mail": f"{LINK[:50]}=\r\n{LINK[50:]}",
    "one padding": f"{LINK}=",
    "two paddings": f"{LINK}==",
    "other alphabet": OTHER,
    "padded": PADDED,
    "percent": quote(PADDED, safe=""),
    "percent twice": quote(quote(PADDED, safe=""), safe=""),
    "plus as space": OTHER.replace("+", " "),
    "around": f'"«“‘「<({LINK})>」’”»".',
    "square": f"[{LINK}]",
    "emphasis": f"_{LINK}_",
    "bold": f"**{LINK}**",
    "code": f"`{LINK}`",
    "slash": f"{LINK}/",
    "ellipsis": f"{LINK}…",
    "soft hyphen": f"{LINK[:9]}\u00ad{LINK[9:]}",
    "zero width": f"\u200b{LINK[:9]}\u200b{LINK[9:]}\ufeff",
    "tab": f"\t{LINK[:9]}\t{LINK[9:]}",
    "no-break space": f"\u00a0{LINK}\u00a0",
    "address": f"http://127.0.0.1:8501/?lang=ko&s={LINK}",
    "address before": f"https://h/race?s={LINK}&lang=en#a",
    "address of a page": f"<a href='https://h/?lang=en&amp;s={LINK}'>",
    "address, percent": f"http://h/?s={quote(PADDED, safe='')}",
}


@pytest.mark.parametrize("arrived", ARRIVES.values(), ids=ARRIVES)
def test_what_happened_on_the_way_is_undone(arrived):
    assert Scenario.from_link(arrived) == RACE


def test_the_link_of_the_test_holds_both_letters_that_change():
    many = [RACE.replace(start=(n / 7, n / 3), seed=n) for n in range(60)]
    for race in many:
        link = race.to_link()
        assert Scenario.from_link(link.replace("-", "+").replace("_", "/") + "==.") == race
        assert Scenario.from_link(link.replace("-", " ") + " ") == race or link.endswith("-")
    assert any("-" in race.to_link() for race in many)
    assert any("_" in race.to_link() for race in many)


@pytest.mark.parametrize(
    "lost",
    [
        LINK[:-4],
        LINK[1:],
        LINK[:40] + LINK[44:],
        LINK + "abcd",
        LINK[:20] + "é" + LINK[20:],
        LINK + LINK,
        "",
        ".",
        "%",
    ],
)
def test_what_is_lost_is_not_guessed(lost):
    with pytest.raises(ScenarioError, match="The link is damaged"):
        Scenario.from_link(lost)


def test_a_long_link_is_refused_before_it_is_read():
    for link in ("a" * (LONGEST_LINK + 1), "%41" * 400_000, " " * 1_000_000):
        with pytest.raises(ScenarioError, match=r"characters; at most|damaged"):
            Scenario.from_link(link)
    with pytest.raises(ScenarioError, match="too large"):
        Scenario.from_link(encode(" " * (LARGEST + 1)))
    with pytest.raises(ScenarioError, match="damaged"):
        Scenario.from_link(base64.b64encode(b"no zlib").decode())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_a_file_of_any_editor_is_read(encoding):
    assert Scenario.from_json(RACE.to_json().encode(encoding)) == RACE
    assert Scenario.from_json("\ufeff" + RACE.to_json()) == RACE
    assert Scenario.from_json("\r\n" + RACE.to_json(indent=2).replace("\n", "\r\n") + "\r\n") == RACE
