"""The codebook as a value: a tree of codes, their colours, what they are called now, and the merge of two."""

from __future__ import annotations

import pytest

from kashaf.errors import UsageError
from kashaf.notes.code_colours import PALETTE, colour, name_of, names
from kashaf.notes.codebook import (
    MAX_DEPTH,
    Code,
    Codebook,
    Count,
    check_path,
    normal_path,
    sign_of,
    tally,
)


def book(*paths: str) -> Codebook:
    return Codebook(tuple(map(Code, paths)))


def paths(codebook: Codebook) -> list[str]:
    return [code.path for code in codebook.tree()]


def test_parents_are_made_and_stand_before_their_children() -> None:
    codebook = book("مصدر/رسمي/وزارة", "سلاح", "مصدر")
    assert [code.path for code in codebook] == ["مصدر", "مصدر/رسمي", "مصدر/رسمي/وزارة", "سلاح"]
    assert [code.path for code in codebook.roots()] == ["مصدر", "سلاح"]
    assert [code.path for code in codebook.ancestors("مصدر/رسمي/وزارة")] == ["مصدر/رسمي", "مصدر"]
    assert [code.path for code in codebook.children("مصدر")] == ["مصدر/رسمي"]
    assert [code.path for code in codebook.below("مصدر/رسمي")] == ["مصدر/رسمي", "مصدر/رسمي/وزارة"]


def test_the_tree_follows_each_code_with_those_under_it() -> None:
    assert paths(book("a", "b", "a/c", "b/d", "a/c/e")) == ["a", "a/c", "a/c/e", "b", "b/d"]


@pytest.mark.parametrize(
    ("given", "path"),
    [
        (" #سلاح / كيماوي ", "سلاح/كيماوي"),
        ("a//b/", "a/b"),
        ("a  b/c\td", "a b/c d"),
        ("\x1b[31mred\u202e", "red"),
        ("/", ""),
    ],
)
def test_paths_are_made_normal(given: str, path: str) -> None:
    assert normal_path(given) == path


@pytest.mark.parametrize("given", ["", "/", "#", "—", "x" * 201, "/".join("x" * (MAX_DEPTH + 1))])
def test_what_is_no_path_is_refused(given: str) -> None:
    with pytest.raises(UsageError):
        check_path(given)


# Colours


def test_a_code_has_the_colour_of_the_nearest_code_above() -> None:
    codebook = Codebook((Code("a", "#111111"), Code("a/b"), Code("a/b/c", "#222222")))
    assert codebook.colour_of("a/b") == "#111111"
    assert codebook.colour_of("a/b/c") == "#222222"
    assert codebook.colour_of("a/unknown/below") == "#111111"


def test_automatic_colours_differ_while_there_are_enough_and_stay() -> None:
    given = Codebook((Code("first", PALETTE["blue"]), *(Code(f"code {n}") for n in range(7))))
    colours = {code.path: given.colour_of(code.path) for code in given}
    assert len(set(colours.values())) == 8
    more = given.with_code(Code("another"))
    assert {path: more.colour_of(path) for path in colours} == colours
    assert book().colour_of("a tag") == book("else").colour_of("a tag")


@pytest.mark.parametrize(
    ("given", "value"),
    [
        ("Orange", "#e69f00"),
        ("أحمر", "#d55e00"),
        ("احمر", "#d55e00"),
        ("#ABC", "#aabbcc"),
        ("gray", "#999999"),
    ],
)
def test_colours_have_names_in_two_languages(given: str, value: str) -> None:
    assert colour(given) == value


@pytest.mark.parametrize("given", ["mauve", "#12", "#gggggg", "12", "#1234567"])
def test_what_is_no_colour(given: str) -> None:
    assert colour(given) is None


def test_names_of_colours_are_read_back() -> None:
    for language in ("en", "ar"):
        assert [name_of(colour(name) or "", language) for name in names(language)] == names(language)
    assert name_of("#123456", "ar") == "#123456"


def test_a_sign_is_the_first_letter_of_the_name() -> None:
    assert [sign_of(tag) for tag in ("سلاح/الكيماوي", "claim", "«12»", "///")] == ["ك", "C", "1", "#"]


# Changes


def test_renaming_takes_all_below_along_and_remembers() -> None:
    codebook = Codebook((Code("a", "#111111"), Code("a/b", description="kept"), Code("ab")))
    renamed = codebook.with_renamed("a", "x/y")
    assert paths(renamed) == ["x", "x/y", "x/y/b", "ab"]
    assert renamed.known("x/y").colour == "#111111"
    assert renamed.known("x/y/b").description == "kept"
    assert renamed.current("a/b/c") == "x/y/b/c"
    assert renamed.current("ab") == "ab"


def test_renaming_twice_and_back() -> None:
    codebook = book("a").with_renamed("a", "b").with_renamed("b", "c")
    assert codebook.current("a") == codebook.current("b") == "c"
    back = codebook.with_renamed("c", "a")
    assert back.current("a") == "a"
    assert back.current("b") == "a"


def test_a_new_code_of_an_old_name_is_that_code() -> None:
    codebook = book("a").with_renamed("a", "b").with_code(Code("a"))
    assert codebook.current("a") == "a"


def test_renaming_onto_a_code_makes_one_of_two() -> None:
    ours = Codebook(
        (Code("a", "", "about a", ("1",)), Code("a/x"), Code("b", "#222222", "", ("2",)), Code("b/x"))
    )
    joined = ours.with_renamed("a", "b")
    assert paths(joined) == ["b", "b/x"]
    assert joined.known("b") == Code("b", "#222222", "about a", ("2", "1"))
    assert ours.with_renamed("b", "a").known("a") == Code("a", "#222222", "about a", ("1", "2"))


def test_a_code_cannot_go_under_itself() -> None:
    with pytest.raises(UsageError):
        book("a", "a/b").with_renamed("a", "a/b/a")


def test_moving() -> None:
    codebook = book("a/b/c", "d")
    assert paths(codebook.with_renamed("a/b", "d/b")) == ["a", "d", "d/b", "d/b/c"]
    assert paths(codebook.with_renamed("a/b", "b")) == ["a", "b", "b/c", "d"]


def test_hiding_goes_for_all_below() -> None:
    hidden = book("a/b", "c").with_hidden("a", hidden=True)
    assert [code.hidden for code in hidden] == [True, True, False]


def test_a_change_of_an_unknown_code_is_refused() -> None:
    with pytest.raises(UsageError):
        book("a").with_hidden("b", hidden=True)


# Merging


def test_merging_adds_and_reports_and_changes_nothing_of_ours() -> None:
    ours = Codebook((Code("a", "#111111"), Code("b", hidden=True))).with_renamed("b", "c")
    theirs = Codebook((Code("a", "#222222"), Code("b/new", description="theirs"), Code("d")))
    merged = ours.merged(theirs)
    assert [code.path for code in merged.added] == ["c/new", "d"]
    assert merged.differing == ((Code("a", "#111111"), Code("a", "#222222")),)
    assert merged.codebook.known("a").colour == "#111111"
    again = merged.codebook.merged(theirs)
    assert (again.codebook, again.added) == (merged.codebook, ())


def test_a_silent_code_of_theirs_is_no_difference() -> None:
    assert Codebook((Code("a", "#111111", "ours"),)).merged(book("a")).differing == ()


# Counting


def test_notes_are_counted_once_for_a_code_above() -> None:
    counts = tally([("a/b", "a/c"), ("a",), ("a/b", "d")])
    assert counts == {"a": Count(1, 3), "a/b": Count(2, 2), "a/c": Count(1, 1), "d": Count(1, 1)}
