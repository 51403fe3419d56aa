from __future__ import annotations

import time

import pytest

from kashaf.bidi.layout import Options, lay_out, lay_out_line, visual
from kashaf.bidi.links import link_spans


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


HOSTILE = {
    "handle": "@" + "a" * 100_000,
    "brackets after a name": "www.(" * 20_000,
    "brackets after a scheme": "http://" + "(" * 50_000,
    "mail": "a@a." * 30_000,
    "hashtags": "#a" * 50_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_takes_bounded_time(text: str) -> None:
    begun = time.monotonic()
    link_spans(text)
    assert time.monotonic() - begun < 2
