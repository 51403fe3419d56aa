"""The words of a query as they stand in what was typed, so that one can be exchanged and the rest left alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from kashaf.text.fold import fold_word
from kashaf_index.query.fields import ARABIC_NOT, ARABIC_OR, FIELDS
from kashaf_index.query.lexer import Cleaned, Lexer, Token

_FIELD_NAMES: Final = """
title عنوان outlet مصدر author كاتب person شخص place مكان org جهة tag وسم note ملاحظة lang لغة date تاريخ after بعد
before قبل root جذر has similar
"""

#: Words beyond this many are left as they are: a text was pasted.
MOST_WORDS: Final = 12
#: Queries of more code points are not reworded.
LONGEST: Final = 400
#: Names of fields to be offered, as they are spelt.
FIELD_NAMES: Final = tuple(_FIELD_NAMES.split())

_NOT_SPACE: Final = re.compile(r"\S+")
_PATTERN: Final = re.compile(r"\*|~[0-9]*$")
_OPENING: Final = '"«“„'
_CLOSING: Final = {'"': '"', "«": "»", "“": "”", "„": "“"}
_IN_WORD: Final = re.compile(rf"[^\s{_OPENING}»”()|:=*~]")
_SIGNS: Final = "-−–\\"
_FIELD_BEFORE: Final = re.compile(rf"([^\s:\\]{{1,16}}):[{_OPENING}]?\Z")
_OPENED_VALUE: Final = re.compile(rf"([^\s:\\]{{1,16}}):([{_OPENING}])")


@dataclass(frozen=True, slots=True)
class QueryWord:
    """A run of characters without a space, its operators taken off. start, end: its span in `Reworded.text`."""

    text: str
    start: int
    end: int
    quoted: bool


@dataclass(frozen=True, slots=True)
class Reworded:
    """A query that can be reworded. text: without the characters that its language does not see.

    words: those that it asks for, in order; what it excludes, patterns, and values of fields but the title are left
    out. They have spellings of their own.
    """

    text: str
    words: tuple[QueryWord, ...]

    def with_changes(self, changes: Mapping[QueryWord, str]) -> str:
        """The query with some of its words exchanged. Several words for one stand in quotation marks."""
        made: list[str] = []
        at = 0
        for word in sorted(changes, key=lambda word: word.start):
            new = changes[word]
            made += [self.text[at : word.start], f'"{new}"' if " " in new and not word.quoted else new]
            at = word.end
        return "".join([*made, self.text[at:]])


def rewordable(typed: str) -> Reworded:
    """The words of a query; of one over `LONGEST`, none."""
    if len(typed) > LONGEST:
        return Reworded(typed, ())
    cleaned = Cleaned(typed)
    tokens = Lexer(cleaned).tokens()
    return Reworded(cleaned.text, tuple(_words(cleaned.text, tokens)))


def _words(text: str, tokens: list[Token]) -> Iterator[QueryWord]:
    skip = False  # what comes next is excluded, or the value of a field
    depth = 0  # parentheses open within what is skipped
    for at, token in enumerate(tokens):
        if depth:
            depth += {"open": 1, "close": -1}.get(token.kind, 0)
        elif token.kind == "not":
            skip = True
        elif token.kind == "field":
            skip = skip or token.text != "title"
        elif token.kind == "open":
            depth, skip = int(skip), False
        elif token.kind in {"phrase", "run", "word"}:
            between = 0 < at < len(tokens) - 1 and token.kind == "run"
            if between and (folded := fold_word(token.text)) in (ARABIC_NOT, ARABIC_OR):
                skip = folded == ARABIC_NOT
                continue
            if not skip:
                yield from _of_token(text, token)
            skip = False


def _of_token(text: str, token: Token) -> Iterator[QueryWord]:
    if token.kind == "phrase":
        closed = text[token.end - 1] == _CLOSING.get(text[token.start], "") and token.end - token.start > 1
        for run in _NOT_SPACE.finditer(text, token.start + 1, token.end - closed):
            yield QueryWord(run[0], run.start(), run.end(), quoted=True)
    elif not _PATTERN.search(token.text) and (len(token.text) > 1 or token.text.isalnum()):
        start = token.end - len(token.text)  # behind a backslash
        yield QueryWord(token.text, start, token.end, quoted=False)


@dataclass(frozen=True, slots=True)
class Typed:
    """What is being typed at a cursor: its beginning, and the span [start, end) that a completion takes the place of.

    field: whose value it is (`query.fields.FieldName`), or empty. quoted: it stands in quotation marks.
    """

    begun: str
    start: int
    end: int
    field: str
    quoted: bool


def typed_at(text: str, cursor: int) -> Typed:
    """What is being typed at `cursor`, in code points; a cursor beyond the text is at its end.

    A run without spaces is read no further than `LONGEST` to either side.
    """
    cursor = min(max(cursor, 0), len(text))
    if value := _value_before(text, cursor):
        field, start = value
        end = text.find(_CLOSING[text[start - 1]], cursor)
        return Typed(text[start:cursor], start, len(text) if end < 0 else end, field, quoted=True)
    start = end = cursor
    while start and cursor - start <= LONGEST and _IN_WORD.match(text[start - 1]):
        start -= 1
    while start < cursor and text[start] in _SIGNS:
        start += 1
    while end < len(text) and end - cursor <= LONGEST and _IN_WORD.match(text[end]):
        end += 1
    named = _FIELD_BEFORE.search(text, max(start - 20, 0), start)
    field = FIELDS.get(fold_word(named[1]), "") if named else ""
    return Typed(text[start:cursor], start, end, field, quoted=start > 0 and text[start - 1] in _OPENING)


def _value_before(text: str, cursor: int) -> tuple[str, int] | None:
    """The field, and where its value begins, when the cursor is within one that a quotation mark opens."""
    values = list(_OPENED_VALUE.finditer(text, max(cursor - LONGEST, 0), cursor))
    if not values or _CLOSING[values[-1][2]] in text[values[-1].end() : cursor]:
        return None
    field = FIELDS.get(fold_word(values[-1][1]))
    return (field, values[-1].end()) if field else None
