"""Text to query tree. It takes any text: what it cannot use it leaves out, and says what and where.

    word "a phrase" «a phrase»      side by side: all of them, or any, as the query's `match` says
    -word  NOT word  ليس            without
    a b OR c d   a | b   أو         OR parts what stands on both sides: (a b) OR (c d)
    a NEAR/5 b   قرب/5              within five words of each other, in any order
    ( )                             groups
    مدر*  *سة  م*سة  *              words that begin, end or run so; alone it is every article
    word~  word~2                   words that are one or two letters off
    =word  ="a phrase"              as written, mark by mark
    root:word                       words of the same root
    title:word  author:"a name"     only there; a group may stand there too: title:(a OR b)
    outlet:NAME  person:NAME  place:NAME  org:NAME  tag:TAG  note:words  has:note  lang:ar  similar:ID
    date:2025  date:2025-11  date:2025-11-10  date:2025-10..2025-11  date:2025-10..  after:2025-10  before:2025-10
    \\word                           the word, even where it would be an operator or a field

OR, NOT, AND and NEAR count in capitals only; ليس and أو between two words only. Every field has an Arabic name
(`query.fields`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import product
from typing import Final, cast, get_args

from kashaf.said import said
from kashaf.text.fold import fold_word
from kashaf.text.tokens import WORD
from kashaf_index.query import fields
from kashaf_index.query.ast import (
    Either,
    Everything,
    Exact,
    Fuzzy,
    InField,
    Near,
    Node,
    Not,
    Pattern,
    Phrase,
    Single,
    Together,
    Word,
)
from kashaf_index.query.lexer import MAX_MISTAKES, Cleaned, Lexer, Mistake, Token, core
from kashaf_index.query.values import Read, Refused, in_field, searchable

__all__ = ["MAX_DEPTH", "MAX_TERMS", "Mistake", "Parsed", "parse"]

#: Deeper parentheses, and more words than these, are left out with a mistake.
MAX_DEPTH: Final = 40
MAX_TERMS: Final = 150
#: So are more words with * or ~ than these: each stands for many.
MAX_EXPANDED: Final = 10
_MAX_WAYS: Final = 16
_MAX_NEAR: Final = 6
_MAX_DISTANCE: Final = 100
_DISTANCE: Final = 10

_OPERANDS: Final = frozenset({"open", "not", "field", "equals", "phrase", "run", "word"})
_SINGLE: Final = get_args(Single)


@dataclass(frozen=True, slots=True)
class Parsed:
    """The tree, or None when nothing in the text can be searched; and what was left out."""

    root: Node | None
    mistakes: tuple[Mistake, ...] = ()

    @property
    def warnings(self) -> tuple[str, ...]:
        """The messages of the mistakes, each once."""
        return tuple(dict.fromkeys(mistake.message for mistake in self.mistakes))


def parse(text: str) -> Parsed:
    """Parse any text. Raises nothing."""
    return _Parser(text).run()


class _Parser:
    def __init__(self, text: str) -> None:
        self._cleaned = Cleaned(text)
        lexer = Lexer(self._cleaned)
        self._tokens = lexer.tokens()
        self._mistakes = lexer.mistakes
        self._at = 0
        self._depth = 0
        self._terms = 0
        self._expanded = 0

    def run(self) -> Parsed:
        nodes: list[Node] = []
        while self._peek():
            if (node := self._either()) is not None:
                nodes.append(node)
            if stray := self._peek():
                self._at += 1
                self._mistake(said("a ) without its ( was left out"), stray)
        root = _together(nodes)
        if root is None and not self._mistakes:
            self._mistakes.append(Mistake(said("the query has no words"), 0, self._cleaned.typed))
        return Parsed(
            root, tuple(sorted(self._mistakes, key=lambda one: (one.start, one.end))[:MAX_MISTAKES])
        )

    def _peek(self) -> Token | None:
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def _mistake(self, message: str, token: Token) -> None:
        if len(self._mistakes) < 2 * MAX_MISTAKES:
            self._mistakes.append(self._cleaned.mistake(message, token.start, token.end))

    # Rules, from loose to tight

    def _either(self) -> Node | None:
        """Everything up to the end or the next closing parenthesis."""
        parts: list[list[Node]] = [[]]
        negation: Token | None = None
        parting: list[Token] = []
        while (token := self._peek()) and token.kind != "close":
            role = self._role(token, any(parts), bool(parts[-1]) and negation is None)
            if role in ("or", "not", "and"):
                self._at += 1
            if role == "or":
                self._unused(negation)
                negation = None
                parting.append(token)
                parts.append([])
            elif role == "not":
                negation = token if negation is None else None
            elif role != "and":
                node = self._near()
                if node is not None:
                    parts[-1].append(Not(node) if negation else node)
                negation = None
        self._unused(negation)
        nodes = [_together(part) for part in parts]
        for left, right, sign in zip(nodes, nodes[1:], parting, strict=False):
            if left is None or right is None:
                self._mistake(said("OR beside nothing was left out"), sign)
        sides = tuple(node for node in nodes if node is not None)
        return sides[0] if len(sides) == 1 else Either(sides) if sides else None

    def _unused(self, negation: Token | None) -> None:
        if negation is not None:
            self._mistake(said("NOT before nothing was left out"), negation)

    def _role(self, token: Token, anything_before: bool, word_before: bool) -> str:
        """The token's kind, with أو and ليس read as operators where they stand between words."""
        if token.kind != "run" or not anything_before:
            return token.kind
        folded = fold_word(token.text)
        following = self._tokens[self._at + 1] if self._at + 1 < len(self._tokens) else None
        if following is None or following.kind not in _OPERANDS:
            return token.kind
        if folded == fields.ARABIC_OR and word_before:
            return "or"
        return "not" if folded == fields.ARABIC_NOT else token.kind

    def _near(self) -> Node | None:
        items = [self._primary()]
        signs: list[Token] = []
        while (token := self._peek()) and token.kind == "near":
            self._at += 1
            signs.append(token)
            following = self._peek()
            items.append(self._primary() if following and following.kind in _OPERANDS - {"not"} else None)
        if not signs:
            return items[0]
        ways = [_singles(item) for item in items]
        count = 1
        for way in ways:
            count *= len(way)
        if not 0 < count <= _MAX_WAYS or len(items) > _MAX_NEAR:
            self._mistake(said("NEAR counts between words and phrases only"), signs[0])
            return _together([item for item in items if item is not None])
        distance = self._distance(signs)
        nodes = tuple(Near(way, distance) for way in product(*ways))
        return nodes[0] if len(nodes) == 1 else Either(nodes)

    def _distance(self, signs: list[Token]) -> int:
        asked = [int(sign.text) if sign.text else _DISTANCE for sign in signs]
        if len(set(asked)) > 1:
            self._mistake(said("one distance counts for all words of a NEAR: the greatest"), signs[1])
        distance = min(max(*asked, 1), _MAX_DISTANCE)
        if distance != max(asked):
            self._mistake(said("NEAR takes a distance from 1 to {n}", n=_MAX_DISTANCE), signs[0])
        return distance

    def _primary(self) -> Node | None:
        token = self._peek()
        assert token is not None  # every caller looked
        self._at += 1
        match token.kind:
            case "open":
                return self._group(token)
            case "field":
                return self._field(token)
            case "equals":
                value = self._value(token)
                return self._exact(value) if value else None
            case "near":
                self._mistake(said("NEAR counts between words and phrases only"), token)
                return None
            case _:
                return self._term(token)

    def _group(self, opening: Token) -> Node | None:
        if self._depth >= MAX_DEPTH:
            self._mistake(said("parentheses deeper than {n} were left out", n=MAX_DEPTH), opening)
            return None
        self._depth += 1
        node = self._either()
        self._depth -= 1
        if self._peek():
            self._at += 1
        else:
            self._mistake(said("a ( without its ) was closed at the end"), opening)
        return node

    # Terms and values

    def _value(self, before: Token) -> Token | None:
        """The token right behind a field or an equals sign."""
        token = self._peek()
        if token is None or token.start != before.end or token.kind not in _OPERANDS:
            typed = self._cleaned.text[before.start : before.end]
            self._mistake(said("{text} without a value right after it was left out", text=typed), before)
            return None
        self._at += 1
        return token

    def _field(self, name: Token) -> Node | None:
        given = self._value(name)
        value = self._room(given) if given else None
        if value is None:
            return None
        node: Node | Token | None = value
        if value.kind == "open":
            node = self._group(value)
        elif value.kind == "field":
            node = self._field(value)
        elif value.kind == "equals":
            inner = self._value(value)
            node = self._exact(inner) if inner else None
        whole = Token("field", name.text, name.start, value.end)
        return (
            self._read(lambda: in_field(cast("fields.FieldName", name.text), node), whole) if node else None
        )

    def _read(self, read: Callable[[], Read], token: Token) -> Node | None:
        try:
            node, complaint = read()
        except Refused as error:
            self._mistake(error.message, token)
            return None
        if complaint:
            self._mistake(complaint, token)
        leaf = node.item if isinstance(node, InField) else node
        return self._followed(node, token) if isinstance(leaf, (Pattern, Fuzzy)) else node

    def _exact(self, given: Token) -> Exact | None:
        value = self._room(given)
        if value is None:
            return None
        if value.kind == "phrase" and WORD.search(value.text):
            return Exact(Phrase(value.text))
        plain = core(value.text) if value.kind in ("run", "word") else ""
        if not plain:
            self._no_word(value)
            return None
        return Exact(Word(plain))

    def _term(self, given: Token) -> Node | None:
        if given.kind == "run" and given.text.strip("*") == "":
            return Everything()
        token = self._room(given)
        if token is None:
            return None
        if token.kind == "phrase":
            if WORD.search(token.text):
                return Phrase(token.text)
            self._no_word(token)
            return None
        if token.kind == "word":
            plain = core(token.text)
            if not plain:
                self._no_word(token)
            return Word(plain) if plain else None
        return self._read(lambda: searchable(token.text), token)

    def _room(self, token: Token) -> Token | None:
        """The token, or as much of a phrase as a query has room for; None when there is none left."""
        words = list(WORD.finditer(token.text)) if token.kind == "phrase" else []
        left = MAX_TERMS - self._terms
        self._terms += max(len(words), 1)
        if self._terms > MAX_TERMS >= self._terms - max(len(words), 1):
            self._mistake(said("only the first {n} words are searched", n=MAX_TERMS), token)
        if left <= 0:
            return None
        return replace(token, text=token.text[: words[left - 1].end()]) if len(words) > left else token

    def _followed(self, node: Node, token: Token) -> Node | None:
        """The node, unless too many before it stand for many words."""
        self._expanded += 1
        if self._expanded == MAX_EXPANDED + 1:
            self._mistake(said("only the first {n} words with * or ~ are searched", n=MAX_EXPANDED), token)
        return node if self._expanded <= MAX_EXPANDED else None

    def _no_word(self, token: Token) -> None:
        typed = self._cleaned.text[token.start : token.end]
        self._mistake(said("{text} holds no word and was left out", text=typed[:40]), token)


def _together(nodes: list[Node]) -> Node | None:
    flat = [part for node in nodes for part in (node.items if isinstance(node, Together) else (node,))]
    return flat[0] if len(flat) == 1 else Together(tuple(flat)) if flat else None


def _singles(node: Node | None) -> tuple[Single, ...]:
    """What a side of NEAR may be: a term, or any of several in a group; empty for anything else."""
    if isinstance(node, _SINGLE):
        return (node,)
    if isinstance(node, Either) and all(isinstance(item, _SINGLE) for item in node.items):
        return node.items  # type: ignore[return-value]  # all were looked at
    return ()
