"""The store of mentions: what it extracts, forgets, counts, and how it comes through damage."""

from __future__ import annotations

import re
import sqlite3
import threading
from datetime import date
from functools import partialmethod
from pathlib import Path

import pytest

from kashaf.corpus.article import Article, Metadata, Provenance
from kashaf.corpus.identity import text_sha256
from kashaf.entities.book.namebook import Name, NameBook
from kashaf.entities.model import EntityRow, Mention, MentionType, Reading
from kashaf.entities.tables import file as file_module
from kashaf.entities.tables import store as store_module
from kashaf.entities.tables.store import MentionStore, Update
from kashaf.entities.tables.writing import facts_of
from kashaf.errors import DiskTrouble, Locked

BOOK = NameBook(
    [
        Name("وادي السدر", "place"),
        Name("مرسى الريحان", "place", ("المرسى",)),
        Name("تحالف الممرات", "organization", ("تحمب",)),
        Name("نجوم الفيروز", "organization", (), frozenset({"نجوم الفيروز"})),
        Name("نجوم الفيروز", "place"),
    ]
)


def article(id_: str, text: str, published: date | None = None) -> Article:
    metadata = Metadata("عنوان", published=published)
    return Article(id_, text, metadata, Provenance(f"{id_}.txt", "", "0" * 64), 0, text_sha256(text))


ARTICLES = (
    article("a", "وصل تحمب إلى وادي السدر. وفي وادي السِّدر ميناء."),
    article("b", "غادر «تحالف الممرات» وادي السدر نحو المرسى في 12 شباط 2025."),
    article("c", "قال الخبير عبد الله الشيخاني في المرسى."),
    article("d", "قال الخبير عبدالله الشيخاني."),
)

# What stands for an article's reader: what it finds, by the words themselves.
FOUND: dict[str, tuple[str, MentionType]] = {
    "تحمب": ("تحالف الممرات", "organization"),
    "تحالف الممرات": ("تحالف الممرات", "organization"),
    "وادي السدر": ("وادي السدر", "place"),
    "وادي السِّدر": ("وادي السدر", "place"),
    "المرسى": ("مرسى الريحان", "place"),
    "مهاجم نجوم الفيروز": ("نجوم الفيروز", "organization"),
    "في نجوم الفيروز": ("نجوم الفيروز", "place"),
    "عبد الله الشيخاني": ("عبد الله الشيخاني", "person"),
    "عبدالله الشيخاني": ("عبدالله الشيخاني", "person"),
    "12 شباط 2025": ("2025-02-12", "date"),
}


def read(article: Article, book: NameBook) -> Reading:
    known = {one for name in book.names for one in name.surfaces}
    found = [
        Mention(name, kind, match.start(), match.end(), match[0], "book")
        for form, (name, kind) in FOUND.items()
        for match in re.finditer(re.escape(form), article.text)
        if kind in ("person", "date") or name in known
    ]
    return Reading(tuple(sorted(found, key=lambda one: one.start)))


class Store(MentionStore):
    """A store that is filled by `read`."""

    update = partialmethod(MentionStore.update, reader=read)


@pytest.fixture
def store(tmp_path: Path) -> MentionStore:
    return Store(tmp_path / ".kashaf" / "mentions")


@pytest.fixture
def full(store: MentionStore) -> MentionStore:
    assert store.update(ARTICLES, BOOK) == Update(extracted=4, unchanged=0, removed=0, complete=True)
    return store


def test_nothing_yet(store: MentionStore) -> None:
    assert store.table() == []
    assert store.for_article("a") == ()
    assert store.articles_of("وادي السدر") == frozenset()
    assert store.pending({"a": ("x", "", "")}, BOOK) == 1
    assert not store.path.exists()


def test_mentions_of_an_article(full: MentionStore) -> None:
    found = full.for_article("b")
    text = ARTICLES[1].text
    assert [(one.name, one.type) for one in found] == [
        ("تحالف الممرات", "organization"), ("وادي السدر", "place"), ("مرسى الريحان", "place"), ("2025-02-12", "date"),
    ]  # fmt: skip
    assert all(text[one.start : one.end] == one.form for one in found)


