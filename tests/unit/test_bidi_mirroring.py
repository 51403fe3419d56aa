"""Rule L4: at an odd level, a character is shown as its mirror image. Lines are written as they are seen."""

from __future__ import annotations

import pytest

from kashaf.bidi._ucd import MIRROR
from kashaf.bidi.layout import Options, visual

RTL, LTR = Options(base="rtl"), Options(base="ltr")
NUN, BA = "\ufee5", "\ufe8f"


@pytest.mark.parametrize("pair", ["()", "[]", "{}", "<>", "«»", "‹›", "≤≥", "≪≫", "⟨⟩", "「」", "（）"])
def test_a_pair_in_arabic_opens_on_the_right(pair: str) -> None:
    opening, closing = tuple(pair)
    assert visual(f"{opening}ن{closing}", RTL) == f"{opening}{NUN}{closing}"
    assert visual(f"ب {opening}ن{closing} ب", RTL) == f"{BA} {opening}{NUN}{closing} {BA}"
    assert visual(f"ن{opening}", RTL) == f"{closing}{NUN}"


@pytest.mark.parametrize("pair", ["()", "[]", "{}", "<>", "«»", "‹›", "≤≥"])
def test_a_pair_in_latin_stays(pair: str) -> None:
    opening, closing = tuple(pair)
    assert visual(f"a {opening}b{closing} c", LTR) == f"a {opening}b{closing} c"
    assert visual(f"{opening}b{closing}", LTR) == f"{opening}b{closing}"


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        # Around Latin in Arabic: brackets keep the direction of the line, by N0.
        ("ن (CNN) ب", f"{BA} (CNN) {NUN}"),
        ("ن «CNN» ب", f"{BA} «CNN» {NUN}"),
        ("ن [a] (b) {c}", "{c} (b) [a] " + NUN),
        # Around a mixture: the direction of the line wins.
        ("ن (ب CNN)", f"(CNN {BA}) {NUN}"),
        ("ن (CNN ب)", f"({BA} CNN) {NUN}"),
        # Nested.
        ("«ن ‹ب›»", f"«‹{BA}› {NUN}»"),
        ("([{ن}])", "([{" + NUN + "}])"),
        ("(ن [a (b)])", f"([a (b)] {NUN})"),
        # Unpaired and crossed.
        ("ن (ب", f"{BA}) {NUN}"),
        ("ن) ب", f"{BA} ({NUN}"),
        ("ن )ب(", f"){BA}( {NUN}"),
        # Signs of comparison point at the same number when read from the right.
        ("ن < 5", f"5 > {NUN}"),
        ("ن ≥ 5", f"5 ≤ {NUN}"),
    ],
)
def test_mirroring_in_a_right_to_left_line(text: str, seen: str) -> None:
    assert visual(text, RTL) == seen


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("a (ن) b", f"a ({NUN}) b"),
        ("a (ن ب) b", f"a ({BA} {NUN}) b"),
        ("a (ن b) c", f"a ({NUN} b) c"),
        ("a «ن» b", f"a «{NUN}» b"),
        ("a ن «ب» ن b", f"a {NUN} «{BA}» {NUN} b"),
        ("a ن (ب) ن b", f"a {NUN} ({BA}) {NUN} b"),
    ],
)
def test_mirroring_in_a_left_to_right_line(text: str, seen: str) -> None:
    assert visual(text, LTR) == seen


def test_a_bracket_with_a_mark_over_it_is_mirrored_too() -> None:
    assert visual("ن(\u0301", RTL) == f")\u0301{NUN}"


def test_every_mirrored_character_of_the_database() -> None:
    for char, image in MIRROR.items():
        assert visual(f"\u202e{char}", LTR) == image
        assert visual(f"\u202d{char}", RTL) == char
