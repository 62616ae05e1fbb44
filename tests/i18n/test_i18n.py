"""The core of the languages: looking up, choosing, and writing numbers."""

import math

import pytest

from landscape.i18n import LANGUAGES, catalogue, choose, number, text
from landscape.i18n.catalogue import read
from landscape.i18n.numbers import formatted

HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'


def test_a_key_gives_its_text_with_the_values_filled_in():
    assert text("stage.start", "en") == "Start"
    assert text("stage.start", "ko") == "출발점"
    assert text("stage.left_at", "en", name="Adam", step=12) == "Adam · left at step 12"


def test_without_values_placeholders_stay_for_whoever_fills_them_in_later():
    assert "{step}" in text("stage.left_at", "ko")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_missing_key_is_named(language: str):
    with pytest.raises(KeyError, match=r"^'stage\.nowhere'$"):
        text("stage.nowhere", language)


def test_an_unknown_language_is_refused_with_the_known_ones():
    with pytest.raises(ValueError, match="en, ko; given 'fr'"):
        catalogue("fr")


def test_a_catalogue_cannot_be_changed_by_a_caller():
    with pytest.raises(TypeError):
        catalogue("en")["stage.start"] = "x"  # type: ignore[index]


def test_a_key_written_twice_in_a_file_is_refused(tmp_path):
    path = tmp_path / "twice.po"
    path.write_text(HEADER + 'msgid "a"\nmsgstr "1"\n\nmsgid "a"\nmsgstr "2"\n', encoding="utf-8")
    with pytest.raises(ValueError, match=r"twice\.po has a key twice"):
        read(path)


@pytest.mark.parametrize(
    ("accept", "language"),
    [
        ("ko", "ko"),
        ("ko-KR", "ko"),
        ("ko_KR", "ko"),
        ("KO-kr", "ko"),
        ("en-GB", "en"),
        ("fr-FR", "en"),
        ("fr-FR,fr;q=0.9,ko;q=0.4,en;q=0.3", "ko"),
        ("en;q=0.5, ko;q=0.9", "ko"),
        ("ko;q=0, en;q=0.1", "en"),
        ("en-US,en;q=0.9,ko;q=0.8", "en"),
        ("ko;q=much", "en"),
        ("koala", "en"),
        ("", "en"),
        (None, "en"),
        ("*;;;q=,,", "en"),
    ],
)
def test_the_language_follows_the_browser(accept: str | None, language: str):
    assert choose(accept) == language


@pytest.mark.parametrize(
    ("x", "written"),
    [
        (0, "0"),
        (-0.0, "0"),
        (74, "74"),
        (20_000, "20,000"),
        (-20_000.0, "−20,000"),
        (0.0072, "0.0072"),
        (0.04149, "0.0415"),
        (-3.14159, "−3.14"),
        (12.5, "12.5"),
        (123_456.7, "123,000"),
        (7.84e-6, "7.8×10⁻⁶"),
        (-5.84e-4, "−5.8×10⁻⁴"),
        (1e-3, "0.001"),
        (999_999.9, "10⁶"),
        (-1e-6, "−10⁻⁶"),
        (1.26e300, "1.3×10³⁰⁰"),
        (None, "—"),
        (math.nan, "—"),
        (math.inf, "—"),
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_numbers_are_short_and_readable(x: float | None, written: str, language: str):
    assert number(x, language) == written


@pytest.mark.parametrize(
    ("x", "form", "written"),
    [
        (1e-6, ".1e", "1.0×10⁻⁶"), (1e-6, ".3g", "10⁻⁶"), (-2.5e-7, ".2g", "−2.5×10⁻⁷"),
        (1234567.0, ".3g", "1.23×10⁶"), (1234567.0, ",.0f", "1,234,567"), (-0.5, ".2f", "−0.50"),
        (0.0, ".1e", "0.0"), (5.0, ".1e", "5.0"), (math.nan, ".3g", "—"), (math.inf, ".0f", "—"),
    ],
)  # fmt: skip
def test_a_format_never_shows_how_a_program_writes_numbers(x: float, form: str, written: str):
    assert formatted(x, form) == written


def test_rates_may_ask_for_one_more_digit():
    assert number(0.990195, "en", digits=4) == "0.9902"
    assert number(0.99, "en", digits=4) == "0.99"
