"""Keys of Arabic layouts, pressed."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterable
from typing import Any, ClassVar

import pytest
from tests.explorer_support import Analyst, Explore
from textual import events
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.pilot import Pilot
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Input

from kashaf.bidi.layout import visual
from kashaf_tui.explorer.early_keys import EarlyKeys
from kashaf_tui.explorer.keyboard import HOLD, pressed
from kashaf_tui.explorer.layouts import LAYOUTS
from kashaf_tui.explorer.which_layout import layout_for

KEYS = [*"abBgGhjklnNqsSuUTEP123", "ctrl+j"]
ARABIC = [chr(code) for code in range(0x0621, 0x064B)]
SIGNS = {"question_mark": "?", "slash": "/", "left_curly_bracket": "{", "colon": ":"}


class Pane(Widget, can_focus=True):
    """Takes no text."""


class Field(Pane):
    """Takes text."""

    takes_text = True

    def __init__(self) -> None:
        super().__init__(id="field")
        self.typed: list[str] = []

    def on_key(self, event: events.Key) -> None:
        if event.character and event.is_printable:
            self.typed.append(event.character)
            event.stop()


class Window(ModalScreen[None]):
    BINDINGS: ClassVar[list[BindingType]] = [Binding("j", "app.did('window j')")]


class Probe(EarlyKeys[None]):
    """Writes down what acts."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(key, f"did('{key}')") for key in KEYS),
        *(Binding(key, f"did('{sign}')") for key, sign in SIGNS.items()),
    ]

    def __init__(self, layout: str = "pc") -> None:
        super().__init__()
        self.keyboard = LAYOUTS[layout]
        self.done: list[str] = []

    def compose(self) -> ComposeResult:
        yield Pane(id="pane")
        yield Field()
        yield Input(id="input")

    def action_did(self, what: str) -> None:
        self.done.append(what)


def send(app: App[Any], keys: Iterable[events.Key]) -> None:
    """Hand over keys as a terminal's driver does, all of one read at once."""
    assert app._driver is not None
    for key in keys:
        app._driver.send_message(key)


def typed(text: str) -> list[events.Key]:
    return list(map(pressed, text))


async def rest(pilot: Pilot[None]) -> None:
    await pilot.pause(3 * HOLD)
    await pilot.pause()


async def test_lam_waits_for_an_alef_that_waits_itself() -> None:
    app = Probe()
    async with app.run_test() as pilot:
        app.query_one(Pane).call_later(asyncio.sleep, 3 * HOLD)
        send(app, typed("لا"))
        await pilot.pause(5 * HOLD)
        await rest(pilot)
        assert app.done == ["b"]


@pytest.mark.parametrize(
    ("text", "did"),
    [
        ("ت", ["j"]),
        ("لا", ["b"]),
        ("\ufefb", ["b"]),
        ("لآ", ["B"]),
        ("\ufef5", ["B"]),
        ("لألإ", ["G", "T"]),
        ("ل", ["g"]),
        ("لل", ["g", "g"]),
        ("للا", ["g", "b"]),
        ("لاا", ["b", "h"]),
        ("تلاتلت", ["j", "b", "j", "g", "j"]),
        ("لj", ["g", "j"]),
        ("آ\u064d\u064f", ["N", "S", "E"]),
        ("؛", ["P"]),
        ("١۲3", ["1", "2", "3"]),
        ("`", ["U"]),
        ("n`", ["n"]),
        ("n`ىa`", ["n", "n", "a"]),
        ("a`ت`", ["a", "j", "U"]),
        ("a`لا`", ["a", "b", "U"]),
        ("<", ["{"]),
        ("{:", ["{", ":"]),
        ("ظ؟/?", ["/", "?", "/", "?"]),
    ],
)
async def test_what_acts(text: str, did: list[str]) -> None:
    async with (app := Probe()).run_test() as pilot:
        app.query_one("#pane").focus()
        await pilot.pause()
        send(app, typed(text))
        await rest(pilot)
        assert app.done == did


