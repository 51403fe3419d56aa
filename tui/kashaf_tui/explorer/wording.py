"""What the interface says, in English and Arabic."""

from __future__ import annotations

from typing import Final, Literal

LANGUAGES: Final = ("en", "ar")

_TEXTS: Final[dict[str, tuple[str, str]]] = {
    "articles": ("{n} articles", "{n} مقالًا"),
    "index of": ("index of {time}", "فهرس {time}"),
    "query": ("words, \"phrases\", -without, outlet:NAME, date:2025-10", "كلمات، \"عبارات\"، -استبعاد، outlet:صحيفة، date:2025-10"),
    "search": ("Search", "بحث"),
    "results": ("Results", "النتائج"),
    "article": ("Article", "المقال"),
    "entities": ("Entities", "الأعلام"),
    "notes": ("Notes", "الملاحظات"),
    "all words": ("all words", "كل الكلمات"),
    "by date": ("by date", "حسب التاريخ"),
    "by relevance": ("by relevance", "حسب الصلة"),
    "exact": ("exact", "حرفي"),
    "folded": ("folded", "مطوي"),
    "stem": ("stem", "جذع"),
    "searching": ("searching…", "جارٍ البحث…"),
    "no outlet": ("no outlet", "بلا مصدر"),
    "no date": ("no date", "بلا تاريخ"),
    "words": ("{n} words", "{n} كلمة"),
    "hit": ("hit {n}/{all}", "مطابقة {n}/{all}"),
    "hits": ("{all} hits", "{all} مطابقة"),
    "notes badge": ("● {n}", "● {n}"),
    "people": ("people", "أشخاص"),
    "places": ("places", "أماكن"),
    "organisations": ("organisations", "منظمات"),
    "of article": ("in this article", "في هذا المقال"),
    "of corpus": ("in all articles", "في كل المقالات"),
    "no index": (
        "Nothing is indexed yet.\nLeave with q, then run:\nkashaf index FOLDER\nor try the sample corpus:\nkashaf demo",
        "لا مقالات بعد.\nاخرج بالمفتاح q ثم نفّذ:\nkashaf index FOLDER\nأو جرّب العيّنة:\nkashaf demo",
    ),
    "no hits": (
        "No article has all these words.\nTry fewer words, or\nanother spelling.",
        "لا مقال فيه كل هذه الكلمات.\nجرّب كلمات أقل\nأو إملاء آخر.",
    ),
    "no hits at rung": (
        "No article has all these words\nat this rung.\nTry a wider one (3), or fewer words.",
        "لا مقال فيه كل هذه الكلمات\nعند هذه الدرجة.\nجرّب درجة أوسع (3) أو كلمات أقل.",
    ),
    "proclitic": ("proclitic", "سابقة"),
    "orphan note": ("The words of this note are no longer in the article", "كلمات هذه الملاحظة لم تعد في المقال"),
    "changed note": ("The words of this note have changed; this may be their place", "تغيّرت كلمات هذه الملاحظة؛ لعل هذا موضعها"),
    "draft kept": ("Kept from last time · F2 saves · Esc drops it", "محفوظة من المرة السابقة · F2 يحفظ · Esc يهملها"),
    "newer index": ("a newer index is open", "فُتح فهرس أحدث"),
    "no article": ("Choose a result with ↓ ↑,\nread it with Enter.", "اختر نتيجة بالسهمين\nواقرأها بمفتاح الإدخال."),
    "no entities": ("No entities yet.\nThey are read in the background\nafter indexing.", "لا أعلام بعد.\nتُستخرج في الخلفية\nبعد الفهرسة."),
    "no notes": (
        "No notes yet.\nIn the article:\nv marks words,\nw s p widen the mark,\nh highlights it,\nc writes a note.",
        "لا ملاحظات بعد.\nفي المقال:\nv يعلّم الكلمات\nوw s p توسّع التعليم\nوh يظلله\nوc يكتب ملاحظة.",
    ),
    "mark first": ("Mark words first: v, then w s p", "علّم الكلمات أولًا: v ثم w s p"),
    "saving": ("saving…", "جارٍ الحفظ…"),
    "saved": ("saved {time}", "حُفظ {time}"),
    "not saved": ("COULD NOT SAVE: {why}", "تعذّر الحفظ: {why}"),
    "read only": ("notes are read-only", "الملاحظات للقراءة فقط"),
    "reading entities": ("entities {done}/{total}", "الأعلام {done}/{total}"),
    "unsaved": ("Notes are not saved yet. Press q again to leave all the same.", "ملاحظات لم تُحفظ بعد. اضغط q مرة أخرى للمغادرة."),
    "copied": ("copied: {text}", "نُسخ: {text}"),
    "exported": ("exported {n} notes to {path}", "صُدّرت {n} ملاحظات إلى {path}"),
    "trashed": ("moved to the trash; u brings it back", "نُقلت إلى المهملات؛ u يعيدها"),
    "nothing to undo": ("nothing to undo", "لا شيء للتراجع عنه"),
    "nothing removed": ("nothing was removed from this file", "لم يُحذف شيء من هذا الملف"),
    "removed": ("Removed from the file", "حُذف من الملف"),
    "line": ("line {n}", "سطر {n}"),
    "why": ("Why it matched", "سبب المطابقة"),
    "help": ("Keys", "المفاتيح"),
    "everywhere": ("Everywhere", "في كل موضع"),
    "palette": ("Search for commands…", "ابحث عن أمر…"),
    "close": ("Esc closes", "Esc يغلق"),
    "note editor": ("Note", "ملاحظة"),
    "tags": ("tags, parted by spaces", "وسوم تفصلها مسافات"),
    "editor keys": ("F2 saves · Tab next field · Esc cancels", "F2 يحفظ · Tab الحقل التالي · Esc يلغي"),
    "discard": ("Press Esc again to drop what you wrote", "اضغط Esc مرة أخرى لإهمال ما كتبت"),
    "too small": ("Kashaf needs 60×15 cells; this is {w}×{h}", "يحتاج كشّاف إلى 60×15 خانة؛ المتاح {w}×{h}"),
    "moved": ("moved", "انتقلت"),
    "changed": ("changed", "تغيّر النص"),
    "orphan": ("orphan", "بلا موضع"),
    "marked": ("marked: w s p widen · h highlight · c note · Esc", "معلَّم: w s p توسّع · h تظليل · c ملاحظة · Esc"),
    "gone": ("The article of this note is not in the index", "مقال هذه الملاحظة ليس في الفهرس"),
}  # fmt: skip


def texts() -> dict[str, tuple[str, str]]:
    """Every text with its translations, for the test that none is missing."""
    return dict(_TEXTS)


class Wording:
    """The texts of one language."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._at = LANGUAGES.index(language)

    @property
    def base(self) -> Literal["rtl", "ltr"]:
        """The direction of the interface's own lines, which may hold words of either direction."""
        return "rtl" if self.language == "ar" else "ltr"

    def __call__(self, key: str, **values: object) -> str:
        return _TEXTS[key][self._at].format(**values)
