"""EPUB: an article a chapter, without what stands around them."""

from __future__ import annotations

from datetime import date

import pytest
from tests.document_support import epub

from kashaf.corpus.readers import read
from kashaf.errors import BadInput

ONE = "أعلنت البلدية أن الجسر يفتح أمام السيارات في مطلع الشهر المقبل، وأن الطريق القديم يبقى مفتوحا للمشاة وحدهم."
TWO = "وقالت المهندسة المشرفة إن الكلفة لم تتجاوز ما رصد لها في موازنة العام الماضي، وإن الأعمال انتهت قبل موعدها."
META = (
    "<dc:title>مجلة المرفأ</dc:title><dc:creator>هيئة التحرير</dc:creator><dc:publisher>دار المرفأ</dc:publisher>"
    "<dc:language>ar</dc:language><dc:date>2025-11-09</dc:date>"
)
CHAPTERS = {
    "cover.xhtml": "<body><p>مجلة المرفأ</p></body>",
    "front.xhtml": '<body epub:type="copyright-page"><p>جميع الحقوق محفوظة لدار المرفأ</p></body>',
    "list.xhtml": '<body><p><a href="one.xhtml">الجسر يفتح قبل موعده</a></p></body>',
    "one.xhtml": (
        f"<body><h1>الجسر يفتح قبل موعده</h1><p>{ONE}&nbsp;</p>"
        "<blockquote><p>مشروع حياة</p></blockquote></body>"
    ),
    "sub/two.xhtml": f"<body><h2>الكلفة كما رصدت</h2><p>{TWO}</p><ul><li>بند</li></ul></body>",
}


def test_chapters_are_articles() -> None:
    members = read("a.epub", epub(CHAPTERS, meta=META)).members
    assert [member.key for member in members] == ["OEBPS/one.xhtml", "OEBPS/sub/two.xhtml"]
    first, second = (member.draft for member in members)
    assert first.text == f"الجسر يفتح قبل موعده\n{ONE}\nمشروع حياة"
    assert first.kinds == ("title", "paragraph", "quote")
    assert second.kinds == ("title", "paragraph", "item")
    meta = first.metadata
    assert (meta.outlet, meta.author, meta.published) == ("دار المرفأ", "هيئة التحرير", date(2025, 11, 9))
    assert members[0].sha256 != members[1].sha256
    assert first.provenance.member == "OEBPS/one.xhtml"


def test_a_book_of_one_document_is_one_article() -> None:
    (member,) = read("a.epub", epub({"a.xhtml": f"<body><p>{ONE}</p></body>"}, meta=META)).members
    assert (member.key, member.draft.metadata.title) == ("", "مجلة المرفأ")


def test_the_day_a_reader_fetched_an_issue_is_not_its_date() -> None:
    meta = META.replace("<dc:creator>", "<dc:contributor>calibre (7.0)</dc:contributor><dc:creator>")
    assert read("a.epub", epub(CHAPTERS, meta=meta)).members[0].draft.metadata.published is None


def test_a_damaged_chapter_is_a_failure_of_its_own() -> None:
    chapters = CHAPTERS | {"three.xhtml": "<body/>"}
    result = read("a.epub", epub(chapters, more={"OEBPS/three.xhtml": b"\x89PNG\r\n" * 50}))
    assert len(result.members) == 2
    assert [failure.member for failure in result.failures] == ["OEBPS/three.xhtml"]


@pytest.mark.parametrize("listed", ["http://www.w3.org/2001/04/xmlenc#aes128-cbc"])
def test_rights_management_is_refused(listed: str) -> None:
    more = {"META-INF/encryption.xml": f'<e><EncryptionMethod Algorithm="{listed}"/></e>'}
    with pytest.raises(BadInput, match="password"):
        read("a.epub", epub(CHAPTERS, more=more))


def test_scrambled_fonts_do_not_matter() -> None:
    more = {
        "META-INF/encryption.xml": '<e><EncryptionMethod Algorithm="http://www.idpf.org/2008/embedding"/></e>'
    }
    assert read("a.epub", epub(CHAPTERS, more=more)).members


def test_a_book_of_pictures_is_refused() -> None:
    with pytest.raises(BadInput, match="book without text"):
        read("a.epub", epub({"a.xhtml": '<body><img src="1.png"/></body>'}))
