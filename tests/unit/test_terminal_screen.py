"""GNU screen: which terminal is around it, by processes of a made-up /proc."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kashaf_tui.terminal.identify import Outer
from kashaf_tui.terminal.screen import outer

STY = {"STY": "700.pts-3.host"}


class Machine:
    """Processes as Linux shows them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def process(
        self,
        pid: int,
        name: str,
        parent: int = 1,
        *,
        line: int = 0,
        environ: tuple[str, ...] = (),
        uid: int | None = None,
    ) -> Path:
        place = self.folder / str(pid)
        place.mkdir()
        owner = os.getuid() if uid is None else uid
        (place / "status").write_text(
            f"Name:\t{name}\nPPid:\t{parent}\nUid:\t{owner}\t{owner}\t{owner}\t{owner}\n"
        )
        (place / "stat").write_text(f"{pid} ({name}) S {parent} {pid} {pid} {line} -1 4194304 1 0\n")
        (place / "environ").write_bytes(b"\0".join(f"{key}=1".encode() for key in environ))
        return place


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    made = Machine(tmp_path)
    made.process(700, "screen")  # the server
    made.process(500, "xfce4-terminal", 400)
    made.process(510, "bash", 500, line=34816)
    return made


def test_the_front_end_tells_its_terminal(machine: Machine) -> None:
    machine.process(600, "screen", 510, line=34816, environ=("VTE_VERSION", "HOME"))
    assert outer(STY, machine.folder) == Outer(hints=("VTE_VERSION",), program="vte")


def test_front_ends_in_different_terminals_are_not_believed(machine: Machine) -> None:
    machine.process(600, "screen", 510, line=34816)
    machine.process(501, "kitty", 400)
    machine.process(601, "screen", 501, line=34817)
    assert outer(STY, machine.folder) == Outer()


def test_the_line_that_the_server_has_open_decides(machine: Machine) -> None:
    master, line = os.openpty()
    try:
        device = os.fstat(line).st_rdev
        number = os.minor(device) & 0xFF | os.major(device) << 8 | os.minor(device) >> 8 << 20
        machine.process(600, "screen", 510, line=number + 1)
        machine.process(501, "kitty", 400)
        machine.process(601, "screen", 501, line=number)
        (machine.folder / "700" / "fd").mkdir()
        (machine.folder / "700" / "fd" / "3").symlink_to(os.ttyname(line))
        assert outer(STY, machine.folder) == Outer(program="kitty")
    finally:
        os.close(master)
        os.close(line)


def test_of_others_and_of_detached_sessions_nothing_is_taken(machine: Machine) -> None:
    machine.process(600, "screen", 510, line=34816, uid=os.getuid() + 1)
    machine.process(601, "screen", 510)
    assert outer(STY, machine.folder) == Outer()


@pytest.mark.parametrize("name", ["", "x", "../1", "12x.pts", "\u0661.pts"])
def test_without_a_session_nothing_is_looked_at(name: str, machine: Machine) -> None:
    assert outer({"STY": name}, machine.folder) in (None, Outer())


def test_names_with_blanks_and_brackets_do_not_deceive(machine: Machine) -> None:
    machine.process(600, "screen", 510, line=34816)
    (machine.folder / "600" / "stat").write_text("600 (screen) S 1 2 3 4 (x) R 510 1 1 34816 -1 0\n")
    assert outer(STY, machine.folder) == Outer(program="vte")


def test_no_proc_is_no_fault(tmp_path: Path) -> None:
    assert outer(STY, tmp_path / "nowhere") == Outer()
