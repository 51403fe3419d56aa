"""Reads title, outlet, author and day of publication out of the first lines of a page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from kashaf.corpus.article import RemovedLine
from kashaf.corpus.chrome import normal_form
from kashaf.corpus.cleaning import Line, is_paragraph
from kashaf.corpus.dates import find_dates
from kashaf.corpus.metadata import date_evidence, is_only_date, outlet_of_copyright, published_date

_HEAD_LINES: Final = 15
_HEADLINE_WORDS: Final = 32
_HEADLINE_CHARS: Final = 250
_SITE_NAME_WORDS: Final = 5
_SITE_NAME_CHARS: Final = 80
_MENU_RULES: Final = frozenset({"menu", "search-box", "breadcrumb", "skip-link"})
_BARRIERS: Final = _MENU_RULES | {"site-name"}
_SCRAPER_PREFIX: Final = re.compile(r"^date[:=]? (\d{4}-\d{2}-\d{2})\b ?(?:[-–|] ?)?", re.IGNORECASE)
_DOMAIN: Final = re.compile(r"[ |–—(-]*\b(?:www\.)?[a-z0-9-]+(?:\.[a-z]{2,12})+[)/]*", re.IGNORECASE)
_COUNTER: Final = re.compile(r"(?<![\d:/.-])\d[\d.,٬٫]*(?![\d:/-])")
_BYLINE: Final = re.compile(
    r"^(?:بقلم|كتب|كتبت|كتبها|كتبه|إعداد|اعداد|تحرير|الكاتب|الكاتبة|تقرير|حوار|تحقيق|ترجمة|من مراسلنا|من مراسلتنا"
    r"|مراسلنا|مراسلتنا|by|author)\s*[:/|-]\s*(?P<name>.{2,60})$"
    r"|^(?:بقلم|by)\s+(?P<plain>\S+(?: \S+){1,4})$",
    re.IGNORECASE,
)
_SECTIONS: Final = frozenset(
    normal_form(name)
    for name in re.findall(
        r"[^|]+",
        "سياسة|اقتصاد|رياضة|ثقافة|منوعات|رأي|آراء|أخبار|محليات|محلي|عالم|العالم|دولي|عربي|صحة|علوم|تكنولوجيا|تقنية|مجتمع"
        "|فن|فنون|تحقيقات|تقارير|مقالات|حوارات|تحليلات|متابعات|ملفات|عاجل|الأخبار|أخبار عاجلة|أخبار محلية|أخبار عربية"
        "|الشرق الأوسط|شؤون عربية|شؤون دولية|مقال رأي|وجهات نظر|خبر عاجل",
    )
)


@dataclass(frozen=True, slots=True)
class Head:
    """What the lines of a page state. body: the lines left for the article; taken: lines read as metadata."""

    title: str | None
    outlet: str | None
    author: str | None
    published: date | None
    evidence: str
    body: tuple[Line, ...]
    taken: tuple[RemovedLine, ...]


def read_head(
    lines: Sequence[Line],
    removed: Sequence[RemovedLine] = (),
    *,
    title: str | None = None,
    find_title: bool = True,
) -> Head:
    """Read the metadata out of a page's own lines.

    lines, removed: as `cleaning.clean` gives them; removed lines tell the owner (copyright) and where menus stood.
    title: known from elsewhere, a field or a tag; the lines are then not searched for one, nor when `find_title` is
    false.
    """
    reading = _Reading(lines, removed)
    reading.read_prefix()
    reading.read_outlet()
    if title is None and find_title:
        reading.read_title()
    reading.read_author()
    reading.read_date()
    return reading.head(title)


class _Reading:
    def __init__(self, lines: Sequence[Line], removed: Sequence[RemovedLine]) -> None:
        self.lines = list(lines)
        self.removed = removed
        self.taken: dict[int, str] = {}
        self.extra: list[RemovedLine] = []
        self.title_at: int | None = None
        self.outlet: str | None = None
        self.author: str | None = None
        self.published: date | None = None
        self.evidence = ""

    def read_prefix(self) -> None:
        """Some scrapers write `date 2025-10-24 - ` before everything else."""
        match = _SCRAPER_PREFIX.match(self.lines[0].text) if self.lines else None
        found = next(find_dates(match[1]), None) if match is not None else None
        if match is None or found is None:
            return
        first = self.lines[0]
        self.published, self.evidence = found.value, f"line {first.number}"
        self.extra.append(RemovedLine(match[0].strip(), first.number, "date-prefix"))
        self.lines[0] = Line(first.number, first.text[match.end() :])
        if not self.lines[0].text:
            del self.lines[0]

    def read_outlet(self) -> None:
        owners = (outlet_of_copyright(line.text) for line in self.removed if line.rule == "copyright")
        owner = next((name for name in owners if name is not None), None)
        self.outlet = owner
        if len(self.lines) < 2:
            return
        first, second = self.lines[0], self.lines[1]
        name = _DOMAIN.sub("", first.text).strip() if len(first.text) <= _SITE_NAME_CHARS else ""
        if not name or name.count(" ") >= _SITE_NAME_WORDS or is_paragraph(second.text):
            return
        between = {gone.rule for gone in self.removed if first.number < gone.line < second.number}
        owned = owner is not None and f" {normal_form(name)} " in f" {normal_form(owner)} "
        if owned or name != first.text or between & _MENU_RULES:
            self.outlet = name
            self.taken[0] = "site-name"
            last = len(self.lines) - 1
            if last > 0 and self.lines[last].text.startswith(name) and self.lines[last].text != name:
                self._take_slogan(last)

    def _take_slogan(self, last: int) -> None:
        text = self.lines[last].text
        if not is_paragraph(text) and text.count(" ") < 10 and not is_paragraph(text, least=10):
            self.taken[last] = "site-name"

    def read_title(self) -> None:
        rest = [index for index in range(min(_HEAD_LINES, len(self.lines))) if index not in self.taken]
        for place, index in enumerate(rest):
            line = self.lines[index]
            if is_only_date(line.text) or _BYLINE.match(line.text):
                continue
            following = self.lines[rest[place + 1]] if place + 1 < len(rest) else None
            if following is not None and self._is_section(line, following):
                self.taken[index] = "section-label"
                continue
            if _is_headline(line.text):
                self.title_at = index
            return

    def _is_section(self, line: Line, following: Line) -> bool:
        words = line.text.count(" ") + 1
        if words > 3 or following.text.count(" ") < 3 or not _is_headline(following.text):
            return False
        if words == 1 or normal_form(line.text) in _SECTIONS:
            return True
        return any(line.number < gone.line < following.number for gone in self.removed)

    def read_author(self) -> None:
        for index, line in enumerate(self.lines[:_HEAD_LINES]):
            match = _BYLINE.match(line.text) if index != self.title_at else None
            if match is None:
                continue
            name = (match["name"] or match["plain"]).strip(" -–|:،")
            if name.count(" ") < 6 and not any(map(str.isdecimal, name)):
                self.author = name
                self.taken[index] = "byline"
                return

    def read_date(self) -> None:
        barriers = [gone.line for gone in self.removed if gone.rule in _BARRIERS]
        barriers += [self.lines[index].number for index, rule in self.taken.items() if rule == "site-name"]
        found = published_date(self.lines, title_at=self.title_at, barriers=barriers)
        if found is not None and self.published is None:
            index, day = found
            self.published, self.evidence = day.value, date_evidence(self.lines[index].number, day)
        for index, line in enumerate(self.lines[:_HEAD_LINES]):
            if index in self.taken or index == self.title_at or not is_date_line(line.text):
                continue
            rest = _without_dates(line.text)
            self.taken[index] = (
                "view-counter" if _COUNTER.search(rest) and not rest.count(":") else "date-line"
            )

    def head(self, title: str | None) -> Head:
        body = [
            line
            for index, line in enumerate(self.lines)
            if index not in self.taken and index != self.title_at
        ]
        gone = [RemovedLine(self.lines[i].text, self.lines[i].number, rule) for i, rule in self.taken.items()]
        return Head(
            title if self.title_at is None else self.lines[self.title_at].text,
            self.outlet,
            self.author,
            self.published,
            self.evidence,
            tuple(body),
            tuple(sorted([*self.extra, *gone], key=lambda line: line.line)),
        )


def _is_headline(text: str) -> bool:
    return (
        text.count(" ") < _HEADLINE_WORDS
        and len(text) <= _HEADLINE_CHARS
        and not is_paragraph(text)
        and (text.endswith(("..", "…")) or not text.endswith((".", "،", "؛")))
    )


def is_date_line(text: str) -> bool:
    """Whether a line is a day, and nothing but times, labels and counters with it."""
    return (
        len(text) <= 120
        and any(one.granularity == "day" for one in find_dates(text, limit=4))
        and is_only_date(text)
    )


def _without_dates(text: str) -> str:
    for one in reversed(list(find_dates(text, limit=4))):
        text = text[: one.start] + " " + text[one.end :]
    return text
