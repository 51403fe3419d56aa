"""The language of an article: as stated when its script agrees, else by what only one language writes."""

from __future__ import annotations

import pytest

from kashaf.corpus.languages import detect_language

ARABIC = "أعلنت بلدية السنديانة أن الطريق الجبلية تفتتح في مطلع الشهر المقبل بعد عامين من العمل"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (ARABIC, "ar"),
        ("وزیر کشور گفت که پروژه‌های جدید در ماه آینده آغاز می‌شود و چهار شهر را می‌گیرد", "fa"),
        ("وزیر اعلیٰ نے کہا ہے کہ گاؤں کی نئی سڑک اگلے مہینے کھول دی جائے گی", "ur"),
        ("سەرۆکی شارەوانی ڕایگەیاند کە ڕێگا نوێیەکە لە هەفتەی داهاتوودا دەکرێتەوە", "ckb"),
        ("د ښاروالۍ رئیس وویل چې نوی سړک به په راتلونکې میاشت کې پرانیستل شي", "ps"),
        ("The mayor said that the new road to the village would be opened in the spring.", "en"),
        ("Le maire a dit que la nouvelle route du village serait ouverte au printemps.", "fr"),
        ("Belediye başkanı yeni yolun ilkbaharda açılacağını ve bu yolun daha kısa olacağını söyledi", "tr"),
        ("Der Bürgermeister sagte, dass die Straße im Frühling eröffnet werde", "und"),
        # Arabic words typed on a Persian keyboard.
        ("اعلنت بلدیة السندیانة ان الطریق الجبلیة تفتتح في الاسبوع المقبل علی الارجح", "ar"),
        ("", "und"),
        ("12 / 2025", "und"),
    ],
)
def test_found(text: str, language: str) -> None:
    assert detect_language(text) == language


@pytest.mark.parametrize(
    ("stated", "language"),
    [
        ("ar", "ar"),
        ("ar-SY", "ar"),
        ("AR_eg", "ar"),
        ("ara", "ar"),
        ("العربية", "ar"),
        ("Arabic", "ar"),
        ("en", "ar"),  # the template's language
        ("fr-FR", "ar"),
        ("", "ar"),
        ("!?", "ar"),
        ("fa", "fa"),
    ],
)
def test_stated_beside_arabic_text(stated: str, language: str) -> None:
    assert detect_language(ARABIC, stated) == language


def test_stated_beside_western_text() -> None:
    assert detect_language("Der Bürgermeister sagte", "de-AT") == "de"
    assert detect_language("The mayor said that the road of the village", "ar") == "en"
    assert detect_language("", "ar") == "ar"
