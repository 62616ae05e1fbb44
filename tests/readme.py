"""`make readme`: the table of what there is in README.md, written from the registries."""

from collections.abc import Iterable
from pathlib import Path

import landscape as ls

FILE = Path(__file__).resolve().parent.parent / "README.md"
BEGIN, END = "<!-- names: begin -->\n", "<!-- names: end -->"


def rows() -> dict[str, str]:
    """What stands in each row, by what stands at its head."""
    flat = [name for name, surface in ls.SURFACES.items() if surface.dimension == 1]
    return {
        "Optimizers": listed(ls.OPTIMIZERS),
        "Around any of them": listed(ls.WRAPPERS),
        "Schedules": listed(ls.SCHEDULES),
        "Surfaces": f"{listed(n for n in ls.SURFACES if n not in flat)}; of one variable: {listed(flat)}",
        "Data": listed(ls.DATASETS),
        "Activations": listed(ls.ACTIVATIONS),
        "Initializers": listed(ls.INITIALIZERS),
    }


def listed(names: Iterable[str]) -> str:
    """Names as code, in the registry's order."""
    return " ".join(f"`{name}`" for name in names)


def written(text: str) -> str:
    """The text of the README with its table written anew."""
    before, _, rest = text.partition(BEGIN)
    _, found, after = rest.partition(END)
    if not found:
        raise ValueError(f"README.md must hold {BEGIN.strip()} and {END}")
    table = ["| | |", "|---|---|", *(f"| {head} | {names} |" for head, names in rows().items())]
    return before + BEGIN + "\n".join(table) + "\n" + END + after


if __name__ == "__main__":
    FILE.write_text(written(FILE.read_text(encoding="utf-8")), encoding="utf-8")
