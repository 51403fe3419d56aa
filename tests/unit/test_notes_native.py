"""The native export: deterministic, strict, and the same after a journey."""

from __future__ import annotations

import json
from dataclasses import replace
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pytest
from tests.notes_support import article, note, target

from kashaf.corpus.article import Metadata
from kashaf.errors import BadInput
from kashaf.export.native import NativeFile, from_json, parse, to_json
from kashaf.notes.anchoring import make_target
from kashaf.notes.model import to_document
from kashaf.notes.store import NoteStore

if TYPE_CHECKING:
    from pathlib import Path


def document() -> dict[str, Any]:
    value: dict[str, Any] = json.loads(to_json([note(1), note(2)]))
    return value


def test_order_of_notes_does_not_matter() -> None:
    data = to_json([note(1), note(2)])
    assert to_json([note(2), note(1)]) == data
    assert data.endswith(b"}\n")
    assert not data.startswith(b"\xef\xbb\xbf")
    assert "سوق السمك".encode() in data


def test_a_note_tells_of_its_article_without_the_workspace() -> None:
    assert set(document()) == {"format", "schema", "notes"}
    told = document()["notes"][0]["target"]
    assert told["title"] == article().title
    assert told["outlet"] == "صحيفة المرفأ"
    assert told["published"] == "2025-03-23"
    assert told["source_sha256"] == article().provenance.sha256
    assert b"souq.txt" not in to_json([note(1)])


def test_from_store_to_empty_store_and_out_again_is_byte_equal(tmp_path: Path) -> None:
    there, here = tmp_path / "there" / "notes.json", tmp_path / "here" / "notes.json"
    untidy = replace(
        article(),
        metadata=Metadata(title="عنوان  فيه\tفراغات\u202e", outlet=" المرفأ  المسائي "),
    )
    with NoteStore.open(there) as store:
        store.add(target(), body="سطر\r\nآخر", tags=["سمك", " بحر  هادئ "], author="سعاد")
        store.add(make_target(untidy, 0, 5))
        gone = store.add(target("الإيجار القديم"))
        store.edit(gone.id, body="أعيد النظر")
        data = to_json(store.notes())
    with NoteStore.open(here) as store:
        assert len(store.import_notes(from_json(data)).added) == 3
    with NoteStore.open(here) as store:
        assert to_json(store.notes()) == data
        again = store.import_notes(from_json(data))
        assert (len(again.added), len(again.unchanged), again.conflicts) == (0, 3, ())
    assert from_json(data)[1].target.title == "عنوان فيه فراغات"
    assert from_json(data)[1].target.published == ""


def test_there_and_back_is_the_same() -> None:
    data = to_json([note(1), note(2)])
    assert from_json(data) == [note(1), note(2)]
    assert parse(data).to_bytes() == data
    assert to_json(from_json(data)) == data
    assert parse(to_json([])) == NativeFile(())


def test_unknown_fields_everywhere_are_written_back() -> None:
    given = document()
    given["codebook"] = [{"name": "x", "n": 1.5}]
    given["notes"][0]["colour"] = "red"
    given["notes"][1]["target"]["page"] = 3
    assert json.loads(parse(json.dumps(given).encode()).to_bytes()) == given


def with_change(path: list[str | int], value: object) -> bytes:
    given: Any = document()
    inner = given
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    return json.dumps(given).encode()


@pytest.mark.parametrize(
    ("data", "problem", "place"),
    [
        (b"", "not JSON", "f, line 1"),
        (b"[]", "not a native file", "f"),
        (b'{"notes": []}', "not a native file", "f"),
        (with_change(["schema"], 2), "newer Kashaf (schema 2; this one reads 1)", "f"),
        (with_change(["schema"], "1"), "not a schema version", "f, at schema"),
        (with_change(["schema"], True), "not a schema version", "f, at schema"),
        (with_change(["notes"], {}), "not a list", "f, at notes"),
        (with_change(["notes", 1, "id"], note(1).id), "the id stands twice", "f, at notes[1].id"),
        (with_change(["notes", 1, "tags"], "x"), "not a list of strings", "f, at notes[1].tags"),
        (with_change(["notes", 0, "target", "end"], 1), "the span is", "f, at notes[0].target.end"),
        (with_change(["notes", 0, "target", "title"], 1), "not a string", "f, at notes[0].target.title"),
        (with_change(["notes", 0, "body"], "\ud800"), "half a character", "f, at notes[0].body"),
        (with_change(["notes", 0, "weight"], float("nan")), "NaN", "f, at notes[0].weight"),
        (
            to_json([note(1)]).replace(b'"kind": "note"', b'"kind": "note", "kind": "highlight"'),
            "'kind' stands twice",
            "f, at notes[0]",
        ),
    ],
)
def test_what_is_refused_and_where(data: bytes, problem: str, place: str) -> None:
    with pytest.raises(BadInput) as caught:
        parse(data, where="f")
    assert problem in caught.value.what
    assert caught.value.where.startswith(place)


def test_what_cannot_be_written() -> None:
    with pytest.raises(BadInput, match="two notes of one id"):
        to_json([note(1), note(1, body="x")])
    with pytest.raises(BadInput, match="half a character"):
        to_json([note(1, body="\ud800")])
    with pytest.raises(BadInput, match="JSON cannot"):
        to_json([replace(note(1), extra={"x": float("inf")})])


def test_the_schema_names_what_is_written() -> None:
    text = (files("kashaf.export") / "schemas" / "native-1.schema.json").read_text(encoding="utf-8")
    schema = json.loads(text)
    assert set(schema["required"]) == set(schema["properties"]) == set(document())
    written = to_document(note(1))
    assert set(schema["$defs"]["note"]["required"]) == set(written)
    assert set(schema["$defs"]["note"]["properties"]) == set(written)
    assert isinstance(written["target"], dict)
    told = {"title", "outlet", "published", "source_sha256"}
    assert set(schema["$defs"]["target"]["properties"]) == set(written["target"])
    assert set(schema["$defs"]["target"]["required"]) == set(written["target"]) - told
    assert schema["properties"]["schema"]["const"] == document()["schema"]
    assert schema["properties"]["format"]["const"] == document()["format"]
