"""HTML pages: main text, and what the page states of itself."""

from __future__ import annotations

from datetime import date

import pytest

from kashaf.corpus.article import Draft
from kashaf.corpus.readers import read
from kashaf.corpus.readers.markup import plain_text
from kashaf.errors import BadInput

FIRST = (
    "أعلنت جمعية الصيادين في الميناء القديم أن موسم السردين بدأ قبل موعده بأسبوعين، وأن القوارب الصغيرة عادت بصيد"
    " وفير في أول ليلتين من الخروج إلى البحر."
)
SECOND = (
    "وقال رئيس الجمعية إن حرارة الماء هي السبب الأرجح، ودعا إلى الالتزام بحجم الشباك المسموح به كي لا ينتهي الموسم"
    " قبل أوانه كما حدث قبل عامين."
)
CHROME = """<header><a href="/">نوارس</a><nav><ul><li>الرئيسية</li><li>سياسة</li></ul></nav>
<span class="site-clock">الثلاثاء 3 مارس 2026 - 10:14</span></header>"""
FOOT = """<section class="comments"><h2>التعليقات (1)</h2>
<div class="comment"><p>كلام سليم يا جماعة الخير والله.</p></div></section>
<aside class="related"><h3>قد يهمك</h3><ul><li>خبر آخر عن الميناء</li></ul></aside>
<footer>© نوارس. جميع الحقوق محفوظة</footer>"""


def html(head: str = "", article_head: str = "<h1>السردين يصل باكرا</h1>", lang: str = "ar") -> str:
    return (
        f'<!DOCTYPE html><html lang="{lang}"><head><meta charset="utf-8">{head}</head><body>{CHROME}<main><article>'
        f"{article_head}<p>{FIRST}</p><h2>أسعار السوق</h2><p>{SECOND}</p><script>alert(1)</script></article></main>"
        f"{FOOT}</body></html>"
    )


def draft(text: str | bytes, name: str = "a.html") -> Draft:
    data = text if isinstance(text, bytes) else text.encode()
    return read(name, data).members[0].draft


def test_main_text_without_chrome_and_comments() -> None:
    article = draft(html())
    assert article.text == f"السردين يصل باكرا\n{FIRST}\nأسعار السوق\n{SECOND}"
    assert article.metadata.published is None
    assert article.metadata.language == "ar"


def test_meta_tags() -> None:
    article = draft(
        html(
            '<title>السردين يصل باكرا | نوارس</title><meta property="og:site_name" content="نوارس">'
            '<meta name="author" content="مها البحري"><link rel="canonical" href="https://nawaris.example/1">'
            '<meta property="article:published_time" content="2025-11-09T23:30:00+03:00">'
            '<meta property="article:modified_time" content="2025-11-12T08:00:00+03:00">'
        )
    )
    meta = article.metadata
    assert (meta.title, meta.outlet, meta.author) == ("السردين يصل باكرا", "نوارس", "مها البحري")
    assert (meta.published, meta.published_evidence) == (date(2025, 11, 9), "meta: article:published_time")
    assert meta.url == "https://nawaris.example/1"


def test_json_ld_and_a_disagreement() -> None:
    linked = (
        '<script type="application/ld+json">{"@graph": [{"@type": "WebSite"}, {"@type": "NewsArticle", "headline":'
        ' "السردين يصل باكرا", "datePublished": "2025-11-09", "author": [{"name": "مها البحري"}],'
        ' "publisher": {"name": "نوارس"}}]}</script>'
    )
    meta = draft(html(linked)).metadata
    assert (meta.published, meta.published_evidence) == (date(2025, 11, 9), "json-ld: datePublished")
    assert (meta.outlet, meta.author) == ("نوارس", "مها البحري")
    article = draft(html(linked + '<meta name="pubdate" content="2025-11-08">'))
    assert article.metadata.published == date(2025, 11, 8)
    assert "dates disagree: json-ld: datePublished says 2025-11-09" in article.provenance.warnings


def test_what_readers_saw_is_the_title() -> None:
    article = draft(
        html('<meta property="og:title" content="لن تصدق ماذا وجد الصيادون"><title>نوارس</title>')
    )
    assert article.metadata.title == "السردين يصل باكرا"


def test_decoration_of_the_title_is_left_to_the_page() -> None:
    article = draft(
        html('<meta property="og:title" content="السردين يصل باكرا">', "<h1>الســـردين يَصل باكــرا</h1>")
    )
    assert article.metadata.title == "السردين يصل باكرا"
    assert article.text.count("السردين يصل") == 1


@pytest.mark.parametrize(
    "element",
    [
        '<time datetime="2025-11-09T10:00">أمس</time>',
        '<span class="post-date">الأحد 9 نوفمبر 2025</span>',
        '<meta itemprop="datePublished" content="2025-11-09">',
        "<p>9 تشرين الثاني 2025</p>",
    ],
)
def test_a_marked_date_inside_the_article(element: str) -> None:
    assert draft(html(article_head=f"<h1>السردين يصل باكرا</h1>{element}")).metadata.published == date(
        2025, 11, 9
    )


@pytest.mark.parametrize(
    "element",
    [
        '<span class="updated-date">9 نوفمبر 2025</span>',
        "<figure><figcaption>صيادون في الميناء القديم عند الفجر، 9 نوفمبر 2025 (أرشيف)</figcaption></figure>",
        '<span class="date">يبدأ الموسم في 9 نوفمبر 2025 في الموانئ كلها كما قيل</span>',
    ],
)
def test_other_dates_are_not_of_publication(element: str) -> None:
    assert draft(html(article_head=f"<h1>السردين يصل باكرا</h1>{element}")).metadata.published is None


def test_declared_charset_is_respected() -> None:
    page = html().replace('charset="utf-8"', 'charset="windows-1256"')
    article = draft(page.encode("cp1256"))
    assert article.provenance.encoding == "windows-1256"
    assert article.text.startswith("السردين يصل باكرا\nأعلنت")


def test_pages_are_told_by_content() -> None:
    assert draft(html(), "a.txt").text.startswith("السردين يصل باكرا\nأعلنت")


def test_text_with_an_angle_bracket_is_no_page() -> None:
    assert draft("عنوان قصير\nإذا كان س < ص فالجواب <هنا>.", "a.txt").text.endswith(
        "إذا كان س < ص فالجواب <هنا>."
    )


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        ("<html><body></body></html>", "page without text"),
        ('<?xml version="1.0"?><rss><channel><title>x</title></channel></rss>', "XML that is not a page"),
    ],
)
def test_pages_without_an_article_are_refused(page: str, reason: str) -> None:
    with pytest.raises(BadInput, match=reason):
        read("a.html", page.encode())


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>أ</p><p>ب</p>", "أ\nب"),
        ("أ<br>ب", "أ\nب"),
        ("<nav>قائمة</nav><p>نص</p>", "نص"),
        ("<nav>قائمة", "قائمة"),
        ("<p>أ<script>var x = '<p>';</script>ب</p>", "أب"),
        ("<!-- سر --><p>نص</p>", "نص"),
        ("<!-- سر <p>نص</p>", "سر\nنص"),
        ("&lt;ليس وسما&gt;", "<ليس وسما>"),
        ("", ""),
    ],
)
def test_plain_text(markup: str, text: str) -> None:
    assert plain_text(markup).strip() == text
