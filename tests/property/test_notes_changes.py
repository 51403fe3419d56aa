"""Any changes of a store, in any order: undoing them all restores the bytes, and reopening finds what memory had."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from tests.notes_support import note, target

from kashaf.export.native import to_json
from kashaf.notes import editing, history, versions
from kashaf.notes.codec import to_document
from kashaf.notes.editing import Edit
from kashaf.notes.model import EntityTarget, NewNote, SearchTarget
from kashaf.notes.store import NoteStore

_BODIES = st.sampled_from(["", "أول", "ثان", "سطر\nآخر", 'علامة "و" \\ 😀'])
_TAGS = st.lists(st.sampled_from(["نقل", "سلاح", "سلاح/كيماوي", "سلاح/كيماوي/غاز", "مهم"]), max_size=3)
_TARGETS = st.sampled_from(
    [target(), target("الإيجار القديم"), EntityTarget("المرفأ", "place"), SearchTarget("سوق", "stem", "all")]
)


def said(store: NoteStore) -> list[Any]:
    """All that the store says of notes; the native export is made of the first and the last of it."""
    return [
        to_json(store.notes()),
        sorted((one.deleted, json.dumps(to_document(one.note), sort_keys=True)) for one in store.trash()),
        store.ended(),
    ]


class Changes(RuleBasedStateMachine):
    """The stack of what the store said before each change is the model."""

    @initialize()
    def begin(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "notes" / "notes.json"
        self.store = NoteStore.open(self.path, author="سعاد")
        self.before: list[list[Any]] = []
        self.after: list[list[Any]] = []

    def ids(self, data: st.DataObject) -> list[str]:
        known = [one.id for one in self.store.notes()]
        return data.draw(st.lists(st.sampled_from(known), min_size=1, max_size=3)) if known else []

    def change(self, work: Any) -> None:
        before, undo = said(self.store), self.store.next_undo
        work()
        if said(self.store) != before or self.store.next_undo != undo:
            self.before = [*self.before, before][-history.MAX_CHANGES :]
            self.after.clear()

    @rule(body=_BODIES, tags=_TAGS, about=_TARGETS)
    def add(self, body: str, tags: list[str], about: Any) -> None:
        self.change(lambda: self.store.add(about, body=body, tags=tags))

    @rule(number=st.integers(1, 4), body=_BODIES)
    def add_many(self, number: int, body: str) -> None:
        self.change(lambda: self.store.add_many(NewNote(target(), body) for _ in range(number)))

    @rule(data=st.data(), body=_BODIES, tags=_TAGS)
    def edit(self, data: st.DataObject, body: str, tags: list[str]) -> None:
        edits = dict.fromkeys(self.ids(data), Edit(body=body, tags=tags))
        self.change(lambda: self.store.edit_many(edits))

    @rule(data=st.data(), add=_TAGS, remove=_TAGS)
    def retag(self, data: st.DataObject, add: list[str], remove: list[str]) -> None:
        ids = self.ids(data)
        self.change(lambda: self.store.retag(ids, add=add, remove=remove))

    @rule(old=st.sampled_from(["سلاح", "سلاح/كيماوي"]), new=st.sampled_from(["أسلحة", "مهم", "سلاح"]))
    def rename(self, old: str, new: str) -> None:
        self.change(lambda: self.store.rename_tag(old, new))

    @rule(data=st.data())
    def delete(self, data: st.DataObject) -> None:
        ids = self.ids(data)
        self.change(lambda: self.store.delete(*ids))

    @precondition(lambda self: self.store.trash())
    @rule()
    def restore(self) -> None:
        self.change(lambda: self.store.restore(self.store.trash()[0].note.id))

    @rule(number=st.integers(1, 3), body=_BODIES)
    def merge(self, number: int, body: str) -> None:
        theirs = [versions.first(note(number))]
        ours = self.store.notes()[:1]
        theirs += [one for one in (editing.edited(one, Edit(body=body), author="هدى") for one in ours) if one]
        self.change(lambda: self.store.merge(theirs))

    @rule()
    def undo(self) -> None:
        now, change = said(self.store), self.store.undo()
        assert (change is not None) == bool(self.before)
        if change is not None:
            assert said(self.store) == self.before.pop()
            self.after.append(now)

    @rule()
    def redo(self) -> None:
        now, change = said(self.store), self.store.redo()
        assert (change is not None) == bool(self.after)
        if change is not None:
            assert said(self.store) == self.after.pop()
            self.before.append(now)

    @rule(how=st.sampled_from(["close", "compact", "kill"]))
    def again(self, how: str) -> None:
        told = said(self.store), self.store.next_undo, self.store.next_redo
        if how == "compact":
            self.store.compact()
        elif how == "close":
            self.store.close()
        else:
            assert self.store._lock is not None
            self.store._lock._lock.release()
        if how != "compact":
            self.store = NoteStore.open(self.path, author="سعاد")
        assert (said(self.store), self.store.next_undo, self.store.next_redo) == told

    @invariant()
    def a_reader_sees_it(self) -> None:
        with NoteStore.open(self.path, read_only=True) as reader:
            assert said(reader) == said(self.store)

    def teardown(self) -> None:
        while self.before:
            assert self.store.undo() is not None
            assert said(self.store) == self.before.pop()
        assert self.store.undo() is None
        self.store.close()
        self.folder.cleanup()


TestChanges = Changes.TestCase
TestChanges.settings = settings(max_examples=10, stateful_step_count=20, deadline=None)
