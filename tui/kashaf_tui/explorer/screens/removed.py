"""`r` in the article: its lines and those removed from the file. These can be brought back, others dropped."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from textual import on
from textual.widget import Widget

from kashaf.bidi.layout import crop
from kashaf.text.sanitise import sanitise_line
from kashaf_tui.explorer.action import Place
from kashaf_tui.explorer.bindings import bindings_for
from kashaf_tui.explorer.evidence_words import removal_words
from kashaf_tui.explorer.flows.revising import ReviseFlow
from kashaf_tui.explorer.panes.removed import RemovedView, file_lines
from kashaf_tui.explorer.reviser import Dossier, LineChange, Scope
from kashaf_tui.explorer.screens.about_article import AboutArticle
from kashaf_tui.explorer.widgets.mirror import Framed
from kashaf_tui.explorer.widgets.paint import facts, path_words
from kashaf_tui.explorer.wording import Wording


class Lines(Framed, RemovedView):
    BINDINGS: ClassVar = bindings_for("removed")


class RemovedScreen(AboutArticle):
    """Every decision is carried out at once, and the article shown as it is read then."""

    place: ClassVar[Place] = "removed"

    def __init__(self, say: Wording, flow: ReviseFlow, dossier: Dossier, offset: int) -> None:
        """offset: of the article's text; the line that holds it is selected first."""
        super().__init__(say, flow)
        self.view = Lines(id="removed", empty=say("loading"))
        self._dossier = dossier
        self._offset = offset

    @property
    def main_widget(self) -> Widget:
        return self.view

    def opened(self) -> None:
        self._show(self._offset)
        removed = [at for at, line in enumerate(self.view.lines) if line.state != "kept"]
        if removed:
            # The first removed line at or after the reader's place, or else the last before it.
            here = self.view.selected
            self.view.select(next((at for at in removed if at >= here), removed[-1]))

    def _show(self, offset: int) -> None:
        article = self._dossier.article
        self.view.show(file_lines(self.say, article, self._dossier.decisions), offset)
        removed = len(article.provenance.removed)
        said = self.say("removed lines", n=removed) if removed else self.say("nothing removed")
        self.head.show(facts([self.say("removed"), said]), path_words(article.provenance.path))

    def revised(self, dossier: Dossier) -> None:
        """Stay at the line that the decision was about, or where it stood."""
        before, line, words = self.view.selected, self.view.current, ""
        if line is not None and self.view.shown is not None:
            words = self.view.shown.words(line)
        self._dossier = dossier
        self._show(0)
        lines, shown = self.view.lines, self.view.shown
        same = [at for at, one in enumerate(lines) if shown is not None and shown.words(one) == words]
        nearest = min(same, key=lambda at: abs(at - before), default=before)
        self.view.select(nearest)

    @on(RemovedView.Moved)
    def _on_moved(self) -> None:
        line, shown, say = self.view.current, self.view.shown, self.say
        if line is None or shown is None:
            return
        if line.gone is not None:
            words = [say("line", n=line.gone.line), removal_words(say, line.gone.rule)]
        elif line.state == "back":
            words = [say("brought back")]
        else:
            words = [say("title") if shown.is_title(line) else say("kept line")]
        self.about.show(facts([*words, crop(sanitise_line(shown.words(line)), 60)]))

    # Keys

    def action_bring_back(self, scope: Scope) -> None:
        line, shown = self.view.current, self.view.shown
        if line is None or shown is None:
            return
        if line.gone is None:
            self.flow.tell(self.say("no removed line"), "warning")
        else:
            self.flow.begin(LineChange(shown.article, line.gone.text, "keep", scope))

    def action_drop(self, scope: Scope) -> None:
        line, shown = self.view.current, self.view.shown
        if line is None or shown is None:
            return
        if line.gone is not None:
            self.flow.tell(self.say("no kept line"), "warning")
        elif shown.is_title(line):
            self.flow.tell(self.say("title line"), "warning")
        else:
            self.flow.begin(LineChange(shown.article, shown.words(line), "drop", scope))

    def action_read(self) -> None:
        """Go on reading there."""
        line = self.view.current
        if line is not None:
            self.dismiss()
            self.app.call_later(partial(self.flow.read, self._dossier.article.id, line.at))

    def action_details(self) -> None:
        self.dismiss()
        self.app.call_later(self.flow.show_details)
