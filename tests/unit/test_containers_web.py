"""Web archives: which records become files, under which names, with their encodings undone."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.container_support import all_of, files_of, refusals_of

from kashaf.corpus.containers import is_container
from kashaf.corpus.readers.model import Hints

PAGE = "<html><h1>افتتاح الجسر</h1><p>فتحت البلدية الجسر أمس.</p></html>".encode()
OK = "HTTP/1.1 200 OK\r\n"
HTTP = "application/http; msgtype=response"


def record(kind: str, url: str, block: bytes, media: str = HTTP, extra: str = "") -> bytes:
    head = f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2026-01-05T10:00:00Z\r\n{extra}"
    return (
        f"{head}Content-Type: {media}\r\nContent-Length: {len(block)}\r\n\r\n".encode() + block + b"\r\n\r\n"
    )


def response(
    url: str, body: bytes = PAGE, fields: str = "Content-Type: text/html\r\n", status: str = OK
) -> bytes:
    return record("response", url, f"{status}{fields}\r\n".encode() + body)


def chunked(body: bytes) -> bytes:
    parts = [body[at : at + 50] for at in range(0, len(body), 50)]
    return b"".join(b"%X;x=y\r\n%b\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_pages_are_files_and_other_records_are_not(tmp_path: Path, pack: Callable[[bytes], bytes]) -> None:
    records = [
        record("warcinfo", "", b"software: x\r\n", "application/warc-fields"),
        record(
            "request", "https://a.example/1", b"GET / HTTP/1.1\r\n\r\n", "application/http; msgtype=request"
        ),
        response("https://a.example/1"),
        response("https://a.example/gone", status="HTTP/1.1 404 Not Found\r\n"),
        response("https://a.example/style.css", b"a{}", "Content-Type: text/css\r\n"),
        response("https://a.example/robots.txt", b"User-agent: *", "Content-Type: text/plain\r\n"),
        response("https://a.example/empty", b""),
        record("revisit", "https://a.example/1", OK.encode() + b"\r\n"),
        record("metadata", "https://a.example/1", b"via: x", "application/warc-fields"),
        record("response", "dns:a.example", b"20260105\na.example 1 IN A 192.0.2.1", "text/dns"),
        record("resource", "metadata://gnu.org/software/wget/warc/wget.log", b"log", "text/plain"),
        record("resource", "urn:text:https://a.example/1", b"text", "text/plain"),
        record("resource", "https://a.example/r.txt", b"text", "text/plain"),
        record("conversion", "https://a.example/2", b"text", "text/plain"),
    ]
    found = all_of(tmp_path, "w.warc", b"".join(map(pack, records)))
    assert files_of(found) == {
        "w.warc/a.example/1.html": PAGE,
        "w.warc/a.example/r.txt": b"text",
        "w.warc/a.example/2.txt": b"text",
    }
    assert not refusals_of(found)


def test_what_the_archive_says_of_a_page_is_handed_on(tmp_path: Path) -> None:
    page = response("<https://a.example/1>", fields='content-type: Text/HTML; Charset="windows-1256"\r\n')
    (one,) = all_of(tmp_path, "w.warc", page)
    assert one.hints == Hints(charset="windows-1256", url="https://a.example/1", media_type="text/html")


@pytest.mark.parametrize(
    ("url", "media", "name"),
    [
        ("https://a.example/", "text/html", "a.example/index.html"),
        ("https://a.example", "text/html", "a.example/index.html"),
        ("https://a.example/%D8%AE%D8%A8%D8%B1/", "text/html", "a.example/خبر.html"),
        ("https://a.example/n.php?id=5&x=/../y", "text/html", "a.example/n.php?id=5&x=_.._y.html"),
        ("https://a.example/a.htm", "text/html", "a.example/a.htm"),
        ("https://a.example/%2e%2e/%2e%2e/etc/x", "text/plain", "a.example/etc/x.txt"),
        ("https://a.example/feed", "application/rss+xml", "a.example/feed.xml"),
        ("https://a.example/doc", "application/pdf", "a.example/doc.pdf"),
        ("https://[bad/x", "text/html", "https:__[bad_x"),
    ],
)
def test_an_address_becomes_a_name(tmp_path: Path, url: str, media: str, name: str) -> None:
    data = response(url, fields=f"Content-Type: {media}\r\n")
    assert list(files_of(all_of(tmp_path, "w", data))) == [f"w/{name}"]


def test_the_same_address_twice_is_two_files(tmp_path: Path) -> None:
    found = all_of(tmp_path, "w", response("https://a.example/1") + response("https://a.example/1", PAGE * 2))
    assert files_of(found) == {"w/a.example/1.html": PAGE, "w/a.example/1 (2).html": PAGE * 2}


def packed(data: bytes) -> bytes:
    """As gzip packs it at whatever time: every process of a test run must name the cases alike."""
    return gzip.compress(data, mtime=0)


BARE = zlib.compressobj(wbits=-15)
DEFLATED = BARE.compress(PAGE) + BARE.flush()


@pytest.mark.parametrize(
    ("fields", "body"),
    [
        ("Transfer-Encoding: chunked\r\n", chunked(PAGE)),
        ("Content-Encoding: gzip\r\n", packed(PAGE)),
        ("Content-Encoding: x-gzip\r\nTransfer-Encoding: chunked\r\n", chunked(packed(PAGE))),
        ("Content-Encoding: deflate\r\n", zlib.compress(PAGE)),
        ("Content-Encoding: deflate\r\n", DEFLATED),
        ("Content-Encoding: gzip, gzip\r\n", packed(packed(PAGE))),
        ("Content-Encoding: identity\r\n", PAGE),
        # What crawlers have undone already, and kept the field of.
        ("Content-Encoding: gzip\r\n", PAGE),
        ("Transfer-Encoding: chunked\r\n", PAGE),
    ],
)
def test_encodings_are_undone(tmp_path: Path, fields: str, body: bytes) -> None:
    data = response("https://a.example/1", body, "Content-Type: text/html\r\n" + fields)
    assert files_of(all_of(tmp_path, "w", data + response("https://a.example/2"))) == {
        "w/a.example/1.html": PAGE,
        "w/a.example/2.html": PAGE,
    }


@pytest.mark.parametrize(
    ("fields", "body", "reason"),
    [
        ("Content-Encoding: br\r\n", PAGE, "not known (br)"),
        ("Content-Encoding: gzip\r\n", packed(PAGE)[:-20], "cut off"),
        ("Transfer-Encoding: chunked\r\n", chunked(PAGE)[:60], "cut off"),
        ("Content-Encoding: gzip, gzip, gzip\r\n", PAGE, "too long"),
    ],
)
def test_what_cannot_be_undone_is_refused_alone(
    tmp_path: Path, fields: str, body: bytes, reason: str
) -> None:
    data = response("https://a.example/1", body, "Content-Type: text/html\r\n" + fields)
    found = all_of(tmp_path, "w", data + response("https://a.example/2"))
    assert files_of(found) == {"w/a.example/2.html": PAGE}
    assert reason in refusals_of(found)["w/a.example/1.html"]


def test_bytes_that_are_no_record_are_passed_over(tmp_path: Path) -> None:
    data = response("https://a.example/1") + b"torn\r\n\r\nbytes\r\n" + response("https://a.example/2")
    found = all_of(tmp_path, "w", data)
    assert list(files_of(found)) == ["w/a.example/1.html", "w/a.example/2.html"]
    assert len(refusals_of(found)) == 1


def test_of_a_cut_archive_the_whole_pages_stay(tmp_path: Path) -> None:
    data = response("https://a.example/1") + response("https://a.example/2")
    found = all_of(tmp_path, "w.warc.gz", gzip.compress(data[:-30]))
    assert files_of(found) == {"w.warc.gz/a.example/1.html": PAGE}
    assert "ends early" in refusals_of(found)["w.warc.gz"]


def test_a_page_is_no_saved_page_s_part(tmp_path: Path) -> None:
    found = all_of(
        tmp_path, "w", response("https://a.example/n.html") + response("https://a.example/n_file/2")
    )
    assert len(files_of(found)) == 2


def test_it_is_known_by_its_first_line(tmp_path: Path) -> None:
    path = tmp_path / "download"
    path.write_bytes(record("warcinfo", "", b"x"))
    assert is_container(path)