@pytest.mark.parametrize(
    ("key", "character", "did"),
    [
        ("arabic_question_mark", "؟", ["?"]),
        ("arabic_question_mark", None, ["?"]),
        ("arabic_fathatan", None, []),
        ("arabic_kasratan", None, ["S"]),
        ("shift+ظ", None, ["?"]),
        ("shift+ى", None, ["N"]),
        ("shift+ج", None, ["{"]),
        ("ctrl+ت", None, ["ctrl+j"]),
        ("ctrl+ت", "ت", ["ctrl+j"]),
        ("alt+ل", "ل", []),
    ],
)
async def test_names_and_modifiers_as_terminals_report_them(
    key: str, character: str | None, did: list[str]
) -> None:
    async with (app := Probe()).run_test() as pilot:
        app.query_one("#pane").focus()
        await pilot.pause()
        send(app, [events.Key(key, character)])
        await rest(pilot)
        assert app.done == did


async def test_lam_and_a_later_alef_are_two_keys() -> None:
    async with (app := Probe()).run_test() as pilot:
        app.query_one("#pane").focus()
        await pilot.pause()
        send(app, typed("ل"))
        await asyncio.sleep(2 * HOLD)
        send(app, typed("ا"))
        await rest(pilot)
        assert app.done == ["g", "h"]


async def test_a_busy_app_does_not_join_what_was_typed_apart() -> None:
    """Both keys wait while the app works; when they were pressed tells them apart."""
    async with (app := Probe()).run_test() as pilot:
        app.query_one("#pane").focus()
        await pilot.pause()
        lam, alef = (events.Key(char, char) for char in "لا")
        alef.time = lam.time + 5 * HOLD
        send(app, [lam, alef])
        await rest(pilot)
        assert app.done == ["g", "h"]


async def test_a_click_or_a_paste_comes_after_a_held_key() -> None:
    async with (app := Probe()).run_test() as pilot:
        app.query_one("#pane").focus()
        await pilot.pause()
        send(app, typed("ل"))
        app.post_message(events.Paste("ا"))
        await pilot.pause()
        assert app._held is None
        await rest(pilot)
        assert app.done == ["g"]


@pytest.mark.parametrize("layout", ["pc", "azerty", "mac"])
async def test_where_text_is_typed_arabic_stays(layout: str) -> None:
    text = "لا تسأل؟ آلا\ufefb١<`\u064e"
    async with (app := Probe(layout)).run_test() as pilot:
        field = app.query_one(Field)
        field.focus()
        await pilot.pause()
        send(app, typed(text))
        await pilot.pause()
        assert "".join(field.typed) == text
        send(app, [events.Key("ctrl+ت", None)])
        await rest(pilot)
        assert app.done == ["ctrl+j"]
        app.query_one(Input).focus()
        await pilot.pause()
        send(app, typed("لات"))
        await rest(pilot)
        assert app.query_one(Input).value == "لات"


async def test_the_focus_that_counts_is_where_the_key_goes() -> None:
    async with (app := Probe()).run_test() as pilot:
        app.query_one("#pane").focus()
        await pilot.pause()
        send(app, typed("ل"))
        await asyncio.sleep(0)
        app.query_one(Field).focus()
        await rest(pilot)
        assert app.query_one(Field).typed == ["ل"]
        assert app.done == []


async def test_on_azerty_letters_lie_elsewhere_and_there_are_no_pairs_on_a_mac() -> None:
    async with (app := Probe("azerty")).run_test() as pilot:
        app.query_one("#pane").focus()
        await pilot.pause()
        send(app, typed("ضش.زلا'"))
        await rest(pilot)
        assert app.done == ["a", "q", "/", ":", "b", "?"]
    async with (app := Probe("mac")).run_test() as pilot:
        app.query_one("#pane").focus()
        await pilot.pause()
        send(app, typed("لازر"))
        await pilot.pause()
        assert app.done == ["g", "h", "b", "n"]


async def test_windows_obey_too_and_so_does_a_screen_without_focus() -> None:
    async with (app := Probe()).run_test() as pilot:
        app.set_focus(None)
        await pilot.pause()
        send(app, typed("ت"))
        await rest(pilot)
        app.push_screen(Window())
        await pilot.pause()
        send(app, typed("تن"))
        await rest(pilot)
        assert app.done == ["j", "window j"]


# The explorer


async def burst(analyst: Analyst, text: str) -> None:
    """Letters of one read, and what they start."""
    send(analyst.app, typed(text))
    await analyst.pilot.pause(3 * HOLD)
    await analyst.settle()


