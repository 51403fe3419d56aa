"""What a dossier says, and in which order, before any markup: for Markdown and HTML alike.

Every note has one place and one number, counted from 1. By code it stands under the first of its tags, and the
sections of its other tags name its number; notes without a tag come last. Within a code the articles follow by
day, title and id, then entities, then searches; within an article the notes follow by their place in the text.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING, Final, Literal, TypeAlias, get_args

from kashaf.errors import UsageError
from kashaf.export.standing import State, standing
from kashaf.notes.code_colours import automatic
from kashaf.notes.codebook import SEPARATOR, Code
from kashaf.notes.model import ArticleTarget, EntityTarget, Note, SearchTarget, WordsTarget

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kashaf.corpus.article import Article
    from kashaf.export.bundle import Bundle
    from kashaf.export.standing import Standing
    from kashaf.notes.codebook import Codebook

Group: TypeAlias = Literal["code", "article"]
_COLOUR: Final = re.compile("#[0-9a-f]{6}")
GROUPS: Final[tuple[Group, ...]] = get_args(Group)


@dataclass(frozen=True, slots=True)
class ArticleFacts:
    """What is known of an article: by itself when it is in the workspace, else by a note's target."""

    id: str
    title: str
    outlet: str
    published: str
    author: str = ""
    url: str = ""
    language: str = ""


Subject: TypeAlias = ArticleFacts | EntityTarget | SearchTarget


@dataclass(frozen=True, slots=True)
class Entry:
    """A note at its place. article: as it is now, None when it is not at hand.

    standing: of its target, None for an entity and a search. other: of the other end of a link.
    """

    number: int
    note: Note
    subject: Subject
    article: Article | None
    standing: Standing | None
    other: Standing | None


@dataclass(frozen=True, slots=True)
class Part:
    """The entries on one subject, in the order of their places."""

    subject: Subject
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """One code with its parts, or one subject with one part.

    code: None for the notes without a tag, and where sections are subjects. elsewhere: entries that bear the
    code and stand under another one.
    """

    number: int
    code: Code | None
    parts: tuple[Part, ...]
    elsewhere: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Dossier:
    """group: what sections are. codes: those in use, in the codebook's order, words of one's own after it."""

    group: Group
    sections: tuple[Section, ...]
    codes: tuple[Code, ...]
    articles: tuple[ArticleFacts, ...]

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All, by number."""
        return tuple(entry for section in self.sections for part in section.parts for entry in part.entries)

    def states(self) -> Mapping[State, int]:
        """How many notes on words and on articles stand how."""
        return Counter(entry.standing.state for entry in self.entries if entry.standing is not None)


def compose(bundle: Bundle, group: Group = "code") -> Dossier:
    """The dossier of the bundle's notes. Raises UsageError for a group that there is not."""
    if group not in GROUPS:
        raise UsageError(f"no grouping of a dossier: {group}", cure=f"Give one of {', '.join(GROUPS)}")
    entries = _Entries(bundle)
    codes = used_codes(bundle.notes, bundle.codebook)
    if group == "code":
        sections = _by_code(entries, codes)
    else:
        # The entries are in the order of their subjects already.
        sections = [(None, list(own), []) for _, own in groupby(entries.all, _order_of_subject)]
    return Dossier(group, _numbered(sections), codes, entries.articles)


def used_codes(notes: Iterable[Note], codebook: Codebook) -> tuple[Code, ...]:
    """The codes that notes bear, each with a colour: those of the codebook in its order, then the others by name.

    Those of no codebook differ in colour from all others, but for what is below one code, while there are enough.
    """
    used = {tag for note in notes for tag in note.tags}
    coloured = [
        replace(code, colour=colour(codebook, code.path)) for code in codebook.tree() if code.path in used
    ]
    taken = {code.colour for code in coloured}
    own = sorted(used - {code.path for code in coloured}, key=lambda path: path.split(SEPARATOR))
    of_top: dict[str, str] = {}
    for path in own:
        top = path.partition(SEPARATOR)[0]
        if codebook.find(top) is not None:
            coloured.append(Code(path, colour(codebook, path)))
            continue
        if top not in of_top:
            of_top[top] = automatic(top, taken)
            taken.add(of_top[top])
        coloured.append(Code(path, of_top[top]))
    return tuple(coloured)


