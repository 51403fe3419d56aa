"""Reads title, standfirst, outlet, author, days, address and dateline out of the first lines of a page.

A value counts only where a page states it. A date is one on a line of its own near the title, or after a label:
dates in prose, captions, copyright lines and the clock of a site's header are not dates of publication.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

from kashaf.corpus.article import MetadataField, RemovedLine
from kashaf.corpus.chrome import normal_form
from kashaf.corpus.cleaning import Line, is_paragraph
from kashaf.corpus.date_lines import date_evidence, is_ago, is_date_line, is_label, is_only_date
from kashaf.corpus.dateline import find_dateline
from kashaf.corpus.dates import FoundDate, find_dates, parse_date
from kashaf.corpus.head_dates import Lines, read_dates
from kashaf.corpus.head_model import TITLE, Clue, Head
from kashaf.corpus.head_names import HEADLINE_CHARS, is_headline, is_section, is_slogan, site_name
from kashaf.corpus.head_parts import BYLINE, is_standfirst, labelled, later_dates, stated_address
from kashaf.corpus.metadata import outlet_of_copyright

__all__ = ["TITLE", "Clue", "Head", "is_date_line", "read_head"]

_HEAD_LINES: Final = 15
_FOOT_LINES: Final = 4
_SCRAPER_PREFIX: Final = re.compile(r"^date[:=]? (\d{4}-\d{2}-\d{2})\b ?(?:[-–|] ?)?", re.IGNORECASE)
_STANDFIRST_SURE: Final = 0.85
_DATELINE_LINES: Final = 4
_AROUND: Final = 700
_FIELDS: Final[dict[str, MetadataField]] = {
    "outlet": "outlet", "author": "author", "url": "url", "language": "language",
}  # fmt: skip
_TELLING: Final = re.compile("[0-9٠-٩۰-۹:=：|/]")  # a class without \\d is a bitmap, and quick
# What a page sets between the standfirst and the body; a list of other articles may stand in the body itself.
_APART_RULES: Final = frozenset(
    re.findall(
        r"\S+",
        "date-line date-label view-counter byline share-bar share-link font-size font-size-letter image-file listen"
        " reading-time address",
    )
)


def read_head(
    lines: Sequence[Line],
    removed: Sequence[RemovedLine] = (),
    *,
    title: str | None = None,
    find_title: bool = True,
    published: date | None = None,
    outlet: str | None = None,
) -> Head:
    """Read the metadata out of a page's own lines.

    lines, removed: as `cleaning.clean` gives them; removed lines tell the owner (copyright) and where menus stood.
    title: known from elsewhere, a field or a tag; the lines are then not searched for one, nor when `find_title` is
    false. published, outlet: as stated elsewhere: what the lines say is held against the first, and the second helps
    to know a dateline.
    """
    reading = _Reading(lines, removed)
    reading.read_prefix()
    search_title = title is None and find_title
    if reading.telling:
        reading.read_labels(find_title=search_title)
    if reading.telling or removed or search_title:
        reading.read_outlet()
    if search_title and reading.title_at is None:
        reading.read_title()
    if reading.telling:
        reading.read_author()
        reading.read_dates(title)
    if reading.telling or removed or len(lines) > _HEAD_LINES:
        reading.read_addresses()
    return reading.head(title, published, outlet)


class _Reading:
    def __init__(self, lines: Sequence[Line], removed: Sequence[RemovedLine]) -> None:
        self.lines = list(lines)
        self.removed = removed
        self.taken: dict[int, str] = {}
        self.extra: list[RemovedLine] = []
        self.title_at: int | None = None
        self.title: str | None = None
        self.values: dict[MetadataField, tuple[str, Clue]] = {}
        self.days: dict[MetadataField, date] = {}
        self.warnings: list[str] = []
        # Most lines are prose: only those with a digit, a colon or a word that matters are looked at again and again.
        self.telling = [
            index
            for index, line in enumerate(self.lines[:_HEAD_LINES])
            if len(line.text) <= HEADLINE_CHARS
            and (_TELLING.search(line.text) or _has_telling_word(line.text))
        ]

    def state(self, field: MetadataField, value: str, where: str, confidence: float) -> None:
        self.values.setdefault(field, (value, Clue(field, where, round(confidence, 2))))

    def state_day(self, field: MetadataField, found: FoundDate, number: int, confidence: float) -> None:
        if found.value is not None and field not in self.days:
            self.days[field] = found.value
            self.state(field, found.text, date_evidence(number, found), confidence * found.confidence)

    def read_prefix(self) -> None:
        """Some scrapers write `date 2025-10-24 - ` before everything else."""
        match = _SCRAPER_PREFIX.match(self.lines[0].text) if self.lines else None
        found = next(find_dates(match[1]), None) if match is not None else None
        if match is None or found is None:
            return
        first = self.lines[0]
        self.state_day("published", found, first.number, 1.0)
        self.extra.append(RemovedLine(match[0].strip(), first.number, "date-prefix"))
        self.lines[0] = Line(first.number, first.text[match.end() :], kind=first.kind)
        if not self.lines[0].text:
            del self.lines[0]
            self.telling = [index - 1 for index in self.telling if index]

    def read_labels(self, *, find_title: bool) -> None:
        """A head that a scraper wrote: at least two lines of the form `Title: …`, one under the other."""
        found: list[tuple[int, str, str, int]] = []
        for index in self.telling:
            one = labelled(self.lines[index].text)
            if one is None:
                if found:
                    break
                continue
            found.append((index, *one))
        kinds = {label for _, label, _, _ in found}
        if len(found) < 2 or len(kinds) < 2 or not kinds & {"title", "published", "url"}:
            return
        for index, label, value, _ in found:
            number = self.lines[index].number
            if label == "title" and value and find_title and self.title is None:
                self.title_at, self.title = index, value
                self.state("title", value, f"line {number}", 1.0)
                continue
            if label in {"published", "updated"}:
                day = parse_date(value)
                if day is not None and day.granularity == "day":
                    self.state_day("published" if label == "published" else "updated", day, number, 1.0)
            elif label in {"outlet", "author", "url", "language"} and value:
                self.state(_FIELDS[label], value, f"line {number}", 1.0)
            elif label == "body" and value:
                text = self.lines[index].text
                self.lines[index] = Line(number, text[text.index(value) :], kind=self.lines[index].kind)
                continue
            self.taken[index] = f"label-{label}"

    def read_outlet(self) -> None:
        owned_by = (line for line in self.removed if line.rule == "copyright")
        owner, number = next(
            ((name, line.line) for line in owned_by if (name := outlet_of_copyright(line.text)) is not None),
            (None, 0),
        )
        if len(self.lines) >= 2 and "outlet" not in self.values:
            self._read_site_name(owner)
        if owner is not None:
            self.state("outlet", owner, f"line {number}, copyright", 0.8)

    def _read_site_name(self, owner: str | None) -> None:
        if 0 in self.taken or self.title_at == 0:
            return
        found = site_name(self.lines, self.removed, owner)
        if found is None:
            return
        name, confidence = found
        self.state("outlet", name, f"line {self.lines[0].number}", confidence)
        self.taken[0] = "site-name"
        last = len(self.lines) - 1
        if last > 0 and is_slogan(self.lines[last].text, name):
            self.taken[last] = "site-name"

    def read_title(self) -> None:
        rest = [index for index in range(min(_HEAD_LINES, len(self.lines))) if index not in self.taken]
        for place, index in enumerate(rest):
            line = self.lines[index]
            if is_only_date(line.text) or BYLINE.match(line.text) or is_ago(line.text):
                continue
            if is_label(line.text) or stated_address(line.text, bare=True) is not None:
                continue
            following = self.lines[rest[place + 1]] if place + 1 < len(rest) else None
            if following is not None and is_section(line, following, self.removed):
                self.taken[index] = "section-label"
                continue
            if is_headline(line.text):
                self.title_at = index
                self.state("title", line.text, f"line {line.number}", 0.9)
            return

    def read_author(self) -> None:
        for index in self.telling:
            text = self.lines[index].text
            match = BYLINE.match(text) if index not in self.taken and index != self.title_at else None
            if match is None:
                continue
            name = (match["name"] or match["plain"]).strip(" -–|:،")
            if name.count(" ") < 6 and not any(map(str.isdecimal, name)):
                self.state("author", name, f"line {self.lines[index].number}", 0.95)
                self.taken[index] = "byline"
                return

    def read_dates(self, title: str | None) -> None:
        page = Lines(self.lines, self.removed, self.telling, self.taken, self.title_at, title)
        found = read_dates(page)
        self.taken.update(found.taken)
        self.warnings += found.warnings
        for field, stated in (("published", found.published), ("updated", found.updated)):
            if stated is not None:
                self.state_day("published" if field == "published" else "updated", *stated)

    def read_addresses(self) -> None:
        count = len(self.lines)
        prose: int | None = None
        for index in (*self.telling, *range(max(_HEAD_LINES, count - _FOOT_LINES), count)):
            text = self.lines[index].text
            if ("://" not in text and "www." not in text) or index in self.taken:
                continue
            if prose is None:
                prose = next((i for i, line in enumerate(self.lines) if is_paragraph(line.text)), count)
            stated = stated_address(text, bare=index < prose)
            if stated is not None:
                self.state("url", stated[0], f"line {self.lines[index].number}", stated[1])
                self.taken[index] = "address"
                return
        for gone in self.removed:  # a link to share is chrome and says where the article is
            if "://" in gone.text and (stated := stated_address(gone.text, bare=False)) is not None:
                self.state("url", stated[0], f"line {gone.line}", stated[1])
                return

    def head(self, title: str | None, published: date | None, outlet: str | None) -> Head:
        body = tuple(self.lines)
        if self.taken or self.title_at is not None:
            gone_at = self.taken.keys() | {self.title_at}
            body = tuple(line for index, line in enumerate(self.lines) if index not in gone_at)
        if title is None and self.title_at is not None:
            title = self.title or self.lines[self.title_at].text
        self._read_body(body, title, outlet)
        gone = [RemovedLine(self.lines[i].text, self.lines[i].number, rule) for i, rule in self.taken.items()]
        values = {field: value for field, (value, _) in self.values.items()}
        day = self.days.get("published")
        self._contradictions(body, published or day)
        clues = [clue for _, clue in self.values.values()]
        return Head(
            title,
            values.get("outlet"),
            values.get("author"),
            day,
            self.values["published"][1].where if day is not None else "",
            body,
            tuple(sorted([*self.extra, *gone], key=lambda line: line.line)),
            values.get("standfirst"),
            self.days.get("updated"),
            values.get("url"),
            values.get("dateline"),
            values.get("language"),
            tuple(clues),
            tuple(self.warnings),
        )

    def _read_body(self, body: Sequence[Line], title: str | None, outlet: str | None) -> None:
        """Title, standfirst and dateline: the values that stay in the text, with their places in it."""
        if self.title_at is not None and title is not None:
            value, clue = self.values["title"]
            self.values["title"] = (value, Clue("title", clue.where, clue.confidence, TITLE, 0, len(title)))
        if not body:
            return
        first = body[0]
        if (
            title is not None
            and is_standfirst(body, apart=self._is_apart(body))
            and not _same(first.text, title)
        ):
            clue = Clue("standfirst", f"line {first.number}", _STANDFIRST_SURE, 0, 0, len(first.text))
            self.values["standfirst"] = (first.text, clue)
        outlet = outlet or (self.values["outlet"][0] if "outlet" in self.values else None)
        for at, line in enumerate(body[:_DATELINE_LINES]):
            if "standfirst" in self.values and at == 0:
                continue
            following = "" if len(line.text) > _AROUND or at + 1 == len(body) else body[at + 1].text
            found = find_dateline(line.text, following, outlet=outlet)
            if found is not None:
                clue = Clue("dateline", f"line {line.number}", found.confidence, at, found.start, found.end)
                self.values["dateline"] = (found.text, clue)
                if found.day is not None and found.day.value is not None:
                    self.state_day("published", found.day, line.number, 0.75)
                return
            if is_paragraph(line.text):
                return

    def _is_apart(self, body: Sequence[Line]) -> bool:
        """Whether date, author, share bar or the like stood between the first line of the article and its second."""
        if len(body) < 2 or not (self.taken or self.removed):
            return False
        first, second = body[0].number, body[1].number
        between = {rule for index, rule in self.taken.items() if first < self.lines[index].number < second}
        between |= {gone.rule for gone in self.removed if first < gone.line < second}
        return not _APART_RULES.isdisjoint(between)

    def _contradictions(self, body: Sequence[Line], stated: date | None) -> None:
        if stated is None:
            return
        for number, day, words in later_dates(body, stated):
            self.warnings.append(f"dated {stated}, but line {number} speaks of {words} ({day})")
            return


def _same(one: str, other: str) -> bool:
    return "".join(filter(str.isalnum, normal_form(one))) == "".join(filter(str.isalnum, normal_form(other)))


def _has_telling_word(text: str) -> bool:
    return (  # written out: a loop takes four times as long
        "كتب" in text
        or "نشر" in text
        or "قبل" in text
        or "منذ" in text
        or "ديث" in text
        or "بقلم" in text
        or "by" in text
        or "By" in text
    )
