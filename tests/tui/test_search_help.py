"""Help for the searcher: completion and history, what is said when nothing is found, corrections, mistakes, why."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.explorer_support import Analyst, Explore

from kashaf.bidi.layout import visual
from kashaf.history import QueryHistory
from kashaf_tui.explorer.panes.explainer import Way
from kashaf_tui.explorer.screens.text import TextScreen

SIZES = [(80, 24), (120, 40)]
LANGUAGES = ["en", "ar"]


def speak(case: Path, language: str) -> None:
    (case / "kashaf.yaml").write_text(f"interface:\n  language: {language}\n", encoding="utf-8")


def total(analyst: Analyst) -> int:
    results = analyst.main.searching.results
    assert results is not None
    return results.total


def ways(analyst: Analyst) -> list[Way]:
    return [row for row in analyst.main.explainer.rows if row.take is not None]


def is_open(analyst: Analyst) -> bool:
    """Whether the list under the search box is."""
    return analyst.main.completions.display


def explained(analyst: Analyst) -> bool:
    """Whether the explainer stands in the place of the results."""
    displayed = analyst.main.explainer.display
    assert displayed is not analyst.main.results.display
    return displayed


def shown(analyst: Analyst, pane: str) -> str:
    """What stands in the region of a widget."""
    region = analyst.main.query_one(f"#{pane}").region
    return "\n".join(line[region.x : region.right] for line in analyst.lines()[region.y : region.bottom])


# The ladder


async def test_each_rung_is_one_key_and_one_click(explore: Explore) -> None:
    async with explore(size=(120, 40)) as analyst:
        await analyst.type("سدود")
        await analyst.press("enter")
        results = analyst.main.searching.results
        assert results is not None
        counts = results.rungs
        for key, rung in zip("1234", ("exact", "folded", "stem", "root"), strict=True):
            await analyst.press(key)
            assert analyst.main.searching.query.rung == rung
            assert total(analyst) == counts[rung]
            assert f"[{rung} {counts[rung]}]" in analyst.lines()[2]
        line = analyst.lines()[2]
        await analyst.pilot.click(offset=(line.index("folded"), 2))
        await analyst.settle()
        assert analyst.main.searching.query.rung == "folded"


async def test_all_or_any_by_one_key_and_the_count_line_says_which(explore: Explore) -> None:
    async with explore(size=(120, 40)) as analyst:
        await analyst.type("قمح سد")
        await analyst.press("enter")
        every = total(analyst)
        assert "all words" in analyst.lines()[1]
        await analyst.press("o")
        assert total(analyst) > every
        assert "any word" in analyst.lines()[1]
    async with explore(size=(120, 40)) as analyst:
        assert analyst.main.searching.query.match == "any"


async def test_the_way_to_filters_comes_and_goes_with_the_room(explore: Explore) -> None:
    async with explore(size=(120, 40)) as analyst:
        line = analyst.lines()[2]
        await analyst.pilot.click(offset=(line.index("+ filter") + 2, 2))
        await analyst.settle()
        assert analyst.main.facets.has_focus
        await analyst.pilot.resize_terminal(80, 24)
        await analyst.settle()
        assert "+ filter" not in analyst.lines()[2]


async def test_the_keys_of_an_arabic_layout_do_the_same(explore: Explore) -> None:
    async with explore() as analyst:
        await analyst.type("قمح سد")
        await analyst.press("enter", "خ")  # o
        assert analyst.main.searching.query.match == "any"
        await analyst.press("٤")
        assert analyst.main.searching.query.rung == "root"
        await analyst.press("ب")  # f
        assert analyst.main.facets.has_focus
        await analyst.press("down", "enter")
        assert analyst.main.searching.query.filters
        await analyst.press("ء")  # x
        assert not analyst.main.searching.query.filters


async def test_half_a_word_is_not_corrected(explore: Explore) -> None:
    async with explore() as analyst:
        await analyst.type("rlp")
        await analyst.press("enter")
        assert total(analyst) > 0
        await analyst.press("f2")
        await analyst.type("d")
        await analyst.settle()
        results = analyst.main.searching.results
        assert results is not None
        assert results.corrected is None


async def test_sorts_go_round(explore: Explore) -> None:
    async with explore() as analyst:
        await analyst.type("سد")
        await analyst.press("enter")
        sorts = []
        for _ in range(3):
            await analyst.press("s")
            sorts.append(analyst.main.searching.query.sort)
        assert sorts == ["date", "recency", "relevance"]


# Completion


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", SIZES)
async def test_the_list_opens_below_the_box_and_is_refined_by_typing(
    explore: Explore, case: Path, size: tuple[int, int], language: str
) -> None:
    speak(case, language)
    async with explore(size=size) as analyst:
        main = analyst.main
        await analyst.type("الن")
        await analyst.settle()
        assert not is_open(analyst)
        await analyst.press("down")
        assert is_open(analyst)
        region, box = main.completions.region, main.box.region
        assert (region.x, region.y, region.width) == (box.x, box.bottom, box.width)
        many = len(main.completions.rows)
        assert many > 1
        await analyst.type("وارس")
        await analyst.settle()
        assert main.box.value == "النوارس"
        assert main.box.has_focus
        assert all("نوارس" in row.text for row in main.completions.rows if row.text != "النوارس")
        assert len(main.completions.rows) <= many
        await analyst.press("escape")
        assert not is_open(analyst)
        assert main.box.has_focus


async def test_enter_takes_what_is_selected_and_stays_in_the_box(explore: Explore) -> None:
    async with explore() as analyst:
        main = analyst.main
        await analyst.type("قمح النو")
        await analyst.press("down", "down")
        offer = main.completions.current
        assert offer is not None
        await analyst.press("enter")
        assert main.box.value == offer.value
        assert main.box.value.startswith("قمح ")
        assert main.box.has_focus
        assert not is_open(analyst)
        await analyst.press("up", "enter")
        assert main.results.has_focus or main.explainer.has_focus


async def test_an_offer_is_taken_by_a_click(explore: Explore) -> None:
    async with explore() as analyst:
        main = analyst.main
        await analyst.type("النو")
        await analyst.press("down")
        offer = main.completions.rows[1]
        region = main.completions.region
        await analyst.pilot.click(offset=(region.x + 3, region.y + 1))
        await analyst.settle()
        assert main.box.value == offer.value
        assert main.box.has_focus


async def test_up_from_the_first_offer_closes_the_list(explore: Explore) -> None:
    async with explore() as analyst:
        await analyst.type("النو")
        await analyst.press("down", "down", "up")
        assert is_open(analyst)
        await analyst.press("up")
        assert not is_open(analyst)


async def test_an_offer_is_cut_at_its_end(explore: Explore) -> None:
    async with explore(size=(60, 24)) as analyst:
        await analyst.type("مستش")
        await analyst.press("down")
        rows = analyst.main.completions.rows
        assert rows
        for line, row in zip(shown(analyst, "completions").split("\n"), rows, strict=False):
            assert visual(row.text.replace('"', "").split()[0]) in line


async def test_what_was_searched_on_purpose_is_history(explore: Explore, case: Path) -> None:
    async with explore() as analyst:
        await analyst.type("قمح")
        await analyst.settle()
        assert QueryHistory(case / "state").recent() == ()
        await analyst.press("enter")
        found = total(analyst)
        await analyst.press("f2", "ctrl+u")
        await analyst.type("سد")
        await analyst.press("enter")
    past = QueryHistory(case / "state").recent()
    assert [(one.text, one.hits) for one in past][1] == ("قمح", found)
    async with explore() as analyst:
        await analyst.press("f2", "ctrl+u", "down")
        rows = analyst.main.completions.rows
        assert [row.value.strip() for row in rows[:2]] == ["سد", "قمح"]
        assert f"{found} article" in rows[1].about
        assert "searched" in rows[1].about
        await analyst.press("down", "enter")
        assert total(analyst) == found


async def test_leaving_the_box_closes_the_list(explore: Explore) -> None:
    async with explore() as analyst:
        await analyst.type("الن")
        await analyst.press("down", "f3")
        assert not is_open(analyst)


async def test_down_with_nothing_to_offer_says_so(explore: Explore) -> None:
    async with explore() as analyst:
        await analyst.type("ظظظظظ")
        await analyst.press("down")
        assert not is_open(analyst)
        assert "nothing to complete" in analyst.lines()[-1]


# Nothing found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", SIZES)
async def test_what_would_find_something_is_chosen_by_enter(
    explore: Explore, case: Path, size: tuple[int, int], language: str
) -> None:
    speak(case, language)
    async with explore(size=size) as analyst:
        await analyst.type("سد ظظظظظ")
        await analyst.press("f3")
        assert total(analyst) == 0
        assert analyst.main.explainer.has_focus
        assert analyst.main.pane == "results"
        offered = ways(analyst)
        assert offered
        assert "✗" in shown(analyst, "explainer")
        current = analyst.main.explainer.current
        assert current is not None
        assert current.take is not None
        await analyst.press("enter")
        assert total(analyst) == int(current.count.replace(",", ""))
        assert analyst.main.results.has_focus


async def test_arrows_go_from_way_to_way_and_a_click_takes_one(explore: Explore) -> None:
    async with explore(size=(120, 40)) as analyst:
        explainer = analyst.main.explainer
        await analyst.type("سد قمح ظظظظظ")
        await analyst.press("f3")
        offered = ways(analyst)
        assert len(offered) > 1
        assert explainer.current == offered[0]
        await analyst.press("down")
        assert explainer.current == offered[1]
        await analyst.press("up", "up", "home")
        assert explainer.current == offered[0]
        await analyst.press("end")
        assert explainer.current == offered[-1]
        at = list(explainer.rows).index(offered[1])
        region = explainer.content_region
        await analyst.pilot.click(offset=(region.x + 3, region.y + at))
        await analyst.settle()
        assert total(analyst) == int(offered[1].count.replace(",", ""))


async def test_it_goes_when_there_are_results_again(explore: Explore) -> None:
    async with explore() as analyst:
        await analyst.type("ظظظظظ")
        await analyst.settle()
        assert explained(analyst)
        await analyst.press("ctrl+u")
        assert not explained(analyst)


async def test_a_filter_that_leaves_nothing_is_named_among_the_reasons(explore: Explore) -> None:
    async with explore() as analyst:
        await analyst.type("قمح")
        await analyst.settle()
        analyst.main.searching.set_filters(("date:1999",))
        await analyst.press("f3")
        assert total(analyst) == 0
        assert any("date:1999" in way.text for way in ways(analyst))
        await analyst.press("enter")
        assert total(analyst) > 0
        assert analyst.main.searching.query.filters == ()
        assert not analyst.main.filters.display


# Corrections


async def test_a_correction_runs_on_enter_and_is_named_and_taken_back(explore: Explore) -> None:
    async with explore(size=(120, 40)) as analyst:
        await analyst.type("rlp")  # قمح on the other layout
        await analyst.settle()
        assert total(analyst) == 0
        await analyst.press("enter")
        results = analyst.main.searching.results
        assert results is not None
        assert results.corrected is not None
        assert results.corrected.text == "قمح"
        assert visual("قمح") in analyst.lines()[1].split("instead")[1]
        assert "z: as typed" in analyst.lines()[2]
        assert analyst.main.box.value == "rlp"
        assert analyst.main.article.reading is not None
        assert analyst.main.article.reading.hits
        await analyst.press("z")
        assert total(analyst) == 0
        assert analyst.main.explainer.has_focus


async def test_the_next_page_is_that_of_the_correction(
    explore: Explore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kashaf_tui.explorer.flows.searching.PAGE", 3)
    async with explore() as analyst:
        await analyst.type("rlp")
        await analyst.press("enter")
        results = analyst.main.searching.results
        assert results is not None
        assert results.corrected is not None
        assert results.total > 6
        await analyst.press("end", "end", "end")
        assert len(analyst.main.results.rows) == results.total


# Mistakes


async def test_a_mistake_is_said_and_its_place_is_underlined(explore: Explore) -> None:
    async with explore(size=(120, 40)) as analyst:
        await analyst.type("قمح date:غدا")
        await analyst.settle()
        assert total(analyst) > 0
        assert "date" in analyst.lines()[2]
        box = analyst.main.box.region
        strip = analyst.app.screen._compositor.render_strips()[box.y].crop(box.x, box.right)
        marked = "".join(part.text for part in strip if part.style and part.style.underline)
        assert visual("غدا") in marked
        assert visual("قمح") not in marked


# Why, and more like this


async def test_why_names_rules_and_the_query_as_understood(explore: Explore) -> None:
    async with explore(size=(120, 40)) as analyst:
        await analyst.type("صيادين -قمح")
        await analyst.press("enter", "w")
        assert isinstance(analyst.app.screen, TextScreen)
        assert "The query as understood" in analyst.text
        assert "stem" in analyst.text or "proclitic" in analyst.text
        await analyst.press("escape")


@pytest.mark.parametrize("pane", ["results", "article"])
async def test_more_like_this(explore: Explore, pane: str) -> None:
    async with explore() as analyst:
        await analyst.type("قمح")
        await analyst.press("enter", *(["enter"] if pane == "article" else []))
        known = analyst.main.reading.article_id
        await analyst.press("l")
        assert analyst.main.box.value == f"similar:{known}"
        assert total(analyst) > 0
        assert known not in {hit.id for hit in analyst.main.results.rows}
        assert analyst.main.results.has_focus


async def test_keys_pressed_quickly_keep_their_order(explore: Explore) -> None:
    """As a terminal sends an arrow and Enter in one go: nothing rests in between."""
    async with explore(size=(120, 40)) as analyst:
        await analyst.type("الص")
        await analyst.press("down")
        await analyst.settle()
        offers = analyst.main.completions.rows
        assert len(offers) > 1
        for key in ("down", "enter"):
            analyst.app.simulate_key(key)
        await analyst.settle()
        assert analyst.main.box.value == offers[1].value
        assert not is_open(analyst)
