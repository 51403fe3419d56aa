"""Texts that try to become markup, controls or addresses, for the tests of what is exported."""

from __future__ import annotations

from typing import Final

from hypothesis import strategies as st

from kashaf.text.sanitise import is_clean

PIECES: Final = (
    "</script><script>alert(1)</script>",
    "<!-- ",
    "-->",
    "]]>",
    "<![CDATA[",
    "</style>",
    "<img src=x onerror=alert(1)>",
    "&amp;",
    "&#x202e;",
    "&lt;b&gt;",
    '" onmouseover="x',
    "' style='x",
    "javascript:alert(1)",
    "\x00",
    "\x1b[31m",
    "\x85",
    "\u202e",
    "\u2066",
    "\u2069",
    "\u2068",
    "\ufffe",
    "\ud800",
    "\U000e0041",
    "\r\n",
    "\n",
    "\n\n",
    "\t",
    "    ",
    "# ",
    "> ",
    "- ",
    "1. ",
    "1) ",
    "===",
    "---",
    "```",
    "~~~",
    "$$x$$",
    "[x](http://evil.example)",
    "![x](y)",
    "[^1]: x",
    "[x]: http://y",
    "<http://evil.example>",
    "http://evil.example/a_b",
    "www.evil.example",
    "x@evil.example",
    "**b** _i_ ~~s~~ `c`",
    "| a | b |\n|---|---|",
    "\\",
    "شَعبٌ",
    "رفع سعر الرغيف",
    "CNN",
    "🍞",
    "0123",
    "=1+1",
    "%3Cb%3E",
    "{{x}}",
    "\u200f",
)


def hostile() -> st.SearchStrategy[str]:
    """Any such pieces in a row, and any text at all."""
    pieces = st.lists(st.sampled_from(PIECES), max_size=6).map("".join)
    return st.one_of(pieces, st.text(max_size=20))


def assert_clean(text: str) -> None:
    """No control character, no bidi control, nothing that is no character."""
    if not is_clean(text):
        found = {f"U+{ord(char):04X}" for char in text if char != "\n" and not is_clean(char)}
        raise AssertionError(f"got through: {sorted(found)}")
