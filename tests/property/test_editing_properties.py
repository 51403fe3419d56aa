"""Fields under any text and any keys: no place is lost, and everything can be taken back."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st

from kashaf.text.sanitise import is_clean
from kashaf_tui.explorer.widgets.editing import Buffer
from kashaf_tui.explorer.widgets.field_rows import Base, Rows

MIXED = st.text(
    st.sampled_from("اللابمنهوىةتأ ab XYZ 012٣٤.,؟()«»:-@/#\u0651\u064b\u200c\u200d\u200f😀漢\n\n"),
    max_size=60,
)
ANY = st.text(max_size=40)
VALUES = (MIXED | ANY).map(lambda text: Buffer(text).value)
WIDTHS = st.none() | st.integers(1, 30)
BASES: st.SearchStrategy[Base] = st.sampled_from(["rtl", "ltr"])


def rows(value: str, width: int | None, base: Base = "ltr") -> Rows:
    found = Rows(base)
    found.update(value, width)
    return found


def one_line(value: str) -> str:
    return value.replace("\n", " ")


@given(VALUES.map(one_line), BASES)
@settings(max_examples=150, deadline=None)
def test_an_arrow_held_visits_every_place_of_a_line_once(value: str, base: Base) -> None:
    found = rows(value, None, base)
    (line,) = found.lines
    places = [cell.start for cell in line.cells]
    for left in (True, False):
        at = places[-1] if left else places[0]
        visited = [at]
        while (following := found.beside(at, left=left)) != at:
            visited.append(at := following)
            assert len(visited) <= len(places)
        assert visited == (places[::-1] if left else places)


@given(VALUES, WIDTHS.filter(bool), BASES)
@settings(max_examples=150, deadline=None)
def test_an_arrow_held_never_comes_to_a_place_again(value: str, width: int | None, base: Base) -> None:
    found = rows(value, width, base)
    for left in (True, False):
        for start in (0, len(value) // 2, len(value)):
            at, visited = start, {start}
            while (following := found.beside(at, left=left)) != at:
                assert following not in visited
                visited.add(at := following)
    directions = {line.rtl for line in found.lines}
    if len(directions) == 1:
        at = found.edges(0)[0]
        steps = 1
        visual = found.lines[0].cells[-1 if directions == {True} else 0].start
        at = visual
        while (following := found.beside(at, left=directions == {True})) != at:
            at = following
            steps += 1
        assert steps == sum(len(line.cells) for line in found.lines)


@given(VALUES, WIDTHS.filter(bool), BASES)
@settings(max_examples=150, deadline=None)
def test_cells_cover_the_value_and_are_found_again(value: str, width: int | None, base: Base) -> None:
    found = rows(value, width, base)
    covered: list[int] = []
    for row, (line, shift) in enumerate(zip(found.lines, found.shifts, strict=True)):
        column = 0
        for index, cell in enumerate(line.cells):
            covered += range(shift + cell.start, shift + cell.end)
            for offset in range(shift + cell.start, shift + cell.end):
                assert found.place(offset) == (row, index)
            if cell.width:
                assert found.span_at(row, column) == (shift + cell.start, shift + cell.end)
                assert found.column(row, index) == column
            column += cell.width
        assert column == line.width
        # Within a run of one level, cells and offsets rise together, or against each other.
        for one, other in zip(line.cells, line.cells[1:], strict=False):
            if one.level == other.level:
                assert (one.start < other.start) == (one.level % 2 == 0)
    assert sorted(covered) == list(range(len(value) + 1))
    assert width is None or all(line.width <= max(2, width) for line in found.lines)


@given(VALUES, VALUES, WIDTHS.filter(bool))
@settings(max_examples=100, deadline=None)
def test_what_is_kept_of_a_layout_is_what_a_new_one_gives(old: str, new: str, width: int | None) -> None:
    found = rows(old, width)
    found.update(new, width)
    fresh = rows(new, width)
    assert (found.lines, found.shifts) == (fresh.lines, fresh.shifts)


PLACE = st.floats(0, 1)
ACTS: st.SearchStrategy[tuple[str, object]] = st.one_of(
    st.tuples(st.just("type"), st.sampled_from("اب ج\nx1\u0651\u200c")),
    st.tuples(st.just("paste"), MIXED),
    st.tuples(st.just("set"), MIXED),
    st.tuples(st.sampled_from(["backspace", "delete", "word", "word on", "cut", "undo", "redo"]), st.none()),
    st.tuples(st.sampled_from(["move", "select"]), PLACE),
)


def act(buffer: Buffer, name: str, with_: object) -> None:
    simple: dict[str, Callable[[], object]] = {
        "backspace": buffer.backspace,
        "delete": buffer.delete,
        "word": buffer.delete_word,
        "word on": lambda: buffer.delete_word(forward=True),
        "cut": buffer.cut,
        "undo": buffer.undo,
        "redo": buffer.redo,
    }
    match name, with_:
        case "type" | "paste", str(text):
            buffer.insert(text, kind="type" if name == "type" else "other")
        case "set", str(text):
            buffer.set(text)
        case "move" | "select", float(where):
            buffer.move(round(where * len(buffer.value)), select=name == "select")
        case _:
            simple[name]()


@given(VALUES, st.lists(ACTS, max_size=30))
@settings(max_examples=200, deadline=None)
def test_everything_can_be_undone_and_done_again(value: str, acts: list[tuple[str, object]]) -> None:
    buffer = Buffer(value)
    for name, with_ in acts:
        act(buffer, name, with_)
        assert is_clean(buffer.value)
        assert 0 <= buffer.caret <= len(buffer.value)
        start, end = buffer.selection
        assert 0 <= start <= end <= len(buffer.value)
    last = buffer.value
    while buffer.undo():
        pass
    assert buffer.value == value
    while buffer.redo():
        pass
    assert buffer.value == last or any(name in ("undo", "redo") for name, _ in acts)


@given(VALUES, PLACE, PLACE, MIXED)
@settings(max_examples=100, deadline=None)
def test_an_edit_and_its_undoing_are_inverse(value: str, one: float, other: float, text: str) -> None:
    buffer = Buffer(value)
    start, end = sorted(round(where * len(value)) for where in (one, other))
    buffer.select(start, end)
    buffer.insert(text)
    assert buffer.value == value[:start] + text + value[end:]
    changed, caret = buffer.value, buffer.caret
    if buffer.undo():
        assert (buffer.value, buffer.selection) == (value, (start, end))
        assert buffer.redo()
    assert (buffer.value, buffer.caret) == (changed, caret)


@given(VALUES, PLACE)
@settings(max_examples=100, deadline=None)
def test_words_are_passed_from_end_to_end(value: str, where: float) -> None:
    buffer = Buffer(value)
    at = round(where * len(value))
    start, end = buffer.word_at(at) if value else (0, 0)
    assert not value or start <= min(at, len(value) - 1) < end
    on, back = at, at
    while on < len(value):
        assert buffer.word_after(on) > on
        on = buffer.word_after(on)
    while back:
        assert buffer.word_before(back) < back
        back = buffer.word_before(back)
