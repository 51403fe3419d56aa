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
        ('<?xml version="1.0"?><catalog><entry><name>x</name></entry></catalog>', "XML that is not a page"),
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


def lines(made: Draft) -> list[tuple[str, str]]:
    return list(zip(made.kinds, made.text.split("\n"), strict=True))


def test_what_the_page_marks_keeps_its_kind() -> None:
    body = (
        "<h1>السردين يصل باكرا</h1><p class='article-lead'>موسم يبدأ قبل موعده بأسبوعين، والسوق لا تصدق ما ترى.</p>"
        "<figure><img src='a.jpg'><figcaption>صيادون في الميناء القديم (رويترز)</figcaption></figure>"
        f"<p>{FIRST}</p><blockquote><p>البحر لا ينتظر أحدا</p></blockquote>"
        "<ul><li>شباك أوسع</li><li>قوارب أقل</li></ul>"
        "<table><tr><th>السنة</th><th>الصيد</th></tr><tr><td>2024</td><td>40 طنا</td></tr></table>"
        f"<p>{SECOND}</p><pre>يا بحر يا كبير\nأعد لنا الصغير</pre><p>{FIRST}</p>"
        "<div class='wp-caption'><p class='wp-caption-text'>شباك على الرصيف</p></div><h3>ختام</h3>"
        f"<p>{SECOND}</p>"
    )
    assert lines(draft(html(article_head=body)))[:16] == [
        ("title", "السردين يصل باكرا"),
        ("standfirst", "موسم يبدأ قبل موعده بأسبوعين، والسوق لا تصدق ما ترى."),
        ("caption", "صيادون في الميناء القديم (رويترز)"),
        ("paragraph", FIRST),
        ("quote", "البحر لا ينتظر أحدا"),
        ("item", "شباك أوسع"),
        ("item", "قوارب أقل"),
        ("paragraph", "السنة — الصيد"),
        ("paragraph", "2024 — 40 طنا"),
        ("paragraph", SECOND),
        ("paragraph", "يا بحر يا كبير"),
        ("paragraph", "أعد لنا الصغير"),
        ("paragraph", FIRST),
        ("caption", "شباك على الرصيف"),
        ("heading", "ختام"),
        ("paragraph", SECOND),
    ]


def test_the_description_is_the_standfirst_where_it_stands_on_the_page() -> None:
    lead = "موسم يبدأ قبل موعده بأسبوعين، والسوق لا تصدق ما ترى."
    head = f'<meta name="description" content="{lead}">'
    made = draft(html(head, f"<h1>السردين يصل باكرا</h1><p>{lead}</p>"))
    assert lines(made)[1] == ("standfirst", lead)
    assert made.metadata.standfirst == lead
    assert lead not in draft(html(head)).text


def test_a_standfirst_outside_the_body_is_not_lost() -> None:
    lead = "موسم يبدأ قبل موعده بأسبوعين، والسوق لا تصدق ما ترى."
    page = html(
        article_head=f"<header><h1>السردين يصل باكرا</h1><div class='standfirst'>{lead}</div></header>"
    )
    assert (("standfirst", lead)) in lines(draft(page))


def test_paragraphs_of_the_marked_body_are_not_lost() -> None:
    paragraphs = "".join(f"<div class='text-block'><p>{FIRST} ({n}).</p></div>" for n in range(8))
    page = html(article_head=f"<h1>السردين يصل باكرا</h1><div itemprop='articleBody'>{paragraphs}</div>")
    assert all(f"({n})." in draft(page).text for n in range(8))


def test_a_page_that_only_leads_on() -> None:
    page = '<html><head><meta http-equiv="refresh" content="0; url=https://nawaris.example/"></head><body></body></html>'
    with pytest.raises(BadInput, match="only leads to another"):
        read("a.html", page.encode())


