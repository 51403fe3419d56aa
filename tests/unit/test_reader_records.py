"""Records in depth: evidence, structure of bodies, damage, the analyst's own names, the mapping."""

from __future__ import annotations

import json
from datetime import date

import pytest

from kashaf.corpus.mojibake import shown_in
from kashaf.corpus.options import ReadOptions
from kashaf.corpus.readers import ReadResult, read, source_of
from kashaf.corpus.readers.jsonl import mapping

BODY = "افتتح المعرض السنوي للكتاب أبوابه صباح اليوم بمشاركة مئتي دار نشر.\n\nويستمر المعرض عشرة أيام."
RECORD: dict[str, object] = {
    "id": "n-1",
    "title": "معرض الكتاب يفتح أبوابه",
    "content": BODY,
    "date": "2025-11-09T08:00:00+03:00",
    "source": "وكالة الوراقين",
    "author": "سلمى الوراق",
    "url": "https://warraqin.example/1",
}


def lines(*records: object) -> bytes:
    return "\n".join(json.dumps(record, ensure_ascii=False) for record in records).encode()


def one(record: object, name: str = "a.json") -> ReadResult:
    return read(name, json.dumps(record, ensure_ascii=False).encode())


def test_each_value_says_which_field_it_was_read_in() -> None:
    record = RECORD | {"subtitle": "عشرة أيام من الكتب", "updated": "2025-11-10", "lang": "ar"}
    meta = one([record]).members[0].draft.metadata
    where = {
        name: found.where
        for name in ("title", "outlet", "author", "published", "updated", "url", "language")
        if (found := meta.evidence_of(name)) is not None
    }
    assert where == {
        "title": "field: title", "outlet": "field: source", "author": "field: author", "published": "field: date",
        "updated": "field: updated", "url": "field: url", "language": "field: lang",
    }  # fmt: skip
    assert (meta.standfirst, meta.updated) == ("عشرة أيام من الكتب", date(2025, 11, 10))


@pytest.mark.parametrize(
    ("stated", "published"),
    [
        ("", None), ("غير معروف", None), ("2025", None), ("null", None), (0, None), (True, None), ([], None),
        (1762675200000, date(2025, 11, 9)), ("1762675200", date(2025, 11, 9)), (1762675200.5, date(2025, 11, 9)),
        ({"$date": "2025-11-09T00:00:00Z"}, date(2025, 11, 9)), ("2025-02-31", None), (17, None),
    ],
)  # fmt: skip
def test_a_value_that_is_no_day_is_not_guessed(stated: object, published: date | None) -> None:
    assert one([RECORD | {"date": stated}]).members[0].draft.metadata.published == published


def test_a_later_date_field_speaks_when_the_first_states_no_day() -> None:
    meta = one([RECORD | {"published": "أمس", "date": "2025-11-09"}]).members[0].draft.metadata
    assert (meta.published, meta.published_evidence) == (date(2025, 11, 9), "field: date")


def test_a_summary_that_is_cut_off_the_body_is_no_standfirst() -> None:
    record = RECORD | {"excerpt": BODY[:30] + " [&hellip;]"}
    assert one([record]).members[0].draft.metadata.standfirst is None


def test_a_summary_alone_is_the_text_and_says_so() -> None:
    (member,) = one([{"title": "عنوان الخبر", "summary": BODY[:60]}]).members
    assert member.draft.text.endswith(" ".join(BODY[:60].split()))
    assert any("summary" in warning for warning in member.draft.provenance.warnings)


def test_markup_in_a_body_keeps_its_structure() -> None:
    body = (
        f"<h2>في اليوم الأول</h2><p>{BODY}</p><ul><li>كتاب ورواية</li></ul><blockquote>قال: نعم</blockquote>"
    )
    draft = one([{"title": "معرض الكتاب", "content": {"rendered": body}}]).members[0].draft
    assert draft.kinds == ("title", "heading", "paragraph", "item", "quote")


