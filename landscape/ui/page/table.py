"""The one table of the pages: text goes in, HTML comes out, escaped here and nowhere else."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

NOTHING = "—"
"""In a cell that has no number."""


@dataclass(frozen=True)
class Cell:
    """One cell.

    Attributes:
        text: what it says.
        kind: the classes that give it its look: "number" stands at the right, "wide" is left out on a phone.
        hint: said when the pointer rests on it.
        before, after: a sign beside the text; it speaks the hint, or nothing where there is none.
    """

    text: str
    kind: str = ""
    hint: str = ""
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class Row:
    """One row: what it is about, in the colour and with the marker of a slot if it has one, and its cells."""

    head: Cell
    cells: Sequence[Cell]
    slot: int | None = None


def table_html(rows: Iterable[Row], heads: Sequence[Cell] = (), *, label: str = "", look: str = "") -> str:
    """The table as HTML.

    Args:
        rows: each with a cell for every column but the first.
        heads: of the columns, the first one included; none where the rows explain themselves. A column's
            kind is that of its cells too.
        label: what the table is called where it is not seen.
        look: a class of its own beside "outcomes".

    >>> print(table_html([Row(Cell("a<b"), [Cell("1")])], [Cell("name"), Cell("f", "number")]))
    <table class="outcomes"><thead><tr><th scope="col">name</th><th class="number" scope="col">f</th></tr>\
</thead><tbody><tr><th scope="row">a&lt;b</th><td class="number">1</td></tr></tbody></table>
    """
    kinds = [head.kind for head in heads[1:]]
    named = "".join(_cell("th", head, scope="col") for head in heads)
    top = f"<thead><tr>{named}</tr></thead>" if heads else ""
    body = "".join(f"<tr>{_row(row, kinds)}</tr>" for row in rows)
    name = f' aria-label="{escape(label)}"' if label else ""
    return f'<table class="{_kinds("outcomes", look)}"{name}>{top}<tbody>{body}</tbody></table>'


def _row(row: Row, kinds: Sequence[str]) -> str:
    marker = f'<span class="marker slot-{row.slot}" aria-hidden="true"></span>' if row.slot else ""
    kinds = kinds or [""] * len(row.cells)
    cells = (_cell("td", cell, kind) for cell, kind in zip(row.cells, kinds, strict=True))
    return _cell("th", row.head, scope="row", marker=marker) + "".join(cells)


def _cell(tag: str, cell: Cell, kind: str = "", scope: str = "", marker: str = "") -> str:
    given = {"class": _kinds(kind, cell.kind), "title": cell.hint, "scope": scope}
    attributes = "".join(f' {name}="{escape(value)}"' for name, value in given.items() if value)
    spoken = f'role="img" aria-label="{escape(cell.hint)}"' if cell.hint else 'aria-hidden="true"'
    signs = (
        f'<span class="sign" {spoken}>{escape(sign)}</span>' if sign else ""
        for sign in (cell.before, cell.after)
    )
    content = f" {escape(cell.text)} ".join(signs).strip()
    return f"<{tag}{attributes}>{marker}{content}</{tag}>"


def _kinds(*kinds: str) -> str:
    return " ".join(dict.fromkeys(" ".join(kinds).split()))
