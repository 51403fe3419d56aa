"""The bytes of a native export, as they were agreed. A change here is a change of the format."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tests.notes_support import note, target

from kashaf.export.native import from_json, to_json

GOLDEN = Path(__file__).parent / "notes_native_1.json"

NOTES = [
    note(2, body='سطر\nسطر «مقتبس» "quoted" \\ 😀', tags=("ب", "أ")),
    note(1),
    replace(
        note(3, body="", tags=()),
        kind="highlight",
        target=replace(target("الإيجار القديم"), extra={"paragraph": 2}),
        extra={"certainty": 0.7, "seen": [True, None]},
    ),
]


def test_export_is_the_golden_file_byte_for_byte() -> None:
    assert to_json(NOTES) == GOLDEN.read_bytes()


def test_the_golden_file_is_read_as_the_notes_it_was_made_of() -> None:
    assert from_json(GOLDEN.read_bytes()) == sorted(NOTES, key=lambda kept: kept.id)
