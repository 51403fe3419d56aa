"""Tags as they are typed: found by their first letters, and several in one line."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kashaf.notes.codebook import Code, Codebook, normal_path
from kashaf.notes.tagging import complete, line_of, matched, parse, piece_at

BOOK = Codebook(
    (
        Code("سلاح/كيماوي"),
        Code("سلاح/ثقيل"),
        Code("مصدر/شاهد عيان"),
        Code("المعارضة المسلّحة"),
        Code("Claim/Denied"),
        Code("قديم", hidden=True),
    )
)


def found(text: str, used: dict[str, int] | None = None) -> list[str]:
    return [one.tag for one in complete(BOOK, text, used)]


@pytest.mark.parametrize(
    ("typed", "tag"),
    [
        ("كيم", "سلاح/كيماوي"),
        ("س/ك", "سلاح/كيماوي"),
        ("عيان", "مصدر/شاهد عيان"),
        ("معارضه", "المعارضة المسلّحة"),
        ("المعارضة المسلحة", "المعارضة المسلّحة"),
        ("denied", "Claim/Denied"),
        ("lai", "Claim"),
        (";dlh", "سلاح/كيماوي"),
        ("]vuh", "درعا"),
        ("ؤمشهة", "Claim"),
    ],
)
def test_letters_find_a_tag(typed: str, tag: str) -> None:
    assert found(typed, {"درعا": 1})[0] == tag


def test_better_fits_come_first_and_among_equals_the_most_used() -> None:
    used = {"سلاح خفيف": 9, "نزع سلاح": 5, "سلاحف": 1}
    assert found("سلاح", used) == [
        "سلاح", "سلاح خفيف", "سلاحف", "نزع سلاح", "سلاح/كيماوي", "سلاح/ثقيل",
    ]  # fmt: skip
    assert found("", used)[:3] == ["سلاح خفيف", "نزع سلاح", "سلاحف"]


def test_hidden_codes_are_found_by_their_whole_name_only() -> None:
    assert found("قدي") == []
    assert found("قديم") == ["قديم"]
    assert "قديم" not in found("")


def test_nothing_is_read_as_the_other_layout_by_one_letter_or_from_within() -> None:
    assert found("b") == []
    assert found("gh") == []


def test_what_was_typed_is_shown_where_it_stands() -> None:
    start, end = matched("المعارضة المسلّحة", "مسلحه")
    assert "المعارضة المسلّحة"[start:end] == "مسلّحة"
    assert matched("سلاح/كيماوي", "س/ك") == (0, 0)


# Lines


@pytest.mark.parametrize(
    ("line", "tags"),
    [
        ("ماء  للمراجعة", ("ماء", "للمراجعة")),
        ("#ماء #ماء", ("ماء",)),
        ("شاهد عيان، ماء", ("شاهد عيان", "ماء")),
        ("شاهد عيان،", ("شاهد عيان",)),
        ("a, b؛ c", ("a", "b", "c")),
        ("ماء مصدر/شاهد عيان a", ("ماء", "مصدر/شاهد عيان", "a")),
        ("المعارضه المسلحه", ("المعارضة المسلّحة",)),
        ("سلاح/كيماوى, claim/denied", ("سلاح/كيماوي", "Claim/Denied")),
        ("a / b", ("a", "b")),
        ("a / b,", ("a/b",)),
        (" ، ,", ()),
    ],
)
def test_tags_of_a_line(line: str, tags: tuple[str, ...]) -> None:
    assert parse(line, [code.path for code in BOOK]) == tags


WORDS = st.text(st.sampled_from("اسل حab/#\u0651é "), max_size=12).map(normal_path).filter(bool)


@given(st.lists(WORDS, unique=True, max_size=6))
@settings(max_examples=200)
def test_a_line_of_tags_is_read_back(tags: list[str]) -> None:
    assert parse(line_of(tags)) == tuple(tags)


@pytest.mark.parametrize(
    ("text", "at", "piece"),
    [("a bc d", 3, "bc"), ("a bc d", 4, "bc"), ("a b, c d", 7, " c d"), ("a b, c d", 1, "a b"), ("", 0, "")],
)
def test_the_tag_being_written(text: str, at: int, piece: str) -> None:
    start, end = piece_at(text, at)
    assert text[start:end] == piece


@given(st.text(max_size=40), st.text(max_size=20))
@settings(max_examples=200)
def test_anything_may_be_typed(text: str, tag: str) -> None:
    for one in complete(BOOK, text, {tag: 1} if tag else {}):
        start, end = matched(one.tag, one.typed)
        assert 0 <= start <= end <= len(one.tag)
    assert all(parse(text))


@given(st.text(max_size=30))
@settings(max_examples=200)
def test_a_normal_path_stays_as_it_is(text: str) -> None:
    path = normal_path(text)
    assert normal_path(path) == path


@pytest.mark.parametrize("tag", ["a, b", "a / b", "#a", "a؛", "/a"])
def test_a_tag_from_elsewhere_is_not_changed_by_being_shown(tag: str) -> None:
    tags = (tag, "c")
    assert parse(line_of(tags), tags) == tags
    assert parse(line_of(tags, open_end=True) + "d", tags) == (*tags, "d")


def test_two_known_spellings_stay_two() -> None:
    assert parse("US us Us", ["US", "us"]) == ("US", "us")
