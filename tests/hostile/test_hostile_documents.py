"""Documents made to do harm: each becomes an article or a refusal, in bounded time and memory."""

from __future__ import annotations

import base64
import io
import struct
import zipfile
from pathlib import Path

import pytest
from tests.document_support import W, docx, epub, from_right, odt, package, paragraph, pdf, stream
from tests.effort_support import bounded
from tests.hygiene.offline import Offline, offline

from kashaf.corpus.limits import MAX_DOCUMENT_PART_BYTES, MAX_DOCUMENT_PARTS, MAX_MAIL_PARTS
from kashaf.corpus.readers import pdf as pdf_reader
from kashaf.corpus.readers import read
from kashaf.errors import BadInput
from kashaf.text.sanitise import is_clean

BODY = "أعلنت البلدية أن الجسر يفتح أمام السيارات في مطلع الشهر المقبل، وأن الطريق القديم يبقى مفتوحا للمشاة وحدهم."
LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "ها"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;">'
    '<!ENTITY e SYSTEM "file:///etc/passwd">]>'
)
MAIL = b"Received: a\r\nMessage-ID: <1@a>\r\nFrom: a@b.example\r\nMIME-Version: 1.0\r\n"


def read_or_refuse(name: str, data: bytes) -> list[str]:
    try:
        result = read(name, data)
    except BadInput as refusal:
        if not refusal.cure:
            raise
        return []
    texts = [member.draft.text for member in result.members]
    assert all(map(is_clean, texts))
    return texts


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 1_000_000 + BODY,
        f"<p>{BODY}</p>" + "<table><tr><td>" * 1_000_000,
        f"<p>{BODY}</p>" + "&amp;" * 1_000_000,
        f"<p>{BODY}</p>" + "<p>" * 500_000,
        f"<p>{BODY}</p>" + "<figure><figcaption>" * 100_000,
        "<div class='lead'>" * 240 + f"<p>{BODY}</p>" * 2_000,
        "<table>" * 200 + f"<tr><td>{BODY}</td></tr>" * 2_000,
        f"<article><p>{BODY}</p>" + "<a href='x'" * 200_000,
        f"<meta name='author' content='x'>{'<meta name=q content=x>' * 100_000}<p>{BODY}</p>",
        f'<script type="application/ld+json">{"[" * 100_000}</script><p>{BODY}</p>',
    ],
    ids=range(10),
)
def test_pages_of_a_million_tags(page: str) -> None:
    with bounded():
        read_or_refuse("a.html", f"<html><body>{page}".encode())


@pytest.mark.parametrize("name", ["a.docx", "a.odt", "a.epub"])
def test_entities_are_not_resolved(name: str) -> None:
    entities = LAUGHS.replace("<!DOCTYPE x", "<!DOCTYPE html") if name == "a.epub" else LAUGHS
    data = {
        "a.docx": package(
            {
                "[Content_Types].xml": "",
                "word/document.xml": f'{entities}<w:document xmlns:w="{W}"><w:body>{paragraph(BODY + "&d;&e;")}'
                "</w:body></w:document>",
            }
        ),
        "a.odt": odt(f"<text:p>{BODY}</text:p>", more={"styles.xml": f"{entities}<a>&d;&e;</a>"}),
        "a.epub": epub(
            {"a.xhtml": "<body/>"},
            more={"OEBPS/a.xhtml": f"{entities}<html><body><p>{BODY}&d;&e;</p></body></html>"},
        ),
    }[name]
    for text in read_or_refuse(name, data):
        assert text.count("ها") < 5
        assert "root:" not in text


@pytest.mark.parametrize(
    ("name", "part"),
    [("a.docx", "word/document.xml"), ("a.odt", "content.xml"), ("a.epub", "OEBPS/book.opf")],
)
def test_bombs_inside_documents_are_not_unpacked(name: str, part: str) -> None:
    bomb = b" " * (MAX_DOCUMENT_PART_BYTES + 1)
    more = {part: bomb}
    data = {"a.docx": docx("", more=more), "a.odt": odt("", more=more), "a.epub": epub({}, more=more)}[name]
    with pytest.raises(BadInput, match="unpacked"):
        read(name, data)
    # The directory may say that the part is small.
    place = data.rfind(b"PK\x01\x02", 0, data.rfind(part.encode()))
    lied = data[: place + 24] + struct.pack("<I", 100) + data[place + 28 :]
    assert read_or_refuse(name, lied) == []


def test_documents_of_many_parts() -> None:
    parts = {f"word/media/{number}": b"" for number in range(MAX_DOCUMENT_PARTS + 1)}
    with pytest.raises(BadInput, match="parts"):
        read("a.docx", docx(paragraph(BODY), more=dict(parts)))


