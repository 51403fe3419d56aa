"""The name book: files, overlays, lookup."""

from __future__ import annotations

from pathlib import Path

import pytest

from kashaf.entities.book.namebook import SHIPPED, Match, Name, NameBook, key_of
from kashaf.entities.page import Page, bases
from kashaf.entities.rules.glued import beginnings
from kashaf.errors import BadInput, DiskTrouble


def book_of(tmp_path: Path, *texts: str) -> NameBook:
    paths = []
    for number, text in enumerate(texts):
        path = tmp_path / f"names{number}.yaml"
        path.write_text(text, encoding="utf-8")
        paths.append(path)
    return NameBook.load(paths[0], paths[1:])


def first_match(book: NameBook, text: str, word: int = 0) -> Match | None:
    return next(book.matches(Page(text), word), None)


BASE = """
people:
  - {name: عدنان الكوثراني, aliases: [الكوثراني], ambiguous: [الكوثراني]}
places:
  - وادي السدر
  - {name: مرسى الريحان, aliases: [المرسى]}
organizations:
  - {name: تحالف حماية الممرات البحرية, aliases: [تحالف الممرات, تحمب]}
"""


def test_reads_every_list(tmp_path: Path) -> None:
    book = book_of(tmp_path, BASE)
    assert [(name.canonical, name.type) for name in book.names] == [
        ("عدنان الكوثراني", "person"),
        ("وادي السدر", "place"),
        ("مرسى الريحان", "place"),
        ("تحالف حماية الممرات البحرية", "organization"),
    ]
    assert book.names[0].ambiguous == frozenset({"الكوثراني"})


def test_finds_a_name_under_every_spelling(tmp_path: Path) -> None:
    book = book_of(tmp_path, BASE)
    for surface in ("مرسى الريحان", "مرسي الرِّيحان", "المرسى", "مرســى الريحان"):
        assert [name.canonical for name in book.find(surface)] == ["مرسى الريحان"]
    assert book.find("مرسى") == ()
    assert book.find("") == ()


@pytest.mark.parametrize(
    ("written", "met"),
    [("عبد الرزاق الشيخاني", "عبدالرزاق الشيخاني"), ("عبدالرزاق الشيخاني", "عبد الرزاق الشيخاني"),
     ("يوسف أبو الميزان", "يوسف أبوالميزان"), ("نائلة بن يدر", "نائلة بنيدر")],
)  # fmt: skip
def test_parts_glued_or_apart(written: str, met: str) -> None:
    book = NameBook([Name(written, "person")])
    assert [name.canonical for name in book.find(met)] == [written]
    assert key_of(written) == key_of(met)


def test_longest_surface_first() -> None:
    book = NameBook([Name("وادي السدر", "place"), Name("وادي السدر الأعلى", "place")])
    found = [match.last for match in book.matches(Page("وادي السدر الأعلى"), 0)]
    assert found == [2, 1]


@pytest.mark.parametrize(
    ("text", "form"),
    [("بدمشق", "دمشق"), ("ودمشق", "دمشق"), ("وبدمشق", "دمشق"), ("لدمشق", "دمشق"), ("فلدمشق", "دمشق"),
     ("كدمشق", None), ("بِدمشق", "دمشق"), ("بـدمشق", "دمشق"), ("سدمشق", None)],
)  # fmt: skip
def test_glued_letters_stand_outside_the_span(text: str, form: str | None) -> None:
    page = Page(text)
    match = next(NameBook([Name("دمشق", "place")]).matches(page, 0), None)
    if form is None:
        assert match is None
    else:
        assert match is not None
        start, end = page.span(match.first, match.last, match.skip)
        assert text[start:end] == form


@pytest.mark.parametrize(
    ("text", "form"),
    [("للفيروز", "للفيروز"), ("وللفيروز", "للفيروز"), ("بالفيروز", "الفيروز"), ("والفيروز", "الفيروز")],
)
def test_the_article_after_a_glued_letter(text: str, form: str) -> None:
    page = Page(text)
    match = next(NameBook([Name("الفيروز", "place")]).matches(page, 0))
    start, end = page.span(match.first, match.last, match.skip)
    assert text[start:end] == form


def test_the_whole_word_comes_before_what_is_left_of_it() -> None:
    assert bases("وادي")[0] == ("وادي", 0)
    assert [base for base, _ in bases("كلاوس")] == ["كلاوس"]
    assert bases("في") == (("في", 0),)


@pytest.mark.parametrize(
    ("text", "met"),
    [("تنظيم راية البحر", True), ("تنظيم «راية البحر»", True), ('تنظيم "راية البحر"', True),
     ("تنظيم (راية البحر)", True),
     ("تنظيم\nراية البحر", False), ("تنظيم، راية البحر", False), ("تنظيم» راية البحر", False)],
)  # fmt: skip
def test_quotation_marks_inside_a_name(text: str, met: bool) -> None:
    book = NameBook([Name("تنظيم راية البحر", "organization")])
    assert (first_match(book, text) is not None) is met


def test_a_span_closes_the_quotation_it_opens() -> None:
    page = Page("قال تنظيم «راية البحر» إنه")
    assert page.text[slice(*page.span(1, 3))] == "تنظيم «راية البحر»"
    assert page.text[slice(*page.span(2, 3))] == "راية البحر"


def test_overlay_adds_aliases(tmp_path: Path) -> None:
    book = book_of(
        tmp_path, BASE, "organizations:\n  - {name: تحالف حماية الممرات البحرية, aliases: [التحالف البحري]}\n"
    )
    assert book.find("التحالف البحري") == book.find("تحمب") != ()
    assert len(book.names) == 4


