"""What may reach a terminal, and what may not."""

from __future__ import annotations

import sys
import unicodedata

import pytest

from kashaf.text.sanitise import is_clean, sanitise, sanitise_line

KEPT_FORMATS = "\u200e\u200f\u061c\u200c\u200d"


def test_clean_text_comes_back_unchanged() -> None:
    text = "عنوان\nفِقرة أولى، ١٢٣ و abc.\n👩\u200d🚀 نهاية"
    assert sanitise(text).text == text
    assert sanitise(text).removed == ()


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        ("قبل\x1b]52;c;c2VjcmV0\x07بعد", "قبلبعد"),
        ("قبل\x1b]52;c;c2VjcmV0\x1b\\بعد", "قبلبعد"),
        ("قبل\x9d52;c;c2VjcmV0\x9cبعد", "قبلبعد"),
        ("قبل\x1b]0;عنوان النافذة\x07بعد", "قبلبعد"),
        ("قبل\x1b]8;;http://x.example\x1b\\رابط\x1b]8;;\x1b\\بعد", "قبلرابطبعد"),
        ("قبل\x1b[31;1mأحمر\x1b[0mبعد", "قبلأحمربعد"),
        ("قبل\x9b2Jبعد", "قبلبعد"),
        ("قبل\x1bPq#0;2\x1b\\بعد", "قبلبعد"),
        ("قبل\x1b_Gf=100;AAAA\x1b\\بعد", "قبلبعد"),
        ("قبل\x1b^سر\x1b\\بعد", "قبلبعد"),
        ("قبل\x1bXسر\x1b\\بعد", "قبلبعد"),
        ("قبل\x1bcبعد", "قبلبعد"),
        ("قبل\x1b(0بعد", "قبلبعد"),
        ("قبل\x1b", "قبل"),
        ("قبل\u202eبعد\u202c", "قبلبعد"),
        ("قبل\u2067بعد\u2069", "قبلبعد"),
        ("قبل\ud800بعد", "قبل\ufffdبعد"),
        ("قبل\U000e0041\U000e007fبعد", "قبلبعد"),
        ("قبل\ufff9أ\ufffaب\ufffbبعد", "قبلأببعد"),
        ("قبل\ufdd0\uffff\U0001ffffبعد", "قبلبعد"),
        ("\ufeffقبل", "قبل"),
        ("قبل\x00\x08\x7f\x80بعد", "قبلبعد"),
        ("قبل\tبعد", "قبل بعد"),
    ],
)
def test_what_goes(dirty: str, clean: str) -> None:
    assert sanitise(dirty).text == clean
    assert not is_clean(dirty)


@pytest.mark.parametrize("newline", ["\r\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"])
def test_every_line_break_is_a_newline(newline: str) -> None:
    assert sanitise(f"أول{newline}ثان").text == "أول\nثان"


def test_a_control_string_without_an_end_loses_no_more_than_its_introducer() -> None:
    assert sanitise("قبل\x1b]52;نص يبقى\nسطر يبقى").text == "قبل52;نص يبقى\nسطر يبقى"


def test_what_was_removed_is_counted_by_kind() -> None:
    removed = dict(sanitise("\x1b[1mأ\u202eب\u202eج\x00").removed)
    assert removed == {"escape sequence": 1, "bidi control": 2, "control character": 1}


def test_marks_of_arabic_spelling_stay() -> None:
    assert sanitise(f"نص{KEPT_FORMATS}نص").text == f"نص{KEPT_FORMATS}نص"


def test_every_code_point_alone() -> None:
    for code in range(sys.maxunicode + 1):
        out = sanitise(chr(code)).text
        assert is_clean(out)
        assert out in {"", "\n"} or unicodedata.category(out[0]) not in ("Cc", "Cs"), hex(code)


def test_a_line_holds_no_line_breaks_and_single_spaces() -> None:
    assert sanitise_line("  عنوان\r\n\tطويل \u00a0جدا\u2028هنا ") == "عنوان طويل جدا هنا"
    assert sanitise_line("\x1b]0;x\x07") == ""


def test_the_quick_way_to_clean_text_is_right_for_every_character() -> None:
    dirty: list[str] = []
    for first in range(0, sys.maxunicode + 1, 256):
        block = "".join(map(chr, range(first, first + 256)))
        if sanitise("\u0628" + block).text != "\u0628" + block:
            dirty += [char for char in block if sanitise(f"\u0628{char}").text != f"\u0628{char}"]
    assert len(dirty) > 200
    assert [
        char for char in dirty if char != "\n" and (char.isprintable() or is_clean(f"\u0628{char}\u00a0"))
    ] == []
