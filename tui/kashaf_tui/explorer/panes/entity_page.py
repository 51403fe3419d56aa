"""The page of an entity as rows: headings, and below each what can be opened, with its number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar, Final, Literal

from rich.style import Style
from textual.strip import Strip

from kashaf.bidi.layout import Options, cell_width
from kashaf.entities.model import EntityKey
from kashaf.entities.tables.rows import Variant
from kashaf_tui.explorer.names import About, Headline, Saying, key_of_row
from kashaf_tui.explorer.panes.entities import LETTERS
from kashaf_tui.explorer.widgets.paint import Align, facts, isolated, left_to_right, line_strip
from kashaf_tui.explorer.widgets.row_list import RowList
from kashaf_tui.explorer.widgets.spark import bar, sparks
from kashaf_tui.explorer.wording import Wording

Kind = Literal[
    "heading", "count", "variant", "month", "outlet", "together", "by", "about", "saying", "article", "more"
]
_MONTHS: Final = 24  # listed, the newest first; the line above them shows all
_OUTLETS: Final = 12
_VARIANTS: Final = 30
_INDENT: Final = 2
_LABEL: Final = 34
_NUMBER: Final = 7
_LINE: Final = 60  # months in the line of bars


@dataclass(frozen=True, slots=True)
class PageRow:
    """A row of the page.

    value: what it opens: a form, a month, an outlet, an article's id. most: what its bar is measured against, 0 for
    none. key: whom it names, of `together`. said: of a quotation. sign: stands before the label.
    """

    kind: Kind
    label: str
    number: int | None = None
    value: str = ""
    after: str = ""
    most: int = 0
    key: EntityKey | None = None
    variant: Variant | None = None
    said: Saying | None = None
    sign: str = ""


def page_rows(say: Wording, about: About) -> list[PageRow]:
    """All of it, in the order in which it is read."""
    page = about.page
    rows = [
        PageRow("count", say("articles n", n=page.row.articles), value="articles", after=_when(say, about))
    ]
    rows += _spellings(say, page.row.name, page.variants)
    rows += _months(say, page.months)
    rows += _outlets(say, page.outlets)
    rows += _together(say, about)
    rows += _sayings(say, about)
    rows += _articles(say, about)
    return rows


def _when(say: Wording, about: About) -> str:
    months = about.page.months
    parts = [say("mentions n", n=about.page.row.mentions)]
    if months:
        parts.append(say("from to", first=left_to_right(months[0][0]), last=left_to_right(months[-1][0])))
    return facts(parts)


def _spellings(say: Wording, name: str, variants: Sequence[Variant]) -> Iterator[PageRow]:
    yield PageRow("heading", say("spellings n", n=len(variants)))
    most = max((one.mentions for one in variants), default=0)
    for one in variants[:_VARIANTS]:
        yield PageRow(
            "variant", one.form, one.mentions, one.form, _why(say, one, name), most=most, variant=one
        )


def _why(say: Wording, variant: Variant, name: str) -> str:
    """Why a form is taken for the name; nothing of the name itself."""
    return "" if variant.form == name and not variant.link else say(f"link {variant.link}")


def _months(say: Wording, months: Sequence[tuple[str, int]]) -> Iterator[PageRow]:
    if not months:
        return
    every = dict(months)
    line = sparks([every.get(month, 0) for month in _between(months[0][0], months[-1][0])][-_LINE:], say.base)
    yield PageRow("heading", say("months n", n=len(months)), after=line)
    most = max(every.values())
    for month, articles in list(reversed(months))[:_MONTHS]:
        yield PageRow("month", left_to_right(month), articles, month, most=most)
    if len(months) > _MONTHS:
        yield PageRow("more", say("more together", n=len(months) - _MONTHS), value="articles")


def _between(first: str, last: str) -> Iterator[str]:
    """Every month from one to another, `YYYY-MM`."""
    year, month = int(first[:4]), int(first[5:7])
    while f"{year:04}-{month:02}" <= last:
        yield f"{year:04}-{month:02}"
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)


def _outlets(say: Wording, outlets: Sequence[tuple[str, int]]) -> Iterator[PageRow]:
    if not outlets:
        return
    yield PageRow("heading", say("outlets n", n=sum(bool(name) for name, _ in outlets)))
    most = max(articles for _, articles in outlets)
    for name, articles in outlets[:_OUTLETS]:
        yield PageRow("outlet", name or say("no outlet"), articles, name, most=most)
    if len(outlets) > _OUTLETS:
        yield PageRow("more", say("more together", n=len(outlets) - _OUTLETS), value="articles")


def _together(say: Wording, about: About) -> Iterator[PageRow]:
    together = about.page.together
    if not together:
        return
    yield PageRow("heading", say("named with"))
    most = max(one.articles for one in together)
    for one in together:
        sign = say.narrow(LETTERS[one.type])
        yield PageRow("together", one.name, one.articles, most=most, key=key_of_row(one), sign=sign)


def _sayings(say: Wording, about: About) -> Iterator[PageRow]:
    for kind, number, sayings, key in (
        ("by", about.by, about.said_by, "said by n"),
        ("about", about.about, about.said_about, "said about n"),
    ):
        if not number:
            continue
        opens: Kind = "by" if kind == "by" else "about"
        yield PageRow(opens, say(key, n=number), value=kind)
        for said in sayings:
            outlet = said.article.outlet or say("no outlet")
            yield PageRow("saying", f"«{said.words}»", after=facts([*_day(said.article), outlet]), said=said)


def _articles(say: Wording, about: About) -> Iterator[PageRow]:
    yield PageRow("heading", say("articles n", n=about.page.row.articles))
    for one in about.headlines:
        yield PageRow(
            "article", one.title, value=one.id, after=facts([*_day(one), one.outlet or say("no outlet")])
        )
    if (more := len(about.page.articles) - len(about.headlines)) > 0:
        yield PageRow("more", say("more articles", n=more), value="articles")


def _day(article: Headline) -> list[str]:
    return [left_to_right(article.published.isoformat())] if article.published else []


class EntityPageList(RowList[PageRow]):
    """Headings are passed over, and Tab goes from one to the next."""

    row_height: ClassVar[int] = 1

    def __init__(self, say: Wording, *, id: str | None = None, empty: str = "") -> None:  # noqa: A002 -- Textual's name
        super().__init__(id=id, empty=empty)
        self._say = say

    def key(self, row: PageRow) -> object:
        return row.kind, row.value, row.key, row.label if row.kind == "heading" else ""

    def select(self, index: int) -> bool:
        index = min(len(self.rows) - 1, max(0, index))
        if self.rows and self.rows[index].kind == "heading":
            index += -1 if 0 < index < self.selected else 1
        return super().select(index)

    def action_section(self, step: int) -> None:
        """To the first row of the next part of the page, or of the one before."""
        heads = [
            0,
            *(at + (row.kind == "heading") for at, row in enumerate(self.rows) if row.kind in _BEGINS),
        ]
        if step > 0:
            there = next((at for at in heads if at > self.selected), heads[0])
        else:
            there = next((at for at in reversed(heads) if at < self.selected), heads[-1])
        self.action_move(there - self.selected)

    def draw_row(self, row: PageRow, width: int, base: Style) -> Sequence[Strip]:
        near, far = self.near, self.far
        options = Options(base=self._say.base)
        dim = self.part_style("row--dim", base)
        bold = self.part_style("row--heading", base)
        if row.kind in ("heading", "count", "by", "about"):
            size = min(width, cell_width(row.label) + 2)
            strips = [
                line_strip(row.label, size, bold, align=near, options=options),
                line_strip(row.after, width - size, dim, align=near, options=options),
            ]
        elif row.kind in ("article", "saying"):
            size = min(width // 3, 28)
            strips = [
                Strip.blank(_INDENT, base),
                line_strip(row.after, size - _INDENT, dim, align=near, options=options),
                Strip.blank(_INDENT, base),
                line_strip(row.label, width - size - _INDENT, base, align=near),
            ]
        else:
            label = min(_LABEL, width // 2)
            rest = max(0, width - _INDENT - label - _NUMBER)
            number = "" if row.number is None else f"{row.number:,}"
            strips = [
                line_strip(row.sign, _INDENT, dim, align=near),
                line_strip(row.label, label, base, align=near),
                line_strip(number, _NUMBER, base, align=far),
                *self._beside(row, rest, near, dim, options),
            ]
        return [self.in_order(strips)]

    def _beside(self, row: PageRow, room: int, near: Align, style: Style, options: Options) -> list[Strip]:
        """A bar, and what explains the row."""
        if room < 4:
            return [Strip.blank(room, style)]
        length = min(20, room // 2) if row.most else 0
        bars = bar(row.number or 0, row.most, length)
        if near == "right":
            # Bars of eighths fill from the left alone.
            bars = "█" * round(length * (row.number or 0) / row.most) if row.most else ""
        return [
            Strip.blank(2, style),
            line_strip(bars, length, style, align=near),
            line_strip(
                "  " + isolated(row.after) if row.after else "",
                room - 2 - length,
                style,
                align=near,
                options=options,
            ),
        ]


_BEGINS: Final = frozenset({"heading", "by", "about"})
