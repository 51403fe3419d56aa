"""The shipped name book is sound."""

from __future__ import annotations

from collections import defaultdict

from kashaf.entities.book.bookfile import read_layer
from kashaf.entities.book.namebook import SHIPPED, Name, NameBook
from kashaf.entities.model import ENTITY_TYPES
from kashaf.entities.page import folded_words
from kashaf.text.sanitise import is_clean

BOOK = NameBook.load()


def surfaces(name: Name) -> tuple[str, ...]:
    return (name.canonical, *name.aliases)


def test_it_is_large_enough_to_be_of_use() -> None:
    for kind, least in (("place", 800), ("organization", 300), ("person", 200)):
        assert sum(name.type == kind for name in BOOK.names) > least


def test_two_names_share_a_surface_only_when_told_apart() -> None:
    owners: defaultdict[tuple[str, ...], list[tuple[Name, bool]]] = defaultdict(list)
    for name in BOOK.names:
        for surface in surfaces(name):
            owners[folded_words(surface)].append((name, surface in name.ambiguous))
    for words, names in owners.items():
        assert sum(not ambiguous for _, ambiguous in names) <= 1, words


def test_no_name_is_written_twice() -> None:
    layer = read_layer(SHIPPED)
    seen = [(entry.type, folded_words(entry.name)) for entry in layer.entries]
    assert len(set(seen)) == len(seen)
    for entry in layer.entries:
        assert len({*map(folded_words, entry.aliases)} | {folded_words(entry.name)}) == len(entry.aliases) + 1


def test_it_is_clean_text() -> None:
    text = SHIPPED.read_text(encoding="utf-8")
    assert is_clean(text)
    assert "\u200f" not in text
    assert "ـ" not in text


def test_types_and_ambiguous_surfaces() -> None:
    for name in BOOK.names:
        assert name.type in ENTITY_TYPES
        assert name.ambiguous <= set(surfaces(name))


def test_one_letter_names_nobody() -> None:
    for name in BOOK.names:
        for surface in surfaces(name):
            assert len("".join(folded_words(surface))) > 1


def test_short_words_are_ambiguous_or_well_known() -> None:
    well_known = {"دبي", "غزة", "مصر", "قطر", "مكة", "عدن", "لحج", "تعز", "حلب", "حمص", "سبها", "جدة", "فزان"}
    for name in BOOK.names:
        for surface in surfaces(name):
            if len(folded_words(surface)) == 1 and len(folded_words(surface)[0]) < 3:
                assert surface in name.ambiguous | well_known, surface


def test_known_spellings_meet() -> None:
    for one, other in (
        ("سورية", "سوريا"),
        ("داعش", "تنظيم الدولة الإسلامية"),
        ("تنظيم الدولة", "تنظيم داعش"),
        ("توماس باراك", "توم برّاك"),
        ("ترمب", "دونالد ترامب"),
        ("الناتو", "حلف شمال الأطلسي"),
    ):
        assert BOOK.find(one) == BOOK.find(other) != ()
