"""Why a result matched: the rules in words, and the query as it was understood."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kashaf_index.model import RUNGS, Hit, Query
from kashaf_tui.explorer.widgets.paint import isolated, left_to_right
from kashaf_tui.explorer.wording import Wording

#: Rules that name something: a clitic, a spelling, an entry of the name book, a root.
_NAMING: Final = ("proclitic", "variant", "alias", "root")
_MIRRORED: Final = str.maketrans("├└", "┤┘")
_PLAIN: Final = (*RUNGS, "fuzzy", "pattern")


def rule_words(say: Wording, rule: str) -> str:
    """A rule of `kashaf_index.model.Why` as the analyst reads it."""
    name, _, of = rule.partition(" ")
    if of and name in _NAMING:
        shown = f"{of}ـ" if name == "proclitic" else of
        return say("rule " + name, what=isolated(shown))
    return say("rule " + name) if name in _PLAIN else rule


def why_lines(say: Wording, hit: Hit, query: Query) -> Iterator[str]:
    """The title, a line for each reason, and the query's tree."""
    from kashaf_index.query.parser import parse  # noqa: PLC0415 -- not before first paint
    from kashaf_index.query.tree import branches  # noqa: PLC0415

    comma = "، " if say.base == "rtl" else ", "
    yield hit.title
    yield ""
    for why in hit.why:
        words = comma.join(map(isolated, why.words))
        yield f"{isolated(why.term)}: {words} ({rule_words(say, why.rule)})"
    if not hit.why:
        yield say("no reason")
    parsed = parse(query.text)
    if parsed.root is not None:
        yield ""
        yield "# " + say("as understood")
        for boughs, label in branches(parsed.root):
            told = say.told(label)
            # Lines of the interface's direction, whatever the first word of a label is.
            yield boughs.translate(_MIRRORED) + told if say.base == "rtl" else left_to_right(boughs + told)
    for warning in parsed.warnings:
        yield "! " + say.told(warning)
