"""Make the files of the sample corpus that no editor writes: documents, mails, feeds, archives, old encodings.

    python -m scripts.sample_files [--check]

The articles stand in sample_files.yaml beside this. `--check` fails when what is in a file is not what this would
write. PDFs are left out of it: they need fpdf2 and uharfbuzz (`pip install` them) and the DejaVu fonts, and are
written only where those are.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import io
import json
import sys
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from email.policy import SMTP
from html import escape
from pathlib import Path

from scripts.sample_documents import FONT, MOMENT, Part, docx, epub, odt, packed, pdf

from kashaf.yaml_safe import load_yaml

HERE = Path(__file__).resolve().parent
CORPUS = HERE.parent / "sample_corpus"

Made = Iterator[tuple[str, bytes]]


def page(part: Part, *, menu: str = "الرئيسية | محليات | اقتصاد | رياضة | ثقافة") -> str:
    """An article as it is copied off a site, with what stood around it."""
    body = "\n\n".join(part["body"])
    return f"{part['outlet']}\n{menu}\n\n{part['title']}\n\n{part['date']}\n\nشارك المقال\n\n{body}\n\nاقرأ أيضًا\n"


def copies(whole: Part) -> Made:
    """The agency's report as each outlet printed it."""
    report = whole["wire"]
    yield "sidra/inqadh.jsonl", (_json_line(report) + "\n").encode()
    for copy in whole["copies"]:
        body = [copy["changed"].get(at, text) for at, text in enumerate(report["body"])]
        body = [text for at, text in enumerate(body) if at not in copy["left_out"]]
        yield copy["file"], page({**copy, "body": body}).encode()


def _json_line(report: Part) -> str:
    record = {
        "id": "sidra-20251207-3",
        "title": report["title"],
        "content": "\n".join(report["body"]),
        "date": report["date"],
        "source": report["outlet"],
        "author": report["author"],
        "url": report["url"],
    }
    return json.dumps(record, ensure_ascii=False)


def mail(part: Part, *, charset: str = "utf-8", newsletter: bool = False) -> EmailMessage:
    """A mail with its text and, for a newsletter, the same as HTML."""
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"] = part["from"], "readers@kashaf.example"
    message["Subject"], message["Date"] = part["subject"], part["date"]
    message["Message-ID"] = f"<{abs(sum(map(ord, part['subject'])))}@kashaf.example>"
    message.set_content("\n\n".join(part["body"]) + "\n", charset=charset, cte="quoted-printable")
    if newsletter:
        rows = "".join(f"<p>{escape(text)}</p>" for text in part["body"])
        message.add_alternative(
            f'<html lang="ar" dir="rtl"><body><h1>{escape(part["subject"])}</h1>{rows}'
            '<p><a href="https://sidra.example/stop">إلغاء الاشتراك</a></p></body></html>',
            subtype="html",
            charset=charset,
            cte="base64",
        )
        message.set_boundary("=_sidra_evening_3081")
    return message


def mbox(part: Part) -> bytes:
    """Mails one after the other (RFC 4155)."""
    rows = []
    for one in part["mails"]:
        body = mail(one).as_bytes().replace(b"\r\n", b"\n").replace(b"\nFrom ", b"\n>From ")
        rows.append(b"From listener@dhifa.example Mon Nov 10 20:40:00 2025\n" + body + b"\n")
    return b"".join(rows)


def table(part: Part, delimiter: str) -> str:
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, list(part["rows"][0]), delimiter=delimiter, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(part["rows"])
    return buffer.getvalue()


def rss(part: Part) -> bytes:
    rows = []
    for one in part["items"]:
        body = "".join(f"<p>{escape(text)}</p>" for text in one["body"])
        rows.append(
            f"<item><title>{escape(one['title'])}</title><link>https://marfa.example/{one['guid']}</link>"
            f'<guid isPermaLink="false">{one["guid"]}</guid><pubDate>{one["date"]}</pubDate>'
            f"<dc:creator>{escape(one['author'])}</dc:creator><description>{escape(one['body'][0][:60])}…</description>"
            f"<content:encoded><![CDATA[{body}]]></content:encoded></item>"
        )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/'
        'content/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>'
        f"<title>{escape(part['outlet'])}</title><link>https://marfa.example/</link><language>ar</language>"
        f"<lastBuildDate>Fri, 05 Dec 2025 12:00:00 +0300</lastBuildDate>{''.join(rows)}</channel></rss>\n"
    ).encode()


