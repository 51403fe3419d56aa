"""What a report of an import says, as lines: facts, and parts that open."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from kashaf.corpus.report import ImportReport
from kashaf.text.sanitise import sanitise_line
from kashaf_tui.explorer.progress_words import report_facts, size_words, time_words, when
from kashaf_tui.explorer.widgets.paint import facts, isolated, path_words
from kashaf_tui.explorer.wording import Wording

_SHOWN: Final = 1000  # lines of a part; each is laid out
#: Parts that are open at first: what the analyst should look at.
OPEN: Final = frozenset({"failed", "unavailable"})
#: Parts that may be opened.
PARTS: Final = (
    "failed", "unavailable", "warnings", "added", "updated", "duplicates", "fields", "encodings", "formats",
    "sources",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Item:
    """A line, and one below it that says more. part: of a heading, what it opens. article: what Enter reads.

    report: the id of the report that Enter shows. count: stands at the far end.
    """

    text: str
    detail: str = ""
    count: str = ""
    part: str = ""
    opened: bool | None = None
    article: str = ""
    report: str = ""
    level: int = 0

    @property
    def copied(self) -> str:
        """The line as plain text, in reading order and without isolates."""
        words = " · ".join(filter(None, (self.text, self.count, self.detail)))
        return "  " * self.level + "".join(char for char in words if char not in "\u2066\u2067\u2068\u2069")


def report_items(
    say: Wording, report: ImportReport, opened: Collection[str], *, shown: int = _SHOWN
) -> Iterator[Item]:
    """The facts of a report, then its parts with those lines that are `opened`; `shown` of each at most."""
    yield from _facts(say, report)
    for part in PARTS:
        lines = list(_lines(say, report, part, shown))
        number = _number(report, part)
        if not lines and not number:
            continue
        yield Item(say(f"part {part}"), count=f"{number:,}", part=part, opened=part in opened)
        if part in opened:
            yield from lines
            if number > len(lines) and part not in ("encodings", "formats"):
                yield Item(say("first of", shown=f"{len(lines):,}", all=f"{number:,}"), level=1)
        if part == "updated":
            yield from _plain(say, report)
    if not any(report.counts.get(kind) for kind in ("added", "updated", "removed", "failed")):
        unchanged = bool(report.counts.get("unchanged")) or bool(report.unavailable)
        yield Item("")
        yield Item(say("nothing new" if unchanged else "nothing there"))
    if report.dry_run:
        yield Item("")
        yield Item(say("look keys"))


def _facts(say: Wording, report: ImportReport) -> Iterator[Item]:
    told = [when(report), say("files", n=report.files), size_words(say, report.bytes)]
    told.append(say("took", time=time_words(say, report.seconds)))
    if report.dry_run:
        told.append(say("dry"))
    if report.cancelled:
        told.append(say("was stopped"))
    yield Item(facts(told))
    yield Item(facts([*report_facts(say, report), say("in all articles", n=report.articles)]))
    yield Item("")


def _plain(say: Wording, report: ImportReport) -> Iterator[Item]:
    """Counts that have no list."""
    for kind in ("unchanged", "removed"):
        if number := report.counts.get(kind, 0):
            yield Item(say(f"part {kind}"), count=f"{number:,}")
    if report.near:
        yield Item(say("part near"), say("near about"), count=f"{report.near:,}")


def _number(report: ImportReport, part: str) -> int:
    match part:
        case "encodings" | "formats":
            return len(getattr(report, part))
        case "sources" | "unavailable" | "fields":
            return len(getattr(report, part))
        case _:
            return max(report.counts.get(part, 0), len(getattr(report, part)))


def _lines(say: Wording, report: ImportReport, part: str, shown: int) -> Iterator[Item]:
    match part:
        case "failed":
            for refused in report.failed[:shown]:
                yield Item(path_words(refused.path), say.told(refused.reason), level=1)
        case "warnings":
            for warned in report.warnings[:shown]:
                yield Item(path_words(warned.path), say.told(warned.text), level=1)
        case "added" | "updated":
            for changed in (report.added if part == "added" else report.updated)[:shown]:
                title = sanitise_line(changed.title)
                yield Item(
                    title or path_words(changed.path), path_words(changed.path), level=1, article=changed.id
                )
        case "duplicates":
            for copies in report.duplicates[:shown]:
                first, *others = map(path_words, copies.paths)
                yield Item(first, facts(["= " + other for other in others]), level=1, article=copies.id)
        case "fields":
            for mapped in report.fields[:shown]:
                about = sanitise_line(mapped.text)
                yield Item(
                    path_words(mapped.path), facts([say("files", n=mapped.files), isolated(about)]), level=1
                )
        case "encodings":
            yield from _counted((name, say("files", n=n)) for name, n in _most(report.encodings.items()))
        case "formats":
            yield from _counted((name, say("articles", n=n)) for name, n in _most(report.formats.items()))
        case "sources" | "unavailable":
            paths = report.sources if part == "sources" else report.unavailable
            yield from (Item(path_words(path), level=1) for path in paths)


def _counted(rows: Iterable[tuple[str, str]]) -> Iterator[Item]:
    return (Item(isolated(sanitise_line(name)), count=count, level=1) for name, count in rows)


def _most(pairs: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    return sorted(pairs, key=lambda pair: (-pair[1], pair[0]))


def list_items(say: Wording, reports: Iterable[ImportReport]) -> Iterator[Item]:
    """Earlier imports, a line each: when, what was done, and from where."""
    for report in reports:
        told = [when(report), *report_facts(say, report)]
        if report.dry_run:
            told.append(say("dry"))
        if report.cancelled:
            told.append(say("was stopped"))
        yield Item(facts(told), facts(map(path_words, report.sources)), report=report.id)


def plain_text(say: Wording, report: ImportReport) -> str:
    """The whole report as text, every part open."""
    return "\n".join(item.copied for item in report_items(say, report, PARTS))
