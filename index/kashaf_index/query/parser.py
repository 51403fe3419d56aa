"""Text to query tree. It takes any text: what it cannot use it leaves out and says so.

    word "a phrase" «a phrase»      side by side: all of them, or any, as the query's `match` says
    -word  NOT word                 without
    a b OR c d                      OR parts what stands on both sides: (a b) OR (c d)
    ( )                             groups
    word*                           words that begin so;  * alone is every article
    outlet:NAME  source:"A NAME"    title:word  title:"a phrase"
    date:2025  date:2025-11  date:2025-11-10  date:2025-10..2025-11  date:2025-10..  date:..2025-11-10

OR, NOT and AND count in capitals only. Field names are also understood in Arabic: مصدر: عنوان: تاريخ:
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from kashaf.errors import UsageError
from kashaf.said import said
from kashaf.text.fold import fold_word
from kashaf.text.tokens import WORD
from kashaf_index.query.ast import (
    Either,
    Everything,
    Node,
    Not,
    Outlet,
    Phrase,
    Prefix,
    Published,
    Title,
    Together,
    Word,
)

#: Deeper parentheses and longer texts are cut with a warning.
MAX_DEPTH: Final = 40
MAX_LENGTH: Final = 10_000

_CLOSING: Final = {'"': '"', "«": "»", "“": "”", "„": "“", "”": "”", "»": "»"}
_QUOTES: Final = "".join(_CLOSING)
_OPERATORS: Final = frozenset({"OR", "NOT", "AND"})
# An input field in a right-to-left line may add these; before a minus sign they would hide it.
_INVISIBLE: Final = str.maketrans(
    "", "", "\u061c\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
)
_FIELDS: Final = {
    "outlet": "outlet",
    "source": "outlet",
    "مصدر": "outlet",
    "title": "title",
    "عنوان": "title",
    "date": "date",
    "تاريخ": "date",
}
_FIELD: Final = re.compile(rf"({'|'.join(_FIELDS)}):")
_SPACE: Final = re.compile(r"\s+")
_RUN: Final = re.compile(rf"[^\s(){_QUOTES}]+")
# Hyphens and minus signs that stand before a word it should not hold.
_MINUS: Final = re.compile(r"[-−–](?=[^\s\-−–])")
_DAY: Final = re.compile(r"([0-9]{4})(?:[-/]([0-9]{1,2})(?:[-/]([0-9]{1,2}))?)?")
_DATE_CURE: Final = said("Write date:2025, date:2025-11, date:2025-11-10 or a range A..B")


@dataclass(frozen=True, slots=True)
class Parsed:
    """The tree, or None when nothing in the text can be searched; and what was left out, in words for the user."""

    root: Node | None
    warnings: tuple[str, ...] = ()


def parse(text: str) -> Parsed:
    """Parse any text. Raises UsageError for a `date:` that is no date, and nothing else."""
    return _Parser(text.translate(_INVISIBLE)).run()


@dataclass(slots=True)
class _Parser:
    text: str
    at: int = 0
    depth: int = 0
    warnings: list[str] = field(default_factory=list)

    def run(self) -> Parsed:
        if len(self.text) > MAX_LENGTH:
            self.text = self.text[:MAX_LENGTH]
            self.warn(said("the query was cut at {n} characters", n=MAX_LENGTH))
        root = self.either()
        while self.at < len(self.text):
            # Only a stray closing parenthesis stops the rules above.
            self.at += 1
            self.warn(said("a ) without its ( was left out"))
            rest = self.either()
            root = _together([node for node in (root, rest) if node])
        if root is None and not self.warnings:
            self.warn(said("the query has no words"))
        return Parsed(root, tuple(dict.fromkeys(self.warnings)))

    def warn(self, warning: str) -> None:
        self.warnings.append(warning)

    def either(self) -> Node | None:
        parts: list[list[Node]] = [[]]
        negated = False
        while (item := self.next_item()) is not None:
            if item == "OR":
                if negated:
                    self.warn(said("NOT before nothing was left out"))
                negated = False
                parts.append([])
            elif item == "NOT":
                negated = not negated
            else:
                if not isinstance(item, str):
                    parts[-1].append(Not(item) if negated else item)
                negated = False
        if negated:
            self.warn(said("NOT before nothing was left out"))
        nodes = [node for part in parts if (node := _together(part))]
        if len(nodes) < len(parts) and len(parts) > 1:
            self.warn(said("OR beside nothing was left out"))
        return nodes[0] if len(nodes) == 1 else Either(tuple(nodes)) if nodes else None

    def next_item(self) -> Node | str | None:
        """The next node, an operator, or "" for something left out; None at the end or before a )."""
        if space := _SPACE.match(self.text, self.at):
            self.at = space.end()
        if self.at >= len(self.text) or self.text[self.at] == ")":
            return None
        char = self.text[self.at]
        if char == "(":
            return self.group()
        if char in _QUOTES:
            return self.phrase() or ""
        if minus := _MINUS.match(self.text, self.at):
            self.at = minus.end()
            return "NOT"
        if name := _FIELD.match(self.text, self.at):
            return self.field(name)
        return self.run_of_characters()

    def group(self) -> Node | str:
        self.at += 1
        if self.depth >= MAX_DEPTH:
            self.warn(said("parentheses deeper than {n} were left out", n=MAX_DEPTH))
            return ""
        self.depth += 1
        node = self.either()
        self.depth -= 1
        if self.at < len(self.text):
            self.at += 1
        else:
            self.warn(said("a ( without its ) was closed at the end"))
        return node or ""

    def phrase(self) -> Phrase | None:
        opening = self.text[self.at]
        text = self.quoted()
        if WORD.search(text):
            return Phrase(text)
        self.warn(said("{text} holds no word and was left out", text=f"{opening}{text}{_CLOSING[opening]}"))
        return None

    def quoted(self) -> str:
        """The text inside the quotation marks that begin here; they close at the end if nowhere else."""
        closing = _CLOSING[self.text[self.at]]
        start = self.at + 1
        end = self.text.find(closing, start)
        if end < 0:
            end = len(self.text)
            self.warn(said("a quotation mark was closed at the end"))
        self.at = end + 1
        # Other marks inside are punctuation: a phrase prints with plain ones.
        return " ".join("".join(" " if char in _QUOTES else char for char in self.text[start:end]).split())

    def field(self, name: re.Match[str]) -> Node | str:
        kind = _FIELDS[name[1]]
        self.at = name.end()
        value: Word | Prefix | Phrase | None = None
        if self.at < len(self.text):
            if self.text[self.at] in _QUOTES:
                value = self.phrase()
            elif run := _RUN.match(self.text, self.at):
                self.at = run.end()
                if kind == "date":
                    return _published(run[0])
                value = self.searchable(run[0])
        if value is None:
            self.warn(said("{text} without a value right after it was left out", text=name[0]))
            return ""
        if kind == "title":
            return Title(value)
        return Outlet(value.text) if kind == "outlet" else _published(value.text)

    def run_of_characters(self) -> Node | str:
        run = _RUN.match(self.text, self.at)
        assert run is not None  # not a space, parenthesis or quotation mark: those were dealt with
        self.at = run.end()
        if run[0] in _OPERATORS:
            return "" if run[0] == "AND" else run[0]
        if run[0] == "*":
            return Everything()
        return self.searchable(run[0]) or ""

    def searchable(self, run: str) -> Word | Prefix | Phrase | None:
        words = list(WORD.finditer(run))
        if not words:
            self.warn(said("{text} holds no word and was left out", text=run))
            return None
        # What stands around the words (commas of a pasted sentence) means nothing to a search.
        core = run[words[0].start() : words[-1].end()]
        if run.startswith("*", words[-1].end()):
            if len(words) == 1:
                return Prefix(core)
            self.warn(said("{text}: the * counts after a single word only", text=run))
        # A word that would read as an operator or a field is the same word inside quotation marks.
        return Phrase(core) if core in _OPERATORS or _FIELD.match(core) else Word(core)


def _together(nodes: list[Node]) -> Node | None:
    flat = [part for node in nodes for part in (node.items if isinstance(node, Together) else (node,))]
    return flat[0] if len(flat) == 1 else Together(tuple(flat)) if flat else None


def _published(value: str) -> Published:
    plain = fold_word(value).strip()
    if ".." in plain:
        low, _, high = plain.partition("..")
        high = high.lstrip(".")
        if not low and not high:
            raise UsageError(
                said("{text}: a date range needs a date on one side", text=value), cure=_DATE_CURE
            )
        first = _days(low, value)[0] if low else None
        last = _days(high, value)[1] if high else None
    else:
        first, last = _days(plain, value)
    if first and last and first > last:
        raise UsageError(said("{text}: the range ends before it begins", text=value), cure=_DATE_CURE)
    return Published(first, last)


def _days(text: str, whole: str) -> tuple[date, date]:
    """First and last day of a year, month or day."""
    match = _DAY.fullmatch(text.strip().rstrip(",،;؛"))
    try:
        if match is None:
            raise ValueError(text)
        year, month, day = (int(part) if part else 0 for part in match.groups())
        if not match[2]:
            return date(year, 1, 1), date(year, 12, 31)
        if not match[3]:
            return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
        return date(year, month, day), date(year, month, day)
    except ValueError as error:
        raise UsageError(said("{text} is not a date", text=whole), cure=_DATE_CURE) from error
