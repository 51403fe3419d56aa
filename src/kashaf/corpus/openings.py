"""What a regular expression cannot do without: how its matches begin, and words that stand in each of them.

With it most lines are told to be no chrome before any pattern is tried. Only the part of the syntax that the rules
use is taken apart (literals, classes, groups, lookaheads, alternatives, quantifiers); at anything else the answer is
"it may begin, and hold, anything", which is always true.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

LONGEST: Final = 6  # letters of an opening that are worth comparing
DIGIT: Final = "\ue000"  # stands for any digit in an opening
_MOST: Final = 4_000  # openings of one pattern
_SMALL_CLASS: Final = 16
_QUANTIFIER: Final = re.compile(r"([*+?]|\{\d*,?\d*\})[?+]?")
_PLAIN_ESCAPES: Final = frozenset(".-[](){}|*+?\\/^$ ")


@dataclass(frozen=True, slots=True)
class _Node:
    """One step of a pattern. letters: what it may be, one of them, when it is a single character that is known;
    branches: when it is a group; neither: anything. least, most: how often it stands, most None for no bound."""

    letters: frozenset[str] = frozenset()
    branches: tuple[tuple[_Node, ...], ...] = ()
    least: int = 1
    most: int | None = 1
    ahead: bool = False


@dataclass(frozen=True, slots=True)
class Signs:
    """Each match of a pattern begins with one of the openings, or holds one of the needles. Both are empty strings
    where nothing can be told."""

    openings: frozenset[str]
    needles: frozenset[str]


def signs_of(pattern: str) -> Signs:
    """By what a match is known before it is tried. Openings have `LONGEST` letters at most, `DIGIT` for a digit."""
    try:
        return _signs(pattern)
    except RecursionError:
        return Signs(frozenset(), frozenset({""}))


def _signs(pattern: str) -> Signs:
    openings: set[str] = set()
    needles: set[str] = set()
    for branch in _parsed(pattern) or ((_Node(),),):
        begun = {text for text, _ in _begun(branch)}
        if "" in begun or len(begun) > _MOST:
            needles |= _needed((branch,)) or {""}
        else:
            openings |= {re.sub(r"\d", DIGIT, text) for text in begun}
    return Signs(frozenset(openings), frozenset(needles))


def _begun(branch: tuple[_Node, ...]) -> set[tuple[str, bool]]:
    """How a branch may begin, and for each whether it is all of the branch: what follows may be put after it."""
    begun: set[tuple[str, bool]] = {("", True)}
    for node in branch:
        if node.ahead:
            continue
        open_ended = {text for text, whole in begun if whole and len(text) < LONGEST}
        if not open_ended:
            break
        if len(begun) > _MOST:
            return {(text, False) for text, _ in begun}
        steps = _steps(node)
        if len(open_ended) * len(steps) > 4 * _MOST:
            return {(text, False) for text, _ in begun}
        begun = {pair for pair in begun if pair[0] not in open_ended or not pair[1]}
        begun |= {
            ((before + text)[:LONGEST], whole and len(before + text) < LONGEST)
            for before in open_ended
            for text, whole in steps
        }
    return begun


def _steps(node: _Node) -> set[tuple[str, bool]]:
    if node.letters:
        once: set[tuple[str, bool]] = {(letter, True) for letter in node.letters}
    elif node.branches:
        once = {pair for branch in node.branches for pair in _begun(branch)}
    else:
        once = {("", False)}
    if node.most != 1:  # what a second time begins with is not followed
        once = {(text, False) for text, _ in once}
    return once | {("", True)} if node.least == 0 else once


def _needed(tree: tuple[tuple[_Node, ...], ...]) -> frozenset[str] | None:
    found: set[str] = set()
    for branch in tree:
        best = max(_candidates(branch), key=_worth, default=None)
        if best is None:
            return None
        found |= best
    return frozenset(found)


def _worth(pieces: frozenset[str]) -> tuple[bool, int, int]:
    """Long pieces are rare in other lines, and few are soon looked for; white space is everywhere."""
    return all(map(str.strip, pieces)), min(map(len, pieces)), -len(pieces)


def _candidates(branch: tuple[_Node, ...]) -> list[frozenset[str]]:
    """Sets of pieces, each of which alone is enough: runs of single letters, and what groups need."""
    found: list[frozenset[str]] = []
    run = ""
    for node in branch:
        once = node.least == node.most == 1 and not node.ahead
        if once and len(node.letters) == 1 and DIGIT not in node.letters:
            run += next(iter(node.letters))
            continue
        if run:
            found.append(frozenset({run}))
            run = ""
        if len(node.letters) > 1 and node.least > 0 and DIGIT not in node.letters:
            found.append(node.letters)
        if node.branches and node.least > 0 and (inner := _needed(node.branches)):
            found.append(inner)
    return [*found, frozenset({run})] if run else found


def _parsed(pattern: str) -> tuple[tuple[_Node, ...], ...] | None:
    parser = _Parser(pattern)
    try:
        tree = parser.branches()
    except _Unknown:
        return None
    return tree if parser.at == len(pattern) else None


class _Unknown(Exception):
    """Syntax that is not taken apart."""


class _Parser:
    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.at = 0

    def branches(self) -> tuple[tuple[_Node, ...], ...]:
        found = [self._branch()]
        while self._takes("|"):
            found.append(self._branch())
        return tuple(found)

    def _branch(self) -> tuple[_Node, ...]:
        nodes: list[_Node] = []
        while self.at < len(self.pattern) and self.pattern[self.at] not in "|)":
            node = self._atom()
            if node is not None:
                nodes.append(self._quantified(node))
        return tuple(nodes)

    def _atom(self) -> _Node | None:
        letter = self.pattern[self.at]
        self.at += 1
        match letter:
            case "(":
                return self._group()
            case "[":
                return self._class()
            case "\\":
                return self._escape()
            case ".":
                return _Node()
            case "$":
                return None
            case "^" | "*" | "+" | "?" | "{":
                raise _Unknown
        return _Node(frozenset({letter}))

    def _group(self) -> _Node:
        barred = self._takes("?!")
        ahead = barred or self._takes("?=")
        if not ahead and not self._takes("?:") and self.pattern.startswith("?", self.at):
            raise _Unknown
        branches = self.branches()
        if not self._takes(")"):
            raise _Unknown
        # What must not follow says nothing of what does.
        return _Node(ahead=True, least=0) if barred else _Node(branches=branches, ahead=ahead)

    def _class(self) -> _Node:
        end = self.at
        while end < len(self.pattern) and (self.pattern[end] != "]" or end == self.at):
            end += 2 if self.pattern[end] == "\\" else 1
        inside = self.pattern[self.at : end]
        self.at = end + 1
        letters = re.sub(r"\\(\W)", r"\1", inside.replace(r"\d", DIGIT))
        known = not re.search(r"^\^|\\[a-ce-zA-Z]|[^\\]-.", inside)
        return _Node(frozenset(letters) if known and len(letters) <= _SMALL_CLASS else frozenset())

    def _escape(self) -> _Node:
        letter = self.pattern[self.at : self.at + 1]
        self.at += 1
        if letter in _PLAIN_ESCAPES:
            return _Node(frozenset({letter}))
        if letter == "d":
            return _Node(frozenset({DIGIT}))
        if letter and letter in "swDSW":
            return _Node()
        if letter == "b":
            return _Node(least=0)
        raise _Unknown

    def _quantified(self, node: _Node) -> _Node:
        match = _QUANTIFIER.match(self.pattern, self.at)
        if match is None:
            return node
        self.at = match.end()
        bounds = {"*": (0, None), "+": (1, None), "?": (0, 1)}.get(match[1])
        if bounds is None:
            low, comma, high = match[1][1:-1].partition(",")
            bounds = int(low or 0), (int(high) if high else None) if comma else int(low or 0)
        return _Node(node.letters, node.branches, *bounds, node.ahead)

    def _takes(self, text: str) -> bool:
        if self.pattern.startswith(text, self.at):
            self.at += len(text)
            return True
        return False
