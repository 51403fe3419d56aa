"""Runs of characters and values of fields to nodes."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final, NamedTuple, get_args

from kashaf.errors import UsageError
from kashaf.said import said
from kashaf.text.fold import fold_word
from kashaf.text.tokens import WORD, exact_forms
from kashaf_index.query.ast import (
    Either,
    Entity,
    Fuzzy,
    HasNote,
    InField,
    Lang,
    Node,
    Not,
    NoteText,
    Outlet,
    Pattern,
    Phrase,
    Root,
    Similar,
    Tagged,
    Term,
    Together,
    Word,
)
from kashaf_index.query.dates import LONGEST, published
from kashaf_index.query.fields import NOTES, FieldName, language_tag, nearly_a_field
from kashaf_index.query.lexer import Token, core

#: Letters that a fuzzy word may be off by.
MAX_EDITS: Final = 2

_FUZZY: Final = re.compile(r"([^~]*)~(\d*)[^\w~*]*")
_STARS: Final = re.compile(r"\*+")
_ID: Final = re.compile(r"[0-9a-z]{1,64}")
_TERM: Final = get_args(Term)


class Refused(Exception):
    """A value that cannot be what its field or its sign wants."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class Read(NamedTuple):
    """A node, and what of its text could not be used as it was meant, or empty."""

    node: Node
    complaint: str = ""


def searchable(run: str) -> Read:
    """A word, pattern or fuzzy word out of a run of characters. Raises Refused when it holds no word."""
    plain = core(run)
    if not plain:
        raise Refused(said("{text} holds no word and was left out", text=_short(run)))
    if meant := nearly_a_field(run):
        name = run.partition(":")[0] + ":"
        return Read(
            Word(plain), said("{text} is no field. Did you mean {name}?", text=name, name=meant + ":")
        )
    if "~" in run:
        return _fuzzy(run)
    if "*" in run:
        return _pattern(run)
    return Read(Word(plain))


def _fuzzy(run: str) -> Read:
    match = _FUZZY.fullmatch(run)
    if match is None:
        return Read(_literal(run))
    word = core(match[1])
    if "*" in match[1] or not _single(word):
        complaint = said("{text}: the ~ counts after a single word only", text=_short(run))
        return Read(_literal(match[1] if word else run), complaint)
    asked = int(match[2][:4]) if match[2] else 1
    most = allowed_edits(word)
    edits = min(max(asked, 1), most)
    if edits == asked:
        return Read(Fuzzy(word, edits))
    if not edits:
        return Read(Word(word), said("{text}: the word is too short to be misspelt", text=_short(run)))
    complaint = said("{text}: a word of this length may be {n} letters off", text=_short(run), n=edits)
    return Read(Fuzzy(word, edits), complaint)


