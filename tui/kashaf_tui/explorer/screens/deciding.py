"""Deciding on the lines of a concordance, one key each: what its screen does about accepting and rejecting."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from kashaf.text.sanitise import sanitise_line
from kashaf_index.kwic import KwicLine
from kashaf_tui.explorer.annotating import sentence_of
from kashaf_tui.explorer.background import start
from kashaf_tui.explorer.flows.concordance import QUEUES, ConcordanceFlow
from kashaf_tui.explorer.panes.concordance import LineRows, bar, key_of
from kashaf_tui.explorer.panes.sentence import SentenceView
from kashaf_tui.explorer.screens.asking import AskScreen
from kashaf_tui.explorer.screens.sized import Sized
from kashaf_tui.explorer.screens.tagging import Tagging, TagPalette
from kashaf_tui.explorer.toasts import toast
from kashaf_tui.explorer.verdicts import LineKey
from kashaf_tui.explorer.widgets.mirror import runs_rtl
from kashaf_tui.explorer.widgets.paint import isolated
from kashaf_tui.explorer.wording import Wording

if TYPE_CHECKING:
    from kashaf.notes.store import NoteStore

Chosen = Callable[[Tagging | None], None]

_BAR = 10  # cells
_WITH_BAR = 100  # cells of the screen


class Deciding(Sized):
    """The screen of the concordance is one; it shows what is decided, and asks for codes and for leave."""

    lines: LineRows

    def __init__(self, say: Wording, flow: ConcordanceFlow) -> None:
        super().__init__(say)
        self.flow = flow
        self.sentence = SentenceView(id="sentence")

    def fill(self) -> None:
        """Show the rows anew."""
        raise NotImplementedError

    def tell(self) -> None:
        """Show anew what stands above and below the rows."""
        raise NotImplementedError

    def on_mount(self) -> None:
        self.lines.verdicts = self.flow.deciding.shown
        self.flow.deciding.told = self._on_told
        # Notes may have been trashed, or brought back, since the lines were last looked at.
        start(self, self.flow.deciding.refresh, "refresh")

    def on_unmount(self) -> None:
        if self.flow.deciding.told == self._on_told:
            self.flow.deciding.told = lambda _: None

    @property
    def line(self) -> KwicLine | None:
        """The selected line, while lines are shown."""
        return self.lines.current if self.flow.view == "lines" else None

    # What is shown

    def manner_words(self) -> list[str]:
        """What accepting does."""
        manner, say = self.flow.deciding.manner, self.say
        codes = [isolated(f"#{sanitise_line(code)}") for code in manner.codes]
        return [" ".join([say("accepts sentence" if manner.unit == "sentence" else "accepts match"), *codes])]

    def queue_words(self) -> list[str]:
        queue, shown = self.flow.queue, f"{len(self.lines.rows):,}"
        return [] if queue == "all" else [self.say(f"queue {queue}", n=shown)]

    def counted(self) -> str:
        """How far the deciding is; nothing before it has begun."""
        if (making := self.flow.deciding.making) is not None:
            return f"{self.say('saving')} {making[0]:,} / {making[1]:,}"
        counts, left = self.flow.deciding.counts, self.flow.deciding.left
        accepted, rejected = counts["accepted"], counts["rejected"]
        if not accepted and not rejected:
            return ""
        said = self.say(
            "decided of", accepted=f"{accepted:,}", rejected=f"{rejected:,}", left=f"{max(0, left):,}"
        )
        if self.flow.found is None or self.size.width < _WITH_BAR:
            return said
        part = (accepted + rejected) / max(1, accepted + rejected + left)
        drawn = bar(part, _BAR, rtl=runs_rtl(self))
        return f"{said} {drawn}{'·' * (_BAR - len(drawn))}"

    def show_sentence(self) -> None:
        """The sentence of the selected line, once its article is read."""
        line = self.line
        self.sentence.display = self.flow.preview and self.flow.view == "lines"
        if line is not None and self.sentence.display:
            start(self, partial(self._show_sentence, line), "sentence", exclusive=True)

    async def _show_sentence(self, line: KwicLine) -> None:
        article = await self.flow.deciding.article(line)
        if article is None or line != self.line:
            return
        first, last = sentence_of(article.text, line.start, line.end)
        match = line.start - first, line.end - first
        note = (0, last - first) if self.flow.deciding.manner.unit == "sentence" else match
        self.sentence.show(article.text[first:last], match, note, self.lines.options)

    def _on_told(self, word: str) -> None:
        """A decision was carried out, or taken back: then its line is shown."""
        if (last := self.flow.deciding.last) is not None:
            self.flow.deciding.last = None
            self._select(last)
        self.lines.refresh()
        self.tell()
        if word:
            toast(self.app, word)

    def _select(self, key: LineKey) -> None:
        at = next((at for at, line in enumerate(self.lines.rows) if key_of(line) == key), None)
        if at is not None and self.flow.view == "lines":
            self.lines.select(at)
            self.show_sentence()

    # Keys

    def _may(self) -> bool:
        """Whether notes can be made; says why not."""
        return not self.flow.main.noting.saving.refused()

    def action_judge(self, verdict: str) -> None:
        """Decide on the selected line and go on to the next undecided one.

        Not by a message: no key pressed after this one may overtake it.
        """
        line = self.line
        if line is None or not self._may():
            return
        match verdict:
            case "accepted":
                self.flow.deciding.accept([line])
            case "rejected" | "skipped":
                self.flow.deciding.decide([line], verdict)
        self.action_undecided(1)

    def action_undecided(self, step: int) -> None:
        """The next line that nobody decided on, or the one before; from the end on, the first."""
        rows, shown = self.lines.rows, self.flow.deciding.shown
        if self.line is None:
            return
        around = (self.lines.selected + step * away for away in range(1, len(rows)))
        found = next((at % len(rows) for at in around if key_of(rows[at % len(rows)]) not in shown), None)
        if found is None:
            toast(self.app, self.say("all decided"))
            if key_of(rows[self.lines.selected]) in shown and step > 0:
                self.lines.action_move(1)
        else:
            self.lines.action_move(found - self.lines.selected)
        self.tell()

    def resume(self) -> None:
        """Yesterday's decisions were read: go on at the first line without one."""
        rows, shown = self.lines.rows, self.flow.deciding.shown
        found = next((at for at, line in enumerate(rows) if key_of(line) not in shown), None)
        if found is not None:
            self.lines.select(found)

    def action_queue(self) -> None:
        """All lines, then only undecided, accepted, rejected ones."""
        flow = self.flow
        if flow.view == "lines":
            flow.show_queue(QUEUES[(QUEUES.index(flow.queue) + 1) % len(QUEUES)])
            self.fill()

    def action_unit(self) -> None:
        if self.flow.query is not None and self._may():
            unit = self.flow.deciding.manner.unit
            self.flow.deciding.set_unit("match" if unit == "sentence" else "sentence")
            self.show_sentence()

    def action_sentence(self) -> None:
        """Show the selected line's sentence, or no longer."""
        self.flow.preview = not self.flow.preview
        self.show_sentence()

    def action_accept_all(self) -> None:
        """Every undecided line that is shown, after a question that names their number."""
        shown = self.flow.deciding.shown
        lines = [line for line in self.lines.rows if shown.get(key_of(line)) in (None, "skipped")]
        if self.flow.view != "lines" or not self._may():
            return
        if self.flow.found is None or not lines:
            toast(self.app, self.say("none to accept"))
            return

        def answered(agreed: bool | None) -> None:
            if agreed:
                self.flow.deciding.accept(lines, self.say("accepted n", n=len(lines)))

        question = " · ".join([self.say("accept n", n=len(lines)), *self.manner_words()])
        self.app.push_screen(AskScreen(self.say, self.say("accept all"), question), answered)

    def action_codes(self) -> None:
        """The codes that accepting gives."""
        if self.flow.query is not None and self._may():
            codes = self.flow.deciding.manner.codes

            def chosen(tagging: Tagging | None) -> None:
                if tagging is not None:
                    self.flow.deciding.set_codes(tagging.applied(codes))

            start(self, partial(self._ask_codes, [codes], self.say("codes of lines"), chosen), "codes")

    def action_tag_accepted(self) -> None:
        """The codes of every accepted line that is shown."""
        ids = self.flow.deciding.accepted(self.lines.rows)
        if self.flow.view != "lines" or not self._may():
            return
        if not ids:
            toast(self.app, self.say("none accepted"))
            return

        def chosen(tagging: Tagging | None) -> None:
            if tagging is not None and (tagging.add or tagging.remove):
                word = self.say("tagged n", n=len(ids))
                self.flow.deciding.retag(ids, tagging.add, tagging.remove, word)

        start(self, partial(self._ask_codes_of, ids, chosen), "codes")

    async def _ask_codes_of(self, ids: tuple[str, ...], chosen: Chosen) -> None:
        def tags(store: NoteStore) -> list[tuple[str, ...]]:
            return [note.tags for note_id in ids if (note := store.find(note_id)) is not None]

        has = await self.flow.desk.ask(tags)
        await self._ask_codes(has, self.say("notes n", n=len(ids)), chosen)

    async def _ask_codes(self, has: list[tuple[str, ...]], about: str, chosen: Chosen) -> None:
        used = await self.flow.desk.ask(lambda store: store.tags())
        palette = TagPalette(self.say, self.flow.desk.codebook, used, has, about=about)
        self.app.push_screen(palette, chosen)
