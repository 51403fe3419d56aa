"""The words that a dossier says itself, in English and Arabic. Counts stand after a colon: no plural is needed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kashaf.errors import UsageError

if TYPE_CHECKING:
    from kashaf.export.standing import State
    from kashaf.notes.anchoring import Why
    from kashaf.notes.model import Confidence, Kind, Status


@dataclass(frozen=True, slots=True)
class Wording:
    """right_to_left: the way of the page. stands: a whole sentence on where the words are. whys: after it."""

    language: str
    right_to_left: bool
    title: str
    contents: str
    notes: str
    note: str
    articles: str
    codes: str
    authors: str
    written: str
    to: str
    untagged: str
    elsewhere: str
    index_of_codes: str
    index_of_articles: str
    no_notes: str
    whole_article: str
    entity: str
    search: str
    link: str
    marked_words: str
    words_now: str
    nearby: str
    tags: str
    kind: str
    confidence: str
    status: str
    author: str
    changed_on: str
    versions: str
    unsettled: str
    outlet: str
    published: str
    undated: str
    place: str
    paragraph: str
    in_title: str
    characters: str
    citation: str
    untitled: str
    page: str
    skip: str
    state: str
    colon: str
    comma: str
    quotes: tuple[str, str]
    kinds: Mapping[Kind, str]
    confidences: Mapping[Confidence, str]
    statuses: Mapping[Status, str]
    entity_types: Mapping[str, str]
    rungs: Mapping[str, str]
    matches: Mapping[str, str]
    states: Mapping[State, str]
    stands: Mapping[State, str]
    article_stands: Mapping[State, str]
    whys: Mapping[Why, str]


_EN: Final = Wording(
    language="en",
    right_to_left=False,
    title="Dossier",
    contents="Contents",
    notes="Notes",
    note="Note",
    articles="Articles",
    codes="Codes",
    authors="Authors",
    written="Written",
    to="to",
    untagged="Without a code",
    elsewhere="Also under this code",
    index_of_codes="Index of codes",
    index_of_articles="Index of articles",
    no_notes="There are no notes.",
    whole_article="On the article as a whole",
    entity="Entity",
    search="Search",
    link="Linked with",
    marked_words="The words as marked",
    words_now="What stands there now",
    nearby="Marked here too",
    tags="Codes",
    kind="Kind",
    confidence="Confidence",
    status="Status",
    author="By",
    changed_on="Changed",
    versions="Versions",
    unsettled="Conflict: versions of this note are not settled yet; one of them is shown.",
    outlet="Outlet",
    published="Published",
    undated="no date stated",
    place="Place",
    paragraph="paragraph {}",
    in_title="title",
    characters="characters {}–{}",
    citation="Citation",
    untitled="Without a title",
    page="Page",
    skip="To the notes",
    state="The words now",
    colon=": ",
    comma=", ",
    quotes=("“", "”"),
    kinds={
        "highlight": "Highlight",
        "note": "Note",
        "question": "Question",
        "claim": "Claim",
        "link": "Link",
    },
    confidences={"": "not said", "low": "low", "medium": "medium", "high": "high"},
    statuses={"open": "open", "confirmed": "confirmed", "disputed": "disputed", "closed": "closed"},
    entity_types={"person": "person", "place": "place", "organization": "organization"},
    rungs={"exact": "exact", "folded": "folded", "stem": "stem", "root": "root"},
    matches={"all": "all words", "any": "any word"},
    states={
        "exact": "in place",
        "moved": "moved",
        "changed": "changed",
        "orphan": "not found",
        "missing": "article missing",
    },
    stands={
        "exact": "In place: the words stand where they were marked.",
        "moved": "Moved: the same words stand elsewhere in the article now.",
        "changed": "Changed: the article no longer says this as it was marked. Nobody has confirmed the new words.",
        "orphan": "Not found in the article as it is now.",
        "missing": "Not looked at: the article is not at hand.",
    },
    article_stands={
        "exact": "The article is as it was when the note was written.",
        "moved": "The article is as it was when the note was written.",
        "changed": "Changed: the article's text is not the one that the note was written on.",
        "orphan": "Not found.",
        "missing": "Not looked at: the article is not at hand.",
    },
    whys={
        "": "",
        "spelling": "Only spelling or punctuation differs.",
        "words": "The words differ.",
        "around": "What stands around the words differs.",
        "text": "",
        "alike": "Several places are alike, and nothing tells which of them was marked.",
        "gone": "These words no longer stand in it.",
        "missing": "",
    },
)

_AR: Final = Wording(
    language="ar",
    right_to_left=True,
    title="ملف الملاحظات",
    contents="المحتويات",
    notes="الملاحظات",
    note="الملاحظة",
    articles="المقالات",
    codes="الرموز",
    authors="أصحاب الملاحظات",
    written="كُتبت",
    to="إلى",
    untagged="بلا رمز",
    elsewhere="تحت هذا الرمز أيضًا",
    index_of_codes="فهرس الرموز",
    index_of_articles="فهرس المقالات",
    no_notes="لا ملاحظات.",
    whole_article="على المقال كله",
    entity="كيان",
    search="بحث",
    link="يصلها الرابط بـ",
    marked_words="الكلمات كما حُدِّدت",
    words_now="ما في موضعها الآن",
    nearby="محدَّد هنا أيضًا",
    tags="الرموز",
    kind="النوع",
    confidence="الثقة",
    status="الوضع",
    author="كتبها",
    changed_on="عُدِّلت",
    versions="عدد النسخ",
    unsettled="تعارض: نسخ هذه الملاحظة لم يُفصل بينها بعد؛ المعروض إحداها.",
    outlet="المصدر",
    published="تاريخ النشر",
    undated="لا تاريخ مذكورًا",
    place="الموضع",
    paragraph="الفقرة {}",
    in_title="العنوان",
    characters="المحارف {}–{}",
    citation="التوثيق",
    untitled="بلا عنوان",
    page="صفحة",
    skip="إلى الملاحظات",
    state="الكلمات الآن",
    colon=": ",
    comma="، ",
    quotes=("«", "»"),
    kinds={
        "highlight": "تظليل",
        "note": "ملاحظة",
        "question": "سؤال",
        "claim": "ادعاء",
        "link": "رابط",
    },
    confidences={"": "لم تُذكر", "low": "ضعيفة", "medium": "متوسطة", "high": "عالية"},
    statuses={"open": "مفتوحة", "confirmed": "مؤكدة", "disputed": "محل خلاف", "closed": "مغلقة"},
    entity_types={"person": "شخص", "place": "مكان", "organization": "جهة"},
    rungs={"exact": "حرفي", "folded": "مطوي", "stem": "الجذع", "root": "الجذر"},
    matches={"all": "كل الكلمات", "any": "أي كلمة"},
    states={
        "exact": "في موضعها",
        "moved": "انتقلت",
        "changed": "تغيّرت",
        "orphan": "بلا موضع",
        "missing": "المقال غائب",
    },
    stands={
        "exact": "في موضعها: الكلمات حيث حُدِّدت.",
        "moved": "انتقلت: الكلمات نفسها في موضع آخر من المقال الآن.",
        "changed": "تغيّرت: لم يعد المقال يقول هذا كما حُدِّد، ولم يؤكد أحد الكلمات الجديدة.",
        "orphan": "لم توجد في المقال كما هو الآن.",
        "missing": "لم يُنظر فيها: المقال ليس في المتناول.",
    },
    article_stands={
        "exact": "المقال على حاله منذ كُتبت الملاحظة.",
        "moved": "المقال على حاله منذ كُتبت الملاحظة.",
        "changed": "تغيّر: نص المقال غير النص الذي كُتبت عليه الملاحظة.",
        "orphan": "لم يوجد.",
        "missing": "لم يُنظر فيها: المقال ليس في المتناول.",
    },
    whys={
        "": "",
        "spelling": "الاختلاف في الإملاء أو الترقيم وحده.",
        "words": "اختلفت الكلمات.",
        "around": "اختلف ما حول الكلمات.",
        "text": "",
        "alike": "تتشابه مواضع عدة، ولا شيء يدل على المقصود منها.",
        "gone": "لم تعد هذه الكلمات فيه.",
        "missing": "",
    },
)


def wording(language: str) -> Wording:
    """The words of a language: `en` or `ar`. Raises UsageError for any other."""
    for one in (_EN, _AR):
        if one.language == language:
            return one
    raise UsageError(f"a dossier is not written in {language}", cure="Give en or ar")
