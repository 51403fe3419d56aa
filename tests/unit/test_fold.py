from __future__ import annotations

import pytest

from kashaf.text.fold import fold, fold_word


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("مَدْرَسَةٌ", "مدرسه"),
        ("مـــدرســة", "مدرسه"),
        ("أحمد إلى آخر ٱلنص", "احمد الي اخر النص"),
        ("مستشفى", "مستشفي"),
        ("مسؤول", "مسوول"),
        ("رئيس", "رييس"),
        ("ﻻ", "لا"),
        ("ﻣﺼﺮ", "مصر"),
        ("ﷲ", "الله"),
        ("پوتین", "بوتين"),
        ("کتابخانه\u200cها", "كتابخانهها"),
        ("١٢٣ و ۴۵۶", "123 و 456"),
        ("Café ÉLYSÉE", "cafe elysee"),
        ("e\u0301", "e"),
        ("كتا\u200fب\u200b", "كتاب"),
        ("ﹶﹼ", ""),
        ("شيء", "شيء"),
        ("", ""),
    ],
)
def test_folds(written: str, folded: str) -> None:
    assert fold(written).text == folded
    assert fold_word(written) == folded


def test_offsets_lead_back_over_removed_marks() -> None:
    folded = fold("قالَ مُحَمَّدٌ.")
    start = folded.text.index("محمد")
    assert folded.source_span(start, start + 4) == (5, 14)
    assert "قالَ مُحَمَّدٌ."[5:14] == "مُحَمَّدٌ"


def test_half_a_ligature_is_the_ligature() -> None:
    folded = fold("سﻼم")
    assert folded.text == "سلام"
    assert folded.source_span(1, 2) == (1, 2)
    assert folded.source_span(2, 3) == (1, 2)


def test_offsets_are_one_more_than_characters() -> None:
    folded = fold("ـَ")
    assert folded.text == ""
    assert folded.offsets == (2,)
    assert folded.source_span(0, 0) == (2, 2)
