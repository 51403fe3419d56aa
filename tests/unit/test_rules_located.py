"""Places that the words around them show: rare words behind prepositions, rows, kinds of places."""

from __future__ import annotations

import pytest

from kashaf.entities.model import EntityType
from kashaf.entities.page import Page
from kashaf.entities.rules.enumerated import enumerated_candidates
from kashaf.entities.rules.located import located_candidates
from kashaf.entities.rules.places import place_candidates
from kashaf.entities.rules.spans import Candidate, Taken
from kashaf.entities.rules.tagged import Span
from kashaf.entities.rules.trims import trimmed


class Known:
    """A list of words that holds all but a few."""

    def __init__(self, *rare: str) -> None:
        self.rare = rare
        self.single: frozenset[str] = frozenset()

    @property
    def clusters(self) -> Known:
        return self

    def __contains__(self, word: object) -> bool:
        return word not in self.rare


def page_of(text: str, *rare: str) -> Page:
    page = Page(text)
    page.lexicon = Known(*rare)
    return page


def held(page: Page, word: str, kind: EntityType = "place") -> Taken:
    index = next(at for at, fold in enumerate(page.folds) if fold.endswith(word))
    skip = len(page.folds[index]) - len(word)
    return Taken([Candidate(index, index, skip, word, kind, "book", "book_plain")])


def located(text: str, *rare: str, beside: str = "") -> list[tuple[str, str]]:
    page = page_of(text, *rare)
    taken = held(page, beside) if beside else Taken()
    return [(one.rule, one.name) for one in located_candidates(page, taken)]


def test_rare_place() -> None:
    assert located("وصل في شلغوم، ثم عاد", "شلغوم") == [("rare_place", "شلغوم")]
    assert located("وصل في صباح، ثم عاد") == []
    assert located("كتب شلغوم، ثم عاد", "شلغوم") == []
    assert located("في شلغومهم، ثم عاد", "شلغومهم") == []


def test_row_place() -> None:
    assert located("في سدرة وشلغوم، ثم", "وشلغوم", "شلغوم", beside="سدره") == [("row_place", "شلغوم")]
    assert located("في سدرة ويشلغم، ثم", "ويشلغم", "يشلغم", beside="سدره") == []
    assert located("في سدرة وصباح، ثم", beside="سدره") == []


def test_row_before_a_place() -> None:
    found = located("فروا وشلغوم وسدرة", "وشلغوم", "شلغوم", beside="سدره")
    assert found == [("row_place", "شلغوم")]
    assert located("فروا ورأوا وسدرة", beside="سدره") == []


def test_row_start() -> None:
    assert located("إلى شلغوم وسدرة", "شلغوم", beside="سدره") == [("row_start", "شلغوم")]
    assert located("رأى شلغوم وسدرة", "شلغوم", beside="سدره") == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("في مرسى النوارس أمس", "مرسى النوارس"),
        ("نزل ببير الغزلان أمس", "بير الغزلان"),
        ("بلغ وادي النوارس", "وادي النوارس"),
    ],
)
def test_compound_place(text: str, name: str) -> None:
    assert located(text) == [("compound_place", name)]


@pytest.mark.parametrize("text", ["في رأس المال", "في عين المكان", "رأى عين الغزال", "في دير عريق"])
def test_no_compound_place(text: str) -> None:
    assert located(text) == []


def doubted(text: str, chances: list[float], *beside: int) -> list[str]:
    page = Page(text)
    page.tags = [("O", chance) for chance in chances]
    taken = Taken([Candidate(at, at, 0, page.folds[at], "place", "book", "book_plain") for at in beside])
    return [one.name for one in located_candidates(page, taken) if one.rule == "doubted_place"]


def test_a_place_that_the_tagger_half_sees() -> None:
    assert doubted("سافر إلى النوارس، ثم عاد", [1, 1, 0.6, 1, 1]) == ["النوارس"]
    assert doubted("سافر إلى نورس سدرة، ثم عاد", [1, 1, 0.6, 0.6, 1, 1]) == ["نورس سدرة"]
    assert doubted("سافر إلى النوارس، ثم عاد", [1, 1, 0.9, 1, 1]) == []
    assert doubted("سلم من النوارس، ثم عاد", [1, 1, 0.6, 1, 1]) == []
    assert doubted("رأى في مستقبل سدرة خيرا", [1, 1, 0.6, 1, 1], 3) == []
    assert doubted("اشتكى إلى الاتحاد، ثم عاد", [1, 1, 0.6, 1, 1]) == []


