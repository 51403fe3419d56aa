"""What the screens about an article have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kashaf_tui.explorer.screens.titled import TitledScreen
from kashaf_tui.explorer.wording import Wording

if TYPE_CHECKING:
    from kashaf_tui.explorer.flows.revising import ReviseFlow
    from kashaf_tui.explorer.reviser import Dossier


class AboutArticle(TitledScreen):
    """Shown anew whenever the article was read again."""

    def __init__(self, say: Wording, flow: ReviseFlow) -> None:
        super().__init__(say)
        self.flow = flow

    def revised(self, dossier: Dossier) -> None:
        """The article was read again."""
        raise NotImplementedError

    def action_undo(self) -> None:
        self.flow.undo()
