"""What the store of readings is asked: lists in every order, an entity's page, values of many articles; and that no
answer goes through the whole corpus when it need not."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from kashaf.entities.book.decisions import Decision, Rules
from kashaf.entities.book.namebook import Name, NameBook
from kashaf.entities.model import DateMention, EntityKey, EntityType, Mention, Quantity, Quotation, Reading
from kashaf.entities.tables.listing import surprise
from kashaf.entities.tables.rows import Variant
from kashaf.entities.tables.store import MentionStore
from kashaf.entities.tables.writing import Facts

BOOK = NameBook([Name("دمشق", "place", english="Damascus")])
LINA = EntityKey("person", "لينا الحداد")
SALIM = EntityKey("person", "سليم النجار")
CITY = EntityKey("place", "دمشق")


def reading(*names: tuple[str, EntityType], values: int = 0) -> Reading:
    place, mentions = 0, []
    for name, kind in names:
        mentions.append(Mention(name, kind, place, place + len(name), name, "tagger", 0.8))
        place += len(name) + 1
    first = mentions[0] if mentions else None
    quotations = (
        (Quotation(0, place, True, "قال", 0, 3, first.name, "person", first.start, first.end),)
        if first and first.type == "person"
        else ()
    )
    return Reading(
        tuple(mentions),
        tuple(
            DateMention(place, place + 4, "غدا", f"2025-0{at}", date(2025, at, 1), date(2025, at, 28), "month")
            for at in range(1, values + 1)
        ),
        tuple(
            Quantity(place, place + 4, "12", 12, 12, "exactly", "killed" if at else "money", "", "", ("قتيل",))
            for at in range(values)
        ),
        quotations,
    )  # fmt: skip


def facts(id_: str, published: str = "", outlet: str = "") -> Facts:
    return Facts(id_, "0" * 64, published, outlet)


@pytest.fixture
def store(tmp_path: Path) -> MentionStore:
    store = MentionStore(tmp_path)
    lina, salim, city = (tuple(reversed(key)) for key in (LINA, SALIM, CITY))
    store.put(
        [
            (facts("a", "2025-03-02", "المرفأ"), reading(lina, city, city, values=3)),  # type: ignore[arg-type]  # of the model
            (facts("b", "2025-01-05", "المرفأ"), reading(lina, salim)),  # type: ignore[arg-type]  # of the model
            (facts("c", "", ""), reading(lina, salim, city, values=1)),  # type: ignore[arg-type]  # of the model
            (facts("d", "2024-02-01", "الضفة"), reading(city)),  # type: ignore[arg-type]  # of the model
            (facts("e"), reading()),
        ],
        BOOK,
    )
    return store


def names(store: MentionStore, **asked: object) -> list[str]:
    return [row.name for row in store.table(**asked)]  # type: ignore[arg-type]  # what `table` takes


def test_orders(store: MentionStore) -> None:
    assert names(store) == ["دمشق", "لينا الحداد", "سليم النجار"]
    assert names(store, sort="mentions") == ["دمشق", "لينا الحداد", "سليم النجار"]
    assert names(store, sort="recent") == ["دمشق", "لينا الحداد", "سليم النجار"]
    ids = frozenset({"b", "c"})
    assert names(store, sort="surprise", ids=ids) == ["سليم النجار", "لينا الحداد", "دمشق"]
    assert names(store, sort="recent", ids=ids) == ["سليم النجار", "لينا الحداد", "دمشق"]
    assert names(store, ids=ids, limit=1) == ["سليم النجار"]
    (salim,) = store.table("person", ids, containing="نجار")
    assert salim.surprise > 0
    assert store.table("place", ids)[0].surprise < 0


@pytest.mark.parametrize(
    ("containing", "found"),
    [("حدا", ["لينا الحداد"]), ("لِينا", ["لينا الحداد"]), ("damas", ["دمشق"]), ("ن", ["لينا الحداد", "سليم النجار"]),
     ("", ["دمشق", "لينا الحداد", "سليم النجار"]), ("غائب", []), ("٪", [])],
)  # fmt: skip
def test_containing(store: MentionStore, containing: str, found: list[str]) -> None:
    assert names(store, containing=containing) == found
    assert names(store, containing=containing, ids=store.known_ids()) == found


def test_a_row(store: MentionStore) -> None:
    lina = store.table("person", limit=1)[0]
    assert (lina.last, sum(lina.trend), lina.trend[-1], lina.trend[-3]) == (date(2025, 3, 2), 2, 1, 1)
    lean = store.table("person", limit=1, lean=True)[0]
    assert (lean.variants, lean.trend, lean.articles) == ((), (), 3)


def test_a_page(store: MentionStore) -> None:
    page = store.page(CITY)
    assert page is not None
    assert (page.row.articles, page.row.mentions) == (3, 4)
    assert page.variants == (Variant("دمشق", 4, ""),)
    assert page.months == (("2024-02", 1), ("2025-03", 1))
    assert page.outlets == (("", 1), ("الضفة", 1), ("المرفأ", 1))
    assert [(row.name, row.articles) for row in page.together] == [("لينا الحداد", 2), ("سليم النجار", 1)]
    assert page.articles == ("a", "d", "c")
    within = store.page(CITY, {"c", "d", "zz"})
    assert within is not None
    assert (within.row.articles, within.articles, within.months) == (2, ("d", "c"), (("2024-02", 1),))
    assert store.page(CITY, {"b"}) is None
    assert store.page(EntityKey("person", "دمشق")) is None


def test_where_they_meet(store: MentionStore) -> None:
    assert store.meeting([LINA, SALIM]) == ("b", "c")
    assert store.meeting([LINA, SALIM, CITY]) == ("c",)
    assert store.meeting([LINA, EntityKey("person", "غائب")]) == store.meeting([]) == ()


def test_values(store: MentionStore) -> None:
    assert [one.article_id for one in store.quotations()] == ["a", "b", "c"]
    assert [one.article_id for one in store.quotations(speaker=LINA, limit=2)] == ["a", "b"]
    assert [one.article_id for one in store.quotations(about=CITY)] == ["a", "c"]
    assert store.quotations(speaker=SALIM) == []
    first = store.quotations(ids={"a"})[0]
    assert (first.published, first.outlet, first.quotation.speaker) == (date(2025, 3, 2), "المرفأ", LINA.name)
    assert [one.article_id for one in store.dates()] == ["a", "a", "a", "c"]
    dates = store.dates(first=date(2025, 2, 10), last=date(2025, 3, 1))
    assert [one.date.edtf for one in dates] == ["2025-02", "2025-03"]
    assert len(store.dates(ids={"c"}, limit=5)) == 1
    assert [one.quantity.counting for one in store.quantities(counting="killed")] == ["killed", "killed"]
    assert [(one.article_id, one.name) for one in store.named(ids={"b"})] == [
        ("b", LINA.name),
        ("b", SALIM.name),
    ]
    assert store.reading("a") == reading(
        (LINA.name, "person"), (CITY.name, "place"), (CITY.name, "place"), values=3
    )
    assert store.reading("zz") is None


def test_quotations_follow_decisions(store: MentionStore) -> None:
    split = Decision("split", (LINA,), "لينا أخرى", "person", ("b",))
    store.apply(Rules([split]), BOOK)
    other = EntityKey("person", "لينا أخرى")
    assert [one.article_id for one in store.quotations(speaker=LINA)] == ["a", "c"]
    assert [one.article_id for one in store.quotations(speaker=other)] == ["b"]
    assert store.quotations(ids={"b"})[0].quotation.speaker == other.name
    assert [one.article_id for one in store.quotations(about=other)] == ["b"]
    store.apply(Rules([Decision("hide", (LINA,), LINA.name, "person")]), BOOK)
    quoted = store.quotations(ids={"b"})[0].quotation
    assert (quoted.speaker, quoted.speaker_type, quoted.speaker_end) == ("", "", len(LINA.name))


def test_two_side_by_side_stay_two_whatever_was_split(tmp_path: Path) -> None:
    store = MentionStore(tmp_path)
    store.put([(facts("a"), reading(("توماس باراك", "person"), ("توم براك", "person")))], BOOK)
    before = store.table()
    split = Decision("split", (EntityKey("person", "توماس باراك"),), "شخص آخر", "person", ("a",))
    store.apply(Rules([split]), BOOK)
    store.apply(Rules(), BOOK)
    assert store.table() == before
    assert len(before) == 2


def test_surprise() -> None:
    assert surprise(10, 100, 10, 1000) == pytest.approx(22.9, abs=0.1)
    assert surprise(1, 100, 100, 1000) < 0
    assert surprise(10, 100, 100, 1000) == 0
    assert surprise(5, 5, 0, 0) == surprise(0, 0, 5, 5) == 0


# No answer that goes through everything


class Steps:
    """Counts what SQLite does, in thousands of instructions of its machine."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.count = 0
        connect = sqlite3.connect

        def counted(*arguments: object, **named: object) -> sqlite3.Connection:
            db: sqlite3.Connection = connect(*arguments, **named)  # type: ignore[call-overload]  # as given
            db.set_progress_handler(self._step, 1000)
            return db

        monkeypatch.setattr(sqlite3, "connect", counted)

    def _step(self) -> int:
        self.count += 1
        return 0

    def of(self, work: Callable[[], object]) -> int:
        before = self.count
        work()
        return self.count - before


