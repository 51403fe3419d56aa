"""The bytes of `kashaf doctor --json` over a sound workspace and over a damaged one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.cli_support import kashaf
from tests.golden_support import assert_golden

SOUND = Path(__file__).parent / "doctor_sound.json"
DAMAGED = Path(__file__).parent / "doctor_damaged.json"
ARTICLE = (
    "افتتاح جسر الوادي بعد عامين من العمل\n"
    "\n"
    "افتتح وزير الأشغال مروان الحلبي صباح الأحد جسر الوادي الذي يربط ضفتي النهر.\n"
)


@pytest.fixture
def case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("KASHAF_TERMINAL_PROFILE", "KASHAF_PASSPHRASE_FILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "home"))
    (tmp_path / "bridge.txt").write_text(ARTICLE, encoding="utf-8")
    root = tmp_path / "case"
    assert kashaf("init", root).code == 0
    assert kashaf("-w", root, "index", tmp_path / "bridge.txt").code == 0
    return root


def steady(data: bytes, case: Path) -> bytes:
    """Without what differs from run to run: where the workspace is, and how large the index."""
    data = data.replace(str(case).encode(), b"CASE")
    return re.sub(rb"[0-9.]+ MB", b"N MB", data)


def test_a_sound_workspace(case: Path) -> None:
    ran = kashaf("-w", case, "doctor", "--json")
    assert ran.code == 0
    assert_golden(SOUND, steady(ran.out, case))


def test_a_damaged_workspace(case: Path) -> None:
    (case / "names.yaml").write_text("people: [", encoding="utf-8")
    (case / ".kashaf" / "index" / "gen-000007.part").mkdir()
    (segment,) = (case / ".kashaf" / "index").glob("gen-*/*.seg")
    segment.write_bytes(segment.read_bytes()[:-1])
    ran = kashaf("-w", case, "doctor", "--json")
    assert ran.code == 3
    assert_golden(DAMAGED, steady(ran.out, case))