def colour(codebook: Codebook, path: str) -> str:
    """The colour of a code, `#rrggbb`: a codebook that was not read from a file may hold anything."""
    given = codebook.colour_of(path)
    return given if _COLOUR.fullmatch(given) else automatic(path)


class _Entries:
    """The entries, not numbered yet. An article is asked for once."""

    def __init__(self, bundle: Bundle) -> None:
        self._bundle = bundle
        self._articles: dict[str, Article | None] = {}
        facts: dict[str, ArticleFacts] = {}
        for note in sorted(bundle.notes, key=lambda one: one.id):
            for target in (note.target, note.other):
                if isinstance(target, WordsTarget | ArticleTarget) and target.article_id not in facts:
                    facts[target.article_id] = _facts(target, self._article(target.article_id))
        self._facts = facts
        self.articles = tuple(sorted(facts.values(), key=_subject_order))
        self.all = tuple(sorted(map(self._entry, bundle.notes), key=_entry_order))

    def _article(self, article_id: str) -> Article | None:
        if article_id not in self._articles:
            self._articles[article_id] = self._bundle.article(article_id)
        return self._articles[article_id]

    def _entry(self, note: Note) -> Entry:
        target = note.target
        other = standing(note.other, self._article(note.other.article_id)) if note.other is not None else None
        if isinstance(target, EntityTarget | SearchTarget):
            return Entry(0, note, target, None, None, other)
        article = self._article(target.article_id)
        now = standing(target, article, self._bundle.anchors.get(note.id))
        return Entry(0, note, self._facts[target.article_id], article, now, other)


def _facts(target: WordsTarget | ArticleTarget, article: Article | None) -> ArticleFacts:
    if article is None:
        return ArticleFacts(target.article_id, target.title, target.outlet, target.published)
    about = article.metadata
    return ArticleFacts(
        id=article.id,
        title=about.title or target.title,
        outlet=about.outlet or "",
        published=about.published.isoformat() if about.published else "",
        author=about.author or "",
        url=about.url or "",
        language=about.language,
    )


def _subject_order(subject: Subject) -> tuple[int, str, str, str]:
    match subject:
        case EntityTarget():
            return (1, subject.name, subject.type, "")
        case SearchTarget():
            return (2, subject.query, subject.rung, subject.match)
    return (0, subject.published or "9999", subject.title, subject.id)


def _order_of_subject(entry: Entry) -> tuple[int, str, str, str]:
    return _subject_order(entry.subject)


def _entry_order(entry: Entry) -> tuple[tuple[int, str, str, str], int, int, str, str]:
    place = (-1, -1)
    if entry.note.words is not None and entry.standing is not None:
        place = entry.standing.shown or entry.note.place
    return (_subject_order(entry.subject), *place, entry.note.created, entry.note.id)


_Unnumbered: TypeAlias = tuple[Code | None, list[Entry], list[Entry]]


def _by_code(entries: _Entries, codes: tuple[Code, ...]) -> list[_Unnumbered]:
    sections: dict[str, _Unnumbered] = {code.path: (code, [], []) for code in codes}
    untagged: list[Entry] = []
    for entry in entries.all:
        first, *others = entry.note.tags or ("",)
        if not first:
            untagged.append(entry)
            continue
        sections[first][1].append(entry)
        for tag in others:
            sections[tag][2].append(entry)
    return [*sections.values(), *([(None, untagged, [])] if untagged else [])]


def _numbered(sections: list[_Unnumbered]) -> tuple[Section, ...]:
    numbered: dict[str, Entry] = {}
    for _, own, _ in sections:
        for entry in own:
            numbered[entry.note.id] = replace(entry, number=len(numbered) + 1)
    return tuple(
        Section(
            number,
            code,
            _parts([numbered[entry.note.id] for entry in own]),
            tuple(sorted((numbered[entry.note.id] for entry in elsewhere), key=lambda one: one.number)),
        )
        for number, (code, own, elsewhere) in enumerate(sections, 1)
    )


def _parts(entries: list[Entry]) -> tuple[Part, ...]:
    parts = [tuple(own) for _, own in groupby(entries, _order_of_subject)]
    return tuple(Part(own[0].subject, own) for own in parts)
