"""The words beside a verb that name whoever speaks: a name, a title with its name, a body, an unnamed source."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from kashaf.entities.model import Mention
from kashaf.entities.quotes import words
from kashaf.entities.quotes.memory import SAME, Memory, Speaker, same_one
from kashaf.entities.quotes.outline import COMMA, SENTENCE, Outline
from kashaf.entities.quotes.verbs import Gender, forms
from kashaf.entities.rules.booknames import describes
from kashaf.entities.rules.cues import NEVER, word_set

#: Words within which a title's name is looked for; words that an unnamed speaker has at most.
TITLE: Final = 24
_SOURCE: Final = "مصدر"
_DOCTOR: Final = "د"
_ISSUED: Final = 5
_ISSUED_BY: Final = word_set("صادر صادرة الصادر الصادرة")
UNNAMED: Final = 8
#: Words of a title that may stand before the comma behind which its name comes.
_NEAR: Final = 4

_SPEECH_NOUNS: Final = frozenset(
    words.bare(word)
    for word in (
        "بيان",
        "بلاغ",
        "تقرير",
        "متحدث",
        "ناطق",
        "قياده",
        "اداره",
        "بيانات",
        "ارقام",
        "تقديرات",
        "معطيات",
        "معلومات",
        "رييس",
        "مكتب",
    )
)
_HONORIFICS: Final = word_set(
    "دكتور سيناتور جنرال سماحة فضيلة جلالة سمو شيخ سيد سيدة أستاذ آية حجة معالي سعادة غبطة قداسة"
)
_PLURALS: Final = word_set(
    """مصدر مصادر المصادر شهود مراقبون محللون خبراء مسؤولون مسؤولين سكان أهالي أهالي ناشطون نشطاء دبلوماسيون أطباء
    الأهالي السكان المراقبون المحللون الخبراء صيادون مزارعون تجار عمال نازحون لاجئون بعضهم أحدهم البعض"""
)
_BY_SAYING: Final = word_set("بالقول بقوله بقولها بقولهم")
_TIMES_OF: Final = word_set("وقت هذا ذات نفس السياق المقابل غضون هذه حينه الأثناء الوقت")
_TIMES: Final = word_set("يوم ليلة عشية لحظة ساعة مرة عام غداة صبيحة عشي فور حرفيا مباشرة كلاما كلمته كلمتها")
_SIDES: Final = word_set("جهته جهتها جانبه جانبها جهتهم جهة جانب جهتهما")
_TO_WHOM: Final = word_set(
    "للصحفيين للصحافيين للصحافة للصحفيات لمراسلنا له لها لهم للإذاعة للتلفزيون لنا لي للوكالة للصحيفة للموقع للقناة"
    " عليه عليها عليهم"
)


class Subjects:
    """Reads forward from a word."""

    def __init__(self, outline: Outline, memory: Memory) -> None:
        self._outline = outline
        self._page = outline.page
        self._memory = memory

    def read(self, first: int, stop: int, *, strict: bool = False, any_noun: bool = False) -> Speaker | None:
        """The speaker whose words begin at `first` and end before `stop`; None when none are there.

        strict: what is said follows at once, without أن or a mark; so no further than the title goes.
        any_noun: whatever noun stands there speaks, behind a verb that takes no object: «تقول سجلات الإدارة إن».
        """
        page, outline = self._page, self._outline
        at = self._past_adverbs(first, stop)
        if at >= stop:
            return None
        found = outline.mention_from(at)
        if found is not None:
            return self._memory.named(at, found)
        head = page.folds[at]
        after = page.fold_at(at + 1) if at + 1 < stop else ""
        if head in SAME and after:
            at += 1
            head, after = after, head
        if same_one(after) and (last := self._same(at, head)) is not None:
            return last
        if head == _DOCTOR and (named := outline.mention_from(at + 1)) is not None and at + 1 < stop:
            return self._memory.named(at + 1, named)
        if (issued := self._issued_by(at, stop)) is not None:
            return issued
        if head in words.PRONOUNS:
            return self._memory.recall("f" if head.endswith(("ها", "هي")) else "m")
        if head in words.SOURCES or _role_of(head):
            return self._titled(at, stop, strict=strict)
        if head in words.BODIES:
            return self._body(at, stop)
        if strict or head in words.STOPS or head in words.WITHIN or head in forms() or len(head) < 3:
            return None
        if outline.at[at] >= 0 and outline.words[outline.at[at]][0] == at:
            return Speaker(at, outline.words[outline.at[at]][1], None, "any", 0.7)
        titled = self._titled(at, stop, strict=False)
        if titled.mention is not None and titled.mention.type == "person":
            return replace(titled, sure=0.8)
        for near in range(at + 1, min(at + 4, stop)):
            if outline.flags[near] & (COMMA | SENTENCE):
                break
            found = outline.mention_from(near)
            if found is not None and found.type == "person":
                return replace(self._memory.named(near, found), sure=0.6)
        if head.startswith(("ل", "ب")) and not head.startswith(("لل", "بن")):
            return None
        if any_noun and head[0] not in "لب" and head not in NEVER and head not in _TIMES:
            unnamed = self.unnamed(at, stop, 0.6)
            if unnamed.last > at or head.startswith("ال"):  # not «تقول ضاحكة»
                return unnamed
            return None
        return self.unnamed(at, stop, 0.45) if head.startswith("ال") and stop - at <= UNNAMED else None

    def _same(self, at: int, head: str) -> Speaker | None:
        """«المصدر نفسه», «ذات المتحدث»: the last who spoke, unless the word describes another."""
        if words.bare(head) != _SOURCE and not (head in words.SOURCES and head.startswith("ال")):
            return None
        if words.bare(head) != _SOURCE:
            described = self._memory.again(Speaker(at, at, None, "any", 1.0), person=True)
            if described is not None:
                return described
        return self._memory.recall("any")

    def _issued_by(self, at: int, stop: int) -> Speaker | None:
        """«نشرة صادرة عن الهيئة»."""
        folds, outline = self._page.folds, self._outline
        for word in range(at + 1, min(at + _ISSUED, stop - 2)):
            if folds[word] in _ISSUED_BY and folds[word + 1] == "عن":
                found = outline.mention_from(word + 2)
                return None if found is None else self._memory.named(word + 2, found, 0.85)
        return None

    def _past_adverbs(self, at: int, stop: int) -> int:
        """Behind «أمس», «في وقت سابق», «لوكالة فلان», «للصحفيين»."""
        folds, outline = self._page.folds, self._outline
        while at < stop:
            word = folds[at]
            if word in words.ADVERBS:
                at += 1
            elif word == "في" and at + 1 < stop and folds[at + 1] in _TIMES_OF:
                at += 3
            elif word == "من" and at + 1 < stop and folds[at + 1] in _SIDES:
                at += 2
            elif word == "ل" and at + 1 < stop and self._is_body(at + 1):
                at = outline.spans[outline.named[at + 1]][1] + 1
            elif word.startswith("ل") and (found := outline.mention_within(at)) is not None:
                if outline.mention_from(at) is found:
                    break
                at = outline.spans[outline.named[at]][1] + 1
            elif word in _TO_WHOM or (word[:1] == "ل" and word[1:] in words.BODIES):
                at += 1
                if at < stop and self._is_body(at):
                    at = outline.spans[outline.named[at]][1] + 1
            else:
                break
        return at

    def _is_body(self, word: int) -> bool:
        found = self._outline.mention_within(word)
        return found is not None and found.type != "person"

    def _titled(self, at: int, stop: int, *, strict: bool) -> Speaker:
        """«المبعوث الأميركي الخاص إلى سوريا، توم براك»: a title, and the name if one follows."""
        page, outline = self._page, self._outline
        head = page.folds[at]
        of_body: Mention | None = None
        body_word = -1
        definite = head.startswith("ال")
        end = min(stop, at + (10 if strict else TITLE))
        word = at + 1
        while word < end and head not in _PLURALS:
            flags, fold = outline.flags[word], page.folds[word]
            if flags & SENTENCE:
                break
            if strict and flags & COMMA:
                if (beside := self._in_apposition(word)) is not None:
                    return beside
                break
            found = outline.mention_within(word)
            if found is not None and fold in words.IN_NAME_OF:
                found = None  # «الناطق باسم الحركة», not somebody called باسم
            if found is not None and found.type == "person":
                if outline.mention_from(word) is None:
                    break
                if not (
                    word == at + 1 and not definite and head in words.OTHERS_MEN and head not in _HONORIFICS
                ):
                    return self._memory.named(word, found, 0.95 if word - at < 6 else 0.85)
            if found is not None:
                if page.folds[word - 1] in words.IN_NAME_OF and found.type != "person":
                    of_body, body_word = found, word
                elif _to(fold) and found.type == "organization":
                    if (named := self._behind_body(word, end)) is not None:
                        return named
                    break
                word = outline.spans[outline.named[word]][1] + 1
                continue
            if fold in words.IN_NAME_OF:
                if (
                    word + 1 < end
                    and page.folds[word + 1] in words.BODIES
                    and outline.mention_from(word + 1) is None
                ):
                    body = self._body(word + 1, end)
                    if body.mention is not None:
                        of_body, body_word = body.mention, word + 1
            elif _to(fold) and (named := self._behind_body(word, end)) is not None:
                return named
            elif self._ends_title(word, end):
                break
            elif strict and not self._goes_on(at, word):
                near = range(word, min(word + _NEAR, end))
                comma = next((one for one in near if outline.flags[one] & (COMMA | SENTENCE)), -1)
                if comma >= 0 and (beside := self._in_apposition(comma)) is not None:
                    return beside
                break
            word += 1
        if of_body is not None:
            return Speaker(body_word, body_word, of_body, "any", 0.8)
        unnamed = self.unnamed(at, stop, 0.8, strict=strict)
        if head in _PLURALS:
            return unnamed
        return self._memory.again(unnamed, person=True) or self._memory.met_before(unnamed) or unnamed

    def _in_apposition(self, word: int) -> Speaker | None:
        """«رئيس الإقليم، فلان، وجود عطب»: a name between two commas."""
        outline = self._outline
        found = outline.mention_from(word)
        if found is None or found.type != "person":
            return None
        behind = outline.spans[outline.named[word]][1] + 1
        closed = behind < len(self._page) and outline.flags[behind] & COMMA
        return self._memory.named(word, found, 0.85) if closed else None

    def _behind_body(self, word: int, end: int) -> Speaker | None:
        """«الأمين العام لجامعة الدول أحمد …», «مدير لشركة كذا، فلان»: the name right behind the body of a title."""
        outline = self._outline
        for at in (word, word + 1):
            body = outline.mention_within(at)
            if body is None:
                continue
            behind = outline.spans[outline.named[at]][1] + 1
            found = outline.mention_from(behind) if behind < end else None
            if body.type == "person" or found is None or found.type != "person":
                return None
            return None if outline.flags[behind] & SENTENCE else self._memory.named(behind, found, 0.85)
        return None

    def _ends_title(self, word: int, end: int) -> bool:
        """Whether a word is no part of a title any more: «في حديث», a verb of saying, a preposition."""
        fold = self._page.folds[word]
        if fold in words.STOPS and fold not in words.WITHIN:
            return True
        if fold in words.PRONOUNS or fold in words.RELATIVES or (_to(fold) and fold[1:] in words.BODIES):
            return True
        if fold == "في" and word + 1 < end and words.bare(self._page.folds[word + 1]) in words.UTTERANCES:
            return True
        form = forms().get(fold)
        return form is not None and not form.weak and self._outline.at[word] < 0 and fold not in words.SOURCES

    def _goes_on(self, at: int, word: int) -> bool:
        """Whether a word still belongs to the title that begins at `at`, when nothing marks where it ends."""
        fold = self._page.folds[word]
        if word == at + 1 and not self._page.folds[at].startswith("ال"):
            return True
        return (
            fold.startswith(("ال", "لل"))
            or describes(fold)
            or fold in words.WITHIN
            or self._outline.at[word] >= 0
        )

    def _body(self, at: int, stop: int) -> Speaker:
        """«الوزارة», «بيان للتحالف»: the body that was named so before, or that is named behind."""
        page, outline = self._page, self._outline
        head = words.bare(page.folds[at])
        for word in range(at + 1, min(at + 5, stop)):
            if outline.flags[word] & (COMMA | SENTENCE) or page.folds[word] in words.STOPS:
                break
            found = outline.mention_within(word)
            if found is None:
                continue
            if found.type == "person" and head not in _SPEECH_NOUNS:
                break
            if head in _SPEECH_NOUNS or (word == at + 1 and found.type == "organization"):
                return replace(self._memory.named(word, found, 0.8))
            break
        unnamed = self.unnamed(at, stop, 0.7)
        return self._memory.again(unnamed, person=False) or unnamed

    def unnamed(self, at: int, stop: int, sure: float, *, strict: bool = False) -> Speaker:
        """«مصدر أمني في وزارة الداخلية»: the words of a speaker without a name."""
        page, outline = self._page, self._outline
        last, stretch = at, outline.at[at]
        if stretch >= 0 and outline.words[stretch][0] == at:
            last = outline.words[stretch][1]
            stop = at  # whole as it is
        for word in range(at + 1, min(at + UNNAMED, stop)):
            if outline.flags[word] & (COMMA | SENTENCE) or self._ends_unnamed(at, word, stop):
                break
            if strict and not self._goes_on(at, word):
                break
            last = word
        while last > at and page.folds[last] in words.WITHIN:
            last -= 1
        head = page.folds[at]
        gender: Gender = (
            "f" if head.endswith(("ه", "ات")) or words.bare(head) in {"مصادر", "وسايل", "ارقام"} else "m"
        )
        return Speaker(at, last, None, gender, sure)

    def _ends_unnamed(self, at: int, word: int, stop: int) -> bool:
        """Whether the words that name an unnamed speaker, from `at` on, are over before a word."""
        folds, outline = self._page.folds, self._outline
        fold = folds[word]
        if fold in words.WITHIN:
            behind = folds[word + 1] if word + 1 < stop else ""
            return fold == "في" and (words.bare(behind) in words.UTTERANCES or behind in _TIMES_OF)
        if outline.at[word] >= 0 or outline.named[word] >= 0:
            return _to(fold) and outline.mention_from(word) is None
        if fold in NEVER or fold in words.ADVERBS or fold in words.THAT or fold in _TO_WHOM or fold == "ل":
            return True
        if fold[0] == "ل" and (fold[1:] in words.SOURCES or fold[1:] in words.BODIES):
            return True
        if word - at > 1 and folds[word - 1] in words.WITHIN:
            return False
        if folds[at].startswith("ال"):
            # «الوزيرة الجديدة», not «النادي صورة», «المؤسسة المواطنين».
            return fold in _BY_SAYING or not fold.startswith(("ال", "لل", "ب")) or fold.endswith(("ين", "ون"))
        # «مسؤول حزبي» is whole, «وزير الري» is not.
        return fold.startswith("ال") and folds[word - 1].endswith("ي") and word - 1 > at


def _to(fold: str) -> bool:
    """«لوكالة فلان»: whom one speaks to. With لل it may be part of a title: «المبعوث الخاص للأمم المتحدة»."""
    return fold.startswith("ل") and not fold.startswith("لل")


def _role_of(fold: str) -> bool:
    """«رئيسها», «مستشاره»: a role with a pronoun."""
    for ending in ("ها", "هم", "ه"):
        if fold.endswith(ending) and len(fold) - len(ending) > 2:
            stem = fold[: -len(ending)]
            return stem in words.CONSTRUCT or (stem.endswith("ت") and stem[:-1] + "ه" in words.CONSTRUCT)
    return False
