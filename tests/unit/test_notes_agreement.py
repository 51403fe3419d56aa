"""Agreement of coders, against values worked out by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.merging_support import Laptop
from tests.notes_support import article, note

from kashaf.corpus.article import Article
from kashaf.notes.agreement import Kappa, agreement, by_coder
from kashaf.notes.anchoring import make_target
from kashaf.notes.model import Note

# Ten words in three paragraphs: 4, 3 and 3; each word has four letters.
TEXT = "سفير وزير مدير رئيس\nباخر قطار طيار\n\nكتاب مقال خبرة"
ARTICLE = article(TEXT)


def coded(quote: str, *tags: str, of: Article = ARTICLE, author: str = "سعاد") -> Note:
    start = of.text.index(quote)
    return replace(
        note(), target=make_target(of, start, start + len(quote)), tags=tags, author=author, body=""
    )


def known(article_id: str) -> Article | None:
    return ARTICLE if article_id == ARTICLE.id else None


def test_kappa_of_cohens_kind() -> None:
    # Observed 35/50 = 0.7; chance (25·30 + 25·20)/50² = 0.5; (0.7 - 0.5)/(1 - 0.5) = 0.4.
    kappa = Kappa(both=20, first=5, second=10, neither=15)
    assert kappa.n == 50
    assert kappa.observed == pytest.approx(0.7)
    assert kappa.value == pytest.approx(0.4)
    assert Kappa(both=3, neither=4).value == 1.0
    # Never the same answer: observed 0, chance 1/2.
    assert Kappa(first=5, second=5).value == -1.0


@pytest.mark.parametrize(
    ("kappa", "why"),
    [(Kappa(), "no units"), (Kappa(both=4), "no variation"), (Kappa(neither=4), "no variation")],
)
def test_kappa_is_undefined(kappa: Kappa, why: str) -> None:
    assert kappa.value is None
    assert kappa.why == why


def test_kappa_of_one_sided_coding_is_nought() -> None:
    # One coder gave everything the code: observed and chance are both the other's share.
    assert Kappa(both=3, first=7).value == 0.0


def test_a_segment_that_one_began_earlier() -> None:
    found = agreement([coded("سفير وزير", "نفط")], [coded("وزير مدير", "نفط")], known)
    assert found.articles == (ARTICLE.id,)
    (row,) = found.codes
    assert (row.code, row.first, row.second) == ("نفط", 1, 1)
    assert (row.shared, row.covered) == (4, 14)
    assert row.overlap == pytest.approx(4 / 14)
    # Words: both 1 (وزير), first 1, second 1, neither 7. Observed 0.8, chance (2·2 + 8·8)/100 = 0.68; 0.12/0.32.
    assert row.words == Kappa(1, 1, 1, 7)
    assert row.words.value == pytest.approx(0.375)
    # Paragraphs: the empty line is none.
    assert row.paragraphs == Kappa(1, 0, 0, 2)
    assert row.paragraphs.value == 1.0
    assert replace(found.overall, code="نفط") == row


def test_a_code_that_only_one_gave() -> None:
    found = agreement([coded("سفير", "نفط")], [coded("كتاب", "غاز")], known)
    gas, oil = found.codes
    assert (gas.code, gas.first, gas.second) == ("غاز", 0, 1)
    assert oil.words == Kappa(0, 1, 0, 9)
    assert oil.words.value == 0.0
    assert oil.overlap == 0.0
    # Any code: both coded one word, and not the same. Observed 0.8, chance (1 + 81)/100 = 0.82.
    assert found.overall.words.value == pytest.approx(-0.02 / 0.18)


def test_a_code_says_the_codes_above_it() -> None:
    found = agreement([coded("سفير", "سلاح/كيماوي")], [coded("سفير", "سلاح/نووي")], known)
    rows = {row.code: row for row in found.codes}
    assert rows["سلاح"].words.value == 1.0
    assert rows["سلاح/كيماوي"].words.value == 0.0
    assert found.overall.overlap == 1.0


def test_overlapping_segments_of_one_coder_count_once() -> None:
    ours = [coded("سفير وزير", "نفط"), coded("وزير مدير", "نفط", "غاز")]
    found = agreement(ours, [coded("سفير وزير مدير", "نفط")], known)
    rows = {row.code: row for row in found.codes}
    assert (rows["نفط"].first, rows["نفط"].second, rows["نفط"].overlap) == (2, 1, 1.0)
    assert (found.overall.first, found.overall.second) == (2, 1)


def test_only_articles_that_both_coded() -> None:
    other = article("نص آخر قصير", "1b2c3d4e5f60")
    alone = coded("قصير", "نفط", of=other)
    untagged = coded("قصير", of=other, author="كريم")

    def both(article_id: str) -> Article | None:
        return other if article_id == other.id else known(article_id)

    found = agreement([coded("سفير", "نفط"), alone], [coded("سفير", "نفط"), untagged], both)
    assert found.articles == (ARTICLE.id,)
    assert found.overall.words.n == 10
    # A code that the second article alone holds was withheld in the first: its words count.
    found = agreement(
        [coded("سفير", "نفط"), alone], [coded("سفير", "نفط"), replace(alone, tags=("غاز",))], both
    )
    assert {row.words.n for row in found.codes} == {13}


def test_words_that_are_not_there_are_left_out() -> None:
    gone = coded("وزير", "نفط")
    changed = article("نص ليس فيه شيء مما كان", ARTICLE.id)
    found = agreement([gone], [gone], lambda _: changed)
    assert found.articles == ()
    assert found.left_out == (1, 1)
    assert found.overall.words.why == "no units"
    assert found.overall.overlap is None
    assert agreement([gone], [gone], lambda _: None).left_out == (1, 1)
    assert agreement([], [], known).codes == ()


def test_words_that_have_moved_count_where_they_are() -> None:
    moved = article("سطر جديد في أول النص\n" + TEXT, ARTICLE.id)
    found = agreement([coded("وزير مدير", "نفط")], [coded("وزير مدير", "نفط")], lambda _: moved)
    assert found.overall.words == Kappa(2, 0, 0, 13)
    assert found.left_out == (0, 0)


def test_coders_by_name() -> None:
    one, two, nobody = coded("سفير", author="كريم"), coded("وزير", author="سعاد"), coded("مدير", author="")
    assert list(by_coder([one, two, nobody])) == ["", "سعاد", "كريم"]


def test_who_gave_a_tag_is_told_by_the_versions() -> None:
    ours = Laptop("سعاد")
    note_id = ours.add(1, target=coded("سفير").target, tags=("نفط", "غاز")).id
    theirs = Laptop("كريم", clock=20_000)
    theirs.meet(*ours.told())
    theirs.edit(note_id, tags=("نفط", "فحم"))
    ours.edit(note_id, tags=("نفط", "غاز", "فحم"))
    ours.meet(*theirs.told())
    coders = by_coder(ours.live.values())
    assert {name: set(notes[0].tags) for name, notes in coders.items()} == {
        "سعاد": {"نفط", "فحم"},
        "كريم": {"فحم"},
    }
    # Who only renamed a code has coded nothing.
    theirs.meet(*ours.told())
    theirs.edit(note_id, tags=("وقود", "فحم"))
    names = {"نفط": "وقود"}
    coders = by_coder(theirs.live.values(), lambda tag: names.get(tag, tag))
    assert {name: set(notes[0].tags) for name, notes in coders.items()} == {
        "سعاد": {"وقود", "فحم"},
        "كريم": {"فحم"},
    }
