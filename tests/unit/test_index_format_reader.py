"""docs/index-format.md is the format: a reader that follows it finds in a segment what was put there."""

from __future__ import annotations

import ast
import json
import os
import re
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from tests.plain_index_reader import PlainContainer, PlainSegment
from tests.slow_segments import write_segment

from kashaf_index.analysis import LEAD, positions
from kashaf_index.bulk.builder import SegmentBuilder
from kashaf_index.bulk.entry import Entry
from kashaf_index.bulk.merging import merge
from kashaf_index.codec import slabs, stored
from kashaf_index.codec.segment import SegmentFile
from kashaf_index.generations import deletions

READER = Path(__file__).parents[1] / "plain_index_reader.py"
DOCUMENT = Path(__file__).parents[2] / "docs" / "index-format.md"


def entry(number: int, text: str, **more: Any) -> Entry:
    made = Entry(
        id=f"{number:012x}",
        text=text,
        title=text.split("\n", maxsplit=1)[0],
        author="سعاد نجم" if number % 2 else "",
        outlet="صحيفة الميزان",
        outlet_key="صحيفه الميزان",
        language="ar",
        date=20251100 + number,
        raw_sha256=f"{number:064x}",
        text_sha256="ab" * 32,
        member="",
        stamp="3",
        scope="",
        stored=json.dumps({"text": text, "n": number}, ensure_ascii=False).encode(),
    )
    return replace(made, **more)


ENTRIES = (
    entry(1, "وزير الاقتصاد في المرفأ\nقال وزير الاقتصاد إن سعر الزيت سيهبط قريبا في الأسواق كلها."),
    # More often than a byte counts, and later than 16 bits say.
    entry(2, "سوق " * 300 + "زيتون " * 70_000 + "سوق آخر في آخر النص", title="", outlet="", outlet_key=""),
    entry(3, "The port of Sidra opens; المرفأ يفتح وﻻ يغلق", language="en", member="page-2", date=0),
    entry(4, "", language="", title="عنوان بلا نص"),
    entry(5, "كتب الوزير: كَتَبَ الكاتب كتابا عن المكتبات", id=f"{1:012x}", scope="arab/\udcff"),
)


def plain(path: Path, folder: Path) -> None:
    write_segment(path, ENTRIES)