async def test_every_pane_under_arabic_101(explore: Explore) -> None:
    async with explore() as analyst:
        main = analyst.main
        await analyst.type("السد")
        await analyst.press("enter")
        assert main.box.value == "السد"

        results = main.results
        assert results.has_focus
        await burst(analyst, "ت")
        assert results.selected == 1
        await burst(analyst, "ن")
        assert results.selected == 0
        rungs: list[str] = []
        for key in "١2٣":
            await burst(analyst, key)
            rungs.append(main.searching.query.rung)
        assert rungs == ["exact", "folded", "stem"]
        await burst(analyst, "س")
        assert main.searching.query.sort == "date"
        await burst(analyst, "س")

        await analyst.press("enter")
        reader = main.article
        assert reader.has_focus
        assert reader.reading is not None
        hits = reader.reading.hits
        await burst(analyst, "ى")
        assert reader.caret == hits[1][0]
        await burst(analyst, "آ")
        assert reader.caret == hits[0][0]
        await burst(analyst, "ص")
        after = reader.caret
        await burst(analyst, "صص")
        await burst(analyst, "لا")
        await burst(analyst, "\ufefb")
        assert reader.caret == after
        await burst(analyst, "د")
        assert results.selected == 1
        await burst(analyst, "ج")
        assert results.selected == 0
        await burst(analyst, "ح")
        down = reader.caret
        await burst(analyst, "ح؛")
        assert reader.caret == down
        await burst(analyst, "رسا")
        assert len(main.notes.rows) == 1

        await burst(analyst, "ع")
        assert main.notes.rows == []
        await burst(analyst, "`")
        assert len(main.notes.rows) == 1

        await burst(analyst, "ث")
        assert main.entities.has_focus
        await burst(analyst, "ت")
        assert main.entities.selected == 2  # under the heading the first, then the next
        await burst(analyst, "ش")
        assert main.notes.has_focus
        await burst(analyst, "ؤ")
        await analyst.type("لا تنس")
        await analyst.press("f2")
        assert [row.note.body for row in main.notes.rows] == ["لا تنس"]
        await burst(analyst, "\u064f")
        await analyst.press("enter")
        assert list((analyst.app._session.workspace.exports).glob("notes-*.json"))

        await burst(analyst, "ظ")
        assert main.box.has_focus
        await analyst.press("escape")
        await burst(analyst, "ض")
        assert analyst.app.return_code == 0


async def test_help_over_the_article_shows_both_keys_and_obeys(explore: Explore) -> None:
    async with explore() as analyst:
        await analyst.press("f4")
        await burst(analyst, "؟")
        assert len(analyst.app.screen_stack) == 3
        assert visual("n ى") in analyst.text
        assert visual("b لا") in analyst.text
        view = analyst.app.screen.query_one("#text-view")
        await burst(analyst, "ت")
        await analyst.pilot.pause(0.3)
        assert view.scroll_offset.y > 0
        await burst(analyst, "ض")
        assert len(analyst.app.screen_stack) == 2


async def test_the_palette_takes_arabic_as_it_is(explore: Explore) -> None:
    async with explore() as analyst:
        await analyst.press("f4")
        await burst(analyst, ":")
        await burst(analyst, "لاعلام")
        assert analyst.app.screen.query_one(Input).value == "لاعلام"


async def test_azerty_is_read_and_shown_as_such(explore: Explore) -> None:
    async with explore() as analyst:
        analyst.app.keyboard = LAYOUTS["azerty"]
        await analyst.press("f4")
        await burst(analyst, "ض")
        assert analyst.main.notes.has_focus
        await burst(analyst, "'")
        assert visual("e ث") in analyst.text
        await burst(analyst, "ش")
        assert analyst.app.screen is analyst.main
        await burst(analyst, ".")
        assert analyst.main.box.has_focus
        await burst(analyst, "ض.")
        assert analyst.main.box.value == "ض."


async def test_f9_chooses_the_keyboard_for_the_next_start_too(
    explore: Explore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.delenv("KASHAF_KEYBOARD", raising=False)
    before = layout_for("", os.environ)
    async with explore() as analyst:
        assert analyst.app.keyboard is before
        await analyst.press("f9")
        assert before.label in analyst.text
        await burst(analyst, next(char for char in ARABIC if before.read(char) == "a"))
        chosen = analyst.app.keyboard
        assert chosen is not before
        assert chosen.label in analyst.text
        await analyst.press("escape")
    async with explore() as analyst:
        assert analyst.app.keyboard is chosen
        monkeypatch.setenv("KASHAF_KEYBOARD", "mac")
    async with explore() as analyst:
        assert analyst.app.keyboard.name == "mac"
