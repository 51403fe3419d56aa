"""Concordance lines: which matches, in which order, how many, and what stands beside them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from tests.index_corpus import make_article, open_index

from kashaf.errors import Cancelled, UsageError
from kashaf_index.contexts import words_after, words_before
from kashaf_index.kwic import NEAR, SORTS, KwicLine, LineSort, concordance, sort_lines
from kashaf_index.model import Query
from kashaf_index.search import Searcher

ARTICLES = (
    make_article(
        "bridge",
        "بناء الجسر الجديد",
        "قال وزير النقل إن الجسر القديم سيغلق.\nوأضاف الوزير أن العمل في الجسر يبدأ غداً.",
        outlet="نبض",
        published=date(2025, 3, 1),
    ),
    make_article(
        "traffic",
        "حركة السير",
        "ازدحم الجسر القديم أمس، ثم فتح الجِسر الثاني.",
        outlet="أفق",
        published=date(2025, 4, 2),
    ),
    make_article("memory", "ذكريات", "كان جسر القرية من خشب."),
)


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searcher]:
    with open_index(tmp_path_factory.mktemp("kwic"), ARTICLES) as opened:
        yield opened


def nodes(lines: tuple[KwicLine, ...] | list[KwicLine]) -> list[str]:
    return [line.node for line in lines]


def sorted_by(searcher: Searcher, sort: LineSort, text: str = "الجسر") -> list[KwicLine]:
    return list(concordance(searcher, Query(text), sort=sort).lines)


def test_every_match_is_a_line_with_its_place(searcher: Searcher) -> None:
    found = concordance(searcher, Query("الجسر"))
    assert (len(found.lines), found.total, found.articles) == (6, 6, 3)
    for line in found.lines:
        text = searcher.article(line.id).text
        assert text[line.start : line.end] == line.node
        flat = text.replace("\n", " ")
        assert flat[: line.start].endswith(line.left)
        assert flat[line.end :].startswith(line.right)


def test_matches_of_an_article_come_in_the_order_of_its_text(searcher: Searcher) -> None:
    lines = concordance(searcher, Query("الجسر")).lines
    by_article: dict[str, list[int]] = {}
    for line in lines:
        by_article.setdefault(line.id, []).append(line.start)
    assert list(by_article) == list(searcher.matching_ids(Query("الجسر")))
    assert all(starts == sorted(starts) for starts in by_article.values())


def test_the_rung_says_what_matches(searcher: Searcher) -> None:
    assert nodes(concordance(searcher, Query("الجِسر", rung="exact")).lines) == ["الجِسر"]
    assert len(concordance(searcher, Query("الجسر", rung="folded")).lines) == 5


def test_a_phrase_is_one_match_and_swallows_the_words_within(searcher: Searcher) -> None:
    (phrase,) = concordance(searcher, Query('"وزير النقل"')).lines
    assert phrase.node == "وزير النقل"
    assert phrase.before[:1] == ("قال",)
    assert phrase.after[:2] == ("ان", "الجسر")
    both = concordance(searcher, Query('وزير "وزير النقل"', match="any"))
    assert nodes(both.lines) == ["وزير النقل", "الوزير"]


def test_limit_cuts_and_total_counts(searcher: Searcher) -> None:
    every = concordance(searcher, Query("الجسر"))
    for sort in SORTS:
        whole = sorted_by(searcher, sort)
        for limit in range(7):
            some = concordance(searcher, Query("الجسر"), limit=limit, sort=sort)
            assert list(some.lines) == whole[:limit]
            assert (some.total, some.articles) == (every.total, every.articles)


def test_sorting_by_a_word_goes_on_with_those_beyond_it(searcher: Searcher) -> None:
    after = [line.after for line in sorted_by(searcher, "after1")]
    assert [words[0] for words in after] == ["الثاني", "الجديد", "القديم", "القديم", "القريه", "يبدا"]
    assert [words[1] for words in after if words[0] == "القديم"] == ["امس", "سيغلق"]
    second = [line.before[1:2] for line in sorted_by(searcher, "before2")]
    with_one = [words for words in second if words]
    assert second == [*sorted(with_one), *[()] * (6 - len(with_one))]
    assert 0 < len(with_one) < 6


def test_lines_without_such_a_word_come_last(searcher: Searcher) -> None:
    lines = sorted_by(searcher, "after1", "غدا OR خشب OR حركة")
    assert nodes(lines)[:1] == ["حركة"]
    assert [line.after for line in lines[1:]] == [(), ()]


def test_proclitics_and_articles_count_when_lines_are_sorted(searcher: Searcher) -> None:
    words = nodes(sorted_by(searcher, "node", "وأضاف OR قال OR العمل OR ازدحم"))
    assert words == ["ازدحم", "العمل", "قال", "وأضاف"]


def test_by_date_the_newest_first_and_undated_last(searcher: Searcher) -> None:
    days = [line.published for line in sorted_by(searcher, "date")]
    assert days == [date(2025, 4, 2)] * 2 + [date(2025, 3, 1)] * 3 + [None]


def test_by_outlet_and_none_last(searcher: Searcher) -> None:
    assert [line.outlet for line in sorted_by(searcher, "outlet")] == ["أفق"] * 2 + ["نبض"] * 3 + [None]


def test_sorting_is_stable() -> None:
    lines = [
        KwicLine("a", "t", None, None, "", "جسر", "", at, at + 3, before=(word,), after=("س",))
        for at, word in enumerate("ببااببا")
    ]
    for sort in SORTS:
        ordered = sort_lines(lines, sort)
        assert sorted(line.start for line in ordered) == list(range(7))
        groups: dict[tuple[str, ...], list[int]] = {}
        for line in ordered:
            groups.setdefault(line.before, []).append(line.start)
        assert all(starts == sorted(starts) for starts in groups.values())


def test_keys_do_not_depend_on_the_width(searcher: Searcher) -> None:
    narrow = concordance(searcher, Query("الجسر"), width=5, sort="before1").lines
    wide = concordance(searcher, Query("الجسر"), width=200, sort="before1").lines
    assert [(line.id, line.start) for line in narrow] == [(line.id, line.start) for line in wide]
    assert [line.before for line in narrow] == [line.before for line in wide]
    assert all(len(line.left) <= 5 and len(line.right) <= 5 for line in narrow)


def test_what_no_word_asks_for_gives_no_lines(searcher: Searcher) -> None:
    for text in ("*", "date:2025", "outlet:نبض", "", "-الجسر", "قطار"):
        assert concordance(searcher, Query(text)).lines == ()


def test_it_stops_when_told(searcher: Searcher) -> None:
    answers = iter([False, False, True])
    with pytest.raises(Cancelled):
        concordance(searcher, Query("الجسر"), cancelled=lambda: next(answers, True))


def test_an_unknown_sort_is_refused(searcher: Searcher) -> None:
    with pytest.raises(UsageError, match="before1"):
        concordance(searcher, Query("الجسر"), sort="before4")  # type: ignore[arg-type]  # as a caller might


def test_words_beside_a_place() -> None:
    text = "واحد اثنان، ثلاثة (أربعة) خمسة"
    at = text.index("ثلاثة")
    assert [word.group() for word in words_before(text, at, 5)] == ["اثنان", "واحد"]
    assert [word.group() for word in words_before(text, at, 1)] == ["اثنان"]
    assert words_before(text, at, 0) == []
    assert [word.group() for word in words_after(text, at + 5, 1)] == ["أربعة"]
    assert words_after(text, len(text), 3) == []


def test_words_before_are_whole_however_long() -> None:
    long = "ا" * 400
    text = f"بداية {long} {long} قلم"
    found = [word.group() for word in words_before(text, text.index("قلم"), 3)]
    assert found == [long, long, "بداية"]


def test_a_common_word_keeps_no_more_than_the_limit_asks(tmp_path: Path) -> None:
    body = " ".join(f"قال مصدر{at % 7} إن" for at in range(2000))
    with open_index(tmp_path, [make_article("long", "عنوان", body)]) as opened:
        found = concordance(opened, Query("قال"), limit=10, sort="after1")
        assert (found.total, len(found.lines)) == (2000, 10)
        assert {line.after[0] for line in found.lines} == {"مصدر"}
        assert all(len(line.before) <= NEAR for line in found.lines)
