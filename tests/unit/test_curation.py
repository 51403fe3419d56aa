"""What the analyst does to names: decided, kept, undone; what is written by hand wins."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
import yaml

from kashaf.entities.book.curation import Curation
from kashaf.entities.book.decisions import KINDS, Decision, Folded, Kind, Rules, folded
from kashaf.entities.book.inforce import NameFiles, Names
from kashaf.entities.book.overlay import Back, History, parse, to_line
from kashaf.entities.model import EntityKey
from kashaf.errors import BadInput, Locked, UsageError
from kashaf.storage.lock import Lock

ENVOY = EntityKey("person", "توم الكوثراني")
THOMAS = EntityKey("person", "توماس الكوثراني")
OTHER = EntityKey("person", "عدنان الشيخاني")
VALLEY = EntityKey("place", "وادي السدر")


class Case:
    """The files of a workspace's names, without a shipped book."""

    def __init__(self, root: Path) -> None:
        self.hand = root / "names.yaml"
        self.overlay = root / "state" / "names.yaml"
        self.kept = root / ".kashaf" / "names"

    def curation(self, who: str = "لينا") -> Curation:
        return Curation(self.overlay, self.hand, who, kept=self.kept, shipped=False)

    def names(self) -> Names:
        return NameFiles(self.hand, self.overlay, self.kept, None).load()

    def lines(self) -> list[str]:
        return [line for line in self.overlay.read_text("utf-8").splitlines() if line.startswith("- ")]


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return Case(tmp_path)


def final(rules: Rules, key: EntityKey, article: str = "") -> Folded | None:
    return rules.final(folded(key), article)


def test_each_decision_is_a_line_that_says_who_and_when(case: Case) -> None:
    curation = case.curation()
    made = [
        curation.merge([THOMAS], ENVOY),
        curation.split(OTHER, ["b", "a", "b"], "عدنان الشيخاني الطبيب"),
        curation.rename(VALLEY, "وادي السدرة"),
        curation.retype(VALLEY, "organization"),
        curation.hide(VALLEY),
        curation.apart(ENVOY, "توم كوثراني"),
    ]
    assert case.curation().decisions() == tuple(made)
    assert len(case.lines()) == len(made)
    assert [one.kind for one in made] == ["merge", "split", "rename", "retype", "hide", "apart"]
    assert made[1].articles == ("a", "b")
    assert all(one.who == "لينا" and one.when.endswith("Z") and len(one.id) == 8 for one in made)
    first = yaml.safe_load(case.lines()[0])[0]
    assert first["do"] == "merge"
    assert first["of"] == [["person", "توماس الكوثراني"]]
    assert first["name"] == "توم الكوثراني"
    assert first["by"] == "لينا"


def test_undo_and_redo_outlive_the_process(case: Case) -> None:
    first = case.curation().merge([THOMAS], ENVOY)
    second = case.curation().hide(VALLEY)
    assert case.curation("سليم").undo() == second
    assert case.curation().decisions() == (first,)
    assert case.curation().undone() == (second,)
    assert case.curation().undo() == first
    assert case.curation().undo() is None
    assert case.curation().redo() == first
    assert case.curation().redo() == second
    assert case.curation().redo() is None
    assert case.curation().decisions() == (first, second)
    assert len(case.lines()) == 6
    assert "سليم" in case.lines()[2]


def test_several_are_hidden_by_one_line_and_shown_again_by_one(case: Case) -> None:
    hidden = case.curation().hide(VALLEY, OTHER, VALLEY, THOMAS)
    assert hidden.keys == (VALLEY, OTHER, THOMAS)
    assert len(case.lines()) == 1
    assert yaml.safe_load(case.lines()[0])[0]["of"] == [list(key) for key in (VALLEY, OTHER, THOMAS)]
    assert all(final(case.names().rules, key) is None for key in hidden.keys)
    assert case.curation().undo() == hidden
    assert all(final(case.names().rules, key) == folded(key) for key in hidden.keys)
    assert case.curation().redo() == hidden
    with pytest.raises(UsageError, match="nothing to hide"):
        case.curation().hide()


def test_of_several_that_were_hidden_the_one_written_by_hand_is_shown(case: Case) -> None:
    case.curation().hide(VALLEY, THOMAS)
    case.hand.write_text(HAND, "utf-8")
    names = case.names()
    assert final(names.rules, VALLEY) is None
    assert final(names.rules, THOMAS) == folded(THOMAS)
    assert [(one.where, THOMAS.name in str(one)) for one in names.problems] == [("names.yaml, line 3", True)]


