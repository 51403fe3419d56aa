"""Texts that would make a careless search for quotations slow or wrong."""

from __future__ import annotations

import pytest
from tests.effort_support import assert_linear, bounded
from tests.quotes_support import named_in

from kashaf.entities.model import Mention
from kashaf.entities.page import Page
from kashaf.entities.quotes.finding import find_quotations

SIZE = 800_000  # code points

TEXTS = {
    "marks": '"' * SIZE,
    "openers": "«" * SIZE,
    "openers and closers": "«" * (SIZE // 2) + "”" * (SIZE // 2),
    "marks and words": '"ك ' * (SIZE // 3),
    "verbs": "قال " * (SIZE // 4),
    "verbs and clauses": "قال إن " * (SIZE // 7),
    "attributions": "بحسب قوله، " * (SIZE // 11),
    "one sentence": "قال سامر القنطار إن " + "كلام وكلام، " * (SIZE // 12),
    "speakers": "قال الوزير سامر القنطار إن الماء قليل، " * (SIZE // 39),
    "apostrophes": "it's ‘a’ " * (SIZE // 9),
    "lines of openers": "«ك\n" * (SIZE // 3),
    "colons": "سامر القنطار: " * (SIZE // 14),
    "digits": "1234567890 " * (SIZE // 11),
    "that": "أن " * (SIZE // 3),
}


@pytest.mark.parametrize("name", TEXTS)
def test_work_is_bounded(name: str) -> None:
    text = TEXTS[name]
    with bounded():
        for one in find_quotations(Page(text), named_in(text)):
            assert 0 <= one.start < one.end <= len(text)
    assert_linear(
        lambda size: (Page(text[:size]), named_in(text[:size])), lambda read: find_quotations(*read), 2_000
    )


@pytest.mark.parametrize(
    "text",
    [
        "وزیر آب گفت که سد پر است. او افزود: «ما آب داریم».",
        "وزیر نے کہا کہ ڈیم بھر گیا ہے۔",
        'The minister said that the dam is full. "We have water", she added.',
        "\u202eقال\u202c \u2066«نعم»\u2069",
        "\x00\x01 قال \ud800 إن",
        "",
        " \n\t ",
    ],
)
def test_other_languages_and_controls(text: str) -> None:
    for one in find_quotations(Page(text), named_in(text)):
        assert 0 <= one.start < one.end <= len(text)


def test_mentions_that_lie() -> None:
    """Spans that are no words, or out of the text, raise nothing."""
    text = "قال سامر إن الماء قليل."
    for start, end in ((0, 0), (3, 3), (0, len(text)), (5, 400), (300, 400)):
        find_quotations(Page(text), [Mention("س", "person", start, end, "", "book")])
