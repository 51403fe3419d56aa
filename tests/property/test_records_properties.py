"""Records: fast paths equal slow ones, writers' files come back, and no bytes do harm."""

from __future__ import annotations

import csv
import importlib.util
import io
import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from types import ModuleType
from unittest import mock

from hypothesis import given, settings
from hypothesis import strategies as st

from kashaf.corpus import fields
from kashaf.corpus.readers import Failure, Member, articles, csv_rows, model, read, records
from kashaf.corpus.readers.csv_rows import Layout, rows
from kashaf.corpus.readers.file_lines import FileLine
from kashaf.corpus.readers.json_text import loads, objects
from kashaf.errors import BadInput

WORDS = st.sampled_from(
    ["سفينة", "ميناء", "قمح", "2025-11-09", "he said", '"', ",", ";", "\n", "<p>", "\\", "\u2028", "é"]
)
TEXTS = st.one_of(st.lists(WORDS, max_size=8).map(" ".join), st.text(max_size=20))
NAMES = st.sampled_from(
    re.findall(
        r"[^|]+",
        "title|Title|headline|العنوان|content|body|النص|date|published|source|id|_id|url|link|author"
        "|lang|summary|updated|x|pub_date|تاريخ النشر|article",
    )
)
INTEGERS = st.integers(-(10**28), 10**28)
VALUES = st.one_of(TEXTS, st.none(), st.booleans(), INTEGERS, st.lists(TEXTS, max_size=3), st.just({}))
LINES = st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=30)  # no binary file
RECORDS = st.dictionaries(NAMES, VALUES, max_size=8)


@given(st.lists(st.one_of(RECORDS.map(lambda r: json.dumps(r, ensure_ascii=False)), LINES), max_size=8))
@settings(max_examples=150, deadline=None)
def test_a_large_file_is_read_as_a_small_one(lines: list[str]) -> None:
    first = json.dumps({"id": "z", "text": "سفينة في الميناء " * 5}, ensure_ascii=False)
    data = "\n".join([first, *lines]).encode("utf-8", "replace")
    with mock.patch.object(records, "HELD_BYTES", 0), mock.patch.object(model, "OPENING_BYTES", 200):
        streamed = everything("a.jsonl", data)
    assert streamed == everything("a.jsonl", data)


def everything(name: str, data: bytes) -> list[object]:
    found: list[object] = []
    try:
        for one in articles(name, data):
            found.append((one.key, one.sha256, one.draft) if isinstance(one, Member) else one)
    except BadInput as error:
        found.append(error.what)
    return found


@given(st.lists(RECORDS, min_size=1, max_size=8))
@settings(max_examples=150, deadline=None)
def test_objects_of_a_list_are_found_as_a_parser_finds_them(items: list[dict[str, object]]) -> None:
    for text in (
        json.dumps(items),
        json.dumps(items, ensure_ascii=False, indent=2),
        "".join(map(json.dumps, items)),
    ):
        found = list(
            objects(text.encode("utf-8", "surrogatepass"), lambda b: b.decode("utf-8", "surrogatepass"))
        )
        assert [one.value for one in found] == items
        assert not any(one.problem for one in found)


@given(
    st.recursive(
        st.one_of(TEXTS, st.none(), INTEGERS, st.floats(allow_nan=False, allow_infinity=False)),
        lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(TEXTS, inner, max_size=4)),
        max_leaves=20,
    )
)
@settings(max_examples=150, deadline=None)
def test_what_is_json_is_parsed_as_json(value: object) -> None:
    assert loads(json.dumps(value)) == value


@given(
    st.lists(
        st.lists(TEXTS.map(lambda t: t.replace("\r", "").replace("\0", "")), min_size=3, max_size=3),
        max_size=8,
    ),
    st.sampled_from([",", ";", "\t", "|"]),
    st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL, csv.QUOTE_NONNUMERIC]),
    st.sampled_from(["\n", "\r\n"]),
)
@settings(max_examples=200, deadline=None)
def test_a_table_comes_back(table: list[list[str]], delimiter: str, quoting: int, end: str) -> None:
    made = io.StringIO(newline="")
    csv.writer(made, delimiter=delimiter, quoting=quoting, lineterminator=end).writerows(table)  # type: ignore[arg-type]
    lines = (FileLine(number, line) for number, line in enumerate(made.getvalue().split("\n"), 1))
    assert [row.cells for row in rows(lines, Layout(delimiter), 3)] == table


