"""What the tagger reads of a page."""

from __future__ import annotations

from kashaf.entities.page import Page
from kashaf.entities.tagger.features import shape_of, stem_of
from kashaf.entities.tagger.sequences import LONGEST, sequences


def words_of(text: str) -> list[list[str]]:
    return [list(part.words) for part in sequences(Page(text))]


def test_commas_and_brackets_are_words_and_quotation_marks_none() -> None:
    assert words_of('قال "سمير"، (نائب) «حلب»') == [["قال", "سمير", "،", "(", "نايب", ")", "حلب"]]


def test_marks_that_mean_the_same_are_the_same() -> None:
    assert words_of("بيت, دار; باب – نور") == [["بيت", "،", "دار", "؛", "باب", "-", "نور"]]


def test_a_sentence_ends_at_a_stop_with_a_space_and_at_a_line() -> None:
    assert words_of("جاء سمير. ذهب نور؟ نعم\nلا") == [
        ["جاء", "سمير", "."],
        ["ذهب", "نور", "؟"],
        ["نعم"],
        ["لا"],
    ]
    assert words_of("بلغ 3.5 نقطة") == [["بلغ", "3", ".", "5", "نقطه"]]


def test_long_runs_of_marks_are_cut_and_sentences_too() -> None:
    assert words_of("بيت ---------- دار") == [["بيت", "-", "-", "-", "دار"]]
    assert words_of("بيت" + " *" * 5000 + "\nدار")[1] == ["دار"]
    parts = list(sequences(Page("كلمة " * 1000)))
    assert max(len(part.words) for part in parts) <= LONGEST
    assert sum(len(part.words) for part in parts) == 1000


def test_stem_and_shape() -> None:
    assert stem_of("والمدينه") == "مدينه"
    assert stem_of("للمدينه") == "مدينه"
    assert stem_of("ولد") == "ولد"
    assert [shape_of(word) for word in ("بيت", "2025", "x7", "،", "3a")] == ["A3", "D4", "L2", "P،", "Dx"]
