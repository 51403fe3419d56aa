"""Archives made to fill the disk or the memory, to write elsewhere, or to never end."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import os
import random
import struct
import subprocess
import sys
import tarfile
import tracemalloc
import zipfile
import zlib
from pathlib import Path

import pytest
from tests.container_support import all_of, files_of, info_of, refusals_of, tarred, tarred_infos, zipped

from kashaf.corpus.containers import is_container, meter, unpacking
from kashaf.corpus.limits import MAX_ARCHIVE_DEPTH, RATIO_FREE_BYTES
from kashaf.corpus.walk import Found

MIB = 1024**2
ZEROS = bytes(MIB)
HTTP = "application/http; msgtype=response"


def repeated(times: int, packer: object = None) -> bytes:
    """So many MiB of zeros, compressed without ever being in memory."""
    machine = packer or zlib.compressobj(9, wbits=31)
    assert hasattr(machine, "compress")
    assert hasattr(machine, "flush")
    packed = b"".join(machine.compress(ZEROS) for _ in range(times)) + machine.flush()
    assert isinstance(packed, bytes)
    return packed


def spooled(folder: Path) -> int:
    return sum(path.stat().st_size for path in (folder / "spool").rglob("*") if path.is_file())


def overlapping(files: int) -> bytes:
    """David Fifield's bomb in its plain form: every entry of the directory is the same file."""
    data = zipped({"a": ZEROS})
    start = data.index(b"PK\x01\x02")
    entry = data[start : data.index(b"PK\x05\x06")]
    end = struct.pack(
        "<4s4H2LH", b"PK\x05\x06", 0, 0, files & 0xFFFF, files & 0xFFFF, len(entry) * files, start, 0
    )
    return data[:start] + entry * files + end


@pytest.mark.parametrize(
    ("name", "packer"),
    [("a.gz", None), ("a.bz2", bz2.BZ2Compressor()), ("a.xz", lzma.LZMACompressor(preset=0))],
)
def test_a_compressed_file_of_zeros_ends_soon_and_leaves_nothing(
    tmp_path: Path, name: str, packer: object
) -> None:
    data = repeated(150, packer)
    tracemalloc.start()
    found = all_of(tmp_path, name, data)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert "times its size" in refusals_of(found)[name]
    assert not files_of(found)
    assert spooled(tmp_path) == 0
    assert peak < 16 * MIB


