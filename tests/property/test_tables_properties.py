"""The store of readings: its totals are those of its readings, whatever was read, linked, decided and taken back in
whatever order."""

from __future__ import annotations

import random
import tempfile
from collections import Counter, defaultdict
from datetime import date, timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from kashaf.entities.book.decisions import Decision, Rules
from kashaf.entities.book.namebook import Name, NameBook
from kashaf.entities.model import EntityKey, EntityType, Mention, Quotation, Reading
from kashaf.entities.tables.store import MentionStore
from kashaf.entities.tables.writing import Facts

# Spellings that fold alike, that are linked, that are not, and one that the book knows.
NAMES: list[tuple[str, EntityType]] = [
    ("توم براك", "person"),
    ("توم باراك", "person"),
    ("توماس باراك", "person"),
    ("عبد الله الشيخاني", "person"),
    ("عبدالله الشيخاني", "person"),
    ("عبد الله بن علي الشيخاني", "person"),
    ("سالم الجابري", "person"),
    ("سليم الجابري", "person"),
    ("بوكمال", "place"),
    ("البوكمال", "place"),
    ("غوتنبرغ", "place"),
    ("جوتنبرج", "place"),
    ("المرسى", "place"),
    ("مرسى الريحان", "place"),
    ("غوغل", "organization"),
    ("جوجل", "organization"),
]
BOOK = NameBook([Name("مرسى الريحان", "place", ("المرسى",)), Name("بوكمال", "place")])
KEYS = [EntityKey(kind, name) for name, kind in NAMES]
IDS = [f"a{number}" for number in range(8)]

people = st.sampled_from([key for key in KEYS if key.type == "person"])
keys = st.sampled_from(KEYS)
decisions = st.one_of(
    st.builds(lambda a, b: Decision("merge", (a,), b.name, b.type), keys, keys),
    st.builds(lambda a, b: Decision("rename", (a,), b, a.type), keys, st.sampled_from(["اسم جديد", "توم براك"])),
    st.builds(lambda a, kind: Decision("retype", (a,), a.name, kind), keys, st.sampled_from(["person", "place"])),
    st.builds(lambda a: Decision("hide", (a,), a.name, a.type), keys),
    st.builds(lambda a, b: Decision("apart", (a,), b.name, a.type), keys, keys),
    st.builds(
        lambda a, ids: Decision("split", (a,), "شخص آخر تماما", a.type, tuple(sorted(ids))),
        keys,
        st.sets(st.sampled_from(IDS), min_size=1),
    ),
)  # fmt: skip


@st.composite
def readings(draw: st.DrawFn) -> dict[str, tuple[Facts, Reading]]:
    found = {}
    for number, id_ in enumerate(draw(st.lists(st.sampled_from(IDS), min_size=1, unique=True))):
        place = 0
        mentions = []
        for name, kind in draw(st.lists(st.sampled_from(NAMES), max_size=6)):
            mentions.append(Mention(name, kind, place, place + len(name), name, "tagger"))
            place += len(name) + 1
        quotations = tuple(
            Quotation(0, place, True, "قال", 0, 0, one.name, one.type, one.start, one.end)
            for one in mentions[:1]
            if one.type != "date"
        )
        day = (date(2025, 1, 20) + timedelta(days=9 * number)).isoformat() if number % 3 else ""
        found[id_] = (
            Facts(id_, "0" * 64, day, f"صحيفة {number % 2}"),
            Reading(tuple(mentions), (), (), quotations),
        )
    return found


