"""Whether figures can both be right."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.statements_support import day, quantity

from kashaf.entities.model import Comparison, Quantity
from kashaf.entities.statements.comparing import agree, apart, bounds


def figure(number: float, comparison: Comparison = "exactly", high: float | None = None) -> Quantity:
    plain = quantity(0, "12 عضوا", "members", "12")
    return replace(plain, low=number, high=number if high is None else high, comparison=comparison)


AGREE = [
    (figure(89), figure(89)),
    (figure(80, "more than"), figure(89)),
    (figure(80, "at least"), figure(80)),
    (figure(100, "less than"), figure(89)),
    (figure(89, "at most"), figure(89)),
    (figure(90, "about"), figure(89)),
    (figure(80, "between", 95), figure(89)),
    (figure(1_500_000), figure(1_512_000)),
    (figure(80, "more than"), figure(85, "more than")),
    (figure(100, "less than"), figure(80, "more than")),
]
CONFLICT = [
    (figure(89), figure(90)),
    (figure(80, "more than"), figure(80)),
    (figure(80, "more than"), figure(80, "less than")),
    (figure(90, "at least"), figure(89)),
    (figure(100, "about"), figure(120)),
    (figure(80, "between", 85), figure(89)),
    (figure(5_000), figure(5_400)),
    (figure(12_340), figure(12_350)),
    (figure(17), figure(19)),
    (figure(0), figure(1)),
]


@pytest.mark.parametrize(("one", "other"), AGREE)
def test_these_can_both_be_right(one: Quantity, other: Quantity) -> None:
    assert agree(one, other)
    assert agree(other, one)


@pytest.mark.parametrize(("one", "other"), CONFLICT)
def test_these_cannot(one: Quantity, other: Quantity) -> None:
    assert not agree(one, other)
    assert not agree(other, one)


def test_a_place_in_a_row_is_exact() -> None:
    thousandth = replace(figure(1_000), counting="ordinal")
    assert bounds(thousandth)[:2] == (1_000, 1_000)


def test_times_that_do_not_touch_are_apart() -> None:
    one, other = (day("2025-11-01"), day("2025-11-03")), (day("2025-11-03"), day("2025-11-09"))
    assert not apart(one, other)
    assert apart(one, (day("2025-11-04"), day("2025-11-09")))
    assert not apart(one, None)
    assert not apart(None, None)
