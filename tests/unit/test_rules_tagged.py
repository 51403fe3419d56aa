"""What becomes of the tagger's names: trimmed, without glued letters, under the book, agreed within an article."""

from __future__ import annotations

import pytest

from kashaf.corpus.article import Article, Metadata, Provenance
from kashaf.entities.book.namebook import Name, NameBook
from kashaf.entities.mentions import find_mentions
from kashaf.entities.page import Page
from kashaf.entities.rules.glued import beginnings, glued_letters
from kashaf.entities.rules.tagged import Tag

BOOK = NameBook(
    [
        Name("تنظيم راية البحر", "organization"),
        Name("المرفأ", "organization"),
        Name("الفيروز", "place"),
        Name("شمال الوديان", "place"),
        Name("الباب", "place", ambiguous=frozenset({"الباب"})),
    ]
)
SHORT = {"P": "PER", "L": "LOC", "O": "ORG"}


class Told:
    """A labeller that says what it is told: «P:سالم الغزال», one probability for all."""

    def __init__(self, *names: str, chance: float = 0.9) -> None:
        self.names = [(SHORT[name[0]], name[2:].split()) for name in names]
        self.chance = chance

    def tag_page(self, page: Page) -> list[Tag]:
        tags: list[Tag] = [("O", 1.0)] * len(page)
        words = [page.text[start:end] for start, end in zip(page.starts, page.ends, strict=True)]
        for label, name in self.names:
            for at in range(len(words) - len(name) + 1):
                if words[at : at + len(name)] == name and tags[at][0] == "O":
                    for index in range(at, at + len(name)):
                        tags[index] = (("B-" if index == at else "I-") + label, self.chance)
        return tags


def read(text: str, *names: str, chance: float = 0.9) -> list[tuple[str, str]]:
    article = Article("a", text, Metadata("عنوان"), Provenance("a.txt", "", "0" * 64))
    return [(one.type, one.form) for one in find_mentions(article, BOOK, Told(*names, chance=chance))]


@pytest.mark.parametrize(
    ("text", "told", "found"),
    [
        ("قال الوزير سالم الغزال إنه", "P:الوزير سالم الغزال", [("person", "سالم الغزال")]),
        ("وقالت رئيستها مسعودة الغزال إن", "P:رئيستها مسعودة الغزال", [("person", "مسعودة الغزال")]),
        ("سجل روبن نافل الثالث هدفا", "P:روبن نافل الثالث", [("person", "روبن نافل")]),
        ("رأى سالم الغزال قال", "P:سالم الغزال قال", [("person", "سالم الغزال")]),
        ("في مدينة السدرة أمس", "L:مدينة السدرة", [("place", "السدرة")]),
        ("في شمال السدرة أمس", "L:شمال السدرة", [("place", "السدرة")]),
        ("في شمال الوديان أمس", "L:شمال الوديان", [("place", "شمال الوديان")]),
        ("في سدرة والنورسة أمس", "L:سدرة والنورسة", [("place", "سدرة"), ("place", "النورسة")]),
        ("عبر الحدود السورية أمس", "L:الحدود السورية", []),
        ("قال السوريون أمس", "P:السوريون", []),
        ("وتملك الرمال الرقمية منصة", "O:وتملك الرمال الرقمية", [("organization", "الرمال الرقمية")]),
        ("قال وزير الرمال الرقمية أمس", "O:الرمال الرقمية", []),
        ("وذكر التنظيم أمس", "O:التنظيم", []),
        ("أسس جمعية زراعية أمس", "O:جمعية زراعية", []),
        ("وصلت صحيفة السدرة أمس", "O:صحيفة السدرة", [("organization", "السدرة")]),
        ("فازت السدرة الإماراتي أمس", "O:السدرة الإماراتي", [("organization", "السدرة")]),
        (
            "دعا اتحاد الصيادين السوري أمس",
            "O:اتحاد الصيادين السوري",
            [("organization", "اتحاد الصيادين السوري")],
        ),
        ("ورأى المصري اليوم أن", "O:المصري اليوم", [("organization", "المصري اليوم")]),
        ("رد رئيس الهيئة صلاح الغزال أمس", "O:الهيئة صلاح الغزال", [("person", "صلاح الغزال")]),
        (
            "بين جامعة السدرة وغرفة التجارة أمس",
            "O:جامعة السدرة وغرفة التجارة",
            [("organization", "جامعة السدرة"), ("organization", "غرفة التجارة")],
        ),
        ("وحضر ممثلو إقليم السدرة أمس", "O:ممثلو إقليم السدرة", [("place", "السدرة")]),
        (
            "عالجه مستشفى النورسة بالفيروز أمس",
            "O:مستشفى النورسة بالفيروز",
            [("organization", "مستشفى النورسة"), ("place", "الفيروز")],
        ),
        (
            "قالت مديرية الصحة بالفيروز",
            "O:مديرية الصحة بالفيروز",
            [("organization", "مديرية الصحة بالفيروز")],
        ),
        ("ونقل المصابون إلى مرفأ أمس", "L:مرفأ", []),
        ("وصل إلى السدرة الشرقية أمس", "L:السدرة الشرقية", [("place", "السدرة الشرقية")]),
        ("وكرموا سالم الغزال تقديراً له", "P:سالم الغزال تقديراً", [("person", "سالم الغزال")]),
        ("وهاجم لواء السدرة أمس", "P:لواء السدرة", [("organization", "لواء السدرة")]),
    ],
)
def test_trimmed(text: str, told: str, found: list[tuple[str, str]]) -> None:
    assert read(text, told) == found


