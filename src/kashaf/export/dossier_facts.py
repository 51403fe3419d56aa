"""What a dossier says of a note besides its words and its body: sentences and labelled facts, without markup."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kashaf.notes.citation import card, cite_note
from kashaf.notes.codebook import SEPARATOR
from kashaf.notes.model import ArticleTarget, EntityTarget, SearchTarget, WordsTarget
from kashaf.notes.versions import heads
from kashaf.text.sanitise import sanitise_line

if TYPE_CHECKING:
    from kashaf.export.dossier import Dossier, Entry, Subject
    from kashaf.export.dossier_wording import Wording
    from kashaf.export.standing import Standing
    from kashaf.notes.model import Note, Target


@dataclass(frozen=True, slots=True)
class Fact:
    """A label, and values that may each run their own way. joiner: between values, a comma where it is empty."""

    label: str
    values: tuple[str, ...]
    joiner: str = ""


def title_facts(dossier: Dossier, words: Wording) -> list[Fact]:
    """What stands on the title page. Nothing of now: the same notes give the same bytes."""
    entries = dossier.entries
    facts = [
        Fact(words.notes, (str(len(entries)),)),
        Fact(words.articles, (str(len(dossier.articles)),)),
        Fact(words.codes, (str(len(dossier.codes)),)),
    ]
    authors = sorted({entry.note.author for entry in entries} - {""})
    if authors:
        facts.append(Fact(words.authors, tuple(map(sanitise_line, authors))))
    days = sorted(entry.note.created[:10] for entry in entries)
    if days:
        facts.append(Fact(words.written, tuple(dict.fromkeys((days[0], days[-1]))), f" {words.to} "))
    states = dossier.states()
    if states:
        counted = [
            f"{name}{words.colon}{states[state]}" for state, name in words.states.items() if states[state]
        ]
        facts.append(Fact(words.state, tuple(counted)))
    return facts


def code_name(path: str) -> str:
    """A code as a reader sees it: `سلاح › كيماوي`."""
    return " › ".join(map(sanitise_line, path.split(SEPARATOR)))


def subject_name(subject: Subject, words: Wording) -> str:
    """What a subject is called, in a line."""
    match subject:
        case EntityTarget():
            return sanitise_line(subject.name)
        case SearchTarget():
            return sanitise_line(subject.query)
    return sanitise_line(subject.title) or words.untitled


def subject_details(subject: Subject, words: Wording) -> tuple[str, ...]:
    """What tells a subject from others of its name."""
    match subject:
        case EntityTarget():
            kind = words.entity_types.get(subject.type, sanitise_line(subject.type))
            return tuple(filter(None, (words.entity, kind)))
        case SearchTarget():
            rung = words.rungs.get(subject.rung, sanitise_line(subject.rung))
            match = words.matches.get(subject.match, sanitise_line(subject.match))
            return tuple(filter(None, (words.search, rung, match)))
    return tuple(filter(None, (sanitise_line(subject.outlet), subject.published or words.undated)))


def stands(target: Target | None, found: Standing | None, words: Wording) -> str:
    """Where a target is now, in a sentence or two; empty for one that stands on no article."""
    if found is None:
        return ""
    sentence = (words.article_stands if isinstance(target, ArticleTarget) else words.stands)[found.state]
    return " ".join(filter(None, (sentence, words.whys[found.why])))


def place_of(target: WordsTarget, words: Wording, place: tuple[int, int] | None = None) -> str:
    """The paragraph and the offsets that words were marked at, or the offsets where they are now."""
    start, end = place or (target.start, target.end)
    characters = words.characters.format(start, end)
    if place is not None and place != (target.start, target.end):
        return characters
    if target.paragraph is None:
        return characters
    named = words.paragraph.format(target.paragraph) if target.paragraph else words.in_title
    return f"{named}{words.comma}{characters}"


def note_facts(entry: Entry, words: Wording) -> list[Fact]:
    """Tags, confidence, status, author, times and versions."""
    note = entry.note
    facts = []
    if note.tags:
        facts.append(Fact(words.tags, tuple(map(code_name, note.tags))))
    facts.append(Fact(words.status, (words.statuses[note.status],)))
    if note.confidence:
        facts.append(Fact(words.confidence, (words.confidences[note.confidence],)))
    if author := sanitise_line(note.author):
        facts.append(Fact(words.author, (author, _told(note.created))))
    else:
        facts.append(Fact(words.written, (_told(note.created),)))
    if note.modified != note.created:
        facts.append(Fact(words.changed_on, (_told(note.modified),)))
    if len(note.versions) > 1:
        facts.append(Fact(words.versions, (str(len(note.versions)),)))
    return facts


def _told(time: str) -> str:
    """A time to the minute: `2025-03-26 10:00 UTC`."""
    return f"{time[:10]} {time[11:16]} UTC"


def articles_of(note: Note) -> tuple[str, ...]:
    """The ids of the articles that a note stands in: none, one, or those of the two ends of a link."""
    other = note.other.article_id if note.other is not None else ""
    return tuple(dict.fromkeys(filter(None, (note.article_id, other))))


def in_conflict(note: Note) -> bool:
    """Whether analysts changed the note apart from each other, and nobody has settled it."""
    return len(heads(note.versions)) > 1


def citation_lines(entry: Entry, words: Wording) -> list[str]:
    """The citation card without the words, which stand in the dossier anyhow. Values may be isolated.

    Of a note that there is nothing to cite of: its id.
    """
    if not isinstance(entry.note.target, WordsTarget | ArticleTarget):
        return [f"{words.note}{words.colon}{entry.note.id}"]
    return card(replace(cite_note(entry.note, entry.article), quote=""), words.language)
