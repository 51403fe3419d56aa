"""Display of digits: European (0-9), Arabic-Indic (٠-٩), or as written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from kashaf.bidi.properties import BIDI_CLASS

if TYPE_CHECKING:
    from kashaf.bidi.shaping import Clusters

Digits = Literal["keep", "arabic", "european"]

_EUROPEAN: Final = "0123456789"
_ARABIC_INDIC: Final = "٠١٢٣٤٥٦٧٨٩"
_PERSIAN: Final = "۰۱۲۳۴۵۶۷۸۹"
_TO_EUROPEAN: Final = dict(zip(_ARABIC_INDIC + _PERSIAN, _EUROPEAN * 2, strict=True))
_TO_ARABIC: Final = dict(zip(_EUROPEAN + _PERSIAN, _ARABIC_INDIC * 2, strict=True))
_ALL: Final = frozenset(_EUROPEAN + _ARABIC_INDIC + _PERSIAN)
_STRONG: Final = {"L": False, "R": True, "AL": True}


def replace_digits(
    text: str, found: Clusters, digits: Digits, *, base: int, links: tuple[tuple[int, int], ...]
) -> None:
    """Change the digits in `found.texts`, in place; `found` are the clusters of `text`.

    "european" changes every digit. "arabic" leaves those that belong to Latin text, where the last strong
    character before is left-to-right, and those in `links`; without a strong character, `base` decides.
    """
    if digits == "keep" or _ALL.isdisjoint(text):
        return
    texts = found.texts
    if digits == "european":
        texts[:] = [_TO_EUROPEAN.get(shown, shown) for shown in texts]
        return
    arabic = bool(base & 1)
    ahead = list(reversed(links))
    for i, shown in enumerate(texts):
        head = found.heads[i]
        while ahead and head >= ahead[-1][1]:
            ahead.pop()
        if ahead and head >= ahead[-1][0]:
            continue
        if arabic and shown in _TO_ARABIC:
            texts[i] = _TO_ARABIC[shown]
        else:
            arabic = _STRONG.get(BIDI_CLASS[text[head]], arabic)
