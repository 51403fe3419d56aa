"""Writing in the fields: keys, mouse, what is seen, and what is copied."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path

import pytest
from rich.style import Style
from tests.effort_support import effort
from tests.explorer_support import Explore
from textual.app import ComposeResult
from textual.events import Paste
from textual.pilot import Pilot
from textual.widget import Widget

from kashaf.bidi.layout import visual
from kashaf_tui import clipboard
from kashaf_tui.clipboard import Copied
from kashaf_tui.explorer.copying import Copying
from kashaf_tui.explorer.screens.note_editor import NoteEditor
from kashaf_tui.explorer.widgets.text_field import LONGEST_LINE, TextArea, TextInput
from kashaf_tui.explorer.widgets.writing import Changed, TooLong, Writing

SIZE = (80, 24)


class Host(Copying[None]):
    """Both fields, and what they say."""

    CSS = "TextInput { height: 1; width: 20; } TextArea { height: 6; width: 24; scrollbar-size-vertical: 1; }"

    def __init__(self, line: str = "", text: str = "") -> None:
        super().__init__()
        self.line = TextInput(line)
        self.area = TextArea(text)
        self.said: list[Changed | TooLong] = []

    def compose(self) -> ComposeResult:
        yield self.line
        yield self.area

    def on_changed(self, message: Changed) -> None:
        self.said.append(message)

    def on_too_long(self, message: TooLong) -> None:
        self.said.append(message)


def cells(field: Widget, y: int = 0) -> list[tuple[str, Style]]:
    """The row of a field as it is drawn, a character and its style for each."""
    found: list[tuple[str, Style]] = []
    for text, style, _ in field.render_line(y):
        found += [(char, style or Style()) for char in text]
    return found


def shown(field: Widget, y: int = 0) -> str:
    return "".join(char for char, _ in cells(field, y))


def block(field: Widget, y: int = 0) -> int | None:
    """The column of the caret."""
    columns = [at for at, (_, style) in enumerate(cells(field, y)) if style.reverse]
    assert len(columns) <= 1
    return columns[0] if columns else None


def chosen(field: Widget, y: int = 0) -> list[int]:
    """The columns drawn as selected."""
    return [at for at, (_, style) in enumerate(cells(field, y)) if style.underline]


async def type_(pilot: Pilot[None], text: str) -> None:
    names = {" ": "space", "\n": "enter"}
    await pilot.press(*(names.get(char, char) for char in text))


async def test_the_caret_goes_where_the_arrow_points_through_mixed_runs() -> None:
    app = Host("في 2025 GDP نما")
    async with app.run_test(size=SIZE) as pilot:
        assert shown(app.line) == visual("في 2025 GDP نما").rjust(20)
        assert block(app.line) == 20 - 16
        await pilot.press("home")
        columns = [block(app.line)]
        while columns[-1] and columns[-1] > 4:
            await pilot.press("left")
            columns.append(block(app.line))
        assert columns == list(range(19, 3, -1))
        await pilot.press("left")
        assert block(app.line) == 4
        assert app.line.buffer.caret == len(app.line.value)


async def test_the_caret_of_an_empty_line_and_of_the_end_is_seen() -> None:
    app = Host()
    async with app.run_test(size=SIZE) as pilot:
        assert block(app.line) == 0
        await type_(pilot, "نص ")
        assert block(app.line) == 20 - 4
        assert shown(app.line) == visual("نص").rjust(20)
        await pilot.press("tab")
        assert block(app.line) is None
        await type_(pilot, "نص\n")
        assert [block(app.area, 0), block(app.area, 1)] == [None, 22]
        await type_(pilot, "ab\n")
        assert block(app.area, 2) == 0


async def test_what_is_selected_is_marked_on_its_cells() -> None:
    app = Host("نص GDP آخر")
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("home", "shift+left", "shift+left", "shift+left", "shift+left")
        # Past نص and its blank to the P of GDP and on to its D: selected is what lies between in the text.
        assert app.line.buffer.selected == "نص G"
        assert chosen(app.line) == [14, 17, 18, 19]
        assert block(app.line) == 15
        await pilot.press("shift+end")
        assert app.line.buffer.selected == "نص GDP آخر"
        await pilot.press("left")
        assert chosen(app.line) == []
        assert app.line.buffer.caret == 10
        await pilot.press("shift+home")
        assert len(chosen(app.line)) == 10
        assert block(app.line) == 19
        await pilot.press("right")
        assert app.line.buffer.caret == 0
        await pilot.press("ctrl+a", "ب")
        assert app.line.value == "ب"


async def test_lam_alef_is_one_cell_and_two_letters() -> None:
    app = Host()
    async with app.run_test(size=SIZE) as pilot:
        await type_(pilot, "سلا")
        assert block(app.line) == 20 - 3
        await pilot.press("\ufefb")
        assert app.line.value == "سلالا"
        await pilot.press("right", "right", "right", "left")
        assert app.line.buffer.caret == 1
        await pilot.press("left")
        assert app.line.buffer.caret == 3
        await pilot.press("backspace")
        assert app.line.value == "سللا"


async def test_words_are_gone_selected_and_deleted() -> None:
    app = Host("قال الوزير: نعم")
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("ctrl+right", "ctrl+right")
        assert app.line.buffer.caret == 10
        await pilot.press("ctrl+shift+right")
        assert app.line.buffer.selected == "الوزير"
        await pilot.press("ctrl+left")
        assert app.line.buffer.caret == 10
        await pilot.press("ctrl+home", "ctrl+left", "ctrl+w")
        assert app.line.value == "الوزير: نعم"
        await pilot.press("ctrl+delete")
        assert app.line.value == ": نعم"
        await pilot.press("ctrl+u", "ctrl+z", "ctrl+z", "ctrl+z")
        assert app.line.value == "قال الوزير: نعم"
        await pilot.press("ctrl+y")
        assert app.line.value == "الوزير: نعم"
        assert all(isinstance(message, Changed) for message in app.said)
        assert app.said[-1].field is app.line


async def test_a_line_that_is_too_long_scrolls_under_the_caret() -> None:
    text = "كلمات كثيرة لا يتسع لها هذا الحقل الضيق"
    app = Host(text)
    async with app.run_test(size=SIZE) as pilot:
        whole = " " + visual(text)
        seen = set()
        for key in ["right"] * len(text) + ["left"] * len(text):
            column = block(app.line)
            assert column is not None
            line = shown(app.line)
            assert line in whole
            seen.add(line)
            await pilot.press(key)
        assert shown(app.line) == whole[:20]
        assert whole[-20:] in seen
        # The text stays in place while the caret moves within what is in sight.
        before = shown(app.line)
        await pilot.press("right", "right", "right")
        assert shown(app.line) == before
        await pilot.click(app.line, offset=(5, 0))
        assert block(app.line) == 5
        assert shown(app.line) == before


async def test_the_mouse_sets_the_caret_and_drags_a_selection() -> None:
    app = Host("نص GDP آخر")
    async with app.run_test(size=SIZE) as pilot:
        await pilot.click(app.line, offset=(19, 0))
        assert app.line.buffer.caret == 0
        await pilot.click(app.line, offset=(15, 0))
        assert app.line.buffer.caret == 4
        await pilot.mouse_down(app.line, offset=(18, 0))
        await pilot.hover(app.line, offset=(14, 0))
        await pilot.mouse_up(app.line, offset=(14, 0))
        assert app.line.buffer.selected == "ص G"
        await pilot.mouse_down(app.line, offset=(14, 0))
        await pilot.hover(app.line, offset=(19, 0))
        await pilot.mouse_up(app.line, offset=(19, 0))
        assert app.line.buffer.selected == "نص G"
        assert app.line.buffer.caret == 0
        await pilot.hover(app.line, offset=(3, 0))
        assert app.line.buffer.selected == "نص G"


async def test_clicks_choose_a_word_and_a_line() -> None:
    app = Host("نص GDP آخر", "سطر أول\nسطر ثان")
    async with app.run_test(size=SIZE) as pilot:
        await pilot.click(app.line, offset=(15, 0), times=2)
        assert app.line.buffer.selected == "GDP"
        await pilot.click(app.line, offset=(12, 0), times=3)
        assert app.line.buffer.selected == "نص GDP آخر"
        await pilot.click(app.area, offset=(21, 1), times=2)
        assert app.area.buffer.selected == "سطر"
        await pilot.click(app.area, offset=(0, 1), times=2)
        assert app.area.buffer.selected == "ثان"


async def test_a_drag_over_rows_takes_what_lies_between() -> None:
    app = Host("", "سطر أول\nabc def\nثالث")
    async with app.run_test(size=SIZE) as pilot:
        await pilot.mouse_down(app.area, offset=(18, 0))
        await pilot.hover(app.area, offset=(2, 1))
        await pilot.mouse_up(app.area, offset=(2, 1))
        assert app.area.buffer.selected == "أول\nabc"
        assert chosen(app.area, 0) == [15, 16, 17, 18]
        assert chosen(app.area, 1) == [0, 1, 2]


async def test_up_and_down_keep_the_column_that_is_seen() -> None:
    app = Host("", "سطر طويل في البداية\nقصر\nabcdefghij klmnop\nسطر طويل في النهاية")
    async with app.run_test(size=SIZE) as pilot:
        app.area.focus()
        await pilot.click(app.area, offset=(12, 0))
        assert block(app.area, 0) == 12
        places = []
        for _ in range(3):
            await pilot.press("down")
            places.append(app.area.buffer.caret)
        assert block(app.area, 3) == 12
        assert places[0] == app.area.value.index("\nabc")
        assert app.area.value[places[1]] == "l"
        await pilot.press("up", "up", "up")
        assert block(app.area, 0) == 12
        await pilot.press("up")
        assert app.area.buffer.caret == 0
        await pilot.press("shift+down")
        assert app.area.buffer.selected == "سطر طويل في البداية\n"


async def test_pages_and_ends() -> None:
    app = Host("", "\n".join(f"سطر {n}" for n in range(30)))
    async with app.run_test(size=SIZE) as pilot:
        app.area.focus()
        await pilot.pause()
        await pilot.press("ctrl+home")
        assert app.area.scroll_offset.y == 0
        await pilot.press("pagedown")
        assert app.area.buffer.line_at(app.area.buffer.caret) == (30, 35)
        await pilot.press("pagedown", "pageup", "end")
        assert app.area.buffer.caret == 35
        await pilot.press("ctrl+end")
        assert app.area.scroll_offset.y == 30 - 6
        assert block(app.area, 5) is not None
        await pilot.press("ctrl+shift+home")
        assert app.area.buffer.selection == (0, len(app.area.value))
        await pilot.press("delete")
        assert app.area.value == ""


async def test_cut_copy_and_paste_within_the_app(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    copied: list[str] = []

    def copy(text: str, folder: Path, **_: object) -> Copied:
        copied.append(text)
        return Copied("xclip", "clipboard", folder, text)

    monkeypatch.setattr(clipboard, "copy", copy)
    app = Host("لا شيء GDP")
    app.clipboard_folder = tmp_path
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("home", "ctrl+shift+left", "ctrl+c")
        await pilot.press("end", "ctrl+v")
        assert app.line.value == "لا شيء GDPلا "
        await pilot.press("ctrl+a", "shift+delete", "tab", "shift+insert", "ctrl+insert")
        assert (app.line.value, app.area.value) == ("", "لا شيء GDPلا ")
        await app.workers.wait_for_complete()
    assert copied == ["لا ", "لا شيء GDPلا "]


async def test_a_paste_is_made_safe_and_bounded() -> None:
    app = Host()
    async with app.run_test(size=SIZE) as pilot:
        app.post_message(Paste("\ufefb\x1b[31mسطر\r\nثان\u202e"))
        await pilot.pause()
        assert app.line.value == "لاسطر ثان"
        app.post_message(Paste("x" * LONGEST_LINE))
        await pilot.pause()
        assert len(app.line.value) == LONGEST_LINE
        lost = app.said[-2] if isinstance(app.said[-1], Changed) else app.said[-1]
        assert isinstance(lost, TooLong)
        assert lost.lost == 9
        app.area.focus()
        app.post_message(Paste("\ufefb\r\nثان"))
        await pilot.pause()
        assert app.area.value == "لا\nثان"


async def test_a_long_note_does_not_slow_down_the_keys() -> None:
    paragraph = "ارتفع منسوب المياه في السد {n} مرات خلال 2025 بحسب تقرير GDP، ولا زيادة في الكلفة بعد ذلك."
    steps = []
    for paragraphs in (23, 230):
        text = "\n".join(paragraph.format(n=n) * 3 for n in range(paragraphs))
        app = Host("", text)
        async with app.run_test(size=SIZE) as pilot:
            app.area.focus()
            app.area.buffer.move(len(text) // 2)
            await pilot.pause()
            steps.append(min(effort(partial(typed, app.area, char)) for char in "كلمة"))
    short, long = steps
    assert long < 2 * short


def typed(area: TextArea, char: str) -> None:
    area._report(area.buffer.insert(char))
    area.lay_anew()
    for y in range(6):
        area.render_line(y)


async def test_every_field_takes_text_for_itself() -> None:
    assert TextInput.takes_text
    assert TextArea.takes_text
    assert issubclass(TextInput, Writing)


async def test_the_note_editor_has_a_key_for_everything(explore: Explore) -> None:
    async with explore(size=SIZE) as analyst:
        await analyst.press("f4", "v", "c")
        editor = analyst.app.screen
        assert isinstance(editor, NoteEditor)
        await analyst.type("سد 2025 GDP")
        await analyst.press("f8", "f6")
        assert editor.body.value == ""
        await analyst.press("f7", "f7")
        assert editor.body.value == "سد 2025 GDPسد 2025 GDP"
        await analyst.press("f3")
        assert editor.body.value == "سد 2025 GDP"
        await analyst.press("f4")
        assert editor.body.value == "سد 2025 GDPسد 2025 GDP"
        await analyst.press("f8", "f5")
        kept = analyst.app.clipboard_folder
        assert kept is not None
        assert (kept / "clipboard.txt").read_text(encoding="utf-8") == editor.body.value
        assert "F7" in analyst.text
        await analyst.press("tab", "f7")
        assert editor.tags.value == editor.body.value


async def test_the_mirrored_note_editor_begins_on_the_right(explore: Explore, case: Path) -> None:
    (case / "kashaf.yaml").write_text("interface:\n  language: ar\n", encoding="utf-8")
    async with explore(size=SIZE) as analyst:
        await analyst.press("f4", "v", "c")
        editor = analyst.app.screen
        assert isinstance(editor, NoteEditor)
        body = editor.body
        width = body.region.width
        assert block(body) == width - 1
        await analyst.type("سد")
        await analyst.press(*["enter"] * 30)
        assert body.show_vertical_scrollbar
        await analyst.press("ctrl+home")
        # The scroll bar is on the left; a click on a letter finds it all the same.
        for column, offset in ((width - 1, 0), (width - 2, 1)):
            await analyst.pilot.click(body, offset=(column, 0))
            assert body.buffer.caret == offset
            assert block(body) == column


async def test_copying_an_article_says_which_way_served(
    explore: Explore, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    xclip = tmp_path / "bin" / "xclip"
    xclip.parent.mkdir()
    xclip.write_text('#!/bin/sh\ncat > "$0.in"\n', encoding="utf-8")
    xclip.chmod(0o755)
    monkeypatch.setenv("PATH", f"{xclip.parent}:/usr/bin:/bin")
    monkeypatch.setenv("DISPLAY", ":5")
    for name in ("WAYLAND_DISPLAY", "WSL_INTEROP", "WSL_DISTRO_NAME", "SSH_TTY", "SSH_CONNECTION", "TMUX"):
        monkeypatch.delenv(name, raising=False)
    async with explore() as analyst:
        await analyst.press("f4", "v", "s", "y")
        reader = analyst.main.article
        assert reader.reading is not None
        assert reader.span is not None
        text = reader.reading.article.text[slice(*reader.span)]
        assert (tmp_path / "bin" / "xclip.in").read_text(encoding="utf-8") == text
        assert "copied (xclip)" in analyst.lines()[-1]
        monkeypatch.delenv("DISPLAY")
        await analyst.press("y")
        assert "sent to the terminal" in analyst.lines()[-1]
        assert ".kashaf/clipboard.txt" in analyst.lines()[-1]


async def test_a_screenshot_names_no_address_and_forces_the_order(explore: Explore) -> None:
    async with explore(size=SIZE) as analyst:
        await analyst.press("f4", "v", "c")
        await analyst.type("رابط GDP 2025")
        svg = analyst.app.export_screenshot()
    addresses = set(re.findall(r"https?://[^\s\"'<>)]*", svg))
    assert addresses == {"http://www.w3.org/2000/svg"}
    assert re.search(r"<style>\s*text\s*\{[^}]*unicode-bidi:\s*bidi-override;[^}]*direction:\s*ltr", svg)
    assert "@import" not in svg
    assert "href" not in svg
