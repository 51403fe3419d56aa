"""The dateline: place, day and agency before the first sentence, as news agencies write them.

`دمشق – سانا`, `واشنطن - (أ ف ب)`, `عمان 3 تشرين الثاني (بترا)`, `مدينة الفيروز (سدرة)`. A few words and a dash
are not enough, many a sentence begins so: an agency or a bracket must stand there, or a place that is known or said
again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from kashaf.corpus.dates import FoundDate, find_dates

_HEAD_CHARS: Final = 130
_MAX_WORDS: Final = 4
_MAX_PIECES: Final = 4
_SEPARATOR: Final = re.compile(
    '(?:\\s*[(«"“\\[]|[)»"”\\]]\\s*(?:[-–—−:/،,|.]{1,3}|\\sـ(?=\\s))?\\s*|\\s*(?:[-–—−]{1,3}|[/|،,:]{1,2}|(?<=\\s)ـ(?=\\s))\\s*)+'
)
_ENDS: Final = re.compile('[-–—−:/|)»"”\\]ـ]')
_WORDS: Final = re.compile(
    "[\u0621-\u064a\u064b-\u0652\u0640\u0670A-Za-z.]+(?:"
    " [\u0621-\u064a\u064b-\u0652\u0640\u0670A-Za-z.]+){0,3}$"
)
_ALSO_IN: Final = 600  # code points in which the place is said again
_AGENCIES: Final = frozenset(
    name.replace(" ", "")
    for name in re.findall(
        r"[^|]+",
        "سانا|رويترز|ا ف ب|فرانس برس|د ب ا|واس|وام|بترا|قنا|كونا|بنا|وفا|واع|نينا|شينخوا|الاناضول"
        "|سبوتنيك|تاس|نوفوستي|سبا"
        "|وال|وات|واج|و م ع|وامع|ومع|سونا|ا ش ا|اشا|وكالات|الوكالات|الوطنيه|اسوشيتد برس|اسوشييتد برس|ا ب"
        "|العربيه|العربيه نت"
        "|الجزيره|الجزيره نت|المركزيه|معا|صفا|يونايتد برس|انترفاكس|ارنا|فارس|تسنيم|مهر|روداو|باسنيوز"
        "|شفق نيوز|السومريه|بي بي سي"
        "|سي ان ان|فرانس 24|دويتشه فيله|روسيا اليوم|سكاي نيوز|القدس العربي|الشرق الاوسط|العربي الجديد"
        "|عنب بلدي|بغداد اليوم"
        "|afp|reuters|ap|cnn|bbc|dw|rt|nna|sana|spa|wam|qna|kuna|petra|aa|anadolu|xinhua|upi|dpa",
    )
)
_AGENCY_NOUNS: Final = frozenset(
    re.findall(r"\S+", "وكاله وكالات مراسل مراسله مراسلنا خاص صحيفه موقع قناه شبكه جريده")
)
_PLACES: Final = frozenset(re.findall(r"\S+",
    "دمشق حلب حمص حماه اللاذقيه طرطوس درعا السويداء القنيطره الرقه الحسكه القامشلي ادلب تدمر منبج بيروت"
    " طرابلس صيدا صور"
    " بعلبك بغداد البصره الموصل اربيل السليمانيه كركوك النجف كربلاء الانبار القاهره الاسكندريه اسوان"
    " الجيزه عمان الزرقاء اربد العقبه"
    " القدس غزه نابلس جنين الخليل اريحا طولكرم حيفا يافا الناصره الرياض جده الدمام ابها تبوك نجران دبي"
    " ابوظبي الشارقه"
    " العين الدوحه الكويت المنامه مسقط صلاله صنعاء عدن تعز الحديده مارب المكلا الخرطوم بورتسودان كسلا"
    " نواكشوط مقديشو"
    " جيبوتي تونس صفاقس سوسه بنغازي مصراته سرت سبها الجزائر وهران قسنطينه عنابه الرباط فاس مراكش طنجه"
    " اكادير العيون"
    " واشنطن نيويورك لندن باريس برلين موسكو بكين طوكيو روما مدريد بروكسل فيينا جنيف انقره اسطنبول طهران"
    " كابول نيودلهي"
    " كييف اثينا لاهاي اوتاوا جاكرتا كوالالمبور سيول سيدني نيروبي لاغوس برازيليا تورنتو زيورخ"
    " دافوس سوتشي استانا يريفان باكو")) | {
    "دير الزور", "القدس المحتله", "رام الله", "بيت لحم", "خان يونس", "تل ابيب", "مكه المكرمه", "المدينه المنوره",
    "الدار البيضاء",
    "شرم الشيخ", "بورسعيد", "بور سعيد", "ابو ظبي", "راس الخيمه", "الضفه الغربيه", "قطاع غزه", "الامم المتحده",
    "اديس ابابا",
    "اسلام اباد", "كوالا لمبور", "نيو دلهي", "لوس انجلوس", "ستوكهولم", "رفح", "عين العرب", "ريف دمشق",
    "بعبدا", "بعقوبه",
}  # fmt: skip
_PLACE_NOUNS: Final = frozenset(
    re.findall(r"\S+", "مدينه بلده قريه محافظه ولايه ريف مخيم قطاع جزيره مرفا ميناء")
)
_FOLD: Final = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ة": "ه", ".": " "} | dict.fromkeys("ًٌٍَُِّْـ")
)
_QUICK: Final = re.compile("[-–—−/:(«]|ـ ")
_QUICK_CHARS: Final = 60
_BOTH_CALENDARS: Final = "الموافق"
_LINE_END: Final = "\n|"
_BEFORE_DAY: Final = re.compile("[،,\\s]*(?:\\bفي|\\bيوم)?\\s*$")
_ERA: Final = re.compile("^\\s*(?:م|هـ|ه)(?=\\s|$)")
_VERBS: Final = frozenset(
    re.findall(
        r"\S+",
        "قال قالت أكد أكدت ذكرت ذكر نقلت نشرت نشر كشفت كشف أفادت أفاد أعلن أعلنت قامت قام أظهرت تمكنت"
        " بثت نقل بث وقال وأكد"
        " وكان كان وكانت كانت",
    )
)


@dataclass(frozen=True, slots=True)
class Dateline:
    """A dateline, `[start, end)` of its line. day: the date in it. confidence: from 0 to 1."""

    text: str
    start: int
    end: int
    confidence: float
    day: FoundDate | None = None


@dataclass(slots=True)
class _Piece:
    text: str
    start: int
    end: int
    separator: str


def find_dateline(line: str, following: str = "", *, outlet: str | None = None) -> Dateline | None:
    """The dateline that the first paragraph begins with, or that stands on a line of its own; else None.

    following: what comes after the line, where a place may be said again. outlet: whose own name counts as an agency.
    """
    if _QUICK.search(line, 2, _QUICK_CHARS) is None and _BOTH_CALENDARS not in line[:_HEAD_CHARS]:
        return None
    head = line[:_HEAD_CHARS]
    day = _day_in(head) if any(map(str.isdecimal, head[:_QUICK_CHARS])) else None
    pieces = _pieces(head, day)
    owner = _plain(outlet or "")
    if len(pieces) < 2 or not _is_name(pieces[0].text) or pieces[0].text.split()[0] in _VERBS:
        return None
    taken, agency, bracket = 1, False, False
    for piece, before in zip(pieces[1:_MAX_PIECES], pieces, strict=False):
        opened = before.separator.rstrip()[-1:]
        if _is_agency(piece.text, owner):
            taken, agency, bracket = taken + 1, True, bracket or opened in {"(", "«", "["}
        elif opened == "«" and piece.separator.lstrip().startswith("»") and _is_place(pieces[0].text):
            taken, agency = taken + 1, True
        elif opened == "(" and piece.separator.lstrip().startswith(")") and _is_name(piece.text):
            taken, bracket = taken + 1, True
        elif _is_place(piece.text) and before.separator.strip() in {"،", ",", "/"}:
            taken += 1
        elif _is_person(piece, before, pieces, owner):
            continue
        elif (
            (words := _agency_before_text(piece.text))
            and _is_place(pieces[0].text)
            and "-" in _dashes(before)
        ):
            piece.end, piece.separator = piece.start + words, "-"
            taken, agency = taken + 1, True
            break
        else:
            break
    while (
        taken < len(pieces)
        and _is_agency(pieces[taken].text, owner)
        and pieces[taken - 1].separator.strip() == "/"
    ):
        taken, agency = taken + 1, True
    last = pieces[taken - 1]
    if not _ENDS.search(last.separator):
        return None
    sure = _confidence(pieces[:taken], line[last.end :], following, agency=agency, bracket=bracket, day=day)
    if sure is None:
        return None
    end = last.end
    while end < len(line) and line[end] in ')»"”]':
        end += 1
    start = pieces[0].start
    return Dateline(line[start:end], start, end, sure, day if day is not None and day.start < end else None)


def _day_in(head: str) -> FoundDate | None:
    """The first day of a line; with its Gregorian twin after it, as in `12 رجب 1447هـ الموافق 1 يناير"
    " 2026م`, both."""
    days = [one for one in find_dates(head, limit=2) if one.granularity == "day"]
    if (
        len(days) == 2
        and _BOTH_CALENDARS in head[days[0].end : days[1].start]
        and days[1].start - days[0].end < 16
    ):
        return replace(days[1], start=days[0].start, text=head[days[0].start : days[1].end])
    return days[0] if days else None


def _is_person(piece: _Piece, before: _Piece, pieces: list[_Piece], owner: str) -> bool:
    """`غزة / اسم المراسل / الأناضول`: a correspondent between place and agency."""
    place = pieces.index(piece)
    return (
        before.separator.strip() == piece.separator.strip() == "/"
        and place + 1 < len(pieces)
        and _is_name(piece.text)
        and _is_agency(pieces[place + 1].text, owner)
    )


def _dashes(piece: _Piece) -> str:
    return "-" if any(dash in piece.separator for dash in "-–—−ـ") else ""


def _agency_before_text(text: str) -> int:
    """Length of the agency's name that a piece begins with, as in `دمشق-سانا قال`; 0 when there is none."""
    words = text.split(" ")
    for count in (3, 2, 1):
        name = " ".join(words[:count])
        if len(words) > count and _plain(name).replace(" ", "") in _AGENCIES:
            return len(name)
    return 0


