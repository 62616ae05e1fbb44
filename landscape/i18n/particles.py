"""Korean particles chosen by how the word before them is spoken: "0.1을" and "0.2를", "7로" and "10으로".

A particle has two forms, one for a word that ends in a consonant and one for a word that ends in a vowel.
After a number it depends on the last syllable that is said, which the digits alone do not show.
"""

import re
from typing import Literal

Ending = Literal["vowel", "ㄹ", "consonant"]

PAIRS = {
    "을를": ("을", "를"),
    "이가": ("이", "가"),
    "은는": ("은", "는"),
    "과와": ("과", "와"),
    "으로로": ("으로", "로"),
    "이나나": ("이나", "나"),
    "이라라": ("이라", "라"),
    "이에요예요": ("이에요", "예요"),
}
"""What a text writes, and the two forms: after a consonant, after a vowel."""

RIEUL, CLOSED = "178lr", "036mnεου"
"""Digits and letters whose names end in ㄹ (일, 칠, 팔; 엘, 알) and in another consonant (영, 삼, 육; 엠, 엔,
엡실론, 오미크론, 입실론). All other names end in a vowel."""
WORDS: dict[str, Ending] = {
    "adabelief": "vowel",
    "adam": "consonant",
    "nan": "consonant",
    "net": "consonant",
    "relu": "vowel",
    "resnet": "consonant",
    "sam": "consonant",
    "tanh": "vowel",
    "xavier": "vowel",
    "xor": "ㄹ",
}
"""Words that their spelling would mislead, above all short ones that are not spelled out."""
SUBSCRIPTS = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")
MARKUP = " \N{NO-BREAK SPACE}*_$`()[]{}'\"“”‘’"


def attached(word: object, pair: str) -> str:
    """A word or a number with the particle it takes.

    Args:
        word: as it is written; markup, signs and separators do not matter.
        pair: both forms, that for a final consonant first: one of `PAIRS`.

    Raises:
        ValueError: there is no such pair.

    >>> [attached(number, "을를") for number in ("0.1", "0.2", "1,000", "50%")]
    ['0.1을', '0.2를', '1,000을', '50%를']
    >>> [attached(word, "으로로") for word in ("7", "10", "7.8×10⁻⁶", "Adam", "GD")]
    ['7로', '10으로', '7.8×10⁻⁶으로', 'Adam으로', 'GD로']
    """
    if pair not in PAIRS:
        raise ValueError(f"the pair must be one of {', '.join(PAIRS)}; given {pair!r}")
    closed, opened = PAIRS[pair]
    end = ending(str(word))
    return f"{word}{opened if end == 'vowel' or (end == 'ㄹ' and pair == '으로로') else closed}"


def ending(written: str) -> Ending:
    """What the last syllable ends in, as it is said in Korean.

    >>> ending("0.1"), ending("1,375"), ending("10"), ending("π"), ending("AdaGrad")
    ('ㄹ', 'vowel', 'consonant', 'vowel', 'vowel')
    """
    said = written.strip(MARKUP).translate(SUBSCRIPTS)
    last = said[-1:]
    if "가" <= last <= "힣":
        return _jamo(last)
    if re.search(r"[⁰¹²³⁴-⁹ᴺⁿ]$|(?:\d[eE]|\^\{?)[-+\N{MINUS SIGN}]?\d+$", said):
        return "consonant"  # 제곱, 세제곱
    if fraction := re.search(r"(\d+)/\d+$", said):
        return _number(fraction[1])  # 3/4 is said 사분의 삼
    if number := re.search(r"[\d,]*\.?\d+$", said):
        return _number(number[0].replace(",", ""))
    if word := re.search(r"[A-Za-z]+$", said):
        return _latin(word[0])
    return _named(last)  # 퍼센트, 도, 무한대, 파이, 알파


def _jamo(syllable: str) -> Ending:
    """By the final consonant, which Unicode counts fastest."""
    final = (ord(syllable) - ord("가")) % 28
    return "vowel" if final == 0 else "ㄹ" if final == 8 else "consonant"


def _number(digits: str) -> Ending:
    """By the last digit, or by the power of ten a whole number ends with: 십, 백, 천, 만, 억, 조, 경."""
    zeros = len(digits) - len(digits.rstrip("0"))
    if "." in digits or zeros in (0, len(digits)):
        return _named(digits[-1])
    return "vowel" if 12 <= zeros < 16 else "consonant"


def _latin(word: str) -> Ending:
    """A word by how Korean writes its end; what is in capitals or has no vowel is spelled out."""
    lower = word.lower()
    if lower in WORDS:
        return WORDS[lower]
    if len(word) == 1 or word.isupper() or not re.search("[aeiouy]", lower):
        return _named(lower[-1])
    if re.search("le?$", lower):
        return "ㄹ"
    return "consonant" if re.search("(?:[mn]e?|ng|[aeiou](?:p|ck|k))$", lower) else "vowel"


def _named(sign: str) -> Ending:
    """One digit or letter by its name."""
    return "ㄹ" if sign and sign in RIEUL else "consonant" if sign and sign in CLOSED else "vowel"
