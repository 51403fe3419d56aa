"""What cleaning or decoding an article again may do to all of its text, for `anchor_matrix.py`."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import Final

from scripts.anchor_prose import Prose

Change = Callable[[str, Prose], str]


def spaced(text: str, prose: Prose) -> str:
    """White space other than it was."""
    blanks = (" ", " ", " ", "  ", "\u00a0", "\n")
    return "".join(prose.chance.choice(blanks) if char == " " else char for char in text)


def stretched(text: str, prose: Prose) -> str:
    """Tatweel within words."""
    out = []
    for at, char in enumerate(text):
        out.append(char)
        if char in "بتسشصضطعغفقكلمنهي" and text[at + 1 : at + 2].isalpha() and prose.chance.random() < 0.1:
            out.append("ـ" * prose.chance.randint(1, 3))
    return "".join(out)


def vowelled(text: str, prose: Prose) -> str:
    """Vowel signs on some letters."""
    return "".join(
        char + (prose.chance.choice("َُِّْ") if char.isalpha() and prose.chance.random() < 0.15 else "")
        for char in text
    )


def unvowelled(text: str, _: Prose) -> str:
    return "".join(char for char in text if not unicodedata.combining(char))


_FORMS: Final = {unicodedata.normalize("NFKC", chr(code)): chr(code) for code in range(0xFE80, 0xFEF5)}


def presented(text: str, _: Prose) -> str:
    """Presentation forms in the place of letters, as a PDF gives them."""
    return "".join(_FORMS.get(char, char) for char in text)


def other_digits(text: str, _: Prose) -> str:
    return text.translate({ord(str(n)): chr(0x660 + n) for n in range(10)})


def other_signs(text: str, _: Prose) -> str:
    return text.translate({ord("«"): '"', ord("»"): '"', ord("،"): ",", ord("٪"): "%"})


def other_letters(text: str, _: Prose) -> str:
    return text.translate({ord("أ"): "ا", ord("إ"): "ا", ord("آ"): "ا", ord("ة"): "ه", ord("ى"): "ي"})


def decomposed(text: str, _: Prose) -> str:
    return unicodedata.normalize("NFD", text)


def lossy(text: str, prose: Prose) -> str:
    """Here and there a letter that another encoding did not have."""
    return "".join("\ufffd" if char != " " and prose.chance.random() < 0.02 else char for char in text)


def at_once(*edits: Change) -> Change:
    def edit(text: str, prose: Prose) -> str:
        for one in edits:
            text = one(text, prose)
        return text

    return edit
