"""E-mail: headers in any charset, the text of every kind of body, attachments as articles of their own."""

from __future__ import annotations

import base64
import quopri
from datetime import date
from email.message import EmailMessage

import pytest
from tests.document_support import docx, paragraph

from kashaf.corpus.article import Draft
from kashaf.corpus.readers import read
from kashaf.corpus.readers.mail_text import plain_blocks
from kashaf.corpus.readers.mime import decoded_words
from kashaf.errors import BadInput

BODY = "أعلنت البلدية أن الجسر يفتح أمام السيارات في مطلع الشهر المقبل، وأن الطريق القديم يبقى مفتوحا للمشاة وحدهم."
MORE = "وقالت المهندسة المشرفة إن الكلفة لم تتجاوز ما رصد لها في موازنة العام الماضي، وإن الأعمال انتهت قبل موعدها."
HEAD = (
    b"Received: from a by b; Mon, 10 Nov 2025 09:00:00 +0000\r\nMessage-ID: <1@example.org>\r\n"
    b"Date: Sun, 9 Nov 2025 23:30:00 +0300\r\nMIME-Version: 1.0\r\n"
)


def word(text: str, charset: str = "utf-8") -> bytes:
    return b"=?" + charset.encode() + b"?B?" + base64.b64encode(text.encode(charset)) + b"?="


def raw(body: bytes, *headers: bytes) -> bytes:
    subject = b"Subject: " + word("الجسر يفتح قبل موعده", "windows-1256")
    sender = b"From: " + word("ليلى الحداد") + b" <layla@example.org>"
    return HEAD + b"\r\n".join([subject, sender, *headers, b"", body])


def message(**parts: str) -> EmailMessage:
    made = EmailMessage()
    made["Subject"] = "الجسر يفتح قبل موعده"
    made["From"] = "ليلى الحداد <layla@example.org>"
    made["Date"] = "Sun, 09 Nov 2025 23:30:00 +0300"
    made["Message-ID"] = "<1@example.org>"
    if "plain" in parts:
        made.set_content(parts["plain"])
    if "html" in parts:
        made.add_alternative(parts["html"], subtype="html")
    return made


def draft(data: bytes, name: str = "a.eml") -> Draft:
    return read(name, data).members[0].draft


@pytest.mark.parametrize("charset", ["utf-8", "windows-1256", "iso-8859-6"])
@pytest.mark.parametrize("coding", ["quoted-printable", "base64", "8bit"])
def test_bodies_in_charsets_and_codings(charset: str, coding: str) -> None:
    text = f"{BODY}\n\n{MORE}\n".encode(charset)
    bodies = {"quoted-printable": quopri.encodestring(text), "base64": base64.encodebytes(text), "8bit": text}
    made = draft(
        raw(
            bodies[coding],
            f"Content-Type: text/plain; charset={charset}".encode(),
            f"Content-Transfer-Encoding: {coding}".encode(),
        )
    )
    assert made.text == f"الجسر يفتح قبل موعده\n{BODY}\n{MORE}"
    assert made.provenance.encoding == charset
    meta = made.metadata
    assert (meta.title, meta.author) == ("الجسر يفتح قبل موعده", "ليلى الحداد")
    assert (meta.published, meta.published_evidence) == (date(2025, 11, 9), "header: Date")
    evidence = meta.evidence_of("published")
    assert evidence is not None
    assert evidence.confidence == 1


def test_html_alone_and_with_text() -> None:
    html = f"<html><body><h2>الجسر</h2><p>{BODY}</p><ul><li>بند</li></ul><blockquote>قول</blockquote></body></html>"
    for made in (draft(bytes(message(html=html))), draft(bytes(message(plain="شاهد في المتصفح", html=html)))):
        assert made.text == f"الجسر يفتح قبل موعده\nالجسر\n{BODY}\nبند\nقول"
        assert made.kinds == ("title", "heading", "paragraph", "item", "quote")


def test_a_newsletter_laid_out_in_tables() -> None:
    cell = f"<table><tr><td><h2>الجسر</h2><p>{BODY}</p></td><td><p>{MORE}</p></td></tr></table>"
    made = draft(bytes(message(html=f"<table><tr><td>{cell}</td></tr></table>")))
    assert made.text.split("\n")[1:] == ["الجسر", BODY, MORE]


