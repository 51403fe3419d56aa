"""What the main screen does about entities, quotations and dates; each flow is made when it is first needed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, cast

from textual import on

from kashaf_tui.explorer.flows.queries import spellings_query
from kashaf_tui.explorer.panes.entities import EntityList
from kashaf_tui.explorer.screens.parts import Entities, Parts

if TYPE_CHECKING:
    from kashaf.entities.model import EntityKey, EntityRow
    from kashaf_tui.explorer.flows.naming import NamingFlow
    from kashaf_tui.explorer.flows.quoting import QuoteFlow
    from kashaf_tui.explorer.flows.timeline import TimelineFlow
    from kashaf_tui.explorer.screens.main import MainScreen


class _Way(Protocol):
    """A screen that somebody went to an article from."""

    def come_back(self) -> bool: ...

    def open_again(self) -> None: ...

    def forget(self) -> None: ...


class EntityActions(Parts):
    """A part of the main screen."""

    _naming: NamingFlow | None = None
    _quoting: QuoteFlow | None = None
    _timeline: TimelineFlow | None = None

    @property
    def naming(self) -> NamingFlow:
        """Decisions about names, and the screens of entities."""
        if self._naming is None:
            from kashaf_tui.explorer.flows.naming import NamingFlow  # noqa: PLC0415 -- not before first paint

            self._naming = NamingFlow(self._entity_main, self._entity_main._engine)
        return self._naming

    @property
    def _entity_main(self) -> MainScreen:
        return cast("MainScreen", self)

    # Screens

    def action_all_entities(self) -> None:
        self.naming.open()

    def action_quotes(self) -> None:
        self._quotes.open()

    def quotes_of(self, key: EntityKey, *, about: bool = False) -> None:
        """The quotations by an entity, or about it."""
        if about:
            self._quotes.open(about=key)
        else:
            self._quotes.open(speaker=key)

    @property
    def _quotes(self) -> QuoteFlow:
        if self._quoting is None:
            from kashaf_tui.explorer.flows.quoting import QuoteFlow  # noqa: PLC0415 -- not before first paint

            self._quoting = QuoteFlow(self._entity_main, self._entity_main._engine)
        return self._quoting

    def action_timeline(self) -> None:
        if self._timeline is None:
            from kashaf_tui.explorer.flows.timeline import TimelineFlow  # noqa: PLC0415 -- not before first paint

            self._timeline = TimelineFlow(self._entity_main, self._entity_main._engine)
        self._timeline.open()

    # The way back

    @property
    def _ways(self) -> list[_Way]:
        ways: tuple[_Way | None, ...] = (self._timeline, self._quoting, self._naming)
        return [way for way in ways if way is not None]

    def come_back(self) -> bool:
        """To the screen from which the open article was gone to, if there is one."""
        for way in self._ways:
            if way.come_back():
                way.open_again()
                return True
        return False

    def forget_corpus(self) -> None:
        """A newer index is open."""
        for way in self._ways:
            way.forget()

    # In the pane

    @on(Entities.Chosen, "#entities")
    def _on_entity_chosen(self) -> None:
        """Search it; once its search stands in the box, its page. A date or a number: where it is in the article."""
        main = self._entity_main
        if (row := self._selected_entity) is None:
            main.mentioned.next_mention()
            return
        query = spellings_query(main.mentioned.everywhere(row))
        if main.box.value == query:
            self.naming.show_page(row)
        else:
            main.searching.words(query)

    @on(Entities.Moved, "#entities")
    def _on_entity_moved(self) -> None:
        self._entity_main.mentioned.describe()

    @on(EntityList.MentionWanted)
    def _on_mention_wanted(self) -> None:
        self._entity_main.mentioned.next_mention()

    @property
    def _selected_entity(self) -> EntityRow | None:
        """What can be decided on: no date, and no number."""
        return self._entity_main.entities.entity

    def action_entity_page(self) -> None:
        if (row := self._selected_entity) is not None:
            self.naming.show_page(row)

    def action_merge(self) -> None:
        if (row := self._selected_entity) is not None:
            self.naming.ask_merge([row])

    def action_split(self) -> None:
        if (row := self._selected_entity) is not None:
            self.naming.ask_split(row)

    def action_rename(self) -> None:
        if (row := self._selected_entity) is not None:
            self.naming.ask_name(row)

    def action_retype(self) -> None:
        if (row := self._selected_entity) is not None:
            self.naming.ask_type(row)

    def action_hide(self) -> None:
        if (row := self._selected_entity) is not None:
            self.naming.hide([row])

    def action_undo_name(self) -> None:
        self.naming.undo()

    def action_redo_name(self) -> None:
        self.naming.redo()
