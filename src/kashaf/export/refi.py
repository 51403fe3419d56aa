"""A REFI-QDA project (`.qdpx`), version 1.0 of 2019: the exchange format of tools for qualitative analysis.

A zip of `project.qde` and of the articles as plain text, `sources/GUID.txt`: UTF-8 without a byte order mark, line
feeds, the article's text letter by letter. `startPosition` and `endPosition` count code points of that text,
`[start, end)`, as QualCoder reads them. For all of the Basic Multilingual Plane, where the letters of Arabic are,
UTF-16 code units give the same numbers.

- A note on words that stand where they were marked, or that certainly moved, is a selection there, with a coding for
  each of its tags, and its body as the selection's description; a note on a whole article belongs to the source.
- Every note is also a `Note` under its own id, with all that the standard has no field for: kind, status,
  confidence, versions and citation.
- A note whose words changed or are gone, whose article is missing, or that is on no article, is a note of the
  project that says so; it marks and codes nothing.
- A link between two places that are both certain is a `Link`.

The same notes give the same bytes: nothing is compressed, and no time is of now.
"""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

from kashaf.export.dossier import ArticleFacts, Dossier, Entry, compose
from kashaf.export.dossier_facts import (
    articles_of,
    citation_lines,
    in_conflict,
    note_facts,
    stands,
    subject_details,
    subject_name,
)
from kashaf.export.dossier_wording import Wording, wording
from kashaf.export.refi_codes import NAMESPACE, add_codebook, child, guid
from kashaf.notes.model import ArticleTarget, WordsTarget
from kashaf.text.sanitise import is_clean, sanitise, sanitise_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kashaf.corpus.article import Article
    from kashaf.export.bundle import Bundle
    from kashaf.export.standing import Standing
    from kashaf.notes.model import Note

_ORIGIN: Final = "Kashaf"
_SHORT: Final = 60  # code points of the name of a note or a selection
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)  # the earliest a zip knows
_SEPARATORS: Final = str.maketrans("/\\:", "---")


def write(bundle: Bundle, language: str) -> bytes:
    """The project. language: of what notes say besides their bodies. Raises UsageError for another than en and ar."""
    return _zipped(_Project(bundle, wording(language)).files())


def _zipped(files: Iterable[tuple[str, bytes]]) -> bytes:
    packed = io.BytesIO()
    # Stored: deflate gives other bytes with another zlib.
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for name, data in files:
            info = zipfile.ZipInfo(name, _EPOCH)
            info.create_system = 3
            info.external_attr = 0o644 << 16
            archive.writestr(info, data)
    return packed.getvalue()


