"""What the list of notes shows: filtered, sorted, grouped. And how notes on the same words are drawn."""

from __future__ import annotations

from dataclasses import replace

from rich.style import Style

from kashaf.notes.anchoring import Anchor
from kashaf.notes.model import EntityTarget, Kind, Note, WordsTarget
from kashaf_tui.explorer.note_view import ORDERS, Listed, View, counts, listed
from kashaf_tui.explorer.panes.note_rows import Group, NoteRow, Rows, Standing
from kashaf_tui.explorer.widgets.noted import Noted, cover, margin, notes_at, on_row, tinted
from kashaf_tui.explorer.wording import Wording

SAY = Wording("en")


def note(
    number: int, quote: str = "ماء", body: str = "", tags: tuple[str, ...] = (), kind: Kind = "highlight"
) -> Note:
    target = WordsTarget(
        f"article{number % 2}", "0" * 64, number, number + len(quote), quote, "", "", f"عنوان {number % 2}",
        "", "", "0" * 64,
    )  # fmt: skip
    day = f"2026-01-0{number}T00:00:00Z"
    return Note(f"{number:08x}-0000-7000-8000-000000000000", target, body, tags, kind, "سعاد", day, day)


NOTES = (
    note(1, "مياه السد", tags=("ماء/سد", "رأي")),
    note(2, "القمح", body="يُراجَع مع الوزارة", tags=("قمح",), kind="note"),
    note(3, "سدّ", body="هل هذا صحيح؟", kind="question"),
)
PLACED = {
    NOTES[0].id: Standing("changed", NOTES[0].target, Anchor("changed", 1, 9)),
    NOTES[1].id: Standing("exact", NOTES[1].target),
}


def place(one: Note) -> Standing | None:
    return PLACED.get(one.id)


def seen(view: View) -> Listed:
    return listed(NOTES, place, view, SAY, "without")


def shown(text: str) -> list[int]:
    return [NOTES.index(one) + 1 for one in seen(View(filter=text)).shown]


def test_words_are_looked_for_everywhere_and_folded() -> None:
    assert shown("وزاره") == [2]
    assert shown("سد") == [1, 3]
    assert shown("عنوان 1") == [1, 3]
    assert shown("سد -هل") == [1]
    assert shown('"مياه السد"') == [1]
    assert shown("لا شيء منها") == []


def test_fields_narrow_to_themselves() -> None:
    assert shown("tag:ماء") == [1]
    assert shown("tag:#ماء/سد") == [1]
    assert shown("tag:سد") == [1]
    assert shown("-tag:ماء") == [2, 3]
    assert shown("kind:question") == shown("kind:q") == [3]
    assert shown("state:changed") == [1]
    assert shown("state:exact") == [2]
    assert shown("author:سعاد kind:note") == [2]
    assert shown("status:open") == [1, 2, 3]
    assert shown("confidence:high") == []
    assert shown("article:article1") == [1, 3]


def test_a_field_that_is_none_is_named_and_looked_for_as_words() -> None:
    found = seen(View(filter="colour:red"))
    assert found.unknown == "colour"
    assert found.shown == []


def test_the_interface_s_own_words_are_values_too() -> None:
    arabic = Wording("ar")
    found = listed(NOTES, place, View(filter=f"kind:{arabic('kind question')}"), arabic, "")
    assert found.shown == [NOTES[2]]


def test_groups_count_and_close() -> None:
    rows = seen(View("code")).items
    assert [(row.name, row.count) for row in rows if isinstance(row, Group)] == [
        ("#رأي", 1), ("#قمح", 1), ("#ماء/سد", 1), ("without", 1),
    ]  # fmt: skip
    assert sum(isinstance(row, Note) for row in rows) == 4  # the first note bears two codes
    closed = seen(View("code").toggled("رأي")).items
    assert len(closed) == len(rows) - 1
    assert closed[0] == Group("رأي", "#رأي", 1, closed=True)


def test_every_order_lists_every_note() -> None:
    view = View()
    for order in ORDERS:
        assert view.order == order
        listed_ids = {row.id for row in seen(view).items if isinstance(row, Note)}
        assert listed_ids == {one.id for one in NOTES}
        view = view.next_order()
    assert view.order == "made"


def test_orders_and_their_reverse() -> None:
    def first(view: View) -> object:
        row = seen(view).items[0]
        return row.name if isinstance(row, Group) else row

    assert first(View()) == NOTES[0]
    assert first(View(backwards=True)) == NOTES[2]
    assert first(View("date")) == "2026-01-01"
    assert first(View("date", backwards=True)) == "2026-01-03"
    assert first(View("kind")) == "highlight"
    assert first(View("state")) == "changed"


def test_rows_are_made_when_they_are_asked_for() -> None:
    rows = Rows(seen(View("kind")).items, place, {NOTES[1].id}, "kind")
    assert len(rows) == 6
    assert list(rows.tops()) == [0, 1, 4, 5, 8, 9, 12]
    assert [row.marked for row in rows if isinstance(row, NoteRow)] == [False, True, False]
    assert rows.find(("note", NOTES[2].id)) == 5
    assert rows.find(("group", "note")) == 2
    assert rows.find(("note", "none")) is None
    first = rows[1:2][0]
    assert isinstance(first, NoteRow)
    assert first.state == "changed"
    assert Rows(NOTES).tops() == range(0, 10, 3)


def test_notes_on_no_words() -> None:
    entity = replace(NOTES[1], target=EntityTarget("سعاد المرعي", "person"))
    rows = listed((entity,), place, View("article"), SAY, "").items
    assert rows[0] == Group("EntityTarget سعاد المرعي", "سعاد المرعي", 1)
    assert counts(NOTES)["قمح"] == 1


# Notes on the same words


A = Noted("a", 0, 30, "ق", ("#e69f00",))
B = Noted("b", 10, 20, "¶")
C = Noted("c", 12, 40, "?", ("#56b4e9", "#009e73"), changed=True)


def test_the_innermost_note_comes_first_and_gives_the_colour() -> None:
    assert [one.id for one in notes_at((A, B, C), 15)] == ["b", "c", "a"]
    assert on_row((A, B, C), 30, 50) == [C]
    over = cover((A, C), 15, 16)
    assert over is not None
    assert (over.colour, over.several, over.changed) == ("#56b4e9", True, False)
    assert cover((A,), 5, 6) == cover((A, B), 5, 6)
    assert cover((A, B), 31, 32) is None
    proposal = cover((C,), 35, 36)
    assert proposal is not None
    assert proposal.changed


def test_the_margin_shows_one_by_its_sign_and_several_by_their_number() -> None:
    assert margin([A], 0) == ("ق", "#e69f00", "#e69f00")
    assert margin([A], 10) == (" ", "#e69f00", "#e69f00")
    assert margin([C], 0)[0] == "≠"
    assert margin([A, C], 0) == ("2", "#009e73", "#e69f00")
    assert margin([Noted(str(n), 0, 5, "·") for n in range(12)], 0)[0] == "+"


def test_a_tint_stays_near_the_ground() -> None:
    base = Style(color="#e0e0e0", bgcolor="#121212")
    tint = tinted(base, "#f0e442").bgcolor
    assert tint is not None
    assert max(tint.get_truecolor()) < 0x70
    assert tinted(base, "") == base
