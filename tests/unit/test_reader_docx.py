"""Word documents: the final text with its kinds, and what their properties may say."""

from __future__ import annotations

from datetime import date

import pytest
from tests.document_support import docx, package, paragraph

from kashaf.corpus.article import Draft
from kashaf.corpus.readers import read
from kashaf.errors import BadInput

BODY = "أعلنت البلدية أن الجسر يفتح أمام السيارات في مطلع الشهر المقبل، وأن الطريق القديم يبقى مفتوحا للمشاة وحدهم."
MORE = "وقالت المهندسة المشرفة إن الكلفة لم تتجاوز ما رصد لها في موازنة العام الماضي، وإن الأعمال انتهت قبل موعدها."


def draft(
    body: str, core: str = "", more: dict[str, str | bytes] | None = None, name: str = "a.docx"
) -> Draft:
    (member,) = read(name, docx(body, core=core, more=more)).members
    return member.draft


def lines(made: Draft) -> list[tuple[str, str]]:
    return list(zip(made.kinds, made.text.split("\n"), strict=True))


def test_styles_are_kinds() -> None:
    made = draft(
        paragraph("الجسر يفتح قبل موعده", "a1")
        + paragraph("عام من العمل انتهى بلا زيادة في الكلفة", "a6")
        + paragraph(BODY)
        + paragraph("ماذا بعد الجسر", "a2")
        + paragraph("الجسر مشروع حياة لهذه البلدة", "a3")
        + paragraph("ترميم الرصيف", "a5")
        + paragraph("الجسر عند الفجر", "a4")
        + paragraph(MORE)
    )
    assert lines(made) == [
        ("title", "الجسر يفتح قبل موعده"),
        ("standfirst", "عام من العمل انتهى بلا زيادة في الكلفة"),
        ("paragraph", BODY),
        ("heading", "ماذا بعد الجسر"),
        ("quote", "الجسر مشروع حياة لهذه البلدة"),
        ("item", "ترميم الرصيف"),
        ("caption", "الجسر عند الفجر"),
        ("paragraph", MORE),
    ]
    evidence = made.metadata.evidence_of("title")
    assert evidence is not None
    assert evidence.where == "style: Title"


def test_a_date_below_the_standfirst_is_the_article_s() -> None:
    made = draft(
        paragraph("الجسر يفتح قبل موعده", "a1")
        + paragraph("عام من العمل انتهى بلا زيادة في الكلفة", "a6")
        + paragraph("2 تشرين الثاني 2025")
        + paragraph(BODY)
    )
    assert made.metadata.published == date(2025, 11, 2)
    assert [line.rule for line in made.provenance.removed] == ["date-line"]


def test_changes_are_taken_as_done_and_comments_left_out() -> None:
    made = draft(
        paragraph("الجسر يفتح قبل موعده", "a1")
        + "<w:p><w:r><w:t>قبل </w:t></w:r><w:del><w:r><w:delText>محذوف</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>مضاف</w:t></w:r></w:ins><w:moveFrom><w:r><w:t>منقول</w:t></w:r></w:moveFrom>"
        '<w:r><w:commentReference w:id="1"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>'
        '<w:r><w:t xml:space="preserve"> بعد.</w:t></w:r></w:p>',
        more={"word/comments.xml": "<w:comments/>"},
    )
    assert made.text == "الجسر يفتح قبل موعده\nقبل مضاف بعد."


def test_tables_and_footnotes() -> None:
    notes = (
        '<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        '<w:footnote w:id="0"><w:p/></w:footnote>'
        f'<w:footnote w:id="2">{paragraph("عن تقرير البلدية السنوي.")}</w:footnote></w:footnotes>'
    )
    cell = "<w:tc>{}</w:tc>".format
    row = "<w:tr>{}</w:tr>".format
    made = draft(
        paragraph("الجسر يفتح قبل موعده", "a1")
        + f'<w:p><w:r><w:t>{BODY}</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
        + "<w:tbl>"
        + row(cell(paragraph("السنة")) + cell(paragraph("الكلفة")))
        + row(cell(paragraph("2024")) + cell(paragraph("12 مليونا")))
        + "</w:tbl>"
        + paragraph(MORE),
        more={"word/footnotes.xml": notes},
    )
    assert made.text.split("\n")[2:] == [
        "السنة — الكلفة",
        "2024 — 12 مليونا",
        MORE,
        "عن تقرير البلدية السنوي.",
    ]


def test_properties_are_evidence_but_no_date() -> None:
    core = (
        "<dc:title>جسر البلدة</dc:title><dc:creator>ليلى الحداد</dc:creator>"
        "<dcterms:created>2025-11-09T10:00:00Z</dcterms:created>"
    )
    meta = draft(paragraph(BODY) + paragraph(MORE), core).metadata
    assert (meta.title, meta.author, meta.published, meta.updated) == (
        "جسر البلدة",
        "ليلى الحداد",
        None,
        None,
    )


@pytest.mark.parametrize("title", ["Microsoft Word - doc1.docx", "مستند1", "Untitled", "a.docx", "___"])
@pytest.mark.parametrize("author", ["user", "DELL", "HP", "Microsoft Office User"])
def test_properties_of_programs_say_nothing(title: str, author: str) -> None:
    core = f"<dc:title>{title}</dc:title><dc:creator>{author}</dc:creator>"
    meta = draft(paragraph(BODY) + paragraph(MORE), core).metadata
    assert meta.title.startswith("أعلنت البلدية")
    assert meta.author is None


def test_macros_are_ignored_with_a_warning() -> None:
    made = draft(paragraph(BODY), more={"word/vbaProject.bin": b"\0" * 100}, name="a.docm")
    assert "macros in it were ignored" in made.provenance.warnings


def test_a_document_is_told_by_content() -> None:
    assert draft(paragraph(BODY), name="a.txt").text == BODY


def test_text_boxes_stand_once() -> None:
    box = f"<w:txbxContent>{paragraph('في الإطار كلام قصير')}</w:txbxContent>"
    mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    made = draft(
        f'<w:p><w:r><w:t>{BODY}</w:t></w:r><w:r><mc:AlternateContent xmlns:mc="{mc}"><mc:Choice><w:drawing>{box}'
        f"</w:drawing></mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert made.text.count("في الإطار كلام قصير") == 1


@pytest.mark.parametrize(
    ("data", "name", "what"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "a.docx", "password"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "a.doc", r"\.doc"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"), "a.xls", r"\.xls"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "__substg1.0_".encode("utf-16-le"), "a.msg", r"\.msg"),
        (b"{\\rtf1\\ansi x}", "a.rtf", "RTF"),
        (b"%!PS-Adobe-3.0\n", "a.ps", "PostScript"),
        (package({"[Content_Types].xml": "<Types/>", "ppt/presentation.xml": "<p/>"}), "a.pptx", r"\.pptx"),
        (package({"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<p/>"}), "a.xlsx", r"\.xlsx"),
        (package({"[Content_Types].xml": "", "word/document.xml": "<w:document"}), "a.docx", "damaged"),
        (package({"[Content_Types].xml": "", "word/document.xml": "<w/>"}), "a.docx", "without its text"),
        (docx(paragraph(BODY))[:-40], "a.docx", "damaged"),
    ],
)
def test_refused_by_name(data: bytes, name: str, what: str) -> None:
    with pytest.raises(BadInput, match=what) as refused:
        read(name, data)
    assert refused.value.cure
