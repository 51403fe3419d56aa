"""ZIP archives: names, kinds of members, documents that only look like one, and what is left of a cut one."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
from pathlib import Path

import pytest
from tests.container_support import SHA256, all_of, files_of, refusals_of, zipped

from kashaf.corpus.containers import is_container

BODY = "قالت البلدية إن الطريق يفتح غدًا أمام السيارات.".encode()


def test_members_are_files_below_the_archive(tmp_path: Path) -> None:
    found = all_of(tmp_path, "press/day.zip", zipped({"أخبار/خبر.txt": BODY, "b.html": b"<p>"}))
    assert files_of(found) == {"press/day.zip/أخبار/خبر.txt": BODY, "press/day.zip/b.html": b"<p>"}
    assert {(one.container, one.container_sha256, one.size) for one in found} == {
        ("press/day.zip", SHA256, len(BODY)),
        ("press/day.zip", SHA256, 3),
    }


@pytest.mark.parametrize(
    "method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA]
)
def test_every_method_that_python_writes_is_read(tmp_path: Path, method: int) -> None:
    data = BODY * 5000
    assert files_of(all_of(tmp_path, "a.zip", zipped({"a.txt": data, "empty.txt": b""}, method))) == {
        "a.zip/a.txt": data,
        "a.zip/empty.txt": b"",
    }


@pytest.mark.parametrize("page", ["cp720", "cp1256", "iso8859_6", "utf-8"])
@pytest.mark.parametrize("name", ["خبر", "أخبار اليوم", "تقرير الوزارة 2024", "المجلد الجديد"])
def test_names_in_an_arabic_code_page_are_read(tmp_path: Path, page: str, name: str) -> None:
    stand_in = "x" * len(name.encode(page))
    data = zipped({f"{stand_in}.txt": BODY}).replace(stand_in.encode(), name.encode(page))
    (one,) = all_of(tmp_path, "a.zip", data)
    if (page, name) != ("iso8859_6", "خبر"):  # the same bytes in windows-1256
        assert one.relative == f"a.zip/{name}.txt"


def test_western_names_keep_the_code_page_of_the_standard(tmp_path: Path) -> None:
    data = zipped({"xxxx.txt": BODY}).replace(b"xxxx", "café".encode("cp437"))
    assert list(files_of(all_of(tmp_path, "a.zip", data))) == ["a.zip/café.txt"]


def test_one_bad_name_that_claims_to_be_utf_8_costs_nothing(tmp_path: Path) -> None:
    data = zipped({"ب.txt": BODY, "b.txt": b"b"}).replace("ب".encode(), b"\xff\xfe")
    assert files_of(all_of(tmp_path, "a.zip", data)) == {"a.zip/\ufffd\ufffd.txt": BODY, "a.zip/b.txt": b"b"}


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd.txt", "etc/passwd.txt"),
        ("/abs/a.txt", "abs/a.txt"),
        ("C:\\news\\a.txt", "news/a.txt"),
        ("a\\..\\b.txt", "a/b.txt"),
        ("line\nbreak\r.txt", "line break .txt"),
        ("\u202egpj.txt", "gpj.txt"),
        ("a\x1b]0;x\x07.txt", "a.txt"),
        ("./a//b.txt", "a/b.txt"),
        ("n" * 300 + ".txt", "n" * 196 + ".txt"),
    ],
)
def test_a_name_leads_nowhere_and_is_safe_to_show(tmp_path: Path, name: str, shown: str) -> None:
    # `zipfile` mends names on the way in: the name is put in afterwards.
    stand_in = "q" * len(name.encode())
    data = zipped({stand_in: BODY}).replace(stand_in.encode(), name.encode())
    assert files_of(all_of(tmp_path, "a.zip", data)) == {f"a.zip/{shown}": BODY}
    assert {path.name for path in (tmp_path / "spool").rglob("*") if path.is_file()} == {"0"}


def test_what_systems_leave_behind_is_passed_over(tmp_path: Path) -> None:
    names = [
        "__MACOSX/._a.txt",
        "._a.txt",
        ".DS_Store",
        "d/Thumbs.db",
        "d/desktop.ini",
        ".git/config",
        "d/a.txt",
    ]
    assert list(files_of(all_of(tmp_path, "a.zip", zipped(dict.fromkeys(names, BODY))))) == ["a.zip/d/a.txt"]


def test_a_saved_page_is_taken_without_its_folder_wherever_it_stands(tmp_path: Path) -> None:
    files = {
        "أ_ملفات/frame.html": b"1",
        "أ.html": b"2",
        "b.htm": b"3",
        "b_files/deep/x.html": b"4",
        "alone_files/y.html": b"5",
        "n/b_files/z.html": b"6",
    }
    found = all_of(tmp_path, "a.zip", zipped(files))
    assert sorted(files_of(found).values()) == [b"2", b"3", b"5", b"6"]
    assert sum(path.is_file() for path in (tmp_path / "spool").rglob("*")) == 4


def test_the_same_name_twice_is_two_files(tmp_path: Path) -> None:
    found = all_of(tmp_path, "a.zip", zipped([("d/a.txt", b"1"), ("d/a.txt", b"2"), ("d/./a.txt", b"3")]))
    assert files_of(found) == {"a.zip/d/a.txt": b"1", "a.zip/d/a (2).txt": b"2", "a.zip/d/a (3).txt": b"3"}


def test_ignored_members_are_left_out(tmp_path: Path) -> None:
    data = zipped({"drafts/a.txt": b"1", "b.txt": b"2"})
    found = all_of(tmp_path, "a.zip", data, ignored=lambda path: path.startswith("a.zip/drafts/"))
    assert files_of(found) == {"a.zip/b.txt": b"2"}


def test_an_encrypted_member_is_refused_and_the_others_are_not(tmp_path: Path) -> None:
    data = bytearray(zipped({"secret.txt": BODY, "open.txt": BODY}))
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    found = all_of(tmp_path, "a.zip", bytes(data))
    assert files_of(found) == {"a.zip/open.txt": BODY}
    assert refusals_of(found)["a.zip/secret.txt"].startswith("encrypted")


def test_a_method_that_is_not_known_is_named(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.txt": BODY}))
    at = data.index(b"PK\x01\x02")
    data[at + 10] = 9
    assert "method 9" in refusals_of(all_of(tmp_path, "a.zip", bytes(data)))["a.zip/a.txt"]


def test_links_and_devices_are_refused(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, mode in (("link.txt", stat.S_IFLNK), ("fifo.txt", stat.S_IFIFO), ("ok.txt", stat.S_IFREG)):
            info = zipfile.ZipInfo(name)
            info.create_system = 3
            info.external_attr = (mode | 0o644) << 16
            archive.writestr(info, b"/etc/passwd")
    found = all_of(tmp_path, "a.zip", buffer.getvalue())
    assert list(files_of(found)) == ["a.zip/ok.txt"]
    assert set(refusals_of(found)) == {"a.zip/link.txt", "a.zip/fifo.txt"}


def test_a_damaged_member_is_refused_and_the_others_are_not(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.txt": BODY, "b.txt": b"b"}, zipfile.ZIP_STORED))
    data[data.index(BODY) + 3] ^= 1
    found = all_of(tmp_path, "a.zip", bytes(data))
    assert files_of(found) == {"a.zip/b.txt": b"b"}
    assert "damaged" in refusals_of(found)["a.zip/a.txt"]


@pytest.mark.parametrize("streamed", [False, True])
def test_of_a_cut_archive_the_whole_files_stay(tmp_path: Path, streamed: bool) -> None:
    files = {f"{number}.txt": BODY * 50 + bytes([number]) for number in range(9)}
    data = _streamed(files) if streamed else zipped(files)
    cut = data[: data.index(b"8.txt") + 40]
    found = all_of(tmp_path, "a.zip", cut)
    assert list(files_of(found).values()) == list(files.values())[:8]
    assert "cut off" in refusals_of(found)["a.zip"]
    assert [one.folder for one in found if one.relative == "a.zip"] == [True]
    assert not refusals_of(all_of(tmp_path, "a.zip", data))


def test_an_archive_behind_a_program_is_found_through_its_end(tmp_path: Path) -> None:
    data = zipped({"a.txt": BODY})
    assert files_of(all_of(tmp_path, "a.zip", b"PK\x03\x04 no header" + data)) == {"a.zip/a.txt": BODY}


def test_a_large_archive_s_numbers_are_read(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive, archive.open("a.txt", "w", force_zip64=True) as member:
        member.write(BODY)
    data = buffer.getvalue()
    end = data.rindex(b"PK\x05\x06")
    count, size, start = struct.unpack_from("<HLL", data, end + 10)
    wide = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, count, count, size, start)
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, end, 1)
    record = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    assert files_of(all_of(tmp_path, "a.zip", data[:end] + wide + locator + record)) == {"a.zip/a.txt": BODY}


@pytest.mark.parametrize(
    "names",
    [
        ["_rels/.rels", "word/document.xml", "[Content_Types].xml"],
        ["mimetype", "META-INF/container.xml", "a.xhtml"],
        ["META-INF/container.xml", "a.xhtml", "mimetype"],
        ["mimetype", "content.xml", "META-INF/manifest.xml"],
    ],
)
def test_documents_are_no_archives(tmp_path: Path, names: list[str]) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(zipped(dict.fromkeys(names, b"x")))
    assert not is_container(path)
    path.write_bytes(zipped({f"in/{name}": b"x" for name in names}))
    assert is_container(path)


def test_an_archive_of_nothing_says_so(tmp_path: Path) -> None:
    assert refusals_of(all_of(tmp_path, "a.zip", zipped({}))) == {"a.zip": "an empty archive"}


def test_archives_in_archives_are_folders_in_folders(tmp_path: Path) -> None:
    data = zipped({"inner.zip": zipped({"deep.zip": zipped({"a.txt": BODY})}), "b.txt": b"b"})
    found = all_of(tmp_path, "a.zip", data)
    assert files_of(found) == {"a.zip/inner.zip/deep.zip/a.txt": BODY, "a.zip/b.txt": b"b"}
    assert {one.container for one in found} == {"a.zip"}
    assert sum(path.is_file() for path in (tmp_path / "spool").rglob("*")) == 2


def _streamed(files: dict[str, bytes]) -> bytes:
    class Pipe(io.RawIOBase):
        def writable(self) -> bool:
            return True

        def write(self, data: object) -> int:
            assert isinstance(data, bytes | bytearray | memoryview)
            return buffer.write(data)

    buffer = io.BytesIO()
    with zipfile.ZipFile(Pipe(), "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def test_of_a_cut_file_of_records_the_beginning_stays(tmp_path: Path) -> None:
    records = b"".join(b'{"title": "%d"}\n' % number for number in range(60_000))
    data = zipped({"a.jsonl": records, "b.txt": BODY}, zipfile.ZIP_STORED)
    found = all_of(tmp_path, "a.zip", data[: len(records) // 2])
    ((name, read),) = files_of(found).items()
    assert name == "a.zip/a.jsonl"
    assert records.startswith(read)
    assert len(read) > len(records) // 3
    assert "cut off" in refusals_of(found)["a.zip/a.jsonl"]


def test_of_a_wacz_only_the_pages_are_taken(tmp_path: Path) -> None:
    page = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>x"
    warc = b"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/1\r\n"
    warc += b"Content-Type: application/http\r\nContent-Length: %d\r\n\r\n" % len(page) + page + b"\r\n\r\n"
    files = {
        "datapackage.json": b"{}",
        "pages/pages.jsonl": b"{}",
        "archive/data.warc": warc,
        "indexes/i.cdx": b"x",
    }
    assert files_of(all_of(tmp_path, "c.wacz", zipped(files))) == {
        "c.wacz/archive/data.warc/a.example/1.html": b"<p>x"
    }
    del files["archive/data.warc"]
    assert len(files_of(all_of(tmp_path, "c.zip", zipped(files)))) == 3


@pytest.mark.parametrize("first", ["[Content_Types].xml", "mimetype", "_rels/.rels", "word/document.xml"])
def test_a_cut_document_is_no_archive_either(tmp_path: Path, first: str) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(zipped({first: BODY, "b.xml": BODY})[:-80])
    assert not is_container(path)
