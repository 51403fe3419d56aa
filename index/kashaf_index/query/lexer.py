"""Text to the tokens of the query language, each with its place in the text as typed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

from kashaf.said import said
from kashaf.text.tokens import WORD
from kashaf_index.query import fields

#: Code points of a query; what is longer is cut.
MAX_LENGTH: Final = 10_000
#: Mistakes told; a text that is no query at all has no end of them.
MAX_MISTAKES: Final = 50

_CLOSING: Final = {'"': '"', "«": "»", "“": "”", "„": "“", "”": "”", "»": "»"}
_QUOTES: Final = "".join(_CLOSING)
# An input field in a right-to-left line may add these; before a minus sign they would hide it.
_INVISIBLE: Final = frozenset(
    "\u061c\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
)
_ODD: Final = re.compile(rf"[\x00-\x1f\x7f-\x9f\ud800-\udfff{''.join(sorted(_INVISIBLE))}]")
_SPACE: Final = re.compile(r"\s+")
_RUN: Final = re.compile(rf"[^\s()|{_QUOTES}]+")
# Hyphens and minus signs that stand before a word it should not hold.
_MINUS: Final = re.compile(r"[-−–](?=[^\s\-−–])")
_EQUALS: Final = re.compile(rf"=(?=[{_QUOTES}]|[^\s()|=]*\w)")
_OR: Final = re.compile(r"\|+")

Kind = Literal["open", "close", "not", "or", "and", "near", "field", "equals", "phrase", "run", "word"]


@dataclass(frozen=True, slots=True)
class Mistake:
    """What of a query could not be used as it was meant, in words for the user; the rest of the query counts.

    start, end: where, in code points of the query as typed.
    """

    message: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Token:
    """start, end: span in the cleaned text. text: a field's name, a phrase's inside, the distance of a `near`.

    `word` is a run that a backslash made plain. Behind a `field` and an `equals` the next token begins where it ends,
    unless its value is missing.
    """

    kind: Kind
    text: str
    start: int
    end: int


class Cleaned:
    """A query without invisible characters, and without control characters and surrogates, which no word holds."""

    def __init__(self, typed: str) -> None:
        self._places: list[int] | None = None
        self.typed = len(typed)
        self.text = typed[:MAX_LENGTH]
        if _ODD.search(self.text):
            kept = [(at, char) for at, char in enumerate(self.text) if char not in _INVISIBLE]
            self._places = [at for at, _ in kept]
            self.text = "".join(_visible(char) for _, char in kept)

    def mistake(self, message: str, start: int, end: int) -> Mistake:
        """A mistake in a span of the cleaned text."""
        if self._places is None:
            return Mistake(message, start, end)
        places = self._places
        if start >= len(places):
            return Mistake(message, self.typed, self.typed)
        return Mistake(message, places[start], places[end - 1] + 1 if end > start else places[start])


def _visible(char: str) -> str:
    if not _ODD.match(char):
        return char
    return "\ufffd" if "\ud800" <= char <= "\udfff" else " "


class Lexer:
    """Takes a cleaned text apart. mistakes: what it met, in order."""

    def __init__(self, cleaned: Cleaned) -> None:
        self._cleaned = cleaned
        self._text = cleaned.text
        self.mistakes: list[Mistake] = []
        if cleaned.typed > MAX_LENGTH:
            message = said("the query was cut at {n} characters", n=MAX_LENGTH)
            self.mistakes.append(Mistake(message, MAX_LENGTH, cleaned.typed))

    def tokens(self) -> list[Token]:
        found: list[Token] = []
        text, at = self._text, 0
        while at < len(text):
            if space := _SPACE.match(text, at):
                at = space.end()
                continue
            before = (
                found[-1] if found and found[-1].kind in ("field", "equals") and found[-1].end == at else None
            )
            token = self._value(at, before) if before else self._token(at)
            found.append(token)
            at = token.end
        return found

    def _value(self, at: int, before: Token) -> Token:
        """The token right behind a field or an equals sign, where nothing reads as an operator."""
        char = self._text[at]
        if char in _QUOTES:
            return self._phrase(at)
        if char in "()|":
            return self._token(at)
        if before.kind == "field" and (equals := _EQUALS.match(self._text, at)):
            return Token("equals", "=", at, equals.end())
        inner = fields.field_at(self._text, at) if before.text in ("title", "author") else None
        if inner and inner[0] == "root":
            return Token("field", "root", at, inner[1])
        return self._run(at)

    def _token(self, at: int) -> Token:
        text = self._text
        char = text[at]
        if char in "()":
            return Token("open" if char == "(" else "close", char, at, at + 1)
        if char in _QUOTES:
            return self._phrase(at)
        for kind, sign in (("or", _OR), ("not", _MINUS), ("equals", _EQUALS)):
            if match := sign.match(text, at):
                return Token(kind, match[0], at, match.end())  # type: ignore[arg-type]  # literals of this loop
        if field := fields.field_at(text, at):
            return Token("field", field[0], at, field[1])
        run = self._run(at)
        if run.kind == "word":
            return run
        if run.text in fields.OPERATORS:
            return Token(run.text.lower(), run.text, at, run.end)  # type: ignore[arg-type]  # or, not, and
        if near := fields.NEAR.fullmatch(run.text):
            return Token("near", near[1] or "", at, run.end)
        return run

    def _run(self, at: int) -> Token:
        match = _RUN.match(self._text, at)
        assert match is not None  # not a space, parenthesis, bar or quotation mark: those were dealt with
        escaped = match[0].startswith("\\")
        return Token("word" if escaped else "run", match[0][escaped:], at, match.end())

    def _phrase(self, at: int) -> Token:
        """The quotation that begins there; it closes at the end if nowhere else."""
        closing = _CLOSING[self._text[at]]
        end = self._text.find(closing, at + 1)
        if end < 0:
            end = len(self._text)
            message = said("a quotation mark was closed at the end")
            self.mistakes.append(self._cleaned.mistake(message, at, at + 1))
        # Other marks inside are punctuation: a phrase prints with plain ones.
        inside = "".join(" " if char in _QUOTES else char for char in self._text[at + 1 : end])
        return Token("phrase", " ".join(inside.split()), at, min(end + 1, len(self._text)))


def core(run: str) -> str:
    """A run without what stands around its words: commas of a pasted sentence mean nothing. Empty without words."""
    words = list(WORD.finditer(run))
    return run[words[0].start() : words[-1].end()] if words else ""