def test_overlay_takes_a_name_over(tmp_path: Path) -> None:
    book = book_of(tmp_path, BASE, "places:\n  - {name: نادي المرسى, aliases: [المرسى]}\n")
    assert [name.canonical for name in book.find("المرسى")] == ["نادي المرسى"]
    assert [name.canonical for name in book.find("مرسى الريحان")] == ["مرسى الريحان"]


def test_a_name_that_an_overlay_gives_to_another_kind_needs_a_cue(tmp_path: Path) -> None:
    book = book_of(tmp_path, BASE, "organizations:\n  - {name: فندق الوادي, aliases: [وادي السدر]}\n")
    assert {name.canonical: name.ambiguous for name in book.find("وادي السدر")} == {
        "وادي السدر": frozenset({"وادي السدر"}), "فندق الوادي": frozenset(),
    }  # fmt: skip


def test_overlay_renames(tmp_path: Path) -> None:
    overlay = "organizations:\n  - {name: التحالف البحري, aliases: [تحالف حماية الممرات البحرية]}\n"
    book = book_of(tmp_path, BASE, overlay)
    for surface in ("التحالف البحري", "تحالف حماية الممرات البحرية", "تحالف الممرات", "تحمب"):
        assert [name.canonical for name in book.find(surface)] == ["التحالف البحري"]


def test_overlay_makes_sure_what_was_ambiguous(tmp_path: Path) -> None:
    book = book_of(tmp_path, BASE, "people:\n  - {name: عدنان الكوثراني, aliases: [الكوثراني]}\n")
    assert book.names[0].ambiguous == frozenset()


def test_overlay_hides_a_name_with_its_aliases(tmp_path: Path) -> None:
    book = book_of(tmp_path, BASE, "places:\n  - {name: مرسى الريحان, hide: true}\n")
    assert book.find("مرسى الريحان") == book.find("المرسى") == ()


def test_a_missing_overlay_is_no_overlay(tmp_path: Path) -> None:
    path = tmp_path / "base.yaml"
    path.write_text(BASE, encoding="utf-8")
    alone = NameBook.load(path)
    assert NameBook.load(path, [tmp_path / "none.yaml"]).fingerprint == alone.fingerprint


def test_the_fingerprint_follows_the_files(tmp_path: Path) -> None:
    first = book_of(tmp_path, BASE).fingerprint
    assert book_of(tmp_path, BASE).fingerprint == first
    assert book_of(tmp_path, BASE, "places: [تل القرنفل]\n").fingerprint != first
    assert NameBook([Name("دمشق", "place")]).fingerprint != NameBook([Name("دمشق", "person")]).fingerprint


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "people:\nplaces: []\n"])
def test_an_empty_book(tmp_path: Path, text: str) -> None:
    assert book_of(tmp_path, text).names == ()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("- دمشق\n", "set of lists"),
        ("towns: [دمشق]\n", "unknown list `towns`"),
        ("places: دمشق\n", "is a list"),
        ("places:\n  - {name: دمشق, kind: city}\n", "unknown key `kind`"),
        ("places:\n  - {aliases: [دمشق]}\n", "without a name"),
        ("places:\n  - {name: دمشق, ambiguous: [الشام]}\n", "is no name of"),
        ("places:\n  - {name: دمشق, hide: perhaps}\n", "true or false"),
        ("places:\n  - [دمشق]\n", "a word or several"),
        ("places:\n  - '—'\n", "without a letter"),
        ("places:\n  - " + "دمشق " * 17 + "\n", "too long"),
        ("places: [true]\n", "a word or several"),
    ],
)
def test_says_what_is_wrong(tmp_path: Path, text: str, reason: str) -> None:
    with pytest.raises(BadInput, match=reason) as caught:
        book_of(tmp_path, text)
    assert "names0.yaml" in caught.value.where


def test_a_name_with_controls_is_cleaned(tmp_path: Path) -> None:
    book = book_of(tmp_path, 'places:\n  - "دمشق\\e[31m\\u202e"\n')
    assert [name.canonical for name in book.names] == ["دمشق"]


def test_a_book_that_is_not_utf8(tmp_path: Path) -> None:
    path = tmp_path / "names.yaml"
    path.write_bytes("places: [دمشق]\n".encode("cp1256"))
    with pytest.raises(BadInput, match="not UTF-8"):
        NameBook.load(path)


def test_a_book_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(DiskTrouble):
        NameBook.load(tmp_path)


def test_without_the_shipped_book() -> None:
    assert NameBook.load(None).names == ()
    assert SHIPPED.is_file()


def test_what_begins_a_name() -> None:
    book = NameBook([Name("عبدالله بن يدر", "person", ("الريحان",)), Name("وادي السدر", "place")])
    assert book.beginnings == {
        "عبدالله", "عبدالله بن", "عبداللهبن", "عبد", "الريحان", "وادي", "وادي السدر", "واديالسدر",
    }  # fmt: skip
    assert NameBook.load().beginnings == beginnings(NameBook.load())


def test_what_may_be_many_words_and_stops_short() -> None:
    book = NameBook([Name("قوات سوريا الديمقراطية", "organization"), Name("قوات", "organization")])
    for text, met in (
        ("قوات سوريا", ["قوات"]),
        ("قوات سوريا الديمقراطية", ["قوات سوريا الديمقراطية", "قوات"]),
    ):
        page = Page(text)
        assert [text[slice(*page.span(one.first, one.last))] for one in book.matches(page, 0)] == met
    assert book.find("قوات سوريا") == ()
    assert set(book.surfaces()) == {("قوات",), ("قوات", "سوريا", "الديمقراطيه")}
