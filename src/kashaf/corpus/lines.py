"""What was decided about single lines: brought back by the analyst, or always dropped."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Self

Verdict = Literal["keep", "drop"]


@dataclass(frozen=True, slots=True)
class LineDecisions:
    """Decisions on lines."""

    @classmethod
    def load(cls, state: Path) -> Self:
        """The decisions kept in a workspace's `state`."""
        del state
        return cls()

    def verdict(self, normal: str, article_scope: str, outlet_scope: str) -> Verdict | None:
        """What was decided about a line."""
        del normal, article_scope, outlet_scope
        return None

    def stamp(self, article_scope: str, outlet_scope: str) -> str:
        """Changes when a decision does that may touch the article."""
        del article_scope, outlet_scope
        return ""
