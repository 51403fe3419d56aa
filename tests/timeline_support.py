"""A workspace of a few articles that say when, and that do not agree on how many."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from tests.explorer_support import Analyst
from tests.statements_support import plain_of, reading_of

from kashaf.corpus.article import Article
from kashaf.corpus.catalogue import Catalogue
from kashaf.entities.model import Reading
from kashaf.entities.tables.writing import facts_of
from kashaf.workspace import create
from kashaf_index.update import update
from kashaf_tui.explorer.app import ExplorerApp
from kashaf_tui.explorer.screens.timeline import TimelineScreen
from kashaf_tui.session import Session

BODY = "تحالف حماية الخلجان"
FOUNDED = "وكان التحالف قد تأسس في ⟦12 أيار 2023|date|2023-05-12⟧ بعد حريق الناقلة في الخليج الشمالي.\n"
WIRE = (
    f"أعلن ⟦{BODY}|org|{BODY}⟧ في بيان أن عدد أعضائه ارتفع إلى ⟦24 دولة|members|24⟧ بعد انضمام جزيرة المرجان.\n"
    f"{FOUNDED}"
    "وسيعقد التحالف اجتماعه المقبل في ⟦كانون الثاني 2026|date|2026-01⟧ في جزيرة المرجان.\n"
)
PAPER = (
    f"قال قائد الأسطول إن ⟦{BODY}|org|{BODY}⟧ يضم ⟦23 عضوا|members|23⟧، وإن بعضهم لا يشارك بالسفن.\n"
    "وأضاف أن الدوريات بدأت في ⟦3 آذار 2024|date|2024-03-03⟧ ثم توسعت في ⟦تشرين الأول 2024|date|2024-10⟧ إلى "
    "الخليج الجنوبي.\n"
    "وتقول الصحف إن فكرة التحالف تعود إلى ⟦عام 1998|date|1998⟧.\n"
)
RADIO = (
    f"يشارك في ⟦{BODY}|org|{BODY}⟧ ⟦أكثر من 20 دولة|other|>20⟧ من أعضاء المنظمة.\n"
    f"{FOUNDED}"
    "وتحتفل البلدة كل سنة في ⟦12 أيار|date|XXXX-05-12⟧ بذكرى الحريق.\n"
)
PLAIN = "نص قصير عن السوق بلا تواريخ ولا أعداد.\n"
#: Title, body, outlet, date.
ARTICLES = (
    ("جزيرة المرجان تنضم إلى التحالف", WIRE, "وكالة الضفة", "2025-11-01"),
    ("قائد الأسطول يتحدث عن الدوريات", PAPER, "صحيفة المنارة", "2025-11-01"),
    ("برنامج المساء عن الخليج", RADIO, "إذاعة الساحل", "2025-11-04"),
    ("السوق", PLAIN, "صحيفة المنارة", None),
)


def build(root: Path, *, read: bool = True) -> Path:
    """The workspace in a folder; with `read` False nothing was read of its articles."""
    fields = ("title", "content", "source", "published")
    plain = [(title, plain_of(body), *facts) for title, body, *facts in ARTICLES]
    rows = [json.dumps(dict(zip(fields, row, strict=True)), ensure_ascii=False) for row in plain]
    stick = root / "stick"
    stick.mkdir(parents=True)
    (stick / "press.jsonl").write_text("\n".join(rows), encoding="utf-8")
    workspace = create(root / "case")
    update(workspace, Catalogue(workspace.catalogue), [stick])
    if read:
        session = Session(workspace.root)
        searcher = session.searcher
        articles = [searcher.article(id_) for id_ in sorted(searcher.ids())]
        session.mentions.put([(facts_of(one), _reading(one)) for one in articles], session.name_book)
        searcher.close()
    return workspace.root


def _reading(article: Article) -> Reading:
    """What is marked in the article, so that no test of a screen depends on what the readers find."""
    marked = next((body for title, body, *_ in ARTICLES if title[:12] in article.title), "")
    return reading_of(marked, article.text)


@asynccontextmanager
async def at_timeline(
    root: Path, *keys: str, size: tuple[int, int] = (120, 40)
) -> AsyncIterator[tuple[Analyst, TimelineScreen]]:
    """The explorer on a workspace, its timeline opened from the results, and then some keys."""
    app = ExplorerApp(Session(root))
    try:
        async with app.run_test(size=size) as pilot:
            analyst = Analyst(app, pilot)
            await analyst.settle()
            await analyst.press("f3", "W")
            if keys:
                await analyst.press(*keys)
            screen = app.screen
            assert isinstance(screen, TimelineScreen)
            yield analyst, screen
    finally:
        app.close_stores()
