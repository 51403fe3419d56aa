"""The right end of the last line: what just happened, what is under way, and what must not be overlooked."""

from __future__ import annotations

from textual.timer import Timer

from kashaf_tui.explorer.widgets.bars import KeyBar

PASSES_AFTER = 6.0


class Status:
    """Three voices on one line. A passing word hides progress for a while; a standing one is never hidden."""

    def __init__(self, bar: KeyBar) -> None:
        self._bar = bar
        self._timer: Timer | None = None
        self._progress: dict[str, str] = {}
        self._standing: dict[str, str] = {}
        self.passing = ""

    def say(self, text: str, *, until_replaced: bool = False) -> None:
        """Something that just happened; it goes after six seconds unless it lasts `until_replaced`."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        self.passing = text
        if text and not until_replaced:
            self._timer = self._bar.set_timer(PASSES_AFTER, lambda: self.say(""))
        self._show()

    def progress(self, text: str, of: str = "entities") -> None:
        """What is under way in the background; empty when it is over. An import is shown before all else."""
        if text != self._progress.get(of, ""):
            self._progress[of] = text
            self._show()

    def stand(self, text: str, of: str = "notes") -> None:
        """What stays true until it is said otherwise: notes that are read-only, or not saved, a link half made."""
        self._standing[of] = text
        self._show()

    def _show(self) -> None:
        under_way = self._progress.get("import") or next(filter(None, self._progress.values()), "")
        self._bar.show(right=" · ".join(filter(None, (self.passing or under_way, *self._standing.values()))))
