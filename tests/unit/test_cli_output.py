"""How commands speak: UTF-8, JSON alone on stdout, nothing that drives a pipe's reader, quiet when nobody listens."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from pathlib import Path
from unittest import mock

import pytest
from tests.cli_support import environment, kashaf, spawn, unsafe
from tests.pty_support import Terminal

from kashaf_tui.commands import output

# A bar, a table, lines and messages.
COMMANDS = (["entities", "--update"], ["search", "النهر"], ["show", "none"], ["index", "--rebuild", "--json"])
FEW = 3


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace of three articles, for what is said while every one is gone through."""
    folder = tmp_path_factory.mktemp("few")
    for number in range(FEW):
        (folder / f"{number}.txt").write_text(
            f"عنوان {number}\n\nارتفع النهر {number} مرات في دمشق.\n", encoding="utf-8"
        )
    assert kashaf("init", folder / "case").code == 0
    assert kashaf("-w", folder / "case", "index", *folder.glob("*.txt")).code == 0
    return folder / "case"


class Screen(io.TextIOWrapper):
    """A stream that says it is a terminal."""

    def __init__(self) -> None:
        super().__init__(io.BytesIO(), encoding="utf-8", write_through=True)

    def isatty(self) -> bool:
        return True

    @property
    def written(self) -> str:
        assert isinstance(self.buffer, io.BytesIO)
        return self.buffer.getvalue().decode()


@contextmanager
def on_a_screen(columns: int) -> Iterator[Screen]:
    screen = Screen()
    environ = {"TERM": "xterm-256color", "COLUMNS": str(columns), "NO_COLOR": ""}
    with redirect_stdout(screen), mock.patch.dict(os.environ, environ):
        yield screen


# Pipes


@pytest.mark.parametrize("variable", ["NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE", "TERM"])
def test_a_pipe_gets_no_escape_sequences(few: Path, variable: str) -> None:
    env = environment(**{variable: "xterm-256color" if variable == "TERM" else "1"})
    for arguments in COMMANDS:
        ran = spawn("-w", few, *arguments, env=env)
        assert ran.code == (4 if arguments[0] == "show" else 0), ran.messages
        assert b"\x1b" not in ran.out + ran.err
        assert b"\r" not in ran.out + ran.err


@pytest.mark.parametrize(
    "locale", [{"LANG": "C", "LC_ALL": "C"}, {"LANG": "C", "LC_ALL": None}, {"LC_ALL": "POSIX"}]
)
def test_output_is_utf_8_whatever_the_locale(case: Path, locale: dict[str, str | None]) -> None:
    env = environment(PYTHONUTF8=None, PYTHONIOENCODING=None, **locale)
    for arguments in (["search", "النهر"], ["search", "النهر", "--json"]):
        ran = spawn("-w", case, *arguments, env=env)
        assert ran.code == 0, ran.messages
        assert "النهر" in ran.text
    env["PYTHONIOENCODING"] = "ascii"
    assert "النهر" in spawn("-w", case, "search", "النهر", env=env).text


def test_text_on_a_pipe_is_in_logical_order(case: Path) -> None:
    ran = kashaf("-w", case, "search", '"سد النوارس"')
    assert "[سد] [النوارس]" in ran.text or "[سد النوارس]" in ran.text
    assert not any(unicodedata.decomposition(char).startswith("<") for char in ran.text if char.isalpha())


def test_json_stands_alone_and_messages_elsewhere(case: Path, tmp_path: Path) -> None:
    ran = kashaf("-w", case, "search", '"النهر', "--json")
    assert ran.json["total"] > 0
    assert "quotation mark" in ran.messages
    (tmp_path / "none.txt").touch()
    ran = kashaf("-w", case, "index", tmp_path / "none.txt", tmp_path / "absent", "--json")
    assert len(ran.json["failed"]) == 2
    assert ran.out.endswith(b"}\n")
    ran = kashaf("-w", case, "index", tmp_path / "none.txt")
    assert "none.txt" in ran.messages
    assert "none.txt" not in ran.text
    (case / "kashaf.yaml").rename(case / "names.txt")
    assert kashaf("-w", case, "stats", "--json").out == b""