def test_several_are_hidden_or_none(case: Case) -> None:
    case.hand.write_text(HAND, "utf-8")
    with pytest.raises(UsageError, match="by hand"):
        case.curation().hide(VALLEY, THOMAS)
    assert not case.overlay.exists()


@pytest.mark.parametrize("key", [THOMAS, EntityKey("person", "توم كوثراني"), VALLEY, ENVOY])
@pytest.mark.parametrize("kind", KINDS)
def test_what_is_said_to_be_stopped_is_refused_whatever_is_chosen(
    case: Case, key: EntityKey, kind: Kind
) -> None:
    """And what is not said to be stopped can be done in some way."""
    case.hand.write_text(HAND, "utf-8")
    curation = case.curation()
    ways: dict[Kind, list[Callable[[], object]]] = {
        "merge": [partial(curation.merge, [key], into) for into in (OTHER, THOMAS) if into != key],
        "split": [lambda: curation.split(key, ["a"], "شخص آخر")],
        "rename": [
            partial(curation.rename, key, name) for name in ("اسم جديد", THOMAS.name) if name != key.name
        ],
        "retype": [lambda: curation.retype(key, "organization")],
        "hide": [lambda: curation.hide(key)],
        "apart": [lambda: curation.apart(key, "شكل آخر")],
    }
    refused = 0
    for way in ways[kind]:
        try:
            way()
        except UsageError:
            refused += 1
    stopped = case.names().hand.stops(key, kind) is not None
    assert stopped == (refused == len(ways[kind]))


def test_what_was_undone_cannot_be_redone_once_something_else_is_done(case: Case) -> None:
    curation = case.curation()
    curation.merge([THOMAS], ENVOY)
    curation.undo()
    hidden = curation.hide(VALLEY)
    assert curation.redo() is None
    assert curation.decisions() == (hidden,)


def test_comments_and_lines_of_others_stay(case: Case) -> None:
    case.curation().merge([THOMAS], ENVOY)
    text = case.overlay.read_text("utf-8") + "# ملاحظة باليد"
    case.overlay.write_text(text, "utf-8")
    case.curation().hide(VALLEY)
    assert case.overlay.read_text("utf-8").startswith(text + "\n- ")


def test_two_laptops_merged_by_git(case: Case) -> None:
    base = case.curation().merge([THOMAS], ENVOY)
    start = case.overlay.read_text("utf-8")
    hidden = case.curation().hide(VALLEY)
    mine = case.overlay.read_text("utf-8").removeprefix(start)
    case.overlay.write_text(start, "utf-8")
    undone = case.curation().undo()
    assert undone == base
    theirs = case.overlay.read_text("utf-8").removeprefix(start)
    for both in (start + mine + theirs, start + theirs + mine, start + mine + theirs + mine):
        case.overlay.write_text(both, "utf-8")
        assert case.curation().decisions() == (hidden,)


def test_what_cannot_be_decided(case: Case) -> None:
    curation = case.curation()
    date = EntityKey("date", "2025-02-12")
    attempts: list[Callable[[], object]] = [
        lambda: curation.merge([], ENVOY),
        lambda: curation.merge([EntityKey("person", "تُوم الكوثراني")], ENVOY),
        lambda: curation.merge([date], ENVOY),
        lambda: curation.hide(date),
        lambda: curation.split(ENVOY, [], "غيره"),
        lambda: curation.split(ENVOY, ["a"], "توم الكوثراني"),
        lambda: curation.rename(ENVOY, ENVOY.name),
        lambda: curation.rename(ENVOY, " — "),
        lambda: curation.rename(ENVOY, "س " * 20),
        lambda: curation.retype(ENVOY, "person"),
        lambda: curation.apart(ENVOY, "توم الكوثراني"),
    ]
    for attempt in attempts:
        with pytest.raises(UsageError):
            attempt()
    assert not case.overlay.exists()


def test_a_name_with_controls_is_cleaned(case: Case) -> None:
    made = case.curation().rename(ENVOY, "توم\x1b[31m\n الكوثراني\u202e الكبير")
    assert made.name == "توم الكوثراني الكبير"
    assert case.curation().decisions() == (made,)


