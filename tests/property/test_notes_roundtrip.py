"""Any note survives document, file and export unchanged, with fields nobody knows."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kashaf.errors import BadInput
from kashaf.export.native import NativeFile, from_json, parse, to_json
from kashaf.notes import journal
from kashaf.notes.codec import from_document, to_document
from kashaf.notes.file_format import Position, is_good, serialise
from kashaf.notes.file_format import parse as parse_file
from kashaf.notes.model import ArticleTarget, EntityTarget, Note, SearchTarget, WordsTarget
from kashaf.notes.trusted import note_of
from kashaf.notes.versions import amended, first
from kashaf.storage import fast_json

_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
_ARABIC = st.text(
    st.sampled_from("ابتثجحخدذرزسشصضطظعغفقكلمنهوي ءآأإؤئةى\u064b\u0651\u0640\u200c\n.،"), max_size=40
)
_WORDS = st.one_of(_TEXT, _ARABIC)
_JSON: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**20), 10**20)
    | st.floats(allow_nan=False, allow_infinity=False)
    | _WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_WORDS, inner, max_size=3),
    max_leaves=6,
)
_EXTRA = st.dictionaries(st.text(st.sampled_from("xyz_"), min_size=1, max_size=5), _JSON, max_size=2)
_TIMES = st.datetimes().map(
    lambda moment: moment.strftime("%Y").rjust(4, "0") + moment.strftime("-%m-%dT%H:%M:%SZ")
)


_SHA256 = st.text(st.sampled_from("0123456789abcdef"), min_size=64, max_size=64)


@st.composite
def targets(draw: st.DrawFn) -> WordsTarget:
    quote = draw(_WORDS.filter(bool))
    start = draw(st.integers(0, 10**9))
    return WordsTarget(
        article_id=draw(_WORDS.filter(bool)),
        text_sha256=draw(_SHA256),
        start=start,
        end=start + len(quote),
        quote=quote,
        prefix=draw(_WORDS)[:32],
        suffix=draw(_WORDS)[:32],
        title=draw(_WORDS),
        outlet=draw(_WORDS),
        published=draw(st.just("") | st.dates().map(str)),
        source_sha256=draw(st.just("") | _SHA256),
        extra=draw(_EXTRA),
    )


@st.composite
def notes(draw: st.DrawFn) -> Note:
    return first(
        Note(
            id=str(draw(st.uuids())),
            target=draw(targets()),
            body=draw(_WORDS),
            tags=tuple(draw(st.lists(_WORDS.filter(bool), max_size=4, unique=True))),
            kind=draw(st.sampled_from(["highlight", "note", "question", "claim"])),
            author=draw(_WORDS),
            created=draw(_TIMES),
            modified=draw(_TIMES),
            extra=draw(_EXTRA),
        )
    )


_MANY = st.lists(notes(), max_size=4, unique_by=lambda note: note.id)


@given(notes())
@settings(max_examples=80, deadline=None)
def test_document_and_back(note: Note) -> None:
    assert from_document(to_document(note), where="x") == note


@given(_MANY)
@settings(max_examples=80, deadline=None)
def test_export_import_export_is_byte_equal(many: list[Note]) -> None:
    data = to_json(many)
    assert from_json(data) == sorted(many, key=lambda note: note.id)
    assert to_json(from_json(data)) == data


@given(_MANY, _EXTRA)
@settings(max_examples=60, deadline=None)
def test_unknown_fields_of_the_file_come_back(many: list[Note], extra: dict[str, Any]) -> None:
    data = NativeFile(tuple(many), extra=extra).to_bytes()
    assert parse(data).extra == extra
    assert parse(data).to_bytes() == data


_POSITIONS = st.builds(
    Position,
    st.integers(0, 2**63 - 1),
    st.text(st.sampled_from("0123456789abcdef"), min_size=32, max_size=32),
)


@given(_MANY, _POSITIONS)
@settings(max_examples=60, deadline=None)
def test_the_notes_file_and_back(many: list[Note], position: Position) -> None:
    tables = {"notes": {str(number): dict(to_document(note)) for number, note in enumerate(many, 1)}}
    data = serialise(tables, position)
    assert is_good(data)
    assert json.loads(data)["kashaf"]["notes"] == len(many)
    read = parse_file(data)
    assert {name: dict(table) for name, table in read.tables.items()} == tables
    assert read.position == position
    assert serialise(parse_file(data).tables, position) == data


@given(_MANY, _POSITIONS)
@settings(max_examples=60, deadline=None)
def test_a_line_of_the_journal_and_back(many: list[Note], position: Position) -> None:
    put = {"notes": {str(number): dict(to_document(note)) for number, note in enumerate(many, 1)}}
    batch = journal.Batch(put, {"undo": ["7", "8"]})
    line, after = journal.line_of(batch, position)
    assert line.count(b"\n") == 1
    held = journal.read(line + line[:-1])
    assert (held.torn, held.bad) == (line[:-1], ())
    (read,) = journal.following(held, position)
    assert (read.batch(), read.position, read.length) == (batch, after, len(line))
    for at in range(0, len(line) - 1, max(1, len(line) // 20)):
        garbled = journal.read(line[:at] + bytes([line[at] ^ 0x20]) + line[at + 1 :])
        assert garbled.bad or garbled.lines == () or b"\n" in line[:at]


@given(notes(), _EXTRA, st.lists(_WORDS, max_size=3))
@settings(max_examples=80, deadline=None)
def test_what_we_wrote_is_read_alike_with_and_without_looking(
    note: Note, extra: dict[str, Any], bodies: list[str]
) -> None:
    for number, body in enumerate(bodies):
        after = replace(note, body=body, tags=(str(number),), extra=extra)
        note = amended(note, after, at=note.modified, author="سعاد") or note
    for target in (
        note.target,
        EntityTarget("بلدية", "organization", extra),
        SearchTarget("سوق", "stem", "all"),
        ArticleTarget("a", "0" * 64, "", "", "", ""),
    ):
        about = replace(note, target=target)
        about = amended(note, about, at=note.modified, author="") or about
        data, wide = fast_json.encode(to_document(about))
        document = fast_json.decode(data, wide=wide)
        assert note_of(document, where="x") == from_document(document, where="x") == about
        assert [one.changes for one in note_of(document, where="x").versions] == [
            one.changes for one in about.versions
        ]


@given(_JSON)
@settings(max_examples=200, deadline=None)
def test_json_of_our_own_and_back(value: Any) -> None:
    data, wide = fast_json.encode(value)
    assert fast_json.decode(data, wide=wide) == value
    assert json.loads(data) == value
    assert fast_json.encode(json.loads(data)) == (data, wide)


@pytest.mark.parametrize(
    "value", [float("nan"), [float("inf")], {1: 2}, {"a": object()}, "\ud800", {"\udc00": 1}]
)
def test_what_json_cannot_hold_is_refused(value: object) -> None:
    with pytest.raises(BadInput):
        fast_json.encode(value)


def test_a_number_of_over_64_bits_stays_what_it_is() -> None:
    assert fast_json.decode(fast_json.encode({"n": 10**30})[0], wide=True) == {"n": 10**30}
    assert fast_json.encode({"n": 10**30})[1]
    tables = {"notes": {}, "counts": {"1": {"n": 10**30, "x": None}}}
    data = serialise(tables, Position(1, "0" * 32))
    assert {name: dict(table) for name, table in parse_file(data).tables.items()} == tables
