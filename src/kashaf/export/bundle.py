"""What an export is made from: one value for every format, so that each takes what it can say."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kashaf.corpus.article import Article
    from kashaf.notes.anchoring import Anchor
    from kashaf.notes.codebook import Codebook
    from kashaf.notes.model import Ended, Note


@dataclass(frozen=True, slots=True)
class Bundle:
    """Notes to carry out, and what they lean on.

    ended: deleted notes, for formats that are merged again. codebook: the codes that tags may be.
    anchors: where the words of a note are now, by note id; without an entry nobody looked.
    article: the article of an id as it is now, None when it is not in the workspace.
    """

    notes: tuple[Note, ...]
    codebook: Codebook
    ended: tuple[Ended, ...] = ()
    anchors: Mapping[str, Anchor] = field(default_factory=dict)
    article: Callable[[str], Article | None] = lambda _: None