def test_a_chain_of_decisions() -> None:
    rules = Rules(
        [
            Decision("merge", (THOMAS,), ENVOY.name, "person"),
            Decision("rename", (ENVOY,), "الموفد", "person"),
            Decision("retype", (EntityKey("person", "الموفد"),), "الموفد", "organization"),
        ]
    )
    assert final(rules, THOMAS) == final(rules, ENVOY) == ("organization", "الموفد")
    assert final(rules, OTHER) == folded(OTHER)


def test_a_later_decision_is_of_what_the_earlier_have_made() -> None:
    back = Rules(
        [
            Decision("rename", (ENVOY,), OTHER.name, "person"),
            Decision("rename", (OTHER,), ENVOY.name, "person"),
        ]
    )
    assert final(back, ENVOY) == final(back, OTHER) == folded(ENVOY)
    assert final(Rules([Decision("hide", (ENVOY,), ENVOY.name, "person")]), ENVOY) is None


def test_a_split_holds_in_its_articles_only() -> None:
    rules = Rules(
        [
            Decision("merge", (THOMAS,), ENVOY.name, "person"),
            Decision("split", (ENVOY,), "توم الآخر", "person", ("a",)),
        ]
    )
    assert final(rules, THOMAS, "a") == ("person", "تومالاخر")
    assert final(rules, THOMAS, "b") == folded(ENVOY)


def test_rules_outlive_json() -> None:
    rules = Rules([Decision("split", (ENVOY,), "توم الآخر", "person", ("a",), "لينا", "2025", "00000000")])
    again = Rules.from_json(rules.to_json())
    assert again.to_json() == rules.to_json()
    assert again.digest == rules.digest != Rules().digest
    with pytest.raises(ValueError, match="decisions"):
        Rules.from_json(b"[[1]]")


HAND = """
people:
  - {name: توماس الكوثراني, aliases: [توم كوثراني], english: Thomas Kawtharani, note: موفد}
"""


def test_what_is_written_by_hand_wins(case: Case) -> None:
    case.hand.write_text(HAND, "utf-8")
    curation = case.curation()
    attempts: list[Callable[[], object]] = [
        lambda: curation.merge([THOMAS], ENVOY),
        lambda: curation.rename(THOMAS, "الموفد"),
        lambda: curation.retype(THOMAS, "place"),
        lambda: curation.hide(THOMAS),
        lambda: curation.merge([EntityKey("person", "توم كوثراني")], ENVOY),
        lambda: curation.apart(THOMAS, "توم كوثراني"),
    ]
    for attempt in attempts:
        with pytest.raises(UsageError, match="by hand") as caught:
            attempt()
        assert caught.value.where == "names.yaml, line 3"
    curation.merge([ENVOY], THOMAS)
    assert [name.canonical for name in case.names().book.find(ENVOY.name)] == [THOMAS.name]


def test_a_decision_that_was_there_before_is_passed_over_and_said(case: Case) -> None:
    made = case.curation().merge([THOMAS], ENVOY)
    case.hand.write_text(HAND, "utf-8")
    names = case.names()
    assert [(str(one.where), "توماس" in one.what) for one in names.problems] == [("names.yaml, line 3", True)]
    assert final(names.rules, THOMAS) == folded(THOMAS)
    assert case.curation().notices()[0].where == "names.yaml, line 3"
    case.hand.unlink()
    assert case.names().rules.decisions == (made,)


def test_two_people_told_apart_by_hand(case: Case) -> None:
    case.hand.write_text(
        "people:\n  - {name: عدنان الطبيب, of: عدنان الشيخاني, articles: [a1], by: لينا, at: 2025-02-12}\n",
        "utf-8",
    )
    names = case.names()
    assert final(names.rules, OTHER, "a1") == ("person", "عدنانالطبيب")
    assert final(names.rules, OTHER, "b2") == folded(OTHER)
    assert names.rules.decisions[0].when == "2025-02-12"


