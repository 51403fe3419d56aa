"""Stories: one result for copies of one text, their list, and what each says otherwise."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.about_support import EXTRA, FIRST, SECOND_TITLE, TITLE, build, open_on
from tests.explorer_support import Analyst, told

from kashaf.bidi.layout import visual
from kashaf.corpus.article import Article, Metadata, Provenance
from kashaf.corpus.story_diff import differences
from kashaf_tui.explorer.panes.differences import BESIDE, Block, blocks
from kashaf_tui.explorer.place import load
from kashaf_tui.explorer.screens.differences import DifferencesScreen
from kashaf_tui.explorer.screens.main import MainScreen
from kashaf_tui.explorer.screens.story import StoryScreen

SIZES = [(80, 24), (120, 40)]
ARABIC = "interface:\n  language: ar\n"
COPY = "a.md"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return build(tmp_path)


def story(analyst: Analyst) -> StoryScreen:
    shown = analyst.app.screen
    assert isinstance(shown, StoryScreen)
    return shown


def compared(analyst: Analyst) -> DifferencesScreen:
    shown = analyst.app.screen
    assert isinstance(shown, DifferencesScreen)
    return shown


async def test_copies_become_one_result_and_it_is_remembered(root: Path) -> None:
    async with open_on(root, COPY) as analyst:
        assert len(analyst.main.results.rows) == 5
        await analyst.press("f3", "g")
        rows = analyst.main.results.rows
        assert len(rows) < 5
        (one,) = [hit for hit in rows if hit.story is not None]
        assert one.story is not None
        assert f"{len(rows)} stories (5 articles)" in analyst.text
        assert f"≈ +{len(one.story.outlets)} outlet" in analyst.text
        analyst.app.keep_place()
    assert load(root / "state").grouped
    async with open_on(root, "school.txt") as analyst:
        assert len(analyst.main.results.rows) == len(rows)
        await analyst.press("f3", "g")
        assert len(analyst.main.results.rows) == 5
        assert "5 articles" in analyst.text
        analyst.app.keep_place()
    assert not load(root / "state").grouped


@pytest.mark.parametrize("size", SIZES)
async def test_the_articles_of_a_story_are_listed_as_they_were_seen(
    root: Path, size: tuple[int, int]
) -> None:
    async with open_on(root, COPY, size) as analyst:
        await analyst.press("g")
        rows = story(analyst).rows
        assert len(rows.rows) >= 2
        assert rows.rows[0].title == TITLE
        assert rows.rows[0].relation == "first"
        assert [row.published for row in rows.rows] == sorted(
            row.published for row in rows.rows if row.published
        )
        assert "first seen" in analyst.text
        assert "open in the reader" in analyst.text
        assert "% alike" in analyst.text or "the same words" in analyst.text
        other = next(at for at, row in enumerate(rows.rows) if row.title == SECOND_TITLE)
        rows.select(other)
        await analyst.press("enter")
        assert isinstance(analyst.app.screen, MainScreen)
        assert analyst.main.article.reading is not None
        assert analyst.main.article.reading.article.title == SECOND_TITLE
        assert analyst.main.article.has_focus


async def test_an_article_that_stands_alone_says_so(root: Path) -> None:
    async with open_on(root, "school.txt") as analyst:
        await analyst.press("g")
        assert "No other article" in analyst.text
        await analyst.press("d", "enter")
        assert "no other article to compare" in told(analyst)
        await analyst.press("question_mark", "escape", "g")
        assert isinstance(analyst.app.screen, MainScreen)


@pytest.mark.parametrize("size", SIZES)
async def test_differences_are_shown_side_by_side_or_one_under_the_other(
    root: Path, size: tuple[int, int]
) -> None:
    async with open_on(root, COPY, size) as analyst:
        await analyst.press("g")
        rows = story(analyst).rows
        rows.select(next(at for at, row in enumerate(rows.rows) if row.title == SECOND_TITLE))
        await analyst.press("d")
        view = compared(analyst).view
        kinds = [block.kind for block in view.blocks]
        assert "changed" in kinds
        assert kinds[-1] == "only_b"
        text = analyst.text
        assert "≠" in text
        assert "[" in text
        assert "= 2 sentences the same" in text or "= 1 sentence the same" in text
        assert (" │ " in "".join(text.split("\n")[5:8]).strip("│")) == (size[0] >= BESIDE)
        assert all(len(line) <= size[0] for line in analyst.lines())
        assert f"difference 1/{len(view.differing)}" in text
        for _ in view.differing:
            await analyst.press("j")
        assert f"difference {len(view.differing)}/{len(view.differing)}" in analyst.text
        assert "only in B" in analyst.text
        assert visual(EXTRA.split()[0]) in analyst.text
        await analyst.press("k")
        assert f"difference {len(view.differing) - 1}/" in analyst.text
        await analyst.press("s")
        assert "same" not in "".join(analyst.lines()[4:-3])
        assert any(block.kind == "same" and block.a for block in view.blocks)
        await analyst.press("home", "end", "pageup", "pagedown", "up", "down", "s", "x")
        assert [block.kind for block in view.blocks][-1] == "only_a"
        await analyst.press("question_mark", "escape", "escape", "escape")
        assert isinstance(analyst.app.screen, MainScreen)


async def test_differences_in_arabic_begin_at_the_right(root: Path) -> None:
    async with open_on(root, COPY, (120, 40), ARABIC) as analyst:
        await analyst.press("g")
        rows = story(analyst).rows
        rows.select(next(at for at, row in enumerate(rows.rows) if row.title == SECOND_TITLE))
        await analyst.press("d")
        (line, *_) = [line for line in analyst.lines() if "≠" in line]
        assert line.index("≠") > 100
        assert visual("الفرق") in analyst.text


async def test_a_narrower_window_lays_them_out_anew(root: Path) -> None:
    async with open_on(root, COPY, (120, 40)) as analyst:
        await analyst.press("g", "d", "j")
        view = compared(analyst).view
        chosen = view.selected
        await analyst.pilot.resize_terminal(70, 20)
        await analyst.settle()
        assert view.selected == chosen
        assert all(len(line) <= 70 for line in analyst.lines())
        await analyst.pilot.resize_terminal(40, 10)
        await analyst.settle()
        assert "60×15" in analyst.text
        await analyst.pilot.resize_terminal(120, 40)
        await analyst.settle()
        await analyst.press("j", "k")
        assert view.has_focus


# The blocks


def article(text: str) -> Article:
    return Article("id", text, Metadata(text[:10]), Provenance("a.txt", "", "ff"))


def shown(a: str, b: str, *, whole: bool = False) -> list[Block]:
    one, other = article(a), article(b)
    return list(blocks(one, other, differences(one, other), whole=whole))


def test_reworded_words_stand_in_brackets_on_both_sides() -> None:
    (block,) = shown("وصل القارب صباح أمس إلى المرسى.", "وصل القارب مساء أمس إلى المرسى.")
    assert block.kind == "changed"
    assert block.a is not None
    assert block.b is not None
    assert "[صباح]" in block.a.text
    assert "[مساء]" in block.b.text
    for side in (block.a, block.b):
        assert all(side.text[start] == "[" and side.text[end - 1] == "]" for start, end in side.marked)


def test_what_is_the_same_is_counted_until_it_is_asked_for() -> None:
    text = "جملة أولى هنا.\nجملة ثانية هنا.\n" + FIRST
    assert [(block.kind, block.count) for block in shown(text, text)] == [("same", 3)]
    assert [block.kind for block in shown(text, text, whole=True)] == ["same"] * 3


def test_an_endless_sentence_is_cut() -> None:
    words = "كلمة " * 5000
    (block,) = [one for one in shown(words + "أولى", "شيء آخر تماما") if one.kind == "only_a"]
    assert block.a is not None
    assert len(block.a.text) <= 3000
