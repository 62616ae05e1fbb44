"""The one table of colours, shapes, strokes and light, `look.json`; the browser's is written from it."""

import json
from pathlib import Path
from typing import Any

PATH = Path(__file__).with_name("look.json")
LOOK: dict[str, Any] = json.loads(PATH.read_text(encoding="utf-8"))
FONT = ", ".join([*(f'"{family}"' for family in LOOK["font"]), "sans-serif"])
