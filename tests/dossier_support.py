"""A small case for the tests of dossiers and of REFI-QDA: every kind of note, every state, overlaps, a conflict."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from kashaf.corpus.article import Article, Metadata, Provenance
from kashaf.corpus.identity import text_sha256
from kashaf.export.bundle import Bundle
from kashaf.export.gathering import gather
from kashaf.notes.anchoring import make_target
from kashaf.notes.codebook import Code, Codebook
from kashaf.notes.model import (
    ArticleTarget,
    EntityTarget,
    Kind,
    Note,
    SearchTarget,
    Target,
    WordsTarget,
)
from kashaf.notes.versions import amended, first

HARBOUR = (
    "بلدية المرفأ تفتح سوق السمك من جديد\n"
    "أعلنت بلدية المرفأ يوم الأحد أن سوق السمك سيعود إلى العمل بعد ترميم دام سنتين كاملتين.\n"
    "وقال رئيس البلدية إن الترميم كلف مليوني دينار، وإن التجار سيدفعون نصف الإيجار القديم.\n"
    "وأضاف أحد الصيادين أن السوق القديم كان أقرب إلى البحر، وأن الناس اعتادوا عليه منذ زمن بعيد."
)
BREAD = (
    "المخابز تطلب رفع سعر الرغيف\n"
    "قالت نقابة المخابز إن كلفة الطحين زادت ثلاثين في المئة منذ الربيع، وإن الأفران الصغيرة تخسر.\n"
    "وردت وزارة التموين بأن السعر لن يتغير قبل نهاية العام، وذكرت شبكة CNN أن الدعم باقٍ 🍞 كما هو.\n"
    "وينتظر الخبازون اجتماعًا ثانيًا مع الوزير يوم الخميس المقبل في العاصمة."
)

CODEBOOK = Codebook(
    (
        Code("اقتصاد", "#009e73", "أسعار وأجور وتجارة", ("رفع سعر الرغيف",)),
        Code("اقتصاد/أسعار"),
        Code("مصادر/مجهولة", "#d55e00", "قول بلا قائل مسمى"),
        Code("أرقام", "#f0e442"),
        Code("بلا ملاحظات", "#0072b2", "رمز لم يُستعمل"),
    )
)


def article(text: str, article_id: str, outlet: str, day: date) -> Article:
    title, _, _ = text.partition("\n")
    return Article(
        id=article_id,
        text=text,
        metadata=Metadata(
            title=title,
            outlet=outlet,
            author="ليلى الساحلي",
            published=day,
            published_evidence="line 2",
            url="https://press.example/1?a=1&b=2",
        ),
        provenance=Provenance(path=f"{article_id}.txt", member="", sha256="5" * 64),
        body_start=len(title) + 1,
        text_sha256=text_sha256(text),
    )


ARTICLES = {
    one.id: one
    for one in (
        article(HARBOUR, "0a1b2c3d4e5f", "صحيفة المرفأ", date(2025, 3, 23)),
        article(BREAD, "1b2c3d4e5f60", "وكالة السنابل", date(2025, 4, 2)),
    )
}
_HARBOUR, _BREAD = ARTICLES.values()


def words(of: Article, quote: str) -> WordsTarget:
    start = of.text.index(quote)
    return make_target(of, start, start + len(quote))


def before(of: Article, text: str) -> Article:
    """The article as it was in an earlier revision."""
    return replace(of, text=text, text_sha256=text_sha256(text))


def note(
    number: int, target: Target, kind: Kind = "note", body: str = "", tags: tuple[str, ...] = ()
) -> Note:
    """A note of which everything else depends on `number`."""
    day = f"2025-05-{1 + number % 28:02}T10:00:00Z"
    return first(
        Note(
            id=f"0195d3c0-0000-7000-8000-{number:012x}",
            target=target,
            body=body,
            tags=tags,
            kind=kind,
            author=("سعاد", "Marwan", "")[number % 3],
            created=day,
            modified=day,
        )
    )


def case_notes() -> tuple[Note, ...]:
    about = words(_BREAD, "المخابز")
    gone = replace(_HARBOUR, id="ffffeeee0000")
    longer = before(_HARBOUR, HARBOUR.replace("\nوقال", "\nسطر حُذف فيما بعد من وسط المقال.\nوقال"))
    dearer = before(_BREAD, BREAD.replace("ثلاثين في المئة", "خمسين في المئة"))
    fuller = before(_BREAD, BREAD + "\nوقال مصدر مطلع إن القرار اتُّخذ فعلًا وسيُعلن بعد العيد مباشرة.")
    edited = note(2, words(_HARBOUR, "الترميم كلف مليوني دينار"), "claim", "رقم بلا وثيقة.", ("أرقام",))
    edited = (
        amended(edited, replace(edited, status="disputed"), at="2025-05-20T08:00:00Z", author="Marwan")
        or edited
    )
    ours = note(12, words(_HARBOUR, "أحد الصيادين"), "question", "من هو؟", ("مصادر/مجهولة",))
    theirs = amended(ours, replace(ours, body="صياد بلا اسم"), at="2025-05-21T08:00:00Z", author="سعاد")
    ours = amended(ours, replace(ours, body="من يكون؟"), at="2025-05-21T09:00:00Z", author="Marwan") or ours
    assert theirs is not None
    prices, numbers, nameless = "اقتصاد/أسعار", "أرقام", "مصادر/مجهولة"
    whole = ArticleTarget(
        _BREAD.id, _BREAD.text_sha256, about.title, about.outlet, about.published, about.source_sha256
    )
    moved = note(5, words(longer, "التجار سيدفعون نصف الإيجار القديم"), "claim", "", (prices,))
    link = note(13, words(_BREAD, "الدعم باقٍ 🍞 كما هو"), "link", "القولان لا يتفقان.", (numbers,))
    overlapping = words(_HARBOUR, "السمك سيعود إلى العمل بعد ترميم")
    changed = words(dearer, "كلفة الطحين زادت خمسين في المئة منذ الربيع")
    orphan = words(fuller, "القرار اتُّخذ فعلًا وسيُعلن بعد العيد مباشرة")
    search = SearchTarget('"سعر الرغيف" date:2025', "stem", "all")
    markup = "Runs over *two* paragraphs <b>&amp;</b>"
    return (
        note(1, words(_HARBOUR, "سوق السمك سيعود إلى العمل"), "highlight", "", ("اقتصاد",)),
        edited,
        note(3, overlapping, "note", "يُنظر مع 1.\n\n- بند", (prices, numbers)),
        note(4, words(_HARBOUR, "كاملتين.\nوقال رئيس"), "note", markup, ("كلمة حرة",)),
        replace(moved, confidence="high"),
        note(6, changed, "claim", "تغيّر الرقم!", (numbers,)),
        note(7, orphan, "note", "حُذفت.", (nameless,)),
        note(8, words(gone, "سوق السمك"), "highlight", "", ("اقتصاد",)),
        note(9, whole, "note", "المقال كله من بيان واحد.", (nameless,)),
        note(10, EntityTarget("وزارة التموين", "organization"), "question", "أهي نفسها وزارة التجارة؟"),
        note(11, search, "note", "لا شيء قبل نيسان.", (numbers,)),
        replace(ours, versions=(*ours.versions, theirs.versions[-1])),
        replace(link, other=words(_HARBOUR, "مليوني دينار")),
    )


def case() -> Bundle:
    """Thirteen notes: one moved, one changed, one orphan, one whose article is missing, and the rest in place."""
    return gather(case_notes(), codebook=CODEBOOK, article=ARTICLES.get)
