"""Small Arabic articles and an index of them, for the tests of the text and index rooms."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from kashaf.corpus.article import Article, Metadata, Provenance, RemovedLine
from kashaf.corpus.identity import mint, text_sha256
from kashaf_index.build import IndexWriter
from kashaf_index.search import Searcher


def make_article(
    name: str,
    title: str,
    body: str,
    *,
    outlet: str | None = None,
    published: date | None = None,
) -> Article:
    """An article whose id depends on `name` alone."""
    raw = text_sha256(name)
    text = f"{title}\n{body}"
    return Article(
        id=mint(raw),
        text=text,
        metadata=Metadata(
            title=title,
            outlet=outlet,
            author="مراسل",
            published=published,
            published_evidence="line 3" if published else "",
        ),
        provenance=Provenance(
            path=f"مقالات/{name}.txt",
            member="",
            sha256=raw,
            encoding="windows-1256",
            confidence=0.9,
            warnings=("a warning",),
            removed=(RemovedLine("اقرأ أيضاً", 7, "related link"),),
        ),
        body_start=len(title) + 1,
        text_sha256=text_sha256(text),
    )


ARTICLES = (
    make_article(
        "harbour",
        "افتتاح ميناء الصيد الجديد",
        "افتتح وزير النقل أمس ميناء الصيد الجديد في المدينة.\n"
        "وقال الوزير إن الميناء سيخدم الصيادين، وإن السفن ستصل قريباً.",
        outlet="صحيفة المرفأ",
        published=date(2025, 10, 5),
    ),
    make_article(
        "school",
        "مدرسة جديدة في القرية",
        "أعلنت وزارة التربية بناء مَدْرَسَة في القرية. وستضم المدرسة مكتبة، وللمدرسة ملعب كبير.",
        outlet="صَحيفة المرفإ",
        published=date(2025, 11, 10),
    ),
    make_article(
        "market",
        "أسعار الزيتون ترتفع",
        "ارتفعت أسعار الزيتون في السوق إلى ٣٫٥ دينار. وقال تاجر إن وزير الاقتصاد زار السوق.",
        outlet="الميزان",
        published=date(2025, 11, 2),
    ),
    make_article(
        "forces",
        "بيان من المجلس المحلي",
        'أصدرت قسد بياناً، وقسد تنفي. وجاء في بيان لـ"قسد" أن الاتفاق مع دمشق قائم، فيما رحبت BBC عربي بقسد.',
        outlet="الميزان",
    ),
    make_article(
        "orchard",
        "حصاد البرتقال",
        "بدأ المزارعون حصاد البرتقال، ولا وزير في الحقل. قال الاقتصاد كلمته.",
        published=date(2024, 1, 20),
    ),
)


def by_name(name: str) -> Article:
    return next(article for article in ARTICLES if article.provenance.path == f"مقالات/{name}.txt")


def build(index_dir: Path, articles: Iterable[Article] = ARTICLES) -> Path:
    """An index of the articles in `index_dir`, which it returns."""
    with IndexWriter(index_dir) as writer:
        for article in articles:
            writer.put(article)
        writer.commit()
    return index_dir


def open_index(index_dir: Path, articles: Iterable[Article] = ARTICLES) -> Searcher:
    return Searcher.open(build(index_dir, articles))