def placed(text: str, *rare: str) -> list[tuple[str, str]]:
    return [(one.rule, one.name) for one in place_candidates(page_of(text, *rare), Taken())]


def test_weak_place() -> None:
    assert placed("وقعت في منطقة شلغوم أمس", "شلغوم") == [("weak_place", "شلغوم")]
    assert placed("اجتمعوا في ساحة النورسة أمس", "النورسه") == [("weak_place", "ساحة النورسة")]
    assert placed("تجمعوا في سوق شلغوم أمس", "شلغوم") == [("weak_place", "سوق شلغوم")]
    assert placed("اجتمعوا في ساحة المعركة أمس") == []
    assert placed("في منطقة سيشلغم أمس", "سيشلغم") == []


def test_a_kind_before_a_known_place_needs_the_taggers_doubt() -> None:
    page = page_of("عاد من معسكر سدرة أمس")
    for chance, found in ((0.7, ["معسكر سدرة"]), (0.99, [])):
        page.tags = [("O", 1.0), ("O", 1.0), ("O", chance), ("O", 1.0), ("O", 1.0)]
        assert [one.name for one in place_candidates(page, held(page, "سدره"))] == found


@pytest.mark.parametrize(
    ("text", "kind", "rare", "left"),
    [
        ("شلغوم الليبية", "place", "شلغوم", "شلغوم"),  # an adjective of nationality behind a place
        ("شلغوم الليبية", "organization", "شلغوم", "شلغوم"),  # and behind a company
        ("شركة شلغوم نوارس", "organization", "شلغوم", "شلغوم نوارس"),  # a kind before a name
        ("شركة الرمال للتعدين", "organization", "", "شركة الرمال للتعدين"),
        ("سالم بمرجانتين", "person", "بمرجانتين", "سالم"),  # what the sentence goes on with
        ("سيشلغم", "place", "سيشلغم", ""),  # a verb
    ],
)
def test_trims_by_words_in_no_list(text: str, kind: EntityType, rare: str, left: str) -> None:
    page = page_of(text, rare)
    page.tags = [("O", 0.6)] * len(page)
    spans = trimmed(page, Span(0, len(page) - 1, kind, 0.6), frozenset[str]().__contains__)
    assert " ".join(" ".join(text.split()[one.first : one.last + 1]) for one in spans) == left


def test_weak_place_where_the_tagger_doubts() -> None:
    page = page_of("اجتمعوا في ساحة النورسة أمس")
    page.tags = [("O", 1.0), ("O", 1.0), ("O", 0.8), ("O", 0.7), ("O", 1.0)]
    assert [one.name for one in place_candidates(page, Taken())] == ["ساحة النورسة"]
    page.tags = [("O", 1.0)] * 5
    assert list(place_candidates(page, Taken())) == []


def enumerated(text: str, beside: str = "") -> list[str]:
    page = page_of(text)
    return [one.name for one in enumerated_candidates(page, held(page, beside) if beside else Taken())]


def test_enumerated() -> None:
    assert enumerated("بلدات السدر والفيروز وعين الغزال") == ["السدر", "الفيروز", "عين الغزال"]
    assert enumerated("مدينتي السدر والفيروز") == ["السدر", "الفيروز"]
    assert enumerated("قرى السدر، الفيروز، الهضبة") == ["السدر", "الفيروز", "الهضبة"]
    assert enumerated("بلدات سدرة والفيروز", beside="سدره") == ["الفيروز"]


@pytest.mark.parametrize(
    "text", ["بلدات كثيرة", "مدن السدر والفيروز", "قرى وبلدات", "بلدات السدر وقالت", "مدينتي كبيرة وجميلة"]
)
def test_nothing_enumerated(text: str) -> None:
    assert enumerated(text) == []
