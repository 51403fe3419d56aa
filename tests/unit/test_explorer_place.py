"""Where the analyst was: whatever the file holds, the explorer starts."""

from __future__ import annotations

from pathlib import Path

import pytest

from kashaf_tui.explorer import place
from kashaf_tui.explorer.place import FILE, LastPlace


def test_a_place_comes_back(tmp_path: Path) -> None:
    here = LastPlace(query="سد", article="0123456789ab", caret=7, theme="textual-light")
    place.save(tmp_path / "state", here)
    assert place.load(tmp_path / "state") == here


@pytest.mark.parametrize("text", ["1: null", "later: null", "- 1", "query: [", "caret: yes", "query: 5"])
def test_what_is_not_known_is_passed_over(tmp_path: Path, text: str) -> None:
    (tmp_path / FILE).write_text(text + "\n", encoding="utf-8")
    assert place.load(tmp_path) == LastPlace()
