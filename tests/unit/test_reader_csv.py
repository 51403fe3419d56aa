"""Tables: an article a row, fields by the header; prose with commas stays prose."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from typing import Any

import pytest

from kashaf.corpus.options import ReadOptions
from kashaf.corpus.readers import ReadResult, read, source_of
from kashaf.corpus.readers.mapping import mapping_of
from kashaf.corpus.readers.table import mapping
from kashaf.errors import BadInput

BODY = "رست السفينة في الميناء قبل الفجر، وأفرغت حمولتها من القمح، ثم غادرت نحو الجنوب."
HEADER = ["title", "content", "date", "source"]
ROWS = [
    [
        "سفينة في الميناء",
        f"{BODY}\n\nوقال مدير الرصيف إن «الكلفة معروفة» سلفا.",
        "2025-11-09",
        "صحيفة المرسى",
    ],
    ["القمح يصل", f'{BODY} وأضاف: "نعم".', "10/11/2025", "صحيفة المرسى"],
    ["الجنوب ينتظر", BODY, "", ""],
]


def table(rows: list[list[str]] = ROWS, header: list[str] | None = HEADER, **options: Any) -> str:
    made = io.StringIO()
    writer = csv.writer(made, **options)
    writer.writerows(([header] if header else []) + rows)
    return made.getvalue()


def titles(result: ReadResult) -> list[str]:
    return [member.draft.metadata.title for member in result.members]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1256"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_rows_become_articles(delimiter: str, encoding: str, end: str) -> None:
    if end == "\r" and (encoding.startswith("utf-16")):
        pytest.skip("no program of that time wrote it")
    data = table(delimiter=delimiter, lineterminator=end).encode(encoding)
    result = read("a.csv", data)
    assert not result.failures
    assert titles(result) == [row[0] for row in ROWS]
    first = result.members[0].draft
    assert first.text == f"{ROWS[0][0]}\n{BODY}\nوقال مدير الرصيف إن «الكلفة معروفة» سلفا."
    assert (first.metadata.published, first.metadata.outlet) == (date(2025, 11, 9), "صحيفة المرسى")
    assert result.members[1].draft.text.endswith('وأضاف: "نعم".')
    assert (result.members[2].draft.metadata.published, result.members[2].draft.metadata.outlet) == (
        None,
        None,
    )


def test_the_key_is_the_line_or_the_own_id() -> None:
    assert [member.key for member in read("a.csv", table().encode()).members] == ["2", "5", "6"]
    with_ids = [[f"n{place}", *row] for place, row in enumerate(ROWS)]
    data = table(with_ids, ["id", *HEADER]).encode()
    assert [member.key for member in read("a.csv", data).members] == ["n0", "n1", "n2"]


def test_the_hash_of_a_row_does_not_depend_on_how_it_is_written() -> None:
    one = read("a.csv", table(delimiter=";", quoting=csv.QUOTE_ALL).encode())
    turned = [list(reversed(row)) for row in ROWS]
    other = read("a.tsv", table(turned, list(reversed(HEADER)), delimiter="\t").encode("utf-16"))
    assert [m.sha256 for m in one.members] == [m.sha256 for m in other.members]


def test_the_separator_that_excel_writes_down() -> None:
    result = read("a.csv", b"sep=|\n" + table(delimiter="|").encode())
    assert titles(result) == [row[0] for row in ROWS]
    assert result.members[0].key == "3"


def test_a_table_is_told_without_its_suffix_by_its_header() -> None:
    assert len(read("a.txt", table().encode()).members) == 3


@pytest.mark.parametrize("name", ["a.txt", "a", "a.csv"])
@pytest.mark.parametrize(
    "text",
    [
        "\n".join(f"{BODY} {number}, ثم كان, ما كان" for number in range(9)),
        "\n".join(
            f"قال {number}, ثم مضى, ولم يعد. {BODY}, نعم" + ", لا" * (number % 3) for number in range(9)
        ),
        f"العنوان، النص\n{BODY}\n{BODY}",
        f"title, author\n\n{BODY}\n\n{BODY}",
        f"خبر | محليات | اليوم\n{BODY}\n{BODY}",
    ],
)
def test_prose_with_commas_is_no_table(name: str, text: str) -> None:
    (member,) = read(name, text.encode()).members
    assert member.key == ""


def test_a_quote_that_is_never_closed_costs_its_row() -> None:
    good = table().split("\r\n")
    lines = [good[0], f'خبر,"{BODY} ولم يغلق,2025-01-01,صحيفة', *good[1:]]
    result = read("a.csv", "\r\n".join(lines).encode())
    assert titles(result) == [row[0] for row in ROWS]
    assert [failure.member for failure in result.failures] == ["2"]
    assert "quote" in result.failures[0].reason


def test_a_row_of_another_width_is_a_failure() -> None:
    rows = [*ROWS, ["زائد", BODY, "2025-11-09", "صحيفة", "نعم", "لا"]]
    result = read("a.csv", table(rows).encode())
    assert len(result.members) == 3
    assert "6 columns where the header has 4" in result.failures[0].reason


def test_empty_cells_at_the_end_of_a_row_may_be_left_out() -> None:
    data = table().replace("\r\n", "\n").replace(f"{ROWS[2][0]},{BODY},,\n", f"{ROWS[2][0]},{BODY}\n")
    assert titles(read("a.csv", data.encode())) == [row[0] for row in ROWS]


def test_a_quote_inside_a_quoted_text_that_is_not_doubled() -> None:
    data = f'title,content\nأول,"قال: "نعم" ومضى في سبيله."\nثان,"{BODY}"\nثالث,"{BODY}"\n'
    result = read("a.csv", data.encode())
    assert len(result.members) == 3


def test_quotes_that_are_escaped_by_a_backslash() -> None:
    rows = "".join(f'خبر {n},"قال: \\"نعم\\", ومضى. {BODY}",2025-11-09\n' for n in range(4))
    result = read("a.csv", f"title,content,date\n{rows}".encode())
    assert len(result.members) == 4
    assert 'قال: "نعم", ومضى.' in result.members[0].draft.text


@pytest.mark.parametrize("nothing", ["null", "NULL", "None", "nan", "N/A", "\\N", " "])
def test_what_exports_write_for_nothing(nothing: str) -> None:
    (member, _) = read("a.csv", table([["خبر", BODY, nothing, nothing], ROWS[0]]).encode()).members
    assert (member.draft.metadata.published, member.draft.metadata.outlet) == (None, None)


def test_a_table_without_a_header_is_read_by_what_it_holds_and_says_so() -> None:
    rows = [
        [f"خبر رقم {n} عن الميناء", f"https://marsa.example/{n}", "2025-11-09", f"{BODY} {BODY} {n}"]
        for n in range(5)
    ]
    result = read("a.csv", table(rows, None).encode())
    meta = result.members[1].draft.metadata
    assert (meta.title, meta.url) == ("خبر رقم 1 عن الميناء", "https://marsa.example/1")
    assert meta.published == date(2025, 11, 9)
    evidence = meta.evidence_of("title")
    assert evidence is not None
    assert (evidence.where, evidence.confidence) == ("field: column 1", 0.5)
    assert any("no header" in warning for warning in result.members[0].draft.provenance.warnings)


def test_columns_that_no_one_knows_are_refused_with_their_names() -> None:
    data = table([["س", BODY * 3], ["ص", BODY * 3]], ["kicker", "blurb"]).encode()
    with pytest.raises(BadInput, match="kicker, blurb") as refusal:
        read("a.csv", data)
    assert "fields: body" in refusal.value.cure
    options = ReadOptions({"title": ("kicker",), "body": ("blurb",)})
    assert titles(read("a.csv", data, options)) == ["س", "ص"]


def test_two_columns_of_one_name() -> None:
    data = table([["أول", BODY, "غيره"], ["ثان", BODY, "غيره"]], ["title", "text", "title"]).encode()
    assert titles(read("a.csv", data)) == ["أول", "ثان"]


def test_arabic_headers() -> None:
    result = read("a.csv", table(header=["العنوان", "نص الخبر", "تاريخ النشر", "المصدر"]).encode())
    assert titles(result) == [row[0] for row in ROWS]
    assert result.members[0].draft.metadata.published == date(2025, 11, 9)


def test_the_mapping_is_shown() -> None:
    said = str(mapping(source_of("a.csv", table(header=["headline", "story", "pub date", "desk"]).encode())))
    assert said == "title ← headline, body ← story, date ← pub date; no outlet; not used: desk"


def test_a_row_and_a_record_with_the_same_fields_have_the_same_bytes() -> None:
    row = dict(zip(HEADER, ROWS[0], strict=True))
    (one,) = read("a.json", json.dumps([row], ensure_ascii=False).encode()).members
    assert one.sha256 == read("a.csv", table().encode()).members[0].sha256


def test_files_of_records_have_a_mapping_and_others_none() -> None:
    assert str(mapping_of(source_of("a.csv", table().encode()))).startswith("title ← title, body ← content")
    assert (
        str(mapping_of(source_of("a.json", b'[{"hed": "x", "nid": 3}]')))
        == "title ← hed; no body, date, outlet; not used: nid"
    )
    for name, text in (
        ("a.txt", BODY),
        ("a.html", f"<html><body><p>{BODY}</p></body></html>"),
        ("a.json", "[]"),
    ):
        assert mapping_of(source_of(name, text.encode())) is None


def test_nothing_but_damage_is_no_table() -> None:
    for text in ('sep=,\n"a\n"b', '"', 'title,text\n"', "sep=;\n\n\n"):
        try:
            result = read("a.csv", text.encode())
        except BadInput:
            continue
        assert all(member.key in {"", "2"} for member in result.members)
