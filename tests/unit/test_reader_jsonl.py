"""JSON and JSON Lines: fields by their names, one bad record never spoils the others."""

from __future__ import annotations

import hashlib
import json
from datetime import date

import pytest

from kashaf.corpus.readers import ReadResult, read
from kashaf.errors import BadInput

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


def test_a_record_becomes_an_article() -> None:
    draft = one([RECORD]).members[0].draft
    assert draft.text == (
        "معرض الكتاب يفتح أبوابه\nافتتح المعرض السنوي للكتاب أبوابه صباح اليوم بمشاركة مئتي دار نشر."
        "\nويستمر المعرض عشرة أيام."
    )
    meta = draft.metadata
    assert (meta.title, meta.outlet, meta.author) == (
        "معرض الكتاب يفتح أبوابه",
        "وكالة الوراقين",
        "سلمى الوراق",
    )
    assert (meta.published, meta.published_evidence) == (date(2025, 11, 9), "field: date")
    assert meta.url == "https://warraqin.example/1"


@pytest.mark.parametrize(
    ("fields", "published"),
    [
        (
            {"headline": "عنوان الخبر", "body": BODY, "published": "٩ نوفمبر ٢٠٢٥", "outlet": "وكالة"},
            date(2025, 11, 9),
        ),
        (
            {"العنوان": "عنوان الخبر", "النص": BODY, "التاريخ": "9 تشرين الثاني 2025", "المصدر": "وكالة"},
            date(2025, 11, 9),
        ),
        (
            {
                "Title": "عنوان الخبر",
                "Text": BODY,
                "date_published": 1762675200,
                "publisher": {"name": "وكالة"},
            },
            date(2025, 11, 9),
        ),
        (
            {
                "title": {"rendered": "عنوان الخبر"},
                "content": {"rendered": f"<p>{BODY}</p>"},
                "site": "وكالة",
            },
            None,
        ),
        (
            {
                "title": "عنوان الخبر",
                "text": ["فقرة أولى.", "فقرة ثانية."],
                "source": ["وكالة"],
                "date": "أمس",
            },
            None,
        ),
    ],
)
def test_field_names_in_use(fields: dict[str, object], published: date | None) -> None:
    meta = one([fields]).members[0].draft.metadata
    assert (meta.title, meta.outlet, meta.published) == ("عنوان الخبر", "وكالة", published)


def test_published_wins_over_other_dates() -> None:
    record = RECORD | {"updated": "2025-12-01", "published": "2025-11-08"}
    meta = one([record]).members[0].draft.metadata
    assert (meta.published, meta.published_evidence) == (date(2025, 11, 8), "field: published")


def test_a_record_without_a_title() -> None:
    draft = one([{"text": BODY}]).members[0].draft
    assert draft.body_start == 0
    assert draft.metadata.title == "افتتح المعرض السنوي للكتاب أبوابه صباح اليوم بمشاركة مئتي دار نشر"
    assert "no stated title" in draft.provenance.warnings
    assert draft.text.startswith("افتتح")


def test_ids_are_keys_when_each_record_has_its_own() -> None:
    result = read("a.jsonl", lines({"id": 7, "text": BODY}, {"id": "ب", "text": BODY}))
    assert [member.key for member in result.members] == ["7", "ب"]


@pytest.mark.parametrize("ids", [("x", "x"), ("x", None), ("", "y"), (True, "y"), ("x" * 500, "y")])
def test_line_numbers_are_keys_otherwise(ids: tuple[object, object]) -> None:
    result = read("a.jsonl", b"\n" + lines(*({"id": value, "text": BODY} for value in ids)))
    assert [member.key for member in result.members] == ["2", "3"]


def test_a_broken_line_is_reported_and_the_others_read() -> None:
    data = (
        lines({"text": BODY})
        + b'\n{"text": "...\n\n'
        + lines({"text": BODY})
        + b"\n[1, 2]\n"
        + lines({"title": "x"})
    )
    result = read("a.jsonl", data)
    assert [member.key for member in result.members] == ["1", "4"]
    assert [failure.member for failure in result.failures] == ["2", "5", "6"]
    assert result.failures[0].reason.startswith("not JSON: ")
    assert result.failures[1].reason == "not an object"
    assert result.failures[2].reason.startswith("no text")


def test_the_hash_of_a_line_is_of_its_bytes() -> None:
    line = lines(RECORD)
    (member,) = read("a.jsonl", line + b"\n").members
    assert member.sha256 == hashlib.sha256(line).hexdigest()
    assert member.draft.provenance.sha256 == hashlib.sha256(line + b"\n").hexdigest()


def test_the_hash_of_an_array_item_does_not_depend_on_layout() -> None:
    tight = read("a.json", json.dumps([RECORD]).encode()).members[0]
    loose = read("a.json", json.dumps([dict(reversed(RECORD.items()))], indent=2).encode()).members[0]
    assert tight.sha256 == loose.sha256


def test_one_object_is_one_article_without_a_key() -> None:
    result = one(RECORD)
    assert [member.key for member in result.members] == [""]


@pytest.mark.parametrize(
    "document",
    [
        {"articles": [RECORD]},
        {"status": "ok", "data": {"items": [RECORD]}},
        {"hits": {"hits": [{"_source": RECORD}]}},
    ],
)
def test_lists_inside_an_envelope(document: object) -> None:
    assert one(document).members[0].draft.metadata.title == "معرض الكتاب يفتح أبوابه"


def test_format_is_told_by_content() -> None:
    assert len(read("a.txt", lines(RECORD, RECORD)).members) == 2
    assert read("a.json", "[فيديو] خبر قصير\nنص الخبر هنا.".encode("utf-16")).members[0].key == ""


def test_tags_and_entities_of_a_body_are_resolved() -> None:
    record = {
        "title": "قال &quot;نعم&quot;",
        "body": "<p>فقرة <b>أولى</b>.</p><script>x()</script><p>فقرة&nbsp;ثانية.</p>",
    }
    draft = one([record]).members[0].draft
    assert draft.text == 'قال "نعم"\nفقرة أولى.\nفقرة ثانية.'


def test_a_body_that_mentions_angle_brackets_is_left_alone() -> None:
    assert (
        one([{"title": "عنوان", "text": "إذا كان س < ص و ص > ع فالنتيجة معروفة."}])
        .members[0]
        .draft.text.endswith("إذا كان س < ص و ص > ع فالنتيجة معروفة.")
    )


@pytest.mark.parametrize("text", ["[]", "{}", "[{]", '{"a": ', "12", '"نص"'])
def test_json_without_articles_is_refused(text: str) -> None:
    with pytest.raises(BadInput):
        read("a.json", text.encode())


def test_numbers_out_of_hand() -> None:
    data = (
        b'{"id": '
        + b"9" * 5000
        + b', "text": "\xd9\x86\xd8\xb5 \xd9\x82\xd8\xb5\xd9\x8a\xd8\xb1", "date": NaN}'
    )
    (member,) = read("a.json", data).members
    assert member.draft.metadata.published is None


def test_chrome_in_a_body_goes() -> None:
    draft = one([{"title": "عنوان", "text": f"{BODY}\nاقرأ أيضا: خبر آخر\nشارك المقال"}]).members[0].draft
    assert [line.rule for line in draft.provenance.removed] == ["read-more-inline", "share-bar"]
