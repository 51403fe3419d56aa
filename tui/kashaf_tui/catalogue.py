"""Translations: what marks a text for the catalogues, and the catalogue of a language.

The English texts stand in the code and are their own keys; `scripts/catalogues.py` collects what is marked with the
functions below, or given to `kashaf.said.said`, into `locale/*/LC_MESSAGES/kashaf.po` and compiles it.
"""

from __future__ import annotations

from functools import cache
from gettext import GNUTranslations, NullTranslations, translation
from pathlib import Path
from typing import Final, NamedTuple

LOCALE: Final = Path(__file__).parent / "locale"
DOMAIN: Final = "kashaf"


class Plural(NamedTuple):
    """A text that counts `{n}` things: for one of them, and for any other number."""

    one: str
    many: str


class Narrow(NamedTuple):
    """A text that means something of its own where room is scarce, and is translated for that `context`."""

    context: str
    text: str


def N_(text: str) -> str:  # noqa: N802 -- gettext's customary name
    """Mark a text."""
    return text


def nN_(one: str, many: str) -> Plural:  # noqa: N802
    """Mark a text that counts."""
    return Plural(one, many)


def pN_(context: str, text: str) -> Narrow:  # noqa: N802
    """Mark a text within a context."""
    return Narrow(context, text)


@cache
def catalogue(language: str) -> NullTranslations:
    """The translations of a language. English needs none; for another a missing catalogue is a FileNotFoundError."""
    if language == "en":
        return NullTranslations()
    return translation(DOMAIN, LOCALE, [language], class_=GNUTranslations)
