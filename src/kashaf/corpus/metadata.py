"""What a page's title, its copyright line and its first sentence say: names for articles and outlets."""

from __future__ import annotations

import re
from typing import Final

from kashaf.corpus.languages import detect_language

__all__ = [
    "NO_TITLE",
    "TITLE_WORDS",
    "detect_language",
    "fallback_title",
    "outlet_of_copyright",
    "split_title",
]

NO_TITLE: Final = "no stated title"
TITLE_WORDS: Final = 12

_SENTENCE: Final = re.compile(r"(?s).*?(?<![.…])[.؟!](?=\s|$)")
_OUTLET_NOUNS: Final = frozenset(
    re.findall(
        r"\S+",
        "صحيفة جريدة منصة إذاعة بوابة موقع وكالة قناة شبكة مجلة نشرة تلفزيون راديو يومية أسبوعية مركز المرصد",
    )
)
_COPYRIGHT_WORDS: Final = re.compile(
    r"©|\(c\)|(?:جميع|كل|كافة)\s+(?:ال)?حقوق(?:\s+(?:النشر|الطبع))?\s+(?:محفوظة|محفوظ)|حقوق\s+(?:النشر|الطبع)"
    r"|محفوظة|all rights reserved|copyright|\d{4}|[-–—|.,،:]",
    re.IGNORECASE,
)
_ARABIC_RUN: Final = re.compile("[\u0621-\u064a][\u0621-\u0652\\s]*[\u0621-\u0652]")
_COPYRIGHT_CHARS: Final = 600
_TAIL_CHARS: Final = 120
_TITLE_TAIL: Final = re.compile(r"\s*[|»›–—-]\s*([^|»›–—]{2,60})$")


def fallback_title(body: str) -> str:
    """A name for an article that states no title: its first sentence if short, else its first twelve words."""
    first = body.split("\n", 1)[0][:1_000]
    sentence = _SENTENCE.match(first)
    words = (sentence[0] if sentence else first).split()
    if len(words) <= TITLE_WORDS:
        return " ".join(words).rstrip(".،:؛")
    return " ".join(words[:TITLE_WORDS]).rstrip(".،:؛") + "…"


def split_title(title: str, outlet: str | None) -> tuple[str, str | None]:
    """A page title without the outlet after it (`… | نبض`), and that outlet when none was known."""
    tail = _TITLE_TAIL.search(title, max(0, len(title) - _TAIL_CHARS))
    if tail is None or tail.start() < 8 or not tail[1].strip():
        return title, outlet
    if outlet is None:
        looks_like_one = "|" in tail[0] or tail[1].split()[0] in _OUTLET_NOUNS
        return (title[: tail.start()], tail[1].strip()) if looks_like_one else (title, None)
    return (title[: tail.start()], outlet) if tail[1].strip() == outlet else (title, outlet)


def outlet_of_copyright(text: str) -> str | None:
    """The owner a copyright line names: its Arabic words, or its Latin ones when it has no Arabic."""
    if len(text) > _COPYRIGHT_CHARS:
        return None
    rest = " ".join(_COPYRIGHT_WORDS.sub(" ", text).split())
    arabic = _ARABIC_RUN.search(rest)
    name = " ".join(arabic[0].split()) if arabic is not None else rest
    if arabic is not None and name.startswith("ل") and name[1:].partition(" ")[0] in _OUTLET_NOUNS:
        name = name[1:]
    return name if 1 < len(name) <= 60 and len(name.split()) <= 6 else None
