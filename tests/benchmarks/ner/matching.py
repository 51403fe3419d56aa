"""When two spans overlap and when a name names an entity.

Spans compare without quotation marks, brackets and spaces at their edges. Names compare by `key_of`, the folded
letters without spaces, and without a type noun before them.
"""

from __future__ import annotations

from typing import Final

from tests.benchmarks.ner.gold import Gold, GoldEntity

from kashaf.entities.book.namebook import NameBook, key_of

_NOUNS: Final = (
    "شركة منظمة جماعة حركة حزب تنظيم تحالف قناة صحيفة جريدة موقع منصة وكالة إذاعة مجلة كتلة ائتلاف تيار مجموعة مجمع "
    "مؤسسة شبكة جمعية مبادرة فريق نادي مركز محافظة مدينة بلدة قرية ولاية إقليم منطقة مخيم حي جبل نهر مطار ميناء معبر "
    "ملعب بلدية جزيرة قطاع محطة حقل سجن سوق معسكر مستشفى مملكة جمهورية"
)
#: Nouns that say of what kind a name is, by key. Whether they belong to it is a habit in which corpora differ.
TYPE_NOUNS: Final = frozenset(map(key_of, _NOUNS.split()))
_EDGES: Final = frozenset("\"'“”„«»‘’()[] \u00a0\n")

Span = tuple[int, int]


def trim(text: str, span: Span) -> Span:
    """A span without quotation marks, brackets and spaces at its edges."""
    start, end = span
    while start < end and text[start] in _EDGES:
        start += 1
    while end > start and text[end - 1] in _EDGES:
        end -= 1
    return start, end


def overlap(one: Span, other: Span) -> int:
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def bare(name: str) -> str:
    """The key of a name without a type noun before it: شركة نسمة is نسمة, محافظة حلب is حلب."""
    first, _, rest = name.strip().partition(" ")
    return key_of(rest if rest and key_of(first) in TYPE_NOUNS else name)


def acceptable(name: str, entity: GoldEntity, book: NameBook) -> bool:
    """Whether a listed name names the entity: its name, one of its forms, or the book's name for one of them.

    A type noun before either does not count.
    """
    key = bare(name)
    return any(key == bare(form) for form in entity.names) or any(
        key == bare(known.canonical)
        for form in entity.names
        for known in book.find(form)
        if known.type == entity.type
    )


def is_new(entity: GoldEntity, book: NameBook) -> bool:
    """Whether the book knows none of the entity's forms."""
    return not any(book.find(form) for form in entity.names)


def fault(gold: Gold, *parts: str) -> str:
    return "\t".join((gold.source, *parts))
