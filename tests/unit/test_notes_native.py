"""The native export: deterministic, strict, and the same after a journey."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.notes_support import article, note, target
from tests.schema_support import complaints

from kashaf.corpus.article import Metadata
from kashaf.errors import BadInput
from kashaf.export import formats
from kashaf.export.bundle import Bundle
from kashaf.export.native import NativeFile, from_json, parse, to_json, write
from kashaf.notes import versions
from kashaf.notes.anchoring import make_target
from kashaf.notes.codebook import Code, Codebook
from kashaf.notes.model import ArticleTarget, EntityTarget, Note, SearchTarget
from kashaf.notes.store import NoteStore

FIRST, SECOND = versions.first(note(1)), versions.first(note(2))
GOLDEN_1 = Path(__file__).parents[1] / "golden" / "notes_native_1.json"


def every_kind() -> list[Note]:
    """Notes of every kind, on everything that a note can be on, with a past."""
    on_article = ArticleTarget("0a1b2c3d4e5f", "a" * 64, "عنوان", "المرفأ", "", "")
    made = [
        replace(note(1), kind="question", confidence="low", status="disputed"),
        replace(note(2), kind="link", other=target("الإيجار القديم")),
        replace(note(3), kind="claim", target=on_article, confidence="high", status="confirmed"),
        replace(note(4), target=EntityTarget("عمر المختار", "person", {"since": 1911})),
        replace(note(5), target=SearchTarget("سوق السمك", "stem", "all"), status="closed"),
        replace(note(6), kind="highlight", body="", tags=()),
    ]
    found = [versions.first(one) for one in made]
    for number, one in enumerate(found):
        edited = versions.amended(
            one, replace(one, body=f"{number}"), at="2025-04-01T00:00:00Z", author="خالد"
        )
        assert edited is not None
        found[number] = edited
    return found


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
    assert set(document()) == {"format", "schema", "notes", "ended", "codes"}
    told = document()["notes"][0]["target"]
    assert told["title"] == article().title
    assert told["outlet"] == "صحيفة المرفأ"
    assert told["published"] == "2025-03-23"
    assert told["source_sha256"] == article().provenance.sha256
    assert b"souq.txt" not in to_json([note(1)])


def export(store: NoteStore) -> bytes:
    return formats.write("native", Bundle(tuple(store.notes()), Codebook(), tuple(store.ended())))


def test_from_store_to_empty_store_and_out_again_is_byte_equal(tmp_path: Path) -> None:
    there, here = tmp_path / "there" / "notes.json", tmp_path / "here" / "notes.json"
    untidy = replace(
        article(),
        metadata=Metadata(title="عنوان  فيه\tفراغات\u202e", outlet=" المرفأ  المسائي "),
    )
    with NoteStore.open(there, author="سعاد") as store:
        store.add(target(), body="سطر\r\nآخر", tags=["سمك", " بحر  هادئ "], kind="claim", confidence="low")
        store.add(make_target(untidy, 0, 5))
        edited = store.add(target("الإيجار القديم"))
        store.edit(edited.id, body="أعيد النظر", author="خالد")
        store.delete(store.add(target("رئيس البلدية")).id)
        store.purge([store.delete(store.add(target("مليوني دينار")).id)[0].id])
        data = export(store)
    assert complaints("native-2.schema.json", data) == []
    told = parse(data)
    assert (len(told.notes), len(told.ended)) == (3, 2)
    ends = json.dumps(json.loads(data)["ended"], ensure_ascii=False)
    assert "رئيس البلدية" not in ends
    assert "مليوني دينار" not in ends
    with NoteStore.open(here) as store:
        assert len(store.merge(told.notes, told.ended).added) == 3
    with NoteStore.open(here) as store:
        assert export(store) == data
        again = store.merge(told.notes, told.ended)
        assert (again.added, again.updated, len(again.unchanged), again.conflicts) == ((), (), 5, ())
        assert export(store) == data
    assert told.notes[1].about == "عنوان فيه فراغات"


def test_the_trash_and_undo_leave_no_trace(tmp_path: Path) -> None:
    with NoteStore.open(tmp_path / "notes.json", author="سعاد") as store:
        one = store.add(target(), body="باقية")
        data = export(store)
        store.delete(one.id)
        assert export(store) != data
        store.undo()
        assert export(store) == data
        store.edit(one.id, body="غيرها")
        store.undo()
    with NoteStore.open(tmp_path / "notes.json") as store:
        assert export(store) == data
        store.redo()
        store.undo()
        assert export(store) == data


def test_there_and_back_is_the_same() -> None:
    data = to_json([note(1), note(2)])
    assert from_json(data) == [FIRST, SECOND]
    assert parse(data).to_bytes() == data
    assert to_json(from_json(data)) == data
    assert parse(to_json([])) == NativeFile(())


def test_every_kind_of_note_and_target_comes_back() -> None:
    given = every_kind()
    data = to_json(given)
    assert from_json(data) == given
    assert complaints("native-2.schema.json", data) == []


def test_the_codes_that_notes_bear_go_along_and_no_others() -> None:
    codebook = Codebook(
        (
            Code("سلاح", "#aa0000", "كل سلاح"),
            Code("سلاح/كيماوي", "", "غازات", ("غاز الخردل",)),
            Code("سلاح/ناري"),
            Code("اقتصاد", hidden=True),
            Code("ماء"),
        )
    )
    notes = (replace(FIRST, tags=("سلاح/كيماوي", "كلمة حرة")), SECOND)
    data = write(Bundle(notes, codebook))
    assert complaints("native-2.schema.json", data) == []
    told = parse(data)
    assert [code.path for code in told.codes] == ["سلاح", "سلاح/كيماوي", "اقتصاد"]
    assert told.codes[1] == codebook.find("سلاح/كيماوي")
    assert not told.codes[2].hidden
    # And out of a workspace that knows them from this file only.
    assert write(Bundle(told.notes, Codebook().merged(Codebook(told.codes)).codebook)) == data


def test_a_file_of_schema_1_is_read_and_its_notes_get_their_first_version() -> None:
    data = GOLDEN_1.read_bytes()
    assert complaints("native-1.schema.json", data) == []
    told = parse(data)
    assert (told.ended, told.codes) == ((), ())
    for one in told.notes:
        assert [version.id for version in one.versions] == [
            version.id for version in versions.first(replace(one, versions=())).versions
        ]
    again = told.to_bytes()
    assert complaints("native-2.schema.json", again) == []
    assert parse(again).to_bytes() == again


def test_unknown_fields_everywhere_are_written_back() -> None:
    given = document()
    given["library"] = [{"name": "x", "n": 1.5}]
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
        (with_change(["schema"], 3), "newer Kashaf (schema 3; this one reads 2)", "f"),
        (with_change(["schema"], "1"), "not a schema version", "f, at schema"),
        (with_change(["schema"], True), "not a schema version", "f, at schema"),
        (with_change(["notes"], {}), "not a list", "f, at notes"),
        (with_change(["ended"], None), "not a list", "f, at ended"),
        (with_change(["codes"], {}), "not a list", "f, at codes"),
        (with_change(["codes"], [[]]), "not an object", "f, at codes[0]"),
        (with_change(["codes"], [{"path": ""}]), "not a string", "f, at codes[0].colour"),
        (
            with_change(["codes"], [{"path": "", "colour": "", "description": "", "examples": []}]),
            "empty",
            "f, at codes[0].path",
        ),
        (
            with_change(["codes"], [{"path": "x", "colour": "", "description": "", "examples": [1]}]),
            "not a list of strings",
            "f, at codes[0].examples",
        ),
        (
            with_change(["codes"], [{"path": "x", "colour": "", "description": "", "examples": []}] * 2),
            "the path stands twice",
            "f, at codes[1].path",
        ),
        (
            with_change(["ended"], [{"id": FIRST.id, "versions": document()["notes"][0]["versions"]}]),
            "",
            "f, at ended[0]",
        ),
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
    with pytest.raises(BadInput, match="two notes of one id"):
        NativeFile((FIRST,), (versions.ended(FIRST),)).to_bytes()
    with pytest.raises(BadInput, match="half a character"):
        to_json([note(1, body="\ud800")])
    with pytest.raises(BadInput, match="JSON cannot"):
        to_json([replace(note(1), extra={"x": float("inf")})])


def test_the_schema_knows_what_is_wrong() -> None:
    assert complaints("native-2.schema.json", to_json([note(1)])) == []
    wrong: list[tuple[list[str | int], object]] = [
        (["schema"], 1),
        (["notes", 0, "id"], "1"),
        (["notes", 0, "kind"], "poem"),
        (["notes", 0, "confidence"], None),
        (["notes", 0, "versions"], []),
        (["notes", 0, "target", "text_sha256"], "0"),
        (["notes", 0, "target", "type"], "page"),
        (["notes", 0, "modified"], "2026-01-01"),
    ]
    for path, value in wrong:
        assert complaints("native-2.schema.json", with_change(path, value)), path
