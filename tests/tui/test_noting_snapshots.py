"""What notes look like in the main screen, at both sizes and in both languages. See `test_snapshots`."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest
from tests.snapshot_support import LOOKS, Compare, look_id, pictured

from kashaf.corpus.article import Article
from kashaf.notes import identity
from kashaf.notes.anchoring import make_target
from kashaf.notes.model import EntityTarget, Kind, NewNote
from kashaf.notes.store import NoteStore
from kashaf.storage.atomic import write_text
from kashaf_index.search import Searcher
from kashaf_tui.session import Session

pytestmark = pytest.mark.skipif(sys.version_info[:2] != (3, 11), reason="snapshots are of Python 3.11")

CODES = "codes:\n  - name: ماء\n    colour: sky\n    codes:\n      - name: سد\n        colour: orange\n"


def on(
    article: Article,
    start: int,
    end: int,
    body: str = "",
    tags: tuple[str, ...] = (),
    kind: Kind | None = None,
) -> NewNote:
    return NewNote(make_target(article, start, end), body, tags, kind, author="سعاد")


def take_notes(root: Path) -> None:
    """Notes beside, within and over each other, one that lost its words, one whose words changed, and a link."""
    session = Session(root)
    with Searcher.open(session.workspace.index) as searcher:
        article = next(
            one for key in sorted(searcher.ids()) if "السد" in (one := searcher.article(key)).text[:400]
        )
    text = article.text
    body = article.body_start
    words = [at for at in range(body, len(text)) if text[at - 1] in " \n" and text[at] not in " \n"]
    lost = replace(
        make_target(article, words[40], words[42]), quote="كلمات زالت", prefix="ق" * 32, suffix="ع" * 32
    )
    lost = replace(lost, text_sha256="0" * 64, end=lost.start + len(lost.quote))
    changed = make_target(article, words[30], words[34])
    quote = changed.quote[: len(changed.quote) // 2] + "غ" + changed.quote[len(changed.quote) // 2 :]
    changed = replace(changed, quote=quote, end=changed.start + len(quote), text_sha256="0" * 64)
    notes = [
        on(article, words[0], words[9], tags=("ماء",)),
        on(article, words[4], words[6], tags=("ماء/سد", "رأي")),
        on(article, words[12], words[14], "هل هذا الرقم صحيح؟", kind="question"),
        NewNote(lost, "كانت هنا", author="سعاد"),
        NewNote(changed, tags=("رأي",), author="سعاد"),
        replace(
            on(article, words[20], words[22], kind="link"), other=make_target(article, words[50], words[52])
        ),
        NewNote(EntityTarget("سعاد المرعي", "person"), "من تكون؟", author="سعاد"),
    ]
    with NoteStore.open(session.workspace.notes_file) as store:
        store.add_many(notes)
    state = f"article: {article.id}\ncaret: {words[4]}\npane: article\ntab: notes\ncodes:\n- ماء/سد\n"
    write_text(root / "state" / "explorer.yaml", state)


@pytest.fixture(params=LOOKS, ids=look_id)
def look(
    request: pytest.FixtureRequest, case: Path, snap_compare: Compare, monkeypatch: pytest.MonkeyPatch
) -> Compare:
    """Compare the screen after the notes were opened and keys were pressed."""
    size, language = request.param
    monkeypatch.setenv("TZ", "UTC")
    monkeypatch.setattr(identity, "now", lambda: "2026-01-02T03:04:05Z")
    write_text(case / "kashaf.yaml", f"author: سعاد\ninterface:\n  language: {language}\n")
    write_text(case / "codebook.yaml", CODES)
    (case / "state").mkdir(exist_ok=True)
    take_notes(case)

    def compare(*keys: str) -> bool:
        return pictured(snap_compare, case, size, lambda analyst: analyst.press(*keys))

    return compare


def test_notes_in_the_text(look: Compare) -> None:
    assert look("f4")


def test_a_marked_note_on_marked_words(look: Compare) -> None:
    assert look("f4", "v", "w")


def test_the_list_by_code(look: Compare) -> None:
    assert look("f6", "S", "S", "down", "space")


def test_the_list_filtered(look: Compare) -> None:
    assert look("f6", "F", *"kind:q", "enter")


def test_formats_of_an_export(look: Compare) -> None:
    assert look("f6", "E")
