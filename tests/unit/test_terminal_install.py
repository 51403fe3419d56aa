"""What `make test-terminals` asks of apt: the command line, shown to a stand-in that comes first in PATH."""

from __future__ import annotations

import os
import shutil
import stat
from pathlib import Path

import pytest
from tests.terminals import install
from tests.terminals.terminals import KINDS

_APT = """#!/bin/sh
echo "$DEBIAN_FRONTEND $*" >>"$APT_LOG"
case "$*" in
*" $APT_FAILS"*) exit 100 ;;
*" install "*) for name in $APT_BRINGS; do printf '#!/bin/sh\\n' >"$APT_BIN/$name"; chmod +x "$APT_BIN/$name"; done ;;
esac
"""


class Apt:
    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self._set = monkeypatch
        self.bin = folder / "bin"
        self.bin.mkdir()
        self.log = folder / "log"
        program = self.bin / "apt-get"
        program.write_text(_APT, encoding="utf-8")
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
        for name, value in (
            ("APT_LOG", self.log),
            ("APT_BIN", self.bin),
            ("APT_BRINGS", ""),
            ("APT_FAILS", "nothing"),
        ):
            monkeypatch.setenv(name, str(value))
        # Nothing but the stand-in is to be found: every package is missing.
        monkeypatch.setattr(shutil, "which", self.which)
        monkeypatch.setenv("PATH", f"{self.bin}:/usr/bin:/bin")
        monkeypatch.setattr(os, "geteuid", lambda: 0)

    def which(self, name: str) -> str | None:
        found = self.bin / name
        return str(found) if found.exists() else None

    def brings(self, *names: str) -> None:
        self._set.setenv("APT_BRINGS", " ".join(names))

    def fails(self, command: str) -> None:
        self._set.setenv("APT_FAILS", command)

    @property
    def asked(self) -> list[str]:
        return self.log.read_text(encoding="utf-8").splitlines() if self.log.exists() else []


@pytest.fixture
def apt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Apt:
    return Apt(tmp_path, monkeypatch)


@pytest.fixture
def font(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "font.ttf").touch()
    monkeypatch.setattr("tests.terminals.terminals.FONT_FILE", tmp_path / "font.ttf")


COMMON = ("Xvfb", "xdotool", "setxkbmap", "dbus-run-session")


@pytest.mark.usefixtures("font")
def test_apt_is_asked_once_for_all_that_is_missing(apt: Apt, capfd: pytest.CaptureFixture[str]) -> None:
    apt.brings("xterm", "screen", "kitty", *COMMON)
    assert install.main(["xterm", "screen-xterm", "kitty"]) == 0
    update, get = apt.asked
    limits = "-o Acquire::Retries=0 -o Acquire::http::Timeout=15"
    assert update == f"noninteractive -qq {limits} update"
    packages = "dbus kitty screen x11-xkb-utils xdotool xterm xvfb"
    assert get == f"noninteractive -qq {limits} install -y --no-install-recommends {packages}"
    assert capfd.readouterr().out == "xterm screen-xterm kitty\n"


@pytest.mark.usefixtures("font")
def test_what_is_there_is_not_asked_for(apt: Apt) -> None:
    for name in ("xterm", *COMMON):
        (apt.bin / name).touch()
    assert install.main(["xterm"]) == 0
    assert apt.asked == []


@pytest.mark.usefixtures("font")
@pytest.mark.parametrize("command", ["update", "install"])
def test_where_apt_fails_it_says_what_to_install(
    command: str, apt: Apt, capfd: pytest.CaptureFixture[str]
) -> None:
    apt.fails(command)
    assert install.main(["xterm"]) == 1
    said = capfd.readouterr()
    assert said.out == "\n"
    assert "apt install dbus x11-xkb-utils xdotool xterm xvfb" in said.err
    assert "xterm can NOT be looked at" in said.err
    assert len(apt.asked) == ["update", "install"].index(command) + 1


@pytest.mark.usefixtures("font")
def test_what_apt_brings_is_looked_at_although_another_is_missing(
    apt: Apt, capfd: pytest.CaptureFixture[str]
) -> None:
    apt.brings("xterm", *COMMON)
    assert install.main(["xterm", "kitty"]) == 1
    said = capfd.readouterr()
    assert said.out == "xterm\n"
    assert "kitty can NOT be looked at: kitty missing" in said.err


@pytest.mark.usefixtures("font")
def test_nobody_but_root_asks_apt(apt: Apt, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert install.main(["xterm"]) == 1
    assert apt.asked == []


@pytest.mark.usefixtures("font")
def test_an_apt_that_hangs_is_left(apt: Apt, monkeypatch: pytest.MonkeyPatch) -> None:
    (apt.bin / "apt-get").write_text("#!/bin/sh\nexec sleep 60\n", encoding="utf-8")
    monkeypatch.setattr(install, "_SECONDS", 0.2)
    assert install.main(["xterm"]) == 1


def test_the_font_is_a_package_like_others(apt: Apt, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("tests.terminals.terminals.FONT_FILE", tmp_path / "nowhere")
    for name in ("xterm", *COMMON):
        (apt.bin / name).touch()
    install.main(["xterm"])
    assert apt.asked[1].endswith(" fonts-dejavu-core")


def test_an_unknown_terminal_is_wrong_usage(apt: Apt) -> None:
    assert install.main(["hyper"]) == 2
    assert install.main([]) == 2
    assert apt.asked == []


def test_every_name_says_what_it_is_in() -> None:
    for name, kind in KINDS.items():
        assert name == kind.name
        assert (kind.between is not None) == ("-" in name)
        assert kind.package
