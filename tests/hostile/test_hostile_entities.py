"""`read_article` on texts that nobody would print: answered in good order, with work that grows with the text."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.benchmarks.ner.gold import load
from tests.effort_support import assert_linear

from kashaf.corpus.article import Article, Metadata, Provenance
from kashaf.entities.book.namebook import Name, NameBook, key_of
from kashaf.entities.mentions import read_article
from kashaf.entities.model import Reading
from kashaf.entities.tagger.tagger import Tagger
from kashaf.text.letters import ARABIC_LETTERS

SIZE = 12_000
#: Code points of the longest name that any list could show.
LONGEST = 200
PROSE = (
    "قال الرئيس سليم الرامي في دمشق إن «حركة النهر الأزرق» (حنا) خسرت أكثر من 80 مقاتلا يوم الثلاثاء، "
    "وأضاف: «لن نعود قبل 12 نوفمبر (تشرين الثاني) المقبل». ونفت وزارة الدفاع ذلك، وقالت الوزارة إن القتلى سبعة. "
)


@cache
def book() -> NameBook:
    return NameBook.load()


def read(text: str, published: date | None = date(2025, 11, 12), names: NameBook | None = None) -> Reading:
    article = Article("x", text, Metadata("", published=published), Provenance("x", "", ""))
    reading = read_article(article, names or book(), Tagger.shipped())
    sound(text, reading)
    return reading


def sound(text: str, reading: Reading) -> None:
    """Every span lies in the text, holds its form, comes in order; mentions do not overlap, and are names."""
    spans = [
        [(one.start, one.end) for one in reading.mentions],
        [(one.start, one.end) for one in reading.dates],
        [(one.start, one.end) for one in reading.quantities],
        [(one.start, one.end) for one in reading.quotations],
    ]
    for found in spans:
        assert found == sorted(found)
        assert all(0 <= start < end <= len(text) for start, end in found)
    forms = [(one.start, one.end, one.form, one.confidence) for one in reading.mentions]
    forms += [(one.start, one.end, one.form, one.confidence) for one in reading.dates]
    forms += [(one.start, one.end, one.form, one.confidence) for one in reading.quantities]
    for start, end, form, confidence in forms:
        assert text[start:end] == form
        assert 0.0 <= confidence <= 1.0
    end = 0
    for mention in reading.mentions:
        assert mention.start >= end
        end = mention.end
        assert mention.name.strip()
        assert "\n" not in mention.name
        assert len(mention.form) <= LONGEST, mention.form[:50]
    for quotation in reading.quotations:
        assert 0 <= quotation.verb_start <= quotation.verb_end <= len(text)
        assert 0 <= quotation.speaker_start <= quotation.speaker_end <= len(text)
        assert bool(quotation.verb) == (quotation.verb_start < quotation.verb_end)


def filled(unit: str, size: int = SIZE) -> str:
    return (unit * (size // len(unit) + 1))[:size]


def noise(alphabet: str, size: int = SIZE) -> str:
    return "".join(random.Random(8).choices(alphabet, k=size))


UNITS = {
    "prose": PROSE,
    "one name": "دمشق ",
    "joined names": "ودمشق وبيروت وعمان و",
    "names in lines": "دمشق\n",
    "links of names": "بن ",
    "glued parts": "عبد ال",
    "heads of bodies": "وزارة شركة منظمة حزب ",
    "adjectives": "المنظمة العربية الدولية الوطنية ",
    "titles": "الرئيس الوزير الشيخ ",
    "acronyms": "منظمة الصحة (صحة) ",
    "verbs of saying": "قال إن ",
    "verbs and marks": 'قال "',
    "commas": "دمشق، بيروت، ",
    "dates": "12/11/2025 ",
    "months": "نوفمبر ",
    "days": "أمس ",
    "ranges": "من 5 إلى ",
    "between": "بين 5 و",
    "number words": "ثلاثة آلاف ومئة ",
    "millions": "مليون و",
    "percent": "% ",
    "digits": "1",
    "Arabic digits": "٢٠٢٥/",
    "grouped digits": "12,345.678 ",
    "one endless word": "ا",
    "lines": "\n",
    "tatweel": "ـ",
    "marks": "\u064e",
    "marks on a letter": "د\u064e\u0650\u0651\u064f",
    "bidi controls": "\u202e\u2066دمشق\u2069\u202c",
    "bidi between words": "\u202b دمشق \u202c\u200f",
    "joiners": "د\u200dم\u200cشق ",
    "control characters": "\x00\x01\x1b[31mدمشق ",
    "emoji": "👨‍👩‍👧‍👦🇸🇾 دمشق ",
    "ligatures": "ﷺ ﻻ ﷲ ",
    "lone surrogates": "\ud800دمشق ",
    "spaces of all kinds": "دمشق\u00a0بيروت\u2028حلب\u3000",
    "open guillemets": "«",
    "straight quotes": '"',
    "brackets": "([{",
    "English": "President Trump said in Damascus on 5 May. ",
    "Persian": "رئیس جمهور ایران مسعود پزشکیان گفت که تهران آماده است. ",
    "Urdu": "وزیر اعظم نے اسلام آباد میں کہا کہ ",
    "Hebrew": "ראש הממשלה אמר ",
    "mixed": "قال Trump إن the رئیس 5 مليون dollars ",
}


@pytest.mark.parametrize("unit", UNITS.values(), ids=UNITS)
def test_a_unit_without_end(unit: str) -> None:
    read(filled(unit))


def test_noise_of_letters_marks_and_digits() -> None:
    letters = "".join(sorted(ARABIC_LETTERS))
    read(noise(letters + "      ،.«»\"'()[]-–:0123456789٠١٢٣\n"))
    read(noise('قالونمبدشعر   «»"،.:'))


def test_the_words_of_news_in_any_order() -> None:
    words = PROSE.split()
    random.Random(3).shuffle(words)
    read(" ".join(words * 8))


@pytest.mark.parametrize(
    "text", ["", " ", "\n", "«", "»", '"', "قال", "قال:", "قال: «", "«»", "(", "و", "ال", "1", "\u202e"]
)
def test_next_to_nothing(text: str) -> None:
    reading = read(text)
    assert not [mention for mention in reading.mentions if mention.type != "date"]
    assert not reading.quotations


def test_digits_alone_name_nobody() -> None:
    for text in (filled("0123456789 "), filled("٣٤ ٥٦٧ "), noise("0123456789 .,")):
        assert not [mention for mention in read(text).mentions if mention.type != "date"]


def test_an_alphabet_that_is_not_arabic_names_nobody() -> None:
    for text in ("Президент Путин заявил в Москве.", "總統在大馬士革說", "ראש הממשלה אמר בירושלים"):
        assert not read(text * 50).mentions


def test_five_thousand_brackets_hide_no_name() -> None:
    for opening, closing in ("()", "«»", "[]", '""', "“”"):
        text = f"زار {opening * 5000}دمشق{closing * 5000} أمس."
        assert [mention.form for mention in read(text).mentions if mention.type == "place"] == ["دمشق"], (
            opening
        )


def test_quotation_marks_nested_and_never_closed() -> None:
    deep = "".join(f"قال سليم «إن بيروت {level} " for level in range(300))
    read(deep)
    read(deep + "»" * 300)
    read("»" * 300 + deep)
    read("قال سليم الرامي: «" + PROSE.replace("«", "“").replace("»", "”") * 20)


def test_an_open_quotation_does_not_swallow_the_article() -> None:
    text = "قال سليم الرامي: «لن نعود.\n" + "وصل الوفد إلى بيروت أمس.\n" * 50
    assert all(quotation.end - quotation.start < 200 for quotation in read(text).quotations)


def test_names_inside_quotation_marks_are_not_missed_for_their_sake() -> None:
    for opening, closing in ("«»", '""', "“”", "()", "[]"):
        text = f"انسحب وفد {opening}داعش{closing} من {opening}دير الزور{closing} إلى {opening}بغداد{closing}."
        assert {mention.form for mention in read(text).mentions} >= {"داعش", "دير الزور", "بغداد"}, opening


def test_without_a_day_of_publication_no_year_is_guessed() -> None:
    reading = read("وصل أمس، ويعود في 24 أكتوبر، وكان هنا الشهر الماضي وعام 2019.", published=None)
    values = {one.form: one.edtf for one in reading.dates}
    assert all(value in {"", "XXXX-10-24"} or value.startswith("2019") for value in values.values()), values


def test_a_book_of_one_letter_names_and_of_endless_ones() -> None:
    names = NameBook(
        [
            Name("و", "person"),
            Name(" ".join(["طويل"] * 30), "organization"),
            Name("دمشق", "place", ("دمشق", "الشام")),
        ]
    )
    read("قال و و «و» " + "طويل " * 900 + "في الشام ودمشق.", names=names)


@pytest.mark.parametrize(
    "unit", [pytest.param(PROSE, id="prose"), "بن ", "قال إن ", 'قال "', "مليون و", "«", "منظمة الصحة (صحة) "]
)
def test_reading_takes_work_in_proportion_to_the_text(unit: str) -> None:
    assert_linear(lambda size: filled(unit, size), read, 3_000)


def _arabic_digits(text: str) -> str:
    return text.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))


def _stretched(text: str) -> str:
    return re.sub(r"(?<=[بتثسشصضطظعغفقكلمنهي])(?=[\u0621-\u064a])", "\u0640", text)


def _marked(text: str) -> str:
    return re.sub(r"(?<=[بتنم])(?=[\u0621-\u064a])", "\u064e", text)


DRESSES: dict[str, Callable[[str], str]] = {
    "guillemets": lambda text: re.sub('"([^"\n]*)"', r"«\1»", text),
    "curly quotation marks": lambda text: re.sub('"([^"\n]*)"', "“\\1”", text),
    "wide spaces": lambda text: text.replace(" ", "  "),
    "spaces that do not break": lambda text: text.replace(" ", "\u00a0"),
    "blank lines": lambda text: text.replace("\n", "\n\n"),
    "the other digits": _arabic_digits,
    "bare alefs": lambda text: re.sub("[أإآ]", "ا", text),
    "tatweel": _stretched,
    "tashkeel": _marked,
    "Persian letters": lambda text: text.replace("ي", "ی").replace("ك", "ک"),
    "marks of direction": lambda text: re.sub(r"(\w+)", "\u200f\\1\u200f", text),
}


@pytest.mark.parametrize("dress", DRESSES.values(), ids=DRESSES)
def test_other_typography_names_the_same(dress: Callable[[str], str]) -> None:
    """Up to 3 in 100 names may differ: bare alefs and unmarked letters do say less."""
    same = total = 0
    for gold in load("seen")[:5]:
        was, now = (_named(read(text)) for text in (gold.article.text, dress(gold.article.text)))
        same += (was & now).total()
        total += max(was.total(), now.total())
    assert same >= 0.97 * total, f"{total - same} of {total}"


def _named(reading: Reading) -> Counter[tuple[str, str]]:
    return Counter((one.type, key_of(one.name)) for one in reading.mentions)


def test_reading_is_the_same_every_time_and_in_every_thread() -> None:
    texts = [
        PROSE * 3,
        filled("دمشق، بيروت، ", 3000),
        filled("قال إن ", 3000),
        noise("قالونمبد  «»،.", 3000),
    ] * 3
    alone = [read(text) for text in texts]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(read, texts)) == alone


FRAGMENTS = [
    *PROSE.split(),
    *(
        "«",
        "»",
        '"',
        "“",
        "”",
        "(",
        ")",
        "[",
        "]",
        "،",
        ".",
        ":",
        ";",
        "؟",
        "-",
        "–",
        "…",
        "\n",
        "\n\n",
        " ",
        "\u00a0",
    ),
    *("و", "ال", "لل", "ب", "لـ", "ك", "ه", "ها", "بن", "أبو", "عبد", "الله", "آل", "ابن", "أم"),
    *(
        "مليون",
        "ونصف",
        "ألف",
        "مئة",
        "3",
        "٣",
        "12/11",
        "2025",
        "%",
        "نحو",
        "ما بين",
        "إلى",
        "الـ90",
        "5.5",
        "1,200",
    ),
    *("أمس", "غدا", "الشهر", "الماضي", "رمضان", "1447", "هـ", "تشرين", "الأول", "شباط/فبراير", "الموافق"),
    *(
        "الرئيس",
        "وزير",
        "محافظة",
        "قرب",
        "شركة",
        "المنظمة",
        "الدولية",
        "للهجرة",
        "حزب",
        "وكالة",
        "زعيم",
        "المدعو",
    ),
    *("أن", "إن", "إنه", "وفق", "بحسب", "أكد", "نفى", "مشيرا", "قائلا", "قالت", "ردا", "على", "لسان"),
    *("\u202e", "\u200f", "\u0640", "\u064b", "\ufeff", "\x00", "👍", "ﷺ", "Trump", "تهران", "پاکستان", "IS"),
]


@settings(max_examples=120, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(FRAGMENTS), st.sampled_from([" ", "", " "])), max_size=60))
def test_fragments_in_any_order(parts: list[tuple[str, str]]) -> None:
    read("".join(fragment + gap for fragment, gap in parts))


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200), st.none() | st.dates())
def test_any_text_on_any_day(text: str, published: date | None) -> None:
    read(text, published)
