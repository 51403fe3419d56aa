"""The gate between the world and the terminal: text without anything a terminal would obey.

An article, a file name or a note may carry escape sequences (ECMA-48: CSI, OSC, DCS, SOS, PM, APC), C0 and C1
controls, or bidi controls that make a line read otherwise than it is stored (CVE-2021-42574). All of them
go. Marks that Arabic spelling needs stay: LRM, RLM, ALM, ZWJ and ZWNJ. Nothing is normalised to NFC, because
offsets in the sanitised text are what hits and notes refer to.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

# A control string ends at BEL, ST, CAN or SUB. Its body stops at the end of the line and at any other
# introducer: so no more than one line is ever lost to a stray introducer, and the scan stays linear.
_STRING_BODY: Final = r"[^\x07\x18\x1a\x1b\x90\x98\x9b-\x9f\n\r\x0b\x0c\x85\u2028\u2029]*"
_STRING_END: Final = r"(?:\x07|\x18|\x1a|\x1b\\|\x9c)"
_SEQUENCE: Final = re.compile(
    rf"(?:\x1b[P\]X^_]|[\x90\x98\x9d-\x9f]){_STRING_BODY}{_STRING_END}"  # DCS, OSC, SOS, PM, APC
    r"|(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]?"  # CSI
    r"|\x1b[ -/]*[0-~]?"  # two characters and nF sequences; a lone ESC
)
_NEWLINE: Final = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_LINE_BREAKS: Final = "\r\x0b\x0c\x85\u2028\u2029"

# U+FDD0..FDEF and the last two of every plane are noncharacters (The Unicode Standard, section 23.7).
_HIGH_NONCHARACTERS: Final = "".join(f"{chr(p << 16 | 0xFFFE)}{chr(p << 16 | 0xFFFF)}" for p in range(1, 17))
_TAGS: Final = "\U000e0000-\U000e007f"
_KINDS: Final[tuple[tuple[str, str, str], ...]] = (
    ("control character", r"\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f", ""),
    ("bidi control", "\u202a-\u202e\u2066-\u2069", ""),
    ("deprecated format character", "\u206a-\u206f", ""),
    ("byte order mark", "\ufeff", ""),
    ("interlinear annotation", "\ufff9-\ufffb", ""),
    ("noncharacter", "\ufdd0-\ufdef\ufffe\uffff", ""),
    ("lone surrogate", r"\ud800-\udfff", "\ufffd"),
    ("tag character", _TAGS, ""),
    ("noncharacter above U+FFFF", _HIGH_NONCHARACTERS, ""),
)
_COMPILED: Final = tuple((kind, re.compile(f"[{chars}]"), new) for kind, chars, new in _KINDS)
# Two classes: `re` has a bitmap for a class of the BMP, and walks a class with higher characters item by item.
# Not printable, and left where they are: the commonest.
_HARMLESS: Final = ("\u00a0", "\u200f", "\u200e", "\u200c", "\u200d", "\u200b", "\u00ad")
_LOW: Final = re.compile(f"[{_LINE_BREAKS}\t{''.join(chars for _, chars, _ in _KINDS[:-2])}]")
_HIGH: Final = re.compile("[\U00010000-\U0010ffff]")
_HIGH_UNSAFE: Final = re.compile(f"[{_TAGS}{_HIGH_NONCHARACTERS}]")


@dataclass(frozen=True, slots=True)
class Sanitised:
    """text: safe to print. removed: how many of each kind were taken out, as `(kind, count)`; newlines made
    `\\n` and tabs made spaces are not counted."""

    text: str
    removed: tuple[tuple[str, int], ...] = ()


def sanitise(text: str) -> Sanitised:
    """Make a text of many lines safe. Every line break becomes `\\n`, a tab a space, a lone surrogate U+FFFD.

    Idempotent. A control string without an end loses its introducer only: its payload stays as visible text.
    """
    if is_clean(text):
        return Sanitised(text)
    removed: list[tuple[str, int]] = []
    text, count = _SEQUENCE.subn("", text)
    if count:
        removed.append(("escape sequence", count))
    text = _NEWLINE.sub("\n", text).replace("\t", " ")
    for kind, pattern, replacement in _COMPILED:
        text, count = pattern.subn(replacement, text)
        if count:
            removed.append((kind, count))
    return Sanitised(text, tuple(removed))


def sanitise_line(text: str) -> str:
    """Make a value of one line safe (title, outlet, tag, file name): any run of white space is one space."""
    if text.isprintable() and "  " not in text:
        return text.strip()
    return " ".join(sanitise(text).text.split())


def is_clean(text: str) -> bool:
    """Whether `sanitise` would give the text back unchanged."""
    # What a terminal obeys is in Cc, Cf, Cs, Co, Cn, Zl or Zp, none of which is printable; nor is a line break.
    plain = text.replace("\n", "")
    if plain.isprintable():
        return True
    for harmless in _HARMLESS:
        plain = plain.replace(harmless, "")
    if plain.isprintable():
        return True
    if _LOW.search(text) is not None:
        return False
    first = _HIGH.search(text)
    return first is None or _HIGH_UNSAFE.search(text, first.start()) is None
