"""What `kashaf kwic` prints: concordance lines, collocates or frequencies, each as JSON, CSV and text."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Protocol

from kashaf.bidi.concordance import align
from kashaf.bidi.layout import Line
from kashaf.export.csv_rows import Value
from kashaf.text.sanitise import sanitise_line
from kashaf_index.collocates import Collocates
from kashaf_index.frequencies import Frequencies, Share
from kashaf_index.kwic import Concordance, KwicLine
from kashaf_index.model import Query
from kashaf_tui.commands.output import is_terminal, lines, table

_LIKELY = 2  # decimals


class Report(Protocol):
    """One answer in its three forms. more: what was left out, in words, or empty."""

    @property
    def header(self) -> tuple[str, ...]: ...

    @property
    def more(self) -> str: ...

    def json(self) -> object: ...

    def rows(self) -> Iterator[tuple[Value, ...]]: ...

    def show(self) -> None: ...


@dataclass(frozen=True, slots=True)
class LinesReport:
    """The concordance."""

    found: Concordance
    header: ClassVar = ("left", "node", "right", "id", "title", "source", "published", "start", "end")

    @property
    def more(self) -> str:
        shown = len(self.found.lines)
        if shown == self.found.total:
            return ""
        return f"{shown} of {self.found.total} matches in {self.found.articles} articles; --limit shows more"

    def json(self) -> object:
        return [
            {
                "id": line.id,
                "title": line.title,
                "source": line.outlet,
                "published": _date(line),
                "left": line.left,
                "node": line.node,
                "right": line.right,
                "start": line.start,
                "end": line.end,
            }
            for line in self.found.lines
        ]

    def rows(self) -> Iterator[tuple[Value, ...]]:
        for line in self.found.lines:
            where = (line.id, line.title, line.outlet, _date(line), line.start, line.end)
            yield (line.left, line.node, line.right, *where)

    def show(self) -> None:
        lines(self._text())

    def _text(self) -> Iterator[str | Line]:
        """Aligned on a terminal; in a pipe as they are, with the match in brackets."""
        if not is_terminal(sys.stdout):
            yield from (f"{line.left}[{line.node}]{line.right}" for line in self.found.lines)
            return
        width = shutil.get_terminal_size().columns
        for line in self.found.lines:
            before, node, after = (_one_line(part) for part in (line.left, f"[{line.node}]", line.right))
            yield align(before, node, after, width).line


def _one_line(part: str) -> str:
    """Safe, with the space that parts it from the match."""
    text = sanitise_line(part)
    return f"{' ' * part[:1].isspace()}{text}{' ' * part[-1:].isspace()}"


def _date(line: KwicLine) -> str | None:
    return line.published.isoformat() if line.published else None


@dataclass(frozen=True, slots=True)
class WordsReport:
    """The collocates, and how they were asked for."""

    query: Query
    window: tuple[int, int]
    measure: str
    form: str
    found: Collocates
    header: ClassVar = (
        "word", "form", "count", "before", "after", "corpus", "expected", "ll", "mi", "stop",
    )  # fmt: skip

    @property
    def more(self) -> str:
        shown = len(self.found.words)
        return f"{shown} of {self.found.total} words; --limit shows more" if shown < self.found.total else ""

    def json(self) -> object:
        return {
            "query": self.query.text,
            "rung": self.query.rung,
            "window": list(self.window),
            "measure": self.measure,
            "by": self.form,
            "matches": self.found.matches,
            "window_words": self.found.window,
            "corpus_words": self.found.corpus,
            "total": self.found.total,
            "collocates": [dict(zip(self.header, self._row(at), strict=True)) for at in self._all()],
        }

    def rows(self) -> Iterator[tuple[Value, ...]]:
        return map(self._row, self._all())

    def _all(self) -> range:
        return range(len(self.found.words))

    def _row(self, at: int) -> tuple[Value, ...]:
        one = self.found.words[at]
        numbers = (round(one.expected, 4), round(one.ll, 4), round(one.mi, 4))
        return (one.word, one.form, one.count, one.before, one.after, one.corpus, *numbers, one.stop)

    def show(self) -> None:
        headings = ["word", "count", "before", "after", "in all", "expected", "LL", "MI", ""]
        table(
            headings,
            (
                [
                    one.word,
                    *map(str, (one.count, one.before, one.after, one.corpus)),
                    *(f"{number:.{_LIKELY}f}" for number in (one.expected, one.ll, one.mi)),
                    "stop word" if one.stop else "",
                ]
                for one in self.found.words
            ),
            numbers=range(1, 8),
        )


@dataclass(frozen=True, slots=True)
class CountsReport:
    """The frequencies."""

    query: Query
    found: Frequencies
    more: ClassVar = ""
    header: ClassVar = (
        "by", "name", "matches", "articles", "all_articles", "words", "per_thousand_articles", "per_million_words",
    )  # fmt: skip

    def json(self) -> object:
        return {
            "query": self.query.text,
            "rung": self.query.rung,
            **_share(self.found.whole),
            "outlets": [{"outlet": one.name or None, **_share(one)} for one in self.found.outlets],
            "months": [{"month": one.name or None, **_share(one)} for one in self.found.months],
        }

    def rows(self) -> Iterator[tuple[Value, ...]]:
        yield ("all", None, *_share(self.found.whole).values())
        for by, shares in (("outlet", self.found.outlets), ("month", self.found.months)):
            yield from ((by, one.name or None, *_share(one).values()) for one in shares)

    def show(self) -> None:
        headings = ["", "matches", "articles", "of", "per 1,000 articles", "per million words"]
        table(headings, self._text(), numbers=range(1, 6))

    def _text(self) -> Iterator[list[str]]:
        yield self._line("all", self.found.whole)
        for one in self.found.outlets:
            yield self._line(one.name or "no outlet", one)
        for one in self.found.months:
            yield self._line(one.name or "no date", one)

    @staticmethod
    def _line(name: str, one: Share) -> list[str]:
        counts = map(str, (one.matches, one.articles, one.all_articles))
        return [name, *counts, f"{one.per_thousand_articles:.1f}", f"{one.per_million_words:.1f}"]


def _share(one: Share) -> dict[str, int | float]:
    return {
        "matches": one.matches,
        "articles": one.articles,
        "all_articles": one.all_articles,
        "words": one.words,
        "per_thousand_articles": round(one.per_thousand_articles, 4),
        "per_million_words": round(one.per_million_words, 4),
    }