@pytest.mark.parametrize(
    ("head", "where"),
    [
        ('<meta property="article:modified_time" content="2025-11-12">', "meta: article:modified_time"),
        ('<meta itemprop="dateModified" content="2025-11-12">', "meta: datemodified"),
        (
            '<script type="application/ld+json">{"@type": ["Thing", "NewsArticle"], "dateModified": "2025-11-12"}'
            "</script>",
            "json-ld: dateModified",
        ),
    ],
)
def test_updates_are_not_publications(head: str, where: str) -> None:
    meta = draft(html(head)).metadata
    assert (meta.published, meta.updated) == (None, date(2025, 11, 12))
    evidence = meta.evidence_of("updated")
    assert evidence is not None
    assert evidence.where == where


def test_an_update_before_the_publication_is_a_warning() -> None:
    head = (
        '<meta property="article:published_time" content="2025-11-12">'
        '<meta property="article:modified_time" content="2025-11-09">'
    )
    made = draft(html(head))
    assert made.metadata.updated is None
    assert any("updated before it was published" in warning for warning in made.provenance.warnings)


def test_a_list_of_authors() -> None:
    head = (
        '<meta name="citation_author" content="مها البحري"><meta name="citation_author" content="سامر نعمة">'
    )
    assert draft(html(head)).metadata.author == "مها البحري، سامر نعمة"
    linked = (
        '<script type="application/ld+json">[{"@type": "Person", "@id": "#p", "name": "مها البحري"},'
        '{"@type": "NewsArticle", "headline": "السردين يصل باكرا", "author": [{"@id": "#p"}, {"name": "سامر نعمة"}]}]'
        "</script>"
    )
    assert draft(html(linked)).metadata.author == "مها البحري، سامر نعمة"


def test_the_article_among_related_ones_in_json_ld() -> None:
    linked = (
        '<script type="application/ld+json">{"@type": "ItemList", "itemListElement": [{"@type": "NewsArticle",'
        ' "position": 1, "headline": "خبر آخر", "datePublished": "2020-01-01"}]}</script>'
        '<script type="application/ld+json"><!-- {"@type": "NewsArticle", "headline": "السردين يصل باكرا",'
        ' "datePublished": "2025-11-09"} --></script>'
    )
    assert draft(html(linked)).metadata.published == date(2025, 11, 9)


@pytest.mark.parametrize(
    "element",
    [
        '<div class="comment"><time datetime="2025-11-09">أمس</time></div>',
        '<aside><time datetime="2025-11-09">9 نوفمبر</time></aside>',
        '<div class="related-news"><time datetime="2025-11-09">9 نوفمبر</time></div>',
        '<article class="teaser"><time datetime="2025-11-09">9 نوفمبر</time></article>',
        '<div class="live-clock">9 نوفمبر 2025</div>',
    ],
)
def test_times_of_other_things_are_not_of_the_article(element: str) -> None:
    assert draft(html(article_head=f"<h1>السردين يصل باكرا</h1>{element}")).metadata.published is None


def test_every_value_has_its_evidence() -> None:
    head = (
        '<title>السردين يصل باكرا | نوارس</title><meta name="author" content="مها البحري">'
        '<meta name="DC.date.issued" content="2025-11-09"><meta property="og:url" content="https://nawaris.example/1">'
    )
    meta = draft(html(head)).metadata
    found = {one.field: one.where for one in meta.evidence}
    assert found["title"] == "element: title"
    assert found["outlet"] == "element: title"
    assert found["author"] == "meta: author"
    assert found["published"] == "meta: dc.date.issued"
    assert found["url"] == "meta: og:url"
    assert all(0 < one.confidence <= 1 for one in meta.evidence)


def test_a_caption_beside_the_body_is_put_back() -> None:
    page = (
        '<!DOCTYPE html><html lang="ar"><head><title>السردين يصل باكرا</title></head><body><main><article>'
        "<h1>السردين يصل باكرا</h1><ul class='share-bar'><li><a href='#'>فيسبوك</a></li></ul>"
        "<figure><img src='a.jpg'><figcaption>صيادون في الميناء القديم (المنارة)</figcaption></figure>"
        f"<div class='article-body'><p>{FIRST}</p><p>{SECOND}</p><p>{FIRST}</p><p>{SECOND}</p></div>"
        "</article></main></body></html>"
    )
    assert ("caption", "صيادون في الميناء القديم (المنارة)") in lines(draft(page))
