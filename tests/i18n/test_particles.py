"""Korean particles after what is only known when the page is shown."""

import re
from pathlib import Path

import pytest

from landscape.i18n import catalogue
from landscape.i18n.catalogue import FOLDER, Spoken
from landscape.i18n.particles import PAIRS, attached, ending
from landscape.lessons.prose import PLACEHOLDER, fill

PROSE = sorted((FOLDER / "ko" / "lessons").glob("*/*.md"))
FIXED = re.compile(r"(?:\]\][*$}]*|\{\w+\}\**)(?:[을를은는과와]|으로|로|(?:이나|나|이|가)(?![가-힣]))")
"""A particle of one form right behind a place whose value the page decides."""


@pytest.mark.parametrize(
    ("end", "spoken"),
    [
        ("consonant", "0 3 6 10 20 30 100 500 1,000 10,000 1,000,000 100000000 0.0 0.3 1.50 −6 13 0.06"),
        ("ㄹ", "1 7 8 11 1,001 0.1 0.199991 −0.8 18 2.7 3.01"),
        ("vowel", "2 4 5 9 12 1,375 0.2 0.005 .5 −4 0.199 1000000000000"),  # the last is 조
        ("consonant", "10⁻⁶ 7.8×10⁻⁶ 2×10⁵ 1e-06 3e5 10^{-3} 10^6 x² n³ εᴺ"),  # 제곱
        ("vowel", "50% 12.5% 30° 3배 ∞ — π α β ρ η λ"),
        ("consonant", "120스텝 ε NaN"),
        ("consonant", "3/4 3/8"),  # 사분의 삼
        ("ㄹ", "1/2 λ₁ x₈"),
        ("vowel", "λ₂ β₂"),
        ("ㄹ", "L R Beale XOR"),
        ("consonant", "n m N LSTM Adam NAdam RAdam RMSProp SAM Lion LeCun Rosenbrock Newton"),
        ("vowel", "GD SGD x w AdaGrad AdaDelta AdamW AdaMax AMSGrad AdaBelief L-BFGS He Xavier tanh ReLU"),
        ("vowel", "모멘텀이네 네스테로프 시그모이드 **0.2** $0.2$ (0.2)"),
        ("consonant", "코사인 경사하강법 **0.3** $\\mathbf{0.3}$ (0.3)"),
        ("ㄹ", "스케줄 안장점들"),
        ("vowel", ""),
    ],
)
def test_the_last_syllable_that_is_said_decides(end: str, spoken: str):
    assert {word: ending(word) for word in spoken.split(" ")} == dict.fromkeys(spoken.split(" "), end)


@pytest.mark.parametrize(
    ("pair", "closed", "rieul", "opened"),
    [
        ("을를", "3을", "1을", "2를"),
        ("이가", "3이", "1이", "2가"),
        ("은는", "3은", "1은", "2는"),
        ("과와", "3과", "1과", "2와"),
        ("으로로", "3으로", "1로", "2로"),
        ("이나나", "3이나", "1이나", "2나"),
        ("이라라", "3이라", "1이라", "2라"),
        ("이에요예요", "3이에요", "1이에요", "2예요"),
    ],
)
def test_each_pair_has_its_forms(pair: str, closed: str, rieul: str, opened: str):
    assert [attached(number, pair) for number in (3, 1, 2)] == [closed, rieul, opened]
    assert pair in PAIRS


def test_an_unknown_pair_is_refused_with_the_known_ones():
    with pytest.raises(ValueError, match=r"을를, 이가.*'를을'"):
        attached(1, "를을")


@pytest.mark.parametrize("value", [0.1, 0.2, 1e-6, 10.0, 1234.0, -7.0, float("nan")])
@pytest.mark.parametrize("form", ["", ":.3g", ":.1f", ":.1e", ":,.0f"])
def test_prose_chooses_after_the_number_is_written(value: float, form: str):
    """What stands on the page decides, not the number behind it."""
    plain = fill(f"[[x{form}]]", {"x": value}, "ko")
    assert fill(f"[[x{form}|으로로]] 간다", {"x": value}, "ko") == f"{attached(plain, '으로로')} 간다"
    assert "|" not in plain


def test_prose_chooses_after_words_too():
    assert fill("[[x|이가]], [[y|이가]]", {"x": "Adam", "y": "∞"}, "ko") == "Adam이, ∞가"


def test_the_catalogue_chooses_alike():
    written = "{rate|을를} {rate|으로로} {name|이가} {rate:>5} {{x}}"
    assert Spoken().format(written, rate="0.1", name="GD") == "0.1을 0.1로 GD가   0.1 {x}"


@pytest.mark.parametrize("path", PROSE, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_prose_fixes_no_particle_behind_a_number(path: Path):
    text = path.read_text(encoding="utf-8")
    assert not FIXED.findall(text)
    assert {hole[3] for hole in PLACEHOLDER.finditer(text)} - {None} <= set(PAIRS)


def test_the_catalogue_fixes_no_particle_behind_a_value():
    assert not {key: found[0] for key, text in catalogue("ko").items() if (found := FIXED.search(text))}


def test_texts_of_the_stages_ask_for_none():
    """Their places are filled by the browser, which knows no particles."""
    stages = {key: text for key, text in catalogue("ko").items() if key.startswith(("stage", "curve."))}
    assert len(stages) > 20
    assert not [key for key, text in stages.items() if re.search(r"\{\w+\|", text)]
