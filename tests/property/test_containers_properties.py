"""Archives of any tree, of any names, and of any bytes: the files come back, and nothing leaves the spool."""

from __future__ import annotations

import gzip
import re
import tarfile
import tempfile
import zlib
from collections.abc import Callable
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.container_support import all_of, files_of, tarred, tarred_infos, zipped
from tests.fuzz.targets_containers import fuzz_containers

from kashaf.corpus.containers.names import clean
from kashaf.text.sanitise import is_clean

WORDS = st.text(st.sampled_from("abأخبارممقالNewsيوم 0٢_-"), min_size=1, max_size=12)
PLAIN = st.lists(WORDS.map(str.strip).filter(bool), min_size=1, max_size=4).map("/".join)
HOSTILE = st.lists(
    st.one_of(
        st.sampled_from(
            ["..", ".", "", "~", "C:", "/", "\\", "con", "a:b", "\u202e", "\x1b[2J", "a\nb", "\ud800"]
        ),
        st.text(st.characters(exclude_characters="\0"), max_size=20),
    ),
    min_size=1,
    max_size=6,
).map("/".join)
TREES = st.dictionaries(PLAIN, st.binary(max_size=300), min_size=1, max_size=8)
PACKERS: tuple[tuple[str, Callable[[dict[str, bytes]], bytes]], ...] = (
    ("a.zip", zipped),
    ("a.tar", tarred),
    ("a.tar.gz", lambda files: tarred(files, "gz")),
    ("a.tar.xz", lambda files: tarred(files, "xz")),
    ("g.tar", lambda files: tarred(files, form=tarfile.GNU_FORMAT)),
)
HEADS = [b"", b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b\x08", b"WARC/1.0\r\n", b"BZh91AY&SY"]
MADE_IN_A_TEST = {"archive", "spool"}


@settings(max_examples=60, deadline=None)
@given(TREES, st.sampled_from(PACKERS))
def test_a_tree_comes_back(
    tree: dict[str, bytes], kind: tuple[str, Callable[[dict[str, bytes]], bytes]]
) -> None:
    name, pack = kind
    # A word at the front keeps contents from being archives by chance.
    files = {f"{path}.txt": b"text " + data for path, data in tree.items()}
    with tempfile.TemporaryDirectory() as folder:
        found = all_of(Path(folder), name, pack(files))
        assert sorted(files_of(found).values()) == sorted(files.values())
        shown = {clean(path) for path in files}
        if len(shown) == len(files):
            assert {one.relative for one in found} == {f"{name}/{path}" for path in shown}
        assert {path.name for path in Path(folder).iterdir()} == MADE_IN_A_TEST


@settings(max_examples=120, deadline=None)
@given(st.lists(st.tuples(HOSTILE, st.binary(max_size=20)), max_size=8), st.booleans())
def test_no_name_leads_out_of_the_spool(members: list[tuple[str, bytes]], as_tar: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "in" / "side"
        root.mkdir(parents=True)
        found = all_of(root, "a", _tar(members) if as_tar else _zip(members))
        spool = root / "spool"
        for one in found:
            assert is_clean(one.relative)
            assert one.relative == "a" or one.relative.startswith("a/")
            assert not {"..", ".", ""} & set(one.relative.split("/"))
            assert one.refusal or one.path.is_relative_to(spool)
        assert len({one.relative for one in found}) == len(found)
        assert {path.name for path in root.iterdir()} == MADE_IN_A_TEST
        assert [path.name for path in Path(folder).iterdir()] == ["in"]
        assert all(path.name.isdecimal() for path in spool.rglob("*") if path.is_file())


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(
        [zipped({"a.txt": b"a" * 90, "b/c.txt": b"b"}), tarred({"a.txt": b"a"}), gzip.compress(b"a")]
    ),
    st.lists(st.tuples(st.integers(0, 2000), st.integers(0, 255)), max_size=12),
    st.integers(0, 2000),
)
def test_any_damage_is_a_reason(data: bytes, damage: list[tuple[int, int]], cut: int) -> None:
    torn = bytearray(data)
    for at, byte in damage:
        torn[at % len(torn)] = byte
    with tempfile.TemporaryDirectory() as folder:
        for one in all_of(Path(folder), "a", bytes(torn[: len(torn) - cut % len(torn)])):
            assert one.refusal or one.path.is_file()


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(HEADS), st.binary())
def test_any_bytes_are_unpacked_or_refused(head: bytes, tail: bytes) -> None:
    fuzz_containers(head + tail)


