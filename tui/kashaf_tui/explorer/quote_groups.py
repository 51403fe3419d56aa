"""Quotations grouped and narrowed for the list: pure, so that each key stroke of a filter is answered at once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Final, Literal

from kashaf.entities.model import EntityKey
from kashaf.text.fold import fold
from kashaf.text.sanitise import sanitise_line
from kashaf_tui.explorer.panes.quotes import Heading, QuoteRow
from kashaf_tui.explorer.widgets.paint import isolated, left_to_right
from kashaf_tui.explorer.wording import Wording
from kashaf_tui.quoted import Utterance

Order = Literal["speaker", "article", "verb"]
Kind = Literal["", "direct", "reported"]
ORDERS: Final[tuple[Order, ...]] = ("speaker", "article", "verb")
KINDS: Final[tuple[Kind, ...]] = ("", "direct", "reported")


def speaker_key(said: Utterance) -> str:
    """What stays the same of a speaker: type and name, or the folded words of one without a name."""
    one = said.quotation
    return f"{one.speaker_type}:{one.speaker}" if one.speaker else f":{fold(said.form).text}"


def entity_of(said: Utterance) -> EntityKey | None:
    """The entity that speaks, if it has a name."""
    one = said.quotation
    return EntityKey(one.speaker_type, one.speaker) if one.speaker and one.speaker_type else None


def folded(said: Utterance) -> str:
    """What a filter looks in: speaker, verb, words, outlet and title, without marks and variants."""
    looked_in = (said.speaker, said.form, said.said, said.line, said.outlet, said.title)
    return fold("\n".join(looked_in)).text


def narrowed(
    rows: Sequence[Utterance], looked_in: Sequence[str], typed: str, kind: Kind, speaker: str
) -> list[Utterance]:
    """The quotations that hold every word typed, are of this kind, and by this speaker. looked_in: see `folded`."""
    needles = fold(typed).text.split()
    return [
        row
        for row, text in zip(rows, looked_in, strict=True)
        if (not kind or row.quotation.direct == (kind == "direct"))
        and (not speaker or speaker_key(row) == speaker)
        and all(needle in text for needle in needles)
    ]


def speakers_of(rows: Iterable[Utterance]) -> list[tuple[str, Utterance, int]]:
    """The speakers, each with one of the quotations and their number: those with a name first, most quoted first."""
    found: dict[str, list[Utterance]] = {}
    for row in rows:
        found.setdefault(speaker_key(row), []).append(row)
    listed = [(key, of[0], len(of)) for key, of in found.items()]
    return sorted(listed, key=lambda one: (not one[1].speaker, not one[1].quotation.speaker, -one[2]))


def grouped(
    say: Wording, rows: Sequence[Utterance], order: Order, closed: Collection[str]
) -> list[QuoteRow | Heading]:
    """Headings with their quotations, which stay in the order given."""
    groups: dict[str, list[Utterance]] = {}
    if order == "speaker":
        for key, _, _ in speakers_of(rows):
            groups[key] = []
    for row in rows:
        key = {"speaker": speaker_key(row), "article": row.article, "verb": row.quotation.verb}[order]
        groups.setdefault(key, []).append(row)
    names = list(groups)
    if order == "verb":
        names.sort(key=lambda verb: (not verb, -len(groups[verb])))
    listed: list[QuoteRow | Heading] = []
    for key in names:
        of = groups[key]
        name, about = _titles(say, of[0], order)
        listed.append(Heading(key, name, about, len(of), key in closed))
        if key not in closed:
            listed += [QuoteRow(row, order) for row in of]
    return listed


def _titles(say: Wording, one: Utterance, order: Order) -> tuple[str, str]:
    """The heading of a group that this one is of, and what is said beside it."""
    if order == "speaker":
        kind = one.quotation.speaker_type
        return sanitise_line(one.speaker) or say("nobody named"), say(f"offer {kind}") if kind else ""
    if order == "verb":
        return sanitise_line(one.quotation.verb) or say("no verb"), ""
    date = left_to_right(one.published.isoformat()) if one.published else say("no date")
    return f"{date} · {isolated(sanitise_line(one.outlet) or say('no outlet'))}", sanitise_line(one.title)
