"""Bytes to text: by proof first, by likelihood after."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest

from kashaf.corpus.decode import declared_charset, decode
from kashaf.errors import BadInput

SAMPLE = Path(__file__).parents[2] / "sample_corpus"

NEWS = (
    "أعلنت وزارة الزراعة أن موسم الزيتون هذا العام أفضل من سابقه، وأن المعاصر ستفتح أبوابها في الأسبوع الأول من"
    " الشهر المقبل.\nوقال رئيس اتحاد الفلاحين في حديث إلى الصحافة إن الأسعار لن ترتفع كثيرا.\n"
)
HEADLINES = ["المعاصر تفتح أبوابها باكرا", "رئيس البلدية: لا زيادة على الرسوم", "قطار الشمال يعود إلى العمل"]


@pytest.mark.parametrize(
    ("bom", "codec"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_a_byte_order_mark_decides(bom: bytes, codec: str) -> None:
    decoded = decode(bom + NEWS.encode(codec))
    assert (decoded.text, decoded.encoding, decoded.confidence) == (NEWS, codec, 1.0)


def test_strict_utf8_is_certain() -> None:
    decoded = decode(NEWS.encode())
    assert (decoded.text, decoded.encoding, decoded.confidence, decoded.warnings) == (NEWS, "utf-8", 1.0, ())


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_wide_encodings_without_a_mark(codec: str) -> None:
    decoded = decode(NEWS.encode(codec))
    assert (decoded.text, decoded.encoding) == (NEWS, codec)
    assert decoded.warnings


@pytest.mark.parametrize(
    ("codec", "name"), [("cp1256", "windows-1256"), ("iso8859_6", "iso-8859-6"), ("cp720", "ibm720")]
)
@pytest.mark.parametrize("text", [NEWS, *HEADLINES])
def test_arabic_code_pages_are_told_apart(codec: str, name: str, text: str) -> None:
    data = text.encode(codec, "ignore")
    decoded = decode(data)
    assert decoded.encoding == name
    assert decoded.text == data.decode(codec)


@pytest.mark.parametrize("codec", ["cp1256", "iso8859_6", "cp720", "mac_arabic"])
def test_every_article_gives_its_code_page_away(codec: str) -> None:
    articles = [path.read_text(encoding="utf-8") for path in SAMPLE.rglob("*.md")]
    assert articles
    for text in articles:
        data = text.encode(codec, "ignore")
        decoded = decode(data)
        assert decoded.text == data.decode(codec)
        assert not decoded.warnings


def test_a_word_said_again_and_again_stays_a_guess() -> None:
    assert decode(("تستمر " * 50).encode("iso8859_6")).warnings


def test_a_short_guess_is_flagged() -> None:
    decoded = decode("رويترز: نفط".encode("cp1256"))
    assert decoded.encoding == "windows-1256"
    assert decoded.confidence < 0.75
    assert decoded.warnings == ("encoding guessed: windows-1256",)


def test_utf8_with_a_torn_letter_stays_utf8() -> None:
    data = (NEWS * 3).encode()[:-2] + b"\xd8"
    decoded = decode(data)
    assert decoded.encoding == "utf-8"
    assert decoded.text.endswith("\ufffd")
    assert decoded.confidence < 1
    assert "damaged" in decoded.warnings[0]


def test_western_text_does_not_become_arabic() -> None:
    text = "Le ministre a été reçu à l’hôtel de ville, où l’attendaient les élèves."
    assert decode(text.encode("cp1252")).text == text


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", "PDF document"),
        (b"PK\x03\x04....", "ZIP archive or office document"),
        (b"\x89PNG\r\n\x1a\n", "PNG image"),
        (b"\x7fELF\x02\x01", "ELF program"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old office document"),
        (b"\x1f\x8b\x08\x00", "gzip archive"),
    ],
)
def test_binary_files_are_named(data: bytes, kind: str) -> None:
    with pytest.raises(BadInput, match=rf"binary file \({kind}\)"):
        decode(data, where="x")


@pytest.mark.parametrize("data", [b"\x00" * 400, bytes(range(256)) * 8, b"\x01\x02\x03\x04" * 50])
def test_other_binary_files_are_refused(data: bytes) -> None:
    with pytest.raises(BadInput, match="binary file"):
        decode(data)


def test_a_stray_nul_is_no_binary_file() -> None:
    assert decode((NEWS + "\x00").encode()).text == NEWS + "\x00"


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (b'<meta charset="windows-1256">', "cp1256"),
        (b"<META http-equiv=Content-Type content='text/html; charset=utf-8'>", "utf-8"),
        (b'<?xml version="1.0" encoding="iso-8859-6"?>', "iso8859-6"),
        (b'<meta charset="utf-7">', None),
        (b'<meta charset="no-such-thing">', None),
        (b"<p>charset=utf-8</p>", None),
    ],
)
def test_declared_charset(head: bytes, name: str | None) -> None:
    assert declared_charset(head) == name


def test_a_declaration_decides_between_code_pages() -> None:
    data = "نبأ".encode("iso8859_6")
    assert decode(data, declared="iso8859-6").text == "نبأ"


def test_a_false_declaration_is_not_believed() -> None:
    assert decode(NEWS.encode("cp1256"), declared="cp1252").text == NEWS
    assert decode(NEWS.encode(), declared="cp1256").text == NEWS