def test_the_same_bytes_go_to_a_pipe_and_a_file(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    value = {"نص": ["سطر\nثان", 1.5, None, "\x9b31m \u202e \x7f \ufeff \udce9 \U000e0041 «»"]}
    output.dump_json(value)
    output.dump_json(value, tmp_path / "value.json")
    piped, _ = capfdbinary.readouterr()
    assert (tmp_path / "value.json").read_bytes() == piped
    assert json.loads(piped) == value
    assert not unsafe(piped.decode())
    assert "سطر" in piped.decode()


def test_a_reader_that_leaves_is_no_trouble(case: Path) -> None:
    for arguments in (
        ["search", "*", "--limit", "100"],
        ["search", "*", "--limit", "100", "--json"],
        ["entities"],
    ):
        reading, writing = os.pipe()
        os.close(reading)
        done = subprocess.run(
            [sys.executable, "-m", "kashaf_tui", "-w", str(case), *arguments],
            env=environment(),
            stdout=writing,
            stderr=subprocess.PIPE,
            timeout=60,
            check=False,
        )
        os.close(writing)
        assert (done.returncode, done.stderr) == (128 + signal.SIGPIPE, b""), arguments


def test_head(case: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "kashaf_tui", "-w", str(case), "search", "*", "--limit", "100"],
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as child:
        assert child.stdout is not None
        assert child.stderr is not None
        assert child.stdout.readline().startswith(b"81 articles")
        child.stdout.close()
        assert child.stderr.read() == b""


@pytest.mark.parametrize("redirection", [">&-", "2>&-", "<&-", "<&- >&- 2>&-"])
def test_closed_streams(few: Path, redirection: str) -> None:
    command = [sys.executable, "-m", "kashaf_tui", "-w", str(few), "index", "--rebuild"]
    done = subprocess.run(
        ["/bin/sh", "-c", f'exec "$@" {redirection}', "sh", *command],
        env=environment(),
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0
    assert done.stderr == b""
    # Nothing of ours was written into a file that happened to get the number of a stream.
    assert kashaf("-w", few, "stats", "--json").json["articles"] == FEW


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="Linux has a device that is always full")
def test_a_full_disk_behind_the_pipe(case: Path) -> None:
    for arguments in (["search", "*"], ["search", "*", "--json"]):
        with Path("/dev/full").open("wb") as full:
            done = subprocess.run(
                [sys.executable, "-m", "kashaf_tui", "-w", str(case), *arguments],
                env=environment(),
                stdout=full,
                stderr=subprocess.PIPE,
                timeout=60,
                check=False,
            )
        assert done.returncode == 9
        assert done.stderr == b"kashaf: No space left on device\n"


# Terminals


def test_on_a_terminal_text_is_shaped_and_the_terminal_told_not_to_reorder(case: Path) -> None:
    with Terminal(["-m", "kashaf_tui", "-w", str(case), "search", "النهر"]) as terminal:
        assert terminal.end() == 0
        written = terminal.output.decode()
    assert written.startswith("\x1b[8l")
    assert written.endswith("\x1b[8h")
    assert "ﺮﻬﻨﻟﺍ" in written
    assert "النهر" not in written


def test_messages_on_a_terminal_are_shaped_too(case: Path) -> None:
    with Terminal(["-m", "kashaf_tui", "-w", str(case), "show", "مجهول"]) as terminal:
        assert terminal.end() == 4
        written = terminal.output.decode()
    assert written.startswith("\x1b[8l")
    assert written.endswith("\x1b[8h")
    assert "ﻝﻮﻬﺠﻣ" in written


def test_a_dumb_terminal_is_a_pipe(case: Path) -> None:
    for arguments in (["search", "النهر"], ["entities", "--update"], ["show", "مجهول"]):
        with Terminal(
            ["-m", "kashaf_tui", "-w", str(case), *arguments], environ={"TERM": "dumb"}
        ) as terminal:
            terminal.end()
            assert b"\x1b" not in terminal.output


def test_lines_run_the_way_their_paragraph_runs() -> None:
    text = "قال الناطق إن المنصة CNN ستعمل ثم BBC بعدها بأيام قليلة"
    with on_a_screen(80) as screen:
        output.lines(output.paragraph(text, 12))
    shown = screen.written.removeprefix("\x1b[8l").removesuffix("\x1b[8h").splitlines()
    assert all(len(line) <= 12 for line in shown)
    # A line that begins with a Latin word is read from the right all the same: the word stands at its right end.
    assert any(line.endswith("CNN") and len(line) > 3 for line in shown), shown


def test_a_narrow_table_crops_the_end_of_a_name() -> None:
    name = "المجلس الأعلى للموانئ والمرافئ الساحلية والجزر البعيدة في أقصى الشمال"
    with on_a_screen(60) as screen:
        output.table(["name", "articles"], [[name, "12"], ["سد", "3"]], numbers=[1])
    shown = screen.written
    assert "…" in shown
    assert "ﺲﻠﺠﻤﻟﺍ" in shown  # its first word
    assert "ﻝﺎﻤﺸﻟﺍ" not in shown  # its last
    rows = shown.removeprefix("\x1b[8l").removesuffix("\x1b[8h").splitlines()
    assert all(len(row) <= 60 for row in rows[1:])
    assert rows[1].startswith("…")
    assert rows[2].rstrip().endswith("3")


def test_a_table_for_a_pipe_is_tab_separated(capsys: pytest.CaptureFixture[str]) -> None:
    output.table(["a", "b"], [["x\ty", "[/foo]\n2"]])
    assert capsys.readouterr().out == "x y\t[/foo] 2\n"


@pytest.mark.parametrize("columns", ["1", "8", "0", "none"])
def test_odd_widths(case: Path, columns: str) -> None:
    environ = {"COLUMNS": columns}
    for arguments in (["search", "النهر"], ["entities"], ["stats"]):
        with Terminal(["-m", "kashaf_tui", "-w", str(case), *arguments], environ=environ) as terminal:
            assert terminal.end() == 0
            assert b"Traceback" not in terminal.output