def check(store: MentionStore) -> None:
    """What lists say is what the articles say, one by one."""
    articles: defaultdict[EntityKey, set[str]] = defaultdict(set)
    mentions: Counter[EntityKey] = Counter()
    for id_ in store.known_ids():
        for one in store.for_article(id_):
            key = EntityKey(one.type, one.name)
            articles[key].add(id_)
            mentions[key] += 1
    rows = store.table()
    assert {EntityKey(row.type, row.name): (row.articles, row.mentions) for row in rows} == {
        key: (len(ids), mentions[key]) for key, ids in articles.items()
    }
    assert store.table(ids=store.known_ids(), lean=True) == store.table(lean=True)
    for row in rows:
        key = EntityKey(row.type, row.name)
        assert store.articles_of(row.name, row.type) == articles[key]
        page = store.page(key)
        assert page is not None
        assert set(page.articles) == articles[key]
        assert sum(one.mentions for one in page.variants) == row.mentions
        assert sum(count for _, count in page.outlets) == row.articles
        assert sum(row.trend) == sum(count for _, count in page.months)
        said = {(one.article_id, one.quotation.start) for one in store.quotations(speaker=key)}
        assert said == {
            (one.article_id, one.quotation.start)
            for one in store.quotations()
            if (one.quotation.speaker_type, one.quotation.speaker) == key
        }
        assert store.quotations(about=key)
    names, by_article = store.by_article()
    assert {id_: {names[at] for at in found} for id_, found in by_article.items() if found} == {
        id_: {key for key, ids in articles.items() if id_ in ids}
        for id_ in {id_ for ids in articles.values() for id_ in ids}
    }
    assert not (set(names) - set(articles))


def shown(store: MentionStore) -> object:
    return (
        [(row.name, row.type, row.articles, row.mentions, row.variants, row.last) for row in store.table()],
        {id_: store.reading(id_) for id_ in sorted(store.known_ids())},
    )


def filled(folder: str, found: list[tuple[Facts, Reading]], rules: Rules, cut: int = 0) -> MentionStore:
    store = MentionStore(Path(folder) / "mentions")
    store.put(found[:cut], BOOK)
    store.apply(rules, BOOK)
    for one in found[cut:]:
        store.put([one], BOOK)
    return store


@given(found=readings(), steps=st.lists(decisions, max_size=4), seed=st.integers(0, 99))
@settings(max_examples=12, deadline=None)
def test_order_matters_nothing(
    found: dict[str, tuple[Facts, Reading]], steps: list[Decision], seed: int
) -> None:
    rules = Rules(steps)
    one, other = list(found.values()), list(found.values())
    random.Random(seed).shuffle(other)
    with tempfile.TemporaryDirectory() as here, tempfile.TemporaryDirectory() as there:
        first = filled(here, one, rules, len(one))
        second = filled(there, other, rules, seed % (len(other) + 1))
        check(first)
        check(second)
        assert shown(first) == shown(second)


@given(
    found=readings(),
    steps=st.lists(decisions, min_size=1, max_size=4),
    gone=st.sets(st.sampled_from(IDS), max_size=3),
)
@settings(max_examples=12, deadline=None)
def test_what_is_taken_back_leaves_nothing(
    found: dict[str, tuple[Facts, Reading]], steps: list[Decision], gone: set[str]
) -> None:
    with tempfile.TemporaryDirectory() as here, tempfile.TemporaryDirectory() as there:
        store = filled(here, list(found.values()), Rules())
        for count in range(1, len(steps) + 1):
            store.apply(Rules(steps[:count]), BOOK)
            check(store)
        store.put([found[id_] for id_ in sorted(gone & found.keys())], BOOK)  # read again: the same
        check(store)
        for count in reversed(range(len(steps))):
            store.apply(Rules(steps[:count]), BOOK)
        check(store)
        assert shown(store) == shown(filled(there, list(found.values()), Rules()))
        store.forget(gone & found.keys())
        check(store)


@given(found=readings(), steps=st.lists(decisions, max_size=2))
@settings(max_examples=8, deadline=None)
def test_another_book_is_looked_up_without_reading(
    found: dict[str, tuple[Facts, Reading]], steps: list[Decision]
) -> None:
    with tempfile.TemporaryDirectory() as here, tempfile.TemporaryDirectory() as there:
        store = MentionStore(Path(here) / "mentions")
        store.put(found.values(), NameBook([]))
        store.learn(NameBook([]), None)
        store.apply(Rules(steps), None)
        store.learn(BOOK, None)
        check(store)
        other = filled(there, list(found.values()), Rules(steps))
        assert shown(store) == shown(other)
