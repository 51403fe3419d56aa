"""Everything a key can do: one registry for key bindings, footer, help, palette and documentation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Place = Literal["everywhere", "search", "results", "article", "entities", "notes"]
PLACES: tuple[Place, ...] = ("everywhere", "search", "results", "article", "entities", "notes")


@dataclass(frozen=True, slots=True)
class Action:
    """One thing the analyst can do.

    id: Textual's name for it: method `action_<id>` on the widget that owns `place` (the main screen for
        "everywhere"), or on the screen or app when it begins with `screen.` or `app.`.
    keys: Textual key names, the first of them shown. short: label in the footer, or empty to stay out of it.
    palette: whether the command palette offers it; movements stay out.
    """

    id: str
    place: Place
    keys: tuple[str, ...]
    english: str
    arabic: str
    short: tuple[str, str] = ("", "")
    palette: bool = False

    def label(self, language: str) -> str:
        return self.arabic if language == "ar" else self.english

    def short_label(self, language: str) -> str:
        return self.short[language == "ar"]


ACTIONS: tuple[Action, ...] = (
    # everywhere
    Action("help", "everywhere", ("f1", "question_mark"), "help for this place", "مساعدة هذا الموضع", ("help", "مساعدة"), True),
    Action("search", "everywhere", ("f2", "slash"), "go to the search box", "إلى خانة البحث", ("search", "بحث"), True),
    Action("results", "everywhere", ("f3",), "go to the results", "إلى النتائج", palette=True),
    Action("article", "everywhere", ("f4",), "go to the article", "إلى المقال", palette=True),
    Action("entities", "everywhere", ("f5", "e"), "show the entities", "عرض الأعلام", ("entities", "أعلام"), True),
    Action("notes", "everywhere", ("f6", "a"), "show the notes", "عرض الملاحظات", ("notes", "ملاحظات"), True),
    Action("app.display", "everywhere", ("f9",), "light or dark", "فاتح أو داكن", palette=True),
    Action("app.command_palette", "everywhere", ("f10", "colon"), "all commands", "كل الأوامر", ("menu", "أوامر")),
    Action("pane(1)", "everywhere", ("tab",), "next pane", "اللوح التالي"),
    Action("pane(-1)", "everywhere", ("shift+tab",), "previous pane", "اللوح السابق"),
    Action("undo", "everywhere", ("u",), "undo the last change to notes", "تراجع عن آخر تغيير في الملاحظات", palette=True),
    Action("redo", "everywhere", ("U",), "redo it", "إعادة ما تراجعت عنه", palette=True),
    Action("back", "everywhere", ("escape",), "back", "رجوع"),
    Action("app.leave", "everywhere", ("q", "ctrl+q"), "leave Kashaf", "مغادرة كشّاف", ("leave", "خروج"), True),
    # search box
    Action("screen.submit", "search", ("enter",), "search and go to the results", "ابحث وانتقل إلى النتائج", ("results", "النتائج")),
    Action("screen.results", "search", ("down",), "go to the results", "إلى النتائج"),
    # results
    Action("move(1)", "results", ("down", "j"), "next result", "النتيجة التالية"),
    Action("move(-1)", "results", ("up", "k"), "previous result", "النتيجة السابقة"),
    Action("page(1)", "results", ("pagedown",), "a page down", "صفحة إلى الأسفل"),
    Action("page(-1)", "results", ("pageup",), "a page up", "صفحة إلى الأعلى"),
    Action("edge(-1)", "results", ("home",), "first result", "أول نتيجة"),
    Action("edge(1)", "results", ("end",), "last result", "آخر نتيجة"),
    Action("open", "results", ("enter",), "read it", "قراءة المقال", ("read", "قراءة")),
    Action("screen.rung('exact')", "results", ("1",), "match words exactly", "مطابقة الكلمة كما كتبت", ("exact", "حرفي")),
    Action("screen.rung('folded')", "results", ("2",), "match without marks and variants", "تجاهل التشكيل وصور الهمزة", ("folded", "مطوي")),
    Action("screen.rung('stem')", "results", ("3",), "match by stem", "المطابقة بالجذع", ("stem", "جذع")),
    Action("screen.sort", "results", ("s",), "sort by relevance or date", "الترتيب بالصلة أو بالتاريخ", ("sort", "ترتيب"), True),
    Action("screen.why", "results", ("w",), "why it matched", "سبب المطابقة", ("why", "لماذا"), True),
    # article
    Action("line(1)", "article", ("down", "j"), "a line down", "سطر إلى الأسفل"),
    Action("line(-1)", "article", ("up", "k"), "a line up", "سطر إلى الأعلى"),
    Action("letter('left')", "article", ("left",), "a letter to the left", "حرف إلى اليسار"),
    Action("letter('right')", "article", ("right",), "a letter to the right", "حرف إلى اليمين"),
    Action("page(1)", "article", ("pagedown", "space"), "a page down", "صفحة إلى الأسفل"),
    Action("page(-1)", "article", ("pageup",), "a page up", "صفحة إلى الأعلى"),
    Action("edge(-1)", "article", ("home",), "beginning of the article", "أول المقال"),
    Action("edge(1)", "article", ("end",), "end of the article", "آخر المقال"),
    Action("hit(1)", "article", ("n",), "next hit", "المطابقة التالية", ("next hit", "التالي")),
    Action("hit(-1)", "article", ("N",), "previous hit", "المطابقة السابقة"),
    Action("result(1)", "article", ("right_square_bracket",), "next result", "المقال التالي", ("next", "مقال تال")),
    Action("result(-1)", "article", ("left_square_bracket",), "previous result", "المقال السابق"),
    Action("unit('paragraph', 1)", "article", ("right_curly_bracket", "p"), "next paragraph; marks it", "الفقرة التالية أو تعليمها"),
    Action("unit('paragraph', -1)", "article", ("left_curly_bracket", "P"), "previous paragraph", "الفقرة السابقة"),
    Action("unit('word', 1)", "article", ("w",), "next word; marks it", "الكلمة التالية أو تعليمها"),
    Action("unit('word', -1)", "article", ("b",), "previous word", "الكلمة السابقة"),
    Action("unit('sentence', 1)", "article", ("s",), "next sentence; marks it", "الجملة التالية أو تعليمها"),
    Action("unit('sentence', -1)", "article", ("S",), "previous sentence", "الجملة السابقة"),
    Action("mark", "article", ("v",), "mark, then widen by w s p and arrows", "بدء التعليم ثم توسيعه", ("mark", "تعليم"), True),
    Action("screen.highlight", "article", ("h",), "highlight what is marked", "تظليل المعلَّم", ("highlight", "تظليل"), True),
    Action("screen.note", "article", ("c",), "write a note on what is marked", "كتابة ملاحظة على المعلَّم", ("note", "ملاحظة"), True),
    Action("copy", "article", ("y",), "copy what is marked", "نسخ المعلَّم", palette=True),
    Action("tashkeel", "article", ("d",), "show or hide tashkeel", "إظهار التشكيل أو إخفاؤه", palette=True),
    Action("removed", "article", ("r",), "show what was removed from the file", "عرض ما حُذف من الملف", palette=True),
    # entities
    Action("move(1)", "entities", ("down", "j"), "next entity", "العَلَم التالي"),
    Action("move(-1)", "entities", ("up", "k"), "previous entity", "العَلَم السابق"),
    Action("page(1)", "entities", ("pagedown",), "a page down", "صفحة إلى الأسفل"),
    Action("page(-1)", "entities", ("pageup",), "a page up", "صفحة إلى الأعلى"),
    Action("edge(-1)", "entities", ("home",), "first entity", "أول علم"),
    Action("edge(1)", "entities", ("end",), "last entity", "آخر علم"),
    Action("open", "entities", ("enter",), "search it under all its spellings", "البحث عنه بكل صوره", ("search it", "ابحث عنه")),
    Action("mention", "entities", ("g",), "next mention in the article", "ذكره التالي في المقال", ("mention", "ذكره")),
    # notes
    Action("move(1)", "notes", ("down", "j"), "next note", "الملاحظة التالية"),
    Action("move(-1)", "notes", ("up", "k"), "previous note", "الملاحظة السابقة"),
    Action("page(1)", "notes", ("pagedown",), "a page down", "صفحة إلى الأسفل"),
    Action("page(-1)", "notes", ("pageup",), "a page up", "صفحة إلى الأعلى"),
    Action("edge(-1)", "notes", ("home",), "first note", "أول ملاحظة"),
    Action("edge(1)", "notes", ("end",), "last note", "آخر ملاحظة"),
    Action("open", "notes", ("enter",), "go to its words", "إلى موضعها", ("go there", "إلى موضعها")),
    Action("screen.edit", "notes", ("c",), "edit it", "تحريرها", ("edit", "تحرير")),
    Action("screen.trash", "notes", ("backspace", "delete"), "move it to the trash", "نقلها إلى المهملات", ("trash", "حذف")),
    Action("screen.export", "notes", ("E",), "export all notes as JSON", "تصدير الملاحظات بصيغة JSON", ("export", "تصدير"), True),
)  # fmt: skip


def actions_of(*places: Place) -> Iterator[Action]:
    """The actions of `places`, in the order of the registry."""
    return (action for action in ACTIONS if action.place in places)


_KEY_NAMES = {
    "question_mark": "?",
    "slash": "/",
    "colon": ":",
    "right_square_bracket": "]",
    "left_square_bracket": "[",
    "right_curly_bracket": "}",
    "left_curly_bracket": "{",
    "escape": "Esc",
    "enter": "↵",
    "down": "↓",
    "up": "↑",
    "left": "←",
    "right": "→",
    "pagedown": "PgDn",
    "pageup": "PgUp",
    "home": "Home",
    "end": "End",
    "space": "Space",
    "tab": "Tab",
    "shift+tab": "⇧Tab",
    "backspace": "⌫",
    "delete": "Del",
}


def key_name(key: str) -> str:
    """A key as the footer and the help show it."""
    if key in _KEY_NAMES:
        return _KEY_NAMES[key]
    if key.startswith("ctrl+"):
        return "^" + key.removeprefix("ctrl+")
    return key.upper() if len(key) > 1 and key[0] == "f" and key[1:].isdigit() else key


def footer_key(action: Action, *, typing: bool = False) -> str:
    """The key worth a place in the footer: the shortest, or while typing one that does not type."""
    names = [key_name(key) for key in action.keys if not typing or len(key_name(key)) > 1 or key == "enter"]
    return min(names or [key_name(action.keys[0])], key=len)
