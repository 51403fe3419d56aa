"""Aliases of the name book and variant spellings, as a query gets them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.index_corpus import make_article, open_index

from kashaf.entities.book.namebook import Name, NameBook
from kashaf.entities.book.spellings import SHIPPED, Spellings
from kashaf.errors import BadInput
from kashaf_index.aliases import Aliases
from kashaf_index.model import Query
from kashaf_index.query.expansion import Expansion
from kashaf_index.search import Searcher

BOOK = NameBook(
    [
        Name(
            "تنظيم الدولة الإسلامية",
            "organization",
            ("داعش", "تنظيم الدولة", "الدولة"),
            frozenset({"الدولة"}),
        ),
        Name("توماس باراك", "person", ("توم براك", "براك"), frozenset({"براك"})),
    ]
)
GROUPS = Spellings(
    {"فنلند": ("فينلند",), "فينلند": ("فنلند",)},
    {("ترامب",): (("ترمب",),), ("ترمب",): (("ترامب",),), ("نصرالله",): (("نصر", "الله"),)},
)
ARTICLES = [
    make_article("one", "خبر", "قصفت الطائرات مواقع داعش ليلا."),
    make_article("two", "خبر", "أعلن تنظيم الدولة الإسلامية مسؤوليته."),
    make_article("three", "خبر", "دولة التنظيم الإداري والإسلامي لا صلة لها."),
    make_article("four", "خبر", "وصل توم برّاك ثم وترمب إلى نادٍ فينلندي."),
]


@pytest.fixture
def aliases() -> Aliases:
    return Aliases(lambda: BOOK, lambda: GROUPS)


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searcher]:
    with open_index(tmp_path_factory.mktemp("index"), ARTICLES) as opened:
        opened.expander = Aliases(lambda: BOOK, lambda: GROUPS)
        yield opened


def found(searcher: Searcher, text: str) -> dict[str, list[tuple[str, str]]]:
    """By article: the words that matched, and why."""
    return {
        hit.path.rpartition("/")[2].removesuffix(".txt"): [
            (word, why.rule) for why in hit.why for word in why.words
        ]
        for hit in searcher.search(Query(text)).hits
    }


def test_a_group_is_found_under_its_other_names(searcher: Searcher) -> None:
    rule = "alias تنظيم الدولة الإسلامية"
    answer = found(searcher, "داعش")
    assert answer.keys() == {"one", "two"}
    assert ("تنظيم الدولة الإسلامية", rule) in answer["two"]
    # The other way round; and a name is not found by the stems of its words.
    answer = found(searcher, "تنظيم الدولة الإسلامية")
    assert ("داعش", rule) in answer["one"]
    assert "two" in answer


def test_aliases_count_from_the_stem_rung_up(searcher: Searcher) -> None:
    assert searcher.search(Query("داعش")).rungs == {"exact": 1, "folded": 1, "stem": 2, "root": 2}
    assert searcher.search(Query("=داعش")).total == 1


def test_an_ambiguous_name_is_neither_asked_for_nor_offered(aliases: Aliases) -> None:
    assert aliases.expansions(("براك",)) == ()
    assert all(("الدوله",) not in one.forms for one in aliases.expansions(("داعش",)))


def test_what_holds_the_words_anyway_is_not_offered(aliases: Aliases) -> None:
    (expansion,) = aliases.expansions(("تنظيم", "الدوله"))
    assert expansion.forms == (("داعش",),)


def test_proclitics_and_the_article_are_seen_through(aliases: Aliases) -> None:
    (expansion,) = aliases.expansions(("وداعش",))
    assert ("تنظيم", "الدوله", "الاسلاميه") in expansion.forms
    assert aliases.expansions(("وترامب",)) == (Expansion(0, 1, (("ترمب",),), "variant ترمب", whole=True),)


def test_spellings_are_followed(searcher: Searcher) -> None:
    assert found(searcher, "ترامب") == {"four": [("وترمب", "variant ترمب")]}
    assert found(searcher, "الفنلندية") == {"four": [("فينلندي", "variant فينلند")]}
    assert found(searcher, "توماس باراك").keys() == {"four"}


def test_several_words_may_be_one(aliases: Aliases) -> None:
    (expansion,) = aliases.expansions(("قال", "نصرالله"))
    assert (expansion.start, expansion.end, expansion.forms) == (1, 2, (("نصر", "الله"),))


def test_the_shipped_spellings_load() -> None:
    shipped = Spellings.load()
    assert ("ترمب",) in shipped.words[("ترامب",)]
    assert shipped.stems


def test_a_workspace_adds_its_own(tmp_path: Path) -> None:
    mine = tmp_path / "spellings.yaml"
    mine.write_text("words:\n  - [زغرب, زاغرب]\n", encoding="utf-8")
    loaded = Spellings.load(SHIPPED, [mine, tmp_path / "none.yaml"])
    assert loaded.words[("زغرب",)] == (("زاغرب",),)
    assert ("ترامب",) in loaded.words


@pytest.mark.parametrize(
    "text",
    [
        "- [ترامب, ترمب]",
        "words: ترامب",
        "words:\n  - [ترامب]",
        "words:\n  - [ترامب, 5]",
        "words:\n  - [ترامب, '...']",
        "stems:\n  - [الفنلندي, فينلند]",
        "letters:\n  - [ترامب, ترمب]",
    ],
)
def test_a_file_of_another_form_is_refused_with_its_name(tmp_path: Path, text: str) -> None:
    path = tmp_path / "spellings.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadInput) as caught:
        Spellings.load(None, [path])
    assert "spellings.yaml" in str(caught.value.where)
    assert caught.value.cure
