"""Invented articles with quotations, and who is named in them: what the tests of quotations share."""

from __future__ import annotations

import json
import re
from pathlib import Path

from kashaf.corpus.article import Article
from kashaf.corpus.catalogue import Catalogue
from kashaf.entities.book.namebook import NameBook
from kashaf.entities.model import EntityType, Mention, Quotation, Reading
from kashaf.entities.page import Page
from kashaf.entities.quotes.finding import find_quotations
from kashaf.entities.tables.store import MentionStore
from kashaf.workspace import Workspace, create
from kashaf_index.search import Searcher
from kashaf_index.update import update

#: Name, type and the forms it is met in, longest first.
NAMES: tuple[tuple[str, EntityType, tuple[str, ...]], ...] = (
    ("ليلى الحوراني", "person", ("ليلى الحوراني", "الحوراني")),
    ("سامر القنطار", "person", ("سامر القنطار", "القنطار")),
    ("وزارة الري", "organization", ("وزارة الري",)),
    ("قسد", "organization", ("قسد",)),
    ("مرصد الأنهار", "organization", ("مرصد الأنهار",)),
    ("وكالة السدرة", "organization", ("وكالة السدرة", "السدرة")),
    ("دمشق", "place", ("دمشق",)),
    ("وادي الزيتون", "place", ("وادي الزيتون",)),
)

ARTICLES = (
    {
        "title": "سد وادي الزيتون يفتح أبوابه",
        "source": "صحيفة المرفأ",
        "date": "2025-03-01",
        "content": "قالت وزيرة الري ليلى الحوراني إن السد سيروي عشرين قرية قبل نهاية الصيف.\n"
        "وأضافت: «لن نترك حقلا بلا ماء، ولن نترك بئرا بلا حارس».\n"
        "من جهته حذر سامر القنطار من جفاف البحيرة في الشتاء المقبل.\n"
        "وقال مصدر في الوزارة إن المضخات وصلت أمس.",
    },
    {
        "title": "=HYPERLINK خلاف على الماء",
        "source": "+نبض",
        "date": "2025-05-09",
        "content": "أكدت وزارة الري أن القنوات نظيفة، مشيرة إلى أن الفحص يجري كل أسبوع.\n"
        "- «=لا نصدق الأرقام التي تعلنها الحكومة كل يوم»، قال سامر القنطار لوكالة السدرة.\n"
        "وبحسب مرصد الأنهار، فإن منسوب وادي الزيتون انخفض إلى النصف.",
    },
    {"title": "بلا قول", "source": "", "date": "", "content": "عبر الناس الجسر مشيا، ثم عادوا."},
)


def named_in(text: str) -> tuple[Mention, ...]:
    """The mentions of `NAMES` in a text."""
    found: list[Mention] = []
    taken: set[int] = set()
    for name, kind, forms in NAMES:
        for form in forms:
            for match in re.finditer(re.escape(form), text):
                span = range(match.start(), match.end())
                if taken.isdisjoint(span):
                    taken.update(span)
                    found.append(Mention(name, kind, match.start(), match.end(), form, "book"))
    return tuple(sorted(found, key=lambda mention: mention.start))


def quotations_in(text: str) -> tuple[Quotation, ...]:
    """The quotations of a text in which nobody is named but `NAMES`."""
    return find_quotations(Page(text), named_in(text))


def said_in(text: str) -> list[tuple[str, str, str]]:
    """Who, with which verb, what: «» around words in quotation marks, [] around a speaker without a name."""
    return [
        (
            one.speaker or (f"[{text[one.speaker_start : one.speaker_end]}]" if one.speaker_end else ""),
            one.verb,
            f"«{text[one.start : one.end]}»" if one.direct else text[one.start : one.end],
        )
        for one in quotations_in(text)
    ]


def read_names(article: Article, book: NameBook) -> Reading:
    """A reading in which only `NAMES` are named, so that it stays the same when the rules for names change."""
    del book
    return Reading(named_in(article.text), quotations=quotations_in(article.text))


def quoting_case(folder: Path, *, read: bool = True) -> Workspace:
    """A workspace with `ARTICLES`; `read`: their quotations stored."""
    lines = "".join(json.dumps(article, ensure_ascii=False) + "\n" for article in ARTICLES)
    (folder / "news.jsonl").write_text(lines, encoding="utf-8")
    workspace = create(folder / "case")
    update(workspace, Catalogue(workspace.catalogue), [folder / "news.jsonl"])
    if read:
        with Searcher.open(workspace.index) as searcher:
            articles = [searcher.article(id_) for id_ in sorted(searcher.ids())]
        book = NameBook.load(overlays=[workspace.names_file])
        MentionStore(workspace.mentions).update(articles, book, reader=read_names)
    return workspace
