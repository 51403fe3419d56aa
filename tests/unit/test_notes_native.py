"""The native export: deterministic, strict, and the same after a journey."""

from __future__ import annotations

import json
from dataclasses import replace
from importlib.resources import files
from typing import Any

import pytest
from tests.notes_support import article, note

from kashaf.errors import BadInput
from kashaf.export.native import NativeFile, from_json, parse, to_json
from kashaf.notes.model import to_document

TITLES = {article().id: article().title, "unnoted": "مقال بلا ملاحظات"}


def document() -> dict[str, Any]:
    value: dict[str, Any] = json.loads(to_json([note(1), note(2)], TITLES))
    return value


def test_order_of_notes_and_titles_does_not_matter() -> None:
    data = to_json([note(1), note(2)], TITLES)
    assert to_json([note(2), note(1)], dict(reversed(TITLES.items()))) == data
    assert data.endswith(b"}\n")
    assert not data.startswith(b"\xef\xbb\xbf")
    assert "سوق السمك".encode() in data


def test_nothing_of_other_articles_goes_along() -> None:
    assert set(document()) == {"format", "schema", "articles", "notes"}
    assert document()["articles"] == {article().id: {"title": article().title}}


def test_there_and_back_is_the_same() -> None:
    data = to_json([note(1), note(2)], TITLES)
    assert from_json(data) == [note(1), note(2)]
    assert parse(data).to_bytes() == data
    assert to_json(from_json(data), parse(data).titles) == data
    assert parse(to_json([], {})) == NativeFile(())


def test_unknown_fields_everywhere_are_written_back() -> None:
    given = document()
    given["codebook"] = [{"name": "x", "n": 1.5}]
    given["articles"][article().id]["outlet"] = "المرفأ"
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
        (with_change(["articles"], []), "not an object", "f, at articles"),
        (with_change(["articles", "x"], {}), "no title", "f, at articles.x"),
        (with_change(["notes", 0, "body"], "\ud800"), "half a character", "f, at notes[0].body"),
        (with_change(["notes", 0, "weight"], float("nan")), "NaN", "f, at notes[0].weight"),
        (
            to_json([note(1)], TITLES).replace(b'"kind": "note"', b'"kind": "note", "kind": "highlight"'),
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
        to_json([note(1), note(1, body="x")], {})
    with pytest.raises(BadInput, match="half a character"):
        to_json([note(1, body="\ud800")], {})
    with pytest.raises(BadInput, match="JSON cannot"):
        to_json([replace(note(1), extra={"x": float("inf")})], {})


def test_the_schema_names_what_is_written() -> None:
    text = (files("kashaf.export") / "schemas" / "native-1.schema.json").read_text(encoding="utf-8")
    schema = json.loads(text)
    assert set(schema["required"]) == set(schema["properties"]) == set(document())
    written = to_document(note(1))
    assert set(schema["$defs"]["note"]["required"]) == set(written)
    assert set(schema["$defs"]["note"]["properties"]) == set(written)
    assert isinstance(written["target"], dict)
    assert set(schema["$defs"]["target"]["required"]) == set(written["target"])
    assert schema["properties"]["schema"]["const"] == document()["schema"]
    assert schema["properties"]["format"]["const"] == document()["format"]
