"""Sanitising any text whatever."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from kashaf.text.sanitise import is_clean, sanitise, sanitise_line

HOSTILE = st.sampled_from(
    [
        *list("\x00\x07\x08\x18\x1a\x1b[]P_^X\\\x7f\x85\x90\x98\x9b\x9c\x9d\x9e\x9f\r\n\t 0;mـا"),
        "\u202e",
        "\u2066",
        "�",
        "�",
        "\ufeff",
        "\uffff",
        "\U000e0041",
        "\U0001fffe",
        "ب",
        "\u200f",
    ]
)
TEXTS = st.one_of(st.text(max_size=60), st.lists(HOSTILE, max_size=60).map("".join))
FORBIDDEN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u206f\ud800-\udfff\ufdd0-\ufdef\ufeff\ufff9-\ufffb\ufffe\uffff"
    "\U000e0000-\U000e007f]"
)


@given(TEXTS)
@settings(max_examples=200)
def test_output_is_safe_and_stable(text: str) -> None:
    once = sanitise(text)
    assert FORBIDDEN.search(once.text) is None
    assert not any(ord(c) & 0xFFFE == 0xFFFE for c in once.text)
    assert is_clean(once.text)
    assert sanitise(once.text).text == once.text
    assert is_clean(text) == (once.text == text)
    once.text.encode("utf-8")


@given(TEXTS)
@settings(max_examples=200)
def test_a_line_is_one_line_and_stable(text: str) -> None:
    line = sanitise_line(text)
    assert "\n" not in line
    assert "  " not in line
    assert line == line.strip()
    assert sanitise_line(line) == line
