"""The pane of entities: those of the open article, or of the corpus, and the background reading that finds them."""

from __future__ import annotations

from dataclasses import replace
from time import monotonic
from typing import TYPE_CHECKING, Final

from kashaf.entities.model import ENTITY_TYPES, EntityRow, Reading
from kashaf.errors import KashafError
from kashaf.notes.model import EntityTarget
from kashaf_tui.explorer.engine import Engine
from kashaf_tui.explorer.flows.queries import asks_for_names
from kashaf_tui.explorer.messages import EntitiesRead, MentionsReady, Trouble
from kashaf_tui.explorer.panes.entity_rows import ListRow, of_article, of_corpus
from kashaf_tui.explorer.toasts import toast
from kashaf_tui.explorer.widgets.page import Layer
from kashaf_tui.explorer.widgets.paint import facts, isolated
from kashaf_tui.explorer.widgets.spark import sparks

if TYPE_CHECKING:
    from kashaf_tui.explorer.screens.main import MainScreen

_LAYERS: Final = {"person": Layer.PERSON, "place": Layer.PLACE, "organization": Layer.ORGANIZATION}
_TABLE_ROWS: Final = 500
_SAY_EVERY: Final = 0.5  # seconds between two words about how far the reading is
_FORMS: Final = 5  # spellings named in the line about an entity


class MentionFlow:
    """What is known of who is named."""

    def __init__(self, screen: MainScreen, engine: Engine) -> None:
        self._screen = screen
        self._engine = engine
        self._reading = Reading()
        self._corpus: tuple[EntityRow, ...] = ()
        self._known: dict[tuple[str, str], EntityRow] = {}
        self._listed = ""
        self._told: set[str] = set()
        self.progress: tuple[int, int] | None = None

    # The article

    def forget(self) -> None:
        """Another article is open, of which nothing is known yet."""
        self._reading = Reading()

    def show(self, message: MentionsReady) -> None:
        """The article's reading has come: underline who is named, and list all."""
        shown = self._screen.article.reading
        if shown is None or shown.article.id != message.article_id:
            return
        self._reading = message.reading
        self._screen.article.update(replace(shown, entities=self._layers()))
        # Another article's list begins at its top, whatever was selected in the one before it.
        again, self._listed = self._listed == message.article_id, message.article_id
        self._screen.entities.show(self._rows(), self._screen.say("none in article"), keep=again)
        self.describe()

    def _layers(self) -> dict[Layer, tuple[tuple[int, int], ...]]:
        reading = self._reading
        layers = {
            layer: tuple((one.start, one.end) for one in reading.mentions if one.type == kind)
            for kind, layer in _LAYERS.items()
        }
        dates = reading.dates or [one for one in reading.mentions if one.type == "date"]
        layers[Layer.DATE] = tuple((one.start, one.end) for one in dates)
        layers[Layer.NUMBER] = tuple((one.start, one.end) for one in reading.quantities)
        return layers

    def _rows(self) -> list[ListRow]:
        """What the article says; before one is open, the entities of the corpus."""
        if not self._screen.reading.article_id:
            return of_corpus(self._corpus)
        return of_article(self._reading, self._known)

    def next_mention(self) -> None:
        """Go to the next place where the article has what is selected."""
        row = self._screen.entities.current
        if row is None or not row.spans:
            return
        reader = self._screen.article
        reader.next_of(row.spans)
        at = next((n for n, (start, _) in enumerate(row.spans, 1) if start == reader.caret), 0)
        if at:
            where = self._screen.say("mention of", n=at, all=len(row.spans))
            self._screen.status.say(f"{isolated(row.name)} · {where}")

    def describe(self) -> None:
        """The lines below the list, about the selected row."""
        row = self._screen.entities.current
        self._screen.entity_about.show(facts(self._about(row)) if row is not None else "")
        self._screen.entity_forms.show(facts(self._forms(row)) if row is not None else "")

    def _about(self, row: ListRow) -> list[str]:
        say = self._screen.say
        parts = [] if row.sure else [say("not sure", percent=round(100 * row.confidence))]
        if row.type == "number":
            kind = say(f"counting {row.value}") if row.value.islower() else row.value
            return [*parts, kind]
        if row.type == "date":
            parts.append(row.value or say("no value"))
            return [*parts, say.told(row.note)] if row.note else parts
        parts.append(say(f"offer {row.type}"))
        known = self._known.get((row.type, row.name))
        if known is not None:
            parts.append(say("articles", n=known.articles))
            if any(known.trend):
                parts.append(sparks(known.trend, say.base))
        return parts

    def _forms(self, row: ListRow) -> list[str]:
        """The spellings in the article, and why they are taken for it."""
        if row.entity is None:
            return []
        say = self._screen.say
        why = [say(f"link {link}") for link in row.links]
        forms = [f"{isolated(form)} {count:,}" for form, count in row.variants[:_FORMS]]
        return [*why, *forms]

    # Entities of the corpus

    def named(self, target: EntityTarget) -> EntityRow:
        """The entity that a note is on, with every spelling it was met in; of no known type, by its name alone."""
        kind = next((known for known in ENTITY_TYPES if known == target.type), ENTITY_TYPES[0])
        return self.everywhere(EntityRow(target.name, kind, 0, 0, ()))

    def everywhere(self, row: EntityRow) -> EntityRow:
        """The entity with every spelling it was met in, in any article."""
        known = self._known.get((row.type, row.name), row)
        return replace(row, variants=tuple(dict([*known.variants, *row.variants]).items()))

    # Reading in the background

    def read(self) -> None:
        """Start the background extraction."""
        self._screen.run_worker(self._read(), group="entities", exclusive=True)

    async def _read(self) -> None:
        said = 0.0

        def progress(done: int, total: int) -> None:
            """Every message draws the status line anew: a few in a second are enough."""
            nonlocal said
            if (now := monotonic()) - said >= _SAY_EVERY:
                said = now
                self._screen.post_message(EntitiesRead(done, total))

        try:
            await self._engine.read_entities(progress)
        except KashafError as error:
            self._screen.post_message(Trouble(error, "entities"))
        await self._count()
        for problem in await self._engine.name_problems():
            if (text := self._screen.say.told(problem)) not in self._told:
                self._told.add(text)
                toast(self._screen.app, text, "warning")

    async def _count(self) -> None:
        try:
            rows = await self._engine.entity_table(_TABLE_ROWS)
        except KashafError as error:
            self._screen.post_message(Trouble(error, "entities"))
        else:
            self._screen.post_message(EntitiesRead(0, 0, tuple(rows)))

    def arrived(self, message: EntitiesRead) -> None:
        """Progress, or the corpus's table at the end."""
        say = self._screen.say
        if message.rows is None:
            self.progress = message.done, message.total
            self._screen.status.progress(say("reading entities", done=message.done, total=message.total))
            return
        self._screen.status.progress("")
        if self.progress is not None and asks_for_names(self._screen.searching.query):
            self._screen.searching.again()
        self.progress = None
        self._corpus = message.rows
        self._known = {(row.type, row.name): row for row in message.rows}
        if self._listed or not self._screen.reading.article_id:
            self._screen.entities.show(self._rows(), say("no entities"))
            self.describe()

    def decided(self) -> None:
        """A name was decided on: list and underline anew, and count anew."""
        self._screen.reading.read_names()
        self._screen.run_worker(self._count(), group="entity table", exclusive=True)
