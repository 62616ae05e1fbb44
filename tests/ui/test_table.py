"""The one table: what comes from outside is text, heads head, and signs are spoken or silent."""

from xml.etree import ElementTree as ET

import pytest

from landscape.ui.page.table import Cell, Row, table_html

EVIL = '<img src="x" onerror=alert(1)>&"'


def parsed(*given, **named):
    return ET.fromstring(table_html(*given, **named))


def test_everything_that_is_said_is_text():
    """A name, a hint, a sign, a label: none of them becomes markup."""
    cell = Cell(EVIL, hint=EVIL, before=EVIL, after=EVIL)
    table = parsed([Row(cell, [cell])], [cell, cell], label=EVIL)
    assert table.get("aria-label") == EVIL
    assert {element.tag for element in table.iter()} == {"table", "thead", "tbody", "tr", "th", "td", "span"}
    for element in [*table.iter("th"), *table.iter("td")]:
        assert element.get("title") == EVIL
        assert "".join(element.itertext()) == f"{EVIL} {EVIL} {EVIL}"


def test_heads_head_their_columns_and_rows():
    table = parsed([Row(Cell("Adam"), [Cell("1"), Cell("2")], slot=3)], [Cell("who"), Cell("a"), Cell("b")])
    assert [head.get("scope") for head in table.iter("th")] == ["col", "col", "col", "row"]
    [marker] = table.iter("span")
    assert (marker.get("class"), marker.get("aria-hidden")) == ("marker slot-3", "true")


def test_the_kind_of_a_column_is_that_of_its_cells():
    heads = [Cell("who"), Cell("end"), Cell("loss", "number wide")]
    table = parsed([Row(Cell("Adam"), [Cell("there", "ending"), Cell("1", "number lost")])], heads)
    assert [cell.get("class") for cell in table.iter("td")] == ["ending", "number wide lost"]
    assert parsed([Row(Cell("loss"), [Cell("1", "number")])], look="sides").get("class") == "outcomes sides"


@pytest.mark.parametrize("hint", ["", "trust it"])
def test_a_sign_says_its_hint_or_nothing(hint):
    table = parsed([Row(Cell("Adam"), [Cell("90%", hint=hint, after="✓")])])
    [sign] = table.iter("span")
    assert sign.get("aria-label") == (hint or None)
    assert sign.get("aria-hidden") == (None if hint else "true")


def test_a_row_of_another_length_is_refused():
    with pytest.raises(ValueError, match="zip"):
        table_html([Row(Cell("Adam"), [Cell("1")])], [Cell("who"), Cell("a"), Cell("b")])