def test_the_book_as_decided(case: Case) -> None:
    case.hand.write_text("places: [مرسى الريحان]\n", "utf-8")
    curation = case.curation()
    curation.merge([THOMAS, EntityKey("person", "الكوثراني")], ENVOY)
    curation.hide(VALLEY)
    book = case.names().book
    assert [name.canonical for name in book.find(THOMAS.name)] == [ENVOY.name]
    (envoy,) = book.find("الكوثراني")
    assert envoy.ambiguous == frozenset({"الكوثراني"})
    assert book.find(VALLEY.name) == ()
    # Reading goes by itself: each name for itself, and the same stamp as without decisions.
    assert [name.canonical for name in book.for_reading.find(THOMAS.name)] == [THOMAS.name]
    plain = replace(case.names()).book.fingerprint
    curation.undo()
    assert case.names().book.fingerprint == plain
    assert [name.canonical for name in case.names().book.find(VALLEY.name)] == []


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: 1\n", 1),
        ("- 7\n", 1),
        ("# x\n\n- {do: merge}\n", 3),
        ("- {id: 00000001, do: merge, of: [], type: person, name: س ص}\n", 1),
        ("- {id: zz, do: hide, of: [[person, س ص]], type: person, name: س ص}\n", 1),
        ("- {id: '00000001', do: burn, of: [[person, س ص]], type: person, name: س ص}\n", 1),
        ("- {id: '00000001', do: hide, of: [[animal, س ص]], type: person, name: س ص}\n", 1),
        ('- {id: "00000001", do: hide, of: [[person, "a\\e[2J"]], type: person, name: س ص}\n', 1),
        ("- {do: undo, of: 7}\n", 1),
        ("- {id: '00000001', do: split, of: [[person, س ص]], type: person, name: ع}\n", 1),
        ("- [\n", 2),
        ("<<<<<<< ours\n- {}\n", 1),
    ],
)
def test_a_damaged_overlay_says_its_line_and_is_never_added_to(case: Case, text: str, line: int) -> None:
    case.overlay.parent.mkdir()
    case.overlay.write_text(text, "utf-8")
    with pytest.raises(BadInput) as caught:
        case.curation().hide(VALLEY)
    assert caught.value.where == f"state/names.yaml, line {line}"
    assert case.overlay.read_text("utf-8") == text
    (problem,) = case.names().problems
    assert problem.where == caught.value.where


def test_the_last_good_decisions_hold_while_the_file_is_mended(case: Case) -> None:
    case.curation().merge([THOMAS], ENVOY)
    case.hand.write_text("people: [عدنان الشيخاني]\n", "utf-8")
    before = case.names()
    good = case.overlay.read_bytes(), case.hand.read_bytes()
    case.overlay.write_bytes(good[0] + b"- [\n")
    case.hand.write_bytes(good[1] + b"places: {\n")
    names = case.names()
    assert len(names.problems) == 2
    assert all("last good" in problem.cure for problem in names.problems)
    assert names.rules.to_json() == before.rules.to_json()
    assert [one.canonical for one in names.book.names] == [one.canonical for one in before.book.names]
    for copy in case.kept.iterdir():
        copy.unlink()
    assert case.names().book.names == ()
    case.overlay.write_bytes(good[0])
    case.hand.write_bytes(good[1])
    assert case.names().problems == ()


@pytest.mark.parametrize(
    "damage", [b"", b"{", b"[]", b"null", b'{"version": 1}', b"\xff" * 40, b"[" * 50_000]
)
def test_a_damaged_copy_is_read_again(case: Case, damage: bytes) -> None:
    case.hand.write_text("people: [عدنان الشيخاني]\n", "utf-8")
    case.curation().hide(VALLEY)
    before = case.names()
    for copy in case.kept.iterdir():
        copy.write_bytes(damage)
    assert case.names().book.names == before.book.names


def test_where_nothing_can_be_kept_the_files_are_read(case: Case) -> None:
    case.hand.write_text("people: [عدنان الشيخاني]\n", "utf-8")
    case.kept.parent.mkdir()
    case.kept.write_text("a file")
    assert len(case.names().book.names) == 1


def test_another_window_that_is_deciding(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kashaf.entities.book.curation._PATIENCE", 0.05)
    case.overlay.parent.mkdir()
    with Lock(case.overlay, "busy"), pytest.raises(Locked):
        case.curation().hide(VALLEY)
    case.curation().hide(VALLEY)


def test_lines_come_back_as_they_were_written() -> None:
    decision = Decision(
        "rename", (EntityKey("person", "a: b, {c}"),), "'x' # y", "person", (), "null", "1", "0000abcd"
    )
    back = Back("undo", "0000abcd", "", "")
    text = f"{to_line(decision)}\n{to_line(back)}\n"
    assert parse(text.encode(), "x") == History((decision, back), (), (decision,))
    assert len(text.splitlines()) == 2
