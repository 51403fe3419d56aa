"""Text that was read in a wrong encoding is turned back, and nothing else is touched."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest

from kashaf.corpus.decode import decode
from kashaf.corpus.mojibake import lost_letters, repair, shown_in, spelt_out


def _is_utf8(data: bytes) -> bool:
    return decode(data).encoding == "utf-8"


SAMPLE = Path(__file__).parents[2] / "sample_corpus"
ARTICLES = [
    path.read_text("utf-8")
    for folder in ("dhifa", "kharait", "nabd", "sada", "sidra")
    for path in sorted((SAMPLE / folder).rglob("*.*"))
    if path.suffix in {".md", ".html", ".jsonl"}
    and b"\xff" not in (data := path.read_bytes())
    and _is_utf8(data)
]
NEWS = (
    "البلدية تفتح الطريق الجبلية\n"
    "قال رئيس البلدية إن الطريق الجبلية تفتح في «مطلع الشهر»، وإن كلفتها ٢٠ مليونا – أو أكثر قليلا.\n"
    "See https://sindyan.example/a?b=1 for more."
)


@pytest.mark.parametrize("codec", ["cp1252", "cp1256", "cp1251", "mac_roman", "cp437", "cp850", "latin-1"])
def test_utf8_read_as_another_page_comes_back_exactly(codec: str) -> None:
    for text in [NEWS, *ARTICLES]:
        spoilt = text.encode().decode("latin-1") if codec == "latin-1" else shown_in(text.encode(), codec)
        mended = repair(spoilt)
        assert mended is not None
        assert mended.text == text
        assert mended.how.startswith("utf-8 that was read as ")
        assert mended.confidence > 0.9


@pytest.mark.parametrize("codec", ["cp1252", "cp1256"])
def test_spoilt_twice(codec: str) -> None:
    spoilt = shown_in(shown_in(NEWS.encode(), codec).encode(), codec)
    mended = repair(spoilt)
    assert mended is not None
    assert mended.text == NEWS
    assert mended.how.endswith(", 2 times")


@pytest.mark.parametrize("codec", ["cp1256", "iso8859_6"])
def test_an_arabic_page_read_as_a_western_one(codec: str) -> None:
    meant = NEWS.encode(codec, "ignore").decode(codec)
    mended = repair(shown_in(meant.encode(codec), "cp1252"))
    assert mended is not None
    assert mended.text == meant


def test_clean_text_is_never_changed() -> None:
    for text in [
        NEWS,
        *ARTICLES,
        "المادة §3 من القانون، 25º، الماء ß",
        "Élève à l'été: «où ça?» – naïve façade, ÇA ALORS, GARÇON À LA CARTE",
        "Türkçe İstanbul'da ÇOK güzel, ÖĞRENCİ",
        "",
    ]:
        assert repair(text) is None


def test_one_spoilt_line_among_others() -> None:
    title, *rest = NEWS.split("\n")
    mended = repair("\n".join([shown_in(title.encode(), "cp1252"), *rest]))
    assert mended is not None
    assert mended.text == NEWS
    assert mended.lines == 1


def test_feh_whose_byte_was_dropped() -> None:
    spoilt = shown_in(NEWS.encode(), "cp1252").replace("\x81", "")
    mended = repair(spoilt)
    assert mended is not None
    assert mended.text == NEWS
    assert mended.confidence < 0.9


def test_decode_says_what_it_did() -> None:
    decoded = decode(shown_in(NEWS.encode(), "cp1252").encode())
    assert decoded.text == NEWS
    assert decoded.encoding == "utf-8"
    assert decoded.repaired == "utf-8 that was read as windows-1252"
    assert decoded.warnings == (f"text repaired: {decoded.repaired} (98 % sure)",)
    assert decoded.confidence == 0.98
    assert decode(NEWS.encode()).repaired == ""


def test_lost_letters_are_said() -> None:
    lost = "".join("?" if char.isalpha() else char for char in NEWS.split("\n")[1])
    assert lost_letters(lost) > 60
    assert lost_letters(NEWS + " من؟؟؟ why??? هل؟") == 0
    decoded = decode(lost.encode())
    assert decoded.confidence <= 0.3
    assert "letters lost before it came here" in decoded.warnings[0]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("&#1575;&#1604;&#x642;&#1591;&#1575;&#1585;", "القطار"),
        ("&quot;القطار&quot; &amp; غيره&nbsp;&hellip;", '"القطار" & غيره\u00a0…'),
        ("&amp;#1575;&amp;quot;", 'ا"'),
        ("\\u0627\\u0644\\u0642\\u0637\\u0627\\u0631", "القطار"),
        ("R&D; AT&T; a&b;", "R&D; AT&T; a&b;"),
        ("C:\\u0627", "C:\\u0627"),
        ("&#99999999; &#0; &nosuch;", "&#99999999; &#0; &nosuch;"),
    ],
)
def test_letters_spelt_out(written: str, meant: str) -> None:
    assert spelt_out(written)[0] == meant


def test_every_byte_can_be_shown() -> None:
    for codec in ("cp1252", "cp1256", "cp1251"):
        assert len(shown_in(bytes(range(256)), codec)) == 256
        assert codecs.lookup(codec)


def test_a_line_with_a_sign_that_the_page_lacks_stays_as_it_is() -> None:
    sentence = "وصل القطار إلى المحطة القديمة بعد ساعتين من الانتظار وغادر قبل الفجر"
    shown = shown_in(sentence.encode("iso8859-6"), "cp1252")
    odd = f"{shown[:12]} station £"
    found = repair(f"{shown}\n{odd}\n{shown}\n{shown}")
    assert found is not None
    assert found.how == "iso-8859-6 that was read as windows-1252"
    assert found.text.split("\n") == [sentence, odd, sentence, sentence]


def test_macarabic_read_as_a_western_page() -> None:
    """It has the letters of ISO 8859-6 in the same places, and signs that the other lacks."""
    sentence = "وصل القطار إلى المحطة القديمة بعد ساعتين من الانتظار وغادر قبل الفجر"
    shown = shown_in(sentence.encode("iso8859-6"), "cp1252")
    found = repair(f"{shown}\n{shown} £\n{shown}\n{shown}")
    assert found is not None
    assert found.how == "x-mac-arabic that was read as windows-1252"
    assert found.text.split("\n") == [sentence, f"{sentence} #", sentence, sentence]