def test_deep_and_encrypted_packages() -> None:
    deep = "<w:ins>" * 5_000 + paragraph(BODY) + "</w:ins>" * 5_000
    assert read_or_refuse("a.docx", docx(deep)) in ([], [BODY])
    assert read_or_refuse(
        "a.odt", odt("<text:section>" * 200 + f"<text:p>{BODY}</text:p>" + "</text:section>" * 200)
    )
    data = bytearray(docx(paragraph(BODY)))
    for sign, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        place = data.find(sign)
        data[place + offset] |= 1
    with pytest.raises(BadInput, match="password"):
        read("a.docx", bytes(data))


def test_parts_whose_names_lead_out_are_never_written(tmp_path: Path) -> None:
    data = docx(paragraph(BODY), more={"../../evil": b"x", "/etc/evil": b"x"})
    assert read_or_refuse("a.docx", data) == [BODY]
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "data",
    [
        MAIL + b"Subject: " + b"=?utf-8?B?" * 50_000 + b"\r\n\r\nx",
        MAIL + b"Subject: " + b"a " * 500_000 + b"\r\n\r\n" + BODY.encode(),
        MAIL + b"X: y\r\n" * 100_000 + b"\r\n" + BODY.encode(),
        MAIL + b"From: " + b"<" * 100_000 + b"\r\n\r\n" + BODY.encode(),
        MAIL
        + b"".join(
            b"Content-Type: multipart/mixed; boundary=%d\r\n\r\n--%d\r\n" % (n, n) for n in range(3_000)
        ),
        MAIL + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b\r\n\r\nx\r\n" * 50_000,
        MAIL + b"Content-Type: message/rfc822\r\n\r\n" * 20_000,
        MAIL + b"Content-Type: text/plain; charset=" + b"x" * 100_000 + b"\r\n\r\n" + BODY.encode(),
        MAIL + b"Content-Type: text/plain;" + b" a*0*=b;" * 50_000 + b"\r\n\r\n" + BODY.encode(),
        MAIL + b"Content-Transfer-Encoding: base64\r\n\r\n" + b"!" * 1_000_000,
        MAIL + b"\r\n" + (b">" * 1_000 + b" x\r\n") * 1_000,
    ],
    ids=range(11),
)
def test_mails_made_to_do_harm(data: bytes) -> None:
    with bounded():
        read_or_refuse("a.eml", data)


def test_mails_inside_mails_inside_mails() -> None:
    data = MAIL + b"\r\n" + BODY.encode()
    for _ in range(30):
        head = b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (len(data), len(data))
        data = (
            MAIL
            + head
            + b"Content-Type: application/octet-stream\r\n\r\n"
            + data
            + b"\r\n--b%d--\r\n" % len(data)
        )
        if len(data) > 50_000:
            break
    with bounded():
        read_or_refuse("a.eml", data)


def test_too_many_parts_are_refused() -> None:
    data = (
        MAIL
        + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n"
        + b"--b\r\n\r\nx\r\n" * (MAX_MAIL_PARTS + 2)
    )
    with pytest.raises(BadInput, match="parts"):
        read("a.eml", data)


def test_a_bomb_attached_to_a_mail() -> None:
    bomb = base64.encodebytes(docx("", more={"word/document.xml": b" " * (MAX_DOCUMENT_PART_BYTES + 1)}))
    data = (
        MAIL
        + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\n"
        + BODY.encode()
        + b"\r\n--b\r\nContent-Type: application/x; name=a.docx\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + bomb
        + b"\r\n--b--\r\n"
    )
    result = read("a.eml", data)
    assert [failure.member for failure in result.failures] == ["2"]
    assert len(result.members) == 1