class _Project:
    def __init__(self, bundle: Bundle, words: Wording) -> None:
        self._bundle = bundle
        self._words = words
        self._dossier: Dossier = compose(bundle, "article")
        self._sources: dict[str, bytes] = {}
        self._of_article: dict[str, list[Entry]] = {}
        for entry in self._dossier.entries:
            for article_id in articles_of(entry.note):
                self._of_article.setdefault(article_id, []).append(entry)

    def files(self) -> list[tuple[str, bytes]]:
        project = ET.Element("Project", {"xmlns": NAMESPACE, "name": _ORIGIN, "origin": _ORIGIN})
        times = [time for note in self._bundle.notes for time in (note.created, note.modified)]
        if times:
            project.set("creationDateTime", min(times))
            project.set("modifiedDateTime", max(times))
        self._add_users(project)
        add_codebook(project, self._bundle.codebook, self._dossier.codes)
        self._add_sources(project)
        self._add_notes(project)
        self._add_links(project)
        for entry in self._dossier.entries:
            if not self._at_source(entry):
                child(project, "NoteRef", targetGUID=entry.note.id)
        ET.indent(project)
        xml = ET.tostring(project, encoding="utf-8", xml_declaration=True)
        return [("project.qde", xml), *sorted(self._sources.items())]

    def _add_users(self, project: ET.Element) -> None:
        names = {note.author for note in self._bundle.notes} | {
            version.author for note in self._bundle.notes for version in note.versions
        }
        names.discard("")
        if names:
            users = child(project, "Users")
            for name in sorted(names):
                child(users, "User", guid=guid("user", name), name=name)

    # Sources

    def _add_sources(self, project: ET.Element) -> None:
        sources: ET.Element | None = None
        for facts in self._dossier.articles:
            article = self._bundle.article(facts.id)
            if article is not None:
                sources = child(project, "Sources") if sources is None else sources
                self._add_source(sources, article, facts)

    def _add_source(self, sources: ET.Element, article: Article, facts: ArticleFacts) -> None:
        name = guid("source", article.id)
        self._sources[f"sources/{name}.txt"] = _letter_by_letter(article.text)
        known = self._of_article.get(facts.id, ())
        own = [entry for entry in known if entry.note.article_id == article.id]
        whole = [entry for entry in own if isinstance(entry.note.target, ArticleTarget)]
        source = child(
            sources,
            "TextSource",
            guid=name,
            # Some readers make a file of the name.
            name=f"{sanitise_line(facts.title)[:_SHORT]} ({article.id})".translate(_SEPARATORS).lstrip(),
            plainTextPath=f"internal://{name}.txt",
        )
        about = [subject_name(facts, self._words), *subject_details(facts, self._words)]
        about += filter(None, (facts.author, facts.url, f"SHA-256{self._words.colon}{article.text_sha256}"))
        child(source, "Description", "\n".join([*about, *(f"\n{entry.note.body}" for entry in whole)]))
        for entry in own:
            if entry.standing is not None and entry.standing.place is not None:
                self._add_selection(source, entry, entry.standing.place)
        for entry in known:
            if entry.note.other is not None and entry.note.other.article_id == article.id:
                self._add_other_end(source, entry)
        for entry in whole:
            self._add_codings(source, entry.note)
        for entry in whole:
            child(source, "NoteRef", targetGUID=entry.note.id)

    def _add_selection(self, source: ET.Element, entry: Entry, place: tuple[int, int]) -> None:
        note = entry.note
        selection = child(
            source,
            "PlainTextSelection",
            guid=_selection(note),
            name=_short(note.quote),
            startPosition=str(place[0]),
            endPosition=str(place[1]),
            **_made_by(note),
        )
        if note.body.strip():
            child(selection, "Description", note.body)
        self._add_codings(selection, note)
        child(selection, "NoteRef", targetGUID=note.id)

    def _add_codings(self, place: ET.Element, note: Note) -> None:
        for tag in note.tags:
            coding = child(
                place,
                "Coding",
                guid=guid("coding", f"{note.id}/{tag}"),
                creatingUser=guid("user", note.author) if note.author else "",
                creationDateTime=note.created,
            )
            child(coding, "CodeRef", targetGUID=guid("code", tag))

    def _add_other_end(self, source: ET.Element, entry: Entry) -> None:
        place = entry.other.place if entry.other is not None else None
        if place is None or entry.note.other is None or not _placed(entry):
            return
        selection = child(
            source,
            "PlainTextSelection",
            guid=_other_end(entry.note),
            name=_short(entry.note.other.quote),
            startPosition=str(place[0]),
            endPosition=str(place[1]),
            **_made_by(entry.note),
        )
        child(selection, "Description", self._named(entry))
        child(selection, "NoteRef", targetGUID=entry.note.id)

    # Notes

    def _add_notes(self, project: ET.Element) -> None:
        if not self._dossier.entries:
            return
        notes = child(project, "Notes")
        for entry in self._dossier.entries:
            note = child(notes, "Note", guid=entry.note.id, name=self._named(entry), **_made_by(entry.note))
            content = "\n".join(self._content(entry))
            if self._at_source(entry):
                child(note, "PlainTextContent", content)
            else:  # a file of its own: some readers take only these for notes of the project
                note.set("plainTextPath", f"internal://{entry.note.id}.txt")
                self._sources[f"sources/{entry.note.id}.txt"] = _letter_by_letter(sanitise(content).text)

    def _named(self, entry: Entry) -> str:
        kind = self._words.kinds[entry.note.kind]
        return f"{entry.number}. {kind}{self._words.colon}{_short(entry.note.body or entry.note.about)}"

    def _content(self, entry: Entry) -> list[str]:
        note, words = entry.note, self._words
        made = [f"{words.kind}{words.colon}{words.kinds[note.kind]}"]
        if isinstance(note.target, WordsTarget | ArticleTarget):
            made.append(stands(note.target, entry.standing, words))
        else:
            details = words.comma.join(subject_details(entry.subject, words))
            made.append(f"{subject_name(entry.subject, words)} ({details})")
        if in_conflict(note):
            made.append(words.unsettled)
        if isinstance(note.target, WordsTarget):
            made += self._quoted(note.target, entry.standing)
        if note.body.strip():
            made += ["", note.body, ""]
        if note.other is not None:
            made.append(f"{words.link}{words.colon}{sanitise_line(note.other.title)}")
            if entry.other is not None:
                made.append(stands(note.other, entry.other, words))
            made += self._quoted(note.other, entry.other)
        made += [
            f"{fact.label}{words.colon}{(fact.joiner or words.comma).join(fact.values)}"
            for fact in note_facts(entry, words)
        ]
        return made + citation_lines(entry, words)

    def _quoted(self, target: WordsTarget, found: Standing | None) -> list[str]:
        opening, closing = self._words.quotes
        made = [f"{self._words.marked_words}{self._words.colon}{opening}{target.quote}{closing}"]
        if found is not None and found.proposal is not None:
            made.append(f"{self._words.words_now}{self._words.colon}{opening}{found.now}{closing}")
        return made

    def _at_source(self, entry: Entry) -> bool:
        """Whether the note belongs to a source, and not to the project."""
        whole = isinstance(entry.note.target, ArticleTarget) and entry.article is not None
        return whole or _placed(entry)

    def _add_links(self, project: ET.Element) -> None:
        links: ET.Element | None = None
        for entry in self._dossier.entries:
            if not _placed(entry) or entry.other is None or entry.other.place is None:
                continue
            links = child(project, "Links") if links is None else links
            link = child(
                links,
                "Link",
                guid=guid("link", entry.note.id),
                name=self._named(entry),
                direction="OneWay",
                originGUID=_selection(entry.note),
                targetGUID=_other_end(entry.note),
            )
            child(link, "NoteRef", targetGUID=entry.note.id)


def _placed(entry: Entry) -> bool:
    return entry.standing is not None and entry.standing.place is not None


def _made_by(note: Note) -> dict[str, str]:
    last = note.versions[-1].author if note.versions else note.author
    return {
        "creatingUser": guid("user", note.author) if note.author else "",
        "creationDateTime": note.created,
        "modifyingUser": guid("user", last) if last else "",
        "modifiedDateTime": note.modified,
    }


def _selection(note: Note) -> str:
    return guid("selection", note.id)


def _other_end(note: Note) -> str:
    return guid("other end", note.id)


def _short(text: str) -> str:
    line = sanitise_line(text)
    return line if len(line) <= _SHORT else f"{line[:_SHORT].rstrip()}…"


def _letter_by_letter(text: str) -> bytes:
    """The text in UTF-8. What is no text becomes U+FFFD, one for one, so that positions stay."""
    if not is_clean(text):
        text = "".join(char if char == "\n" or is_clean(char) else "\ufffd" for char in text)
    return text.encode("utf-8")
