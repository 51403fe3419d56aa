"""The order of a dossier, and what it says of where words are."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.dossier_support import ARTICLES, CODEBOOK, HARBOUR, before, case, note, words

from kashaf.errors import UsageError
from kashaf.export.bundle import Bundle
from kashaf.export.dossier import Dossier, compose, used_codes
from kashaf.export.dossier_facts import code_name, in_conflict, place_of, stands
from kashaf.export.dossier_wording import wording
from kashaf.export.standing import Standing, standing
from kashaf.notes.anchoring import Anchor
from kashaf.notes.model import EntityTarget, WordsTarget

HARBOUR_ID, BREAD_ID = ARTICLES


def numbers(dossier: Dossier) -> list[tuple[str, list[int], list[int]]]:
    """Of each section: its code, the notes that stand there, and those named there."""
    return [
        (
            section.code.path if section.code else "",
            [int(entry.note.id[-2:], 16) for part in section.parts for entry in part.entries],
            [int(entry.note.id[-2:], 16) for entry in section.elsewhere],
        )
        for section in dossier.sections
    ]


def test_by_code_a_note_stands_under_its_first_tag_and_is_named_under_the_others() -> None:
    assert numbers(compose(case())) == [
        ("اقتصاد", [1, 8], []),
        ("اقتصاد/أسعار", [3, 5], []),
        ("مصادر/مجهولة", [12, 9, 7], []),
        ("أرقام", [2, 6, 13, 11], [3]),
        ("كلمة حرة", [4], []),
        ("", [10], []),
    ]


def test_entries_are_numbered_as_they_stand() -> None:
    for group in ("code", "article"):
        entries = compose(case(), group).entries
        assert [entry.number for entry in entries] == list(range(1, 14))


def test_by_article_the_notes_follow_the_text_and_entities_and_searches_come_last() -> None:
    sections = [own for _, own, _ in numbers(compose(case(), "article"))]
    assert sections == [[1, 3, 4, 2, 5, 12], [8], [9, 6, 13, 7], [10], [11]]


def test_the_order_of_the_notes_given_does_not_matter() -> None:
    bundle = case()
    turned = replace(bundle, notes=bundle.notes[::-1])
    assert compose(turned) == compose(bundle)


def test_codes_without_a_note_are_left_out_and_colours_are_the_codebook_s() -> None:
    codes = compose(case()).codes
    assert "بلا ملاحظات" not in {code.path for code in codes}
    assert {code.path: code.colour for code in codes}["اقتصاد/أسعار"] == "#009e73"


def test_codes_of_no_codebook_differ_in_colour_while_there_are_enough() -> None:
    own = ("شهود", "قصف", "رياضة", "ميدان", "ميدان/شمال")
    tagged = replace(case().notes[0], tags=("اقتصاد/أسعار", *own))
    colours = {code.path: code.colour for code in used_codes([tagged], CODEBOOK)}
    assert colours["ميدان"] == colours["ميدان/شمال"]
    assert len(set(colours.values())) == len(colours) - 1
    # One by itself keeps the colour that the explorer gives it.
    alone = used_codes([replace(tagged, tags=("قصف",))], CODEBOOK)
    assert [code.colour for code in alone] == [CODEBOOK.colour_of("قصف")]


def test_an_unknown_group_and_an_unknown_language_are_refused() -> None:
    with pytest.raises(UsageError):
        compose(case(), "outlet")  # type: ignore[arg-type]
    with pytest.raises(UsageError):
        wording("fr")


def test_a_dossier_counts_how_the_words_stand() -> None:
    assert dict(compose(case()).states()) == {"exact": 7, "moved": 1, "changed": 1, "orphan": 1, "missing": 1}


TARGET = words(ARTICLES[HARBOUR_ID], "سوق السمك سيعود")
NOW = ARTICLES[HARBOUR_ID]


@pytest.mark.parametrize(
    "anchor",
    [
        Anchor("exact", 0, 15),
        Anchor("moved", 3, 9),
        Anchor("exact", 10_000, 10_015),
        Anchor("exact"),
        Anchor("orphan", why="missing"),
        None,
    ],
)
def test_an_anchor_that_does_not_fit_the_text_is_not_believed(anchor: Anchor | None) -> None:
    found = standing(TARGET, NOW, anchor)
    assert found == Standing("exact", place=(TARGET.start, TARGET.end))


def test_an_anchor_that_fits_is_believed() -> None:
    assert standing(TARGET, NOW, Anchor("orphan", why="gone")).state == "orphan"
    changed = standing(TARGET, NOW, Anchor("changed", 0, 13, why="words"))
    assert changed == Standing("changed", "words", proposal=(0, 13), now=HARBOUR[0:13])
    assert changed.place is None
    assert changed.shown == (0, 13)


def test_without_the_article_nobody_can_say() -> None:
    assert standing(TARGET, None, Anchor("exact", TARGET.start, TARGET.end)) == Standing("missing")


def test_a_whole_article_is_judged_by_its_text() -> None:
    whole = case().notes[8].target
    assert not isinstance(whole, WordsTarget)
    bread = ARTICLES[BREAD_ID]
    assert standing(whole, bread, Anchor("changed", why="text")).state == "exact"  # type: ignore[arg-type]
    other = before(bread, bread.text + ".")
    assert standing(whole, other, None).state == "changed"  # type: ignore[arg-type]


def test_sentences_say_what_became_of_the_words() -> None:
    words_ = wording("en")
    assert stands(None, None, words_) == ""
    said = stands(TARGET, Standing("orphan", "alike"), words_)
    assert said.startswith("Not found")
    assert "alike" in said


def test_a_place_that_moved_is_told_without_the_old_paragraph() -> None:
    english = wording("en")
    assert place_of(TARGET, english).startswith("paragraph 1, characters ")
    assert place_of(TARGET, english, (7, 22)) == "characters 7–22"
    assert place_of(replace(TARGET, paragraph=0), english).startswith("title")


def test_conflicts_and_names() -> None:
    notes = case().notes
    assert [in_conflict(one) for one in notes] == [number == 11 for number in range(len(notes))]
    assert code_name("مصادر/مجهولة") == "مصادر › مجهولة"


def test_notes_whose_article_nobody_has_take_its_facts_from_themselves() -> None:
    lonely = Bundle((note(1, TARGET),), CODEBOOK)
    (facts,) = compose(lonely).articles
    assert (facts.title, facts.outlet, facts.published) == (TARGET.title, TARGET.outlet, TARGET.published)


def test_one_entity_is_one_part_whatever_else_its_targets_hold() -> None:
    known, more = EntityTarget("سامي", "person"), EntityTarget("سامي", "person", {"x": 1})
    made = tuple(note(number, target) for number, target in enumerate((known, more, known), 1))
    for group in ("code", "article"):
        ((part,),) = [section.parts for section in compose(Bundle(made, CODEBOOK), group).sections]
        assert [entry.number for entry in part.entries] == [1, 2, 3]


def test_a_note_that_moved_stands_where_its_words_are_now() -> None:
    line = "وقال رئيس البلدية إن الترميم كلف مليوني دينار، وإن التجار سيدفعون نصف الإيجار القديم."
    lines = HARBOUR.split("\n")
    turned = before(NOW, "\n".join([lines[0], line, lines[1], lines[3]]))
    moved = note(1, words(turned, line))
    kept = note(2, words(NOW, "سوق السمك سيعود إلى العمل بعد ترميم دام سنتين كاملتين"))
    assert moved.place < kept.place
    now = (HARBOUR.index(line), HARBOUR.index(line) + len(line))
    for state in ("moved", "changed"):
        anchors = {moved.id: Anchor(state, *now)}
        dossier = compose(Bundle((moved, kept), CODEBOOK, anchors=anchors, article=ARTICLES.get))
        assert [
            (entry.note.id[-1], entry.standing and entry.standing.state) for entry in dossier.entries
        ] == [
            ("2", "exact"),
            ("1", state),
        ]