def test_table_by_articles_then_mentions_then_name(full: MentionStore) -> None:
    assert full.table() == [
        EntityRow("وادي السدر", "place", 2, 3, (("وادي السدر", 3),)),
        EntityRow("تحالف الممرات", "organization", 2, 2, (("تحالف الممرات", 1), ("تحمب", 1))),
        EntityRow("عبد الله الشيخاني", "person", 2, 2, (("عبد الله الشيخاني", 1), ("عبدالله الشيخاني", 1))),
        EntityRow("مرسى الريحان", "place", 2, 2, (("المرسى", 2),)),
        EntityRow("2025-02-12", "date", 1, 1, (("12 شباط 2025", 1),)),
    ]


def test_table_of_one_type_and_of_some_articles(full: MentionStore) -> None:
    assert [row.name for row in full.table("organization")] == ["تحالف الممرات"]
    assert [
        (row.name, row.articles, row.mentions) for row in full.table("place", frozenset({"a", "zz"}))
    ] == [("وادي السدر", 1, 2)]
    assert full.table(ids=frozenset()) == []
    assert len(full.table(limit=2)) == 2


def test_articles_of_an_entity(full: MentionStore) -> None:
    assert full.articles_of("وادي السدر") == full.articles_of("وادى السدر") == frozenset({"a", "b"})
    assert full.articles_of("عبدالله الشيخاني", "person") == frozenset({"c", "d"})
    assert full.articles_of("وادي السدر", "person") == frozenset()
    assert full.articles_of("2025-02-12") == frozenset({"b"})
    assert full.articles_of("") == frozenset()


def test_one_name_of_two_types_is_two_entities(store: MentionStore) -> None:
    store.update([article("a", "في نجوم الفيروز. وسجل مهاجم نجوم الفيروز")], BOOK)
    assert [(row.name, row.type) for row in store.table()] == [
        ("نجوم الفيروز", "organization"), ("نجوم الفيروز", "place"),
    ]  # fmt: skip
    assert store.articles_of("نجوم الفيروز", "organization") == frozenset({"a"})


def test_only_what_is_new_or_changed_is_extracted(full: MentionStore) -> None:
    changed = article("a", "في المرسى.")
    assert full.update([changed, *ARTICLES[1:]], BOOK) == Update(1, 3, 0, complete=True)
    assert [one.name for one in full.for_article("a")] == ["مرسى الريحان"]
    assert full.articles_of("وادي السدر") == frozenset({"b"})


def test_another_book_makes_all_pending(full: MentionStore) -> None:
    present = {one.id: facts_of(one).revision for one in ARTICLES}
    assert full.pending(present, BOOK) == 0
    other = NameBook([Name("وادي السدر", "place")])
    assert full.pending_ids(present, other) == ("a", "b", "c", "d")
    assert full.update(ARTICLES, other).extracted == 4
    assert [row.name for row in full.table("organization")] == []


def test_pending_is_what_is_new_or_changed(full: MentionStore) -> None:
    present = {
        "new": ("x", "", ""), "a": ("changed", "", ""), "b": facts_of(ARTICLES[1]).revision,
        "c": (ARTICLES[2].text_sha256, "2025-03-01", ""), "d": (ARTICLES[3].text_sha256, "", "صحيفة"),
    }  # fmt: skip
    assert full.pending_ids(present, BOOK) == ("new", "a", "c", "d")


def test_a_corrected_day_of_publication_is_a_change(full: MentionStore) -> None:
    dated = article("d", ARTICLES[3].text, date(2025, 3, 1))
    assert full.update([*ARTICLES[:3], dated], BOOK).extracted == 1


def test_what_is_gone_is_forgotten(full: MentionStore) -> None:
    assert full.update(ARTICLES[2:], BOOK).removed == 2
    assert [row.name for row in full.table()] == ["عبد الله الشيخاني", "مرسى الريحان"]
    assert full.for_article("a") == ()


def test_a_part_of_the_corpus_forgets_only_what_is_not_present(full: MentionStore) -> None:
    more = article("e", "في وادي السدر")
    assert full.update([more], BOOK, present=["a", "b", "d", "e"]) == Update(1, 0, 1, complete=True)
    assert full.articles_of("وادي السدر") == frozenset({"a", "b", "e"})
    assert full.for_article("c") == ()