def test_blocks_of_an_editor_keep_their_kinds() -> None:
    blocks = [
        {"type": "header", "data": {"text": "في اليوم الأول"}},
        {"type": "paragraph", "data": {"text": BODY}},
        {"type": "list", "data": {"items": ["كتاب ورواية", "شعر ونثر"]}},
    ]
    draft = one({"title": "معرض الكتاب", "content": blocks}).members[0].draft
    assert draft.kinds == ("title", "heading", "paragraph", "paragraph", "item", "item")[: len(draft.kinds)]
    assert "كتاب ورواية\nشعر ونثر" in draft.text


def test_a_text_in_pieces_is_one_line() -> None:
    pieces = ["قال الناشر إن ", {"type": "bold", "text": "المعرض"}, " يستمر عشرة أيام."]
    assert (
        one([{"title": "خبر", "text": pieces}])
        .members[0]
        .draft.text.endswith("قال الناشر إن المعرض يستمر عشرة أيام.")
    )


def test_a_graph_of_schema_org_gives_its_articles() -> None:
    article = {
        "@type": "NewsArticle",
        "headline": "معرض الكتاب",
        "articleBody": BODY,
        "datePublished": "2025-11-09T08:00:00+03:00",
        "dateModified": "2025-11-10",
        "author": [{"@type": "Person", "name": "سلمى الوراق"}],
        "publisher": {"@type": "Organization", "name": "وكالة الوراقين"},
    }
    document = {"@context": "https://schema.org", "@graph": [{"@type": "WebSite", "name": "س"}, article]}
    result = one(document)
    (member,) = result.members
    meta = member.draft.metadata
    assert (meta.title, meta.outlet, meta.author) == ("معرض الكتاب", "وكالة الوراقين", "سلمى الوراق")
    assert (meta.published, meta.updated) == (date(2025, 11, 9), date(2025, 11, 10))
    assert not result.failures


def test_values_one_after_the_other() -> None:
    text = "\n".join(json.dumps(RECORD | {"id": n}, indent=2, ensure_ascii=False) for n in range(3))
    assert [member.key for member in read("a.json", text.encode()).members] == ["0", "1", "2"]


def test_of_a_torn_list_the_whole_records_are_read() -> None:
    whole = json.dumps([RECORD | {"id": n} for n in range(3)], ensure_ascii=False)
    result = read("a.json", whole[:-40].encode())
    assert [member.key for member in result.members] == ["0", "1"]
    assert [failure.reason for failure in result.failures] == [
        "not JSON: its end is missing, or it is too large or too deep"
    ]
    kept = read("a.json", whole.encode())
    assert [m.sha256 for m in kept.members][:2] == [m.sha256 for m in result.members]


def test_a_stray_quote_costs_one_record_of_a_list() -> None:
    text = (
        '[{"title": "أ", "text": "قال "نعم" ومضى"},\n{"title": "ب", "text": "'
        + BODY.split("\n", 1)[0]
        + '"}]'
    )
    result = read("a.json", text.encode())
    assert [member.draft.metadata.title for member in result.members] == ["ب"]
    assert [failure.member for failure in result.failures] == ["1"]


def test_a_line_in_another_encoding_is_read_in_it_and_marked() -> None:
    first, second, third = (lines(RECORD | {"id": n}).decode() for n in range(3))
    data = b"\n".join([first.encode(), second.encode("cp1256"), third.encode()])
    members = read("a.jsonl", data).members
    assert [member.draft.text == members[0].draft.text for member in members] == [True, True, True]
    assert [m.draft.provenance.encoding for m in members] == ["utf-8", "windows-1256", "utf-8"]
    assert [bool(m.draft.provenance.warnings) for m in members] == [False, True, False]


def test_a_torn_letter_costs_nothing_but_itself() -> None:
    first, second = (lines(RECORD | {"id": n}) for n in range(2))
    at = second.index("المعرض".encode()) + 3
    result = read("a.jsonl", first + b"\n" + second[:at] + second[at + 1 :])
    assert not result.failures
    assert "\ufffd" in result.members[1].draft.text
    assert not result.members[0].draft.provenance.warnings
    assert result.members[1].draft.provenance.warnings


def test_a_mark_before_the_first_line_is_no_part_of_it() -> None:
    data = lines(RECORD, RECORD | {"id": "n-2"})
    with_mark = read("a.jsonl", b"\xef\xbb\xbf" + data)
    assert [m.sha256 for m in with_mark.members] == [m.sha256 for m in read("a.jsonl", data).members]


