"""The draft on disk: what was being written comes back as it was; what cannot be read is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from kashaf.notes.model import ArticleTarget, EntityTarget, SearchTarget, Target, WordsTarget
from kashaf_tui.explorer import drafts
from kashaf_tui.explorer.drafts import Unfinished

WORDS = WordsTarget(
    "a", "0" * 64, 4, 8, "كلمة", "قبل ", " بعد", "عنوان", "الوكالة", "2026-01-02", "1" * 64, paragraph=3
)
TARGETS = [
    WORDS,
    ArticleTarget("a", "0" * 64, "عنوان", "", "", ""),
    EntityTarget("سعاد: [المرعي]", "person"),
    SearchTarget('"السد" outlet:x', "stem", "any"),
]


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: type(target).__name__)
def test_a_draft_comes_back_as_it_was(tmp_path: Path, target: Target) -> None:
    draft = Unfinished(
        target, "", "سطر\n\n- ثانٍ: #لا", ("سلاح/كيماوي خفيف", "y"), "claim", "medium", "disputed"
    )
    drafts.save(tmp_path, draft)
    assert drafts.load(tmp_path) == draft
    drafts.clear(tmp_path)
    assert drafts.load(tmp_path) is None
    drafts.clear(tmp_path)


def test_a_draft_of_a_note_that_is_there_names_it(tmp_path: Path) -> None:
    drafts.save(tmp_path, Unfinished(WORDS, "id", "", ()))
    read = drafts.load(tmp_path)
    assert read is not None
    assert (read.note, read.kind, read.confidence, read.status) == ("id", "", "", "open")


@pytest.mark.parametrize(
    "text",
    ["", "[]", "note: 1", "note: ''\nbody: ''\ntags: x", "note: ''\nbody: ''\ntags: []\ntarget: {}",
     "note: ''\nbody: ''\ntags: []\nkind: shout\ntarget: {type: entity, name: x, entity_type: person}",
     "\x00", "note: [", "a: &a [*a]"],
)  # fmt: skip
def test_what_cannot_be_read_is_none(tmp_path: Path, text: str) -> None:
    (tmp_path / drafts.FILE).write_text(text, encoding="utf-8")
    assert drafts.load(tmp_path) is None
