"""Takes site chrome out of the lines of an article, and keeps what it took: with its line number and its rule.

The bias is towards keeping. A page is seen as top, middle and end, parted by its first and last line of prose;
what may be dropped in the middle is little. The end of the page goes as a whole when nothing in it reads like a
paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise
from typing import Final, Literal, NamedTuple

from kashaf.corpus.article import Kind, RemovedLine
from kashaf.corpus.chrome import PLACES, Rule, Rules, normal_form, shipped_rules
from kashaf.corpus.pull_quotes import pull_quotes

_CLOSERS: Final = "'\"»”)]"
_FOOTER: Final = frozenset({"copyright", "cookies", "legal-links", "newsletter"})
_SURE_FOOTER_RULES: Final = 3
_ABOUT_LINES: Final = 2
_ABOUT_CHARS: Final = 600
_MENU_ENTRY_WORDS: Final = 3
_BAR_ITEM_WORDS: Final = 4
_BLOCK_LINES: Final = 16
_BLOCK_WORDS: Final = 25
_MENU_SPLIT: Final = re.compile(r"[|·•»›/]|[ \u00a0]{2,}")
_MENU_MARK: Final = re.compile(r"[|·•»›/]|[ \u00a0]{3,}")
_DIGIT: Final = re.compile(r"\d")


class Line(NamedTuple):
    """A line that is not blank. number: in the decoded file, from 1. raw: with its inner spacing, which tells a
    menu set in columns from a sentence. kind: as the format says, if it does. outside: around the article, as the
    format says."""

    number: int
    text: str
    raw: str = ""
    kind: Kind | None = None
    outside: bool = False


class Cleaned(NamedTuple):
    """kept and removed lines, each in their order."""

    kept: tuple[Line, ...]
    removed: tuple[RemovedLine, ...]


def split_lines(text: str) -> tuple[Line, ...]:
    """The lines of a sanitised text that hold something; any run of white space in them is one space."""
    found: list[Line] = []
    for number, raw in enumerate(text.split("\n"), 1):
        if raw.isprintable():  # then the only white space in it is the space
            line = raw.strip()
            if "  " in line:
                line = " ".join(line.split())
        else:
            line = " ".join(raw.split())
        if line:
            found.append(Line(number, line, raw))
    return tuple(found)


def clean(
    lines: Sequence[Line],
    rules: Rules | None = None,
    *,
    keep: Collection[int] = (),
    drop: Mapping[int, str] | None = None,
) -> Cleaned:
    """Part the article from what the site put around it.

    keep: indexes of lines that stay, whatever they look like. drop: those that go, with what says so.
    """
    rules = rules or shipped_rules()
    matched = [rules.matching(line.text) for line in lines]
    for index in keep:
        matched[index] = ()
    for index, reason in (drop or {}).items():
        matched[index] = (Rule(reason, "any", ""),)
    if not any(matched) and not _may_hold_more(lines):
        return Cleaned(tuple(lines), ())
    page = _Page(lines, matched, frozenset(keep))
    page.drop_end()
    page.drop_by_rule()
    page.drop_menus()
    page.drop_pull_quotes()
    return Cleaned(
        tuple(line for index, line in enumerate(lines) if index not in page.dropped),
        tuple(
            RemovedLine(lines[index].text, lines[index].number, rule)
            for index, rule in sorted(page.dropped.items())
        ),
    )


def is_paragraph(text: str, *, least: int = 25) -> bool:
    """Whether a line reads like prose: a sentence of eight words with its full stop, or `least` words."""
    count = text.count(" ") + 1
    return count >= least or (count >= 8 and ends_sentence(text))


def ends_sentence(text: str) -> bool:
    """Whether a line ends in one full stop, before closing quotes if any: headlines end in question marks too."""
    text = text.rstrip(_CLOSERS)
    return text.endswith(".") and not text.endswith((".", "…"), 0, -1)


class _Page:
    def __init__(self, lines: Sequence[Line], matched: list[tuple[Rule, ...]], keep: frozenset[int]) -> None:
        self.lines = lines
        self.matched = matched
        self.keep = keep
        self.dropped: dict[int, str] = {}
        # What any rule would call chrome never counts as prose, wherever it stands.
        self.chrome: list[Rule | None] = [some[0] if some else None for some in matched]
        texts = [line.text for line in lines]
        plain = [not some and index not in keep for index, some in enumerate(matched)]
        self.prose = [plain[i] and is_paragraph(text) for i, text in enumerate(texts)]
        self.prose_like = [plain[i] and is_paragraph(text, least=16) for i, text in enumerate(texts)]
        count = len(lines)
        self.first = next((i for i in range(count) if self.prose[i]), count)
        self.last = next((i for i in range(count - 1, -1, -1) if self.prose_like[i]), -1)

    def zone(self, index: int) -> Literal["top", "middle", "end"]:
        if index < self.first:
            return "top"
        return "end" if index > self.last else "middle"

    def drop_end(self) -> None:
        """The page ends at the first tail line that no prose follows. What a site says of itself above its footer
        is excused from being prose, when three different rules stand before it."""
        count = len(self.lines)
        if not any(rule is not None and rule.tail for rule in self.chrome):
            return
        prose = [i for i in range(count) if self.prose_like[i]]
        first_plain = next((i for i in range(count) if self.chrome[i] is None), count)
        footer = next((i for i in range(count - 1, -1, -1) if _rule_in(self.chrome[i], _FOOTER)), -1)
        for place, (begin, stop) in enumerate(pairwise([-1, *prose, count])):
            low = max(begin + 1, first_plain + 1, self.first if self.first < count else 0)
            start = next(
                (i for i in range(low, stop) if (rule := self.chrome[i]) is not None and rule.tail), None
            )
            if start is not None and (
                stop == count or self._is_about_site(start, prose[place : place + _ABOUT_LINES + 1], footer)
            ):
                self._drop_from(start)
                return

    def _is_about_site(self, start: int, prose: list[int], footer: int) -> bool:
        before = {rule.id for rule in self.chrome[start : prose[0]] if rule is not None}
        return (
            len(before) >= _SURE_FOOTER_RULES
            and len(prose) <= _ABOUT_LINES
            and prose[-1] < footer
            and sum(len(self.lines[i].text) for i in prose) <= _ABOUT_CHARS
        )

    def _drop_from(self, start: int) -> None:
        current = ""
        for index in range(start, len(self.lines)):
            rule = self.chrome[index]
            current = rule.id if rule is not None else current
            self._drop(index, current)
        self.last = next((i for i in range(start - 1, -1, -1) if self.prose_like[i]), -1)

    def _drop(self, index: int, rule: str) -> None:
        if index not in self.keep:
            self.dropped.setdefault(index, rule)

    def drop_by_rule(self) -> None:
        for index, matched in enumerate(self.matched):
            if not matched or index in self.dropped:
                continue
            rule = _at(matched, self.zone(index))
            if rule is None and self.last < self.first:  # without prose a page is top and end at once
                rule = _at(matched, "end")
            if rule is None:
                continue
            self._drop(index, rule.id)
            if rule.until:
                self._drop_block(index, rule)
            for taken in range(index + 1, min(index + 1 + rule.takes, len(self.lines))):
                if self.lines[taken].text.count(" ") < _MENU_ENTRY_WORDS:
                    self._drop(taken, rule.id)

    def _drop_block(self, start: int, rule: Rule) -> None:
        """The lines after one that opens a block, down to the one that ends it."""
        for index in range(start + 1, min(start + 1 + _BLOCK_LINES, len(self.lines))):
            if self.lines[index].text.count(" ") >= _BLOCK_WORDS:
                return
            if re.fullmatch(rule.until, normal_form(self.lines[index].text)):
                for inner in range(start + 1, index + 1):
                    self._drop(inner, rule.id)
                return

    def drop_menus(self) -> None:
        """Menus at the top: entries side by side on a line, or one a line around entries that rules know."""
        for index, line in enumerate(self.lines):
            if index not in self.dropped and self.zone(index) != "middle" and _is_menu_bar(line):
                self._drop(index, "menu")
        if not self.dropped:
            return
        run: list[int] = []
        for index in range(min(self.first, len(self.lines)) + 1):
            short = index < self.first and self.lines[index].text.count(" ") < _MENU_ENTRY_WORDS
            if short and not _DIGIT.search(self.lines[index].text):
                run.append(index)
                continue
            self._drop_run(run)
            run = []

    def _drop_run(self, run: list[int]) -> None:
        known = [i for i in run if self.dropped.get(i) in {"menu", "search-box"}]
        if len(known) < 2:
            return
        entries = {normal_form(self.lines[i].text) for i in run if known[0] <= i <= known[-1]}
        for index in run:
            # After the menu, the section of the article is one of its entries said again.
            again = index > known[-1] and normal_form(self.lines[index].text) in entries
            if known[0] <= index <= known[-1]:
                self._drop(index, "menu")
            elif again:
                self._drop(index, "section-label")

    def drop_pull_quotes(self) -> None:
        texts = [line.text for line in self.lines]
        inner = [i for i in range(self.first + 1, self.last) if i not in self.dropped]
        candidates = [i for i in inner if i not in self.keep and not ends_sentence(texts[i])]
        prose = [i for i in (self.first, *inner, self.last) if 0 <= i < len(texts) and self.prose_like[i]]
        for index in pull_quotes(texts, candidates, prose):
            self._drop(index, "pull-quote")


def _may_hold_more(lines: Sequence[Line]) -> bool:
    """Whether a page without a line that a rule knows may hold a menu or a pull quote all the same."""
    last = len(lines) - 1
    for index, line in enumerate(lines):
        if not ends_sentence(line.text) and (0 < index < last or _is_menu_bar(line)):
            return True
    return False


def _at(matched: tuple[Rule, ...], zone: Literal["top", "middle", "end"]) -> Rule | None:
    return next((rule for rule in matched if zone in PLACES[rule.zone]), None)


def _rule_in(rule: Rule | None, ids: frozenset[str]) -> bool:
    return rule is not None and rule.id in ids


def _is_menu_bar(line: Line) -> bool:
    raw = line.raw.strip()
    if ends_sentence(line.text) or not _MENU_SPLIT.search(raw) or _DIGIT.search(raw) or "://" in raw:
        return False
    items = [item.strip() for item in _MENU_SPLIT.split(raw) if item.strip()]
    # Double spaces alone stand in many a headline.
    least = 3 if _MENU_MARK.search(raw) else 5
    return len(items) >= least and all(item.count(" ") < _BAR_ITEM_WORDS for item in items)
