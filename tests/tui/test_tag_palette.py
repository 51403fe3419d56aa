"""The tag palette: found by a few letters of either script, given and taken away, one or several at once."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import pytest
from tests.explorer_support import Analyst, Explore
from textual import events

from kashaf.notes.codebook import Code, Codebook
from kashaf_tui.explorer.screens.tagging import Tagging, TagPalette
from kashaf_tui.explorer.wording import Wording

BOOK = Codebook(
    (
        Code("سلاح", "#e69f00", "أسلحة من كل نوع"),
        Code("سلاح/كيماوي"),
        Code("مصدر/شاهد عيان"),
        Code("Claim/Denied"),
    )
)


class Asked:
    """The palette, what it was closed with, and who works with it."""

    def __init__(self, analyst: Analyst, palette: TagPalette) -> None:
        self.analyst = analyst
        self.palette = palette
        self.got: list[Tagging | None] = []

    @property
    def rows(self) -> list[str]:
        return [f"{row.sign} {row.tag or 'new'}" for row in self.palette.list.rows]

    async def type(self, text: str) -> None:
        await self.analyst.type(text)
        await self.analyst.settle()

    async def comma(self) -> None:
        """The pilot knows no name for it; terminals send the character."""
        self.palette.field.post_message(events.Key("arabic_comma", "،"))
        await self.analyst.settle()


@asynccontextmanager
async def asked(
    explore: Explore,
    *,
    has: Sequence[Sequence[str]] = (),
    used: dict[str, int] | None = None,
    size: tuple[int, int] = (120, 40),
) -> AsyncIterator[Asked]:
    async with explore(size=size) as analyst:
        palette = TagPalette(Wording("en"), BOOK, used, has, about="the words")
        one = Asked(analyst, palette)
        analyst.app.push_screen(palette, one.got.append)
        await analyst.settle()
        yield one


@pytest.mark.parametrize("typed", ["كيم", "س/ك", "كيماوى", ";dlh"])
async def test_a_few_letters_and_enter(explore: Explore, typed: str) -> None:
    async with asked(explore) as one:
        await one.type(typed)
        await one.analyst.press("enter")
        assert one.got == [Tagging(("سلاح/كيماوي",))]


async def test_several_at_once(explore: Explore) -> None:
    async with asked(explore) as one:
        await one.type("كيم")
        await one.analyst.press("tab")
        assert one.palette.field.value == ""
        assert "+ سلاح/كيماوي" in one.rows
        await one.type("den")
        await one.analyst.press("f3")
        await one.type("عيان")
        await one.analyst.press("enter")
        assert one.got == [Tagging(("سلاح/كيماوي", "Claim/Denied", "مصدر/شاهد عيان"))]


async def test_a_new_tag_by_enter_on_no_match(explore: Explore) -> None:
    async with asked(explore) as one:
        await one.type(" نفط  وغاز/حقل ")
        assert one.rows == ["+ new"]
        await one.analyst.press("enter")
        assert one.got == [Tagging(("نفط وغاز/حقل",))]


async def test_a_new_tag_beside_matches_is_one_key_up(explore: Explore) -> None:
    async with asked(explore) as one:
        await one.type("سلا")
        assert one.rows == ["  سلاح", "  سلاح/كيماوي", "+ new"]
        await one.analyst.press("up", "enter")
        assert one.got == [Tagging(("سلا",))]


async def test_a_spelling_of_a_tag_is_no_new_one(explore: Explore) -> None:
    async with asked(explore, used={"إعادة": 1}) as one:
        await one.type("اعاده")
        assert one.rows == ["  إعادة"]


async def test_a_name_that_cannot_be_is_said(explore: Explore) -> None:
    async with asked(explore) as one:
        await one.type("--")
        await one.analyst.press("enter")
        assert one.got == []
        assert "a code needs a name" in one.analyst.text


async def test_tags_of_some_and_of_all(explore: Explore) -> None:
    async with asked(explore, has=[("a", "b"), ("a",)]) as one:
        assert one.rows[:2] == ["✓ a", "~ b"]
        await one.analyst.press("down", "tab")
        assert one.rows[0] == "− a"
        await one.analyst.press("down", "down", "tab")
        assert one.rows[1] == "+ b"
        await one.analyst.press("down", "down", "tab")
        assert one.rows[1] == "− b"
        await one.analyst.press("f2")
        assert one.got == [Tagging((), ("a", "b"))]


async def test_three_times_is_as_before(explore: Explore) -> None:
    async with asked(explore, has=[("a", "b"), ("a",)]) as one:
        for _ in range(3):
            await one.type("b")
            await one.analyst.press("tab")
        await one.analyst.press("f2")
        assert one.got == [None]


async def test_enter_in_an_empty_field_takes_nothing(explore: Explore) -> None:
    async with asked(explore, has=[("a",)], used={"a": 3, "b": 9}) as one:
        await one.analyst.press("enter")
        assert one.got == [None]


async def test_escape_forgets_what_was_taken(explore: Explore) -> None:
    async with asked(explore) as one:
        await one.type("كيم")
        await one.analyst.press("tab", "escape")
        assert one.got == [None]


async def test_a_comma_takes_and_goes_on(explore: Explore) -> None:
    async with asked(explore) as one:
        await one.type("كيم")
        await one.comma()
        await one.type("جديد")
        await one.comma()
        await one.type("den,")
        await one.analyst.press("enter")
        assert one.got == [Tagging(("سلاح/كيماوي", "جديد", "Claim/Denied"))]


async def test_a_pasted_list(explore: Explore) -> None:
    async with asked(explore) as one:
        one.palette.field.post_message(events.Paste("claim/denied, كيماوي، شاهد عيان,"))
        await one.analyst.settle()
        await one.analyst.press("f2")
        assert one.got == [Tagging(("Claim/Denied", "كيماوي", "شاهد عيان"))]


async def test_a_click_and_enter(explore: Explore) -> None:
    async with asked(explore) as one:
        await one.analyst.pilot.click("#tag-list", offset=(10, 1))
        await one.analyst.settle()
        await one.analyst.press("enter")
        assert one.got == [Tagging(("سلاح/كيماوي",))]


async def test_what_the_selected_code_means_is_said(explore: Explore) -> None:
    async with asked(explore) as one:
        await one.type("سلاح")
        assert "ﻉﻮﻧ ﻞﻛ ﻦﻣ ﺔﺤﻠﺳﺃ" in one.analyst.text


async def test_hostile_tags_are_only_text(explore: Explore) -> None:
    tags = ("[/foo]", "[@click=app.leave]x", "a\x1b]52;c;x\x07b", "x" * 300, "\u202eevil", "م" * 300)
    async with asked(explore, has=[tags], used=dict.fromkeys(tags, 1), size=(80, 24)) as one:
        assert "[/foo]" in one.analyst.text
        assert not {"\x1b", "\x07", "\u202e"} & set(one.analyst.text)
        assert {len(line) for line in one.analyst.lines()} == {80}


async def test_too_many_tags_are_refused_before_anything_is_lost(explore: Explore) -> None:
    async with asked(explore, has=[tuple(f"t{n}" for n in range(100))]) as one:
        await one.type("one more")
        await one.analyst.press("enter")
        assert one.got == []
        assert "at most" in one.analyst.text
