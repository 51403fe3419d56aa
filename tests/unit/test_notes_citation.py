"""Citations say what is known, of the revision they cite, and in an order that no line can break."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.notes_support import TEXT, article, note

from kashaf.bidi.layout import visual
from kashaf.corpus.article import Metadata, Provenance
from kashaf.errors import UsageError
from kashaf.notes.citation import as_document, card, cite, cite_note
from kashaf.notes.model import ArticleTarget, EntityTarget, SearchTarget

FSI, PDI = "\u2068", "\u2069"
START = TEXT.index("مليوني")


def test_a_span_is_cited_with_its_hashes_and_its_place() -> None:
    one = cite(replace(article(), body_start=TEXT.index("\n") + 1), START, START + 12)
    assert (one.quote, one.start, one.end, one.paragraph) == ("مليوني دينار", START, START + 12, 2)
    assert (one.sha256, one.text_sha256) == ("5" * 64, article().text_sha256)
    assert (one.outlet, one.published, one.path) == ("صحيفة المرفأ", "2025-03-23", "souq.txt")


def test_a_span_out_of_range_is_refused() -> None:
    with pytest.raises(UsageError):
        cite(article(), 5, 5)


def test_a_note_is_cited_as_of_its_own_revision() -> None:
    """The article was imported anew from another file: the note's hashes stay, the new file's path is not theirs."""
    now = replace(
        article(TEXT + "\nتصويب."), provenance=Provenance(path="new.txt", member="", sha256="7" * 64)
    )
    one = cite_note(note(), now)
    assert one.text_sha256 == article().text_sha256
    assert (one.sha256, one.path) == ("5" * 64, "")
    assert one.note_id == note().id


def test_where_the_date_was_read_goes_only_with_that_date() -> None:
    corrected = replace(
        article(), metadata=Metadata(title="x", published=date(2025, 3, 24), published_evidence="line 2")
    )
    assert cite_note(note(), corrected).published_evidence == ""
    same = replace(
        article(), metadata=Metadata(title="x", published=date(2025, 3, 23), published_evidence="line 2")
    )
    assert cite_note(note(), same).published_evidence == "line 2"


def test_a_note_without_its_article_says_what_it_keeps() -> None:
    one = cite_note(note(), None)
    assert (one.headline, one.outlet, one.url, one.path) == (article().title, "صحيفة المرفأ", "", "")
    assert not any("http" in line for line in card(one, "en"))


def test_a_whole_article_has_no_quote() -> None:
    target = ArticleTarget(article().id, article().text_sha256, "عنوان", "", "", "5" * 64)
    one = cite_note(replace(note(), target=target), article())
    assert (one.start, one.quote, one.paragraph) == (None, "", None)
    assert as_document(one)["span"] is None
    assert any("not stated" in line for line in card(one, "en"))
    assert any("غير مذكور" in line for line in card(one, "ar"))


@pytest.mark.parametrize("target", [EntityTarget("هدى", "person"), SearchTarget("سوق", "stem", "all")])
def test_what_is_in_no_article_cannot_be_cited(target: EntityTarget | SearchTarget) -> None:
    with pytest.raises(UsageError, match="nothing to cite"):
        cite_note(replace(note(), target=target))


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_isolate_is_closed_on_its_line(language: str) -> None:
    for line in card(cite(article(), START, START + 12), language):
        assert "\n" not in line
        depth = 0
        for char in line:
            depth += (char == FSI) - (char == PDI)
            assert 0 <= depth <= 1
        assert depth == 0


def test_a_hash_stands_whole_within_an_arabic_line() -> None:
    mixed = replace(article(), text_sha256="1a" * 32)
    lines = [visual(line) for line in card(cite(mixed, START, START + 12), "ar")]
    assert any("1a" * 32 in line for line in lines)
    assert not any(FSI in line or PDI in line for line in lines)


def test_a_quote_of_several_lines_is_one_line_of_the_card() -> None:
    start = TEXT.index("كاملتين")
    one = cite(article(), start, start + 20)
    assert "\n" in one.quote
    assert "\n" not in card(one, "ar")[0]


def test_both_languages_say_the_same() -> None:
    one = cite(article(), START, START + 12)
    assert len(card(one, "en")) == len(card(one, "ar"))


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ("line 3", "السطر \u20683\u2069"),
        ("line 3, Hijri", "السطر \u20683\u2069، هجري"),
        ("meta: article:published_time", "بيانات الصفحة: \u2068article:published_time\u2069"),
        ("file name", "اسم الملف"),
        ("something new", "\u2068something new\u2069"),
    ],
)
def test_where_the_date_was_read_in_arabic(where: str, said: str) -> None:
    one = replace(cite(article(), START, START + 12), published_evidence=where)
    assert any(said in line for line in card(one, "ar"))
