"""Display of digits: European (0-9), Arabic-Indic (٠-٩), or as written.

Rule HL2 of UAX #9 lets a protocol do this; levels and order are those of the digits in the text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kashaf.bidi.levels import ParagraphLevels, Span
    from kashaf.bidi.shaping import Clusters

Digits = Literal["keep", "arabic", "european"]

_EUROPEAN: Final = "0123456789"
_ARABIC_INDIC: Final = "٠١٢٣٤٥٦٧٨٩"
_PERSIAN: Final = "۰۱۲۳۴۵۶۷۸۹"
_TO_EUROPEAN: Final = dict(zip(_ARABIC_INDIC + _PERSIAN, _EUROPEAN * 2, strict=True))
_TO_ARABIC: Final = dict(zip(_EUROPEAN + _PERSIAN, _ARABIC_INDIC * 2, strict=True))
_DIGIT: Final = re.compile(f"[{_EUROPEAN}{_ARABIC_INDIC}{_PERSIAN}]")
# Class codes: what follows a strong left-to-right character, and what comes before any strong one.
_LATIN: Final = re.compile(rb"L[^RA]*")
_UNDECIDED: Final = re.compile(rb"[^LRA]*")


def replace_digits(
    text: str, found: Clusters, digits: Digits, levels: ParagraphLevels, links: Iterable[Span]
) -> None:
    """Change the digits in `found.texts`, in place; `found` and `levels` are those of `text`.

    "european" changes every digit. "arabic" leaves those that belong to Latin text, where the last strong
    character before is left-to-right, and those in `links`, code point spans; without a strong character, the
    base direction decides.
    """
    if digits == "keep" or _DIGIT.search(text) is None:
        return
    texts = found.texts
    if digits == "european":
        texts[:] = [_TO_EUROPEAN.get(shown, shown) for shown in texts]
        return
    classes = bytearray(levels.classes)
    for start, end in links:
        classes[start:end] = b"o" * (end - start)
    left = [match.span() for match in _LATIN.finditer(classes)]
    if not levels.base and (undecided := _UNDECIDED.match(classes)) is not None:
        left.append(undecided.span())
    kept = bytearray(len(text))
    for start, end in (*left, *links):
        kept[start:end] = b"\1" * (end - start)
    for i, shown in enumerate(texts):
        if shown in _TO_ARABIC and not kept[found.heads[i]]:
            texts[i] = _TO_ARABIC[shown]
