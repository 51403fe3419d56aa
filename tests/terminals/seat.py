"""In front of a terminal: what can be painted on it, started in it, and seen."""

from __future__ import annotations

import json
import os
import shlex
import signal
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from rich.color import ColorSystem
from rich.segment import Segment
from rich.style import Style
from tests.terminals.cells import Atlas, Grid, Look, Placed, placed
from tests.terminals.screen import Picture, Screen
from tests.terminals.terminals import Kind, Window

from kashaf_tui.explorer import place

QUERY: Final = "النهر"
SHOTS: Final = Path(__file__).parent / "shots"
BLANK: Final = "\x1b[0m\x1b[2J"
COLUMNS: Final = (
    "version",
    "profile",
    "order",
    "joined",
    "raw",
    "screens",
    "borders",
    "hits",
    "keys",
    "TERM",
    "fault",
)


@dataclass
class Report:
    """What was seen, by terminal; `COLUMNS` are the columns of the table."""

    rows: dict[str, dict[str, str]] = field(default_factory=dict)

    def note(self, terminal: str, column: str, said: object) -> None:
        self.rows.setdefault(terminal, {})[column] = str(said)

    def table(self) -> str:
        lines = ["| terminal | " + " | ".join(COLUMNS) + " |", "|---" * (len(COLUMNS) + 1) + "|"]
        for name, row in self.rows.items():
            lines.append(f"| {name} | " + " | ".join(row.get(column, "–") for column in COLUMNS) + " |")
        return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture, and the rows that the explorer meant at that moment."""

    name: str
    picture: Picture
    rows: tuple[tuple[int, tuple[Placed, ...]], ...]

    @property
    def cells(self) -> Iterable[Placed]:
        return (cell for _, row in self.rows for cell in row)


class Seat(Window):
    """A window and what was found out about its terminal."""

    def __init__(self, kind: Kind, screen: Screen, home: Path, report: Report) -> None:
        super().__init__(kind, screen, home)
        self._report = report
        try:
            self._look_round()
        except BaseException:
            self.close()
            raise

    def _look_round(self) -> None:
        self.rows, self.columns = self.size()
        self.found = self.ask("found")
        self.show(BLANK)
        self.show(self.through(Grid.markers(self.rows, self.columns)))
        self.grid = Grid.measure(self.screen.still_picture(), self.rows, self.columns)
        self.note("profile", self.found["profile"])

    def note(self, column: str, said: object) -> None:
        self._report.note(self.kind.name, column, said)

    def ask(self, name: str) -> dict[str, Any]:
        """What Kashaf finds out about the terminal, asked from within it."""
        code = self.do(f'"$PYTHON" -m tests.terminals.ask "$STAGE/{name}"', 30)
        assert code == 0, self.log()
        found: dict[str, Any] = json.loads((self.stage / name).read_text(encoding="utf-8"))
        return found

    def keep(self, name: str, picture: Picture) -> None:
        picture.save(SHOTS / f"{self.kind.name}-{name}.png")

    def atlas(self, looks: Iterable[Look], name: str) -> Atlas:
        """Every look alone, under the profile that was found."""
        atlas = Atlas(looks, self.rows, self.columns, self.found["profile"])
        self.show(self.found["start"] + atlas.text())
        picture = self.screen.still_picture()
        self.keep(name, picture)
        atlas.take(picture, self.grid)
        self.show(self.found["stop"])
        return atlas


def sequences(row: Sequence[Segment], rgb: bool) -> str:
    """A row as the terminal is sent it, in colours of 24 bits or, for screen, of 8."""
    system = ColorSystem.TRUECOLOR if rgb else ColorSystem.EIGHT_BIT
    parts = []
    for text, given, _ in row:
        style = given or Style()
        colour = (
            "".join(f";{code}" for code in style.color.downgrade(system).get_ansi_codes())
            if style.color
            else ""
        )
        modes = "".join(f";{mode}" for mode, on in ((1, style.bold), (3, style.italic)) if on)
        parts.append(f"\x1b[0{modes}{colour}m{text}")
    return "".join(parts) + "\x1b[0m"


class Explorer:
    """The explorer running in a terminal, and what it says it shows. It begins with what `QUERY` finds."""

    def __init__(self, seat: Seat, case: Path, fault: bool = False) -> None:
        place.save(case / "state", place.LastPlace(query=QUERY))
        self.seat = seat
        self._file = seat.stage / "state"
        self._file.unlink(missing_ok=True)
        self._number: int | None = None
        self._code: int | None = None
        self.command = (
            "KASHAF_FAULT=1 " if fault else ""
        ) + f'"$PYTHON" -m tests.terminals.watched "$STAGE/state" -w {shlex.quote(str(case))}'

    def start(self) -> None:
        """On the terminal itself, with no shell between."""
        self._number = self.seat.order(self.command)

    @property
    def code(self) -> int | None:
        """The exit code of what `start` began, once it has ended."""
        if self._number is not None and self._code is None:
            self._code = self.seat.finished(self._number)
        return self._code

    def end(self, seconds: float = 20) -> int:
        """Wait until it has ended; its exit code."""
        end = time.monotonic() + seconds
        while self.code is None:
            assert time.monotonic() < end, f"{self.seat.kind.name}: the explorer does not end"
            time.sleep(0.05)
        return self.code

    def state(self) -> dict[str, Any]:
        try:
            state: dict[str, Any] = json.loads(self._file.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        return state

    def wait(self, what: str, until: Callable[[dict[str, Any]], bool], seconds: float = 25) -> dict[str, Any]:
        """Until the explorer is as it should be. Fails the test with what it was instead."""
        end = time.monotonic() + seconds
        while not (state := self.state()) or not until(state):
            if time.monotonic() > end or self.code is not None:
                self.seat.keep("trouble", self.seat.screen.picture())
                seen = {key: value for key, value in state.items() if key != "rows"}
                raise AssertionError(f"{self.seat.kind.name}: not {what}: {seen}\n{self.seat.log()}")
            time.sleep(0.05)
        return state

    def press(self, *keys: str) -> None:
        self.seat.screen.press(*keys)

    def in_article(self) -> dict[str, Any]:
        """Wait for the hits, and go into the article."""
        self.wait("an article with hits", _hits_shown)
        self.press("F4")
        return self.wait("in the article", lambda state: state["focus"] == "article")

    def gone(self) -> bool:
        """Whether the process has ended."""
        pid = self.state().get("pid")
        try:
            return b"tests.terminals.watched" not in Path(f"/proc/{pid}/cmdline").read_bytes()
        except OSError:
            return True

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Nothing goes on in the window that the next test would trip over."""
        for number in (signal.SIGTERM, signal.SIGKILL):
            end = time.monotonic() + 5
            if not self.gone():
                os.kill(self.state()["pid"], number)
            while not self.gone() and time.monotonic() < end:
                time.sleep(0.05)
        if self._number is not None:
            self.end()

    def shot(self, name: str) -> Shot:
        """A picture of what stands still, with the rows that were meant while it was taken."""
        for _ in range(20):
            before = self.state()
            picture = self.seat.screen.still_picture()
            if before == self.state():
                break
        else:
            raise AssertionError(f"{self.seat.kind.name}: {name} does not come to rest")
        self.seat.keep(name, picture)
        rows = []
        for number, row in enumerate(before["rows"]):
            segments = [
                Segment(
                    text,
                    Style(
                        bold=bold,
                        italic=italic,
                        underline=lines == 1,
                        underline2=lines == 2,
                        reverse=reverse,
                    ),
                )
                for text, bold, italic, lines, reverse in row
            ]
            rows.append((number, tuple(placed(segments))))
        return Shot(name, picture, tuple(rows))


def _hits_shown(state: dict[str, Any]) -> bool:
    """An article stands there, with more in reverse video than a caret."""
    return bool(state["place"].get("article")) and sum(part[4] for row in state["rows"] for part in row) > 5
