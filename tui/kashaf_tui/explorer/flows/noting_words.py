"""What keys do to words of the article and to the notes under the caret: highlight, tag, write, link, go on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kashaf.corpus.article import Article
from kashaf.notes.anchoring import make_target
from kashaf.notes.model import ArticleTarget, NewNote, Note, WordsTarget
from kashaf.text.sanitise import sanitise_line
from kashaf_tui.explorer.desk import Desk
from kashaf_tui.explorer.flows.saving import SavingFlow
from kashaf_tui.explorer.flows.writing_notes import WritingFlow
from kashaf_tui.explorer.marking import Span, unit_at
from kashaf_tui.explorer.widgets.paint import facts_label, isolated

if TYPE_CHECKING:
    from kashaf_tui.explorer.screens.main import MainScreen
    from kashaf_tui.explorer.screens.tagging import Tagging

_SEEN = 120  # code points of a note that its line below the article could show


class WordsFlow:
    """Without a mark, the sentence under the caret is meant."""

    def __init__(self, screen: MainScreen, desk: Desk, saving: SavingFlow, writing: WritingFlow) -> None:
        self._screen = screen
        self._desk = desk
        self._saving = saving
        self._writing = writing
        self._chosen = ""
        self._from: WordsTarget | None = None
        self._on_its_way: WordsTarget | None = None

    # Words

    @property
    def _article(self) -> Article | None:
        reading = self._screen.article.reading
        return reading.article if reading is not None else None

    def _words(self) -> tuple[Article, Span] | None:
        """What a note would stand on: what is marked, else the sentence under the caret."""
        article, reader = self._article, self._screen.article
        if article is None:
            self._screen.status.say(self._screen.say("no article open"))
            return None
        start, end = reader.span or unit_at(article.text, "sentence", reader.caret)
        quote = article.text[start:end]
        start, end = start + len(quote) - len(quote.lstrip()), end - len(quote) + len(quote.rstrip())
        if start >= end:
            self._screen.status.say(self._screen.say("mark first"))
            return None
        return article, (start, end)

    def highlight(self, tags: Sequence[str] = ()) -> None:
        """Highlight what is marked, or the sentence; the same words with the same tags are not highlighted twice."""
        found = None if self._saving.refused() else self._words()
        if found is None:
            return
        article, span = found
        reader, say = self._screen.article, self._screen.say
        for note in self._screen.noting.of_open():
            if note.kind == "highlight" and self._screen.noting.span_of(note) == span:
                self._again(note, tags)
                return
        word = say("highlighted") if reader.span is not None else say("highlighted sentence")
        if tags:
            word = say("highlighted with", tags=tag_words(tags))
            self._screen.noting.used(tags)
        target = make_target(article, *span)
        reader.cancel_mark()
        if target != self._on_its_way:  # a key that was held down
            self._on_its_way = target
            self._saving.change(lambda: self._desk.add(NewNote(target, tags=tuple(tags))), word)

    def arrived(self) -> None:
        """The notes that are listed are those that are there."""
        self._on_its_way = None

    def _again(self, note: Note, tags: Sequence[str]) -> None:
        """Words that are highlighted already get the tags they have not."""
        new = tuple(tag for tag in tags if tag not in note.tags)
        self._screen.article.cancel_mark()
        self._chosen = note.id
        if not new:
            self._screen.status.say(self._screen.say("highlighted already"))
            return
        self._screen.noting.used(tags)
        word = self._screen.say("tagged with", tags=tag_words(new))
        self._saving.change(lambda: self._desk.retag([note.id], add=new), word)

    def repeat(self) -> None:
        """Highlight with the codes used last, or tag the note under the caret with them."""
        codes = self._screen.noting.last_codes
        if not codes:
            self.tag()
        elif self._screen.article.span is None and (note := self.here()) is not None:
            self._again(note, codes)
        else:
            self.highlight(codes)

    def write(self) -> None:
        """A note on what is marked; without a mark, edit the one under the caret, or write on the sentence."""
        if self._screen.article.span is None and (note := self.here()) is not None:
            self._writing.edit(note)
        elif not self._saving.refused() and (found := self._words()) is not None:
            self._writing.new(make_target(found[0], *found[1]))

    def write_on_article(self) -> None:
        """A note on the article as a whole."""
        article = self._article
        if article is None:
            return
        about = article.metadata
        self._writing.new(
            ArticleTarget(
                article.id,
                article.text_sha256,
                sanitise_line(about.title),
                sanitise_line(about.outlet or ""),
                about.published.isoformat() if about.published else "",
                article.provenance.sha256,
            )
        )

    def tag(self) -> None:
        """Tag the note under the caret, or highlight what is marked, or the sentence, with tags."""
        if self._saving.refused():
            return
        if self._screen.article.span is None and (note := self.here()) is not None:
            self._screen.noting.tag([note])
            return
        if (found := self._words()) is None:
            return
        quote = found[0].text[slice(*found[1])]

        from kashaf_tui.explorer.screens.tagging import TagPalette  # noqa: PLC0415 -- not before first paint

        def tagged(tagging: Tagging | None) -> None:
            if tagging is not None and tagging.add:
                self.highlight(tagging.add)

        noting = self._screen.noting
        palette = TagPalette(
            self._screen.say, self._desk.codebook, noting.used_tags(), about=f"«{sanitise_line(quote)}»"
        )
        self._screen.app.push_screen(palette, tagged)

    def trash(self) -> None:
        """Put the note under the caret into the trash."""
        note = self.here()
        if note is None:
            self._screen.status.say(self._screen.say("no note here"))
        else:
            self._saving.change(lambda: self._desk.trash(note.id), self._screen.say("trashed"))

    @property
    def marked_words(self) -> str:
        """What can be done with what is marked, and the tags that `H` gives."""
        codes, say = self._screen.noting.last_codes, self._screen.say
        return say("marked again", tags=short(tag_words(codes))) if codes else say("marked")

    # The notes under the caret

    def all_here(self) -> list[Note]:
        """The notes under the caret: the one that was chosen first, then the innermost."""
        ids = dict.fromkeys(one.id for one in self._screen.article.noted_here())
        notes = [note for note_id in ids if (note := self._screen.noting.find(note_id)) is not None]
        return sorted(notes, key=lambda note: note.id != self._chosen)

    def here(self) -> Note | None:
        return next(iter(self.all_here()), None)

    def choose(self, note: Note) -> None:
        """Of several notes on the same words this one is meant."""
        self._chosen = note.id
        self.show_here()

    def step(self, step: int) -> None:
        """The next note of the article, or the one before: each of several on the same words in turn."""
        reader = self._screen.article
        if reader.reading is None or not reader.reading.noted:
            self._screen.status.say(self._screen.say("no note in article"))
            return
        noted = reader.reading.noted
        here = self.here()
        at = next((at for at, one in enumerate(noted) if here is not None and one.id == here.id), None)
        if at is None:
            after = [place for place, one in enumerate(noted) if one.start > reader.caret]
            at = (after[0] if after else 0) if step > 0 else (after[0] if after else len(noted)) - 1
        else:
            at = (at + step) % len(noted)
        self._chosen = noted[at].id
        if reader.caret == noted[at].start:
            self.show_here()
        else:
            reader.go_to(noted[at].start)

    def show_here(self) -> None:
        """Below the article: what the note under the caret is, how it stands, and what it says."""
        frame, say = self._screen.query_one("#reader"), self._screen.say
        notes = self.all_here()
        if not notes:
            frame.border_subtitle = None
            return
        note = notes[0]
        standing = self._screen.noting.standing(note)
        parts = [f"1/{len(notes)}"] if len(notes) > 1 else []
        parts.append(say(f"kind {note.kind}"))
        if standing is not None and standing.state != "exact":
            parts.append(say(f"state {standing.state}"))
        if note.status != "open":
            parts.append(say(f"status {note.status}"))
        parts += [f"#{tag}" for tag in note.tags]
        if note.body:
            parts.append(sanitise_line(note.body[:_SEEN]))
        elif note.kind == "link" and note.other is not None:
            parts.append(f"«{sanitise_line(self._far(note).quote[:_SEEN])}»")
        room = max(10, frame.size.width - 6)
        frame.border_subtitle = facts_label(parts, room, say.base)

    # Links

    def link(self) -> None:
        """Begin a link at what is marked or at the note under the caret; at the other end, make it."""
        if self._saving.refused():
            return
        reader = self._screen.article
        note = self.here() if reader.span is None else None
        if note is not None and note.words is not None and self._article is not None:
            words: WordsTarget | None = note.words
        else:
            found = self._words()
            words = make_target(found[0], *found[1]) if found is not None else None
        if words is None:
            return
        reader.cancel_mark()
        say, begun = self._screen.say, self._from
        if begun is None:
            self._from = words
            self._screen.status.stand(say("link begun", quote=isolated(short(words.quote))), of="link")
        elif begun == words:
            self._screen.status.say(say("link to itself"))
        else:
            self.drop_link()
            self._saving.change(
                lambda: self._desk.add(NewNote(begun, kind="link", other=words)), say("linked")
            )

    def drop_link(self) -> bool:
        """Give up a link that has one end only. Returns whether there was one."""
        had, self._from = self._from is not None, None
        self._screen.status.stand("", of="link")
        return had

    def _far(self, note: Note) -> WordsTarget:
        """The end of a link that the caret is not in."""
        assert note.words is not None
        assert note.other is not None
        reader = self._screen.article
        article, span = self._article, self._screen.noting.span_of(note)
        if article is None or note.words.article_id != article.id or span is None:
            return note.words
        return note.other if span[0] <= reader.caret < span[1] else note.words

    def follow(self) -> None:
        """Go to the other end of the link under the caret."""
        link = next((note for note in self.all_here() if note.other is not None), None)
        if link is None:
            self._screen.status.say(self._screen.say("no link here"))
            return
        self.go_over(link)

    def go_over(self, link: Note) -> None:
        """To the end of a link where the caret is not."""
        far = self._far(link)
        self._chosen = link.id
        self._screen.reading.open(far.article_id, note=far)
        self._screen.panes.go("article")


def tag_words(tags: Sequence[str]) -> str:
    """Tags in a sentence."""
    return " ".join(isolated(f"#{tag}") for tag in tags)


def short(text: str, longest: int = 24) -> str:
    """The first words of a quote."""
    line = sanitise_line(text)
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"
