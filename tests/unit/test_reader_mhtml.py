"""MHTML and pages that a browser saved: the page, its address, and nothing of the day it was saved."""

from __future__ import annotations

import quopri

import pytest

from kashaf.corpus.readers import read
from kashaf.errors import BadInput

BODY = "أعلنت البلدية أن الجسر يفتح أمام السيارات في مطلع الشهر المقبل، وأن الطريق القديم يبقى مفتوحا للمشاة وحدهم."
MORE = "وقالت المهندسة المشرفة إن الكلفة لم تتجاوز ما رصد لها في موازنة العام الماضي، وإن الأعمال انتهت قبل موعدها."
PAGE = (
    "<!DOCTYPE html><html lang='ar'><head><title>الجسر يفتح قبل موعده</title></head><body><nav><a>سياسة</a></nav>"
    f"<article><h1>الجسر يفتح قبل موعده</h1><p>{BODY}</p><p>{MORE}</p></article></body></html>"
)


def mhtml(page: bytes, charset: str, start: str = "") -> bytes:
    return (
        b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://marfa.example/bridge\r\n"
        b"Subject: =?utf-8?Q?x?=\r\nDate: Sun, 1 Mar 2026 10:00:00 -0000\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/related; type="text/html"; boundary="--b"' + start.encode() + b"\r\n\r\n"
        b"----b\r\nContent-Type: text/html; charset="
        + charset.encode()
        + b"\r\nContent-ID: <f@mhtml.blink>\r\n"
        b"Content-Transfer-Encoding: quoted-printable\r\nContent-Location: https://marfa.example/bridge\r\n\r\n"
        + quopri.encodestring(page)
        + b"\r\n----b\r\nContent-Type: text/html\r\nContent-Location: https://ads.example/\r\n\r\n<p>ad</p>\r\n"
        b"----b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n----b--\r\n"
    )


@pytest.mark.parametrize("charset", ["utf-8", "windows-1256"])
@pytest.mark.parametrize("name", ["a.mhtml", "a.txt"])
def test_the_page_and_its_address(charset: str, name: str) -> None:
    (member,) = read(name, mhtml(PAGE.encode(charset), charset)).members
    made = member.draft
    assert made.text == f"الجسر يفتح قبل موعده\n{BODY}\n{MORE}"
    assert made.metadata.url == "https://marfa.example/bridge"
    assert made.metadata.published is None
    assert made.provenance.encoding == charset


def test_the_part_that_start_names() -> None:
    swapped = mhtml(PAGE.encode(), "utf-8").replace(b"Content-ID: <f@mhtml.blink>", b"Content-ID: <g>")
    page = swapped.replace(b"<p>ad</p>", PAGE.encode()).replace(
        b"Content-Type: text/html\r\nContent-Location",
        b"Content-Type: text/html\r\nContent-ID: <s>\r\nContent-Location",
    )
    page = page.replace(b'boundary="--b"', b'boundary="--b"; start="<s>"')
    assert read("a.mht", page).members[0].draft.text.startswith("الجسر يفتح")


def test_saved_complete_pages_name_their_address() -> None:
    page = PAGE.replace("<html", "<!-- saved from url=(0028)https://marfa.example/bridge --><html")
    meta = read("a.html", page.encode()).members[0].draft.metadata
    assert meta.url == "https://marfa.example/bridge"
    evidence = meta.evidence_of("url")
    assert evidence is not None
    assert evidence.where == "comment: saved from url"


def test_without_a_page_it_is_refused() -> None:
    data = mhtml(PAGE.encode(), "utf-8").replace(b"text/html", b"text/css")
    with pytest.raises(BadInput, match="saved page without its page"):
        read("a.mhtml", data.replace(b'multipart/related; type="text/css"', b"multipart/related"))
