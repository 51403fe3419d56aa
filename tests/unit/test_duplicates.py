"""Likeness of two texts: what makes no difference to it, and where one text ends and another begins."""

from __future__ import annotations

import pytest

from kashaf.corpus.duplicates import SURE_RUN, digest, fingerprints, hashed_words, likeness
from kashaf.corpus.story_groups import is_held, is_near, shares_enough

WIRE = (
    "افتتح وزير الأشغال صباح الأحد جسر الوادي الذي يربط ضفتي النهر بعد عامين من العمل المتواصل، وقال في كلمة أمام "
    "الحضور إن الجسر سيخفف الازدحام عن وسط المدينة وسيختصر الطريق إلى الميناء نصف ساعة على الأقل. وأوضحت هيئة الطرق "
    "أن المشروع كلف سبعة ملايين دينار دفعت الحكومة نصفها وتكفل المصرف بالباقي على أقساط. وأضافت أن الحافلات ستعبر "
    "الجسر ابتداء من الأسبوع المقبل وأن الشاحنات الثقيلة ستمنع من المرور عليه نهارا. وانتقد سكان الحي القديم إغلاق "
    "السوق طوال مدة الأشغال وطالبوا بتعويض التجار عن خسائرهم، فيما وعد رئيس البلدية بدراسة الطلبات واحدا واحدا قبل "
    "نهاية الشهر الجاري وبفتح موقف جديد للسيارات قرب المدرسة."
)
#: Of the same event, and by another hand.
OWN = (
    "وسط زحام من الأهالي قص مسؤول حكومي كبير شريط جسر طال انتظاره فوق النهر، في احتفال قصير غاب عنه التجار. يقول "
    "أبو سليم، وهو بائع خضار أغلق دكانه سنتين بسبب الحفر، إن أحدا لم يعوضه حتى اليوم وإنه سيعبر إلى الضفة الأخرى "
    "سيرا على قدميه كما كان يفعل أبوه. وتشير وثائق اطلعت عليها الجريدة إلى أن الكلفة تجاوزت التقدير الأول بمليوني "
    "دينار، وأن جزءا من المبلغ اقترض من مصرف أجنبي بفائدة مرتفعة. ورفض ناطق باسم الهيئة المشرفة التعليق على "
    "الأرقام، مكتفيا بالقول إن الحسابات ستنشر في وقتها."
)


def near(left: str, right: str) -> bool:
    one, other = hashed_words(left), hashed_words(right)
    return is_near(likeness(one, other), min(len(one), len(other)))


def held(left: str, right: str) -> bool:
    return is_held(likeness(hashed_words(left), hashed_words(right)))


@pytest.mark.parametrize(
    "spelling",
    [
        WIRE.replace("أ", "ا").replace("إ", "ا"),
        WIRE.replace("ة", "ه").replace("ى", "ي"),
        WIRE.replace("،", "").replace(". ", "\n\n"),
        WIRE.replace("جسر", "جـــسر").replace("وزير", "وَزِيرُ"),
    ],
    ids=["alef", "endings", "punctuation", "marks"],
)
def test_spelling_makes_no_difference(spelling: str) -> None:
    assert digest(hashed_words(spelling)) == digest(hashed_words(WIRE))


def test_digits_of_all_scripts_are_the_same() -> None:
    texts = ("كلف 1205 دينار", "كلف ١٢٠٥ دينار", "كلف ۱۲۰۵ دينار")
    assert len({digest(hashed_words(text)) for text in texts}) == 1


def test_hashes_are_the_same_in_every_process() -> None:
    assert digest(hashed_words(WIRE)) == "2996035cc28f498d"


@pytest.mark.parametrize(
    "copy",
    [
        f"جسر الوادي يفتح أبوابه\nالمدينة - وكالات\n{WIRE}\nالمصدر: وكالات",
        WIRE.replace("صباح الأحد", "اليوم")
        .replace("وقال في كلمة", "وذكر في كلمة")
        .replace("الجاري", "المقبل"),
        WIRE[: WIRE.index("وانتقد")],
        " ".join(reversed(WIRE.split(". "))),
    ],
    ids=["title and dateline", "some words", "cut", "order"],
)
def test_a_republished_text_is_near(copy: str) -> None:
    assert near(WIRE, copy)


def test_two_articles_of_one_event_are_two() -> None:
    assert not near(WIRE, OWN)
    assert not held(WIRE, OWN)


def test_a_brief_within_a_long_article_is_held_and_not_near() -> None:
    brief = WIRE[: WIRE.index("وأضافت")]
    long = f"{OWN} {brief} {OWN[::-1]} "
    assert not near(brief, long)
    alike = likeness(hashed_words(brief), hashed_words(long))
    assert is_held(alike)
    assert alike.share == 1
    assert alike.run == len(hashed_words(brief))


def test_a_formula_makes_two_briefs_neither_near_nor_held() -> None:
    formula = "تابعوا آخر الأخبار عبر تطبيقنا وانضموا إلى قناتنا ليصلكم كل جديد لحظة بلحظة"
    one, other = (f"{' '.join(text.split()[:30])}\n{formula}" for text in (WIRE, OWN))
    assert not near(one, other)
    assert not held(one, other)


def test_a_quotation_makes_no_story() -> None:
    quotation = WIRE[WIRE.index("وأوضحت") : WIRE.index("وأضافت")]
    assert not near(WIRE, OWN + quotation)
    assert not held(WIRE, OWN + quotation)


def test_a_text_of_few_words_must_share_more_of_them() -> None:
    short = " ".join(WIRE.split()[:30])
    other = short.rsplit(" ", 8)[0] + " في حفل كبير حضره جمع من الناس"
    assert 0.5 < likeness(hashed_words(short), hashed_words(other)).jaccard < 0.6
    assert not near(short, other)


@pytest.mark.parametrize("text", ["", "…", "كلمة", "كلمتان اثنتان"])
def test_texts_of_no_shingle_are_alike_when_they_are_equal(text: str) -> None:
    words = hashed_words(text)
    assert len(fingerprints(words)) == 0
    assert likeness(words, words).jaccard == 1
    assert likeness(words, hashed_words(WIRE)).jaccard == 0


def test_fingerprints_are_few_ascending_and_found_in_a_long_run() -> None:
    prints = fingerprints(hashed_words(WIRE))
    assert prints.tolist() == sorted(set(prints.tolist()))
    assert len(prints) < len(hashed_words(WIRE)) / 2
    run = " ".join(WIRE.split()[20 : 20 + SURE_RUN])
    assert set(fingerprints(hashed_words(f"{OWN} {run} {OWN}")).tolist()) & set(prints.tolist())
    assert not shares_enough(prints, fingerprints(hashed_words(OWN)))
    assert shares_enough(prints, fingerprints(hashed_words(WIRE[: len(WIRE) // 2])))
