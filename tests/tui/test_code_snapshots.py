"""What the codebook, the tag palette and the note editor look like, at both sizes and in both languages."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.explorer_support import Analyst
from tests.notes_support import target
from tests.snapshot_support import LOOKS, Compare, look_id, pictured
from textual.screen import ModalScreen, Screen

from kashaf.notes.codebook_file import of_workspace
from kashaf.notes.store import NoteStore
from kashaf.storage.atomic import write_text
from kashaf.workspace import open_workspace
from kashaf_tui.explorer.app import ExplorerApp
from kashaf_tui.explorer.screens.note_editor import Draft, NoteEditor
from kashaf_tui.explorer.screens.tagging import TagPalette

pytestmark = pytest.mark.skipif(sys.version_info[:2] != (3, 11), reason="snapshots are of Python 3.11")

Window = Callable[[ExplorerApp], ModalScreen[object]]
HAND = """\
codes:
  - name: سوق
    colour: orange
    description: ما يباع وبكم
    examples: [سمك, خضر]
    codes:
      - {name: أسعار, description: كل ثمن يُذكر}
      - سلع
  - {name: مصدر, codes: [رسمي, شاهد عيان]}
  - {name: Claim, colour: blue, codes: [confirmed, denied]}
  - {name: قديم, hidden: true}
"""


@pytest.fixture(scope="module")
def built(indexed_sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("codes") / "demo"
    shutil.copytree(indexed_sample, root)
    workspace = open_workspace(root)
    write_text(workspace.codebook_file, HAND)
    with NoteStore.open(workspace.notes_file) as store:
        store.add(target(), tags=("سوق/أسعار", "Claim"))
        store.add(target(), tags=("سوق/أسعار",))
        store.add(target(), tags=("سوق", "للمراجعة"))
    return root


@pytest.fixture(params=LOOKS, ids=look_id)
def look(
    request: pytest.FixtureRequest, built: Path, snap_compare: Compare, monkeypatch: pytest.MonkeyPatch
) -> Compare:
    """Compare the screen after keys were pressed, in a window if one is given."""
    size, language = request.param
    monkeypatch.setenv("TZ", "UTC")
    write_text(built / "kashaf.yaml", f"interface:\n  language: {language}\n")
    (built / "state" / "explorer.yaml").unlink(missing_ok=True)

    def compare(window: Window | None, *keys: str) -> bool:
        async def act(analyst: Analyst) -> None:
            if window is not None:
                # Nothing shows through: what stands behind is the matter of other tests.
                analyst.app.push_screen(Screen())
                analyst.app.push_screen(window(analyst.app))
                await analyst.settle()
            await analyst.press(*keys)

        return pictured(snap_compare, built, size, act)

    return compare


def test_codebook(look: Compare) -> None:
    assert look(None, "f6", "B", "down", "s")


def test_adding_a_code(look: Compare) -> None:
    assert look(None, "f6", "B", "a", "س", "و", "down")


def test_tag_palette(look: Compare, built: Path) -> None:
    codebook = of_workspace(open_workspace(built)).codebook

    def window(app: ExplorerApp) -> ModalScreen[object]:
        has = [("سوق/أسعار", "للمراجعة"), ("سوق/أسعار",)]
        return TagPalette(app.say, codebook, {"سوق/أسعار": 2, "للمراجعة": 1}, has, about="سوق السمك")  # type: ignore[return-value] # what it gives is not asked

    assert look(window, "م", "ص", "tab", "down")


def test_tags_that_may_be_meant(look: Compare, built: Path) -> None:
    codebook = of_workspace(open_workspace(built)).codebook
    assert look(lambda app: TagPalette(app.say, codebook, about="سوق السمك"), "س", "و", "ق", "down")


def test_note_editor(look: Compare, built: Path) -> None:
    codebook = of_workspace(open_workspace(built)).codebook

    def window(app: ExplorerApp) -> ModalScreen[object]:
        draft = Draft("من قال إن الثمن تضاعف؟", ("سوق/أسعار", "شاهد عيان"), "question", "medium", "disputed")
        return NoteEditor(app.say, "سوق السمك يعود إلى العمل", draft, codebook=codebook)  # type: ignore[return-value] # as above

    assert look(window, "tab", "م", "ص")
