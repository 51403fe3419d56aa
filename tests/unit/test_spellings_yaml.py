"""The shipped spelling variants are sound: every group is one that folding and stemming do not make already."""

from __future__ import annotations

import pytest

from kashaf.entities.book.spellings import SHIPPED, Spellings
from kashaf.entities.page import folded_words
from kashaf.text.fold import fold_word
from kashaf.text.sanitise import is_clean
from kashaf.text.stem import stem
from kashaf.text.stopwords import STOP_WORDS
from kashaf.yaml_safe import load_yaml

TEXT = SHIPPED.read_text(encoding="utf-8")
Groups = list[list[str]]


def _read() -> dict[str, Groups]:
    document = load_yaml(TEXT, where=SHIPPED.name)
    assert isinstance(document, dict)
    assert document.keys() == {"stems", "words"}
    for groups in document.values():
        for group in groups:
            assert isinstance(group, list)
            assert all(isinstance(member, str) and member == member.strip() != "" for member in group)
    return document


LISTS = _read()
STEMS, WORDS = LISTS["stems"], LISTS["words"]
both = pytest.mark.parametrize("groups", [STEMS, WORDS], ids=["stems", "words"])


def test_there_are_hundreds_and_they_load() -> None:
    assert len(STEMS) + len(WORDS) >= 500
    loaded = Spellings.load()
    assert len(loaded.stems) == sum(map(len, STEMS))
    assert len(loaded.words) == sum(map(len, WORDS))


def test_it_is_clean_text() -> None:
    assert is_clean(TEXT)
    assert "ـ" not in TEXT


@both
def test_a_group_has_members_that_do_not_fold_alike(groups: Groups) -> None:
    for group in groups:
        assert len({folded_words(member) for member in group}) == len(group) >= 2, group


@both
def test_no_member_stands_in_two_groups(groups: Groups) -> None:
    members = [folded_words(member) for group in groups for member in group]
    assert sorted({member for member in members if members.count(member) > 1}) == []


@both
def test_no_member_is_a_stop_word_or_one_letter(groups: Groups) -> None:
    for group in groups:
        for member in group:
            assert not STOP_WORDS.issuperset(folded_words(member)), member
            assert len("".join(folded_words(member))) > 1, member


def test_members_that_are_stems_are_their_own_stems() -> None:
    for group in STEMS:
        for member in group:
            assert stem(fold_word(member)) == fold_word(member), member


def test_a_group_is_not_made_by_the_stemmer_or_by_the_list_of_stems() -> None:
    group_of = {fold_word(member): number for number, group in enumerate(STEMS) for member in group}
    for group in WORDS:
        stems = [" ".join(map(stem, folded_words(member))) for member in group]
        assert len(set(stems)) > 1, group
        covered = {group_of.get(word) for word in stems}
        assert len(covered) > 1 or covered == {None}, group


def test_whole_words_have_no_glued_letters() -> None:
    for group in WORDS:
        for member in group:
            assert not fold_word(member).startswith(("وال", "لل")), member


@pytest.mark.parametrize(
    ("one", "other"),
    [("ترامب", "ترمب"), ("غوغل", "قوقل"), ("شؤون", "شئون"), ("مئة", "مائة"), ("عبدالله", "عبد الله"),
     ("نتنياهو", "نتانياهو"), ("كونغرس", "كونجرس"), ("فايسبوك", "فيس بوك"), ("إنجلترا", "إنكلترا"),
     ("إنجليز", "إنكليز"), ("ديمقراط", "ديموقراط"), ("مسؤول", "مسئول"), ("إسطنبول", "إستانبول")],
)  # fmt: skip
def test_known_spellings_meet(one: str, other: str) -> None:
    assert any(one in group and other in group for group in STEMS + WORDS)


@pytest.mark.parametrize("word", ["كيف", "فلم", "سيول", "يزيد", "إيجاد", "جاز"])
def test_words_that_mean_something_else_too_are_left_out(word: str) -> None:
    assert not any(word in group for group in STEMS + WORDS)
