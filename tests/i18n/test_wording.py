"""One word for one thing, in both languages: forms that the glossary settled against do not come back."""

import re
from pathlib import Path

import pytest

from landscape.i18n import LANGUAGES
from landscape.i18n.catalogue import FOLDER, read
from landscape.lessons.prose import HOLE, Prose, parse

BANNED = {
    "ko": {
        r"최적화기|최적화 기법|[가-힣] 기법": "옵티마이저",
        r"헤세": "헤시안 행렬",
        r"시험(?!해 보)": "테스트",
        r"유닛": "뉴런",
        r"시작점": "출발점",
        r"추첨|표본 번호": "난수 시드",
        r"예제": "표본",
        r"유역|계곡": "골짜기, 협곡",
        r"(?<!대)표면": "곡면",
        r"두 우물(?!의)|기운 우물": "이중 우물",
        r"정류점": "임계점",
        r"뉴턴 방법": "뉴턴법",
        r"예열": "웜업",
        r"로젠브록|히멜블라우|자비에|르쿤|마르첸코|그람 행렬|빌 함수|모스의 정리": "names in Latin letters",
        r"걸음마다|걸음의? 크기|걸음 수|유효 걸음|\]\]걸음|\}걸음": "스텝 for iterations, 보폭 for length",
        r"가장 가파른 곡률": "가장 큰 곡률",
        r"센 값|센 스텝": "측정값, 실제 스텝 수",
        r"십시오": "-해 보세요",
        r"까\?": "questions end in -까요?",
        r"(?<![*\w])\*(?![* ])[^*\n]*[가-힣][^*\n]*(?<![* ])\*(?!\*)": "no italics in Hangul",
    },
    "en": {
        r"(?i)\b(?<!chain )(?<!update )(?<!product )rules?\b": "optimizer; rule only of chain and update",
        r"(?i)fading average|running average": "exponential moving average, moving average",
        r"(?i)\bborders?\b": "stability limit, boundary",
        r"(?i)steepest curvature|greatest curvature": "largest curvature",
        r"(?i)\bthe root of\b|, the root\b": "square root",
        r"(?i)^draws?\b(?! other)|\bone draw\b|\banother draw\b": "random seed",
        r"(?i)\btrembl|\bjitter|\bstairs?\b|\bkicks?\b": "fluctuation, noise, drop",
        r"(?i)normalis": "normalize",
        r"(?i)effective step\b": "effective learning rate",
        r"(?i)(?:training|test|validation|unseen|all|random|\d|\]\]|\}|each) examples?\b": "samples",
        r"\bAdadelta\b": "AdaDelta",
        r"(?i)\bas printed\b|\bthe stage\b": "as the notes print it, the plot",
    },
}  # fmt: skip
"""What is not written, as a regular expression, and what is."""
EVERYWHERE = {
    r"\d\.?\d*[eE][-+\N{MINUS SIGN}]?\d": "10⁻⁶",
    r"[\d\]}] %": "50%",
}
"""The same of numbers, in every language."""
TEXTS = [
    path for language in LANGUAGES for path in sorted((FOLDER / language).rglob("*.md"))
] + [path for language in LANGUAGES for path in sorted((FOLDER / language).glob("*.po"))]  # fmt: skip


def name(path: Path) -> str:
    return "-".join(path.relative_to(FOLDER).with_suffix("").parts)


def texts(path: Path) -> dict[str, str]:
    """Every text of a file by its key, without formulas, code and the names of live numbers."""
    found = read(path) if path.suffix == ".po" else spoken(parse(path.read_text(encoding="utf-8")))
    return {key: re.sub(r"\$\$?[^$]*\$\$?|`[^`]*`|\{\w*\}", "{}", HOLE.sub("[[]]", text)) for key, text in found.items()}


def spoken(said: Prose) -> dict[str, str]:
    """What an experiment says in its own words."""
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
    banned = BANNED[path.relative_to(FOLDER).parts[0]] | EVERYWHERE
    guilty = [
        f"{key}: {found[0]!r}, write {better}"
        for key, text in texts(path).items()
        for form, better in banned.items()
        if (found := re.search(form, text, re.MULTILINE))
    ]
    assert not guilty


LESSONS = [path for path in TEXTS if path.suffix == ".md"]


@pytest.mark.parametrize("path", LESSONS, ids=name)
def test_answers_are_phrases_and_charts_have_names(path: Path):
    """An answer to choose and the title of a chart are no sentences."""
    said = parse(path.read_text(encoding="utf-8"))
    answers = said.question.answers if said.question else ()
    titles = [text for key, text in said.words.items() if key.startswith("title") or key.endswith("_title")]
    assert not [text for text in (*answers, *titles) if re.search(r"(?:다|요)[.?]?$|[.?]$", text)]


def test_the_forms_that_are_refused_are_found():
    """A pattern that matches nothing would guard nothing."""
    seen = {
        "ko": "이 기법은|헤세 행렬|시험 손실|은닉 유닛|시작점|추첨|예제 수|유역|표면|두 우물|정류점|뉴턴 방법|예열|히멜블라우"
        "|걸음마다|가장 가파른 곡률|센 값|보십시오|얼마일까?|*모든* 방향",
        "en": "the rule|fading average|the border|steepest curvature|the root of|Draw|trembles|normalised"
        "|effective step|training examples|Adadelta|as printed",
    }
    for language, written in seen.items():
        for form, sample in zip(BANNED[language], written.split("|"), strict=True):
            assert re.search(form, sample, re.MULTILINE), (form, sample)
    for form, sample in zip(EVERYWHERE, ("1e-6", "50 %"), strict=True):
        assert re.search(form, sample)
