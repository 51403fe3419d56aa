"""Every rule of the registry finds a name that no other rule says it has found."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

import numpy as np
import pytest

from kashaf.entities.book.namebook import Name, NameBook
from kashaf.entities.mentions import read_page
from kashaf.entities.model import EntityType
from kashaf.entities.page import Page
from kashaf.entities.rules.registry import RULES
from kashaf.entities.rules.tagged import Tag
from kashaf.entities.tagger.lexicon import PLACE, PREFIX, Lexicon

BOOK: Final = NameBook(
    [
        Name("الفيروز", "place"),
        Name("سدرة", "place"),
        Name("هيئة الموانئ", "organization"),
        Name("الهضاب", "place", ambiguous=frozenset({"الهضاب"})),
        Name("نَمر", "person", ambiguous=frozenset({"نَمر"})),
        Name("نِمر", "place", ambiguous=frozenset({"نِمر"})),
    ]
)
#: One cluster of places, of which the list of places holds a few, and one of words.
_TOWNS: Final = (
    "نورباد وردباد زهراباد بحراباد نجماباد شمساباد قمراباد فجراباد خضراباد رملاباد "
    "صخراباد غيماباد ظلاباد طلاباد صبحاباد"
)
_WORDS: Final = "كتاب قلم درس سطر كلمه حرف جمله نص مقال بحث فصل باب خبر نزحوا الي في من ثم امس"
_MATCH: Final = "في مباراة الدوري سجل اللاعب هدف الفوز من ركلة جزاء في ملعب المدينة. "

PER: Final = "person"
LOC: Final = "place"
ORG: Final = "organization"


class Case(NamedTuple):
    """form: what is found in the text. seen: the tagger's labels of words that are none of its plain `O`.

    rare: folded words that stand in no list. lists: whether there are lists of places and clusters of words.
    """

    rule: str
    text: str
    form: str
    type: EntityType
    seen: Mapping[str, Tag] = {}
    rare: str = ""
    lists: bool = False


def half(*words: str) -> Mapping[str, Tag]:
    return dict.fromkeys(words, ("O", 0.6))


CASES: Final = (
    Case("book_marks", "وصل نِمر أمس", "نِمر", LOC),
    Case("book_cued", "في محافظة الهضاب أمس", "الهضاب", LOC),
    Case("book_tagged", "أمطرت الهضاب أمس", "الهضاب", LOC, {"الهضاب": ("B-LOC", 0.9)}),
    Case("book_plain", "أمطرت الفيروز أمس", "الفيروز", LOC),
    Case("book_known", "بين الفيروز والهضاب أمس", "الهضاب", LOC),
    Case("title_name", "قال الوزير غادة شمسان إن", "غادة شمسان", PER),
    Case("given_name", "رأى محمد زوبع ذلك", "محمد زوبع", PER),
    Case("rare_name", "المتحدثة باسم الهيئة شمرول غلايش ترى", "شمرول غلايش", PER, rare="شمرول غلايش"),
    Case("headed_place", "في مدينة النيلوفر أمس", "النيلوفر", LOC),
    Case("kind_of_place", "بلغ وادي السدر أمس", "وادي السدر", LOC),
    Case("weak_place", "وقعت في منطقة شلغوم أمس", "شلغوم", LOC, half("شلغوم"), "شلغوم"),
    Case("enumerated", "بين مدينتي السدر والنيلوفر أمس", "النيلوفر", LOC),
    Case("rare_place", "وصل في شلغوم، ثم عاد", "شلغوم", LOC, {"شلغوم": ("O", 0.9)}, "شلغوم"),
    Case("row_place", "في سدرة وشلغوم، ثم عاد", "شلغوم", LOC, half("وشلغوم"), "شلغوم وشلغوم"),
    Case("row_start", "رحلة بين شلغوم وسدرة أمس", "شلغوم", LOC, half("شلغوم"), "شلغوم"),
    Case("doubted_place", "سافر إلى النوارس، ثم عاد", "النوارس", LOC, half("النوارس")),
    Case("compound_place", "نزل في مرسى النوارس أمس", "مرسى النوارس", LOC),
    Case("gazetteer_place", "نزحوا من تلال النيلوفر أمس", "تلال النيلوفر", LOC, half("النيلوفر"), lists=True),
    Case("kindred_place", "نزحوا إلى ظلاباد.", "ظلاباد", LOC, {"ظلاباد": ("O", 0.9)}, lists=True),
    Case("row_comma", "في الفيروز، ظلاباد، والطريق", "ظلاباد", LOC, {"ظلاباد": ("O", 0.9)}, lists=True),
    Case("definite_body", "أعلنت المؤسسة العامة للحبوب أمس", "المؤسسة العامة للحبوب", ORG),
    Case(
        "described_body",
        "دعا التيار الوطني الشعبي أمس",
        "التيار الوطني الشعبي",
        ORG,
        half("التيار", "الوطني", "الشعبي"),
    ),
    Case("numbered_unit", "عناصر اللواء 35 هنا", "اللواء 35", ORG),
    Case("headed_body", "بيان حزب الميزان أمس", "حزب الميزان", ORG),
    Case("weak_body", "ينتظرون مجلس النوارس منذ", "مجلس النوارس", ORG, half("مجلس", "النوارس")),
    Case("half_seen_body", "وعدت مكتبة النوارس بتعويض", "مكتبة النوارس", ORG, half("مكتبه", "النوارس")),
    Case("business_body", "قال مركز الهضبة للبحوث والدراسات إن", "مركز الهضبة للبحوث والدراسات", ORG),
    Case("guard_body", "زوارق حرس السواحل أمس", "حرس السواحل", ORG),
    Case("group_body", "تبنته جماعة راية النوارس أمس", "جماعة راية النوارس", ORG),
    Case("body_of_a_place", "نشرة هيئة مياه الفيروز أمس", "هيئة مياه الفيروز", ORG),
    Case("doing_office", "قال مدير جهاز مكافحة التهريب إن", "جهاز مكافحة التهريب", ORG),
    Case("placed_office", "أعلنت شرطة الفيروز أمس", "شرطة الفيروز", ORG),
    Case("local_body", "ناشدت غرفة طوارئ أم السدر الناس", "غرفة طوارئ أم السدر", ORG),
    Case("brand_tail", "نشرت النوارس نيوز ذلك", "النوارس نيوز", ORG),
    Case(
        "trade_tail",
        "قالت سالم الغزال للمقاولات إن",
        "سالم الغزال للمقاولات",
        ORG,
        {"سالم": ("B-PER", 0.9), "الغزال": ("I-PER", 0.9), "للمقاولات": ("O", 0.6)},
    ),
    Case(
        "brand_row",
        "اتفاق نادي المرسى وشلغوم أمس",
        "شلغوم",
        ORG,
        {"نادي": ("B-ORG", 0.9), "المرسي": ("I-ORG", 0.9), "وشلغوم": ("O", 0.6)},
        "شلغوم وشلغوم",
    ),
    Case("club_beside", _MATCH + "بفوزه على ضيفه النوارس", "النوارس", ORG),
    Case("club_meets", _MATCH + "تعادل النوارس مع الرمال سلبا", "الرمال", ORG),
    Case("club_player", _MATCH + "مهاجم نسور المرسى عاد", "نسور المرسى", ORG),
    Case("dateline", "الفيروز (شلغوم) – أعلنت البلدية", "شلغوم", ORG),
    Case("bracketed_body", "من لجنة ضبط الري والسدود (كرنب) أمس", "لجنة ضبط الري والسدود", ORG),
    Case("quoted_body", "حركة «الغد» تعترض", "الغد", ORG),
    Case("quoted_whole", "وعدت «مجموعة رمال» بذلك", "مجموعة رمال", ORG),
    Case("quoted_called", "حركة جديدة تدعى «نهضة الوديان» فازت", "نهضة الوديان", ORG),
    Case("quoted_listener", "قال لـ«الشراع» أمس", "الشراع", ORG),
    Case("quoted_employer", "الخبيرة في «رمال المالية» ترى", "رمال المالية", ORG),
    Case("quoted_listed", "بين هيئة الموانئ و«صادقون» أمس", "صادقون", ORG),
    Case("quoted_rare", "قرب مقر قيادة «تحمب» أمس", "تحمب", ORG, rare="تحمب"),
    Case("echo", "حركة «نهضة الوديان» تعترض، ثم عادت نهضة الوديان", "نهضة الوديان", ORG),
    Case("tagger", "رأى شلغوم ذلك", "شلغوم", PER, {"شلغوم": ("B-PER", 0.9)}),
)


class Rare:
    """A list of words that holds all but a few."""

    def __init__(self, words: str) -> None:
        self._rare = frozenset(words.split())
        self.single: frozenset[str] = frozenset()

    @property
    def clusters(self) -> Rare:
        return self

    def __contains__(self, word: object) -> bool:
        return word not in self._rare


def lexicon() -> Lexicon:
    towns, words = _TOWNS.split(), _WORDS.split()
    rows = {word: row for row, word in enumerate([*towns, *words])}
    table = np.array([[0, 0, 0]] * len(towns) + [[0, 0, 1]] * len(words), dtype=np.int16)
    places = {**dict.fromkeys(towns[:6], PLACE), "تلال": PREFIX, "تلال النيلوفر": PLACE}
    return Lexicon(rows, table, {}, places)


class Seen:
    """A labeller that says what the case says, with its lists."""

    def __init__(self, case: Case) -> None:
        self._case = case

    def tag_page(self, page: Page) -> list[Tag]:
        page.lexicon = lexicon() if self._case.lists else Rare(self._case.rare)
        return [self._case.seen.get(fold, ("O", 1.0)) for fold in page.folds]


def found(case: Case) -> list[tuple[str, str, str | None]]:
    page = Page(case.text)
    spans = [(one, page.span(one.first, one.last, one.skip)) for one in read_page(page, BOOK, Seen(case))]
    return [(one.rule, case.text[start:end], one.type) for one, (start, end) in spans]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.rule)
def test_a_rule_finds_its_name(case: Case) -> None:
    assert (case.rule, case.form, case.type) in found(case)


def test_every_rule_has_a_case() -> None:
    assert {case.rule for case in CASES} == RULES.keys()
