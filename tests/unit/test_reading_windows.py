"""Texts of a book's length are read in windows: what is found, and where."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kashaf.corpus.article import Article, Metadata, Provenance
from kashaf.entities import mentions as mentions_module
from kashaf.entities.book.namebook import Name, NameBook
from kashaf.entities.mentions import read_article
from kashaf.entities.model import Quotation, Reading
from kashaf.entities.windows import WINDOW, read_in_windows, windows

BOOK = NameBook([Name("وادي السدر", "place"), Name("تحالف الممرات", "organization")])
SENTENCE = "قال عدنان الشيخاني في وادي السدر إن 12 شخصا وصلوا أمس. «عدنا إلى الديار»، أكد تحالف الممرات."


def article(text: str) -> Article:
    return Article("a", text, Metadata("", published=date(2025, 2, 12)), Provenance("a.txt", "", "0" * 64))


def assert_spans(found: Reading, text: str) -> None:
    spans = [
        *((one.start, one.end, one.form) for one in found.mentions),
        *((one.start, one.end, one.form) for one in found.dates),
        *((one.start, one.end, one.form) for one in found.quantities),
    ]
    for start, end, form in spans:
        assert 0 <= start < end <= len(text)
        assert text[start:end] == form


def test_a_window_ends_after_a_line_else_a_sentence_else_a_word() -> None:
    assert list(windows("اب جد. هو\nزح ط", 12)) == [(0, 10), (10, 14)]
    assert list(windows("اب جد هو. زح ط", 12)) == [(0, 10), (10, 14)]
    assert list(windows("اب جد هو زح ط", 12)) == [(0, 12), (12, 13)]
    assert list(windows("ا" * 25, 10)) == [(0, 10), (10, 20), (20, 25)]
    assert list(windows("", 10)) == [(0, 0)]


@given(st.text(alphabet="اب. \n؟", max_size=200), st.integers(2, 30))
@settings(max_examples=200)
def test_windows_make_up_the_text(text: str, size: int) -> None:
    spans = list(windows(text, size))
    assert "".join(text[start:end] for start, end in spans) == text
    assert all(end - start <= size for start, end in spans)
    assert all(end - start >= size // 2 for start, end in spans[:-1])


def test_spans_are_of_the_whole_text(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "\n".join([SENTENCE] * 12)
    whole = read_article(article(text), BOOK)
    monkeypatch.setattr(mentions_module, "WINDOW", 300)
    monkeypatch.setattr(
        mentions_module, "read_in_windows", lambda text, read: read_in_windows(text, read, 300)
    )
    assert read_article(article(text), BOOK) == whole
    assert_spans(whole, text)


def test_empty_spans_stay_empty() -> None:
    nobody = Quotation(0, 2, True, "", 0, 0, "", "", 0, 0)
    found = read_in_windows("اب جد هو زح", lambda _: Reading(quotations=(nobody,)), 6).quotations
    assert [(one.start, one.end) for one in found] == [(0, 2), (6, 8)]
    assert all((one.verb_end, one.speaker_end) == (0, 0) for one in found)


@pytest.mark.parametrize(
    "piece",
    [
        "7",
        "12 ",
        "۱۲۳ نفر کشته شدند و تهران ",
        "نے کہا کہ اسلام آباد میں ",
        "The council met in Baghdad. ",
        "ا",
        "«",
        "قال Joe في دمشق ۱۲ ",
    ],
)
def test_one_endless_paragraph(piece: str) -> None:
    text = (piece * (2 * WINDOW // len(piece) + 1))[: 2 * WINDOW]
    found = read_article(article(text), BOOK)
    assert_spans(found, text)
