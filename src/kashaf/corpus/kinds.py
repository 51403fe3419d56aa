"""What the lines of an article are, where the format does not say: by their form and by what stands around them.

Nothing is called a heading, a quote or a caption on a bare suspicion: what is not sure is a paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from kashaf.corpus.article import Kind
from kashaf.corpus.chrome import normal_form
from kashaf.corpus.cleaning import Line, is_paragraph

_HEADING_WORDS: Final = 12
_HEADING_CHARS: Final = 90
_QUOTE_WORDS: Final = 6
_CAPTION_WORDS: Final = 40
_CAPTION_CHARS: Final = 400
_ITEM_WORDS: Final = 120
_NO_HEADING_END: Final = (".", "،", "؛", ",", ";", ":", "!", "…", "-", "–", "/", "*")
_BULLET: Final = re.compile(r"[•●▪■◦‣·]\s*(?=\w|[«\"“(\[])")
_DASH: Final = re.compile(r"[-–—*]\s*(?=\w|[«\"“(\[])")
_NUMBER: Final = re.compile(r"[(\[]?(?:\d{1,2}|[٠-٩]{1,2})\s?[-–.)\]]\s*(?=[^\W\d]|[«\"“(\[])")
_QUOTES: Final = {"«": "»", "“": "”", '"': '"', "”": "“"}
_STARTS: Final = frozenset("•●▪■◦‣·-–—*([0123456789٠١٢٣٤٥٦٧٨٩")
# A sentence that goes on with the story, whatever its end looks like.
_GOES_ON: Final = re.compile(
    "[وف](?:قال|قد |لم |لن |لا |اضاف|تابع|اكد|اوضح|اشار|ذكر|لفت|شدد|اعتبر|راي |رات |اعلن|كان|يذكر"
    "|جاء|بين |كشف|نقل|افاد|صرح|علق"
    "|دعا|طالب|ختم|استطرد|اردف|نوه|اتهم|حذر|رفض|عبر |اعرب|هو |هي |هذا |هذه |ذلك|بحسب|حسب|وفق|تشير"
    "|تقول|يقول|يري |تري )"
    "|(?:قال|قالت|اضاف|اضافت|تابع|اكد|اكدت|اوضح|اشار|ذكر|ذكرت|اعلن|اعلنت|يذكر ان|كما |حيث |لكن |اما |ثم )"
)
_OPENING_HEADINGS: Final = frozenset(
    normal_form(words)
    for words in re.findall(
        r"[^|]+",
        "ملخص|الملخص|خلاصة|الخلاصة|موجز|النقاط الرئيسية|أبرز النقاط|أهم النقاط|في نقاط|مقدمة",
    )
)
_CREDIT_NAMES: Final = (
    "رويترز|ا ف ب|ا\\.ف\\.ب|اف ب|افب|فرانس برس|وكاله .{2,30}|وكالات|وكالات انباء|الاناضول|سانا|د ب ا|ا ب|اسوشيتد برس"
    "|اسوشييتد برس|شينخوا|بترا|واس|وام|كونا|قنا|وفا|سبوتنيك|تاس|ا ش ا"
    "|ارشيف(?: .{2,30})?|ارشيفيه|صوره ارشيفيه|من الارشيف|الارشيف"
    "|غيتي|جيتي|غيتي ايماجز|.{0,40}getty.{0,20}|reuters|afp|ap|epa|istock.{0,20}"
    "|shutterstock.{0,20}|مواقع التواصل.{0,20}"
    "|وسائل التواصل.{0,20}|منصات التواصل.{0,20}|السوشيال ميديا|انترنت|الانترنت|فيس ?بوك|فايسبوك"
    "|تويتر|اكس|انستغرام|تلي?غرام"
    "|خاص.{0,30}|مواقع الكترونيه|متداوله|(?:تصوير|عدسه).{0,40}"
)
_CREDIT: Final = re.compile(
    rf".*[(\[](?:.{{0,40}}[/،,–-] ?)?(?:{_CREDIT_NAMES})(?: ?[/،,–-].{{0,40}})?[)\]]?"
)
_CREDIT_AFTER_BAR: Final = re.compile(rf".* [|–—] ?(?:{_CREDIT_NAMES})")
_PICTURE: Final = re.compile(
    r"(?:صوره|الصوره|لقطه|رسم|خريطه|صور|مشهد|فيديو) ?(?:(?:ال)?(?:ارشيفيه|تعبيريه|توضيحيه|جويه|عامه"
    r"|متداوله)\b|من الارشيف|لـ?|من|تظهر|تجمع|نشرها"
    r"|التقطت|وزعتها)(?: |$).*|التعليق علي الصوره ?[،,:] ?.+|\(?(?:تصوير|عدسه) ?[:/] ?.{2,60}"
)


def kinds_of(lines: Sequence[Line], standfirst: int | None = None) -> list[Kind]:
    """What each line of a body is. What the format said stands.

    standfirst: the index of the line that was read as one.
    """
    count = len(lines)
    found: list[Kind | None] = [line.kind for line in lines]
    if standfirst is not None and found[standfirst] in (None, "paragraph"):
        found[standfirst] = "standfirst"
    short: list[int] = []
    marked: list[int] = []
    for index, line in enumerate(lines):
        if found[index] is not None:
            continue
        text = line.text
        if text[:1] in _STARTS:
            marked.append(index)
        if text[:1] in _QUOTES and _is_quote(text):
            found[index] = "quote"
        elif text.count(" ") < _CAPTION_WORDS and not is_paragraph(text, least=_CAPTION_WORDS):
            short.append(index)
    _find_items(lines, marked, found)
    for index in short:
        if found[index] is None and _is_caption(lines[index].text, last=index == count - 1):
            found[index] = "caption"
    first = (
        next((i for i, line in enumerate(lines) if is_paragraph(line.text, least=16)), count) if short else 0
    )
    for index in short:
        if found[index] is None and 0 < index < count - 1 and _is_heading(lines, found, index, first):
            found[index] = "heading"
    return [kind or "paragraph" for kind in found]


def _find_items(lines: Sequence[Line], marked: Sequence[int], found: list[Kind | None]) -> None:
    """Bullets; dashes and numbers only side by side or after a colon: a dash alone opens direct speech."""
    sure = {index for index in marked if _BULLET.match(lines[index].text)}
    maybe = [
        i for i in marked if i not in sure and (_DASH.match(lines[i].text) or _NUMBER.match(lines[i].text))
    ]
    among = sure.union(maybe)
    for index in maybe:
        after_colon = index > 0 and lines[index - 1].text.endswith((":", ":-"))
        if after_colon or index - 1 in among or index + 1 in among:
            sure.add(index)
    for index in sure:
        if found[index] is None and lines[index].text.count(" ") < _ITEM_WORDS:
            found[index] = "item"


def _is_quote(text: str) -> bool:
    closing = _QUOTES[text[0]]
    inner = text[1:].rstrip(" .،؛")
    return (
        inner.endswith(closing)
        and inner.find(closing) == len(inner) - 1
        and text.count(" ") + 1 >= _QUOTE_WORDS
    )


def _is_caption(text: str, *, last: bool) -> bool:
    if len(text) > _CAPTION_CHARS or is_paragraph(text, least=_CAPTION_WORDS):
        return False
    normal = normal_form(text)
    if _PICTURE.fullmatch(normal):
        return True
    if last or normal.count(" ") < 1:  # what ends an article is the agency that it came from
        return False
    return _CREDIT.fullmatch(normal) is not None or _CREDIT_AFTER_BAR.fullmatch(normal) is not None


def _is_heading(lines: Sequence[Line], found: Sequence[Kind | None], index: int, first: int) -> bool:
    """first: the index of the first paragraph."""
    text = lines[index].text
    if (
        text.count(" ") >= _HEADING_WORDS
        or len(text) > _HEADING_CHARS
        or text.endswith(_NO_HEADING_END)
        or text[0] in _STARTS
        or not any(map(str.isalpha, text[:12]))
        or _GOES_ON.match(normal_form(text))
    ):
        return False
    if index < first:
        return (
            normal_form(text) in _OPENING_HEADINGS
        )  # what else stands above the first paragraph may be a name
    before, after = found[index - 1], found[index + 1]
    stands_after = before in ("caption", "item", "quote", "standfirst") or (
        before is None and is_paragraph(lines[index - 1].text, least=16)
    )
    leads = after in ("item", "quote") or (after is None and is_paragraph(lines[index + 1].text, least=16))
    return stands_after and leads
