"""Words typed while the keyboard was set to the other language."""

from __future__ import annotations

import pytest

from kashaf.text._layouts import LAYOUTS
from kashaf.text.keyboards import KEYBOARDS, LONGEST, neighbours, to_arabic, to_latin


def test_every_keyboard_is_in_the_generated_table() -> None:
    assert {name for pair in KEYBOARDS for name in pair} <= set(LAYOUTS)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("]lar", "دمشق"),
        ("fy]h]", "بغداد"),
        ("bff", "لابب"),
        ("hgYkjohfhj", "الإنتخابات"),
        ("hgwpdtm", "الصحيفة"),
        ("g[km", "لجنة"),
    ],
)
def test_latin_letters_are_read_as_the_keys_of_arabic_101(typed: str, meant: str) -> None:
    assert to_arabic(typed)[0] == meant


def test_caps_lock_is_seen_through() -> None:
    assert "دمشق" in to_arabic("]LAR")


def test_a_french_keyboard_has_its_letters_elsewhere() -> None:
    # There د lies on the key of $, ش on that of q.
    assert "دمشق" not in to_arabic("$lqr")[:1]
    assert "دمشق" in to_arabic("$lqr")


def test_apples_keyboard_has_its_letters_elsewhere() -> None:
    # On it د lies on the key of v, ة on that of ].
    assert "دمشق" not in to_arabic("vlar")[:1]
    assert "دمشق" in to_arabic("vlar")


@pytest.mark.parametrize(("typed", "meant"), [("ىشفخ", "nato"), ("لاشىن", "bank"), ("لقشبفخى", "grafton")])
def test_arabic_letters_are_read_as_the_keys_of_a_latin_keyboard(typed: str, meant: str) -> None:
    assert meant in to_latin(typed)


def test_lam_alef_is_one_key_or_two() -> None:
    assert {"ba", "gha"} <= set(to_latin("لاش"))
    assert {"ba", "gha"} <= set(to_latin("\ufefbش"))


@pytest.mark.parametrize("text", ["", " ", "123", "دمشق", "😀", "x" * (LONGEST + 1), "\x00"])
def test_what_was_not_typed_on_the_other_keyboard_is_not_read_so(text: str) -> None:
    assert all(reading != text for reading in to_latin(text))
    if not text.isascii() or not text.strip() or len(text) > LONGEST:
        assert to_arabic(text) in {(), ("دمشق",)}


def test_neighbours_are_those_that_fingers_confuse() -> None:
    found = neighbours()
    assert {("س", "ش"), ("ت", "ن"), ("د", "ج"), ("ر", "ب"), ("q", "w"), ("a", "q")} <= found
    assert ("ض", "م") not in found
    assert all((other, one) in found for one, other in found)