def test_a_zip_of_zeros_loses_the_bomb_alone(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        with archive.open("bomb.txt", "w") as member:
            for _ in range(RATIO_FREE_BYTES // MIB + 40):
                member.write(ZEROS)
        archive.writestr("large", random.Random(1).randbytes(MIB))
        archive.writestr("b.txt", "b")
    found = all_of(tmp_path, "a.zip", buffer.getvalue())
    assert "times its size" in refusals_of(found)["a.zip/bomb.txt"]
    assert files_of(found)["a.zip/b.txt"] == b"b"
    assert spooled(tmp_path) <= MIB + 1


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_dense_methods_are_unpacked_in_small_pieces(tmp_path: Path, method: int) -> None:
    data = zipped({"bomb.txt": bytes(100 * MIB)}, method)
    tracemalloc.start()
    found = all_of(tmp_path, "a.zip", data)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert set(refusals_of(found)) == {"a.zip/bomb.txt"}
    assert peak < 16 * MIB


def test_files_that_overlap_are_a_bomb(tmp_path: Path) -> None:
    found = all_of(tmp_path, "a.zip", overlapping(50_000))
    assert refusals_of(found) == {"a.zip": "its files overlap, as a bomb's do"}
    assert spooled(tmp_path) == 0


def test_a_file_within_another_s_data_is_a_bomb(tmp_path: Path) -> None:
    inner = zipped({"in.txt": b"x" * 50}, zipfile.ZIP_STORED)
    data = bytearray(zipped({"out.txt": inner, "next.txt": b""}, zipfile.ZIP_STORED))
    second = data.rindex(b"PK\x01\x02")
    struct.pack_into("<L", data, second + 42, data.index(b"PK\x03\x04", 4))
    assert "overlap" in refusals_of(all_of(tmp_path, "a.zip", bytes(data)))["a.zip"]


def test_nested_bombs_stop_at_what_the_outermost_weighs(tmp_path: Path) -> None:
    data = zipped({f"{number}.txt": bytes(20 * MIB) for number in range(3)})
    for depth in range(2):
        data = zipped({f"{depth}-{number}.zip": data for number in range(8)})
    found = all_of(tmp_path, "42.zip", data)
    assert any("times its size" in reason for reason in refusals_of(found).values())
    assert spooled(tmp_path) < 2 * RATIO_FREE_BYTES


def test_archives_nest_so_deep_and_no_deeper(tmp_path: Path) -> None:
    data = b"text"
    for _ in range(MAX_ARCHIVE_DEPTH):
        data = zipped({"a.zip": data})
    assert len(files_of(all_of(tmp_path, "a.zip", data))) == 1
    found = all_of(tmp_path, "a.zip", zipped({"a.zip": data, "b.txt": b"b"}))
    assert files_of(found) == {"a.zip/b.txt": b"b"}
    ((_, reason),) = refusals_of(found).items()
    assert "deeper" in reason


def test_an_archive_that_holds_itself_ends(tmp_path: Path) -> None:
    """Russ Cox's quine, in its effect: every level is the same."""
    data = gzip.compress(b"x")
    for _ in range(50):
        data = gzip.compress(data)
    ((_, reason),) = refusals_of(all_of(tmp_path, "r.gz", data)).items()
    assert "deeper" in reason


def test_so_many_files_and_no_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(meter, "MAX_ARCHIVE_FILES", 5)
    for name, data in (
        ("a.zip", zipped({f"{number}.txt": b"x" for number in range(9)})),
        ("a.tar", tarred({f"{number}.txt": b"x" for number in range(9)})),
        ("b.zip", zipped({f"{number}.zip": zipped({"a.txt": b"x", "b.txt": b"x"}) for number in range(9)})),
    ):
        found = all_of(tmp_path, name, data)
        assert len(files_of(found)) <= 5
        assert "over 5 files" in refusals_of(found)[name]


def test_what_is_passed_over_counts_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(meter, "MAX_ARCHIVE_FILES", 5)
    assert refusals_of(all_of(tmp_path, "a.zip", zipped({f".{number}": b"x" for number in range(9)})))


def test_so_many_steps_that_bring_nothing_and_no_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(meter, "MAX_ARCHIVE_STEPS", 500)
    folders = {f"{number}/": b"" for number in range(900)}
    infos = [(info_of(name, tarfile.DIRTYPE), b"") for name in folders]
    info = b"WARC/1.0\r\nContent-Length: 0\r\n\r\n"
    for name, data in (
        ("a.zip", zipped(folders)),
        ("a.tar", tarred_infos(infos)),
        ("a.warc", info * 900),
        ("b.warc", info + b"\n" * 900),
    ):
        assert "small parts" in refusals_of(all_of(tmp_path, name, data))[name]


def test_a_field_of_many_lines_is_read_in_one_go(tmp_path: Path) -> None:
    fields = (
        "X-Long: a\r\n"
        + " b\r\n" * 200_000
        + "Content-Type: text/html"
        + ";"
        + " " * 60_000
        + "charset= x\r\n"
    )
    http = f"HTTP/1.1 200 OK\r\n{fields}\r\n<p>".encode()
    head = "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/1\r\n"
    data = f"{head}Content-Type: {HTTP}\r\nContent-Length: {len(http)}\r\n\r\n".encode() + http
    with_page = files_of(all_of(tmp_path, "w", data))
    assert with_page == {"w/a.example/1.html": b"<p>"}


def test_so_many_bytes_and_no_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(meter, "MAX_UNPACKED_BYTES", MIB)
    files = {f"{number}.txt": random.Random(number).randbytes(400_000) for number in range(9)}
    for name, data in (("a.zip", zipped(files)), ("a.tar.gz", tarred(files, "gz")), ("a.tar", tarred(files))):
        found = all_of(tmp_path, name, data)
        assert list(files_of(found).values()) == list(files.values())[:2]
        assert "unpack it" in refusals_of(found)[name]


def test_a_member_over_its_limit_is_refused_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpacking, "MAX_STREAM_BYTES", MIB)
    files = {"large.txt": random.Random(1).randbytes(2 * MIB), "b.txt": b"b"}
    for name, data in (("a.zip", zipped(files)), ("a.tar.gz", tarred(files, "gz"))):
        found = all_of(tmp_path, name, data)
        assert files_of(found) == {f"{name}/b.txt": b"b"}
        assert "larger than" in refusals_of(found)[f"{name}/large.txt"]


def test_the_disk_is_not_filled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(meter, "MIN_FREE_BYTES", 2**62)
    found = all_of(tmp_path, "a.zip", zipped({"i.zip": zipped({"a.txt": b"a"}), "b.txt": b"b"}))
    assert refusals_of(found) == {"a.zip": "too little room on the disk to unpack it"}
    assert spooled(tmp_path) == 0


def test_a_header_cannot_ask_for_memory(tmp_path: Path) -> None:
    """xz with a dictionary of 1.5 GB; LZMA in a zip with one of 4 GB; a pax header of 8 GB."""
    xz = bytearray(lzma.compress(b"x" * 1000))
    # The dictionary's size is the only property of the one filter (xz file format 5.3.1); the header has a CRC.
    start, length = 12, (xz[12] + 1) * 4
    at = xz.index(b"\x21\x01", start) + 2
    xz[at] = 39
    xz[start + length - 4 : start + length] = struct.pack("<L", zlib.crc32(xz[start : start + length - 4]))
    zipped_lzma = bytearray(zipped({"a.txt": b"x" * 1000}, zipfile.ZIP_LZMA))
    zipped_lzma[30 + 5 + 5 : 30 + 5 + 9] = b"\xff" * 4
    header = bytearray(tarred_infos([(info_of("a", tarfile.XHDTYPE), b"")])[:512])
    header[124:136] = b"%011o\0" % (8 * 2**30 - 1)
    header[148:156] = b" " * 8
    header[148:156] = b"%06o\0 " % sum(header)
    bomb = gzip.compress(bytes(header) + bytes(300 * MIB), 9)
    tracemalloc.start()
    assert "damaged" in refusals_of(all_of(tmp_path, "a.xz", bytes(xz)))["a.xz"]
    assert "damaged" in refusals_of(all_of(tmp_path, "a.zip", bytes(zipped_lzma)))["a.zip/a.txt"]
    assert "too long" in refusals_of(all_of(tmp_path, "a.tar.gz", bomb))["a.tar.gz"]
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 16 * MIB


def test_a_pax_header_of_digits_is_no_trouble(tmp_path: Path) -> None:
    """CVE-2024-6232: `tarfile` takes quadratic time over it."""
    header = info_of("h", tarfile.XHDTYPE)
    header.size = MIB - 512
    file = tarfile.TarInfo("a.txt")
    file.size = 1
    infos = [(header, b"1" * header.size), (file, b"x")]
    assert files_of(all_of(tmp_path, "a.tar", tarred_infos(infos))) == {"a.tar/a.txt": b"x"}


@pytest.mark.parametrize("size", [b"\xff" * 12, b"\x80" + b"\xff" * 11, b"99999999999\0"])
def test_sizes_that_lie_end_a_tar(tmp_path: Path, size: bytes) -> None:
    """CVE-2025-8194: a negative size sends `tarfile` back for ever."""
    header = bytearray(tarred({"a.txt": b"x"})[:512])
    header[124:136] = size
    header[148:156] = b" " * 8
    header[148:156] = b"%06o\0 " % sum(header)
    found = all_of(tmp_path, "a.tar", bytes(header) + bytes(2048))
    assert set(refusals_of(found)) == {"a.tar"}


def test_a_tar_of_links_leads_nowhere(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    through = tarfile.TarInfo("way/in.txt")
    through.size = 2
    infos = [(info_of("way", tarfile.SYMTYPE, str(outside)), b""), (through, b"in")]
    found = all_of(tmp_path, "a.tar", tarred_infos(infos))
    assert files_of(found) == {"a.tar/way/in.txt": b"in"}
    assert list(outside.iterdir()) == []


def test_a_web_archive_s_bombs_are_refused_alone(tmp_path: Path) -> None:
    def page(number: int, body: bytes, fields: str = "") -> bytes:
        http = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{fields}\r\n".encode() + body
        head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/{number}\r\n"
        return (
            f"{head}Content-Type: {HTTP}\r\nContent-Length: {len(http)}\r\n\r\n".encode() + http + b"\r\n\r\n"
        )

    chunks = "Transfer-Encoding: chunked\r\n"
    data = b"".join(
        (
            page(1, repeated(RATIO_FREE_BYTES // MIB + 10), "Content-Encoding: gzip\r\n"),
            page(2, b"7fffffff\r\nshort", chunks),
            page(3, b"f" * MIB, chunks),
            page(4, b"x", "X: " + "y" * 2 * MIB + "\r\n"),
            b"WARC/1.0\r\n" + b"X: y\r\n" * 200_000 + b"\r\n",
            b"WARC/1.0\r\nContent-Length: 99999999999999999999\r\n\r\n",
            page(5, random.Random(1).randbytes(MIB)),
        )
    )
    tracemalloc.start()
    found = all_of(tmp_path, "w", data)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    refused = refusals_of(found)
    assert "times its size" in refused["w/a.example/1.html"]
    assert "cut off" in refused["w/a.example/2.html"]
    assert "w/a.example/4" in refused
    assert set(files_of(found)) == {"w/a.example/3.html", "w/a.example/5.html"}
    assert peak < 24 * MIB


def test_what_stands_in_for_an_archive_by_now_is_refused(tmp_path: Path) -> None:
    from kashaf.corpus.containers import unpack

    os.mkfifo(tmp_path / "fifo")
    (tmp_path / "link").symlink_to(tmp_path / "a.zip")
    (tmp_path / "text").write_text("no archive")
    (tmp_path / "a.zip").write_bytes(zipped({"a.txt": b"a"}))
    for name in ("fifo", "link", "text", "gone"):
        assert not is_container(tmp_path / name)
        (refused,) = unpack(Found(tmp_path / name, name, 9), tmp_path, sha256="")
        assert refused.refusal
        assert refused.folder


_LIMITED = """
import resource, sys
from pathlib import Path
from kashaf.corpus.containers import unpack
from kashaf.corpus.walk import Found

resource.setrlimit(resource.RLIMIT_AS, (400 * 2**20, 400 * 2**20))
resource.setrlimit(resource.RLIMIT_CPU, (60, 60))
for path in map(Path, sys.argv[2:]):
    found = list(unpack(Found(path, path.name, path.stat().st_size), Path(sys.argv[1]), sha256=""))
    print(path.name, sum(not one.refusal for one in found), any(one.refusal for one in found))
"""


def test_bombs_stay_within_a_small_memory_and_time(tmp_path: Path) -> None:
    spool = tmp_path / "spool"
    spool.mkdir()
    many = zipped({f"{number}.txt": b"" for number in range(3000)})
    bombs = {
        "zeros.gz": repeated(150),
        "zeros.bz2": repeated(150, bz2.BZ2Compressor()),
        "overlap.zip": overlapping(200_000),
        "zeros.tar.gz": gzip.compress(tarred({"a": bytes(100 * MIB)})),
        "many.zip": many,
        "empty.gz": gzip.compress(b"") * 100_000,
    }
    for name, data in bombs.items():
        (tmp_path / name).write_bytes(data)
    command = [sys.executable, "-c", _LIMITED, str(spool), *(str(tmp_path / name) for name in bombs)]
    told = subprocess.run(command, capture_output=True, text=True, check=False)
    assert told.stderr == ""
    assert dict(line.split(" ", 1) for line in told.stdout.splitlines()) == {
        "zeros.gz": "0 True",
        "zeros.bz2": "0 True",
        "overlap.zip": "0 True",
        "zeros.tar.gz": "0 True",
        "many.zip": "3000 False",
        "empty.gz": "1 False",
    }
