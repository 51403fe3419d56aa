from __future__ import annotations

import pytest

from kashaf.bidi.layout import Options, lay_out, lay_out_line, visual
from kashaf.bidi.links import isolated_spans, link_spans


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("زوروا https://example.org/a/ الآن", ["https://example.org/a/"]),
        ("زوروا https://example.org/a؟", ["https://example.org/a"]),
        ("انظر (www.example.org).", ["www.example.org"]),
        ("انظر http://example.org/a_(b).", ["http://example.org/a_(b)"]),
        ("http://example.org/wiki/مصر_القديمة هنا", ["http://example.org/wiki/مصر_القديمة"]),
        ("http://example.org/abcقال الوزير", ["http://example.org/abc"]),
        ("«https://example.org»", ["https://example.org"]),
        ("راسل 24news@example.org، أو @user_1", ["24news@example.org", "@user_1"]),
        ("وسم #ArabNews وآخر #أخبار", ["#ArabNews"]),
        ("C# و a@b و @", []),
        ("في /usr/share/doc/ أو ~/a.txt، أو ./b/c", ["/usr/share/doc/", "./b/c"]),
        ("المجلد /media/a/تقارير/نص.txt.", ["/media/a/تقارير/نص.txt"]),
        (r"الملف C:\Users\a\b.docx، ثم \\server\share\x", [r"C:\Users\a\b.docx", r"\\server\share\x"]),
        ("و/أو 12/05/2025 أو km/h أو 5/6", []),
        ("نص بلا روابط", []),
        ("www.", []),
    ],
)
def test_addresses_are_found_without_their_punctuation(text: str, links: list[str]) -> None:
    assert [text[start:end] for start, end in link_spans(text)] == links


@pytest.mark.parametrize(
    "address", ["https://example.org/a/b/", "24news@example.org", "@user", "#News", "http://a.org/?q=1&r=(2)"]
)
def test_an_address_reads_left_to_right_in_an_arabic_line(address: str) -> None:
    text = f"ن {address} ن"
    assert visual(text) == f"\ufee5 {address} \ufee5"
    assert visual(address, Options(base="rtl")) == address


def test_arabic_within_an_address_still_reads_right_to_left() -> None:
    text = "ن http://a.org/نص/x"
    assert [cell.start for cell in lay_out_line(text).cells] == [*range(2, 15), 16, 15, 17, 18, 1, 0]


def test_an_address_does_not_change_its_surroundings() -> None:
    assert visual("عام www.a.org 5%").startswith("%5 ")


def test_a_wrapped_address_keeps_its_order_on_every_line() -> None:
    lines = lay_out("رابط https://example.org/abcdef", 12)
    assert [line.text for line in lines[1:]] == ["https://exam", "ple.org/abcd", "ef"]


@pytest.mark.parametrize(
    ("text", "isolated"),
    [
        ("يوم 2025-11-03، الساعة", ["2025-11-03"]),
        ("في2025-11-03م", ["2025-11-03"]),
        ("عند 2025-11-03T14:05:09.5+03:00.", ["2025-11-03T14:05:09.5+03:00"]),
        ("عند 2025-11-03 14:05 أمس", ["2025-11-03 14:05"]),
        ("بين 2025-11-03 و2025-11-05", ["2025-11-03", "2025-11-05"]),
        ("هاتف +963 11 222 3333، فاكس", ["+963 11 222 3333"]),
        ("هاتف +44 (0)20 7946 0958.", ["+44 (0)20 7946 0958"]),
        ("هاتف 00963-11-2223333", ["00963-11-2223333"]),
        ("هاتف +963112223333", ["+963112223333"]),
        ("الإصدار 2.0.1-rc.1 جاهز", ["2.0.1-rc.1"]),
        ("شاشة 3.5-inch", ["3.5-inch"]),
        ("في U.S. وفي e.g. وفي C++ وF# وDisney+", ["U.S.", "e.g.", "C++", "F#", "Disney+"]),
        ("انظر https://a.org/2025-11-03/C++ الآن", ["https://a.org/2025-11-03/C++"]),
    ],
)
def test_numbers_and_names_whose_signs_would_change_sides(text: str, isolated: list[str]) -> None:
    assert [text[start:end] for start, end in isolated_spans(text, link_spans(text))] == isolated


@pytest.mark.parametrize(
    "text",
    [
        "بين 2019-2023",
        "فاز 3-1",
        "نحو 10-20%",
        "يوم 03-11-2025",
        "رقم 2025-13-01 ورقم 2025-11-032 ورقم 1-2025-11-03",
        "يوم ٢٠٢٥-١١-٠٣",
        "ارتفع +5 نقاط إلى 100+",
        "الرمز 007 و0000000 و00",
        "بنسبة 1.5-2.5",
        "قال 5.A.B",
        "نهاية A. B.",
    ],
)
def test_what_arabic_orders_itself_is_left_to_it(text: str) -> None:
    assert isolated_spans(text, link_spans(text)) == ()


@pytest.mark.parametrize(
    "written",
    [
        "2025-11-03",
        "2025-11-03 14:05",
        "+963 11 222 3333",
        "2.0.1-rc.1",
        "U.S.",
        "C++",
        "/usr/share/doc",
        r"C:\a\b",
    ],
)
def test_they_read_left_to_right_in_an_arabic_line(written: str) -> None:
    assert visual(f"ن {written} ن") == f"\ufee5 {written} \ufee5"
    assert visual(written, Options(base="rtl")) == written


def test_an_isolated_date_takes_arabic_digits_and_an_address_keeps_its_own() -> None:
    options = Options(base="rtl", digits="arabic")
    assert visual("ن 2025-11-03", options) == "٢٠٢٥-١١-٠٣ \ufee5"
    assert visual("ن /a/12/b", options) == "/a/12/b \ufee5"


def test_isolates_of_the_text_and_ours_nest() -> None:
    text = "ن \u2066a www.a.org\u2069 2025-11-03 \u2067"
    assert visual(text) == " 2025-11-03 a www.a.org \ufee5"
    assert lay_out_line(text).cells[-1].start == 0
