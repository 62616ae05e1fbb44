"""The pictures of the Home page: drawn once, and once more where that failed."""

import pytest

from landscape.ui.page import home


def test_a_picture_that_failed_is_drawn_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """The next visit has its picture; one that is there stays."""
    asked = []

    def paint(name: str, theme: str) -> str:
        asked.append(name)
        if len(asked) == 1:
            raise MemoryError
        return "picture"

    monkeypatch.setattr(home, "PAINTED", {})
    monkeypatch.setattr(home, "paint", paint)
    with pytest.raises(MemoryError):
        home.thumbnail_of("default", "light").result(10)
    assert home.thumbnail_of("default", "light").result(10) == "picture"
    assert home.thumbnail_of("default", "light") is home.thumbnail_of("default", "light")
    assert len(asked) == 2
