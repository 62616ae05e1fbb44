"""One word for one thing, in both languages: forms that the glossary settled against do not come back."""

import re
from pathlib import Path

import pytest

from landscape.i18n import LANGUAGES
from landscape.i18n.catalogue import FOLDER, read
from landscape.lessons.prose import PLACEHOLDER, Prose, parse

KOREAN = [
    (r"최적화기|최적화 기법|[가-힣] 기법", "이 기법은", "옵티마이저"),
    (r"헤세", "헤세 행렬", "헤시안 행렬"),
    (r"시험(?!해 보)", "시험 손실", "테스트"),
    (r"유닛", "은닉 유닛", "뉴런"),
    (r"시작점", "시작점", "출발점"),
    (r"추첨|표본 번호", "추첨", "난수 시드"),
    (r"예제", "학습 예제", "표본"),
    (r"유역|계곡", "유역", "골짜기, 협곡"),
    (r"(?<!대)표면", "손실 표면", "곡면"),
    (r"두 우물(?!의)|기운 우물", "두 우물", "이중 우물"),
    (r"정류점", "정류점", "임계점"),
    (r"뉴턴 방법", "뉴턴 방법", "뉴턴법"),
    (r"예열", "선형 예열", "웜업"),
    (r"로젠브록|히멜블라우|자비에|르쿤|마르첸코|그람 행렬|빌 함수", "히멜블라우", "names in Latin letters"),
    (r"걸음마다|걸음의? 크기|걸음 수|유효 걸음|[\]}]걸음", "걸음마다", "스텝 of iterations, 보폭 of length"),
    (r"가장 가파른 곡률", "가장 가파른 곡률", "가장 큰 곡률"),
    (r"센 값|센 스텝", "센 값", "측정값, 실제 스텝 수"),
    (r"십시오", "끌어 보십시오", "-해 보세요"),
    (r"까\?", "언제 발산할까?", "-까요?"),
    (r"(?<![*\w])\*(?![* ])[^*\n]*[가-힣][^*\n]*\*(?!\*)", "*모든* 방향", "no italics in Hangul"),
]
ENGLISH = [
    (r"(?i)\b(?<!chain )(?<!update )(?<!product )rules?\b", "the rule", "optimizer; rule of chain, update"),
    (r"(?i)fading average|running average", "fading average", "(exponential) moving average"),
    (r"(?i)\bborders?\b", "the border", "stability limit, boundary"),
    (r"(?i)(steepest|greatest) curvature", "steepest curvature", "largest curvature"),
    (r"(?i)\bthe root of\b|, the root\b", "the root of κ", "square root"),
    (r"(?i)^draws?\b(?! other)|\b(one|another) draw\b", "Draw", "random seed"),
    (r"(?i)\btrembl|\bjitter|\bstairs?\b|\bkicks?\b", "it trembles", "fluctuation, noise, drop"),
    (r"(?i)normalis", "normalised", "normalize"),
    (r"(?i)effective step\b", "Effective step", "effective learning rate"),
    (r"(?i)(training|test|validation|unseen|all|random|\d|[\]}]) examples?\b", "test examples", "samples"),
    (r"\bAdadelta\b", "Adadelta", "AdaDelta"),
    (r"(?i)\bas printed\b|\bthe stage\b", "as printed", "as the notes print it; the plot"),
]
NUMBERS = [
    (r"\d[eE][-+\N{MINUS SIGN}]?\d", "1e-6", "10⁻⁶"),
    (r"[\d\]}] %", "50 %", "50%"),
]
BANNED = {"ko": KOREAN + NUMBERS, "en": ENGLISH + NUMBERS}
"""By language: a form that is refused, as a regular expression; one such text; what is written instead."""

FILES = [path for kind in ("*.po", "*.md") for path in sorted(FOLDER.rglob(kind))]
TEXTS = [path for path in FILES if path.relative_to(FOLDER).parts[0] in LANGUAGES]
LESSONS = [path for path in TEXTS if path.suffix == ".md"]


def name(path: Path) -> str:
    return "-".join(path.relative_to(FOLDER).with_suffix("").parts)


def texts(path: Path) -> dict[str, str]:
    """Every text of a file by its key, without formulas, code and the names of live numbers."""
    found = read(path) if path.suffix == ".po" else spoken(parse(path.read_text(encoding="utf-8")))
    silent = re.compile(r"\$\$?[^$]*\$\$?|`[^`]*`|\{\w*\}")
    return {key: silent.sub("{}", PLACEHOLDER.sub("[[]]", text)) for key, text in found.items()}


def spoken(said: Prose) -> dict[str, str]:
    """What an experiment says in its own words; what it quotes is as others wrote it."""
    found = {"title": said.title, "tab": said.tab, "intro": said.intro, "formula": said.formula}
    for key, (label, help) in said.controls.items():
        found |= {f"control {key}": label, f"help {key}": help or ""}
    found |= {f"card {card.row}": card.measured for card in said.cards}
    found |= {f"word {key}": text for key, text in said.words.items()}
    if question := said.question:
        found |= {f"answer {number}": text for number, text in enumerate(question.answers)}
        found |= {"question": question.text, "reveal": question.reveal}
    return found


@pytest.mark.parametrize("path", TEXTS, ids=name)
def test_the_words_are_those_of_the_glossary(path: Path):
    guilty = [
        f"{key}: {found[0]!r}, write {better}"
        for key, text in texts(path).items()
        for form, _, better in BANNED[path.relative_to(FOLDER).parts[0]]
        if (found := re.search(form, text, re.MULTILINE))
    ]
    assert not guilty


@pytest.mark.parametrize(("form", "refused"), [(form, text) for form, text, _ in KOREAN + ENGLISH + NUMBERS])
def test_each_form_that_is_refused_is_found(form: str, refused: str):
    """A pattern that matches nothing would guard nothing."""
    assert re.search(form, refused, re.MULTILINE)


@pytest.mark.parametrize("path", LESSONS, ids=name)
def test_answers_are_phrases_and_charts_have_names(path: Path):
    """An answer to choose from and the title of a chart are no sentences."""
    said = parse(path.read_text(encoding="utf-8"))
    answers = said.question.answers if said.question else ()
    titles = [text for key, text in said.words.items() if key.startswith("title") or key.endswith("_title")]
    assert not [text for text in (*answers, *titles) if re.search(r"(?:다|요)[.?]?$|[.?]$", text)]
