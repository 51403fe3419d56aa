"""What the main screen does about notes that want settling, their past, their evidence, and lines to decide on."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from kashaf_tui.explorer.flows.concordance import ConcordanceFlow
    from kashaf_tui.explorer.flows.settling import SettleFlow
    from kashaf_tui.explorer.screens.main import MainScreen


class SettleActions:
    """A part of the main screen: it brings actions, and the flow that they belong to when it is first needed."""

    _settling: SettleFlow | None = None

    @property
    def settling(self) -> SettleFlow:
        if self._settling is None:
            from kashaf_tui.explorer.flows.settling import SettleFlow  # noqa: PLC0415 -- not before first paint

            main = self._main
            self._settling = SettleFlow(main, main._engine, main._desk)
        return self._settling

    @property
    def _main(self) -> MainScreen:
        return cast("MainScreen", self)

    def action_settle(self) -> None:
        self.settling.settle()

    def action_trash_list(self) -> None:
        self.settling.show_trash()

    def action_history(self) -> None:
        self.settling.show_history(self.settling.selected)

    def action_conflicts(self) -> None:
        self.settling.show_conflicts()

    def action_cite(self) -> None:
        self.settling.cite()

    def action_annotate(self) -> None:
        """Decide on the matches of the results listed, one after the other."""
        self.lining_up.annotate([hit.id for hit in self._main.results.rows])

    @property
    def lining_up(self) -> ConcordanceFlow:
        main = self._main
        if main._concordance is None:
            from kashaf_tui.explorer.flows.concordance import ConcordanceFlow  # noqa: PLC0415 -- not before first paint

            main._concordance = ConcordanceFlow(main, main._engine, main._desk)
        return main._concordance
