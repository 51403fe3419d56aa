"""The rules about site chrome (`chrome.yaml`): read, prepared, and matched against single lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final, Literal, cast, get_args

from kashaf.corpus.openings import DIGIT, LONGEST, signs_of
from kashaf.errors import BadInput
from kashaf.yaml_safe import load_yaml

Zone = Literal["top", "end", "edges", "any"]
Place = Literal["anywhere", "top", "middle", "end"]

MAX_CHROME_CHARS: Final = 200  # only rules marked `long` look at longer lines
MAX_LONG_CHARS: Final = 600
_REMEMBERED: Final = 8_192  # short lines whose rules are remembered: sites repeat theirs
_REMEMBERED_CHARS: Final = 60
_ZONES: Final = get_args(Zone)
_WORDS: Final = {"@NETWORK@": "networks", "@LINK@": "links"}
_KEYS: Final = {"id", "zone", "pattern", "tail", "takes", "long", "until"}
_DIGIT: Final = re.compile(r"\d")
_MARKS: Final = re.compile("[\u064b-\u065f\u0640\u0610-\u061a\u0670\u200b-\u200f\u061c]")
_BULLETS: Final = " \u00a0*•·●▪◦‣»«–—-|>‹›."
PLACES: Final[dict[Zone, frozenset[Place]]] = {
    "top": frozenset({"anywhere", "top"}),
    "end": frozenset({"anywhere", "end"}),
    "edges": frozenset({"anywhere", "top", "end"}),
    "any": frozenset({"anywhere", "top", "middle", "end"}),
}


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. takes: how many short lines after it go too. tail: it may open the end of the page. long: lines of
    up to `MAX_LONG_CHARS` fall under it. until: what a line looks like that ends the block which it opens."""

    id: str
    zone: Zone
    pattern: str
    tail: bool = False
    takes: int = 0
    long: bool = False
    until: str = ""


class Rules:
    """Rules prepared for use; `find` names the rule that a line falls under.

    Most lines are told to fall under none by how they begin and which words stand in them (`openings`).
    """

    def __init__(self, rules: Sequence[Rule]) -> None:
        self.rules = tuple(rules)
        self._compiled: dict[int, re.Pattern[str]] = {}
        self._by_opening: dict[str, list[int]] = {}
        self._needles: list[tuple[str, int]] = []
        for number, rule in enumerate(self.rules):
            signs = signs_of(rule.pattern)
            for opening in signs.openings:
                self._by_opening.setdefault(opening, []).append(number)
            self._needles += [(needle, number) for needle in sorted(signs.needles)]
        self._long_needles = [(needle, n) for needle, n in self._needles if self.rules[n].long]
        self._remembered = lru_cache(_REMEMBERED)(self._matching)

    def find(self, text: str, place: Place) -> Rule | None:
        """The first rule for that place of a page which matches the whole line, or None."""
        return next((rule for rule in self.matching(text) if place in PLACES[rule.zone]), None)

    def matching(self, text: str) -> tuple[Rule, ...]:
        """All rules that match the whole line, wherever they hold, in their order."""
        length = len(text)
        if length <= _REMEMBERED_CHARS:
            return self._remembered(text)
        return self._matching(text) if length <= MAX_LONG_CHARS else ()

    def _matching(self, text: str) -> tuple[Rule, ...]:
        normal = normal_form(text)
        long = len(text) > MAX_CHROME_CHARS
        tried = {n for needle, n in (self._long_needles if long else self._needles) if needle in normal}
        begin = normal[:LONGEST]
        if _DIGIT.search(begin):
            begin = _DIGIT.sub(DIGIT, begin)
        for length in range(1, len(begin) + 1):
            if begin[:length] in self._by_opening:
                tried.update(self._by_opening[begin[:length]])
        if not tried:
            return ()
        return tuple(
            self.rules[number]
            for number in sorted(tried)
            if (self.rules[number].long or not long) and self._pattern(number).fullmatch(normal)
        )

    def _pattern(self, number: int) -> re.Pattern[str]:
        """Compiled when it is first needed: all of them take a quarter of a second."""
        found = self._compiled.get(number)
        if found is None:
            found = self._compiled[number] = re.compile(self.rules[number].pattern)
        return found


