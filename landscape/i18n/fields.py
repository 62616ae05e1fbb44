"""What a control says: the words of one field, its owner's own where the meaning differs."""

from landscape.i18n.catalogue import catalogue, text


def label(owner: str, field: str, language: str) -> str:
    """The label of a field of `rule.adam`, `schedule.cosine` or `surface.ravine`.

    >>> label("rule.sam", "rho", "en"), label("rule.adadelta", "rho", "en")
    ('Radius ρ', 'Averaging ρ')
    """
    return _words(owner, field, "label", language)


def help(owner: str, field: str, language: str) -> str:
    """What a field does, in a sentence or two for a tooltip."""
    return _words(owner, field, "help", language)


def _words(owner: str, field: str, kind: str, language: str) -> str:
    own = f"{owner}.{field}.{kind}"
    return text(own if own in catalogue(language) else f"field.{field}.{kind}", language)
