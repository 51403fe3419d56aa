"""Filters and facets: counted for the query, added and taken away by key and mouse, and remembered."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.explorer_support import Analyst, Explore

from kashaf.bidi.layout import visual
from kashaf_tui.explorer import place
from kashaf_tui.explorer.panes.facets import FacetRow

SIZES = [(80, 24), (120, 40)]


def rows(analyst: Analyst) -> list[FacetRow]:
    return list(analyst.main.facets.rows)


def select(analyst: Analyst, text: str) -> FacetRow:
    """Select a value, which must be listed, and not as a filter in force."""
    listed = rows(analyst)
    at = next(at for at, row in enumerate(listed) if row.text == text and row.articles)
    analyst.main.facets.select(at)
    return listed[at]


def filters(analyst: Analyst) -> tuple[str, ...]:
    return analyst.main.searching.query.filters


def total(analyst: Analyst) -> int:
    results = analyst.main.searching.results
    assert results is not None
    return results.total


@pytest.mark.parametrize("size", SIZES)
async def test_a_facet_counts_what_it_filters(explore: Explore, size: tuple[int, int]) -> None:
    async with explore(size=size) as analyst:
        await analyst.type("سد")
        await analyst.press("f8")
        for row in [row for row in rows(analyst) if row.filter][:12]:
            select(analyst, row.text)
            await analyst.press("enter")
            assert total(analyst) == row.articles
            assert filters(analyst) == (row.filter,)
            await analyst.press("f")
            analyst.main.facets.select(1)
            await analyst.press("backspace")
            assert filters(analyst) == ()


async def test_filters_are_said_below_the_query_and_taken_away_by_a_click(explore: Explore) -> None:
    async with explore(size=(120, 40)) as analyst:
        everything = total(analyst)
        assert "✕" not in analyst.text
        await analyst.press("f8", "down", "enter")
        line = analyst.lines()[analyst.main.filters.region.y]
        assert "✕" in line
        assert "+ filter" in line
        assert total(analyst) < everything
        await analyst.pilot.click(offset=(line.index("✕"), analyst.main.filters.region.y))
        await analyst.settle()
        assert total(analyst) == everything
        assert not analyst.main.filters.display


async def test_all_filters_go_by_one_key(explore: Explore) -> None:
    async with explore() as analyst:
        everything = total(analyst)
        await analyst.press("f8", "down", "enter")
        months = next(at for at, row in enumerate(rows(analyst)) if row.kind == "month")
        analyst.main.facets.select(months + 1)
        await analyst.press("enter")
        assert len(filters(analyst)) == 2
        await analyst.press("x")
        assert filters(analyst) == ()
        assert total(analyst) == everything


async def test_without_a_value_is_the_rest_of_them(explore: Explore) -> None:
    async with explore() as analyst:
        everything = total(analyst)
        await analyst.press("f8", "down")
        row = analyst.main.facets.current
        assert row is not None
        await analyst.press("minus")
        assert total(analyst) == everything - row.articles
        assert filters(analyst) == (f"-{row.filter}",)
        assert "without" in analyst.lines()[analyst.main.filters.region.y]


async def test_a_heading_opens_and_closes_its_kind(explore: Explore) -> None:
    async with explore() as analyst:
        await analyst.press("f8")
        people = next(at for at, row in enumerate(rows(analyst)) if row.kind == "person")
        folded = len(rows(analyst))
        analyst.main.facets.select(people)
        await analyst.press("enter")
        assert len(rows(analyst)) > folded
        assert analyst.main.facets.selected == people
        await analyst.press("enter")
        assert len(rows(analyst)) == folded


async def test_one_click_filters(explore: Explore) -> None:
    async with explore(size=(120, 40)) as analyst:
        await analyst.press("f8")
        row = rows(analyst)[1]
        region = analyst.main.facets.region
        await analyst.pilot.click(offset=(region.x + 10, region.y + 1))
        await analyst.settle()
        assert filters(analyst) == (row.filter,)


async def test_the_names_of_the_side_panes_can_be_clicked(explore: Explore) -> None:
    async with explore(size=(120, 40)) as analyst:
        side = analyst.main.query_one("#side").region
        for name in ("Facets", "Notes", "Entities"):
            line = analyst.lines()[side.y]
            await analyst.pilot.click(offset=(line.index(name) + 1, side.y))
            await analyst.settle()
            assert analyst.main.panes.tab == name.lower()


async def test_filters_are_there_at_the_next_start(explore: Explore, case: Path) -> None:
    async with explore() as analyst:
        await analyst.press("f8", "down", "enter")
        kept = filters(analyst)
        narrowed = total(analyst)
    assert place.load(case / "state").filters == kept
    async with explore() as analyst:
        assert filters(analyst) == kept
        assert total(analyst) == narrowed
        assert analyst.main.filters.display


async def test_a_tag_becomes_a_facet_when_its_note_is_saved(explore: Explore) -> None:
    async with explore() as analyst:
        await analyst.press("f8", "f4", "v", "s", "c", "tab")
        await analyst.type("مهم")
        await analyst.press("f2", "f8")
        tags = [row for row in rows(analyst) if row.filter == 'tag:"مهم"']
        assert [row.articles for row in tags] == [1]
        select(analyst, "مهم")
        await analyst.press("enter")
        assert total(analyst) == 1


async def test_facets_follow_the_query(explore: Explore) -> None:
    async with explore() as analyst:
        await analyst.press("f8")
        before = [row.articles for row in rows(analyst) if row.filter]
        await analyst.press("f2")
        await analyst.type("قمح")
        await analyst.settle()
        after = [row.articles for row in rows(analyst) if row.filter]
        assert max(after) <= total(analyst) < max(before)


@pytest.mark.parametrize("size", SIZES)
async def test_the_pane_reads_from_right_to_left(explore: Explore, case: Path, size: tuple[int, int]) -> None:
    (case / "kashaf.yaml").write_text("interface:\n  language: ar\n", encoding="utf-8")
    async with explore(size=size) as analyst:
        await analyst.press("f8", "down", "enter")
        assert visual("المصادر") in analyst.text
        line = analyst.lines()[analyst.main.filters.region.y]
        assert line.index("✕") < line.index(visual("مصدر"))
        await analyst.pilot.click(offset=(line.index("✕"), analyst.main.filters.region.y))
        await analyst.settle()
        assert filters(analyst) == ()


@pytest.mark.parametrize(
    "fragment", ["((((", 'outlet:"', "\u202eabc\u0007", "tag:", "*", "date:غدا", "-" * 50]
)
async def test_whatever_was_kept_as_a_filter_can_be_taken_away(
    explore: Explore, case: Path, fragment: str
) -> None:
    place.save(case / "state", place.LastPlace(filters=(fragment,), tab="facets"))
    async with explore() as analyst:
        assert filters(analyst) == (fragment,)
        assert analyst.main.filters.display
        assert "\u202e" not in analyst.text
        await analyst.press("f8", "down", "delete")
        assert filters(analyst) == ()
        assert total(analyst) == 81


async def test_filters_without_room_are_counted(explore: Explore) -> None:
    kept = tuple(f'outlet:"صحيفة من بلاد بعيدة {number}"' for number in range(5))
    async with explore(size=(80, 24)) as analyst:
        analyst.main.searching.set_filters(kept)
        analyst.main.filtering.show_line()
        await analyst.settle()
        line = analyst.lines()[analyst.main.filters.region.y]
        shown = line.count("✕")
        assert 0 < shown < 5
        assert f"+{5 - shown}" in line
        await analyst.pilot.click(offset=(line.index(f"+{5 - shown}"), analyst.main.filters.region.y))
        await analyst.settle()
        assert analyst.main.facets.has_focus
        assert analyst.text.count("✓") >= 5
