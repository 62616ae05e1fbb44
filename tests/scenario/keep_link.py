"""Keep a link for the tests: `python -m tests.scenario.keep_link PAGE LINK "what it shows"`."""

import json
import sys
from pathlib import Path

from tests.scenario.meaning import meaning

FILE = Path(__file__).parent / "old_links.json"


def keep(page: str, link: str, shows: str) -> None:
    """Write the link down with what it means today."""
    kept = json.loads(FILE.read_text(encoding="utf-8")) if FILE.exists() else []
    kept.append({"page": page, "shows": shows, "link": link, "means": meaning(page, link)})
    FILE.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    keep(*sys.argv[1:])
