"""Names of the book in text: clitics, ambiguity, cues beside a name."""

from __future__ import annotations

import pytest

from kashaf.corpus.article import Article, Metadata, Provenance
from kashaf.entities.book.namebook import Name, NameBook
from kashaf.entities.mentions import Mention, find_mentions
from kashaf.entities.rules.registry import RULES
from kashaf.entities.rules.tagged import Silent

BOOK = NameBook(
    [
        Name("وادي السدر", "place"),
        Name("مرسى الريحان", "place"),
        Name("دمشق", "place"),
        Name("الباب", "place", (), frozenset({"الباب"})),
        Name("جدة", "place"),
        Name("وجدة", "place", (), frozenset({"وجدة"})),
        Name("كوبا", "place"),
        Name("عمّان", "place"),
        Name("سلطنة عمان", "place", ("عُمان",), frozenset({"عُمان"})),
        Name("الأصداف", "place"),
        Name("شركة أصداف للموانئ", "organization", ("الأصداف",), frozenset({"الأصداف"})),
        Name("صحيفة المرفأ", "organization", ("المرفأ",), frozenset({"المرفأ"})),
        Name("نادي الهلال", "organization", ("الهلال",), frozenset({"الهلال"})),
        Name("وكالة سدرة", "organization", ("سدرة",), frozenset({"سدرة"})),
        Name("وزارة الخارجية الأرجوانية", "organization", ("الخارجية الأرجوانية",)),
        Name("عدنان الكوثراني", "person", ("الكوثراني",), frozenset({"الكوثراني"})),
        Name("محمد بن راشد", "person"),
    ],
    ["باب الرزق", "دمشق الجديدة", "جدّة"],
)


def article(text: str) -> Article:
    return Article("a", text, Metadata("عنوان"), Provenance("a.txt", "", "0" * 64))


def found(text: str) -> list[tuple[str, str]]:
    return [(one.name, one.form) for one in find_mentions(article(text), BOOK, Silent())]


def test_a_mention_says_all() -> None:
    assert find_mentions(article("وصل إلى وادي السدر."), BOOK, Silent()) == (
        Mention("وادي السدر", "place", 8, 18, "وادي السدر", "book", RULES["book_plain"].precision),
    )


def test_between_punctuation_and_quotation_marks() -> None:
    assert found("«وادي السدر»، (دمشق)؛ دمشق/وادي السدر") == [
        ("وادي السدر", "وادي السدر"), ("دمشق", "دمشق"), ("دمشق", "دمشق"), ("وادي السدر", "وادي السدر"),
    ]  # fmt: skip


def test_marks_and_tatweel_are_looked_through() -> None:
    assert found("في دِمَشْق وبدمشـق") == [("دمشق", "دِمَشْق"), ("دمشق", "دمشـق")]


@pytest.mark.parametrize("text", ["فتح الباب أمام الحل", "طرق الباب", "عند الباب"])
def test_a_common_word_is_no_place(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "text", ["في مدينة الباب", "أهالي الباب", "بمدينة الباب", "دمشق والباب", "الباب ودمشق", "دمشق، الباب"]
)
def test_a_common_word_is_a_place_beside_a_cue(text: str) -> None:
    assert ("الباب", "الباب") in found(text)


def test_a_place_named_in_full_may_be_located_in_short() -> None:
    assert found("مدينة الباب هادئة. وعاد الناس إلى الباب.")[-1] == ("الباب", "الباب")
    assert found("مدينة الباب هادئة. وفتح الحارس الباب.") == [("الباب", "الباب")]


def test_the_whole_word_beats_what_is_left_of_it_only_with_a_cue() -> None:
    assert found("بين دمشق وجدة") == [("دمشق", "دمشق"), ("جدة", "جدة")]
    assert found("في مدينة وجدة") == [("وجدة", "وجدة")]


@pytest.mark.parametrize("text", ["شرب كوباً من الشاي", "جده الأكبر", "جدّة الطفل"])
def test_words_that_only_look_like_a_place(text: str) -> None:
    assert found(text) == []


def test_marks_tell_two_places_apart() -> None:
    assert found("زار عُمان ثم عمّان ثم عمان")[0] == ("سلطنة عمان", "عُمان")
    assert [name for name, _ in found("زار عمّان ثم عمان")] == ["عمّان", "عمّان"]


def test_one_surface_of_a_place_and_a_body() -> None:
    assert found("وصل إلى الأصداف") == [("الأصداف", "الأصداف")]
    assert found("أعلنت شركة الأصداف") == [("شركة أصداف للموانئ", "الأصداف")]


def test_the_cue_fits_the_kind_of_body() -> None:
    assert ("نادي الهلال", "الهلال") in found("سجل مهاجم الهلال هدفا")
    assert ("نادي الهلال", "الهلال") not in found("كتبت منصة الهلال اليوم")
    assert found("ظهر الهلال فوق البحر") == []


def test_a_newspaper_named_in_full_may_be_quoted_in_short() -> None:
    assert found("ذكرت صحيفة المرفأ ذلك. وقال لـ«المرفأ» إن المرفأ مغلق.") == [
        ("صحيفة المرفأ", "صحيفة المرفأ"), ("صحيفة المرفأ", "المرفأ"),
    ]  # fmt: skip


def test_a_news_agency_alone_in_brackets() -> None:
    assert found("دمشق (سدرة) – أعلنت") == [("دمشق", "دمشق"), ("وكالة سدرة", "سدرة")]
    assert found("تحت سدرة قديمة") == []


def test_a_minister_is_no_ministry() -> None:
    assert found("أعلنت الخارجية الأرجوانية") == [("وزارة الخارجية الأرجوانية", "الخارجية الأرجوانية")]
    assert found("قالت وزيرة الخارجية الأرجوانية") == []


def test_a_name_inside_a_longer_name_of_somebody_else() -> None:
    assert ("محمد بن راشد", "محمد بن راشد") not in found("حضر حمدان بن محمد بن راشد")


def test_hidden_phrases_keep_their_words() -> None:
    assert found("في دمشق الجديدة") == []
    assert found("في دمشق") == [("دمشق", "دمشق")]


@pytest.mark.parametrize("text", ["الرئيس الكوثراني", "الرئيس الأرجواني الكوثراني", "للرئيس الكوثراني"])
def test_a_surname_after_a_title(text: str) -> None:
    assert ("عدنان الكوثراني", "الكوثراني") in found(text)


def test_a_surname_needs_the_full_name_or_a_title() -> None:
    assert found("قال الكوثراني إن") == []
    assert found("قال عدنان الكوثراني. وأضاف الكوثراني أن")[-1] == ("عدنان الكوثراني", "الكوثراني")
