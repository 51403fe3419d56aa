"""A workspace in which notes stand on words that have changed since, are gone, or are where they were."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from tests.explorer_support import Analyst

from kashaf.corpus.catalogue import Catalogue
from kashaf.notes.anchoring import make_target
from kashaf.notes.model import Note
from kashaf.notes.store import NoteStore
from kashaf.storage.atomic import write_text
from kashaf.workspace import create, locate
from kashaf_index.model import Query
from kashaf_index.search import Searcher
from kashaf_index.update import update
from kashaf_tui.explorer.app import ExplorerApp
from kashaf_tui.session import Session

STAYS = "بدأ المزارعون قطاف العنب في الوادي الغربي قبل موعده بأسبوعين بسبب حر الصيف."
CHANGES = "وقال رئيس التعاونية إن المحصول يكفي الأسواق المحلية كلها حتى نهاية الخريف."
CHANGED = "وقال رئيس التعاونية إن المحصول يكفي أسواق الجنوب كلها حتى بداية الشتاء."
GOES = "ووعدت البلدية بتعبيد الطريق الترابي بين المعصرة والجسر."
COMES = "أما الطريق فلم يرد ذكره في البيان الأخير للمجلس."
LAST = "ويقام مهرجان صغير في الساحة يوم الجمعة المقبل."
OTHER = "وصلت شاحنة الماء إلى القرية العليا صباح الأحد بعد انقطاع دام ثلاثة أيام متواصلة."
TITLE = "قطاف مبكر في الوادي الغربي"


def build(root: Path) -> Path:
    """The workspace, with notes, before anything changed."""
    workspace = create(root / "case")
    files = root / "files"
    files.mkdir()
    _write(files, "grapes.md", [STAYS, CHANGES, GOES, LAST])
    write_text(files / "water.md", f"---\ntitle: ماء\nsource: وكالة\n---\n{OTHER}\n")
    update(workspace, Catalogue(workspace.catalogue), [files])
    return workspace.root


def _write(files: Path, name: str, paragraphs: list[str]) -> None:
    head = f"---\ntitle: {TITLE}\nsource: جريدة السهل\ndate: 2025-09-01\n---\n"
    write_text(files / name, head + "\n\n".join(paragraphs) + "\n")


def noted(root: Path) -> dict[str, Note]:
    """Highlights on the words that stay, those that change, and those that go; by those words."""
    workspace = locate(root)
    found: dict[str, Note] = {}
    searcher = Searcher.open(workspace.index)
    with NoteStore.open(workspace.notes_file) as store:
        for hit in searcher.search(Query("*")).hits:
            article = searcher.article(hit.id)
            for words in (STAYS, CHANGES, GOES):
                start = article.text.find(words)
                if start >= 0:
                    target = make_target(article, start, start + len(words))
                    found[words] = store.add(target, tags=["قطاف"], author="أمل")
    searcher.close()
    return found


def change(root: Path) -> None:
    """The article is another now: words changed in the second paragraph, the third is gone."""
    workspace = locate(root)
    _write(root.parent / "files", "grapes.md", [STAYS, CHANGED, COMES, LAST])
    update(workspace, Catalogue(workspace.catalogue), [root.parent / "files"])


def notes_of(root: Path) -> list[Note]:
    with NoteStore.open(locate(root).notes_file, read_only=True) as store:
        return store.notes()


@asynccontextmanager
async def exploring(
    root: Path, size: tuple[int, int] = (120, 40), settings: str = ""
) -> AsyncIterator[Analyst]:
    """The explorer on the workspace, at rest."""
    if settings:
        write_text(root / "kashaf.yaml", settings)
    app = ExplorerApp(Session(root))
    try:
        async with app.run_test(size=size) as pilot:
            analyst = Analyst(app, pilot)
            await analyst.settle()
            yield analyst
    finally:
        app.close_stores()
