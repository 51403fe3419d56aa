"""Workspaces named in odd ways."""

from __future__ import annotations

from pathlib import Path

import pytest

from kashaf.workspace import create


def test_the_home_of_nobody_is_a_plain_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert create(Path("~nobody-of-this-name/case")).root == tmp_path / "~nobody-of-this-name" / "case"
