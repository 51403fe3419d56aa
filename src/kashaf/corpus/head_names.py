"""Short lines at the top of a page: the site's name, the section, the headline. Told by form and by what stands
around them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from kashaf.corpus.article import RemovedLine
from kashaf.corpus.chrome import normal_form
from kashaf.corpus.cleaning import Line, is_paragraph
from kashaf.corpus.head_dates import MENU_RULES

HEADLINE_CHARS: Final = 250
_HEADLINE_WORDS: Final = 32
_SITE_NAME_WORDS: Final = 5
_SITE_NAME_CHARS: Final = 80
_SLOGAN_WORDS: Final = 10
_OWNED: Final = 0.95
_LIKELY: Final = 0.85
_DOMAIN: Final = re.compile(r"[ |–—(-]*\b(?:www\.)?[a-z0-9-]+(?:\.[a-z]{2,12})+[)/]*", re.IGNORECASE)
_SECTIONS: Final = frozenset(
    normal_form(name)
    for name in re.findall(
        r"[^|]+",
        "سياسة|اقتصاد|رياضة|ثقافة|منوعات|رأي|آراء|أخبار|محليات|محلي|عالم|العالم|دولي|عربي|صحة|علوم|تكنولوجيا|تقنية|مجتمع"
        "|فن|فنون|تحقيقات|تقارير|مقالات|حوارات|تحليلات|متابعات|ملفات|عاجل|الأخبار|أخبار عاجلة|أخبار محلية|أخبار عربية"
        "|الشرق الأوسط|شؤون عربية|شؤون دولية|مقال رأي|وجهات نظر|خبر عاجل",
    )
)


def site_name(
    lines: Sequence[Line], removed: Sequence[RemovedLine], owner: str | None
) -> tuple[str, float] | None:
    """The name of the site that the first line gives, and how sure: when the copyright line names it (`owner`), its
    address stands with it, or a menu follows."""
    first, second = lines[0], lines[1]
    if len(first.text) > _SITE_NAME_CHARS:
        return None
    name = _DOMAIN.sub("", first.text).strip()
    if not name or name.count(" ") >= _SITE_NAME_WORDS or is_paragraph(second.text):
        return None
    if owner is not None and f" {normal_form(name)} " in f" {normal_form(owner)} ":
        return name, _OWNED
    between = {gone.rule for gone in removed if first.number < gone.line < second.number}
    return (name, _LIKELY) if name != first.text or between & MENU_RULES else None


def is_slogan(text: str, name: str) -> bool:
    """Whether a last line is the site's name with its slogan."""
    return (
        text.startswith(name)
        and text != name
        and not is_paragraph(text)
        and text.count(" ") < _SLOGAN_WORDS
        and not is_paragraph(text, least=_SLOGAN_WORDS)
    )


def is_section(line: Line, following: Line, removed: Sequence[RemovedLine]) -> bool:
    """Whether a short line is the section of the article whose headline follows."""
    words = line.text.count(" ") + 1
    if words > 3 or following.text.count(" ") < 3 or not is_headline(following.text):
        return False
    if words == 1 or normal_form(line.text) in _SECTIONS:
        return True
    return any(line.number < gone.line < following.number for gone in removed)


def is_headline(text: str) -> bool:
    """Whether a line can be a headline: of one sentence at most, and no full stop."""
    return (
        text.count(" ") < _HEADLINE_WORDS
        and len(text) <= HEADLINE_CHARS
        and not is_paragraph(text)
        and (text.endswith(("..", "…")) or not text.endswith((".", "،", "؛")))
    )