@given(st.lists(st.lists(TEXTS, min_size=1, max_size=4).map(",".join), max_size=12), st.integers(0, 4))
@settings(max_examples=150, deadline=None)
def test_every_line_of_a_muddle_is_read_at_most_once(lines: list[str], width: int) -> None:
    """Rows come in their order, none from a line that a good row before it has used."""
    text = "\n".join(lines).split("\n")
    with mock.patch.object(csv_rows, "_MAX_ROW_LINES", 4):
        found = list(
            rows((FileLine(number, line) for number, line in enumerate(text, 1)), Layout(","), width)
        )
    numbers = [row.number for row in found]
    assert numbers == sorted(set(numbers))
    for row, following in zip(found, numbers[1:], strict=False):
        inner = 0 if row.problem else sum(cell.count("\n") for cell in row.cells)
        assert following > row.number + inner
    assert all(len(row.cells) == width for row in found if width and not row.problem)


def plainly(record: Mapping[str, object], role: fields.Role) -> tuple[str, object] | None:
    """The rule of `fields.field` said the slow way."""
    usual = [fields._plain(name) for name in fields._NAMES[role].split("|")]
    best: tuple[int, str, object] | None = None
    for name, value in record.items():
        plain = fields._plain(name)
        empty = value in (None, "", [], {})
        if role != "id" and isinstance(value, str):
            empty = not value.strip() or value.strip().lower() in fields._EMPTY
        if plain in usual and not empty and (best is None or usual.index(plain) < best[0]):
            best = (usual.index(plain), name, value)
    return None if best is None else best[1:]


@given(st.lists(RECORDS, max_size=4))
@settings(max_examples=200, deadline=None)
def test_fields_are_found_by_rank_and_order(found: list[dict[str, object]]) -> None:
    names = fields.FieldNames()
    for record in found:
        for role in fields.ROLES:
            assert fields.field(record, role, names) == plainly(record, role)


@given(
    st.lists(
        st.one_of(st.none(), st.sampled_from(["a", "b", "", " ", 1, True, "x" * 130]), st.integers()),
        max_size=6,
    )
)
@settings(max_examples=150, deadline=None)
def test_keys_are_ids_when_each_has_its_own_else_numbers(ids: list[object]) -> None:
    data = "\n".join(json.dumps({"text": "قمح وشعير في الميناء", "id": one}) for one in ids).encode()
    kept = [str(one).strip() for one in ids if isinstance(one, (str, int)) and not isinstance(one, bool)]
    own = len(kept) == len(ids) == len(set(kept)) and all(0 < len(key) <= 120 for key in kept)
    result = read("a.jsonl", data or b" \n{}")
    keys = [one.key for one in result.members]
    assert keys == (kept if own else [str(number) for number in range(1, len(ids) + 1)])


PIECES = st.sampled_from(
    [
        *r"""{"text": "|رست السفينة|"}|{|}|[|]|,|:|"|\|title|;|<rss>|<channel>|<item>|<title>|</title>|</item>
|<![CDATA[|]]>|</channel></rss>
|<feed xmlns='http://www.w3.org/2005/Atom'>|<entry>|</entry>|<content type='xhtml'>|&amp;|&x;
|\ud800|<!DOCTYPE rss [|<!ENTITY a 'b'>|]>|sep=;|title,text|2025-11-09|<?xml version='1.0'?>|<link href='|'/>
|xml:base='http://[x'""".encode().split(b"|"),
        *[b"\n", b"\t", b"|", b"\x00", b"\xff\xfe", b"\xe5", b"\r"],
    ]
)


def targets() -> ModuleType:
    path = Path(__file__).parents[1] / "fuzz" / "targets_records.py"
    spec = importlib.util.spec_from_file_location("targets_records", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


TARGETS: dict[str, Callable[[bytes], None]] = targets().TARGETS
OPENINGS = {"json": b"", "csv": b"title,text\n", "feed": b"<rss><channel><item>"}


@given(
    st.sampled_from(sorted(TARGETS)),
    st.one_of(st.binary(max_size=120), st.lists(PIECES, max_size=25).map(b"".join)),
)
@settings(max_examples=200, deadline=None)
def test_no_bytes_do_harm(target: str, data: bytes) -> None:
    TARGETS[target](data)
    TARGETS[target](OPENINGS[target] + data)


def test_failures_are_failures() -> None:
    assert any(isinstance(one, Failure) for one in articles("a.jsonl", b'{"text": "x y z"}\n{'))
