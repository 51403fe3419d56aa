from __future__ import annotations

import pytest

from kashaf.text.clitics import PROCLITICS, with_proclitics
from kashaf.text.fold import fold_word
from kashaf.text.stem import stem
from kashaf.text.stopwords import STOP_WORDS


def test_the_word_itself_is_first() -> None:
    assert with_proclitics("قسد")[0] == ("قسد", "")


@pytest.mark.parametrize("form", ["وقسد", "بقسد", "لقسد", "فقسد", "كقسد", "ولقسد", "وبقسد", "القسد", "للقسد"])
def test_a_bare_word_takes_proclitics(form: str) -> None:
    forms = dict(with_proclitics("قسد"))
    assert forms[form] == form.removesuffix("قسد")


@pytest.mark.parametrize("form", ["والمجلس", "بالمجلس", "للمجلس", "وبالمجلس", "كالمجلس"])
def test_a_definite_word_keeps_its_article(form: str) -> None:
    assert form in dict(with_proclitics("المجلس"))
    assert "والالمجلس" not in dict(with_proclitics("المجلس"))


@pytest.mark.parametrize("short", ["قد", "يد", "اليد", "un", "2025", "bbc", ""])
def test_short_or_foreign_words_stand_alone(short: str) -> None:
    assert with_proclitics(short) == ((short, ""),)


def test_no_form_twice() -> None:
    forms = [form for form, _ in with_proclitics("مجلس")]
    assert len(forms) == len(set(forms))
    assert "و" in PROCLITICS
    assert "" not in PROCLITICS


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("المدرسة", "مدرسة"),
        ("والصيادين", "صيادون"),
        ("لبنان", "اللبنانيين"),
        ("سوريا", "السورية"),
        ("أميركا", "الأمريكية"),
        ("ألمانيا", "الألماني"),
        ("وفلسطين", "الفلسطيني"),
        ("والله", "الله"),
    ],
)
def test_same_stem(one: str, other: str) -> None:
    assert stem(fold_word(one)) == stem(fold_word(other))


@pytest.mark.parametrize(
    ("one", "other"), [("الله", "له"), ("لبنان", "لبن"), ("قد", "قدم"), ("ايران", "اير")]
)
def test_different_stems(one: str, other: str) -> None:
    assert stem(fold_word(one)) != stem(fold_word(other))


def test_stems_are_never_empty() -> None:
    for word in ("ال", "و", "ه", "ات", "ون", "ء"):
        assert stem(word)


def test_stop_words_are_folded() -> None:
    assert all(fold_word(word) == word for word in STOP_WORDS)
    assert fold_word("إلى") in STOP_WORDS
