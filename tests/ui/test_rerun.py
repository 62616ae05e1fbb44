"""Every page and fragment goes through the turnstile, and asks for its language once."""

from pathlib import Path

import pytest
import streamlit as st

from landscape.ui.page import language, rerun
from landscape.ui.work.turnstile import Turnstile

ROOT = Path(__file__).parents[2]


def test_there_is_one_place_where_fragments_are_made() -> None:
    """Streamlit's own would pass by the turnstile; a component registered anew costs every run."""
    for path in [*(ROOT / "landscape" / "ui").rglob("*.py"), *(ROOT / "pages").glob("*.py"), ROOT / "app.py"]:
        code = path.read_text(encoding="utf-8")
        assert "st.fragment" not in code or path.name == "rerun.py", path
        assert "components.v2" not in code or path.name in ("components.py", "streamlit_inside.py"), path
    assert "with rerun.page():" in (ROOT / "app.py").read_text(encoding="utf-8")


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Turnstile:
    """A turnstile of its own; fragments are run as they are."""
    gate = Turnstile()
    monkeypatch.setattr(rerun, "RERUNS", gate)
    monkeypatch.setattr(st, "fragment", lambda body, run_every=None: body)
    return gate


def test_a_fragment_holds_the_place_while_it_runs(gate: Turnstile) -> None:
    """Also with its arguments and its answer; an error gives the place back."""
    assert rerun.fragment(lambda a, b: (gate._free, a, b))(1, b=2) == (0, 1, 2)
    assert gate._free == 1

    def stopped() -> None:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        rerun.fragment(stopped)()
    assert gate._free == 1


def test_a_fragment_keeps_its_name() -> None:
    """Streamlit tells fragments apart by it."""

    def legend() -> None:
        pass

    assert rerun.fragment(legend).__qualname__.endswith("legend")


def test_the_language_is_asked_for_once_a_run(monkeypatch: pytest.MonkeyPatch) -> None:
    """A hundred words ask once, the next run asks again."""
    asked = []

    class State(dict):
        def get(self, key: str, default: object = None) -> object:
            asked.append(key)
            return "ko"

    monkeypatch.setattr(st, "session_state", State())
    for runs in (1, 2):
        with language.settled():
            assert {language.current() for _ in range(100)} == {"ko"}
            assert language.t("ui.language") == "언어"
        assert len(asked) == runs