def test_attachments_are_articles() -> None:
    made = message(plain=BODY)
    attached = docx(paragraph("الكلفة كما رصدت", "a1") + paragraph(MORE))
    made.add_attachment(attached, maintype="application", subtype="octet-stream", filename="كلفة.docx")
    made.add_attachment(b"\x89PNG\r\n", maintype="image", subtype="png", filename="a.png")
    inner = message(plain=MORE)
    inner.replace_header("Subject", "رسالة مرفقة")
    made.add_attachment(inner)
    result = read("a.eml", bytes(made))
    assert [member.key for member in result.members] == ["", "2", "4"]
    texts = [member.draft.text.split("\n") for member in result.members]
    assert texts == [["الجسر يفتح قبل موعده", BODY], ["الكلفة كما رصدت", MORE], ["رسالة مرفقة", MORE]]
    assert result.members[0].draft.provenance.warnings == ("attachments not read: a.png",)
    assert len({member.sha256 for member in result.members}) == 3
    assert [member.draft.provenance.member for member in result.members] == ["", "2", "4"]
    assert not result.failures


def test_attachments_that_cannot_be_read_say_why() -> None:
    made = message(plain=BODY)
    made.add_attachment(b'x\x9f>"', maintype="application", subtype="ms-tnef", filename="winmail.dat")
    made.add_attachment(b"PK\x03\x04junk", maintype="application", subtype="x", filename="a.docx")
    result = read("a.eml", bytes(made))
    assert [failure.member for failure in result.failures] == ["2", "3"]
    assert "Outlook" in result.failures[0].reason


def test_raw_bytes_in_headers() -> None:
    subject = "الجسر يفتح قبل موعده".encode("windows-1256")
    made = draft(HEAD + b"Subject: " + subject + b"\r\nFrom: a@example.org\r\n\r\n" + BODY.encode())
    assert (made.metadata.title, made.metadata.author) == ("الجسر يفتح قبل موعده", "a@example.org")


def test_a_letter_torn_between_two_encoded_words() -> None:
    data = "الجسر".encode()
    one, two = (base64.b64encode(part).decode() for part in (data[:3], data[3:]))
    assert decoded_words(f"=?utf-8?B?{one}?=\r\n =?UTF-8?B?{two}?= x") == "الجسر x"


@pytest.mark.parametrize(
    ("text", "flowed", "lines"),
    [
        ("one \ntwo\nthree", True, [("one two", None), ("three", None)]),
        ("> one \n> two\n>> x", True, [("one two", "quote"), ("x", "quote")]),
        ("short\nlines\nstay", False, [("short", None), ("lines", None), ("stay", None)]),
        ("a" * 60 + "\n" + "b" * 30 + "\n\nc", False, [("a" * 60 + " " + "b" * 30, None), ("c", None)]),
        ("a" * 60 + "\nb b", False, [("a" * 60 + " b b", None)]),
        ("a" * 60 + "\n- item", False, [("a" * 60, None), ("- item", None)]),
        ("", False, []),
    ],
)
def test_lines_broken_for_the_wire(text: str, flowed: bool, lines: list[tuple[str, str | None]]) -> None:
    assert [(block.text, block.kind) for block in plain_blocks(text, flowed=flowed)] == lines


def test_mails_are_told_by_content() -> None:
    data = raw(BODY.encode(), b"Content-Type: text/plain; charset=utf-8")
    assert draft(data, "a.txt").metadata.author == "ليلى الحداد"
    text = f"Subject: شيء\n\n{BODY}"
    assert draft(text.encode(), "a.txt").text.startswith("Subject: شيء")


@pytest.mark.parametrize(
    ("body", "headers", "what"),
    [
        (b"", [b"Content-Type: text/plain"], "mail without text"),
        (b"x", [b"Content-Type: image/png; name=a.png"], "only content is a.png"),
        (b"x", [b"Content-Type: application/ms-tnef; name=winmail.dat"], "Outlook"),
        (b"x", [b"Content-Type: application/pkcs7-mime; name=smime.p7m"], "encrypted"),
    ],
)
def test_mails_without_an_article_are_refused(body: bytes, headers: list[bytes], what: str) -> None:
    with pytest.raises(BadInput, match=what) as refused:
        read("a.eml", raw(body, *headers))
    assert refused.value.cure
