"""Carrying notes out: which of them, in what format, and where they went."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, cast

from kashaf.errors import KashafError, NotFound
from kashaf.export.formats import Format, Language
from kashaf.notes.model import Ended, Note
from kashaf.storage.atomic import ensure_dir, write_bytes
from kashaf_tui.explorer.desk import Desk
from kashaf_tui.explorer.engine import Engine
from kashaf_tui.explorer.messages import Trouble
from kashaf_tui.explorer.widgets.paint import left_to_right

if TYPE_CHECKING:
    from kashaf.corpus.article import Article
    from kashaf_tui.explorer.screens.main import MainScreen


class ExportFlow:
    """Asks for the format, makes the file off the UI thread, and says where it is."""

    def __init__(self, screen: MainScreen, engine: Engine, desk: Desk) -> None:
        self._screen = screen
        self._engine = engine
        self._desk = desk

    def ask(self, notes: Sequence[Note], *, whole: bool) -> None:
        """whole: these are all there are, so that what was deleted goes along."""
        say = self._screen.say
        if self._desk.trouble is not None:
            self._screen.post_message(Trouble(self._desk.trouble, "notes"))
        elif not notes:
            self._screen.status.say(say("nothing to export"))
        else:
            from kashaf_tui.explorer.screens.export import ExportScreen  # noqa: PLC0415 -- not before first paint

            def chosen(form: Format | None) -> None:
                if form is not None:
                    self._screen.run_worker(self._export(notes, form, whole=whole), group="export")

            self._screen.app.push_screen(ExportScreen(say, len(notes), whole=whole), chosen)

    async def _export(self, notes: Sequence[Note], form: Format, *, whole: bool) -> None:
        say, folder = self._screen.say, self._screen.export_folder
        self._screen.status.say(say("exporting"), until_replaced=True)
        path = folder / f"notes-{datetime.now().astimezone():%Y%m%d-%H%M%S}{form.suffix}"
        try:
            ended = await self._desk.ask(lambda store: store.ended()) if whole else []
            articles = {} if form.name == "native" else await self._articles(notes)
            data = await asyncio.to_thread(self._written, notes, ended, articles, form)
            ensure_dir(folder)
            write_bytes(path, data)
        except KashafError as error:
            self._screen.status.say("")
            self._screen.post_message(Trouble(error, "notes export"))
        else:
            shown = left_to_right(f"{folder.name}/{path.name}")
            self._screen.status.say(say("exported", n=len(notes), path=shown))

    async def _articles(self, notes: Sequence[Note]) -> dict[str, Article]:
        """The articles that notes are in, as far as they are in the index."""
        wanted = {note.article_id for note in notes} | {note.other.article_id for note in notes if note.other}
        found: dict[str, Article] = {}
        for article_id in sorted(wanted - {""}):
            try:
                found[article_id] = await self._engine.article(article_id)
            except NotFound:
                continue
        return found

    def _written(
        self, notes: Sequence[Note], ended: Sequence[Ended], articles: dict[str, Article], form: Format
    ) -> bytes:
        from kashaf.export.gathering import gather  # noqa: PLC0415 -- rarely needed

        native = form.name == "native"
        bundle = gather(
            notes,
            codebook=self._desk.codebook,
            article=None if native else articles.get,
            ended=ended,
        )
        return form.write(bundle, cast("Language", self._screen.say.language))
