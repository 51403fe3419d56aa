"""Statements and claims as text: tables, and a chart where there is a terminal to draw it on."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING, Final

from kashaf_tui.commands.output import drawn, is_terminal, lines, table
from kashaf_tui.commands.timeline_values import iso

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kashaf.entities.statements.model import Claim, Figure, Statement, Timeline

_CHART_HEIGHT: Final = 5  # lines
_NARROW: Final = 40  # columns: below it no chart is drawn, and a sentence has as much
_FACT: Final = 24  # columns of what stands before a sentence, at most


def print_statements(found: Timeline, limit: int) -> None:
    """A chart on a terminal, and a table of the first statements."""
    _print_chart(found.dated)
    _print_table(
        ("date", "outlet", "published", "statement"),
        [
            ((_when(one), _outlets(one), iso(one.first.published) or "no date"), one.text, one.date_span)
            for one in [*found][:limit]
        ],
    )


def _print_table(
    headings: Sequence[str], rows: Sequence[tuple[tuple[str, ...], str, tuple[int, int]]]
) -> None:
    """Columns of facts, then the sentence with its words in brackets: on a terminal what has room around them."""
    from kashaf_tui.timeline_text import around

    room = 0
    if is_terminal(sys.stdout):
        facts = [
            max(len(heading), *(len(row[0][at]) for row in rows), 0)
            for at, heading in enumerate(headings[:-1])
        ]
        room = max(_NARROW, shutil.get_terminal_size().columns - sum(min(size, _FACT) + 2 for size in facts))
    listed = []
    for facts_of, text, span in rows:
        shown, words = around(text, span, room - 2) if room else (text, span)
        cropped = [_cropped(fact) if room else fact for fact in facts_of]
        listed.append([*cropped, _fitted(_marked(shown, words), room)])
    table(list(headings), listed)


def _cropped(fact: str) -> str:
    """A fact in as many cells as its column may have."""
    from kashaf.bidi.layout import crop

    return crop(fact, _FACT)


def _fitted(text: str, room: int) -> str:
    from kashaf.bidi.layout import crop

    return crop(text, room) if room else text


def _when(one: Statement) -> str:
    """The value, and a sign where it is less than stated: `*` counted from publication, `~` about, `?` open."""
    mention = one.mention
    if one.day is None:
        return f"? {mention.edtf or mention.form}"
    return f"{mention.edtf}*" if one.evidence == "publication" else mention.edtf


def _outlets(one: Statement) -> str:
    more = len(one.outlets) - 1
    return f"{one.first.outlet or 'no outlet'} +{more}" if more > 0 else one.first.outlet or "no outlet"


def _marked(text: str, span: tuple[int, int]) -> str:
    """The words in brackets, which need no colour."""
    return f"{text[: span[0]]}[{text[slice(*span)]}]{text[span[1] :]}"


def _print_chart(found: Sequence[Statement]) -> None:
    """How many statements there are over the axis: on a terminal, where the table alone would not show gaps."""
    from kashaf.entities.statements.periods import counts, fitting_zoom, label
    from kashaf_tui.charts import columns, columns_width

    width = min(100, shutil.get_terminal_size().columns - 1)
    zoom = fitting_zoom(found)
    numbers = counts(found, zoom)
    if len(numbers) < 2 or width < _NARROW or not is_terminal(sys.stdout):
        return
    first, last = label(numbers[0][0], zoom), label(numbers[-1][0], zoom)
    about = f"statements by {zoom}, most {max(count for _, count in numbers)}"
    across = columns_width(len(numbers), width)
    room = across - len(first) - len(last)
    axis = first + about.center(room) + last if len(about) + 2 <= room else f"{first} – {last} {about}"
    drawn((line, "") for line in columns([count for _, count in numbers], width, _CHART_HEIGHT))
    drawn([(axis, ""), ("", "")])


_SIGNS: Final = {"agree": "= agree", "conflict": "≠ conflict", "changed": "Δ differ, at different times"}


def print_claims(claims: Sequence[Claim]) -> None:
    """A line a claim, and a table of its figures."""
    for one in claims:
        what = one.counting if one.counting != "other" else "number"
        about = "، ".join(key.name for key in one.about) or " ".join(one.words)
        # What may be Arabic comes last, so that it turns nothing that follows.
        lines([f"{_SIGNS[one.verdict]} · {what} · {one.articles} articles · {_why(one)} · {about}"])
        _print_table(
            ("figure", "outlet", "published", "sentence"),
            [
                (
                    (_figure(figure), figure.outlet or "no outlet", iso(figure.published) or "no date"),
                    figure.text,
                    figure.number_span,
                )
                for figure in one.figures
            ],
        )
        lines([""])


def _figure(one: Figure) -> str:
    from kashaf_tui.timeline_text import number_words

    return number_words(one.quantity)


def _why(one: Claim) -> str:
    """On which evidence the figures stand together."""
    if one.copies:
        return "copies of one text"
    if one.counting == "members":
        return "members of one body"
    return "same names and words" if one.words else "same names"
