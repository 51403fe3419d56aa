"""OpenDocument texts: the final text with its kinds."""

from __future__ import annotations

import pytest
from tests.document_support import odt

from kashaf.corpus.article import Draft
from kashaf.corpus.readers import read
from kashaf.errors import BadInput

BODY = "أعلنت البلدية أن الجسر يفتح أمام السيارات في مطلع الشهر المقبل، وأن الطريق القديم يبقى مفتوحا للمشاة وحدهم."
TITLE = '<text:p text:style-name="Title">الجسر يفتح قبل موعده</text:p>'


def draft(body: str, meta: str = "", name: str = "a.odt") -> Draft:
    (member,) = read(name, odt(body, meta=meta)).members
    return member.draft


def lines(made: Draft) -> list[tuple[str, str]]:
    return list(zip(made.kinds, made.text.split("\n"), strict=True))


def test_kinds() -> None:
    made = draft(
        f'{TITLE}<text:p text:style-name="Subtitle">عام من العمل انتهى بلا زيادة</text:p><text:p>{BODY}</text:p>'
        '<text:h text:outline-level="2">ماذا بعد الجسر</text:h>'
        '<text:p text:style-name="P1">مشروع حياة لهذه البلدة</text:p>'
        "<text:list><text:list-item><text:p>ترميم الرصيف</text:p>"
        "<text:list><text:list-item><text:p>من جهة البحر</text:p></text:list-item></text:list>"
        "</text:list-item></text:list>"
        f'<text:p text:style-name="Illustration">الجسر عند الفجر</text:p><text:p>{BODY}</text:p>'
    )
    assert lines(made) == [
        ("title", "الجسر يفتح قبل موعده"),
        ("standfirst", "عام من العمل انتهى بلا زيادة"),
        ("paragraph", BODY),
        ("heading", "ماذا بعد الجسر"),
        ("quote", "مشروع حياة لهذه البلدة"),
        ("item", "ترميم الرصيف"),
        ("item", "من جهة البحر"),
        ("caption", "الجسر عند الفجر"),
        ("paragraph", BODY),
    ]


def test_changes_annotations_notes_and_tables() -> None:
    made = draft(
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>محذوف</text:p></text:deletion>"
        f"</text:changed-region></text:tracked-changes>{TITLE}"
        "<text:p>قبل<text:s text:c='2'/>النص<office:annotation><text:p>تعليق</text:p></office:annotation> بعده"
        "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>عن تقرير البلدية.</text:p>"
        "</text:note-body></text:note>.</text:p>"
        "<table:table><table:table-header-rows><table:table-row><table:table-cell><text:p>السنة</text:p>"
        "</table:table-cell>"
        "<table:table-cell><text:p>الكلفة</text:p></table:table-cell></table:table-row></table:table-header-rows>"
        "<table:table-row><table:table-cell><text:p>2024</text:p></table:table-cell><table:table-cell>"
        "<text:p>12 مليونا</text:p></table:table-cell></table:table-row></table:table>"
        f"<text:p>{BODY}</text:p>"
    )
    assert made.text.split("\n")[1:] == [
        "قبل النص بعده.",
        "السنة — الكلفة",
        "2024 — 12 مليونا",
        BODY,
        "عن تقرير البلدية.",
    ]


def test_properties() -> None:
    meta = draft(
        f"<text:p>{BODY}</text:p>",
        "<dc:title>جسر البلدة</dc:title><meta:initial-creator>ليلى الحداد</meta:initial-creator>"
        "<meta:creation-date>2025-11-09T10:00:00</meta:creation-date><dc:date>2025-11-10T10:00:00</dc:date>",
    ).metadata
    assert (meta.title, meta.author, meta.published) == ("جسر البلدة", "ليلى الحداد", None)


def test_encrypted_is_refused() -> None:
    manifest = "<manifest><file-entry><encryption-data/></file-entry></manifest>"
    with pytest.raises(BadInput, match="password"):
        read("a.odt", odt(f"<text:p>{BODY}</text:p>", more={"META-INF/manifest.xml": manifest}))


def test_a_spreadsheet_is_refused_by_name() -> None:
    with pytest.raises(BadInput, match=r"\.ods"):
        read("a.ods", odt("", kind="application/vnd.oasis.opendocument.spreadsheet"))