def atom(part: Part) -> bytes:
    rows = []
    for one in part["entries"]:
        body = escape("".join(f"<p>{escape(text)}</p>" for text in one["body"]))
        rows.append(
            f"<entry><title>{escape(one['title'])}</title><id>{one['id']}</id><published>{one['published']}</published>"
            f"<updated>{one['updated']}</updated><author><name>{escape(one['author'])}</name></author>"
            f'<content type="html">{body}</content></entry>'
        )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="ar"><title>'
        f"{escape(part['outlet'])}</title><id>tag:marsad.example,2025:alerts</id><updated>2025-11-19T10:15:00+03:00"
        f"</updated>{''.join(rows)}</feed>\n"
    ).encode()


def html(part: Part) -> str:
    """A page as its site sends it."""
    rows = "\n".join(f"<p>{escape(text)}</p>" for text in part["body"])
    return (
        f'<!DOCTYPE html>\n<html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>{escape(part["title"])} | '
        f'{escape(part["outlet"])}</title><meta property="og:title" content="{escape(part["title"])}">'
        f'<meta property="og:site_name" content="{escape(part["outlet"])}"><meta property="article:published_time" '
        f'content="{part["date"]}T07:30:00+03:00"><meta name="author" content="{escape(part["author"])}">'
        f'<link rel="canonical" href="{part["url"]}"></head><body><nav><ul><li><a href="/">الرئيسية</a></li><li>'
        f'<a href="/society">مجتمع</a></li><li><a href="/culture">ثقافة</a></li></ul></nav><main><article><h1>'
        f"{escape(part['title'])}</h1>\n{rows}\n</article></main><aside><h3>الأكثر قراءة</h3><ul><li>"
        f'<a href="/1">صور من السوق</a></li></ul></aside><footer><p>جميع الحقوق محفوظة © 2025 '
        f"{escape(part['outlet'])}</p></footer></body></html>\n"
    )


def warc(part: Part) -> bytes:
    """WARC 1.1 (ISO 28500): a record about the file, and a response for each page; each its own gzip member."""

    def record(kind: str, headers: str, block: bytes, number: int) -> bytes:
        head = (
            f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{number:012d}>\r\n"
            f"WARC-Date: 2025-12-02T06:00:00Z\r\n{headers}Content-Length: {len(block)}\r\n\r\n"
        )
        return gzip.compress(head.encode() + block + b"\r\n\r\n", mtime=0)

    rows = [
        record("warcinfo", "Content-Type: application/warc-fields\r\n", b"software: a crawler of ours\r\n", 0)
    ]
    for number, one in enumerate(part["pages"], 1):
        body = html({**one, "outlet": part["outlet"]}).encode()
        head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {len(body)}\r\n\r\n"
        kind = f"WARC-Target-URI: {one['url']}\r\nContent-Type: application/http; msgtype=response\r\n"
        rows.append(record("response", kind, head.encode() + body, number))
    return b"".join(rows)


def texts(part: Part, outlet: str) -> list[tuple[str, bytes]]:
    return [(one["name"], page({**one, "outlet": outlet}).encode()) for one in part["texts"]]


def tar(part: Part) -> bytes:
    """A tar archive with a zip in it."""
    entries = texts(part, part["outlet"])
    entries.append((part["nested"]["name"], packed(texts(part["nested"], part["outlet"]))))
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for name, data in entries:
            info = tarfile.TarInfo(name)
            info.size, info.mtime = len(data), int(MOMENT.timestamp())
            archive.addfile(info, io.BytesIO(data))
    return gzip.compress(buffer.getvalue(), mtime=0)


def encoded(part: Part) -> bytes:
    """Scraped text as an old machine, or a careless one, wrote it."""
    text = page(part)
    if part["encoding"] == "mojibake":  # UTF-8 that was read as windows-1252 somewhere on its way
        return "".join(map(_misread, text)).encode()
    if part["encoding"] == "mixed":  # the head by one program, the body by another
        head, _, rest = text.partition(part["body"][0])
        return head.encode() + f"{part['body'][0]}{rest}".encode("cp1256")
    plain = text.replace("أيضًا", "أيضا") if part["encoding"] == "mac_arabic" else text
    return plain.encode(str(part["encoding"]))


