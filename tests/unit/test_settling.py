"""What wants settling of a note, where its words may be, and old words beside new ones."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.notes_support import article as article_of

from kashaf.export.placing import whole
from kashaf.notes.anchoring import make_target
from kashaf.notes.editing import made
from kashaf.notes.model import EntityTarget, NewNote, Note, SearchTarget, Target, WordsTarget
from kashaf_tui.explorer.settling import blocks_of, ends_of, item_of, places_of, settled
from kashaf_tui.explorer.side_by_side import bracketed, compared, differing, paragraph_around
from kashaf_tui.explorer.wording import Wording

WORDS = "وطعن مرشحان في فرز صناديق الحي القديم أمام القضاء."
OLD = f"أعلنت اللجنة نتائج الجولة الأولى مساء الاثنين في القاعة الكبرى.\n{WORDS}\nوتجري الإعادة بعد أسبوعين."
NEW = OLD.replace("صناديق الحي القديم", "أصوات الحي الجديد")


def note_on(target: Target, other: WordsTarget | None = None) -> Note:
    return made(
        NewNote(target, kind=None if other is None else "link", other=other),
        moment="2026-01-01T00:00:00Z",
        author="أمل",
    )


def target_of(words: str = WORDS) -> WordsTarget:
    start = OLD.index(words)
    return make_target(article_of(OLD), start, start + len(words))


def test_words_that_are_where_they_were_want_nothing() -> None:
    assert item_of(note_on(target_of()), "target", article_of(OLD)) is None
    assert item_of(note_on(target_of()), "target", article_of("مقدمة جديدة.\n" + OLD)) is None


def test_changed_words_have_a_proposal() -> None:
    item = item_of(note_on(target_of()), "target", article_of(NEW))
    assert item is not None
    assert item.anchor.state == "changed"
    span = item.proposals[0].span
    assert NEW[slice(*span)] == WORDS.replace("صناديق الحي القديم", "أصوات الحي الجديد")
    target = settled(item, span)
    assert isinstance(target, WordsTarget)
    assert (target.start, target.end) == span
    assert settled(item, None) is None


def test_an_article_that_is_not_here_leaves_nothing_to_choose() -> None:
    item = item_of(note_on(target_of()), "target", None)
    assert item is not None
    assert item.anchor.state == "orphan"
    assert settled(item, (0, 5)) is None
    assert [block.kind for block in blocks_of(item, Wording("en"))] == ["only_a", "same"]


def test_a_whole_article_is_taken_as_it_is_now() -> None:
    note = note_on(whole(article_of(OLD)))
    assert item_of(note, "target", article_of(OLD)) is None
    item = item_of(note, "target", article_of(NEW))
    assert item is not None
    target = settled(item, None)
    assert target == whole(article_of(NEW))
    assert blocks_of(item, Wording("ar"))


def test_both_ends_of_a_link_may_want_settling() -> None:
    note = note_on(target_of(), target_of("وتجري الإعادة بعد أسبوعين."))
    assert [end for end, _ in ends_of(note)] == ["target", "other"]
    assert item_of(note, "other", article_of(OLD)) is None
    lost = item_of(note, "other", article_of("نص لا صلة له بما كان."))
    assert lost is not None
    assert lost.words == note.other
    assert [end for end, _ in ends_of(note_on(EntityTarget("أمل", "person")))] == []
    assert [end for end, _ in ends_of(note_on(SearchTarget("سد", "stem", "all")))] == []


def test_places_searched_for_come_before_proposals() -> None:
    item = item_of(note_on(target_of()), "target", article_of(NEW))
    assert item is not None
    (place,) = places_of(article_of(NEW), "الاعادةُ بعد")
    assert NEW[slice(*place)] == "الإعادة بعد"
    more = item.with_found([place])
    assert [one.span for one in more.proposals] == [place, item.proposals[0].span]
    assert more.like(item)
    assert more.with_found([place]) == more
    blocks = blocks_of(more, Wording("en"))
    assert [block.kind for block in blocks] == ["changed", "same", "changed", "same"]


def test_places_are_few_and_none_for_nothing() -> None:
    assert places_of(article_of(OLD), "  ") == []
    assert places_of(article_of(OLD), "ً") == []
    assert len(places_of(article_of("ا " * 500), "ا")) == 20


def test_what_differs_stands_in_brackets() -> None:
    block = compared("قال رئيس التعاونية أمس", "قال مدير التعاونية", "(empty)")
    assert block.a is not None
    assert block.b is not None
    assert block.a.text == "قال [رئيس] التعاونية [أمس]"
    assert block.b.text == "قال [مدير] التعاونية"
    assert [block.a.text[slice(*span)] for span in block.a.marked] == ["[رئيس]", "[أمس]"]
    assert compared("", "نص", "(empty)").a == replace(bracketed("(empty)", ()))
    assert differing("كَتب", "كتب")[0] == [(0, 4)]  # marks are a difference here


def test_the_paragraph_around_a_place_is_cut_at_its_ends() -> None:
    text, span = paragraph_around(OLD, (OLD.index("مرشحان"), OLD.index("مرشحان") + 6))
    assert text == WORDS
    assert text[slice(*span)] == "مرشحان"
    long = "كلمة " * 300
    text, span = paragraph_around(long, (700, 704), reach=20)
    assert (text[0], text[-1], len(text)) == ("…", "…", 46)
    assert text[slice(*span)] == long[700:704]


@settings(max_examples=150, deadline=None)
@given(st.text("ابت .\n", max_size=40), st.text("ابت .\n", max_size=40))
def test_brackets_are_all_that_is_added(old: str, new: str) -> None:
    for text, spans in zip((old, new), differing(old, new), strict=True):
        side = bracketed(text, spans)
        plain = side.text
        for start, end in reversed(side.marked):
            assert (plain[start], plain[end - 1]) == ("[", "]")
            plain = plain[:start] + plain[start + 1 : end - 1] + plain[end:]
        assert plain == text.replace("\n", " ")
    kept = [
        "".join(char for at, char in enumerate(text) if not any(s <= at < e for s, e in spans)).split()
        for text, spans in zip((old, new), differing(old, new), strict=True)
    ]
    assert "".join(kept[0]) == "".join(kept[1])
