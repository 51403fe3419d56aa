"""What the workers say, brought to the flow that asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on

from kashaf.errors import IndexMissing
from kashaf_tui.explorer.messages import (
    AnchorsChecked,
    ArticleReady,
    EntitiesRead,
    Explained,
    FacetsReady,
    MentionsReady,
    MoreDone,
    NotesChanged,
    NotesShown,
    Offered,
    SearchDone,
    Trouble,
)
from kashaf_tui.explorer.screens.parts import Parts

if TYPE_CHECKING:
    from kashaf_tui.explorer.flows.completing import CompletionFlow
    from kashaf_tui.explorer.flows.filtering import FilterFlow
    from kashaf_tui.explorer.flows.helping import HelpFlow
    from kashaf_tui.explorer.flows.mentions import MentionFlow
    from kashaf_tui.explorer.flows.notes import NotesFlow
    from kashaf_tui.explorer.flows.opening import OpeningFlow
    from kashaf_tui.explorer.flows.reading import ReadingFlow
    from kashaf_tui.explorer.flows.searching import SearchFlow
    from kashaf_tui.explorer.status import Status


class Answers(Parts):
    """The handlers of the workers' messages. Each flow drops what is not an answer to its newest question."""

    searching: SearchFlow
    helping: HelpFlow
    completing: CompletionFlow
    filtering: FilterFlow
    opening: OpeningFlow
    reading: ReadingFlow
    mentioned: MentionFlow
    noting: NotesFlow
    status: Status

    def teach(self) -> None:
        """There is no article yet: say how to begin."""
        raise NotImplementedError

    @on(MoreDone)
    def _on_more_done(self, message: MoreDone) -> None:
        self.searching.show_more(message)

    @on(SearchDone)
    def _on_search_done(self, message: SearchDone) -> None:
        self.searching.show(message)

    @on(Explained)
    def _on_explained(self, message: Explained) -> None:
        self.helping.show_explanation(message)

    @on(Offered)
    def _on_offered(self, message: Offered) -> None:
        self.completing.show(message)

    @on(FacetsReady)
    def _on_facets_ready(self, message: FacetsReady) -> None:
        self.filtering.show(message)

    @on(ArticleReady)
    def _on_article_ready(self, message: ArticleReady) -> None:
        self.reading.show(message)
        self.noting.show_rows()
        self.reading.show_facts()

    @on(AnchorsChecked)
    def _on_anchors_checked(self, message: AnchorsChecked) -> None:
        self.noting.show_anchors(message)
        self.reading.show_facts()

    @on(MentionsReady)
    def _on_mentions_ready(self, message: MentionsReady) -> None:
        self.mentioned.show(message)

    @on(NotesChanged)
    def _on_notes_changed(self, message: NotesChanged) -> None:
        self.noting.show(message)
        self.reading.show_notes()
        self.filtering.refresh()
        self.post_message(NotesShown())

    @on(EntitiesRead)
    def _on_entities_read(self, message: EntitiesRead) -> None:
        self.mentioned.arrived(message)

    @on(Trouble)
    def _on_trouble(self, message: Trouble) -> None:
        match message.about:
            case "search":
                self.searching.failed(message)
            case "index":
                if isinstance(message.error, IndexMissing):
                    self.teach()
                else:
                    self.article.teach(self.say.told(message.error))
                    self.opening.wait()
            case "notes":
                self.status.stand(self.say("not saved", why=self.say.told(message.error.what)))
                self.noting.trouble(message.error)
            case _:
                self.status.say(self.say.told(message.error))
