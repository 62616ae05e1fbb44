"""Write the browser's copy of the look: `python -m landscape.look.write`, after a change of look.json."""

from pathlib import Path

from landscape.look.source import PATH

SCRIPT = Path(__file__).parents[1] / "player" / "assets" / "shared" / "look.js"


def script() -> str:
    """Return the module's text, which a test compares with the file."""
    table = PATH.read_text(encoding="utf-8").strip()
    return (
        "// Written from landscape/look/look.json by `python -m landscape.look.write`; change that.\n\n"
        f"export const LOOK = {table};\n"
    )


if __name__ == "__main__":
    SCRIPT.write_text(script(), encoding="utf-8")
