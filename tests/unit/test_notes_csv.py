"""Notes as a table: read back by Python's csv as they are, and nothing in it that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest
from tests.golden.test_notes_golden import bundle
from tests.notes_support import article, note

from kashaf.errors import UsageError
from kashaf.export import formats
from kashaf.export.bundle import Bundle
from kashaf.export.csv_file import COLUMNS, write
from kashaf.export.csv_rows import csv_bytes
from kashaf.notes.codebook import Codebook
from kashaf.notes.model import Note, SearchTarget

ATTACKS = [
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "  =1",
    "\u00a0=1",
    "\u200f=1",
    "\u200b\u200e+1",
    "\ufeff=1",
    "\x00=1",
    "\x1b[31m=1",
    "\u202e=1",
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM",
    "﹦1",
    "=1\n=2",
]


def table(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def rows(*notes: Note) -> list[dict[str, str]]:
    return table(write(Bundle(notes, Codebook())))


def test_every_note_is_a_row_and_says_what_it_says() -> None:
    data = write(bundle())
    assert data.count(b"\r\n") == len(bundle().notes) + 1
    found = table(data)
    assert tuple(found[0]) == COLUMNS
    for row, made in zip(found, bundle().notes, strict=True):
        assert row["id"] == made.id
        assert row["body"].removeprefix("'") == made.body
        assert tuple(filter(None, row["tags"].split("\n"))) == made.tags
        assert row["quote"] == made.quote
        assert row["versions"] == str(len(made.versions))
        if made.words:
            assert (row["prefix"], row["suffix"]) == (made.words.prefix, made.words.suffix)
            assert (int(row["start"]), int(row["end"])) == made.place


def test_where_the_words_are_now_is_said() -> None:
    found = {row["id"][-1]: row for row in table(write(bundle()))}
    assert {key: row["state"] for key, row in found.items()} == {
        "1": "exact", "2": "exact", "3": "moved", "4": "changed", "5": "changed", "6": "", "7": "", "8": "missing",
    }  # fmt: skip
    assert found["3"]["words_now"] == found["3"]["quote"]
    assert (found["4"]["quote"], found["4"]["words_now"]) == ("مليوني دينار", "ثلاثة ملايين دينار")
    assert (found["8"]["start_now"], found["8"]["words_now"]) == ("", "")
    assert (found["4"]["linked_quote"], found["4"]["linked_article_id"]) == ("البحر", article().id)
    assert (found["6"]["about"], found["6"]["title"]) == ("person", "عمر المختار")
    assert (found["7"]["about"], found["7"]["title"]) == ("search", "سوق السمك")
    assert rows(note(1))[0]["state"] == ""


def test_newlines_and_quotation_marks_are_kept() -> None:
    body = 'سطر\nسطر «مقتبس» "quoted", ; و\nآخر'
    assert rows(note(1, body=body))[0]["body"] == body


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_cell_begins_as_a_formula(attack: str) -> None:
    made = replace(
        note(1, body=attack, tags=(attack,)), author=attack, target=SearchTarget(attack, attack, attack)
    )
    for row in rows(made):
        for name, cell in row.items():
            if cell and not cell[0].isalnum():
                assert cell.startswith("'"), (name, cell)
        assert {row["body"][0], row["tags"][0], row["author"][0], row["title"][0]} == {"'"}


@pytest.mark.parametrize("harmless", ["١ + ١", "12", "نص", "«=»", "'=1", "a=b", "١٫٥-", "*", "#REF!", ""])
def test_other_cells_are_left_alone(harmless: str) -> None:
    assert rows(note(1, body=harmless))[0]["body"] == harmless


def test_numbers_stay_numbers() -> None:
    assert csv_bytes(["a"], [[-1], [1.5], [None], [True]]) == b'a\r\n-1\r\n1.5\r\n""\r\n1\r\n'


def test_the_mark_for_excel_is_an_option_of_csv_alone() -> None:
    plain = formats.write("csv", bundle())
    assert formats.write("csv", bundle(), bom=True) == b"\xef\xbb\xbf" + plain
    assert formats.write("csv", bundle(), bom=False) == plain
    with pytest.raises(UsageError, match="has no option bom"):
        formats.write("native", bundle(), bom=True)


def test_every_format_is_written_and_named() -> None:
    for name, form in formats.FORMATS.items():
        assert formats.write(name, bundle())
        assert (form.name, form.suffix[0], "/" in form.media_type) == (name, ".", True)
        assert formats.suffix(name) == form.suffix
    with pytest.raises(UsageError, match="no format xml"):
        formats.write("xml", bundle())
