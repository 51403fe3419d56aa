"""The bytes of `kashaf notes list --json` and `kashaf notes export` for a fixed store and a fixed corpus."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.golden_support import assert_golden
from tests.notes_support import TEXT, article, note, run_kashaf

from kashaf.corpus.catalogue import Catalogue
from kashaf.notes.anchoring import make_target
from kashaf.notes.model import Note
from kashaf.notes.store import NoteStore
from kashaf.workspace import Workspace, create
from kashaf_index.search import Searcher
from kashaf_index.update import update

LIST = Path(__file__).parent / "notes_list.json"
EXPORT = Path(__file__).parent / "notes_export.json"

# The text of the notes, corrected: a word changed, a sentence gone.
REVISED = TEXT.replace("مليوني دينار", "ثلاثة ملايين دينار").replace(
    "أن السوق القديم كان أقرب إلى البحر، و", ""
)


def on(number: int, quote: str, article_id: str) -> Note:
    """A fixed note on the article as it was before its revision."""
    start = TEXT.index(quote)
    made = make_target(article(article_id=article_id), start, start + len(quote))
    return replace(note(number, body=f'{number}. «{quote[:4]}»\n😀 \\ "'), target=made)


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    folder = tmp_path_factory.mktemp("golden")
    stick = folder / "stick"
    stick.mkdir()
    (stick / "souq.txt").write_text(REVISED + "\n", encoding="utf-8")
    workspace = create(folder / "case")
    update(workspace, Catalogue(workspace.catalogue), [stick])
    with Searcher.open(workspace.index) as searcher:
        (souq,) = searcher.ids()
    notes = [
        on(1, "سوق السمك سيعود إلى العمل", souq),
        on(2, "مليوني دينار", souq),
        on(3, "نصف الإيجار القديم", souq),
        on(4, "السوق القديم كان أقرب إلى البحر", souq),
        replace(
            on(5, "سوق السمك", "0a1b2c3d4e5f"), body="", kind="highlight", tags=(), extra={"weight": 0.7}
        ),
    ]
    with NoteStore.open(workspace.notes_file) as store:
        store.merge(notes)
    return workspace


@pytest.mark.parametrize(
    ("arguments", "golden"), [(["list", "--json"], LIST), (["export"], EXPORT)], ids=["list", "export"]
)
def test_the_bytes_are_those_agreed(case: Workspace, arguments: list[str], golden: Path) -> None:
    done = run_kashaf(case.root, "notes", *arguments)
    assert (done.returncode, done.stderr) == (0, b"")
    assert_golden(golden, done.stdout)


def test_the_golden_list_has_every_state() -> None:
    text = LIST.read_text(encoding="utf-8")
    for state in ("exact", "moved", "changed", "orphan"):
        assert f'"state": "{state}"' in text
