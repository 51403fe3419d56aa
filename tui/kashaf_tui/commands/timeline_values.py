"""Statements and claims as JSON and as CSV."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from kashaf.export.csv_rows import csv_bytes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kashaf.entities.statements.model import Claim, Figure, Statement


def statement_dict(one: Statement) -> dict[str, object]:
    """The documented shape of a statement."""
    mention, first = one.mention, one.first
    return {
        "date": mention.edtf or None,
        "earliest": iso(mention.earliest),
        "latest": iso(mention.latest),
        "granularity": mention.granularity,
        "evidence": one.evidence,
        "note": mention.note,
        "form": mention.form,
        "form_span": [mention.start, mention.end],
        "text": one.text,
        "start": first.start,
        "end": first.end,
        "article": first.article_id,
        "title": first.title,
        "source": first.outlet or None,
        "published": iso(first.published),
        "outlets": len(one.outlets),
        "copies": [
            {
                "article": copy.article_id,
                "title": copy.title,
                "source": copy.outlet or None,
                "published": iso(copy.published),
                "start": copy.start,
                "end": copy.end,
            }
            for copy in one.tellings[1:]
        ],
    }


def claim_dict(one: Claim) -> dict[str, object]:
    """The documented shape of a claim. agree: whether all its figures can be right at one time."""
    return {
        "counting": one.counting,
        "of": one.counted,
        "unit": one.unit,
        "about": [{"name": key.name, "type": key.type} for key in one.about],
        "words": list(one.words),
        "agree": one.verdict == "agree",
        "verdict": one.verdict,
        "articles": one.articles,
        "outlets": len(one.outlets),
        "values": [_figure_dict(figure) for figure in one.figures],
    }


def _figure_dict(one: Figure) -> dict[str, object]:
    quantity = one.quantity
    return {
        "low": _number(quantity.low),
        "high": _number(quantity.high),
        "comparison": quantity.comparison,
        "counting": quantity.counting,
        "unit": quantity.unit,
        "form": quantity.form,
        "start": quantity.start,
        "end": quantity.end,
        "article": one.article_id,
        "title": one.title,
        "source": one.outlet or None,
        "published": iso(one.published),
        "when": [iso(day) for day in one.when] if one.when else None,
        "text": one.text,
        "text_start": one.start,
        "text_end": one.end,
    }


def _number(value: float) -> int | float:
    return int(value) if value == int(value) else value


def iso(day: date | None) -> str | None:
    """A day in ISO 8601; None without one."""
    return day.isoformat() if day is not None else None


def statements_csv(found: Sequence[Statement]) -> bytes:
    """A row a statement, as its first telling has it."""
    header = (
        "date", "earliest", "latest", "granularity", "evidence", "note", "form", "text", "article", "title", "source",
        "published", "start", "end", "outlets",
    )  # fmt: skip
    rows = []
    for one in found:
        mention, first = one.mention, one.first
        rows.append(
            (
                mention.edtf,
                iso(mention.earliest),
                iso(mention.latest),
                mention.granularity,
                one.evidence,
                mention.note,
                mention.form,
                one.text,
                first.article_id,
                first.title,
                first.outlet,
                iso(first.published),
                first.start,
                first.end,
                len(one.outlets),
            )
        )
    return csv_bytes(header, rows)


def claims_csv(claims: Sequence[Claim]) -> bytes:
    """A row a figure, with the number of its claim."""
    header = (
        "claim", "verdict", "agree", "counting", "of", "about", "low", "high", "comparison", "unit", "form", "text",
        "article", "title", "source", "published", "start", "end",
    )  # fmt: skip
    rows = []
    for number, one in enumerate(claims, 1):
        about = "\n".join(key.name for key in one.about)
        for figure in one.figures:
            quantity = figure.quantity
            rows.append(
                (
                    number,
                    one.verdict,
                    one.verdict == "agree",
                    one.counting,
                    one.counted,
                    about,
                    _number(quantity.low),
                    _number(quantity.high),
                    quantity.comparison,
                    quantity.unit,
                    quantity.form,
                    figure.text,
                    figure.article_id,
                    figure.title,
                    figure.outlet,
                    iso(figure.published),
                    quantity.start,
                    quantity.end,
                )
            )
    return csv_bytes(header, rows)