def in_slabs(path: Path, folder: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(slabs, "SLAB", 2)
        write_segment(path, ENTRIES)


def built(path: Path, folder: Path, entries: Sequence[Entry] = ENTRIES) -> None:
    builder = SegmentBuilder(path, folder, 64 << 20)
    for one in entries:
        builder.add(one)
    builder.finish()


def merged(path: Path, folder: Path) -> None:
    with pytest.MonkeyPatch.context() as patch, ExitStack() as stack:
        # Documents are copied with their preset dictionary even when there are few.
        patch.setattr(stored, "_WORTH_COPYING", 1)
        sources: list[tuple[SegmentFile, NDArray[np.bool_] | None]] = []
        for number, entries in enumerate((ENTRIES[:1], (ENTRIES[0], *ENTRIES[1:3]), ENTRIES[3:])):
            built(folder / f"{number}.seg", folder, entries)
            deleted = np.array([True, False, False]) if number == 1 else None
            sources.append((stack.enter_context(SegmentFile.open(folder / f"{number}.seg")), deleted))
        merge(sources, path, 64 << 20)


@pytest.fixture(scope="module", params=[plain, in_slabs, built, merged])
def segment(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> PlainSegment:
    folder = tmp_path_factory.mktemp("segment")
    request.param(folder / "a.seg", folder)
    return PlainSegment((folder / "a.seg").read_bytes())


def expected(field: str) -> dict[tuple[bytes, int], list[int]]:
    """(term, document) -> positions of the words of a field."""
    found = {}
    for document, one in enumerate(ENTRIES):
        text = one.text if field == "lead" else getattr(one, field)
        for term, where in positions(text)[0].items():
            kept = [place for place in where if field != "lead" or place < LEAD]
            if kept:
                found[term, document] = kept
    return found


@pytest.mark.parametrize("field", ["text", "lead", "title", "author"])
def test_postings_of_words(segment: PlainSegment, field: str) -> None:
    terms = segment.terms("words")
    read = list(segment.postings(field))
    assert {(terms[term], document): where for term, document, _, where in read} == expected(field)
    assert all(count == len(where) for _, _, count, where in read)
    about = segment.meta["fields"][field]
    assert about["postings"] == len(read)
    assert about["occurrences"] == sum(len(where) for *_, where in read)
    assert about["every"] is (about["rows"] == len(terms))


def test_the_escapes_are_met(segment: PlainSegment) -> None:
    names = [name for name in ("text.0.counts.at", "text.0.positions.at") if name in segment.file]
    assert names == ["text.0.counts.at", "text.0.positions.at"]


@pytest.mark.parametrize(("field", "of"), [("outlet", "outlet_key"), ("language", "language")])
def test_postings_of_keys(segment: PlainSegment, field: str, of: str) -> None:
    terms = segment.terms(segment.meta["fields"][field]["dictionary"])
    read = {(terms[term].decode(), document) for term, document, _, _ in segment.postings(field)}
    assert segment.meta["fields"][field]["every"]
    assert read == {(getattr(one, of), document) for document, one in enumerate(ENTRIES) if getattr(one, of)}


def test_folds_lead_to_their_words(segment: PlainSegment) -> None:
    terms = segment.terms("words")
    by_fold: dict[bytes, list[int]] = {}
    for number, term in enumerate(terms):
        by_fold.setdefault(term.split(b"\0")[2], []).append(number)
    assert segment.folds() == by_fold
    assert list(segment.folds()) == sorted(by_fold)


def test_columns(segment: PlainSegment) -> None:
    assert segment.column("date") == [one.date for one in ENTRIES]
    assert segment.column("length") == [positions(one.text)[1] for one in ENTRIES]
    assert segment.column("title_length") == [positions(one.title)[1] for one in ENTRIES]
    for name in ("outlet", "language", "member", "stamp", "scope"):
        assert segment.column(name) == [getattr(one, name) for one in ENTRIES]
    for name in ("raw_sha256", "text_sha256"):
        assert segment.column(name) == [bytes.fromhex(getattr(one, name)) for one in ENTRIES]
    assert segment.file.type_of("column.date") == "i32"


def test_ids_and_stored_documents(segment: PlainSegment) -> None:
    assert segment.ids() == [one.id for one in ENTRIES]
    assert [segment.find(one.id) for one in ENTRIES] == [4, 1, 2, 3, 4]
    assert segment.find("0") == -1
    assert [segment.stored(document) for document in range(segment.size)] == [one.stored for one in ENTRIES]


def test_the_reader_is_independent() -> None:
    tree = ast.parse(READER.read_text(encoding="utf-8"))
    imported = {
        name
        for node in ast.walk(tree)
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert imported == {
        "__future__",
        "bisect",
        "collections.abc",
        "itertools",
        "json",
        "struct",
        "typing",
        "zlib",
    }


# The example in the document.


def dump(data: bytes) -> str:
    """The bytes as `hexdump -C` shows them."""
    lines = []
    for at in range(0, len(data), 16):
        row = data[at : at + 16]
        shown = "".join(chr(byte) if 32 <= byte < 127 else "." for byte in row)
        left, right = row[:8].hex(" "), row[8:].hex(" ")
        lines.append(f"{at:04x}  {left:<23}  {right:<23}  |{shown}|")
    return "\n".join(lines) + "\n"


def test_the_example_in_the_document_is_what_is_written(tmp_path: Path) -> None:
    mask = np.zeros(10, np.bool_)
    mask[[1, 9]] = True
    deletions.write(tmp_path / "a", mask)
    data = (tmp_path / "a").read_bytes()
    text = DOCUMENT.read_text(encoding="utf-8")
    if os.environ.get("KASHAF_GOLDEN") == "update":
        text = re.sub(
            r"(?s)(```text\n).*?(```)", lambda match: match[1] + dump(data) + match[2], text, count=1
        )
        text = re.sub(
            r"\[Deletions\]\(#deletions\)\): \d+ bytes", f"[Deletions](#deletions)): {len(data)} bytes", text
        )
        DOCUMENT.write_text(text, encoding="utf-8")
    assert f"```text\n{dump(data)}```" in text
    assert f"[Deletions](#deletions)): {len(data)} bytes" in text
    plain = PlainContainer(data)
    assert (plain.kind, plain.meta) == ("deletions", {"documents": 10, "deleted": 2})
    assert plain.array("bits") == [2, 2]
