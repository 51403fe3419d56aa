"""What the analyst has said about reading: handed to every reader, also in other processes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self

from kashaf.corpus.lines import RULES_NAME, LineDecisions

if TYPE_CHECKING:
    from kashaf.workspace import Workspace


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """Options of reading; they can be pickled.

    fields: for a role (`title`, `body`, `date`…), the names that records use for it, before the usual ones.
    lines: what was decided about single lines, and the analyst's own rules of chrome.
    everything: whether what a reader leaves out by itself is among what was removed, for who wants to see all of a
    file; the article is the same.
    """

    fields: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    lines: LineDecisions = field(default_factory=LineDecisions)
    everything: bool = False

    @classmethod
    def of(cls, workspace: Workspace) -> Self:
        """Those of a workspace. Raises BadInput for a file of decisions or rules that cannot be read."""
        rules = workspace.root / RULES_NAME
        return cls(workspace.settings.fields, LineDecisions.load(workspace.state, rules))
