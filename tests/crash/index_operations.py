"""What the index's writer does to the disk, one operation after the other, and what may be found there afterwards."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.index_corpus import ARTICLES, make_article

from kashaf.corpus.article import Article
from kashaf.errors import IndexMissing
from kashaf_index.build import IndexWriter
from kashaf_index.model import Query
from kashaf_index.opening import checked_manifest, open_segments, verify
from kashaf_index.search import Searcher

#: So little memory, and so few characters at a time, that every article is a run of its own on the disk.
LITTLE = 1
SMALL_BATCH = 64

CHANGED = make_article("school", "مدرسة أخرى", "نص بديل عن القرية.")
SMALL = tuple(make_article(f"small{n}", f"عنوان {n}", f"نص بديل قصير رقم {n}") for n in range(5))

Change = Callable[[Path], None]


@dataclass(frozen=True, slots=True)
class Scenario:
    """before: what made the index that is there; change: what is interrupted. old, new: the articles before and
    after it; None: there is no index."""

    name: str
    before: Change
    change: Change
    old: tuple[Article, ...] | None
    new: tuple[Article, ...]


def _put(*articles: Article, remove: Sequence[Article] = (), rebuild: bool = False) -> Change:
    def change(index_dir: Path) -> None:
        with IndexWriter(index_dir, rebuild=rebuild, memory=LITTLE) as writer:
            for article in articles:
                writer.put(article)
            for article in remove:
                writer.remove(article.id)
            writer.commit()

    return change


def _one_by_one(articles: Sequence[Article]) -> Change:
    def change(index_dir: Path) -> None:
        for article in articles:
            _put(article)(index_dir)

    return change


SCENARIOS = (
    Scenario("build", lambda _: None, _put(*ARTICLES[:3]), None, ARTICLES[:3]),
    # A replaced article and a removed one are marked in files of their own.
    Scenario(
        "update",
        _put(*ARTICLES[:4]),
        _put(CHANGED, ARTICLES[4], remove=[ARTICLES[2]]),
        ARTICLES[:4],
        (ARTICLES[0], CHANGED, *ARTICLES[3:]),
    ),
    Scenario("merge", _one_by_one(SMALL[:4]), _put(SMALL[4], remove=[SMALL[0]]), SMALL[:4], SMALL[1:]),
    Scenario("rebuild", _one_by_one(ARTICLES[:2]), _put(*SMALL[:2], rebuild=True), ARTICLES[:2], SMALL[:2]),
)


def state(index_dir: Path, scenario: Scenario) -> str:
    """`old` or `new`: what the index holds, whole, and answers rightly; anything else fails."""
    try:
        verify(index_dir)
    except IndexMissing:
        assert scenario.old is None
        return "old"
    held = contents(index_dir)
    with Searcher.open(index_dir) as searcher:
        found = set(searcher.matching_ids(Query("بديل")))
        assert searcher.ids() == held.keys()
        assert {known: searcher.article(known) for known in held} == held
    for name, articles in (("old", scenario.old), ("new", scenario.new)):
        if articles is not None and held == {article.id: article for article in articles}:
            assert found == {article.id for article in articles if "بديل" in article.text}
            return name
    raise AssertionError(f"neither the old nor the new index: {sorted(held)}")


def contents(index_dir: Path) -> dict[str, Article]:
    """The articles of the current generation, read from the segments themselves."""
    from kashaf_index.stored import load_article

    manifest = checked_manifest(index_dir)
    held: dict[str, Article] = {}
    for segment, deleted in open_segments(index_dir / manifest.generation, manifest):
        with segment:
            for document in range(segment.size):
                if deleted is None or not deleted[document]:
                    article_id = segment.id(document)
                    assert article_id not in held
                    held[article_id] = load_article(segment.stored(document))
    assert len(held) == manifest.articles
    return held


def litter(index_dir: Path) -> list[str]:
    """What should not be there once a writer has come after an interrupted one."""
    found = [
        path.name
        for path in index_dir.rglob("*")
        if path.name.endswith((".part", ".tmp", ".old", ".run")) or path.name == "scratch"
    ]
    generations = sorted(path.name for path in index_dir.glob("gen-*"))
    return found + generations[:-2]
