"""What is known of an article, as lines: what it states, with its evidence, and where it is from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from rich.style import Style
from textual.strip import Strip

from kashaf.corpus.article import Article, MetadataField
from kashaf.corpus.corrections import BY_ANALYST, CORRECTED_FIELDS, CorrectedField, Correction
from kashaf.text.sanitise import sanitise_line
from kashaf_tui.explorer.evidence_words import evidence_words
from kashaf_tui.explorer.panes.imports import ImportRows, ItemRow
from kashaf_tui.explorer.panes.report_items import Item
from kashaf_tui.explorer.reviser import Dossier
from kashaf_tui.explorer.widgets.paint import facts, isolated, left_to_right, path_words
from kashaf_tui.explorer.wording import Wording

_LONGEST: Final = 4000  # code points of a value that are laid out
_SHOWN: Final = 200  # revisions and warnings

#: In the order of the screen.
FIELDS: Final[tuple[MetadataField, ...]] = (
    "title", "standfirst", "outlet", "author", "published", "updated", "dateline", "url", "language",
)  # fmt: skip


class DetailRows(ImportRows):
    """A value keeps its selection when it changes."""

    def key(self, row: ItemRow) -> object:
        return (row.item.part, row.first) if row.item.part else super().key(row)

    def draw_row(self, row: ItemRow, width: int, base: Style) -> Sequence[Strip]:
        """Headings open nothing here, and have no sign for it."""
        if row.item.opened is not None:
            base += self.get_component_rich_style("row--heading", partial=True)
            row = replace(row, item=replace(row.item, opened=None))
        return super().draw_row(row, width, base)


def value_of(article: Article, field: MetadataField) -> str:
    """A value of the metadata as it is written; empty when it is not stated."""
    value = getattr(article.metadata, field)
    return "" if value is None else sanitise_line(str(value))


def corrected_field(part: str) -> CorrectedField | None:
    """The field of a line that can be corrected."""
    return next((field for field in CORRECTED_FIELDS if field == part), None)


def detail_items(say: Wording, dossier: Dossier) -> Iterator[Item]:
    """Every value with where it was read and how sure that is; then the file, its encoding, and the import."""
    article = dossier.article
    corrections = {one.field: one for one in (dossier.entry.corrections if dossier.entry else ())}
    yield Item(say("what it states"), opened=True)
    for field in FIELDS:
        correction = next((one for one in corrections.values() if one.field == field), None)
        yield _stated(say, article, field, correction)
    warnings = article.provenance.warnings
    if warnings:
        yield Item(say("warnings"), count=f"{len(warnings):,}", opened=True)
        for warning in warnings[:_SHOWN]:
            yield Item("! " + sanitise_line(warning)[:_LONGEST], level=1)
    yield Item(say("where it is from"), opened=True)
    yield from _origin(say, dossier)


def _stated(say: Wording, article: Article, field: MetadataField, correction: Correction | None) -> Item:
    value, name = value_of(article, field), say(field)
    evidence = article.metadata.evidence_of(field)
    if correction is not None:
        name = say("corrected mark", field=name)
        detail = say("corrected on", day=left_to_right(correction.when[:10]))
    elif field == "title" and evidence is not None and not evidence.confidence:
        detail = say("no title stated")
    elif evidence is not None and value and evidence.where != BY_ANALYST:
        detail = evidence_words(say, evidence)
    else:
        detail = ""
    shown = _shown(field, value) if value else say("not stated")
    return Item(f"{name}: {shown}", detail=detail if value or correction else "", part=field, level=1)


def _shown(field: MetadataField, value: str) -> str:
    plain = field in ("url", "published", "updated", "language")
    return left_to_right(value[:_LONGEST]) if plain else isolated(value[:_LONGEST])


def _origin(say: Wording, dossier: Dossier) -> Iterator[Item]:
    source, entry = dossier.article.provenance, dossier.entry
    yield _line(say("file"), path_words(source.path), "file")
    if source.member:
        yield _line(say("member"), left_to_right(sanitise_line(source.member)), "member")
    if source.container:
        archive = left_to_right(source.container_sha256)
        yield Item(
            f"{say('archive')}: {path_words(source.container)}", detail=archive, part="archive", level=1
        )
    sure = say("sure") if source.confidence >= 0.99 else _percent(say, source.confidence)
    yield Item(f"{say('encoding')}: {left_to_right(source.encoding)}", detail=sure, part="encoding", level=1)
    yield _line("SHA-256", left_to_right(source.sha256), "sha256")
    yield _line(say("article id"), left_to_right(dossier.article.id), "id")
    if entry is None:
        return
    for number, revision in enumerate(reversed(entry.revisions[-_SHOWN:])):
        if number == 1:
            yield Item(say("revisions"), count=f"{len(entry.revisions) - 1:,}", opened=True)
        words = facts([_time(revision.imported), say("by version", version=left_to_right(revision.version))])
        detail = "" if not number else left_to_right(revision.raw_sha256)
        yield Item(f"{say('imported')}: {words}", detail=detail, part=f"revision {number}", level=1)


def _percent(say: Wording, confidence: float) -> str:
    return say("rather sure" if confidence >= 0.75 else "unsure", percent=round(100 * confidence))


def _line(name: str, value: str, part: str) -> Item:
    return Item(f"{name}: {value}", part=part, level=1)


def _time(iso: str) -> str:
    try:
        return left_to_right(f"{datetime.fromisoformat(iso).astimezone():%Y-%m-%d %H:%M}")
    except ValueError:
        return left_to_right(sanitise_line(iso))
