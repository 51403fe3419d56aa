from __future__ import annotations

import pytest

from kashaf.text.tokens import tokenise


def exact(text: str) -> list[str]:
    return [token.exact for token in tokenise(text)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("قال الوزير: «نعم».", ["قال", "الوزير", "نعم"]),
        ('لـ"قسد"', ["ل", "قسد"]),
        ("الدولة الـ90", ["الدولة", "ال", "90"]),
        ("والـBBC", ["وال", "bbc"]),
        ("كِتَابٌ", ["كِتَابٌ"]),
        ("ﻻ ﻣﺼﺮ", ["لا", "مصر"]),
        ("صلّى ﷺ", ["صلّى", "صلى", "الله", "عليه", "وسلم"]),
        ("#سقوط_المدينة", ["سقوط", "المدينة"]),
        ("٣٫٥", ["٣", "٥"]),
        ("F-16 G7", ["f", "16", "g7"]),
        ("می\u200cخواهم", ["میخواهم"]),
        ("cafe\u0301s", ["cafe\u0301s"]),
        ("… ؟ !", []),
        ("", []),
    ],
)
def test_words(text: str, words: list[str]) -> None:
    assert exact(text) == words


def test_spans_hold_the_surface_and_no_trailing_direction_mark() -> None:
    text = "\u200fمـــصر\u200f، كتابٌ"
    assert [(text[token.start : token.end]) for token in tokenise(text)] == ["مـــصر", "كتابٌ"]
