"""Elements of HTML as values: what is not `Markup` is text, and is made safe on its way in, here and nowhere else."""

from __future__ import annotations

from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING, Final, TypeAlias

from kashaf.bidi.direction import direction
from kashaf.text.sanitise import is_clean, sanitise, sanitise_line

if TYPE_CHECKING:
    from collections.abc import Iterable


class Markup(str):
    """HTML that needs no escaping any more. Only this module makes it."""

    __slots__ = ()


Content: TypeAlias = "str | Markup | Iterable[Content] | None"
Attribute: TypeAlias = "str | bool | None"

_OFTEN: Final = 200  # code points; shorter values come again and again: names, dates, hashes
_VOID: Final = frozenset({"meta", "br", "hr"})


def tag(name: str, /, *content: Content, **attributes: Attribute) -> Markup:
    """An element. `class_` and `aria_label` are written `class` and `aria-label`; None and False leave one out."""
    given = [
        _name(key) if value is True else f'{_name(key)}="{_value(value)}"'
        for key, value in attributes.items()
        if value is not None and value is not False
    ]
    opening = f"<{' '.join((name, *given))}>"
    return Markup(opening if name in _VOID else f"{opening}{join(*content)}</{name}>")


def join(*content: Content) -> Markup:
    """Content without an element around it."""
    return Markup("".join(map(_html, content)))


def document(*content: Content, language: str, direction: str) -> Markup:
    """A whole page around `content`, which is the head and the body."""
    return Markup(f"<!DOCTYPE html>\n{tag('html', *content, lang=language, dir=direction)}\n")


def style(text: str) -> Markup:
    """A style sheet of our own making. Raises ValueError for one that would end its element early."""
    if "</" in text:
        raise ValueError("a style sheet holds no end of an element")
    return Markup(f"<style>{text}</style>")


def lines(content: Iterable[Markup]) -> Markup:
    """Elements, each on a line of its own, for those who read the source."""
    return Markup("\n".join(["", *filter(None, content), ""]))


def listed(content: Iterable[Content], separator: str) -> Markup:
    """Elements in a row, with text between them."""
    return Markup(_html(separator).join(map(_html, content)))


def way(text: str, page_language: str, language: str = "") -> dict[str, Attribute]:
    """`dir` and `lang` of a block of text.

    language: of the text when it is known; else Arabic for one that runs from right to left, and not known for one
    that runs against an Arabic page. None where it is that of the page.
    """
    runs = direction(text)
    spoken = language or ("ar" if runs == "rtl" else "" if page_language == "ar" else page_language)
    return {"dir": runs, "lang": None if spoken == page_language else spoken}


def named(text: str, page_language: str) -> Markup:
    """A name or a value within a line, which runs its own way."""
    return (_named_often if len(text) <= _OFTEN else _named)(text, page_language)


def _named(text: str, page_language: str) -> Markup:
    return tag("bdi", text, **way(text, page_language))


@lru_cache(2048)
def _named_often(text: str, page_language: str) -> Markup:
    return _named(text, page_language)


@lru_cache(64)
def _name(key: str) -> str:
    return key.rstrip("_").replace("_", "-")


@lru_cache(2048)
def _value(value: str) -> str:
    return escape(sanitise_line(value))


def _html(content: Content) -> str:
    if content is None:
        return ""
    if isinstance(content, Markup):
        return content
    if isinstance(content, str):
        return escape(content if is_clean(content) else sanitise(content).text)
    return "".join(map(_html, content))
