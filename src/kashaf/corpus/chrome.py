"""The shipped rules about site chrome (`chrome.yaml`), compiled once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final, Literal, cast, get_args

from kashaf.errors import BadInput
from kashaf.yaml_safe import load_yaml

Zone = Literal["top", "end", "edges", "any"]
Place = Literal["anywhere", "top", "middle", "end"]

MAX_CHROME_CHARS: Final = 200  # only rules marked `long` look at longer lines
MAX_LONG_CHARS: Final = 600
_ZONES: Final = get_args(Zone)
_KEYS: Final = {"id", "zone", "pattern", "tail", "takes", "long"}
_MARKS: Final = re.compile("[\u0610-\u061a\u0640\u064b-\u065f\u0670\u200b-\u200f\u061c]+")
_LETTERS: Final = (
    ("أ", "ا"),
    ("إ", "ا"),
    ("آ", "ا"),
    ("ٱ", "ا"),
    ("ى", "ي"),
    ("ی", "ي"),
    ("ة", "ه"),
    ("ک", "ك"),
)
_BULLETS: Final = " \u00a0*•·●▪◦‣»«–—-|>‹›."


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. takes: how many short lines after it go too. tail: it may open the end of the page. long: lines of
    up to `MAX_LONG_CHARS` fall under it."""

    id: str
    zone: Zone
    pattern: str
    tail: bool = False
    takes: int = 0
    long: bool = False


class Rules:
    """Compiled rules; `find` names the rule that a line falls under."""

    def __init__(self, rules: tuple[Rule, ...]) -> None:
        self.rules = rules
        self._compiled: dict[tuple[Place, bool], re.Pattern[str]] = {}

    def find(self, text: str, place: Place) -> Rule | None:
        """The first rule for that place of a page which matches the whole line, or None."""
        if len(text) > MAX_LONG_CHARS:
            return None
        wanted = place, len(text) > MAX_CHROME_CHARS
        if wanted not in self._compiled:
            self._compiled[wanted] = _join(self.rules, place, long=wanted[1])
        match = self._compiled[wanted].fullmatch(normal_form(text))
        return self.rules[int((match.lastgroup or "r0")[1:])] if match else None


def normal_form(text: str) -> str:
    """A line as patterns see it: without marks and bullets, variable letters one, spaces single, lower case."""
    text = _folded(_MARKS.sub("", text)).lower()
    return " ".join(text.split()).strip(_BULLETS) or text.strip()


@cache
def shipped_rules() -> Rules:
    """The rules of `chrome.yaml`."""
    text = files("kashaf.corpus").joinpath("chrome.yaml").read_text("utf-8")
    return parse_rules(text, where="chrome.yaml")


def parse_rules(text: str, *, where: str) -> Rules:
    """Rules out of YAML; BadInput names the rule that is wrong."""
    document = load_yaml(text, where=where)
    if not isinstance(document, dict) or not isinstance(document.get("rules"), list):
        raise BadInput("no list of rules", where=where, cure="Write `rules:` and a list under it")
    networks = _folded(str(document.get("networks", "")))
    return Rules(tuple(_rule(entry, networks, where) for entry in document["rules"]))


def _rule(entry: object, networks: str, where: str) -> Rule:
    if not isinstance(entry, dict) or not isinstance(entry.get("id"), str) or set(entry) - _KEYS:
        raise BadInput(f"not a rule: {entry!r:.80}", where=where, cure="A rule has id, zone and pattern")
    name, zone, pattern = entry["id"], entry.get("zone"), entry.get("pattern")
    if isinstance(pattern, list):
        pattern = "|".join(map(str, pattern))
    if zone not in _ZONES or not isinstance(pattern, str):
        raise BadInput(
            f"rule {name} needs a zone and a pattern", where=where, cure=f"Zones: {', '.join(_ZONES)}"
        )
    pattern = _folded(pattern).replace("@NETWORK@", networks)
    try:
        re.compile(pattern)
    except re.error as error:
        raise BadInput(f"rule {name}: {error}", where=where, cure="Mend its pattern") from error
    return Rule(
        name,
        cast(Zone, zone),
        pattern,
        entry.get("tail") is True,
        int(entry.get("takes") or 0),
        entry.get("long") is True,
    )


def _folded(text: str) -> str:
    for letter, plain in _LETTERS:  # ten times as fast as str.translate
        text = text.replace(letter, plain)
    return text


def _join(rules: tuple[Rule, ...], place: Place, *, long: bool) -> re.Pattern[str]:
    zones: set[str] = {"any"} if place == "middle" else {"any", "edges", place}
    parts = [
        f"(?P<r{number}>{rule.pattern})"
        for number, rule in enumerate(rules)
        if (place == "anywhere" or rule.zone in zones) and (rule.long or not long)
    ]
    return re.compile("|".join(parts) or "(?!)")
