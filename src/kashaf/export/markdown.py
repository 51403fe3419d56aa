"""A dossier in Markdown: to be read as it is, put into a report, or turned into another format.

The same notes give the same bytes. All that is not the dossier's own is escaped, the body of a note as well: what
an analyst wrote is shown as written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kashaf.export.dossier import ArticleFacts, Dossier, Entry, Group, Section, compose
from kashaf.export.dossier_facts import (
    Fact,
    citation_lines,
    code_name,
    in_conflict,
    note_facts,
    place_of,
    stands,
    subject_details,
    subject_name,
    title_facts,
)
from kashaf.export.dossier_wording import Wording, wording
from kashaf.export.markdown_escape import escape, paragraphs
from kashaf.notes.model import ArticleTarget, WordsTarget

if TYPE_CHECKING:
    from kashaf.export.bundle import Bundle
    from kashaf.export.dossier import Part, Subject
    from kashaf.export.standing import Standing
    from kashaf.notes.model import Target


def write(bundle: Bundle, language: str, *, group: Group = "code") -> bytes:
    """The dossier in UTF-8. Raises UsageError for a language or a group that there is not."""
    words = wording(language)
    dossier = compose(bundle, group)
    return ("\n".join(_Page(dossier, words).lines()) + "\n").encode("utf-8", "replace")


class _Page:
    def __init__(self, dossier: Dossier, words: Wording) -> None:
        self._dossier = dossier
        self._words = words

    def lines(self) -> list[str]:
        made = [f"# {self._words.title}", "", *self._facts(title_facts(self._dossier, self._words))]
        if not self._dossier.sections:
            made += ["", self._words.no_notes]
        for section in self._dossier.sections:
            made += ["", *self._section(section)]
        return made

    def _section(self, section: Section) -> list[str]:
        if self._dossier.group == "article":
            return self._part(section.parts[0], "##")
        code = section.code
        made = [f"## {escape(code_name(code.path)) if code else self._words.untagged}"]
        if code and code.description:
            made += ["", *paragraphs(code.description)]
        for part in section.parts:
            made += ["", *self._part(part, "###")]
        if section.elsewhere:
            numbers = self._words.comma.join(str(entry.number) for entry in section.elsewhere)
            made += ["", f"{self._words.elsewhere}{self._words.colon}{numbers}"]
        return made

    def _part(self, part: Part, level: str) -> list[str]:
        made = [f"{level} {escape(subject_name(part.subject, self._words))}", "", self._about(part.subject)]
        for entry in part.entries:
            made += ["", *self._entry(entry, f"{level}#")]
        return made

    def _about(self, subject: Subject) -> str:
        details = list(subject_details(subject, self._words))
        if isinstance(subject, ArticleFacts):
            details += filter(None, (subject.author, subject.url))
        return self._words.comma.join(map(escape, details))

    def _entry(self, entry: Entry, level: str) -> list[str]:
        note, words = entry.note, self._words
        made = [f"{level} {entry.number}. {words.kinds[note.kind]}", ""]
        if isinstance(note.target, WordsTarget):
            made += self._quoted(note.target, entry.standing)
        elif isinstance(note.target, ArticleTarget):
            made += [words.whole_article, ""]
        made += self._stands(note.target, entry.standing)
        if in_conflict(note):
            made += [f"**{words.unsettled}**", ""]
        if note.body.strip():
            made += [*paragraphs(note.body), ""]
        if note.other is not None:
            made += [f"{words.link}{words.colon}{escape(note.other.title)}", ""]
            made += [*self._quoted(note.other, entry.other), *self._stands(note.other, entry.other)]
        made += self._facts(note_facts(entry, words))
        cited = [f"  - {escape(line)}" for line in citation_lines(entry, words)]
        return [*made, f"- {words.citation}{words.colon}".rstrip(), *cited]

    def _quoted(self, target: WordsTarget, found: Standing | None) -> list[str]:
        made = [*paragraphs(target.quote, "> "), ""]
        if found is not None and found.proposal is not None:
            at = place_of(target, self._words, found.proposal)
            made += [f"{self._words.words_now} ({at}){self._words.colon}".rstrip(), ""]
            made += [*paragraphs(found.now, "> "), ""]
        elif found is not None and found.state == "moved":
            at = place_of(target, self._words, found.place)
            made += [f"{self._words.place}{self._words.colon}{at}", ""]
        return made

    def _facts(self, facts: list[Fact]) -> list[str]:
        return [
            f"- {fact.label}{self._words.colon}{(fact.joiner or self._words.comma).join(map(escape, fact.values))}"
            for fact in facts
        ]

    def _stands(self, target: Target, found: Standing | None) -> list[str]:
        sentence = stands(target, found, self._words)
        if found is None or found.state in {"exact", "moved"}:
            return [sentence, ""] if sentence else []
        return [f"**{sentence}**", ""]
