"""Files in which two encodings meet."""

from __future__ import annotations

import pytest

from kashaf.corpus.decode import decode

ONE = (
    "أعلنت وزارة الزراعة أن موسم الزيتون هذا العام أفضل من سابقه، وأن المعاصر ستفتح أبوابها في الأسبوع الأول من"
    " الشهر المقبل.\nوقال رئيس اتحاد الفلاحين في حديث إلى الصحافة إن الأسعار لن ترتفع كثيرا."
)
OTHER = (
    "بدأت في بلدة السنديانة أعمال توسيع الطريق الجبلية التي تربطها بالساحل، بعد عامين من التأخير بسبب خلاف على"
    " التعويضات بين الأهالي والوزارة.\nوقال المتعهد إن المرحلة الأولى تنتهي قبل الشتاء إذا بقي الطقس على حاله."
)
PAGES = {
    "cp1256": "windows-1256",
    "iso8859_6": "iso-8859-6",
    "mac_arabic": "x-mac-arabic",
}


@pytest.mark.parametrize("codec", PAGES)
def test_utf8_with_lines_of_another_page(codec: str) -> None:
    for first, second, lines in ((ONE, OTHER, "lines 3–4"), (OTHER, ONE, "lines 3–4")):
        data = first.encode() + b"\n" + second.encode(codec, "ignore")
        decoded = decode(data)
        assert decoded.text == first + "\n" + second.encode(codec, "ignore").decode(codec)
        assert decoded.encoding == "utf-8"
        assert 0.3 < decoded.confidence <= 0.9
        assert decoded.warnings[0] == f"mixed encodings: {lines} read as {PAGES[codec]}, the rest as utf-8"


def test_another_page_first() -> None:
    decoded = decode(ONE.encode("cp1256") + b"\n" + OTHER.encode())
    assert decoded.text == ONE + "\n" + OTHER
    assert "lines 1–2 read as windows-1256" in decoded.warnings[0]


def test_words_of_another_page_in_a_line() -> None:
    first, second = ONE.replace("\n", " "), OTHER.replace("\n", " ")
    decoded = decode(first.encode() + b" " + second.encode("cp1256"))
    assert decoded.text == first + " " + second
    assert "line 1 read as windows-1256" in decoded.warnings[0]


@pytest.mark.parametrize("codec", ["mac_arabic", "iso8859_6"])
def test_two_arabic_pages(codec: str) -> None:
    data = ONE.encode("cp1256") + b"\n" + OTHER.encode(codec, "ignore")
    decoded = decode(data)
    assert decoded.text == ONE + "\n" + OTHER.encode(codec, "ignore").decode(codec)
    assert "mixed encodings" in decoded.warnings[0]


def test_torn_utf8_is_no_mix() -> None:
    data = ONE.encode()[:-1] + b"\xd8\n" + OTHER.encode()
    decoded = decode(data)
    assert decoded.encoding == "utf-8"
    assert decoded.text.endswith(OTHER)
    assert "damaged" in decoded.warnings[0]


@pytest.mark.parametrize("codec", PAGES)
def test_one_page_is_no_mix(codec: str) -> None:
    data = (ONE + "\n" + OTHER).encode(codec, "ignore")
    decoded = decode(data)
    assert decoded.text == data.decode(codec)
    assert decoded.warnings == ()


@pytest.mark.parametrize(
    "declared", ["no such thing", "hex", "utf-7", "rot13", "\x00", "", "unicode_escape", "idna"]
)
def test_charsets_that_no_page_may_declare(declared: str) -> None:
    assert decode(ONE.encode("cp1256"), declared=declared).text == ONE
