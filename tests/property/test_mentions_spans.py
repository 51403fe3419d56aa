"""Mentions of any text lie in it, apart from each other, and say what stands there."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from kashaf.corpus.article import Article, Metadata, Provenance
from kashaf.entities.book.namebook import Name, NameBook, key_of
from kashaf.entities.mentions import find_mentions
from kashaf.entities.model import MENTION_TYPES
from kashaf.entities.page import Page, bases

BOOK = NameBook.load()
WORDS = st.sampled_from(
    [
        *re.split(
            " ",
            "الرئيس المبعوث وزيرة المياه هنريك فالستروم نائلة بن يدّر عبد الله أبو الميزان قال وأضاف د. ابن فون",
        ),
        *re.split(
            " ", "مدينة الفيروز وادي السدر بدمشق والباب الباب نهر سد مطار شبه جزيرة كوباً للتحالف الدولي"
        ),
        *re.split(
            " ",
            "تنظيم داعش حزب العدل مركز جامعة الجيش السوري وزارة الخارجية قوات سوريا الديمقراطية (قسد) RTB",
        ),
        *re.split(
            " ",
            "ضيفه شباك تعادل مع مباراة هدف ملعب الدوري مدرب الحكومة اللواء 35 الفرقة السادسة حرس السواحل جماعة راية "
            "شركة شلغوم للتعدين نيوز مجلس هيئة الأسواق المالية بلدات مدينتي ساحة منطقة في إلى مرسى التشادية تدعى لـ",
        ),
        *re.split(" ", "« » “ ” ' ( ) [ ] ، . ٢٠٢٥ 12 شباط لل ال و ل بـ ﷺ ﻻ ـ"),
        '"',
        "\n",
        "\u200f",
    ]
)
TEXTS = st.lists(st.one_of(WORDS, st.text(max_size=4)), max_size=30).map(" ".join) | st.text(max_size=80)


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_spans(text: str) -> None:
    article = Article("a", text, Metadata("عنوان"), Provenance("a.txt", "", "0" * 64))
    last = 0
    for one in find_mentions(article, BOOK):
        assert last <= one.start < one.end <= len(text)
        assert one.form == text[one.start : one.end]
        assert one.name.strip()
        assert "\n" not in one.name
        assert one.type in MENTION_TYPES
        last = one.end


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_the_same_text_gives_the_same_mentions(text: str) -> None:
    article = Article("a", text, Metadata("عنوان"), Provenance("a.txt", "", "0" * 64))
    assert find_mentions(article, BOOK) == find_mentions(article, BOOK)


@settings(max_examples=100, deadline=None)
@given(TEXTS, st.data())
def test_any_run_of_words_has_a_span(text: str, data: st.DataObject) -> None:
    page = Page(text)
    if not len(page):
        return
    first = data.draw(st.integers(0, len(page) - 1))
    last = data.draw(st.integers(first, min(first + 5, len(page) - 1)))
    for base, skip in bases(page.folds[first]):
        start, end = page.span(first, last, skip)
        assert page.starts[first] <= start < end <= len(text)
        assert base


@settings(max_examples=100)
@given(st.sampled_from(BOOK.names))
def test_every_name_finds_itself(name: Name) -> None:
    assert name in BOOK.find(name.canonical)
    assert key_of(name.canonical)
