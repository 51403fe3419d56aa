"""Decisions about names, and the screens of entities: what is asked, what was decided, and the way there and back."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from textual.screen import Screen

from kashaf.entities.model import EntityKey, EntityRow, EntityType
from kashaf.errors import KashafError, UsageError
from kashaf.said import said
from kashaf.text.sanitise import sanitise_line
from kashaf_tui.explorer.background import start
from kashaf_tui.explorer.engine import Engine
from kashaf_tui.explorer.flows.queries import FORMS, asks_for_names, filter_of, spellings_query
from kashaf_tui.explorer.names import Names, key_of_row
from kashaf_tui.explorer.screens.asking_names import NameScreen, TypeScreen
from kashaf_tui.explorer.screens.entities import EntitiesScreen
from kashaf_tui.explorer.screens.entity_page import EntityScreen
from kashaf_tui.explorer.screens.meeting import MeetingScreen
from kashaf_tui.explorer.screens.merging import MergeScreen
from kashaf_tui.explorer.screens.named import NamedScreen
from kashaf_tui.explorer.screens.splitting import SplitScreen
from kashaf_tui.explorer.status import Status
from kashaf_tui.explorer.toasts import toast
from kashaf_tui.explorer.widgets.paint import isolated, left_to_right

if TYPE_CHECKING:
    from kashaf.entities.book.curation import Curation
    from kashaf.entities.book.decisions import Decision, Kind
    from kashaf_tui.explorer.screens.main import MainScreen

_NAMED: Final = 3  # names in a sentence
Again = Callable[[], NamedScreen]
Words = Callable[["Decision"], str]


class NamingFlow:
    """Belongs to the main screen. Nothing it does blocks: what was decided is said when it is so."""

    def __init__(self, screen: MainScreen, engine: Engine) -> None:
        self.main = screen
        self._engine = engine
        self._back: list[Again] = []
        self._deciding = False

    @property
    def names(self) -> Names:
        return self._engine.names

    @property
    def say(self) -> Callable[..., str]:
        return self.main.say

    # Screens

    def open(self) -> None:
        self._push(EntitiesScreen(self.main.say, self))

    def show_page(self, row: EntityRow) -> None:
        self._push(EntityScreen(self.main.say, self, key_of_row(row)))

    def show_meeting(self, keys: Sequence[EntityKey]) -> None:
        self._push(MeetingScreen(self.main.say, self, tuple(keys)))

    def _push(self, screen: Screen[None]) -> None:
        self.main.app.push_screen(screen)

    def _open_now(self) -> list[NamedScreen]:
        """The screens of entities over the main screen, the lowest first."""
        return [screen for screen in self.main.app.screen_stack if isinstance(screen, NamedScreen)]

    def leave(self, then: Callable[[], None]) -> None:
        """Back to the main screen for something there; Esc in its article leads here again."""
        self._back = [screen.again for screen in self._open_now()]
        self.main.app.call_later(self._leave, then)

    async def _leave(self, then: Callable[[], None]) -> None:
        app = self.main.app
        while app.screen is not self.main and len(app.screen_stack) > 1:
            await app.pop_screen()
        then()

    def come_back(self) -> bool:
        """Whether the analyst went from here to the article or the results, and now returns from there."""
        back = self._back if self.main.pane in ("article", "results") else []
        if not back:
            self._back = []
        return bool(back)

    def open_again(self) -> None:
        """The screens as they were left."""
        back, self._back = self._back, []
        for again in back:
            self._push(again())

    def forget(self) -> None:
        """A newer index is open: what is shown is counted anew."""
        for screen in self._open_now():
            screen.refill()

    # Going to articles

    def read(self, article_id: str, caret: int) -> None:
        def there() -> None:
            self.main.reading.open(article_id, caret=caret)
            self.main.panes.go("article")

        self.leave(there)

    def search(self, row: EntityRow) -> None:
        """The articles that name it, with its spellings as hits where there are few enough."""
        whole = self.main.mentioned.everywhere(row)
        text = spellings_query(whole) if 0 < len(whole.variants) < FORMS else ""
        self.list_articles([key_of_row(row)], text=text)

    def list_articles(self, keys: Collection[EntityKey], *filters: str, text: str = "") -> None:
        """The articles that name all of these, as results. filters: more, in the language of queries."""
        wanted = (*map(filter_of, keys), *filters)

        def there() -> None:
            searching = self.main.searching
            searching.instead(replace(searching.query, text=text, match="all", filters=wanted))

        self.leave(there)

    def is_searched(self, row: EntityRow) -> bool:
        """Whether the results listed are those of this entity."""
        return self.main.searching.query.filters == (filter_of(key_of_row(row)),)

    def search_form(self, form: str) -> None:
        phrase = '"' + form.replace('"', " ").strip() + '"'

        def there() -> None:
            searching = self.main.searching
            searching.instead(replace(searching.query, text=phrase, match="all", filters=()))

        self.leave(there)

    def quotes(self, key: EntityKey, *, about: bool = False) -> None:
        """Over the screen that is open: Esc leads back to it."""
        self.main.quotes_of(key, about=about)

    # Asking

    def _refused(self, keys: Sequence[EntityKey], kind: Kind) -> bool:
        """Whether what is written by hand is against it. If so, where it is written is said."""
        refused = self.names.by_hand(keys, kind)
        if refused:
            self._refuse(refused[0][1])
        return bool(refused)

    def _refuse(self, error: KashafError) -> None:
        toast(self.main.app, self.main.say.told(error), "error")

    def ask_merge(self, rows: Sequence[EntityRow]) -> None:
        """Choose whom they are the same as. Names of several types are never one.

        Others can become a name that is written by hand, but it can become no other.
        """
        if len({row.type for row in rows}) > 1:
            self._tell(self.say("one type only"))
            return
        keys = tuple(map(key_of_row, rows))
        by_hand = self.names.by_hand(keys, "merge")
        if len(by_hand) == len(keys) or len(by_hand) > 1:
            error = by_hand[0][1]
            cure = (
                said("{cure}. Or press = on the other name", cure=error.cure)
                if len(keys) == 1
                else error.cure
            )
            self._refuse(UsageError(error.what, where=error.where, cure=cure))
            return

        def chosen(into: EntityRow | None) -> None:
            if into is not None:
                self.merge(keys, key_of_row(into))

        only = next((row for row in rows if by_hand and key_of_row(row) == by_hand[0][0]), None)
        self.main.app.push_screen(MergeScreen(self.main.say, self.names, rows, only), chosen)

    def ask_split(self, row: EntityRow) -> None:
        def chosen(ids: frozenset[str] | None) -> None:
            if ids:
                self._ask_other(row, ids)

        self.main.app.push_screen(SplitScreen(self.main.say, self.names, row), chosen)

    def _ask_other(self, row: EntityRow, ids: frozenset[str]) -> None:
        def named(name: str | None) -> None:
            if name is not None:
                self.split(key_of_row(row), ids, name)

        question = self.say("naming split", n=len(ids))
        self.main.app.push_screen(NameScreen(self.main.say, question, row.name, other=True), named)

    def ask_name(self, row: EntityRow) -> None:
        if self._refused([key_of_row(row)], "rename"):
            return

        def named(name: str | None) -> None:
            if name is not None and name != row.name:
                self.rename(key_of_row(row), name)

        question = self.say("naming rename", name=shown(row.name))
        self.main.app.push_screen(NameScreen(self.main.say, question, row.name), named)

    def ask_type(self, row: EntityRow) -> None:
        if self._refused([key_of_row(row)], "retype"):
            return

        def chosen(kind: EntityType | None) -> None:
            if kind is not None and kind != row.type:
                self.retype(key_of_row(row), kind)

        self.main.app.push_screen(TypeScreen(self.main.say, row), chosen)

    # Deciding

    def merge(self, keys: Sequence[EntityKey], into: EntityKey) -> None:
        old = [key for key in keys if key != into]
        word = self.say("merged", names=listed(old), name=shown(into.name))
        self._decide(lambda book: book.merge(old, into), lambda _: word)

    def split(self, key: EntityKey, ids: Collection[str], name: str) -> None:
        word = self.say("split off", n=len(ids), name=shown(name))
        self._decide(lambda book: book.split(key, sorted(ids), name), lambda _: word)

    def rename(self, key: EntityKey, name: str) -> None:
        word = self.say("renamed", old=shown(key.name), name=shown(name))
        self._decide(lambda book: book.rename(key, name), lambda _: word)

    def retype(self, key: EntityKey, kind: EntityType) -> None:
        heading = {"person": "people", "place": "places", "organization": "organisations"}[kind]
        word = self.say("retyped", name=shown(key.name), type=self.say(heading))
        self._decide(lambda book: book.retype(key, kind), lambda _: word)

    def hide(self, rows: Sequence[EntityRow]) -> None:
        """One decision, however many they are: all of them or none."""
        keys = [key_of_row(row) for row in rows]
        if not self._refused(keys, "hide"):
            self._decide(lambda book: book.hide(*keys), lambda _: self.say("hidden", name=listed(keys)))

    def apart(self, key: EntityKey, form: str) -> None:
        word = self.say("parted off", form=shown(form), name=shown(key.name))
        self._decide(lambda book: book.apart(key, form), lambda _: word)

    def undo(self) -> None:
        self._decide(lambda book: book.undo(), self._taken("name undone"), "no decision", back=True)

    def redo(self) -> None:
        self._decide(lambda book: book.redo(), self._taken("name redone"), "no decision again")

    def _taken(self, key: str) -> Words:
        def words(decision: Decision) -> str:
            what = self.say(f"decision {decision.kind}", old=listed(decision.keys), name=shown(decision.name))
            return self.say(key, what=isolated(what))

        return words

    def _decide(
        self,
        work: Callable[[Curation], Decision | None],
        words: Words,
        nothing: str = "",
        *,
        back: bool = False,
    ) -> None:
        """Decide, and say so. nothing: what is said when there was nothing to do. back: it takes a decision back."""
        if self._deciding:
            self._tell(self.say("being decided"))
            return
        self._deciding = True
        self._tell(self.say("deciding"))
        start(self.main, partial(self._make, work, words, nothing, back), "names")

    async def _make(
        self, work: Callable[[Curation], Decision | None], words: Words, nothing: str, back: bool
    ) -> None:
        try:
            decision, reread = await self.names.decide(work)
        except KashafError as error:
            self._tell("")
            self._refuse(error)
            return
        finally:
            self._deciding = False
        if decision is None:
            self._tell(self.say(nothing))
            return
        self.main.mentioned.decided()
        if reread:
            self.main.mentioned.read()
        self.main.filtering.refresh()
        if asks_for_names(self.main.searching.query):
            self.main.searching.again()
        for screen in self._open_now():
            screen.decided(decision, back=back)
        self._tell(words(decision))

    def _tell(self, text: str) -> None:
        """In the status line of the screen that is looked at."""
        top = next(
            (one for one in reversed(self.main.app.screen_stack) if isinstance(one, NamedScreen)), None
        )
        status: Status = self.main.status if top is None else top.status
        status.say(text)


def shown(name: str) -> str:
    """A name within a sentence of ours."""
    return isolated(sanitise_line(name))


def listed(keys: Sequence[EntityKey]) -> str:
    """Names within a sentence of ours; of many the first few, and how many more there are."""
    more = [left_to_right(f"+{len(keys) - _NAMED:,}")] if len(keys) > _NAMED else []
    return "، ".join([*(shown(key.name) for key in keys[:_NAMED]), *more])
