"""The note as a document and back, its ids and times."""

from __future__ import annotations

import re
import time
import uuid
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from tests.notes_support import note, target

from kashaf.errors import BadInput, UsageError
from kashaf.notes import identity
from kashaf.notes.codec import from_document, to_document
from kashaf.notes.gate import clean_body, clean_line, clean_note, clean_tags
from kashaf.notes.model import WordsTarget


def document() -> dict[str, Any]:
    return dict(to_document(note()))


def test_there_and_back() -> None:
    assert from_document(document(), where="x") == note()


def test_unknown_fields_survive_in_note_and_target() -> None:
    given = document()
    given["colour"] = {"ink": ["أحمر", 1.5, None]}
    given["target"]["shelf"] = 3
    read = from_document(given, where="x")
    assert to_document(read) == given
    assert read != note()
    assert hash(read) == hash(note())
    given["colour"]["ink"].append("later")
    assert to_document(read)["colour"] == {"ink": ["أحمر", 1.5, None]}


# Schema 1 had none of the last three.
@pytest.mark.parametrize("name", sorted({*to_document(note())} - {"confidence", "status", "versions"}))
def test_every_field_must_be_there(name: str) -> None:
    given = document()
    del given[name]
    with pytest.raises(BadInput, match=f"x.{name}: missing"):
        from_document(given, where="x")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("id", "7"),
        ("id", "../../etc/passwd"),
        ("id", "0195D3C0-0000-7000-8000-000000000001"),
        ("kind", "memo"),
        ("kind", 1),
        ("body", None),
        ("tags", "اقتصاد"),
        ("tags", ["a", ""]),
        ("tags", ["a", 1]),
        ("tags", ["a", "a"]),
        ("tags", [str(number) for number in range(101)]),
        ("created", "2025-03-26"),
        ("created", "2025-02-30T00:00:00Z"),
        ("modified", "2025-03-26T10:00:00+03:00"),
        ("author", ["سعاد"]),
        ("target", []),
        ("target.article_id", ""),
        ("target.text_sha256", "f" * 63),
        ("target.start", -1),
        ("target.start", True),
        ("target.start", 1.0),
        ("target.end", 10**30),
        ("target.quote", ""),
        ("target.prefix", "ا" * 513),
        ("target.suffix", "ا" * 513),
        ("target.title", None),
        ("target.outlet", ["المرفأ"]),
        ("target.published", None),
        ("target.published", "23 مارس"),
        ("target.published", "20250323"),
        ("target.published", "2025-02-30"),
        ("target.published", "٢٠٢٥-٠٣-٢٣"),
        ("target.source_sha256", "5" * 63),
    ],
)
def test_wrong_values_are_named(name: str, value: object) -> None:
    given = document()
    *parents, last = name.split(".")
    inner = given
    for parent in parents:
        inner = inner[parent]
    inner[last] = value
    with pytest.raises(BadInput) as caught:
        from_document(given, where="x")
    assert caught.value.where.startswith(f"x.{name}")


@pytest.mark.parametrize("name", ["title", "outlet", "published", "source_sha256"])
def test_what_a_document_does_not_tell_of_the_article_is_empty(name: str) -> None:
    given = document()
    del given["target"][name]
    read = from_document(given, where="x")
    assert getattr(read.target, name) == ""
    assert from_document(to_document(read), where="x") == read
    given["target"][name] = ""
    assert from_document(given, where="x") == read


def test_not_even_an_object() -> None:
    with pytest.raises(BadInput, match="x: not an object"):
        from_document(["note"], where="x")


def test_ids_are_version_7_and_grow(monkeypatch: pytest.MonkeyPatch) -> None:
    before = time.time_ns() // 1_000_000
    ids = [identity.uuid7() for _ in range(5000)]
    parsed = [uuid.UUID(one) for one in ids]
    assert all(one.version == 7 and one.variant == uuid.RFC_4122 for one in parsed)
    assert ids == sorted(set(ids))
    assert before <= parsed[0].int >> 80 <= time.time_ns() // 1_000_000 + 10_000
    monkeypatch.setattr(time, "time_ns", lambda: 0)
    assert identity.uuid7() > ids[-1]


def test_times_are_utc_with_seconds() -> None:
    before = int(time.time())
    now = identity.now()
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", now)
    assert before <= datetime.fromisoformat(now).timestamp() <= time.time()


@pytest.mark.parametrize("bad", ["\x1b]52;c;aGk=\x07", "a\x1b[31m", "a\u202eb", "\x9b31m", "a\x00", "\ud800"])
def test_the_gate_refuses_what_a_terminal_would_obey(bad: str) -> None:
    with pytest.raises(UsageError, match="the note holds"):
        clean_body(bad)
    with pytest.raises(UsageError, match="the author holds"):
        clean_line(bad, "author")
    with pytest.raises(UsageError, match="the tag holds"):
        clean_tags(["good", bad])


def test_the_gate_lets_writing_pass() -> None:
    assert clean_body("سطر\r\nسطر\tوآخر\u200c") == "سطر\nسطر وآخر\u200c"
    assert clean_tags([" ب ", "أ", "ب", "", "  ", "كلمتان  معا"]) == ("ب", "أ", "كلمتان معا")
    with pytest.raises(UsageError, match="over 100 tags"):
        clean_tags(map(str, range(101)))


def test_notes_from_elsewhere_are_stripped_and_their_target_kept() -> None:
    cleaned = clean_note(note(body="a\x1b[31mb", tags=("x\x07", "x", "\x00")))
    assert (cleaned.body, cleaned.tags, cleaned.target) == ("ab", ("x",), note().target)
    hostile = replace(target(), title="عنوان\x1b]0;x\x07\nآخر", outlet="ab\u202e", quote="\x1b[2J")
    stripped = clean_note(replace(note(), target=hostile)).target
    assert isinstance(stripped, WordsTarget)
    assert (stripped.title, stripped.outlet, stripped.quote) == ("عنوان آخر", "ab", "\x1b[2J")