PAGES = st.lists(
    st.tuples(st.binary(max_size=300), st.booleans(), st.sampled_from(["", "gzip", "deflate"])), max_size=6
)


@settings(max_examples=80, deadline=None)
@given(PAGES, st.booleans())
def test_fetched_pages_come_back(pages: list[tuple[bytes, bool, str]], packed: bool) -> None:
    records = []
    for number, (body, in_chunks, coding) in enumerate(pages):
        sent = _coded(b"text " + body, coding)
        fields = f"Content-Type: text/plain\r\nContent-Encoding: {coding}\r\n"
        if in_chunks:
            fields += "Transfer-Encoding: chunked\r\n"
            parts = [sent[at : at + 7] for at in range(0, len(sent), 7)]
            sent = b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"
        block = f"HTTP/1.1 200 OK\r\n{fields}\r\n".encode() + sent
        head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/{number}\r\n"
        head += f"Content-Type: application/http\r\nContent-Length: {len(block)}\r\n\r\n"
        records.append(head.encode() + block + b"\r\n\r\n")
    info = b"WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 0\r\n\r\n\r\n\r\n"
    data = b"".join(map(gzip.compress, [info, *records])) if packed else b"".join([info, *records])
    with tempfile.TemporaryDirectory() as folder:
        found = files_of(all_of(Path(folder), "w", data))
    assert list(found.values()) == [b"text " + body for body, _, _ in pages]


LINES = st.sampled_from(
    [b"From here", b">From there", b">>From", b"", b"", b"text", b"x" * 200, b"From - Thu"]
)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.lists(LINES, max_size=12), min_size=1, max_size=5))
def test_messages_come_back(bodies: list[list[bytes]]) -> None:
    messages = [b"\n".join([b"Subject: x", b"", *lines]) + b"\n" for lines in bodies]
    start = b"From a@b.example Thu Nov 20 10:00:00 2026\n"
    data = b"".join(start + re.sub(rb"(?m)^(>*From )", rb">\1", message) + b"\n" for message in messages)
    with tempfile.TemporaryDirectory() as folder:
        assert list(files_of(all_of(Path(folder), "m", data)).values()) == messages


@settings(max_examples=200, deadline=None)
@given(HOSTILE)
def test_a_clean_name_stays_as_it_is(name: str) -> None:
    cleaned = clean(name)
    assert clean(cleaned) == cleaned
    assert is_clean(cleaned)
    assert len(cleaned) <= 32 * 201


def _coded(body: bytes, coding: str) -> bytes:
    if coding == "gzip":
        return gzip.compress(body)
    return zlib.compress(body) if coding else body


def _zip(members: list[tuple[str, bytes]]) -> bytes:
    """With names as they are: `zipfile` would mend them on the way in."""
    taken = [
        (f"{number:03}", name.encode("utf-8", "surrogatepass")) for number, (name, _) in enumerate(members)
    ]
    data = zipped(
        [
            (stand_in * (len(raw) // 3 + 1), body)
            for (stand_in, raw), (_, body) in zip(taken, members, strict=True)
        ]
    )
    for stand_in, raw in taken:
        whole = (stand_in * (len(raw) // 3 + 1)).encode()
        data = data.replace(whole, raw + b"x" * (len(whole) - len(raw)))
    return data


def _tar(members: list[tuple[str, bytes]]) -> bytes:
    infos = []
    for name, body in members:
        info = tarfile.TarInfo(name.encode("utf-8", "surrogatepass").decode("utf-8", "surrogateescape"))
        info.size = len(body)
        infos.append((info, body))
    return tarred_infos(infos, form=tarfile.GNU_FORMAT)
