"""What a format states outside the text, and how it and the lines of the text become metadata with evidence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from kashaf.corpus.article import Evidence, Metadata, MetadataField
from kashaf.corpus.languages import detect_language
from kashaf.corpus.metadata import fallback_title
from kashaf.corpus.page_head import Clue, Head
from kashaf.text.sanitise import sanitise_line

NOT_STATED: Final = "first words: no title is stated"
_BY_LETTERS: Final = Evidence("language", "letters of the text", 0.9)
_UNKNOWN: Final = Evidence("language", "letters of the text", 0.0)


@dataclass(frozen=True, slots=True)
class Stated:
    """What a format states outside the text. None where it says nothing; evidence as in `Metadata`."""

    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    published: date | None = None
    evidence: str = ""
    language: str | None = None
    url: str | None = None
    standfirst: str | None = None
    updated: date | None = None
    evidences: tuple[
        Evidence, ...
    ] = ()  # where each of these was read; that of the date is made of `evidence`
    may_hold_title: bool = True  # whether a missing title may be looked for in the lines
    may_hold_date: bool = True  # likewise a missing date


def metadata_of(
    stated: Stated, head: Head, text: str, starts: Mapping[int, int], standfirst: tuple[int, int] | None
) -> Metadata:
    """The values of an article, those that are stated before those of its lines, each with its evidence.

    text: of the article. starts: where the lines of `head.body` begin in it, by their index (and the title's, by
    `page_head.TITLE`); lines that are not in the text are left out. standfirst: where a stated one stands.
    """
    return _Weighing(stated, head, text, starts, standfirst).metadata()


class _Weighing:
    def __init__(
        self,
        stated: Stated,
        head: Head,
        text: str,
        starts: Mapping[int, int],
        standfirst: tuple[int, int] | None,
    ) -> None:
        self.stated = stated
        self.head = head
        self.text = text
        self.starts = starts
        self.standfirst_at = standfirst
        self.evidence: list[Evidence] = []
        self.named = {one.field: one for one in stated.evidences}

    def metadata(self) -> Metadata:
        stated, head = self.stated, self.head
        title = self._title()
        standfirst = self._line("standfirst", stated.standfirst, head.standfirst, self.standfirst_at)
        outlet = self._line("outlet", stated.outlet, head.outlet)
        author = self._line("author", stated.author, head.author)
        published, said = self._published()
        updated = stated.updated or (head.updated if stated.may_hold_date else None)
        if updated is not None:
            self._say("updated", None, stated=stated.updated is not None)
        dateline = head.dateline
        if dateline is not None:
            self._say("dateline", None, stated=False)
        url = self._line("url", stated.url, head.url)
        language = self._language()
        return Metadata(
            title=title,
            outlet=outlet,
            author=author,
            published=published,
            published_evidence=said,
            language=language,
            url=url,
            standfirst=standfirst,
            updated=updated,
            dateline=dateline,
            evidence=tuple(self.evidence),
        )

    def _title(self) -> str:
        title = self.head.title
        if title:
            self._say("title", (0, len(title)), stated=self.stated.title is not None)
            return title
        title = fallback_title(self.text)
        shown = title.rstrip("…")
        span = (0, len(shown)) if shown and self.text.startswith(shown) else None
        self.evidence.append(Evidence("title", NOT_STATED, 0.0, span))
        return title

    def _line(
        self, field: MetadataField, given: str | None, found: str | None, span: tuple[int, int] | None = None
    ) -> str | None:
        value = sanitise_line(given) if given else ""
        if value:
            self._say(field, span, stated=True)
            return value
        value = sanitise_line(found) if found else ""
        if value:
            self._say(field, None, stated=False)
        return value or None

    def _published(self) -> tuple[date | None, str]:
        stated, head = self.stated, self.head
        if stated.published is not None:
            named = self.named.get("published")
            said = sanitise_line(stated.evidence or (named.where if named is not None else "")) or _where(
                "published"
            )
            sure = named.confidence if named is not None else 1.0
            self.evidence.append(Evidence("published", said, sure, named.span if named is not None else None))
            return stated.published, said
        if head.published is None or not stated.may_hold_date:
            return None, ""
        self._say("published", None, stated=False)
        return head.published, self.evidence[-1].where

    def _language(self) -> str:
        given = self.stated.language or self.head.language
        language = detect_language(self.text, given)
        if given and detect_language("", given) == language:
            self._say("language", None, stated=bool(self.stated.language))
        else:
            self.evidence.append(_UNKNOWN if language == "und" else _BY_LETTERS)
        return language

    def _say(self, field: MetadataField, span: tuple[int, int] | None, *, stated: bool) -> None:
        """Note where a value was read."""
        named = self.named.get(field) if stated else None
        if named is not None:
            where = sanitise_line(named.where) or _where(field)
            self.evidence.append(replace(named, where=where, span=span or named.span))
            return
        clue = next((one for one in self.head.clues if one.field == field), None) if not stated else None
        if clue is None:
            self.evidence.append(Evidence(field, _where(field), 1.0, span))
            return
        self.evidence.append(Evidence(field, clue.where, clue.confidence, span or self._span(clue)))

    def _span(self, clue: Clue) -> tuple[int, int] | None:
        start = self.starts.get(clue.at) if clue.at is not None else None
        return (start + clue.start, start + clue.end) if start is not None else None


def _where(field: MetadataField) -> str:
    return f"stated by the file: {field}"
