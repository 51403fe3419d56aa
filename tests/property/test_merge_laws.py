"""The laws of the merge, over whatever three analysts may do to their notes apart and together."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace
from itertools import permutations
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.merging_support import Laptop
from tests.notes_support import target

from kashaf.export.native import NativeFile, parse
from kashaf.notes.codec import content, from_document, to_document
from kashaf.notes.model import NewNote, Note
from kashaf.notes.settling import Take
from kashaf.notes.store import NoteStore
from kashaf.notes.versions import DELETED, canonical, heads, ordered
from kashaf.notes.view import conflicts, is_deleted, shown, standing, view

_BODIES = ("", "للمراجعة", "يُسأل المحرر", "نسخة أخرى")
_TAGS = ("اقتصاد", "ميناء", "ميناء/صيد", "بلدية")
_OPERATIONS = (
    "body", "tag", "untag", "kind", "confidence", "status", "target", "extra",
    "link", "unlink", "delete", "restore", "settle", "meet", "meet", "body", "tag",
)  # fmt: skip
_ACTS = st.lists(
    st.tuples(
        st.integers(0, 2),
        st.sampled_from(_OPERATIONS),
        st.integers(0, 5),
        st.integers(0, 5),
    ),
    max_size=30,
)


def _act(team: list[Laptop], who: int, what: str, which: int, how: int, *, everything: bool) -> None:
    laptop = team[who]
    if what == "meet":
        other = team[how % len(team)]
        laptop.meet(*(other.everything() if everything else other.told()))
        return
    pool = laptop.trash if what in ("restore", "purge") else laptop.live
    if not pool:
        return
    note_id = sorted(pool)[which % len(pool)]
    if what in ("restore", "purge", "delete"):
        getattr(laptop, what)(note_id)
        return
    note = laptop.live[note_id]
    match what:
        case "settle":
            if conflicts(note):
                laptop.settle(note_id, how)
        case "tag":
            laptop.edit(note_id, tags=tuple(dict.fromkeys((*note.tags, _TAGS[how % 4]))))
        case "untag":
            laptop.edit(note_id, tags=tuple(tag for tag in note.tags if tag != _TAGS[how % 4]))
        case "body":
            laptop.edit(note_id, body=_BODIES[how % 4])
        case "kind":
            laptop.edit(note_id, kind=("note", "question", "claim")[how % 3], other=None)
        case "confidence":
            laptop.edit(note_id, confidence=("", "low", "high")[how % 3])
        case "status":
            laptop.edit(note_id, status=("open", "disputed")[how % 2])
        case "target":
            assert note.words is not None
            laptop.edit(note_id, target=replace(note.words, outlet=f"صحيفة {how}"))
        case "link":
            assert note.words is not None
            laptop.edit(note_id, kind="link", other=replace(note.words, title=f"خبر {how}"))
        case "unlink":
            laptop.edit(note_id, kind=("note", "question", "claim")[how % 3], other=None)
        case "extra":
            laptop.edit(note_id, extra={"x": how} if how else {})


def _team(acts: list[tuple[int, str, int, int]], *, everything: bool = True) -> list[Laptop]:
    """Three laptops that began with copies of two notes, the clocks of two of them wrong."""
    first = Laptop("سعاد")
    first.add(1)
    first.add(2, body="")
    team = [first, Laptop("كريم", -5000, clock=11_000), Laptop("سعاد", 9000, clock=12_000)]
    for laptop in team[1:]:
        laptop.meet(*first.everything())
    # Two notes of one id without a common past, as schema 1 could leave them.
    team[1].add(3, body="أول")
    team[2].add(3, body="ثان")
    for who, what, which, how in acts:
        _act(team, who, what, which, how, everything=everything)
    return team


def _merged(*team: Laptop) -> bytes:
    """The export of the first after it met the others in turn."""
    first = team[0].copy()
    for other in team[1:]:
        first.meet(*other.everything())
    return first.export()


@given(_ACTS)
@settings(max_examples=100, deadline=None)
def test_order_and_grouping_do_not_matter(acts: list[tuple[int, str, int, int]]) -> None:
    team = _team(acts)
    results = {_merged(*order) for order in permutations(team)}
    one, two, three = (laptop.copy() for laptop in team)
    two.meet(*three.everything())
    one.meet(*two.everything())
    assert results == {one.export()}


@given(_ACTS)
@settings(max_examples=80, deadline=None)
def test_twice_is_once(acts: list[tuple[int, str, int, int]]) -> None:
    one, two, _ = _team(acts)
    one.meet(*two.everything())
    once = one.export()
    assert not one.meet(*two.everything()).changed
    assert not one.meet(*one.everything()).changed
    assert one.export() == once


@given(_ACTS)
@settings(max_examples=100, deadline=None)
def test_nothing_that_stands_is_lost(acts: list[tuple[int, str, int, int]]) -> None:
    team = _team(acts)
    one = team[0].copy()
    for other in team[1:]:
        one.meet(*other.everything())
    known = {note.id: note for note in (*one.live.values(), *one.trash.values())}
    for laptop in team:
        for note in (*laptop.live.values(), *laptop.trash.values()):
            kept = known[note.id]
            versions = {version.id: version for version in kept.versions}
            assert all(versions[version.id] == version for version in note.versions)
    for note in known.values():
        _assert_all_is_there(note)


def _assert_all_is_there(note: Note) -> None:
    """Each value that no version has replaced is shown, or is an alternative of a conflict."""
    state = view(note.versions)
    contested = {
        one.field: [alternative.value for alternative in one.alternatives] for one in state.conflicts
    }
    above = _ancestors(note)
    for field in {name for version in note.versions for name in version.changes or ()} - {"tags", DELETED}:
        writers = [version for version in note.versions if field in (version.changes or {})]
        for version in writers:
            if any(version.id in above[other.id] for other in writers):
                continue
            value = (version.changes or {})[field]
            values = contested.get(field, [state.fields[field]])
            if field == "other" and note.kind != "link":
                # Kept for whoever settles the kind to be that of a link.
                values = [*values, *(one.value for one in standing(note.versions, field))]
                assert len(values) == 2 or field in contested or "kind" in contested
            assert canonical(value) in map(canonical, values)
    assert (note.kind == "link") == (note.other is not None)
    if not is_deleted(note.versions):
        assert {name: content(note).get(name, {}) for name in state.fields} == state.fields


def _ancestors(note: Note) -> dict[str, set[str]]:
    above: dict[str, set[str]] = {}
    for version in note.versions:
        above[version.id] = {*version.parents, *(one for parent in version.parents for one in above[parent])}
    return above


@given(_ACTS)
@settings(max_examples=80, deadline=None)
def test_what_was_told_comes_to_be_the_same(acts: list[tuple[int, str, int, int]]) -> None:
    """Over exports, which leave out what deleted notes said, everybody ends with the same notes."""
    team = _team(acts, everything=False)
    for number, laptop in enumerate(team):
        for note_id in sorted(laptop.trash)[number:]:
            laptop.purge(note_id)
    for _ in range(2):
        for laptop in team:
            for other in team:
                laptop.meet(*other.told())
    assert len({laptop.export() for laptop in team}) == 1
    for laptop in team:
        for other in team:
            assert not laptop.meet(*other.told()).changed


@given(
    st.lists(
        st.tuples(
            st.integers(0, 2),
            st.sampled_from(
                ("add", "edit", "retag", "delete", "restore", "purge", "undo", "redo", "settle", "merge")
            ),
            st.integers(0, 5),
            st.integers(0, 2),
        ),
        min_size=5,
        max_size=25,
    )
)
@settings(max_examples=20, deadline=None)
def test_stores_on_disk_come_to_be_the_same(acts: list[tuple[int, str, int, int]]) -> None:
    """Undone, purged, settled and merged at random, over native exports: everybody ends with the same notes."""
    with TemporaryDirectory() as folder, ExitStack() as stack:
        stores = [
            stack.enter_context(NoteStore.open(Path(folder, f"{number}.json"), author=f"محلل {number}"))
            for number in range(3)
        ]
        stores[0].add_many([NewNote(target()), NewNote(target("رئيس البلدية"), "نص", ("ميناء",))])
        for store in stores[1:]:
            _merge(store, stores[0])
        for who, what, which, how in acts:
            _act_on_store(stores, who, what, which, how)
        for _ in range(2):
            for store in stores:
                for other in stores:
                    _merge(store, other)
        assert len(set(map(_export, stores))) == 1
        again = NoteStore.open(Path(folder, "0.json"), read_only=True)
        assert _export(again) == _export(stores[0])


def _act_on_store(stores: list[NoteStore], who: int, what: str, which: int, how: int) -> None:
    store = stores[who]
    notes, trash = store.notes(), store.trash()
    match what:
        case "add":
            store.add(target(), body=_BODIES[how])
        case "edit" if notes:
            store.edit(notes[which % len(notes)].id, body=_BODIES[how], status="disputed")
        case "retag" if notes:
            store.retag([notes[which % len(notes)].id], add=[_TAGS[how]], remove=[_TAGS[how + 1]])
        case "delete" if notes:
            store.delete(notes[which % len(notes)].id)
        case "restore" if trash:
            store.restore(trash[which % len(trash)].note.id)
        case "purge" if trash:
            store.purge([trash[which % len(trash)].note.id])
        case "undo":
            store.undo()
        case "redo":
            store.redo()
        case "settle" if store.conflicted():
            note = store.conflicted()[0]
            conflict = conflicts(note)[0]
            store.settle(note.id, {conflict.field: Take(conflict.alternatives[0].version)})
        case "merge":
            _merge(store, stores[how])


def _merge(store: NoteStore, other: NoteStore) -> None:
    file = parse(_export(other))
    store.merge(file.notes, file.ended)


def _export(store: NoteStore) -> bytes:
    return NativeFile(tuple(store.notes()), tuple(store.ended())).to_bytes()


@given(_ACTS)
@settings(max_examples=60, deadline=None)
def test_documents_hold_it_all(acts: list[tuple[int, str, int, int]]) -> None:
    """What merging made can be written and read, shows what its versions say, and is in the one order."""
    team = _team(acts)
    team[0].meet(*team[1].everything())
    team[0].meet(*team[2].told())
    for note in (*team[0].live.values(), *team[0].trash.values()):
        read = from_document(to_document(note), where="x")
        assert read == note
        assert shown(note.id, note.versions, note.created) == note
        assert ordered(note.id, reversed(note.versions)) == note.versions
        assert note.modified == max(one.at for one in note.versions if one.id in heads(note.versions))
    file = parse(team[0].export())
    fresh = Laptop("ليلى")
    fresh.meet(file.notes, file.ended)
    assert fresh.export() == team[0].export()


@given(_ACTS)
@settings(max_examples=60, deadline=None)
def test_settling_settles(acts: list[tuple[int, str, int, int]]) -> None:
    team = _team(acts)
    one = team[0]
    one.meet(*team[1].everything())
    one.meet(*team[2].everything())
    for note_id, note in list(one.live.items()):
        if conflicts(note):
            one.settle(note_id)
            assert not conflicts(one.live.get(note_id) or one.trash[note_id])
    for other in team[1:]:
        other.meet(*one.everything())
        assert other.export() == one.export()
