"""Any note survives document, file and export unchanged, with fields nobody knows."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from kashaf.export.native import NativeFile, from_json, parse, to_json
from kashaf.notes.file_format import is_good, serialise
from kashaf.notes.file_format import parse as parse_file
from kashaf.notes.model import Note, Target, from_document, to_document

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
def targets(draw: st.DrawFn) -> Target:
    quote = draw(_WORDS.filter(bool))
    start = draw(st.integers(0, 10**9))
    return Target(
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
    return Note(
        id=str(draw(st.uuids())),
        target=draw(targets()),
        body=draw(_WORDS),
        tags=tuple(draw(st.lists(_WORDS.filter(bool), max_size=4, unique=True))),
        kind=draw(st.sampled_from(["highlight", "note"])),
        author=draw(_WORDS),
        created=draw(_TIMES),
        modified=draw(_TIMES),
        extra=draw(_EXTRA),
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
    data = NativeFile(tuple(many), extra).to_bytes()
    assert parse(data).extra == extra
    assert parse(data).to_bytes() == data


@given(_MANY)
@settings(max_examples=60, deadline=None)
def test_the_notes_file_and_back(many: list[Note]) -> None:
    tables = {"notes": {str(number): dict(to_document(note)) for number, note in enumerate(many, 1)}}
    data = serialise(tables)
    assert is_good(data)
    assert parse_file(data).tables == tables
    assert serialise(parse_file(data).tables) == data