def test_the_analyst_names_fields_for_roles() -> None:
    options = ReadOptions({"title": ("kicker",), "body": ("article.body",), "outlet": ("desk",)})
    record = {
        "kicker": "معرض الكتاب",
        "title": "غيره",
        "article": {"body": BODY},
        "desk": "وكالة",
        "source": "غيرها",
    }
    (member,) = read("a.json", json.dumps([record]).encode(), options).members
    meta = member.draft.metadata
    assert (meta.title, meta.outlet) == ("معرض الكتاب", "وكالة")
    evidence = meta.evidence_of("title")
    assert evidence is not None
    assert (evidence.where, evidence.confidence) == ("field: kicker", 1.0)


def test_a_record_without_a_text_says_which_fields_it_has() -> None:
    (failure,) = read("a.jsonl", lines({"kicker": "س", "blurb": BODY}, RECORD)).failures
    assert "kicker, blurb" in failure.reason
    assert "fields: body" in failure.reason


def test_a_key_said_twice_is_refused_also_inside_an_envelope() -> None:
    text = b'{"_source": {"text": "' + b"a" * 20 + b'", "title": "x", "title": "y"}}\n' + lines(RECORD)
    result = read("a.jsonl", text)
    assert [failure.reason for failure in result.failures] == ["the field «title» stands twice"]
    assert len(result.members) == 1


def test_the_mapping_is_shown_before_an_import() -> None:
    data = lines(
        {"headline": "س", "story": BODY, "section": "x"}, {"headline": "ص", "story": BODY, "section": "y"}
    )
    assert (
        str(mapping(source_of("a.jsonl", data)))
        == "title ← headline, body ← story; no date, outlet; not used: section"
    )


@pytest.mark.parametrize("ascii_only", [True, False])
@pytest.mark.parametrize("name", ["a.jsonl", "a.json"])
def test_what_a_wrong_reading_did_to_a_record_is_undone(name: str, *, ascii_only: bool) -> None:
    spoilt = {key: shown_in(str(value).encode(), "cp1252") for key, value in RECORD.items()}
    data = json.dumps([spoilt] if name == "a.json" else spoilt, ensure_ascii=ascii_only) + "\n" * (
        name == "a.jsonl"
    )
    (member,) = read(name, data.encode()).members
    (whole,) = read("a.json", json.dumps([RECORD]).encode()).members
    assert member.draft.text == whole.draft.text
    assert member.draft.metadata.outlet == RECORD["source"]
    assert any("repaired" in warning for warning in member.draft.provenance.warnings)


@pytest.mark.parametrize("name", ["a.json", "a.jsonl", "a.txt"])
def test_lines_longer_than_what_is_looked_at_first(name: str) -> None:
    long = " ".join(["كتاب"] * 150_000)
    data = lines(*(RECORD | {"id": n, "content": f"{BODY} {long}"} for n in range(3)))
    assert [member.key for member in read(name, data).members] == ["0", "1", "2"]
    numbered = lines(*({"content": f"{BODY} {long}"} for _ in range(2)))
    assert [member.key for member in read(name, b"\n\n" + numbered).members] == ["3", "4"]


@pytest.mark.parametrize("layout", ["pretty", "commas", "list of lines"])
def test_a_document_under_the_name_of_lines(layout: str) -> None:
    records = [RECORD | {"id": n} for n in range(3)]
    text = {
        "pretty": json.dumps(records, indent=2, ensure_ascii=False),
        "commas": ",\n".join(json.dumps(one, ensure_ascii=False) for one in records),
        "list of lines": "[\n" + ",\n".join(json.dumps(one, ensure_ascii=False) for one in records) + "\n]",
    }[layout]
    result = read("a.jsonl", text.encode())
    assert [member.key for member in result.members] == ["0", "1", "2"]
    assert not result.failures


def test_a_torn_first_line_does_not_change_the_others() -> None:
    data = b'{"id": 1, "text": "torn,\n' + lines({"text": BODY}, {"text": BODY})
    result = read("a.jsonl", data)
    assert [member.key for member in result.members] == ["2", "3"]
    assert [failure.member for failure in result.failures] == ["1"]
