"""Build the API reference from the docstrings: `python .ci/docs/build.py FOLDER [MODULE ...]`.

Pdoc does the work. What it lacks is added here: formulas become MathML, which a browser sets without any
script or font from elsewhere, and update equations keep their lines.
"""

import re
import sys
import warnings
from importlib.metadata import version
from pathlib import Path

import pdoc
from latex2mathml.converter import convert
from pdoc import docstrings, render

import landscape

HERE = Path(__file__).parent
DISPLAY = re.compile(r"\$\$(.+?)\$\$", re.DOTALL)
INLINE = re.compile(r"\$([^$`\n]+?)\$")
EQUATIONS = re.compile(r"(?m)(?<![^\n]\n)^(?=[^\n`.>]{0,24}<- )(?:[^\n]+\n?)+")
"""A paragraph whose first line is an update, `x <- x - lr * g`."""

CODE = re.compile(r"(`[^`]+`|^>>> .*(?:\n.+)*)", re.MULTILINE)
"""Quoted code and examples, in which a dollar is a dollar."""

to_markdown = docstrings.convert


def math(text: str) -> str:
    """LaTeX between dollars as MathML."""
    text = DISPLAY.sub(lambda found: f"\n\n{convert(found[1], display='block')}\n\n", text)
    return INLINE.sub(lambda found: convert(found[1]), text)


def readable(docstring: str) -> str:
    """A docstring of which Markdown leaves formulas and equations as they are."""
    lines = EQUATIONS.sub(lambda found: "```text\n" + found[0].rstrip("\n") + "\n```\n", docstring)
    return "".join(part if i % 2 else math(part) for i, part in enumerate(CODE.split(lines)))


def modules() -> list[str]:
    """Every module, but the copy of the app that an installed wheel holds."""
    root = Path(landscape.__path__[0])
    files = [path.relative_to(root.parent).with_suffix("") for path in sorted(root.rglob("*.py"))]
    names = [".".join(path.parts).removesuffix(".__init__") for path in files]
    return [name for name in names if "._app" not in name and "__main__" not in name]


def build(folder: Path, names: list[str]) -> None:
    """Write the pages of the modules into the folder."""
    docstrings.convert = lambda docstring, *rest: to_markdown(readable(docstring), *rest)
    render.configure(
        docformat="google", template_directory=HERE, footer_text=f"Landscape {version('landscape')}"
    )
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "The module specification")  # named, and found below another
        pdoc.pdoc(*names, output_directory=folder)


if __name__ == "__main__":
    target, *named = sys.argv[1:]
    build(Path(target), named or modules())
