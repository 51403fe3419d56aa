"""Facts about a statement, a figure or a claim, in the words of the interface."""

from __future__ import annotations

from datetime import date
from typing import Final

from kashaf.entities.statements.model import Claim, Figure, Statement
from kashaf.said import said
from kashaf.text.sanitise import sanitise_line
from kashaf_tui.explorer.widgets.paint import isolated, left_to_right
from kashaf_tui.explorer.wording import Wording
from kashaf_tui.timeline_text import shown_value

_WORDS: Final = 3  # that a claim's reason names


def about_statement(one: Statement, say: Wording) -> list[str]:
    """Where a statement stands, what its date is worth, and who else tells it."""
    mention, first = one.mention, one.first
    told = [shown_value(mention.edtf) and left_to_right(shown_value(mention.edtf))]
    told.append(say("evidence open") if one.day is None else say(f"evidence {one.evidence}"))
    if len(one.outlets) > 1:
        told.append(say("told by n", n=len(one.outlets)))
    told += [first.outlet or say("no outlet"), published_words(first.published, say)]
    if mention.note:
        told.append(say.told(said(mention.note)))
    return [*filter(None, told), sanitise_line(first.title)]


def about_figure(one: Figure, say: Wording) -> list[str]:
    """Where a figure stands, and which days it is of when that is not the day of publication."""
    told = [one.outlet or say("no outlet"), published_words(one.published, say)]
    if one.when is not None and one.when != (one.published, one.published):
        first, last = (left_to_right(day.isoformat()) for day in one.when)
        told.append(
            say("figure of", date=first) if first == last else say("figure of span", first=first, last=last)
        )
    return [*told, sanitise_line(one.title)]


def why_together(claim: Claim, say: Wording) -> str:
    """On which evidence its figures stand together."""
    if claim.copies:
        return say("grouped copies")
    if claim.counting == "members":
        return say("grouped body")
    if claim.words:
        return say("grouped words", words=isolated(" ".join(map(sanitise_line, claim.words[:_WORDS]))))
    return say("grouped names")


def published_words(day: date | None, say: Wording) -> str:
    return say("published on", date=left_to_right(day.isoformat())) if day is not None else say("no date")
