"""Where what is said begins and ends: the sign behind a verb of saying, and the end of a reported clause."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

from kashaf.entities.quotes import words
from kashaf.entities.quotes.outline import COLON, COMMA, LINE, SENTENCE, Outline
from kashaf.entities.quotes.verbs import Saying, saying
from kashaf.text.fold import fold_word

#: Words between a verb of saying and the sign of what is said.
_REACH: Final = 45
#: Words of a reported clause at most; prose has none longer.
_LONGEST: Final = 120
#: Words in quotation marks that are a name or a word held at a distance, unless a colon announces them.
SHORT: Final = 3
#: And these at most are whoever speaks, between a verb that takes an object and the object.
_NAME: Final = 5
#: «وبين فلان أن» at the head of a sentence is the verb.
_BETWEEN: Final = frozenset({"بين", "وبين"})
#: «وزاد: "…"»; else it is to grow.
_AT_ONCE: Final = frozenset({"زاد", "زادت", "زادوا", "يزيد", "تزيد", "وزاد", "وزادت", "فزاد"})
_NAMING: Final = frozenset({"ذكر", "كشف"})
_OWN_NAME: Final = ("اسم", "هوي")
_THAT: Final = "ان"
_INSISTS: Final = "أصر"
_IMPERFECT: Final = frozenset({"ي", "ت", "ن"})


class Sign(NamedTuple):
    """What shows that something is said: a quotation that begins at `word`, a clause behind it, a colon before it.

    `word` is where the search ended when there is no sign.
    """

    kind: Literal["quoted", "clause", "colon", ""]
    word: int
    stretch: int = -1


def verb_at(outline: Outline, word: int) -> Saying | None:
    """The verb of saying at a word, wherever it stands; not one within quotation marks."""
    page = outline.page
    if outline.at[word] >= 0:
        return None
    fold, following = page.folds[word], page.fold_at(word + 1)
    if fold in _AT_ONCE and not _announces_at_once(outline, word + 1):
        return None
    if fold in _NAMING and following.startswith(_OWN_NAME) and following.endswith(("ه", "ها", "هم")):
        return None  # «رفض ذكر اسمه»
    if fold in _BETWEEN and outline.starts_sentence(word) and _clause_near(outline, word):
        following = _THAT
    return saying(fold, page.exacts[word], following)


def _announces_at_once(outline: Outline, word: int) -> bool:
    if word >= len(outline.page) or word > outline.last_of[word - 1]:
        return False
    return (
        bool(outline.flags[word] & COLON) or outline.at[word] >= 0 or outline.page.folds[word] in words.THAT
    )


def _clause_near(outline: Outline, word: int) -> bool:
    """«وبين الوزير أن», «وبين فلان أنه»: somebody and أن at once, and nobody joined to them."""
    folds = outline.page.folds
    at = word + 1
    named = outline.mention_from(at)
    if named is not None:
        at = outline.spans[outline.named[at]][1]
    elif not (at < len(folds) and folds[at].startswith("ال") and folds[at] in words.SOURCES):
        return False
    for behind in range(at + 1, min(at + 8, outline.last_of[word] + 1)):
        if folds[behind] in words.THAT:
            return True
        if folds[behind].startswith("و"):
            return False
    return False


def sign_after(outline: Outline, verb: int) -> Sign:
    """The first sign behind a verb, within its sentence and before another verb of saying."""
    page, flags = outline.page, outline.flags
    folds = page.folds
    end = min(outline.last_of[verb], verb + _REACH) + 1
    word = verb + 1
    short = Sign("", 0)
    while word < end:
        stretch = outline.at[word]
        if stretch >= 0:
            colon = bool(flags[word] & COLON)
            following = outline.words[stretch][1] + 1
            if colon or not _is_subject(outline, verb, stretch):
                if colon or outline.size(stretch) > SHORT:
                    return Sign("quoted", word, stretch)
                if not short.kind and (flags[word] & COMMA or word == verb + 1):
                    short = Sign("quoted", word, stretch)
            word = following
            continue
        if flags[word] & COLON and not folds[word - 1].isdigit():
            return Sign("colon", word)
        fold = folds[word]
        if fold in words.BUT and flags[word] & COMMA:
            break
        if fold in words.CAME and page.fold_at(word + 1) in words.WHERE:
            break
        if fold in words.THAT and not _other_that(outline, verb, word):
            if word + 1 <= outline.last_of[verb]:
                return Sign("clause", word)
            break
        form = verb_at(outline, word)
        if form is not None and _ends_search(outline, word, form):
            break
        word += 1
    return short if short.kind else Sign("", word)


def _other_that(outline: Outline, verb: int, word: int) -> bool:
    """Whether أن belongs to a word that stands before it, not to the verb: «بعد أن», «على أن»."""
    before = outline.page.folds[word - 1]
    if word - 1 == verb:
        return False
    if before == "علي":
        form = verb_at(outline, verb)
        if form is not None and form.base == _INSISTS and outline.page.fold_at(word + 1)[:1] in _IMPERFECT:
            return True  # «أصر على أن يحضر» tells what he wanted
        return form is not None and fold_word(form.base) not in words.ON_THAT
    return before in words.NO_CLAUSE


def _is_subject(outline: Outline, verb: int, stretch: int) -> bool:
    """Whether words in quotation marks name whoever speaks: a name, or أن or a joined name follows at once."""
    if outline.is_name(stretch):
        return True
    following = outline.words[stretch][1] + 1
    if following >= len(outline.page) or outline.flags[following] & (COMMA | SENTENCE | COLON):
        return False
    fold = outline.page.folds[following]
    if (
        outline.words[stretch][0] == verb + 1
        and outline.size(stretch) <= _NAME
        and _takes_object(outline, verb)
    ):
        return True  # «أعلنت "غرفة الطوارئ" استقبال»
    return fold in words.THAT or (outline.size(stretch) <= SHORT and fold in {"و", "عن", "في"})


def _ends_search(outline: Outline, word: int, form: Saying) -> bool:
    """Whether a verb of saying behind another one is a report of its own, and no noun that looks like it."""
    fold = outline.page.folds[word]
    if fold in words.SOURCES or fold in words.BODIES or outline.named[word] >= 0:
        return False
    return not form.weak or form.joined or form.tense == "participle"


def clause_end(outline: Outline, begin: int) -> int:
    """The last word of a reported clause that begins at a word."""
    flags = outline.flags
    limit = min(outline.last_of[begin], begin + _LONGEST)
    last_comma = -1
    word = begin + 1 if outline.at[begin] < 0 else outline.words[outline.at[begin]][1] + 1
    while word <= limit:
        if flags[word] & SENTENCE:
            return word - 1
        if flags[word] & COMMA:
            last_comma = word - 1
        if _ends_clause(outline, word):
            return word - 1
        stretch = outline.at[word]
        word = outline.words[stretch][1] + 1 if stretch >= 0 else word + 1
    last = max(min(word - 1, outline.last_of[begin]), begin)
    if last - begin >= _LONGEST and last_comma > begin:
        return last_comma
    return last


def _names_source(outline: Outline, word: int) -> bool:
    """Whether «بحسب» or «وفق» at a word is followed by somebody, and not by a rule or a need."""
    page = outline.page
    following = page.fold_at(word + 1)
    if following in words.HIS_WORDS or following in {"ما", "لما"}:
        return True
    if following in words.WORDS_OF:
        # «جاءت وفق معلومات دقيقة» names nobody.
        return bool(outline.flags[word] & COMMA) or _somebody_near(outline, word + 2)
    if outline.mention_within(word + 1) is not None:
        return True
    plain = "ال" + following[2:] if following.startswith("لل") else following
    return any(
        one in words.SOURCES or one in words.BODIES
        for one in (plain, following[1:] if following[:1] == "ل" else plain)
    )


def _somebody_near(outline: Outline, word: int) -> bool:
    """Whether a name or a body stands at a word or right behind it: «بيانات الوزارة», «معلومات من مصادر»."""
    folds = outline.page.folds
    for at in range(word, min(word + 3, outline.last_of[word - 1] + 1)):
        plain = "ال" + folds[at][2:] if folds[at].startswith("لل") else folds[at]
        if outline.mention_within(at) is not None or plain in words.SOURCES or plain in words.BODIES:
            return True
    return False


def _ends_clause(outline: Outline, word: int) -> bool:
    page = outline.page
    if outline.at[word] >= 0 or page.folds[word] == "و":
        return bool(outline.flags[word] & COMMA) and _reports_there(outline, word + (page.folds[word] == "و"))
    fold = page.folds[word]
    if fold in words.ACCORDING and page.folds[word - 1] not in words.NEGATIONS:
        return _names_source(outline, word)
    comma = bool(outline.flags[word] & COMMA)
    form = verb_at(outline, word)
    if (
        form is not None
        and outline.named[word] < 0
        and fold not in words.SOURCES
        and fold not in words.BODIES
    ):
        if form.tense == "participle" and not form.joined:
            return comma or (form.governs[0] == "=" and not form.opinion) or _reports(outline, word)
        if comma or form.joined:
            return (not form.weak or _reports(outline, word)) and page.folds[word - 1] not in words.NEGATIONS
    following = page.fold_at(word + 1)
    if (
        fold == "كما"
        and verb_at(outline, min(word + 1, len(page) - 1)) is not None
        and following not in words.THAT
    ):
        return True
    if comma and outline.named[word] >= 0 and _reports_there(outline, word):
        return True
    if comma and fold in words.BUT and _speaks_there(outline, word + 1):
        return True
    if comma and fold in words.PRONOUNS and following == "ما" and page.fold_at(word + 2) in words.ANSWERED:
        return True
    if comma:
        return fold in words.CLAUSE_ENDERS or (fold, following) in words.CLAUSE_ENDING_PAIRS
    return fold == "علي" and following == "حد"


def _takes_object(outline: Outline, verb: int) -> bool:
    form = verb_at(outline, verb)
    return form is not None and form.governs[0] == "="


def _reports_there(outline: Outline, word: int) -> bool:
    """Whether another report begins with a name: «، و"الشبكة" تقول إن»."""
    number = outline.named[word] if word < len(outline.page) else -1
    if number >= 0:
        following = outline.spans[number][1] + 1
    elif word < len(outline.page) and outline.at[word] >= 0:
        following = outline.words[outline.at[word]][1] + 1
    else:
        return False
    if following >= len(outline.page) or outline.flags[following] & (COMMA | SENTENCE):
        return False
    form = verb_at(outline, following)
    return form is not None and not form.joined and _reports(outline, following)


def _speaks_there(outline: Outline, word: int) -> bool:
    """Whether a name and at once a verb of saying stand at a word: «لكن الحركة نفت ذلك»."""
    if outline.mention_from(word) is None:
        return False
    following = outline.spans[outline.named[word]][1] + 1
    if following >= len(outline.page) or outline.flags[following] & (COMMA | SENTENCE):
        return False
    form = verb_at(outline, following)
    return form is not None and not form.joined and not form.weak


def _reports(outline: Outline, word: int) -> bool:
    return bool(sign_after(outline, word).kind)


def line_end(outline: Outline, begin: int) -> int:
    """The last word of the sentence that a colon announces."""
    page = outline.page
    limit = min(outline.last_of[begin], begin + _LONGEST)
    word = begin + 1
    while word <= limit and not outline.flags[word] & LINE and "\n" not in page.gaps[word]:
        word += 1
    return word - 1
