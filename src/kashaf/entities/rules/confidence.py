"""How sure a mention is: what its rule is worth, and whether the tagger sees the same.

Measured by `python -m tests.benchmarks.ner.rules --confidence`.
"""

from __future__ import annotations

from typing import Final

from kashaf.entities.model import EntityType
from kashaf.entities.page import Page
from kashaf.entities.rules.registry import RULES
from kashaf.entities.rules.spans import Candidate
from kashaf.entities.tagger.calibration import share_right

_LABELS: Final[dict[EntityType, str]] = {"person": "PER", "place": "LOC", "organization": "ORG"}
#: What is left of a rule's doubts when the tagger sees an entity of the same type there.
_AGREED: Final = 0.3


def confidence_of(page: Page, one: Candidate) -> float:
    """From 0 to 1, that span and type of a candidate are right."""
    if one.source == "tagger":
        return round(share_right(one.chance), 3)
    worth = RULES[one.rule].precision
    if one.type is not None and page.tags and one.rule != "book_tagged":
        label = _LABELS[one.type]
        if any(page.tags[index][0].endswith(label) for index in range(one.first, one.last + 1)):
            worth = 1 - (1 - worth) * _AGREED
    return round(worth, 3)