def _confidence(
    pieces: list[_Piece], rest: str, following: str, *, agency: bool, bracket: bool, day: FoundDate | None
) -> float | None:
    place = pieces[0].text
    known = _is_place(place)
    separator = pieces[-1].separator
    if _LINE_END in separator and bracket and (day is not None or not known):
        return None  # on a line of its own it is a caption with its source
    if agency:
        return 0.95 if known or len(pieces) > 2 or bracket else 0.85
    if _LINE_END in separator or not _dashes(pieces[-1]):
        return None
    if day is not None and day.start < pieces[-1].end:
        return 0.9 if known else 0.8
    if known and bracket:
        return 0.9
    # A pair of dashes encloses an aside: `الوزير – وهو طبيب – قال`.
    if not bracket and (
        not re.search(r"\s[-–—−ـ]{1,3}\s", separator) or re.search(r"\s[-–—]\s", rest[4:100])
    ):
        return None
    again = f"في {place}"
    if known or again in rest[:_ALSO_IN] or again in following[:_ALSO_IN]:
        return 0.8 if known or bracket else 0.6
    return None


def _pieces(head: str, day: FoundDate | None) -> list[_Piece]:
    """The head of a line, parted at its dashes, brackets and colons; the day in it belongs to the piece"
    " before."""
    found: list[_Piece] = []
    at = 0
    for match in _SEPARATOR.finditer(head):
        if day is not None and day.start < match.end() and match.start() < day.end:
            continue
        _add(found, head, at, match.start(), match[0], day)
        at = match.end()
        if len(found) > _MAX_PIECES:
            return found
    _add(found, head, at, len(head), _LINE_END, day)
    return found


