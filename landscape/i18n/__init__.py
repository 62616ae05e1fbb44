"""Every word the app shows, in every language, and numbers the way a table prints them."""

from landscape.i18n.catalogue import LANGUAGES, catalogue, text
from landscape.i18n.locale import choose
from landscape.i18n.numbers import number

__all__ = ["LANGUAGES", "catalogue", "choose", "number", "text"]
