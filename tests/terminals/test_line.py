"""A line of Arabic, Latin and digits: every letter in its place and in its form, without reading the picture."""

from __future__ import annotations

from itertools import pairwise

import pytest
from rich.segment import Segment
from rich.style import Style
from tests.terminals.cells import Score, placed
from tests.terminals.seat import Seat, sequences

from kashaf.bidi.layout import visual
from kashaf_tui.terminal.guards import guard_row
from kashaf_tui.terminal.profiles import ProfileName

LINES = (
    "قال (CNN) دخلت لا «نسر» ضد 2025 الدولي",
    "نهر النور│The river 50% من «F-16» في عام ٢٠٢٥│لا إلا الآن الأول بالإسلام",
    "كتب ثلاثة باحثين: هل تعطلت محطة الضخ؟ ظلت غرفة التحكم صامتة، والماء يغيض",
)
_TEXT, _HIT, _NAME = Style(color="#dcdcdc"), Style(color="#dcdcdc", bold=True), Style(color="#80c080")
_FIRST, _EVERY = 4, 2  # rows


def rows() -> list[list[Segment]]:
    """The lines as composed rows; the last in changing colours and weights, as hits and names give them."""
    found = [[Segment(visual(line), _TEXT)] for line in LINES]
    text = visual(LINES[2])
    cuts = [*range(0, len(text), 7), len(text)]
    styles = (_TEXT, _HIT, _NAME)
    parts = [text[a:b] for a, b in pairwise(cuts)]
    found.append([Segment(part, styles[at % 3]) for at, part in enumerate(parts)])
    return found


def seen(seat: Seat, profile: ProfileName, start: str, stop: str, name: str) -> tuple[Score, float]:
    """How the lines come out under a profile, and the part of letters that are not joined."""
    composed = rows()
    meant = [placed(row) for row in composed]
    atlas = seat.atlas((cell.look for row in meant for cell in row), f"{name}-atlas")
    sent = "".join(
        f"\x1b[{_FIRST + _EVERY * number};1H{sequences(guard_row(profile, row), seat.found['rgb'])}"
        for number, row in enumerate(composed)
    )
    seat.show(f"{start}\x1b[0m\x1b[2J{sent}")
    picture = seat.screen.still_picture()
    seat.keep(name, picture)
    seat.show(stop)
    places = [(_FIRST - 1 + _EVERY * number, row) for number, row in enumerate(meant)]
    return Score.of(atlas.judge(picture, seat.grid, places)), atlas.unjoined()


def test_it_reads_right_with_the_profile_that_was_found(seat: Seat) -> None:
    score, unjoined = seen(seat, seat.found["profile"], seat.found["start"], seat.found["stop"], "line")
    seat.note("order", score)
    seat.note("joined", f"{1 - unjoined:.0%}")
    assert score.part == 1, score.faults
    assert unjoined < 0.1


def test_the_check_can_fail(seat: Seat) -> None:
    """Without a guard a terminal with bidi of its own turns the line round once more, and that is seen."""
    score, _ = seen(seat, "app", "", "", "unguarded")
    seat.note("raw", score)
    if seat.kind.bidi:
        assert score.part < 0.8, "this terminal needs no guard any more"
    else:
        assert score.part == 1, score.faults


def test_detection_is_sure(seat: Seat) -> None:
    assert seat.found["certain"], seat.found["why"]
    if not seat.kind.bidi:
        pytest.skip("nothing to get wrong")
    assert seat.found["profile"] != "app" or seat.found["modes"].get("8") in (1, 2)