def test_a_name_never_goes_over_a_mark() -> None:
    text = "في سدرة، نورسة"
    tags: list[Tag] = [("O", 1.0), ("B-LOC", 0.9), ("I-LOC", 0.9)]

    class Over:
        def tag_page(self, page: Page) -> list[Tag]:
            return tags[: len(page)]

    article = Article("a", text, Metadata("عنوان"), Provenance("a.txt", "", "0" * 64))
    assert [one.form for one in find_mentions(article, NameBook([]), Over())] == ["سدرة", "نورسة"]


@pytest.mark.parametrize(
    ("word", "seen", "letters"),
    [
        ("والفيروز", "", 1),
        ("وفيروز", "فيروز", 1),
        ("واشنطن", "لواشنطن", 0),
        ("بالسدره", "", 1),
        ("للسدره", "", 0),
        ("وسدرات", "", 1),
        ("وسدر", "", 0),
        ("محمد", "", 0),
    ],
)
def test_glued_letters(word: str, seen: str, letters: int) -> None:
    assert glued_letters(word, beginnings(BOOK).__contains__, {word, seen}) == letters


@pytest.mark.parametrize(
    ("text", "told", "found"),
    [
        # what the book knows in several words keeps its bounds
        ("أعلن تنظيم راية البحر الجديد", "O:تنظيم راية البحر الجديد", [("organization", "تنظيم راية البحر")]),
        # a place of one word is a part of a body's longer name
        ("أعلنت بلدية الفيروز الكبرى", "O:بلدية الفيروز الكبرى", [("organization", "بلدية الفيروز الكبرى")]),
        # what the tagger sees behind a body that the book knows belongs to its name, but for a nationality
        ("اشترت المرفأ فودز حصة", "O:المرفأ فودز", [("organization", "المرفأ فودز")]),
        ("اشترت المرفأ الصينية حصة", "O:المرفأ الصينية", [("organization", "المرفأ")]),
        # and so does a direction behind a place
        ("في الفيروز الشرقية أمس", "L:الفيروز الشرقية", [("place", "الفيروز الشرقية")]),
        # the kind before a body that the book knows is none of its name
        ("كتبت صحيفة المرفأ أمس", "O:صحيفة المرفأ", [("organization", "المرفأ")]),
        # where both see the same words, the book says what they are
        ("في الفيروز أمس", "P:الفيروز", [("place", "الفيروز")]),
        # the tagger is a cue for a name that is a common word too
        ("رأى الباب أمس", "L:الباب", [("place", "الباب")]),
        ("رأى الباب أمس", "L:أمس", []),
    ],
)
def test_the_book_over_the_tagger(text: str, told: str, found: list[tuple[str, str]]) -> None:
    assert read(text, told) == found


def test_a_hyphen_joins_two_names() -> None:
    class Hyphened:
        def tag_page(self, page: Page) -> list[Tag]:
            return [("O", 1.0), ("B-PER", 0.9), ("I-PER", 0.9), ("I-PER", 0.9), ("O", 1.0)]

    for text, found in (
        ("قال سالم-زوبع الغزال أمس", "سالم-زوبع الغزال"),
        ("قال سالم - زوبع الغزال أمس", "سالم"),
    ):
        article = Article("a", text, Metadata("عنوان"), Provenance("a.txt", "", "0" * 64))
        assert find_mentions(article, NameBook([]), Hyphened())[0].form == found


def test_found_once_found_everywhere() -> None:
    text = "قال سالم الغزال ذلك. ثم عاد سالم الغزال. وقال الغزال"
    assert len(read(text, "P:سالم الغزال")) == 3


