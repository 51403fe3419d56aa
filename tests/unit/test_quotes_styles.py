"""Who said what, as agencies and dailies of many countries put it."""

from __future__ import annotations

import pytest
from tests.quotes_support import said_in

from kashaf.entities.model import Mention
from kashaf.entities.page import Page
from kashaf.entities.quotes.finding import find_quotations

L, S, W = "ليلى الحوراني", "سامر القنطار", "وزارة الري"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("دمشق - أ س: أكدت وزارة الري أن السد ممتلئ.", [(W, "أكد", "السد ممتلئ")]),
        ("وقال القنطار في تصريح صحفي: إن السد ممتلئ جدا.", [(S, "قال", "السد ممتلئ جدا")]),
        (
            "قال المدير العام لوزارة الري سامر القنطار إن السد ممتلئ.",
            [(S, "قال", "السد ممتلئ")],
        ),
        (
            "أوضح المدير التنفيذي لشركة وكالة السدرة، سامر القنطار، أن السد ممتلئ.",
            [(S, "أوضح", "السد ممتلئ")],
        ),
        (
            "قالت ليلى الحوراني إن السد ممتلئ. وعلق عليها سامر القنطار: «هذا كلام قديم جدا».",
            [(L, "قال", "السد ممتلئ"), (S, "علق", "«هذا كلام قديم جدا»")],
        ),
        (
            "وقال سامر القنطار إن السد ممتلئ، لكن وزارة الري نفت ذلك وقالت إن القنوات فارغة.",
            [(S, "قال", "السد ممتلئ"), (W, "قال", "القنوات فارغة")],
        ),
        (
            "أوضح لـ«السدرة» سامر القنطار أن «وادي الزيتون» آمن.",
            [(S, "أوضح", "«وادي الزيتون» آمن")],
        ),
        (
            "أوضح سامر القنطار أن «لقاء النهر» انتهى.",
            [(S, "أوضح", "«لقاء النهر» انتهى")],
        ),
        (
            "طالبت وزارة الري بالهدوء، فيما اكتفى مرصد الأنهار بالقول إن المنسوب عال.",
            [("مرصد الأنهار", "قال", "المنسوب عال")],
        ),
        (
            "قالت ليلى الحوراني إن السد ممتلئ. ورد عليها الوزير السابق قائلا: «هذا كلام قديم جدا».",
            [(L, "قال", "السد ممتلئ"), ("[الوزير السابق]", "قال", "«هذا كلام قديم جدا»")],
        ),
        ("من قال إن السد ممتلئ؟", []),
    ],
)
def test_who_said_what(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert said_in(text) == expected


def test_to_refuse_to_give_a_name_is_not_to_say() -> None:
    said = said_in("وقال رجل مسن، رفض ذكر اسمه: «خسرت كل شيء هنا».")
    assert [(verb, words) for _, verb, words in said] == [("قال", "«خسرت كل شيء هنا»")]


def test_the_words_for_in_the_name_of_are_nobody() -> None:
    text = "أكد الناطق باسم الحركة سامر القنطار أن السد ممتلئ."
    mentions = []
    for form, name in (("باسم", "باسم"), ("سامر القنطار", S)):
        start = text.index(form)
        mentions.append(Mention(name, "person", start, start + len(form), form, "tagger"))
    (quotation,) = find_quotations(Page(text), mentions)
    assert quotation.speaker == S
