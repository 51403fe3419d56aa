"""Our order and our forms against two libraries that do half of the work each."""

from __future__ import annotations

from arabic_reshaper import ArabicReshaper
from bidi import get_display
from hypothesis import given, settings
from hypothesis import strategies as st

from kashaf.bidi._ucd import MIRROR
from kashaf.bidi.layout import Options, visual
from kashaf.bidi.levels import levels
from kashaf.bidi.order import line_levels, visual_order
from kashaf.bidi.shaping import clusters

LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهويىةءأإآؤئ"
PERSIAN = "پچژگکی"
# python-bidi does not mirror, so that a bracket and its mirror image must count as the same.
MASK = str.maketrans({char: min(char, mirrored) for char, mirrored in MIRROR.items()})

press = st.text(
    st.one_of(
        st.sampled_from(LETTERS + PERSIAN + "   "),
        st.sampled_from("abcXYZ 0123456789٠١٢٣%$€#+-.,:/"),
        st.sampled_from("()[]{}«»<>\"'،؛؟!…–"),
        st.sampled_from("אבג\u064e\u0651\u0301"),
    ),
    max_size=60,
)
directional = st.text(
    st.sampled_from("اب ab12.,()\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"),
    max_size=40,
)
words = st.text(st.sampled_from(LETTERS + PERSIAN + "ـ" + "للاا"), min_size=1, max_size=12)
vocalised = st.text(
    st.sampled_from(LETTERS + "\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652"), max_size=16
)

# Its ligature of the word Allah is a character of its own, U+FDF2; lam-alef stays on.
RESHAPER = ArabicReshaper(
    configuration={
        "delete_harakat": True,
        "support_ligatures": True,
        "ARABIC LIGATURE ALLAH": False,
        "RIAL SIGN": False,
    }
)


def ordered(text: str, base: int | None) -> str:
    found = levels(text, base)
    on_line = line_levels(text, found.levels, found.base)
    drawn = [(i, level) for i, level in enumerate(on_line) if level is not None]
    return "".join(text[drawn[place][0]] for place in visual_order([level for _, level in drawn]))


def without_controls(text: str) -> str:
    """python-bidi keeps some of the characters rule X9 removes."""
    return "".join(char for char in text if not "\u202a" <= char <= "\u202e")


@settings(max_examples=200, deadline=None)
@given(st.one_of(press, directional), st.sampled_from([(0, "L"), (1, "R"), (None, None)]))
def test_order_equals_python_bidi(text: str, base: tuple[int | None, str | None]) -> None:
    expected = without_controls(get_display(text, base_dir=base[1]))
    assert without_controls(ordered(text, base[0])).translate(MASK) == expected.translate(MASK)


@settings(max_examples=200, deadline=None)
@given(st.one_of(words, vocalised))
def test_shaping_equals_arabic_reshaper(word: str) -> None:
    assert "".join(clusters(word).texts) == RESHAPER.reshape(word)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.one_of(words, st.sampled_from(["CNN", "2025", "50", "،", "F-16"])), min_size=1, max_size=8)
)
def test_a_visual_line_equals_both_libraries_together(parts: list[str]) -> None:
    text = " ".join(parts)
    expected = get_display(RESHAPER.reshape(text), base_dir="R")
    assert visual(text, Options(base="rtl")) == expected