def test_answers_cost_what_they_concern(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = MentionStore(tmp_path)
    common: tuple[str, EntityType] = ("دمشق", "place")
    letters = "بتجدرزسشصطعفقكلمنهيا"
    rare = [f"{a}{b}{c}ار" for a in letters for b in letters for c in letters[:5]]
    store.put(
        (
            (
                facts(f"a{at:05}", (date(2023, 1, 1) + timedelta(days=at)).isoformat()),
                reading(
                    common,
                    *((f"{rare[at * 2 + one]} {rare[-at * 2 - one - 1]}", "person") for one in range(2)),
                ),
            )
            for at in range(900)
        ),
        BOOK,
    )
    one, other = (EntityKey(row.type, row.name) for row in store.table("person", limit=2))
    steps = Steps(monkeypatch)
    merge = Rules([Decision("merge", (one,), other.name, "person")])
    assert steps.of(lambda: store.apply(merge, BOOK)) <= 6
    assert steps.of(lambda: store.apply(Rules(), BOOK)) <= 6
    assert steps.of(lambda: store.table(limit=20)) <= 12
    assert steps.of(lambda: store.table(ids=frozenset({"a00001", "a00002"}))) <= 3
    assert steps.of(lambda: store.page(one)) <= 8
    assert steps.of(lambda: store.reading("a00500")) <= 1
    assert steps.of(lambda: store.quotations(speaker=one)) <= 1
    assert steps.of(lambda: store.quotations(limit=5)) <= 12
    assert steps.of(lambda: store.dates(limit=5)) <= 12
    again = [(facts("a00001", "2023-01-02"), reading(common, ("زيد الجديد", "person")))]
    assert steps.of(lambda: store.put(again, BOOK)) <= 12