def allowed_edits(word: str) -> int:
    """How many letters a fuzzy word may be off: the article does not count, and too much is like a short word."""
    folded = fold_word(word)
    letters = len(folded) - 2 * folded.startswith("ال")
    return min(max((letters - 1) // 2, 0), MAX_EDITS)


def _pattern(run: str) -> Read:
    marks = [at for at, char in enumerate(run) if char == "*"]
    words = list(WORD.finditer(run))
    first, last = min(marks[0], words[0].start()), max(marks[-1] + 1, words[-1].end())
    text = _STARS.sub("*", run[first:last])
    if all(not piece or _single(piece) for piece in text.split("*")):
        return Read(Pattern(text))
    return Read(_literal(run), said("{text}: the * counts in a single word only", text=_short(run)))


def _literal(run: str) -> Word | Phrase:
    """A run whose signs do not count."""
    text = core(" ".join(run.replace("*", " ").split()))
    return Phrase(text) if " " in text else Word(text)


def _single(text: str) -> bool:
    """Whether a text is one word, whole."""
    return WORD.fullmatch(text) is not None and len(exact_forms(text)) == 1 and fold_word(text) != ""


def _short(run: str) -> str:
    return run if len(run) <= LONGEST else run[: LONGEST - 1] + "…"


def in_field(field: FieldName, value: Node | Token) -> Read:
    """What `field:value` asks for; a group is asked for node by node. Raises Refused for what it cannot be."""
    make = _MAKERS[field]
    if isinstance(value, Token):
        return make(field, value)
    return Read(_over(value, lambda leaf: _leaf(field, leaf, make)))


Maker = Callable[[FieldName, Token], Read]


def _leaf(field: FieldName, node: Node, make: Maker) -> Node:
    if not isinstance(node, _TERM):
        return node
    if make is _words_in:
        return InField(field, node)  # type: ignore[arg-type]  # title or author
    if not isinstance(node, (Word, Phrase)):
        raise Refused(said("{field}: takes a plain value", field=field))
    return make(field, Token("phrase", node.text, 0, 0)).node


def _over(node: Node, leaf: Callable[[Node], Node]) -> Node:
    match node:
        case Not(item):
            return Not(_over(item, leaf))
        case Together(items):
            return Together(tuple(_over(item, leaf) for item in items))
        case Either(items):
            return Either(tuple(_over(item, leaf) for item in items))
        case _:
            return leaf(node)


def _words_in(field: FieldName, value: Token) -> Read:
    if value.kind == "run":
        read = searchable(value.text)
    else:
        text = _worded(value)
        read = Read(Phrase(text) if value.kind == "phrase" else Word(text))
    return Read(InField(field, read.node), read.complaint)  # type: ignore[arg-type]  # title or author; a term


def _named(field: FieldName, value: Token) -> Read:
    text = _worded(value)
    match field:
        case "outlet":
            return Read(Outlet(text))
        case "note":
            return Read(NoteText(text))
        case _:
            return Read(Entity(field, text))  # type: ignore[arg-type]  # the kinds of entities are left


def _worded(value: Token) -> str:
    text = value.text if value.kind == "phrase" else core(value.text)
    if not WORD.search(text):
        raise Refused(said("{text} holds no word and was left out", text=_short(value.text)))
    return text


def _dated(field: FieldName, value: Token) -> Read:
    try:
        return Read(published(field, value.text))  # type: ignore[arg-type]  # date, after or before
    except UsageError as error:
        raise Refused(error.__str__()) from error  # which, unlike str(), keeps the template for translation


def _root(field: FieldName, value: Token) -> Read:
    text = core(value.text)
    if not _single(text):
        raise Refused(said("{field}: takes a single word", field=field))
    return Read(Root(text))


def _tagged(field: FieldName, value: Token) -> Read:
    del field
    tag = value.text.strip(" ،,;؛")
    if not tag:
        raise Refused(said("{text} holds no word and was left out", text=_short(value.text)))
    return Read(Tagged(tag))


def _noted(field: FieldName, value: Token) -> Read:
    if fold_word(value.text).strip(" ،,;؛.") not in NOTES:
        raise Refused(said("{field}: takes a note only: has:note", field=field))
    return Read(HasNote())


def _language(field: FieldName, value: Token) -> Read:
    del field
    tag = language_tag(value.text)
    if tag is None:
        raise Refused(said("{text} is no language: write lang:ar", text=_short(value.text)))
    return Read(Lang(tag))


def _similar(field: FieldName, value: Token) -> Read:
    plain = fold_word(value.text).strip()
    if not _ID.fullmatch(plain):
        raise Refused(said("{field}: takes the id of an article", field=field))
    return Read(Similar(plain))


_MAKERS: Final[dict[FieldName, Maker]] = {
    "outlet": _named,
    "person": _named,
    "place": _named,
    "organization": _named,
    "note": _named,
    "title": _words_in,
    "author": _words_in,
    "date": _dated,
    "after": _dated,
    "before": _dated,
    "root": _root,
    "tag": _tagged,
    "has": _noted,
    "lang": _language,
    "similar": _similar,
}
