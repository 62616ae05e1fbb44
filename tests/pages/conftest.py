"""The app as Streamlit's own test runner sees it."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from landscape.player.payload import unpack

APP = Path(__file__).parents[2] / "app.py"
RAW_KEY = re.compile(
    r"\b(race|network|training|data|activation|initializer|normalization|filters|plane|stage|rule|field|surface|schedule|status|preset|home|ui|chart|state|formula|scenario|lesson)\.[a-z_]+\b"
)


def components(app: AppTest, name: str) -> list[Any]:
    """Our own components of one kind: "chart", "stage", "curve", "boundary"."""
    return [e for e in app.get("bidi_component") if e.proto.component_name == f"landscape.{name}"]


class Visit:
    """One visit to the Race page, with what a test asks of it."""

    def __init__(self, *, language: str = "en", link: str | None = None) -> None:
        self.app = AppTest.from_file(str(APP), default_timeout=120)
        self.app.query_params["lang"] = language
        if link is not None:
            self.app.query_params["s"] = link
        self.run()

    def run(self) -> "Visit":
        self.app.run()
        assert not self.app.exception, self.app.exception
        return self

    @property
    def scenario(self):
        return self.app.session_state["scenario"]

    def stage(self) -> dict:
        """The header of what the stage plays."""
        (stage,) = components(self.app, "stage")
        return unpack(stage.proto.bytes)[0]

    def address(self) -> dict[str, str]:
        """What the address bar is told to say, by parameter."""
        told: dict[str, str] = {}
        for each in components(self.app, "address"):
            told |= json.loads(each.proto.json)
        return told

    def words(self) -> Iterator[str]:
        """Every word a person can read."""
        for element in self.app.main:
            for name in ("label", "value", "help", "body", "placeholder"):
                text = getattr(element, name, None) or getattr(getattr(element, "proto", None), name, None)
                if isinstance(text, str):
                    yield text

    def check_words(self) -> None:
        """No key shows through."""
        raw = [text for text in self.words() if RAW_KEY.search(text)]
        assert not raw, raw


@pytest.fixture
def visit() -> Callable[..., Visit]:
    return Visit
