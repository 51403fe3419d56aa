"""Our order and our forms against two libraries that do half of the work each.

Three differences are meant, and taken out of what is compared: a no-break space is drawn as a blank; what is not
drawn (format and control characters) is not printed; and letters arabic-reshaper does not know, as the Maghreb's
ڨ, join with their neighbours as Unicode says.
"""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from arabic_reshaper import ArabicReshaper
from bidi import get_display
from hypothesis import given, settings
from hypothesis import strategies as st

from kashaf.bidi._ucd import MIRROR
from kashaf.bidi.layout import Options, visual
from kashaf.bidi.levels import REMOVED, levels
from kashaf.bidi.order import line_levels, visual_order
from kashaf.bidi.properties import CELL_CLASS
from kashaf.bidi.shaping import clusters
from kashaf.corpus.containers import is_container
from kashaf.corpus.readers import read
from kashaf.corpus.walk import walk

LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهويىةءأإآؤئ"
PERSIAN = "پچژگکی"
PARAGRAPHS = 10_000
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
# Without embeddings and isolates: python-bidi 0.6 errs on "1 LRO LRI" and its like, which Unicode's own cases settle.
directional = st.text(st.sampled_from("اب ab12.,()\u200e\u200f\u061c"), max_size=40)
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
    on_line = line_levels(levels(text, base))
    drawn = [i for i, level in enumerate(on_line) if level != REMOVED]
    return "".join(text[drawn[place]] for place in visual_order(bytes([on_line[i] for i in drawn])))


@pytest.fixture(scope="module")
def paragraphs() -> list[str]:
    """Those of the sample corpus, and as many made of its words as there lack of 10,000; always the same."""
    root = Path(__file__).parents[2]
    found: dict[str, None] = {}
    files = [file for file in walk(root / "sample_corpus", exclude=root) if not is_container(file.path)]
    for file in sorted(files, key=lambda file: file.relative):
        for member in read(file.relative, file.path.read_bytes()).members:
            found.update(dict.fromkeys(filter(str.strip, member.draft.text.split("\n"))))
    real = list(found)
    words = [word for text in real for word in text.split()]
    chance = random.Random(15)
    made = (" ".join(chance.choices(words, k=chance.randint(3, 24))) for _ in range(PARAGRAPHS - len(real)))
    return [*real, *made]


def test_ten_thousand_paragraphs_equal_both_libraries(paragraphs: list[str]) -> None:
    assert len(paragraphs) == PARAGRAPHS
    for text in paragraphs:
        plain = "".join(
            " " if CELL_CLASS[char] in "sSg" else char for char in text if CELL_CLASS[char] != "n"
        )
        assert "".join(clusters(text).texts) == RESHAPER.reshape(plain)
        assert ordered(plain, None).translate(MASK) == get_display(plain).translate(MASK)


@settings(max_examples=200, deadline=None)
@given(st.one_of(press, directional), st.sampled_from([(0, "L"), (1, "R"), (None, None)]))
def test_order_equals_python_bidi(text: str, base: tuple[int | None, str | None]) -> None:
    assert ordered(text, base[0]).translate(MASK) == get_display(text, base_dir=base[1]).translate(MASK)


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