def normal_form(text: str) -> str:
    """A line as patterns see it: without marks and bullets, variable letters one, spaces single, lower case."""
    # Ten times as fast as str.translate.
    text = _folded(_MARKS.sub("", text)).lower()
    if "  " in text or not text.isprintable():
        return " ".join(text.split()).strip(_BULLETS) or text.strip()
    return text.strip(_BULLETS) or text.strip()


@cache
def shipped_rules() -> Rules:
    """The rules of `chrome.yaml`."""
    return parse_rules(_shipped_text(), where="chrome.yaml", check=False)


@lru_cache(8)
def rules_with(own: tuple[Rule, ...]) -> Rules:
    """The shipped rules and those of the analyst, who is asked first."""
    return Rules((*own, *shipped_rules().rules)) if own else shipped_rules()


def parse_rules(text: str, *, where: str, check: bool = True) -> Rules:
    """Rules out of YAML; BadInput names the rule that is wrong. A list of words that the file does not have is the
    shipped one. check: compile each pattern, to see whether it is one."""
    document = load_yaml(text, where=where)
    if not isinstance(document, dict) or not isinstance(document.get("rules"), list):
        raise BadInput("no list of rules", where=where, cure="Write `rules:` and a list under it")
    words = _words(document)
    if len(words) < len(_WORDS):
        words = {**_words(load_yaml(_shipped_text(), where="chrome.yaml")), **words}
    return Rules(tuple(_rule(entry, words, where, check=check) for entry in document["rules"]))


def _words(document: object) -> dict[str, str]:
    """The lists of words that patterns may name, by the mark that they are named with."""
    known = document if isinstance(document, dict) else {}
    return {mark: _folded(known[key]) for mark, key in _WORDS.items() if isinstance(known.get(key), str)}


def _shipped_text() -> str:
    return files("kashaf.corpus").joinpath("chrome.yaml").read_text("utf-8")


def _rule(entry: object, words: dict[str, str], where: str, *, check: bool) -> Rule:
    if not isinstance(entry, dict) or not isinstance(entry.get("id"), str) or set(entry) - _KEYS:
        raise BadInput(f"not a rule: {entry!r:.80}", where=where, cure="A rule has id, zone and pattern")
    name, zone, pattern = entry["id"], entry.get("zone"), entry.get("pattern")
    if isinstance(pattern, list):
        pattern = "|".join(map(str, pattern))
    if zone not in _ZONES or not isinstance(pattern, str):
        raise BadInput(
            f"rule {name:.80} needs a zone and a pattern", where=where, cure=f"Zones: {', '.join(_ZONES)}"
        )
    takes = entry.get("takes") or 0
    if not isinstance(takes, int):
        raise BadInput(f"rule {name:.80}: takes is no number", where=where, cure="Write a number of lines")
    until = entry.get("until") or ""
    if not isinstance(until, str):
        raise BadInput(f"rule {name:.80}: until is no pattern", where=where, cure="Write a pattern")
    pattern, until = _folded(pattern), _folded(until)
    for mark, some in words.items():
        pattern, until = pattern.replace(mark, some), until.replace(mark, some)
    try:
        if check:
            re.compile(pattern)
            re.compile(until)
    except (re.error, OverflowError, RecursionError) as error:
        raise BadInput(f"rule {name:.80}: {error}", where=where, cure="Mend its pattern") from error
    return Rule(
        name, cast(Zone, zone), pattern, entry.get("tail") is True, takes, entry.get("long") is True, until
    )


def _folded(text: str) -> str:
    return (
        text.replace("أ", "ا")
        .replace("إ", "ا")
        .replace("آ", "ا")
        .replace("ٱ", "ا")
        .replace("ى", "ي")
        .replace("ی", "ي")
        .replace("ة", "ه")
        .replace("ک", "ك")
    )