def _add(found: list[_Piece], head: str, start: int, end: int, separator: str, day: FoundDate | None) -> None:
    text = head[start:end]
    if day is not None and start <= day.start < end:
        text = _BEFORE_DAY.sub("", head[start : day.start])
        after = _ERA.sub("", head[day.end : end]).strip()
        if after and text:
            found.append(_Piece(text.strip(), start, day.end, " "))
            start = day.end + head[day.end : end].index(after)
            text = after
    if text.strip() or not found:
        start += len(head[start:end]) - len(head[start:end].lstrip())
        found.append(_Piece(text.strip(), start, end, separator))
    else:
        found[-1].separator += separator
        if head[start:end].strip():
            found[-1].end = end


def _plain(text: str) -> str:
    return " ".join(text.translate(_FOLD).lower().split())


def _is_name(text: str) -> bool:
    if not 1 < len(text) <= 40 or "a" <= text[0] <= "z":
        return False
    return _WORDS.match(text) is not None and text.count(" ") < _MAX_WORDS


def _is_place(text: str) -> bool:
    plain = _plain(text)
    return plain in _PLACES or (plain.split(" ", 1)[0] in _PLACE_NOUNS and " " in plain)


def _is_agency(text: str, owner: str) -> bool:
    plain = _plain(text)
    if not plain or plain.count(" ") > _MAX_WORDS:
        return False
    joined = plain.replace(" ", "")
    if joined in _AGENCIES or joined.removeprefix("وكاله") in _AGENCIES:
        return True
    if plain.split(" ", 1)[0] in _AGENCY_NOUNS and plain.count(" ") < 3:
        return True
    return plain == owner or (bool(owner) and f" {plain} " in f" {owner} ")