def test_an_article_given_twice_counts_once(store: MentionStore) -> None:
    assert store.update([ARTICLES[0], ARTICLES[0]], BOOK) == Update(1, 0, 0, complete=True)


def test_cancelled_keeps_what_is_done_and_forgets_nothing(full: MentionStore) -> None:
    calls = iter([False, True])
    update = full.update(
        [article("e", "في وادي السدر"), article("f", "في المرسى")], BOOK, cancelled=lambda: next(calls)
    )
    assert update == Update(1, 0, 0, complete=False)
    assert full.articles_of("وادي السدر") == frozenset({"a", "b", "e"})


def test_progress_counts_articles(store: MentionStore) -> None:
    seen: list[int] = []
    store.update(ARTICLES, BOOK, progress=seen.append)
    assert seen == [1, 2, 3, 4]


def test_batches(store: MentionStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_module, "_BATCH", 3)
    store.update([article(f"n{number}", "في وادي السدر") for number in range(8)], BOOK)
    assert store.table()[0].articles == 8


def test_the_most_frequent_spelling_names_an_entity(store: MentionStore) -> None:
    texts = ["الخبير عبدالله الشيخاني.", "الخبير عبدالله الشيخاني!", "الخبير عبد الله الشيخاني."]
    store.update([article(str(number), text) for number, text in enumerate(texts)], BOOK)
    assert [row.name for row in store.table()] == ["عبدالله الشيخاني"]
    store.update([article("2", texts[2])], BOOK)
    assert [row.name for row in store.table()] == ["عبد الله الشيخاني"]
    assert [one.name for one in store.for_article("2")] == ["عبد الله الشيخاني"]


@pytest.mark.parametrize(
    "damage",
    [b"not a database at all, but longer than a header" * 10, b"SQLite format 3\x00" + b"\xff" * 5000],
)
def test_a_damaged_file_is_filled_again(full: MentionStore, damage: bytes) -> None:
    full.path.write_bytes(damage)
    assert full.table() == []
    assert full.update(ARTICLES, BOOK).extracted == 4
    assert full.table()[0].name == "وادي السدر"


def test_a_torn_file_is_filled_again(full: MentionStore) -> None:
    data = full.path.read_bytes()
    full.path.write_bytes(data[: len(data) // 2])
    full.update(ARTICLES, BOOK)
    assert [row.articles for row in full.table("place")] == [2, 2]


def test_a_file_of_another_version_is_filled_again(full: MentionStore) -> None:
    with sqlite3.connect(full.path) as db:
        db.execute("PRAGMA user_version = 999")
    db.close()
    assert full.table() == []
    assert full.update(ARTICLES, BOOK).extracted == 4


def test_a_deleted_folder_is_made_again(full: MentionStore) -> None:
    full.path.unlink()
    full.path.parent.rmdir()
    assert full.table() == []
    assert full.update(ARTICLES, BOOK).extracted == 4


def test_only_the_owner_may_read_the_file(full: MentionStore) -> None:
    assert full.path.stat().st_mode & 0o777 == 0o600


def test_a_busy_file(full: MentionStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_module, "_WAIT_SECONDS", 0.05)
    other = sqlite3.connect(full.path)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(Locked):
        full.table()
    other.close()
    assert len(full.table()) == 5


def test_a_folder_in_the_place_of_the_file(store: MentionStore) -> None:
    store.path.mkdir(parents=True)
    with pytest.raises(DiskTrouble):
        store.update(ARTICLES, BOOK)


def test_read_while_another_thread_updates(full: MentionStore) -> None:
    failures: list[BaseException] = []

    def read() -> None:
        try:
            for _ in range(20):
                assert full.table("place")
                full.for_article("b")
        except BaseException as error:
            failures.append(error)

    thread = threading.Thread(target=read)
    thread.start()
    full.update([*ARTICLES, *(article(f"n{number}", "في وادي السدر") for number in range(150))], BOOK)
    thread.join()
    assert failures == []
