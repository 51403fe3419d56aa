"""Quotation marks in pairs: nested, unclosed, turned round, over paragraphs."""

from __future__ import annotations

import pytest

from kashaf.entities.quotes.marks import stretches


def never(offset: int) -> bool:
    del offset
    return False


def always(offset: int) -> bool:
    del offset
    return True


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ('قال "نعم" و"لا" ثم «ربما».', ["نعم", "لا", "ربما"]),
        ("قال “نعم” و„لا“ ثم ”ربما“.", ["نعم", "لا", "ربما"]),
        ('لـ"العربي" وبـ"العربي" و"حماس"', ["العربي", "العربي", "حماس"]),
        ('تابع: "مع خلايا "داعش" هنا". ثم', ['مع خلايا "داعش" هنا']),
        ("«قال له: “نعم” ومضى»", ["قال له: “نعم” ومضى"]),
        ('قائلا " نجحنا اليوم"على حد قوله', ["نجحنا اليوم"]),
        ("it's don't ‘yes’ o’clock", ["yes"]),
        ("»معكوس« و«سوي»", ["معكوس", "سوي"]),
        ("''كلام'' وكلام", ["كلام"]),
        ('""', []),
        ("بلا علامة", []),
    ],
)
def test_pairs(text: str, inside: list[str]) -> None:
    assert [text[one.start : one.end] for one in stretches(text, never)] == inside


def test_a_mark_that_is_never_closed_counts_when_words_announce_it() -> None:
    text = 'قال "كلام طويل عن "داعش" هنا.\nفقرة "أخرى".'
    assert [text[one.start : one.end] for one in stretches(text, never)] == ["داعش", "أخرى"]
    (first, second) = stretches(text, lambda offset: offset < 10)
    assert (text[first.start : first.end], first.closed) == ('كلام طويل عن "داعش" هنا.', False)
    assert (text[second.start : second.end], second.closed) == ("أخرى", True)


def test_a_quotation_goes_on_over_paragraphs() -> None:
    repeated = "قال:\n«الأولى.\n«الثانية.\n«الثالثة».\nثم «أخرى»"
    assert [repeated[one.start : one.end] for one in stretches(repeated, always)] == [
        "الأولى.\n«الثانية.\n«الثالثة",
        "أخرى",
    ]
    once = "قال: «الأولى.\nالثانية». ثم «أخرى»"
    assert [once[one.start : one.end] for one in stretches(once, never)] == ["الأولى.\nالثانية", "أخرى"]
