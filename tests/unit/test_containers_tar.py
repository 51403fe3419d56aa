"""tar, plain and compressed, and single compressed files."""

from __future__ import annotations

import bz2
import gzip
import lzma
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.container_support import all_of, files_of, info_of, refusals_of, tarred, tarred_infos, zipped

from kashaf.corpus.containers import is_container
from kashaf.errors import Cancelled

BODY = "قالت البلدية إن الطريق يفتح غدًا أمام السيارات.".encode()
LONG = "مجلد/" + "خبر طويل " * 20 + ".txt"


@pytest.mark.parametrize("mode", ["", "gz", "bz2", "xz"])
@pytest.mark.parametrize("form", [tarfile.PAX_FORMAT, tarfile.GNU_FORMAT])
def test_files_come_out_as_they_went_in(tmp_path: Path, mode: str, form: int) -> None:
    files = {"خبر.txt": BODY * 3000, LONG: BODY, "empty.txt": b"", "x/512.txt": b"x" * 512}
    found = all_of(tmp_path, "a.tar", tarred(files, mode, form))
    assert list(files_of(found).values()) == list(files.values())
    assert {name.removeprefix("a.tar/") for name in files_of(found)} >= {"خبر.txt", "empty.txt", "x/512.txt"}
    assert not refusals_of(found)


def test_names_in_windows_1256_are_read(tmp_path: Path) -> None:
    data = tarred({"xxxxx.txt": BODY}, form=tarfile.USTAR_FORMAT)
    header = bytearray(data[:512].replace(b"xxxxx", "تقرير".encode("cp1256")))
    header[148:156] = b" " * 8
    header[148:156] = b"%06o\0 " % sum(header)
    assert list(files_of(all_of(tmp_path, "a.tar", bytes(header) + data[512:]))) == ["a.tar/تقرير.txt"]


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    kinds = {
        "link": tarfile.SYMTYPE,
        "hard": tarfile.LNKTYPE,
        "char": tarfile.CHRTYPE,
        "block": tarfile.BLKTYPE,
        "fifo": tarfile.FIFOTYPE,
    }
    infos = [(info_of(name, kind, "/etc/passwd"), b"") for name, kind in kinds.items()]
    infos.append((info_of("folder", tarfile.DIRTYPE), b""))
    found = all_of(tmp_path, "a.tar", tarred_infos(infos))
    assert set(refusals_of(found)) == {f"a.tar/{name}" for name in kinds}
    assert not files_of(found)


def test_a_sparse_file_is_refused_and_the_next_is_read(tmp_path: Path) -> None:
    sparse = info_of("holes.txt", tarfile.GNUTYPE_SPARSE)
    sparse.size = 1000
    after = tarfile.TarInfo("after.txt")
    after.size = len(BODY)
    found = all_of(
        tmp_path, "a.tar", tarred_infos([(sparse, b"x" * 1000), (after, BODY)], form=tarfile.GNU_FORMAT)
    )
    assert files_of(found) == {"a.tar/after.txt": BODY}
    assert refusals_of(found) == {"a.tar/holes.txt": "a sparse file"}


@pytest.mark.parametrize("mode", ["", "gz"])
def test_of_a_cut_archive_the_whole_files_stay(tmp_path: Path, mode: str) -> None:
    data = tarred({"a.txt": BODY, "b.txt": bytes(range(256)) * 400, "c.txt": BODY})
    data = data[: data.index(b"c.txt") - 1000]
    found = all_of(tmp_path, "a.tar", gzip.compress(data)[:-8] if mode else data)
    assert files_of(found) == {"a.tar/a.txt": BODY}
    assert "ends early" in refusals_of(found)["a.tar"]


def test_a_header_that_is_damaged_ends_the_archive(tmp_path: Path) -> None:
    data = bytearray(tarred({"a.txt": BODY, "b.txt": BODY}))
    data[data.index(b"b.txt")] ^= 1
    found = all_of(tmp_path, "a.tar", bytes(data))
    assert files_of(found) == {"a.tar/a.txt": BODY}
    assert "damaged" in refusals_of(found)["a.tar"]


@pytest.mark.parametrize(
    ("name", "pack"),
    [("a.jsonl.gz", gzip.compress), ("a.jsonl.bz2", bz2.compress), ("a.jsonl.xz", lzma.compress)],
)
def test_a_compressed_file_is_a_folder_of_one(
    tmp_path: Path, name: str, pack: Callable[[bytes], bytes]
) -> None:
    data = BODY * 9000
    assert files_of(all_of(tmp_path, name, pack(data))) == {f"{name}/a.jsonl": data}
    # Streams end to end, and padding after them.
    assert files_of(all_of(tmp_path, name, pack(BODY) + pack(b"") + pack(BODY) + b"\0" * 512)) == {
        f"{name}/a.jsonl": BODY * 2
    }


def test_what_gzip_remembers_names_a_file_whose_archive_has_no_ending(tmp_path: Path) -> None:
    packed = gzip.compress(BODY)
    named = packed[:3] + b"\x08" + packed[4:10] + "خبر.html".encode() + b"\0" + packed[10:]
    assert list(files_of(all_of(tmp_path, "download", named))) == ["download/خبر.html"]
    assert list(files_of(all_of(tmp_path, "download", packed))) == ["download/download"]


def test_what_can_be_read_of_a_cut_file_stays(tmp_path: Path) -> None:
    import random

    data = random.Random(5).randbytes(300_000)
    found = all_of(tmp_path, "a.bin.gz", gzip.compress(data)[:200_000])
    ((_, read),) = files_of(found).items()
    assert data.startswith(read)
    assert len(read) > 100_000
    assert refusals_of(found) == {"a.bin.gz": "ends early: the rest of it is missing"}


def test_archives_of_different_kinds_nest(tmp_path: Path) -> None:
    data = zipped({"b.tar.gz": tarred({"c.zip": zipped({"d.txt": BODY})}, "gz")})
    assert files_of(all_of(tmp_path, "a.zip", data)) == {"a.zip/b.tar.gz/c.zip/d.txt": BODY}
    packed = gzip.compress(zipped({"d.txt": BODY}))
    assert files_of(all_of(tmp_path, "a.zip.gz", packed)) == {"a.zip.gz/a.zip/d.txt": BODY}


@pytest.mark.parametrize(
    "data",
    [
        BODY,
        b"",
        b"<html>",
        b"%PDF-1.7",
        b"From Cairo came the news\nTo: all\n",
        b"BZh is a name",
        b"WARC/ers",
    ],
)
def test_other_files_are_no_containers(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(data)
    assert not is_container(path)
    assert not is_container(tmp_path)
    assert not is_container(tmp_path / "none")


def test_unpacking_stops_when_it_is_told_to(tmp_path: Path) -> None:
    calls = iter([False] * 5)
    with pytest.raises(Cancelled):
        all_of(tmp_path, "a.gz", gzip.compress(BODY * 100_000), cancelled=lambda: next(calls, True))


def test_a_folder_called_like_an_archive_beside_it_keeps_its_files(tmp_path: Path) -> None:
    files = {
        "b.zip": zipped({"x.txt": b"1"}),
        "b.zip/x.txt": b"2",
        "c.txt": b"3",
        "c (2).txt": b"4",
        "./c.txt": b"5",
    }
    found = all_of(tmp_path, "a.tar", tarred(files))
    assert sorted(files_of(found).values()) == [b"1", b"2", b"3", b"4", b"5"]
