"""A small corpus whose readings are written here, so that what screens show of them hangs on no rule and no model."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path
from typing import Final

from tests.explorer_support import Analyst
from tests.index_corpus import make_article

from kashaf.corpus.article import Article
from kashaf.entities.book.namebook import NameBook
from kashaf.entities.model import (
    DateMention,
    EntityKey,
    EntityType,
    Link,
    Mention,
    Quantity,
    Quotation,
    Reading,
)
from kashaf.storage.atomic import write_text
from kashaf.workspace import create
from kashaf_index.build import IndexWriter
from kashaf_tui.explorer.app import ExplorerApp
from kashaf_tui.explorer.screens.entities import EntitiesScreen
from kashaf_tui.explorer.screens.entity_page import EntityScreen
from kashaf_tui.explorer.screens.meeting import MeetingScreen
from kashaf_tui.session import Session

MAYOR: Final = EntityKey("person", "سلمى الوزان")
CAPTAIN: Final = EntityKey("person", "يونس البحري")
#: One that is like it, but no linking takes the two for one.
OTHER: Final = EntityKey("person", "يونس أبو البحر")
TOWN: Final = EntityKey("place", "مرسى الزعفران")
PORT: Final = EntityKey("organization", "هيئة الموانئ")

#: Form to name, type, why, and how sure; the longest forms are looked for first.
FORMS: Final[dict[str, tuple[EntityKey, Link, float]]] = {
    "سلمى الوزان": (MAYOR, "", 1.0),
    "الوزان": (MAYOR, "surname", 0.9),
    "يونس البحري": (CAPTAIN, "", 1.0),
    "يونس بحري": (EntityKey("person", "يونس بحري"), "", 0.95),
    "يونس أبو البحر": (OTHER, "", 0.95),
    "البحري": (CAPTAIN, "surname", 0.8),
    "مرسى الزعفران": (TOWN, "", 1.0),
    "تل اللوز": (EntityKey("place", "تل اللوز"), "", 0.4),
    "هيئة الموانئ": (PORT, "", 1.0),
    "هم": (PORT, "acronym", 0.7),
}

ARTICLES: Final = (
    make_article(
        "quay",
        "سلمى الوزان تفتتح الرصيف",
        "افتتحت سلمى الوزان رصيف مرسى الزعفران في 5 تشرين الأول 2025. وقالت الوزان: «الرصيف لأهل المدينة».\n"
        "وحضر يونس البحري عن هيئة الموانئ، وكلف الرصيف نحو 12 مليون دينار.",
        outlet="صحيفة المرفأ",
        published=date(2025, 10, 6),
    ),
    make_article(
        "strike",
        "إضراب في الميناء",
        "أضرب 300 عامل في مرسى الزعفران أمس. وقال البحري إن هيئة الموانئ ستفاوضهم.\n"
        "ودعت سلمى الوزان إلى الهدوء.",
        outlet="الميزان",
        published=date(2025, 11, 2),
    ),
    make_article(
        "boats",
        "قوارب تل اللوز",
        "عاد يونس أبو البحر إلى تل اللوز ومعه عشرون قاربا، وقال إنه لا يعرف هيئة الموانئ.",
        outlet="الميزان",
        published=date(2025, 11, 20),
    ),
    make_article(
        "budget",
        "موازنة المدينة",
        "أقرت سلمى الوزان موازنة مرسى الزعفران، وغاب يونس بحري.",
        outlet="صحيفة المرفأ",
        published=date(2025, 12, 1),
    ),
    make_article("letters", "رسائل القراء", "لا أحد يرد على الرسائل."),
)


def by_name(name: str) -> Article:
    return next(article for article in ARTICLES if article.provenance.path == f"مقالات/{name}.txt")


def read(article: Article, _book: NameBook) -> Reading:
    """What stands in `FORMS`, and a few dates, numbers and quotations of these articles."""
    text = article.text
    mentions = tuple(sorted(_mentions(text), key=lambda one: one.start))
    dates = tuple(_dates(text))
    return Reading(mentions, dates, tuple(_numbers(text)), tuple(_quotations(text)))


def _mentions(text: str) -> Iterator[Mention]:
    taken: set[int] = set()
    for form, (key, link, confidence) in FORMS.items():
        for match in re.finditer(rf"(?<!\w){form}(?!\w)", text):
            if not taken & set(range(*match.span())):
                taken |= set(range(*match.span()))
                kind: EntityType = key.type  # type: ignore[assignment]  # there is no date among them
                yield Mention(key.name, kind, *match.span(), form, "tagger", confidence, link)


def _dates(text: str) -> Iterator[DateMention]:
    for form, edtf, day in (
        ("5 تشرين الأول 2025", "2025-10-05", date(2025, 10, 5)),
        ("أمس", "2025-11-01", date(2025, 11, 1)),
    ):
        if (at := text.find(form)) >= 0:
            yield DateMention(at, at + len(form), form, edtf, day, day, "day", anchored=form == "أمس")


def _numbers(text: str) -> Iterator[Quantity]:
    if (at := text.find(form := "نحو 12 مليون دينار")) >= 0:
        yield Quantity(at, at + len(form), form, 12e6, 12e6, "about", "money", "", "مليون دينار", ("دينار",))
    if (at := text.find(form := "300 عامل")) >= 0:
        yield Quantity(at, at + len(form), form, 300, 300, "exactly", "people", "", "عامل", ("عامل",), 0.5)


def _quotations(text: str) -> Iterator[Quotation]:
    if (at := text.find("الرصيف لأهل المدينة")) >= 0:
        verb, who = text.find("وقالت") + 1, text.find("الوزان:")
        end = at + len("الرصيف لأهل المدينة")
        yield Quotation(at, end, True, "قالت", verb, verb + 4, MAYOR.name, "person", who, who + 6)


def workspace(folder: Path, articles: tuple[Article, ...] = ARTICLES, language: str = "en") -> Path:
    """A workspace of these articles, indexed and read."""
    made = create(folder / "case")
    write_text(made.root / "kashaf.yaml", f"author: سعاد\ninterface:\n  language: {language}\n")
    with IndexWriter(made.index) as writer:
        for article in articles:
            writer.put(article)
        writer.commit()
    session = Session(made.root)
    session.mentions.update(articles, session.name_book.for_reading, reader=read)
    session.apply_names()
    return made.root


@asynccontextmanager
async def exploring(root: Path, size: tuple[int, int] = (120, 40)) -> AsyncIterator[Analyst]:
    """Somebody at the keyboard, with the focus in the results."""
    app = ExplorerApp(Session(root))
    try:
        async with app.run_test(size=size) as pilot:
            analyst = Analyst(app, pilot)
            await analyst.settle()
            await analyst.press("f3")
            yield analyst
            app.keep_place()
    finally:
        app.close_stores()


def table(analyst: Analyst) -> EntitiesScreen:
    screen = analyst.app.screen
    assert isinstance(screen, EntitiesScreen)
    return screen


def page(analyst: Analyst) -> EntityScreen:
    screen = analyst.app.screen
    assert isinstance(screen, EntityScreen)
    return screen


def meeting(analyst: Analyst) -> MeetingScreen:
    screen = analyst.app.screen
    assert isinstance(screen, MeetingScreen)
    return screen
