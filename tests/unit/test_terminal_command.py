"""`kashaf terminals` where there is no terminal, and what it refuses."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.cli_support import kashaf

from kashaf_tui.terminal.profiles import CALIBRATION, PROFILE_NAMES


@pytest.fixture(autouse=True)
def _own_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("TERM", "xterm-kitty")
    for name in ("TMUX", "STY", "KASHAF_TERMINAL_PROFILE"):
        monkeypatch.delenv(name, raising=False)


def test_json_has_the_documented_shape() -> None:
    found = kashaf("terminals", "--json").json
    assert (found["terminal"], found["profile"], found["certain"]) == ("kitty", "kitty", True)
    assert found["detected"]["profile"] == "kitty"
    assert "force_ltr" in found["detected"]["advice"]
    assert found["remembered"] is None
    assert found["answers"]["asked"] is False
    assert set(found["profiles"]) == set(PROFILE_NAMES)


def test_text_on_a_pipe_is_plain_and_logical() -> None:
    ran = kashaf("terminals")
    assert ran.code == 0
    assert "\x1b" not in ran.text
    assert CALIBRATION in ran.text
    assert "not asked" in ran.text


def test_the_option_and_the_environment_are_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KASHAF_TERMINAL_PROFILE", "app")
    assert "app is asked for by $KASHAF_TERMINAL_PROFILE" in kashaf("terminals").text
    found = kashaf("--terminal-profile", "lrm", "terminals", "--json").json
    assert (found["profile"], found["why"]) == ("lrm", "lrm is asked for by --terminal-profile")
    assert found["detected"]["profile"] == "kitty"


def test_what_is_remembered_is_used(tmp_path: Path) -> None:
    folder = tmp_path / "kashaf"
    folder.mkdir()
    (folder / "terminals.yaml").write_text("kitty: app\nfoo: bar\n", encoding="utf-8")
    ran = kashaf("terminals", "--json")
    assert (ran.json["profile"], ran.json["remembered"]) == ("app", "app")
    assert "terminals.yaml" in ran.messages


@pytest.mark.parametrize(
    "arguments",
    [
        ("terminals", "--remember", "app"),
        ("terminals", "--forget"),
        ("terminals", "--remember", "fast"),
        ("terminals", "--remember", "app", "--forget"),
        ("--terminal-profile", "fast", "terminals"),
    ],
)
def test_what_cannot_be_is_refused(arguments: tuple[str, ...], tmp_path: Path) -> None:
    ran = kashaf(*arguments)
    assert (ran.code, ran.out) == (2, b"")
    assert ran.messages
    assert not (tmp_path / "kashaf").exists()


def test_an_unknown_profile_in_the_environment_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KASHAF_TERMINAL_PROFILE", "\x1b]0;pwned\x07fast")
    ran = kashaf("terminals")
    assert ran.code == 2
    assert "auto, app, lrm" in ran.messages
    assert "\x1b" not in ran.messages