def test_a_single_name_is_looked_for_only_when_the_tagger_is_sure() -> None:
    text = "أعلنت نبضان ذلك. ورأت نبضان"

    class Once(Told):
        def tag_page(self, page: Page) -> list[Tag]:
            tags = super().tag_page(page)
            return [*tags[:3], *[("O", 1.0)] * (len(tags) - 3)]

    article = Article("a", text, Metadata("عنوان"), Provenance("a.txt", "", "0" * 64))
    for chance, count in ((0.95, 2), (0.6, 1)):
        assert len(find_mentions(article, NameBook([]), Once("O:نبضان", chance=chance))) == count


def test_types_agree_within_an_article() -> None:
    text = "في سدرات هنا. إلى سدرات هنا. من سدرات هنا. وقال سدرات"

    class Wavering:
        def tag_page(self, page: Page) -> list[Tag]:
            at = [index for index, word in enumerate(page.folds) if word == "سدرات"]
            kinds = dict(zip(at, ("B-LOC", "B-LOC", "B-LOC", "B-PER"), strict=True))
            return [(kinds.get(index, "O"), 0.7) for index in range(len(page))]

    article = Article("a", text, Metadata("عنوان"), Provenance("a.txt", "", "0" * 64))
    assert {one.type for one in find_mentions(article, NameBook([]), Wavering())} == {"place"}


def test_a_word_too_many_is_taken_off_where_the_rest_is_known() -> None:
    text = "قالت مورغان سدرات ذلك. فالسيدة سدرات حملت رسالة"
    assert read(text, "P:مورغان سدرات", "P:سدرات حملت", chance=0.7)[-1] == ("person", "سدرات")


def test_confidence_follows_the_tagger_and_its_agreement() -> None:
    article = Article("a", "في مدينة السدرة أمس", Metadata("عنوان"), Provenance("a.txt", "", "0" * 64))
    (sure,) = find_mentions(article, NameBook([]), Told("L:السدرة", chance=0.99))
    (unsure,) = find_mentions(article, NameBook([]), Told("L:السدرة", chance=0.4))
    assert sure.confidence > unsure.confidence


def test_links_say_why() -> None:
    text = "قال سالم الغزال ذلك. وأضاف العميد الغزال. وقال الغزال. اتحاد الصيادين التونسي ثم اتحاد الصيادين"
    article = Article("a", text, Metadata("عنوان"), Provenance("a.txt", "", "0" * 64))
    links = [one.link for one in find_mentions(article, NameBook([]), Told("P:سالم الغزال"))]
    assert links == ["", "title", "surname", "", "short form"]


def test_acronyms_link() -> None:
    text = "تنظيم راية البحر (رتب) ثم رتب"
    article = Article("a", text, Metadata("عنوان"), Provenance("a.txt", "", "0" * 64))
    assert [one.link for one in find_mentions(article, BOOK, Told())] == ["", "acronym", "acronym"]


def test_a_surname_of_the_family_goes_on() -> None:
    text = "قتل ضياء زوبع مصلح الحردان وابنه سالم الحردان"
    found = read(text, "P:ضياء زوبع", "P:سالم الحردان")
    assert found == [("person", "ضياء زوبع مصلح الحردان"), ("person", "سالم الحردان")]
    assert read("قتل ضياء زوبع مصلح الحردان", "P:ضياء زوبع") == [("person", "ضياء زوبع")]


def test_two_of_one_family_are_two() -> None:
    text = "قتل عبد الله ضياء الحردان وعبد الرحمن ضياء زوبع الحردان"
    article = Article("a", text, Metadata("عنوان"), Provenance("a.txt", "", "0" * 64))
    told = Told("P:عبد الله ضياء الحردان", "P:وعبد الرحمن ضياء زوبع الحردان")
    names = {one.name for one in find_mentions(article, BOOK, told)}
    assert names == {"عبد الله ضياء الحردان", "عبد الرحمن ضياء زوبع الحردان"}


def test_a_surname_that_is_a_word_needs_a_sure_tagger() -> None:
    book = NameBook([Name("نبيل بري", "person", ("بري",), frozenset({"بري"}))])
    article = Article("a", "بعد توغل بري هنا", Metadata("عنوان"), Provenance("a.txt", "", "0" * 64))
    for chance, count in ((0.95, 1), (0.6, 0)):
        found = find_mentions(article, book, Told("P:بري", chance=chance))
        assert [one.source for one in found] == ["book"] * count
