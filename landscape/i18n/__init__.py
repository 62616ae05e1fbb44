"""Every word the app shows, in every language, and numbers the way a table prints them.

Words lie in `.po` files by key and in Markdown by experiment, never in code; figures are handed theirs. A key
that one language lacks fails the tests.
"""

from landscape.i18n.catalogue import LANGUAGES, catalogue, text
from landscape.i18n.errors import explain
from landscape.i18n.fields import help, label
from landscape.i18n.locale import choose
from landscape.i18n.names import names
from landscape.i18n.numbers import number

__all__ = ["LANGUAGES", "catalogue", "choose", "explain", "help", "label", "names", "number", "text"]