def test_a_pdf_that_takes_the_reader_down_takes_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_reader, "_SECONDS", 2.0)
    # A form that draws the next one ten times, and that one the next: 10^12 of the last.
    forms = [
        stream(
            (f"/X{n + 1} Do " * 10).encode(),
            f"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X{n + 1} {101 + n} 0 R >>"
            " /Font << /F 3 0 R >> >> ",
        )
        for n in range(12)
    ]
    forms.append(stream(b"BT /F 9 Tf <2122> Tj ET", "/Type /XObject /Subtype /Form /BBox [0 0 9 9] "))
    data = pdf([[from_right(580, 700, 10, "ab")]], extra=forms)
    hostile = data.replace(
        b"/Font << /F 3 0 R >> >> >>", b"/Font << /F 3 0 R >> /XObject << /X0 100 0 R >> >> >>", 1
    )
    content = stream(b"/X0 Do")
    hostile += b"11 0 obj\n" + content + b"\nendobj\n"  # said again at the end: PDFium mends the table by it
    hostile = hostile.replace(b"startxref", b"startxxxx")
    with bounded():
        read_or_refuse("a.pdf", hostile)
    page = [from_right(580, 700, 10, BODY[:60][::-1])]
    monkeypatch.setattr(pdf_reader, "_SECONDS", 60.0)
    assert read_or_refuse("a.pdf", pdf([page]))


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7\n" + b"1 0 obj << /Kids [1 0 R] /Type /Pages >> endobj\n" * 10_000,
        b"%PDF-1.7\n" + b"[" * 1_000_000,
        b"%PDF-1.7\n" + b"<<" * 1_000_000,
        pdf([[]]).replace(b"/Kids [10 0 R]", b"/Kids [2 0 R]"),
        pdf([[]]).replace(b"/Count 1", b"/Count 999999999"),
    ],
    ids=range(5),
)
def test_pdfs_made_to_do_harm(data: bytes) -> None:
    with bounded():
        read_or_refuse("a.pdf", data)


def test_a_pdf_of_too_many_pages() -> None:
    kids = " ".join(["10 0 R"] * 5_001)
    data = pdf([[]]).replace(b"/Count 1 /Kids [10 0 R]", f"/Count 5001 /Kids [{kids}]".encode())
    data = data[: data.rfind(b"xref\n0 1")] + b"trailer << /Root 1 0 R >>\n%%EOF"
    with bounded(), pytest.raises(BadInput, match=r"5,001 pages|no text"):
        read("a.pdf", data)


_READ_ALL = """
import sys
from pathlib import Path
from kashaf.corpus.readers import read
from kashaf.errors import KashafError
for path in sorted(Path(sys.argv[1]).iterdir()):
    try:
        read(path.name, path.read_bytes())
    except KashafError:
        pass
    print(path.name)
"""


def test_documents_fetch_nothing(tmp_path: Path) -> None:
    hooked: Offline = offline(tmp_path / "offline")
    folder = tmp_path / "documents"
    folder.mkdir()
    remote = "http://localhost:9/x"
    style = f'<link rel="stylesheet" href="{remote}"><img src="{remote}"><iframe src="{remote}"></iframe>'
    dtd = f'<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0//EN" "{remote}">'
    head = f'<meta http-equiv="refresh" content="0;url={remote}">{style}'
    page = f"{dtd}<html><body><p>{BODY}</p></body></html>"
    files = {
        "a.html": f"<html><head>{head}</head><p>{BODY}</p></html>".encode(),
        "a.eml": MAIL + b"Content-Type: text/html; charset=utf-8\r\n\r\n" + f"{style}<p>{BODY}</p>".encode(),
        "a.eml2": MAIL
        + f'Content-Type: message/external-body; access-type=URL; URL="{remote}"\r\n\r\n\r\n'.encode(),
        "a.docx": docx(paragraph(BODY), more={"word/_rels/document.xml.rels": f'<r Target="{remote}"/>'}),
        "a.odt": odt(f'<text:p>{BODY}</text:p><draw:image xmlns:x="y" href="{remote}"/>'),
        "a.epub": epub({"a.xhtml": f"<body>{style.replace('>', '/>', 1)}<p>{BODY}</p></body>"}),
        "b.epub": epub({"a.xhtml": "<body/>"}, more={"OEBPS/a.xhtml": page}),
        "a.pdf": pdf(
            [[from_right(580, 700, 10, BODY[:60][::-1])]],
            extra=[f"<< /S /URI /URI ({remote}) >>".encode()],
        ).replace(b"/Type /Catalog", b"/OpenAction 100 0 R /Type /Catalog"),
    }
    for name, data in files.items():
        (folder / name).write_bytes(data)
    done = hooked.python("-c", _READ_ALL, folder)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == sorted(files)
    assert hooked.attempts == []


def test_text_of_every_document_is_fit_for_a_terminal() -> None:
    attack = "\x9b2J\u202e\ufeff"
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        file.writestr("[Content_Types].xml", "")
        file.writestr(
            "word/document.xml", f'<w:d xmlns:w="{W}"><w:body>{paragraph(BODY + attack)}</w:body></w:d>'
        )
    assert read_or_refuse("a.docx", made.getvalue())
    assert read_or_refuse("a.pdf", pdf([[from_right(580, 700, 10, [*BODY[:40][::-1], "\u202e", "\x9b"])]]))
    assert read_or_refuse(
        "a.eml", MAIL + b"Subject: =?utf-8?Q?=1B]0;x=07?=\r\n\r\n" + (BODY + attack).encode()
    )