def _misread(letter: str) -> str:
    # The five bytes that windows-1252 leaves open are passed through, as the WHATWG's decoder does.
    return "".join(
        bytes([byte]).decode("cp1252") if byte not in {0x81, 0x8D, 0x8F, 0x90, 0x9D} else chr(byte)
        for byte in letter.encode()
    )


def mhtml(part: Part) -> bytes:
    """A page in one file (RFC 2557), as browsers save it."""
    message = EmailMessage(policy=SMTP)
    message["From"] = "<Saved by a browser>"
    message["Snapshot-Content-Location"] = part["url"]
    message["Subject"], message["Date"] = part["title"], "Mon, 01 Dec 2025 08:00:00 -0000"
    message.set_content(html(part), subtype="html", charset="utf-8", cte="quoted-printable")
    message["Content-Location"] = part["url"]
    message.make_related(boundary="----MultipartBoundary--hilal77")
    message.add_related(b"body{direction:rtl}", "text", "css", cid="<style@hilal.example>")
    message.replace_header(
        "Content-Type", 'multipart/related; type="text/html"; boundary="----MultipartBoundary--hilal77"'
    )
    return bytes(message)


def saved_page(part: Part) -> Made:
    """The page and the folder beside it, as browsers save both."""
    path = Path(part["file"])
    said = f"<!-- saved from url=({len(part['url']):04d}){part['url']} -->\n"
    yield part["file"], html(part).replace("<html", said + "<html", 1).encode()
    folder = f"{path.parent}/{path.stem}_files"
    yield f"{folder}/style.css", b"body { direction: rtl; }\n"
    yield (
        f"{folder}/saved_resource.html",
        "<html><body><p>إعلان: اشتركوا في عروض الشتاء قبل نفادها</p></body></html>".encode(),
    )


def files(whole: Part) -> Made:
    yield from copies(whole)
    makers: dict[str, Callable[[Part], bytes]] = {
        "docx": docx,
        "odt": odt,
        "epub": epub,
        "eml": lambda part: mail(part, charset="windows-1256", newsletter=True).as_bytes(),
        "mbox": mbox,
        "csv": lambda part: ("\ufeff" + table(part, ";")).encode(),
        "tsv": lambda part: table(part, "\t").replace("\r\n", "\n").encode(),
        "rss": rss,
        "atom": atom,
        "warc": warc,
        "zip": lambda part: packed(texts(part, part["outlet"])),
        "tar": tar,
        "mhtml": mhtml,
    }
    for name, make in makers.items():
        yield whole[name]["file"], make(whole[name])
    yield from ((part["file"], encoded(part)) for part in whole["encoded"])
    yield from saved_page(whole["saved_page"])


def content(data: bytes) -> object:
    """What is in the file, archives unpacked: no two compressors give the same bytes."""
    if data.startswith(b"\x1f\x8b"):
        return content(gzip.decompress(data))
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as packed_file:
            return [(one.filename, content(packed_file.read(one))) for one in packed_file.infolist()]
    if data[257:262] == b"ustar":
        with tarfile.open(fileobj=io.BytesIO(data)) as archive:
            members = [(one.name, archive.extractfile(one)) for one in archive]
            return [(name, content(file.read())) for name, file in members if file is not None]
    return data


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true", help="write nothing; fail when a file differs")
    check = parser.parse_args().check
    source = HERE / "sample_files.yaml"
    whole = load_yaml(source.read_text("utf-8"), where=source.name)
    assert isinstance(whole, dict)
    stale = []
    for name, data in files(whole):
        path = CORPUS / name
        if check:
            stale += [name] * (not path.exists() or content(path.read_bytes()) != content(data))
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
    if not check and FONT.exists():
        for key in ("pdf_clean", "pdf_display_order"):
            (CORPUS / whole[key]["file"]).write_bytes(
                pdf(whole[key], display_order=key == "pdf_display_order")
            )
    sys.stdout.writelines(f"stale: {name}\n" for name in stale)
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
