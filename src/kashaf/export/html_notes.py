"""One note of a dossier in HTML: its words in their paragraph, what became of them, the body, and the proof."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kashaf.export.dossier_facts import (
    Fact,
    citation_lines,
    code_name,
    in_conflict,
    note_facts,
    place_of,
    stands,
)
from kashaf.export.html_builder import Content, Markup, join, lines, listed, named, tag, way
from kashaf.export.passages import Line, Mark, Passages
from kashaf.notes.model import ArticleTarget, WordsTarget

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kashaf.export.dossier import Dossier, Entry
    from kashaf.export.dossier_wording import Wording
    from kashaf.export.standing import Standing
    from kashaf.notes.model import Target

_SIGNS: Final = {"exact": "✓", "moved": "↷", "changed": "~", "orphan": "∅", "missing": "?"}
_UNDERLINES: Final = 5
_NEAR: Final = 40  # notes named below a passage
# A value that runs against its line, between FSI and PDI, as the citation card has it.
_ISOLATED: Final = re.compile("\u2068([^\u2068\u2069]*)\u2069")


class Notes:
    """The notes of a dossier, each by itself."""

    def __init__(self, dossier: Dossier, words: Wording) -> None:
        self._words = words
        self._class_of = {code.path: f"c{number}" for number, code in enumerate(dossier.codes, 1)}
        self._entry_of = {entry.number: entry for entry in dossier.entries}
        self._section_of = {
            section.code.path: section.number for section in dossier.sections if section.code is not None
        }
        self._marks: dict[str, list[Mark]] = {}
        for entry in dossier.entries:
            if entry.standing is not None and entry.standing.place is not None:
                mark = Mark(*entry.standing.place, entry.number)
                self._marks.setdefault(entry.note.article_id, []).append(mark)
        self._passages: dict[str, Passages] = {}

    def link(self, entry: Entry) -> Markup:
        """A link to the note by its number."""
        label = f"{self._words.note} {entry.number}"
        return tag("a", str(entry.number), href=f"#note-{entry.note.id}", aria_label=label)

    def html(self, entry: Entry, heading: str) -> Markup:
        note, words = entry.note, self._words
        made = [tag(heading, f"{entry.number}. {words.kinds[note.kind]}", self._badge(entry), class_="kind")]
        if isinstance(note.target, ArticleTarget):
            made.append(tag("p", words.whole_article, class_="label"))
        if isinstance(note.target, WordsTarget):
            made += self._words_of(note.target, entry, entry.standing, own=True)
        made.append(self._stands(note.target, entry.standing))
        if in_conflict(note):
            made.append(tag("p", words.unsettled, class_="stands changed"))
        if note.body.strip():
            body = note.body.strip("\n")
            made.append(tag("div", body, class_="body", **way(body, words.language)))
        if note.other is not None:
            made.append(
                tag("p", words.link, words.colon, named(note.other.title, words.language), class_="label")
            )
            made += self._words_of(note.other, entry, entry.other, own=False)
            made.append(self._stands(note.other, entry.other))
        made += self._facts(entry)
        made.append(self._citation(entry))
        colour = self._class_of.get(note.tags[0]) if note.tags else None
        return tag(
            "article",
            lines(made),
            class_=f"note coded {colour}" if colour else "note",
            id=f"note-{note.id}",
            aria_label=f"{words.note} {entry.number}",
        )

    def _badge(self, entry: Entry) -> Markup | None:
        if entry.standing is None:
            return None
        state = entry.standing.state
        sign = tag("span", _SIGNS[state], class_="sign", aria_hidden="true")
        return tag("span", sign, self._words.states[state], class_=f"state {state}")

    def _stands(self, target: Target, found: Standing | None) -> Markup:
        """What became of the words; where they stand as they did, the badge says it."""
        if found is None or found.state == "exact":
            return join()
        return tag("p", stands(target, found, self._words), class_=f"stands {found.state}")

    def _words_of(
        self, target: WordsTarget, entry: Entry, found: Standing | None, *, own: bool
    ) -> Iterator[Markup]:
        """The words in their paragraph; beside what stands there now when they changed."""
        if found is not None and found.place is not None and own:
            yield from self._passage(entry, found.place)
            return
        told = self._told(target)
        if found is None or found.proposal is None:
            yield told
            return
        now = (
            join(self._passage(entry, found.proposal, proposal=True))
            if own
            else self._quote(found.now, tag("mark", found.now, class_="proposal"))
        )
        at = place_of(target, self._words, found.proposal)
        yield tag(
            "div",
            tag("div", tag("p", self._words.marked_words, class_="label"), told),
            tag("div", tag("p", self._words.words_now, f" ({at})", class_="label"), now),
            class_="pair",
        )

    def _told(self, target: WordsTarget) -> Markup:
        """The words as the note keeps them, within what stood around them then."""
        before, after = target.prefix.rpartition("\n")[2], target.suffix.partition("\n")[0]
        return self._quote(
            target.quote,
            tag("span", "…" if before else "", before, class_="context"),
            tag("mark", target.quote),
            tag("span", after, "…" if after else "", class_="context"),
        )

    def _passage(self, entry: Entry, place: tuple[int, int], *, proposal: bool = False) -> Iterator[Markup]:
        article = entry.article
        if article is None:
            return
        if article.id not in self._passages:
            self._passages[article.id] = Passages(article, self._marks.get(article.id, ()))
        shown = self._passages[article.id].around(place, entry.number)
        near = sorted({number for line in shown for part in line.segments for number in part.others})
        more, near = len(near) - _NEAR, near[:_NEAR]
        line_of = {number: f"u{at % _UNDERLINES + 1}" for at, number in enumerate(near)}
        text = "".join(part.text for line in shown for part in line.segments)
        paragraphs = [tag("p", self._line(line, line_of, proposal=proposal)) for line in shown]
        yield self._quote(text, *paragraphs, language=article.metadata.language)
        if near:
            links = [
                tag("span", self.link(self._entry_of[number]), class_=f"other {line_of[number]}")
                for number in near
            ]
            near_by = join(listed(links, self._words.comma), f" (+{more})" if more > 0 else None)
            yield tag("p", self._words.nearby, self._words.colon, near_by, class_="near")

    def _line(self, line: Line, line_of: dict[int, str], *, proposal: bool) -> Markup:
        made: list[Content] = ["… " if line.cut_before else None]
        for part in line.segments:
            inner: Content = part.text
            if part.others:
                kind = line_of.get(part.others[0], "several") if len(part.others) == 1 else "several"
                inner = tag("span", inner, class_=f"other {kind}")
            if part.own:
                inner = tag("mark", inner, class_="proposal" if proposal else None)
            made.append(inner)
        return join(*made, " …" if line.cut_after else None)

    def _quote(self, text: str, *content: Content, language: str = "") -> Markup:
        return tag("blockquote", *content, **way(text, self._words.language, language))

    def _facts(self, entry: Entry) -> Iterator[Markup]:
        if entry.note.tags:
            chips = [tag("li", self._chip(path)) for path in entry.note.tags]
            yield tag("ul", lines(chips), class_="chips", aria_label=self._words.tags)
        facts = [fact for fact in note_facts(entry, self._words) if fact.label != self._words.tags]
        yield tag("p", listed(map(self._fact, facts), " · "), class_="fine")

    def _fact(self, fact: Fact) -> Markup:
        values = [named(value, self._words.language) for value in fact.values]
        told = listed(values, fact.joiner or self._words.comma)
        return tag("span", fact.label, self._words.colon, told, class_="fact")

    def _chip(self, path: str) -> Markup:
        label = join(
            tag("span", class_=f"swatch {self._class_of[path]}", aria_hidden="true"),
            named(code_name(path), self._words.language),
        )
        section = self._section_of.get(path)
        # By article a code has no section, but its place in the index.
        return tag("a", label, href=f"#s{section}" if section else f"#{self._class_of[path]}")

    def _citation(self, entry: Entry) -> Markup:
        cited = [tag("p", self._isolated(line)) for line in citation_lines(entry, self._words)]
        return tag("div", lines(cited), class_="cite", role="group", aria_label=self._words.citation)

    def _isolated(self, line: str) -> Markup:
        """A line of the card: its isolates as elements, which survive where control characters do not."""
        pieces = _ISOLATED.split(line)
        return join(
            *(named(piece, self._words.language) if at % 2 else piece for at, piece in enumerate(pieces))
        )
