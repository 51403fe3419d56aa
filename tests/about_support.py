"""A workspace of a few articles with site chrome around them, some of them copies of one text."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

from tests.explorer_support import Analyst

from kashaf.corpus.catalogue import Catalogue
from kashaf.storage.atomic import write_text
from kashaf.workspace import create
from kashaf_index.update import update
from kashaf_tui.explorer.app import ExplorerApp
from kashaf_tui.session import Session

SHARE = "شارك المقال"
MORE = "اقرأ أيضا"
FIRST = "وصل أول قارب صيد إلى المرسى الجديد صباح أمس بعد شهرين من أعمال التوسعة التي نفذها المجلس المحلي."
SECOND = "وقال رئيس المجلس إن المرسى يتسع لأربعين قاربا وإن رسومه لن تتغير قبل نهاية الموسم المقبل."
LAST = "ويطالب الصيادون بمخزن للثلج قرب الرصيف قبل بدء موسم السردين في الربيع."
TITLE = "أول قارب يصل إلى المرسى الجديد"
SECOND_TITLE = "المرسى الجديد يستقبل قاربه الأول"

HARBOUR = f"""جريدة المرسى
الرئيسية | اقتصاد | ثقافة | رياضة
{TITLE}
3 نوفمبر 2025
{SHARE}
{FIRST}
{MORE}
{SECOND}
{LAST}
"""
SCHOOL = f"""جريدة المرسى
الرئيسية | اقتصاد | ثقافة | رياضة
مدرسة القرية تستقبل تلاميذها في مبنى جديد
5 نوفمبر 2025
{SHARE}
استقبلت مدرسة القرية تلاميذها صباح اليوم في مبنى جديد من طابقين بعد سنوات من الدراسة في خيام.
{MORE}
وقالت مديرة المدرسة إن المبنى يضم مكتبة ومختبرا وقاعة للرسم لم تكن موجودة من قبل في القرية.
"""
PAGE = """<!doctype html><html lang="ar"><head><title>دليل السوق</title></head><body><article>
<h1>دليل السوق الأسبوعي في القرية</h1>
<p>يفتح السوق الأسبوعي أبوابه كل خميس من السابعة صباحا حتى العصر في الساحة القديمة قرب المحطة.</p>
<h2>ما يباع فيه</h2>
<ul><li>الخضر والفواكه من بساتين الوادي القريبة ومن مزارع السهل الساحلي التي تصل شاحناتها قبل الفجر</li>
<li>الأقمشة والسجاد</li></ul>
<blockquote><p>نبيع هنا منذ أربعين عاما ولم نعرف موسما أفضل من هذا الموسم</p></blockquote>
<p>ويتوقع المجلس أن يتضاعف عدد الأكشاك مع بداية العام المقبل بعد توسعة الساحة من جهة النهر.</p>
</article></body></html>
"""
BODY = f"{FIRST}\n{SECOND}\n{LAST}\n"
EXTRA = "وحضر الافتتاح عدد من أهالي القرى المجاورة الذين يبيعون سمكهم في السوق."
OTHER = BODY.replace("صباح أمس", "فجر السبت") + EXTRA + "\n"

About = Callable[..., AbstractAsyncContextManager[Analyst]]


def build(root: Path) -> Path:
    """The workspace, indexed."""
    for name, text in {
        "marsa/harbour.txt": HARBOUR,
        "marsa/school.txt": SCHOOL,
        "guide/page.html": PAGE,
        "copies/a.md": f"---\ntitle: {TITLE}\nsource: وكالة الخليج\ndate: 2025-11-02\n---\n{BODY}",
        "copies/b.md": f"---\ntitle: {SECOND_TITLE}\nsource: إذاعة الساحل\ndate: 2025-11-04\n---\n{OTHER}",
    }.items():
        path = root / "files" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        write_text(path, text)
    workspace = create(root / "case")
    update(workspace, Catalogue(workspace.catalogue), [root / "files"])
    return workspace.root


@asynccontextmanager
async def open_on(
    root: Path, path: str, size: tuple[int, int] = (120, 40), settings: str = ""
) -> AsyncIterator[Analyst]:
    """The explorer with the article of a file in the reader, which has the focus."""
    if settings:
        write_text(root / "kashaf.yaml", settings)
    app = ExplorerApp(Session(root))
    try:
        async with app.run_test(size=size) as pilot:
            analyst = Analyst(app, pilot)
            await analyst.settle()
            await read(analyst, path)
            yield analyst
    finally:
        app.close_stores()


async def read(analyst: Analyst, path: str) -> None:
    """Open the article of a file."""
    hit = next(hit for hit in analyst.main.results.rows if hit.path.endswith(path))
    analyst.main.reading.open(hit.id)
    await analyst.press("f4")
    assert analyst.main.reading.article_id == hit.id
