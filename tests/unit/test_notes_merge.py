"""The merge of notes, case by case; its laws are in `tests/property/test_merge_laws.py`."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from tests.effort_support import effort
from tests.merging_support import Laptop
from tests.notes_support import note, target

from kashaf.errors import BadInput, UsageError
from kashaf.notes.codec import ended_document, ended_from, from_document, to_document
from kashaf.notes.merge import merge_records
from kashaf.notes.model import MAX_TAGS, Ended, Note, Version
from kashaf.notes.past import history_of
from kashaf.notes.settling import Put, Take, settle
from kashaf.notes.versions import DELETED, amended, ended, first, heads, is_line, made, ordered, united
from kashaf.notes.view import Conflict, conflicts, is_deleted, shown, view

NOTE = note(1).id
AT = "2026-04-01T08:00:00Z"


@pytest.fixture
def pair() -> tuple[Laptop, Laptop]:
    """Two laptops with copies of one note."""
    ours = Laptop("سعاد")
    ours.add(1)
    theirs = Laptop("كريم", clock=20_000)
    theirs.meet(*ours.told())
    return ours, theirs


def meet(ours: Laptop, theirs: Laptop) -> Note:
    """Both ways; the note as both have it then."""
    told = ours.told()
    ours.meet(*theirs.told())
    theirs.meet(*told)
    assert ours.export() == theirs.export()
    return ours.live[NOTE]


def contested(merged: Note) -> dict[str, list[Any]]:
    return {one.field: [value.value for value in one.alternatives] for one in conflicts(merged)}


# What holds


def test_different_fields_both_hold(pair: tuple[Laptop, Laptop]) -> None:
    ours, theirs = pair
    ours.edit(NOTE, body="رأي جديد")
    theirs.edit(NOTE, confidence="high")
    merged = meet(ours, theirs)
    assert (merged.body, merged.confidence, conflicts(merged)) == ("رأي جديد", "high", ())
    assert len(heads(merged.versions)) == 2
    assert merged.modified == max(version.at for version in merged.versions)


def test_the_same_value_twice_is_no_conflict(pair: tuple[Laptop, Laptop]) -> None:
    ours, theirs = pair
    ours.edit(NOTE, status="disputed")
    theirs.edit(NOTE, status="disputed")
    merged = meet(ours, theirs)
    assert (merged.status, conflicts(merged)) == ("disputed", ())


def test_one_field_twice_is_a_conflict_whatever_the_clocks(pair: tuple[Laptop, Laptop]) -> None:
    ours, theirs = pair
    ours.edit(NOTE, body="ألف")
    theirs.offset = -9_000
    theirs.edit(NOTE, body="باء")
    merged = meet(ours, theirs)
    (conflict,) = conflicts(merged)
    assert conflict.field == "body"
    assert {one.value: one.author for one in conflict.alternatives} == {"ألف": "سعاد", "باء": "كريم"}
    assert merged.body == conflict.alternatives[-1].value


def test_an_edit_after_the_other_was_seen_replaces_it(pair: tuple[Laptop, Laptop]) -> None:
    ours, theirs = pair
    ours.edit(NOTE, body="ألف")
    theirs.meet(*ours.told())
    theirs.edit(NOTE, body="باء")
    assert (meet(ours, theirs).body, conflicts(ours.live[NOTE])) == ("باء", ())
    assert is_line(ours.live[NOTE].versions)


def test_added_and_removed_tags_both_hold(pair: tuple[Laptop, Laptop]) -> None:
    ours, theirs = pair
    ours.edit(NOTE, tags=("اقتصاد", "ميناء"))
    theirs.edit(NOTE, tags=("صيد",))
    merged = meet(ours, theirs)
    assert merged.tags == ("ميناء", "صيد")
    assert conflicts(merged) == ()


def test_a_tag_removed_here_and_given_anew_there_stays(pair: tuple[Laptop, Laptop]) -> None:
    ours, theirs = pair
    ours.edit(NOTE, tags=())
    theirs.edit(NOTE, tags=())
    theirs.edit(NOTE, tags=("اقتصاد",))
    assert meet(ours, theirs).tags == ("اقتصاد",)


def test_tags_in_order_are_a_value_too(pair: tuple[Laptop, Laptop]) -> None:
    ours, theirs = pair
    ours.edit(NOTE, tags=("ب", "اقتصاد", "أ"))
    theirs.edit(NOTE, body="باء")
    assert meet(ours, theirs).tags == ("ب", "اقتصاد", "أ")


def test_too_many_tags_together_are_a_conflict(pair: tuple[Laptop, Laptop]) -> None:
    ours, theirs = pair
    many = [tuple(f"{who}{number}" for number in range(60)) for who in "أب"]
    ours.edit(NOTE, tags=many[0])
    theirs.edit(NOTE, tags=many[1])
    merged = meet(ours, theirs)
    assert len(merged.tags) <= MAX_TAGS
    assert contested(merged) == {"tags": [list(many[0]), list(many[1])]}
    ours._put(settle(merged, {"tags": Put([*many[0], "ب1"])}, at=AT, author="سعاد"))
    assert len(ours.live[NOTE].tags) == 61
    assert conflicts(ours.live[NOTE]) == ()


def test_unknown_fields_are_a_field(pair: tuple[Laptop, Laptop]) -> None:
    ours, theirs = pair
    ours.edit(NOTE, extra={"rating": 5})
    theirs.edit(NOTE, extra={"rating": 4})
    assert contested(meet(ours, theirs)) == {"extra": [{"rating": 5}, {"rating": 4}]}


# Deletion


def test_delete_against_nothing_deletes(pair: tuple[Laptop, Laptop]) -> None:
    ours, theirs = pair
    theirs.delete(NOTE)
    report = ours.meet(*theirs.told())
    assert [one.id for one in report.deleted] == [NOTE]
    assert ours.trash[NOTE].body == "للمراجعة"
    assert ours.export() == theirs.export()


def test_delete_against_edit_is_a_conflict_and_the_note_stays(pair: tuple[Laptop, Laptop]) -> None:
    ours, theirs = pair
    ours.edit(NOTE, body="ألف")
    theirs.delete(NOTE)
    merged = meet(ours, theirs)
    assert merged.body == "ألف"
    assert contested(merged) == {DELETED: [False, True]}
    # An edit of something else leaves the question open.
    ours.edit(NOTE, status="closed")
    assert contested(ours.live[NOTE]) == {DELETED: [False, True]}
    ours.settle(NOTE, 1)
    assert NOTE in ours.trash
    theirs.meet(*ours.told())
    assert NOTE in theirs.trash


def test_keeping_the_note_settles_it_too(pair: tuple[Laptop, Laptop]) -> None:
    ours, theirs = pair
    ours.edit(NOTE, body="ألف")
    theirs.delete(NOTE)
    meet(ours, theirs)
    ours.settle(NOTE, 0)
    merged = meet(ours, theirs)
    assert (merged.body, conflicts(merged)) == ("ألف", ())


def test_both_delete(pair: tuple[Laptop, Laptop]) -> None:
    for laptop in pair:
        laptop.delete(NOTE)
    ours, theirs = pair
    ours.meet(*theirs.told())
    assert set(ours.trash) == {NOTE}
    assert len(heads(ours.trash[NOTE].versions)) == 2
    ours.restore(NOTE)
    theirs.meet(*ours.told())
    assert theirs.live[NOTE].tags == ("اقتصاد",)


def test_a_deletion_that_knew_of_the_edit_stands(pair: tuple[Laptop, Laptop]) -> None:
    ours, theirs = pair
    ours.edit(NOTE, body="ألف")
    theirs.meet(*ours.told())
    theirs.delete(NOTE)
    ours.meet(*theirs.told())
    assert set(ours.trash) == {NOTE}


def test_what_was_restored_meanwhile_is_a_conflict_with_a_new_deletion(pair: tuple[Laptop, Laptop]) -> None:
    ours, theirs = pair
    ours.delete(NOTE)
    theirs.meet(*ours.told())
    ours.restore(NOTE)
    theirs.restore(NOTE)
    theirs.delete(NOTE)
    merged_there = theirs.meet(*ours.told())
    ours.meet(*theirs.told())
    assert [one.id for one in merged_there.revived] == [NOTE]
    assert contested(ours.live[NOTE]) == contested(theirs.live[NOTE])
    assert set(contested(ours.live[NOTE])) == {DELETED}


def test_a_tombstone_travels_through_who_never_had_the_note(pair: tuple[Laptop, Laptop]) -> None:
    ours, theirs = pair
    theirs.delete(NOTE)
    theirs.purge(NOTE)
    between = Laptop("ليلى")
    assert between.meet(*theirs.told()).ended
    assert not between.meet(*theirs.told()).changed
    ours.meet(*between.told())
    assert set(ours.trash) == {NOTE}
    # A stale copy does not bring it back, and does not fill the trash of who had let go of it.
    stale = Laptop("سعاد")
    stale.add(1)
    for laptop in (between, theirs):
        assert not laptop.live
        laptop.meet(*ours.told())
        assert not laptop.live
        assert not laptop.trash


def test_purged_here_and_edited_there_comes_back(pair: tuple[Laptop, Laptop]) -> None:
    ours, theirs = pair
    ours.edit(NOTE, body="ألف")
    ours.delete(NOTE)
    ours.purge(NOTE)
    theirs.edit(NOTE, tags=("صيد",))
    report = ours.meet(*theirs.told())
    assert [one.id for one in report.revived] == [NOTE]
    (one,) = report.contested
    assert [one.side(value) for value in one.conflicts[0].alternatives] == ["ours", "theirs"]
    # What the purged version said is gone; everything else is here.
    assert (ours.live[NOTE].body, ours.live[NOTE].tags) == ("للمراجعة", ("صيد",))
    assert from_document(to_document(ours.live[NOTE]), where="x") == ours.live[NOTE]


# Links


def test_another_end_against_no_link_any_more(pair: tuple[Laptop, Laptop]) -> None:
    ours, theirs = pair
    ours.edit(NOTE, kind="link", other=target("بلدية المرفأ يوم"))
    theirs.meet(*ours.told())
    ours.edit(NOTE, kind="question", other=None)
    theirs.edit(NOTE, other=target("رئيس البلدية"))
    merged = meet(ours, theirs)
    assert (merged.kind, merged.other) == ("question", None)
    (conflict,) = conflicts(merged)
    assert conflict.field == "other"
    there = conflict.alternatives[-1]
    link = settle(merged, {"other": Take(there.version)}, at=AT, author="سعاد")
    assert (link.kind, link.other) == ("link", target("رئيس البلدية"))
    none = settle(merged, {"other": Put(None)}, at=AT, author="سعاد")
    assert (none.kind, none.other, conflicts(none)) == ("question", None, ())


def test_a_kind_against_another_end(pair: tuple[Laptop, Laptop]) -> None:
    ours, theirs = pair
    ours.edit(NOTE, kind="link", other=target("رئيس البلدية"))
    theirs.edit(NOTE, kind="claim")
    merged = meet(ours, theirs)
    assert (merged.kind, merged.other) == ("claim", None)
    link = settle(merged, {"kind": Put("link")}, at=AT, author="سعاد")
    assert link.other == target("رئيس البلدية")
    claim = settle(merged, {"kind": Put("claim")}, at=AT, author="سعاد")
    assert (claim.kind, claim.other) == ("claim", None)
    assert from_document(to_document(merged), where="x") == merged


# Two roots


def test_schema_1_notes_of_one_id_that_differ() -> None:
    ours, theirs = note(1), replace(note(1, body="آخر", tags=("صيد",)), created="2025-03-01T00:00:00Z")
    report = merge_records([first(ours)], [], [], [theirs], [])
    (updated,) = report.updated
    assert contested(updated.after) == {"body": ["آخر", "للمراجعة"]} or contested(updated.after) == {
        "body": ["للمراجعة", "آخر"]
    }
    assert set(updated.after.tags) == {"اقتصاد", "صيد"}
    assert updated.after.created == "2025-03-01T00:00:00Z"
    assert not merge_records([updated.after], [], [], [ours, theirs], []).changed


def test_schema_1_notes_are_cleaned() -> None:
    report = merge_records([], [], [], [replace(note(1), body="نص\x1b[31m أحمر")], [])
    assert report.added[0].body == "نص أحمر"


# Settling


def test_settling_what_is_not_in_conflict(pair: tuple[Laptop, Laptop]) -> None:
    ours, theirs = pair
    with pytest.raises(UsageError, match="not in conflict"):
        settle(ours.live[NOTE], {"body": Put("ألف")}, at=AT, author="سعاد")
    ours.edit(NOTE, body="ألف")
    theirs.edit(NOTE, body="باء")
    merged = meet(ours, theirs)
    for choices, problem in (
        ({"body": Take("ffff")}, "no version"),
        ({"body": Take("")}, "no version"),
        ({"status": Take("a")}, "not in conflict"),
        ({}, "nothing"),
        ({"body": Put("\x1b]52;c;x\x07")}, "terminal"),
    ):
        with pytest.raises(UsageError, match=problem):
            settle(merged, choices, at=AT, author="سعاد")
    with pytest.raises(BadInput):
        settle(merged, {"body": Put(5)}, at=AT, author="سعاد")


def test_two_who_settle_differently_are_in_conflict_again(pair: tuple[Laptop, Laptop]) -> None:
    ours, theirs = pair
    ours.edit(NOTE, body="ألف")
    theirs.edit(NOTE, body="باء")
    meet(ours, theirs)
    ours.settle(NOTE, 0)
    theirs.settle(NOTE, 1)
    assert sorted(contested(meet(ours, theirs))["body"]) == ["ألف", "باء"]


def test_an_edit_of_the_field_settles_it(pair: tuple[Laptop, Laptop]) -> None:
    ours, theirs = pair
    ours.edit(NOTE, body="ألف")
    theirs.edit(NOTE, body="باء")
    merged = meet(ours, theirs)
    # To save a note unchanged joins nothing: it would look settled, and is not.
    assert amended(merged, merged, at=AT, author="") is None
    ours.edit(NOTE, body="ألف وباء")
    assert conflicts(ours.live[NOTE]) == ()
    assert amended(ours.live[NOTE], ours.live[NOTE], at=AT, author="") is None


# The past


def test_history_tells_before_and_after(pair: tuple[Laptop, Laptop]) -> None:
    ours, theirs = pair
    ours.edit(NOTE, body="ألف")
    theirs.edit(NOTE, body="باء", status="closed")
    meet(ours, theirs)
    ours.settle(NOTE, 0)
    past = history_of(ours.live[NOTE])
    assert [len(one.version.parents) for one in past] == [0, 1, 1, 2]
    assert [one.is_merge for one in past] == [False, False, False, True]
    by_author = {one.version.author: one for one in past[1:3]}
    assert {(one.field, one.before, one.after) for one in by_author["كريم"].changes} == {
        ("body", "للمراجعة", "باء"),
        ("status", "open", "closed"),
    }
    (settled,) = past[-1].changes
    assert (settled.before, settled.after) == ("باء", "ألف")
    assert past[0].changes[0].before is None


def test_history_of_what_was_let_go_of(pair: tuple[Laptop, Laptop]) -> None:
    ours, theirs = pair
    ours.edit(NOTE, body="ألف")
    ours.delete(NOTE)
    ours.purge(NOTE)
    theirs.edit(NOTE, tags=())
    ours.meet(*theirs.told())
    assert [one.kept for one in history_of(ours.live[NOTE])].count(False) == 1


# What no honest workspace wrote


def versioned(changes: dict[str, Any], *, parents: tuple[str, ...] | None = None) -> Note:
    base = first(note(1))
    version = made(NOTE, heads(base.versions) if parents is None else parents, AT, "كريم", changes)
    return replace(base, versions=(*base.versions, version))


@pytest.mark.parametrize(
    "changes",
    [
        {"body": "\x1b[2J"},
        {"body": 5},
        {"tags": ["أ", "أ"]},
        {"tags": ["سطر\nآخر"]},
        {"kind": "rumour"},
        {"target": {}},
        {DELETED: "yes"},
        {"extra": {"body": "خفي"}},
        {"extra": []},
        {"tags": [f"{number}" for number in range(MAX_TAGS + 1)]},
    ],
)
def test_values_that_no_note_has_are_refused(changes: dict[str, Any]) -> None:
    # Nobody shows it, for somebody replaced it since: it is refused all the same.
    hostile = versioned(changes)
    good: dict[str, Any] = {
        name: [] if name == "tags" else {} if name == "extra" else "نص" for name in changes
    }
    later = made(NOTE, heads(hostile.versions), AT, "كريم", good)
    for versions in (hostile.versions, (*hostile.versions, later)):
        with pytest.raises(BadInput):
            merge_records([first(note(1))], [], [], [replace(hostile, versions=versions)], [])


def test_a_version_that_is_not_what_its_id_says_is_refused() -> None:
    good = versioned({"body": "ألف"})
    for bad in (
        replace(good.versions[-1], changes={"body": "باء"}),
        replace(good.versions[-1], author="سعاد"),
        replace(good.versions[-1], at="2026-04-01T08:00:01Z"),
        replace(good.versions[-1], parents=()),
        replace(good.versions[-1], changes={}),
    ):
        forged = replace(good, versions=(good.versions[0], bad))
        for ours in ([], [good], [first(note(1))]):
            with pytest.raises(BadInput):
                merge_records(ours, [], [], [forged], [])


def test_a_version_of_another_note_is_refused() -> None:
    other = replace(first(note(1)), id=note(2).id)
    with pytest.raises(BadInput, match="not what its id says"):
        merge_records([], [], [], [other], [])


def test_circles_and_unknown_parents_are_refused() -> None:
    one, two = "1" * 32, "2" * 32
    circle = (Version(one, (two,), AT, "", None), Version(two, (one,), AT, "", None))
    with pytest.raises(BadInput, match="circle"):
        ordered(NOTE, circle)
    with pytest.raises(BadInput, match="missing"):
        ordered(NOTE, circle[:1])
    with pytest.raises(BadInput, match="circle"):
        united(NOTE, first(note(1)).versions, circle)
    with pytest.raises(BadInput, match="missing"):
        merge_records([], [], [], [versioned({"body": "ألف"}, parents=("3" * 32,))], [])


def test_two_contents_that_nobody_can_vouch_for_are_refused() -> None:
    stub = Version("1" * 32, (), AT, "أ", None)
    with pytest.raises(BadInput, match="two versions of one id"):
        united(NOTE, (stub,), (replace(stub, author="ب"),))


def test_what_was_let_go_of_comes_back_from_who_kept_it() -> None:
    whole = versioned({"body": "ألف"}).versions
    emptied = tuple(replace(version, changes=None) for version in whole)
    assert united(NOTE, whole, emptied) == united(NOTE, emptied, whole) == whole


def test_the_end_of_what_nobody_deleted_is_refused() -> None:
    with pytest.raises(BadInput, match="nobody deleted"):
        merge_records([], [], [], [], [ended(first(note(1)))])


def test_a_note_without_its_first_version_is_refused() -> None:
    emptied = ended(versioned({DELETED: False})).versions
    with pytest.raises(BadInput, match="without its first version"):
        merge_records([], [], [], [replace(note(1), versions=emptied)], [])


def test_authors_cannot_drive_the_terminal() -> None:
    hostile = made(NOTE, (), AT, "\x1b]0;x\x07كريم", {DELETED: True})
    with pytest.raises(BadInput, match="control characters"):
        merge_records([], [], [], [], [Ended(NOTE, (hostile,))])


def test_the_same_note_twice_in_a_file_is_once() -> None:
    one, two = versioned({"body": "ألف"}), versioned({"body": "باء"})
    report = merge_records([], [], [], [one, two, one], [])
    assert len(report.added) == 1
    assert set(contested(report.added[0])) == {"body"}


def test_ends_as_documents() -> None:
    deleted = versioned({DELETED: True})
    end = ended(deleted)
    assert ended_from(ended_document(end), where="x") == end
    assert "للمراجعة" not in str(ended_document(end))
    with pytest.raises(BadInput):
        ended_from({"id": NOTE, "versions": []}, where="x")


# Size


def test_long_histories_take_bounded_work() -> None:
    ours = Laptop("سعاد")
    ours.add(1)
    theirs = Laptop("كريم", clock=20_000)
    theirs.meet(*ours.told())
    for number in range(250):
        ours.edit(NOTE, body=f"أ{number}", tags=tuple(f"{tag}" for tag in range(number % 30)))
        theirs.edit(NOTE, body=f"ب{number}", tags=tuple(f"{tag}" for tag in range(number % 40)))
    merged = meet(ours, theirs)
    assert len(conflicts(merged)) == 1
    assert len(history_of(merged)) == 501
    # A version is held against those that it stands beside: in the square of the versions, and no worse.
    assert effort(lambda: meet(ours, theirs)) < 10_000_000


def test_a_view_of_nothing() -> None:
    with pytest.raises(ValueError, match="without versions"):
        view(())
    assert not is_deleted(())
    assert conflicts(note(1)) == ()
    assert isinstance(conflicts(shown(NOTE, first(note(1)).versions, AT)), tuple)
    assert Conflict("body", ()).alternatives == ()
