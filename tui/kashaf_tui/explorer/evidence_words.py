"""Where a value was read and by which rule a line was removed, in the words of one language."""

from __future__ import annotations

import re
from typing import Final

from kashaf.corpus.article import Evidence
from kashaf.corpus.corrections import BY_ANALYST
from kashaf.text.sanitise import sanitise_line
from kashaf_tui.explorer.widgets.paint import left_to_right
from kashaf_tui.explorer.wording import Wording
from kashaf_tui.explorer.wording_articles import RULES

_LINE: Final = re.compile(r"line (\d+)(?:, (.+))?")
_NAMED: Final = re.compile(r"([a-z -]+): (.+)", re.DOTALL)
_KINDS: Final = frozenset(
    {
        "meta",
        "field",
        "front matter",
        "header",
        "property",
        "style",
        "json-ld",
        "element",
        "html",
        "stated by the file",
    }
)
_PLAIN: Final = frozenset({"file name", "letters of the text"})
_BESIDE: Final = {"Hijri": "hijri", "copyright": "chrome copyright", "heading": "heading"}
_CERTAIN, _LIKELY = 0.99, 0.75


def place_words(say: Wording, where: str) -> str:
    """Where a value was read. Names that a format or a page gives, and what has no words yet, stay as they are."""
    if found := _LINE.fullmatch(where):
        beside = say(_BESIDE[found[2]]) if found[2] in _BESIDE else found[2]
        comma = "، " if say.base == "rtl" else ", "
        return comma.join(filter(None, (say("line", n=found[1]), beside)))
    if where == BY_ANALYST:
        return say("corrected")
    if where in _PLAIN:
        return say(f"where {where}")
    if (found := _NAMED.fullmatch(where)) and found[1] in _KINDS:
        return say(f"where {found[1]}", name=left_to_right(found[2]))
    return where


def evidence_words(say: Wording, evidence: Evidence) -> str:
    """Where a value was read, and how sure that is."""
    words = place_words(say, evidence.where)
    if evidence.where == BY_ANALYST:
        return words
    percent = round(100 * evidence.confidence)
    if evidence.confidence >= _CERTAIN:
        sure = say("sure")
    else:
        sure = say("rather sure" if evidence.confidence >= _LIKELY else "unsure", percent=percent)
    return f"{words} · {sure}"


def removal_words(say: Wording, rule: str) -> str:
    """A rule of chrome. One that has no words, as those of the analyst's own file, is shown by its id."""
    if rule in RULES:
        return say(f"chrome {rule}")
    if rule.startswith("label-"):
        return say("chrome label", field=rule.removeprefix("label-"))
    return sanitise_line(rule)
