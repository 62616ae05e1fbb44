"""From what a browser says about its languages to one the app speaks."""

from landscape.i18n.catalogue import LANGUAGES


def choose(accept: str | None) -> str:
    """The language of a browser locale, or of an Accept-Language list by its weights; else English.

    >>> choose("ko-KR"), choose("fr, ko;q=0.8, en;q=0.5"), choose(None)
    ('ko', 'ko', 'en')
    """
    best, most = LANGUAGES[0], 0.0
    for entry in (accept or "").split(","):
        tag, *parameters = entry.replace("_", "-").split(";")
        language = tag.strip().lower().split("-")[0]
        weight = _weight(parameters)
        if language in LANGUAGES and weight > most:
            best, most = language, weight
    return best


def _weight(parameters: list[str]) -> float:
    """The `q=` of one entry: 1 when absent, 0 when it cannot be read."""
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                return float(value)
            except ValueError:
                return 0.0
    return 1.0
