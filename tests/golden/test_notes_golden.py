"""The bytes of exports, as they were agreed. A change here is a change of a format."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Literal

import pytest
from tests.golden_support import assert_golden
from tests.notes_support import TEXT, article, note, target

from kashaf.corpus.article import Metadata
from kashaf.export import formats
from kashaf.export.bundle import Bundle
from kashaf.export.gathering import gather
from kashaf.export.native import parse, to_json
from kashaf.notes import versions
from kashaf.notes.codebook import Code, Codebook
from kashaf.notes.model import ArticleTarget, EntityTarget, Note, SearchTarget

FOLDER = Path(__file__).parent
SCHEMA_1 = FOLDER / "notes_native_1.json"

OF_SCHEMA_1 = [
    note(1),
    note(2, body='سطر\nسطر «مقتبس» "quoted" \\ 😀', tags=("ب", "أ")),
    replace(
        note(3, body="", tags=()),
        kind="highlight",
        target=replace(target("الإيجار القديم"), paragraph=2),
        extra={"certainty": 0.7, "seen": [True, None]},
    ),
]

CODEBOOK = Codebook(
    (
        Code("سلاح", "#aa0000", "كل سلاح"),
        Code("سلاح/كيماوي", "", "غازات", ("غاز الخردل",)),
        Code("اقتصاد", "#00aa00"),
        Code("ماء"),
    )
)


def amended(before: Note, number: int, **fields: object) -> Note:
    after = replace(before, **fields)  # type: ignore[arg-type]  # the fields of a note, by name
    made = versions.amended(before, after, at=f"2025-04-0{number}T08:00:00Z", author="خالد")
    assert made is not None
    return made


def bundle() -> Bundle:
    """A note of every kind on every kind of target, with pasts, in an article that was corrected since."""
    on_article = ArticleTarget(
        "0a1b2c3d4e5f", article().text_sha256, article().title, "صحيفة المرفأ", "2025-03-23", "5" * 64
    )
    notes = [
        versions.first(one)
        for one in (
            *OF_SCHEMA_1,
            replace(
                note(4, body="=SUM(A1)"), kind="link", target=target("مليوني دينار"), other=target("البحر")
            ),
            replace(note(5), kind="claim", target=on_article, confidence="high", status="confirmed"),
            replace(note(6, tags=("سلاح/كيماوي",)), target=EntityTarget("عمر المختار", "person")),
            replace(note(7), kind="question", target=SearchTarget("سوق السمك", "stem", "all")),
            replace(note(8), target=replace(target(), article_id="9z9z9z9z9z9z")),
        )
    ]
    notes[0] = amended(amended(notes[0], 1, body="روجعت"), 2, tags=("اقتصاد", "سلاح"))
    gone = versions.amended(notes[1], notes[1], at="2025-04-03T08:00:00Z", author="", deleted=True)
    assert gone is not None
    ended = replace(versions.ended(gone), id="0195d3c0-0000-7000-8000-000000000009")
    corrected = replace(
        article(TEXT.replace("مليوني", "ثلاثة ملايين")),
        metadata=Metadata(
            title=article().title,
            outlet="صحيفة المرفأ",
            published=date(2025, 3, 23),
            url="https://www.almarfa.example/أخبار/42?x=1",
        ),
    )
    return gather(
        notes,
        codebook=CODEBOOK,
        article=lambda article_id: corrected if article_id == corrected.id else None,
        ended=[ended],
    )


@pytest.mark.parametrize(
    ("name", "golden"),
    [("native", "notes_native_2.json"), ("w3c", "notes_w3c.jsonld"), ("csv", "notes_table.csv")],
)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_an_export_is_the_golden_file_byte_for_byte(
    name: str, golden: str, language: Literal["en", "ar"]
) -> None:
    data = formats.write(name, bundle(), language)
    if name == "w3c" and language == "ar":
        data = data.replace("ملاحظات كشّاف".encode(), b"Notes of Kashaf")
    assert_golden(FOLDER / golden, data)


def test_the_golden_file_is_read_as_the_notes_it_was_made_of() -> None:
    told = parse((FOLDER / "notes_native_2.json").read_bytes())
    assert (told.notes, told.ended) == (bundle().notes, bundle().ended)
    assert [code.path for code in told.codes] == ["سلاح", "سلاح/كيماوي", "اقتصاد"]


def test_the_golden_file_of_schema_1_is_read_as_the_notes_it_was_made_of() -> None:
    assert list(parse(SCHEMA_1.read_bytes()).notes) == [
        versions.first(told_by_schema_1(one)) for one in OF_SCHEMA_1
    ]


def told_by_schema_1(kept: Note) -> Note:
    """Schema 1 had no field for the paragraph; what the file says of it is a field that nobody knew."""
    words = kept.words
    assert words is not None
    return (
        kept if words.paragraph == 2 and kept.extra else replace(kept, target=replace(words, paragraph=None))
    )


def test_a_file_of_nothing_but_notes_is_the_same() -> None:
    assert parse(to_json(bundle().notes)).notes == bundle().notes
