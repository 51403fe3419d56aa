"""What the pane of entities lists, where two meet, and how their sentences fit into two lines."""

from __future__ import annotations

from datetime import date

from tests.entity_support import ARTICLES, MAYOR, PORT, TOWN, by_name, read

from kashaf.entities.book.namebook import NameBook
from kashaf.entities.model import DateMention, EntityRow, Mention, Reading
from kashaf_tui.explorer.names import place_in
from kashaf_tui.explorer.panes.entity_rows import of_article, of_corpus
from kashaf_tui.explorer.panes.meeting import two_lines, window

BOOK = NameBook([])


def test_the_trend_of_the_corpus_stands_beside_the_name() -> None:
    known: dict[tuple[str, str], EntityRow] = {
        (MAYOR.type, MAYOR.name): EntityRow(MAYOR.name, "person", 9, 12, (), date(2025, 12, 1), (0, 3))
    }
    rows = of_article(read(by_name("quay"), BOOK), known)
    (row,) = [one for one in rows if one.name == MAYOR.name]
    assert row.entity is not None
    assert row.entity.trend == (0, 3)
    assert row.entity.mentions == 3
    assert row.links == ("surname",)


def test_the_surest_mention_speaks_for_all() -> None:
    sure = Mention("س", "person", 0, 1, "س", "book", 0.9)
    doubtful = Mention("س", "person", 2, 3, "س", "cue", 0.2)
    (_, row) = of_article(Reading((sure, doubtful)), {})
    assert row.sure
    (_, row) = of_article(Reading((doubtful,)), {})
    assert not row.sure


def test_dates_stand_in_their_order_and_those_without_a_value_last() -> None:
    def one(at: int, edtf: str, day: date | None) -> DateMention:
        return DateMention(at, at + 1, f"ي{at}", edtf, day, day, "day")

    dates = (
        one(0, "", None),
        one(2, "2025-11", date(2025, 11, 1)),
        one(4, "2024", date(2024, 1, 1)),
        one(6, "2024", date(2024, 1, 1)),
    )
    rows = of_article(Reading(dates=dates), {})
    assert [(row.value, row.mentions) for row in rows[1:]] == [("2024", 2), ("2025-11", 1), ("", 1)]
    assert rows[0].heading == 3


def test_the_corpus_lists_no_dates() -> None:
    rows = [EntityRow("2025", "date", 3, 3, ()), EntityRow("أ", "place", 2, 2, ())]
    assert [(row.type, row.heading) for row in of_corpus(rows)] == [("place", 1), ("place", 0)]


def test_the_sentence_that_names_all_is_shown() -> None:
    article = by_name("quay")
    named = [one for one in read(article, BOOK).mentions if (one.type, one.name) in (MAYOR, TOWN)]
    place = place_in(article, named, 2)
    assert place is not None
    assert place.together == 1
    ((line, spans),) = place.parts
    assert [line[start:end] for start, end in spans] == ["سلمى الوزان", "مرسى الزعفران"]
    assert article.text.startswith("سلمى الوزان رصيف", place.caret)


def test_of_two_that_are_apart_each_has_its_sentence() -> None:
    article = by_name("strike")
    named = [one for one in read(article, BOOK).mentions if (one.type, one.name) in (MAYOR, PORT)]
    place = place_in(article, named, 2)
    assert place is not None
    assert place.together == 0
    shown = [[line[start:end] for start, end in spans] for line, spans in place.parts]
    assert shown == [["هيئة الموانئ"], ["سلمى الوزان"]]


def test_an_article_that_names_nobody_is_no_place() -> None:
    assert place_in(ARTICLES[-1], [], 2) is None


def test_a_long_sentence_is_shown_from_where_its_names_are() -> None:
    text = "كلمة " * 40 + "زيد وعمرو" + " كلمة" * 40
    start = text.index("زيد")
    shown, spans = window(text, [(start, start + 3)], 60)
    assert shown.startswith("…")
    assert [shown[a:b] for a, b in spans] == ["زيد"]
    assert spans[0][0] < 60


def test_two_lines_lose_no_word_and_no_name() -> None:
    text = "كلمة " * 10 + "زيد"
    first, second = two_lines([(text, [(len(text) - 3, len(text))])], 30)
    assert (first[0] + " " + second[0]).split() == text.split()
    assert [line[a:b] for line, spans in (first, second) for a, b in spans] == ["زيد"]
    whole, nothing = two_lines([("قصير", [(0, 2)])], 30)
    assert whole == ("قصير", [(0, 2)])
    assert nothing == ("", ())
