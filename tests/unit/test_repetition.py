"""What an outlet prints with every article is learned; what its articles say again is not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kashaf.corpus.article import Article, Draft
from kashaf.corpus.lines import Decision, LineDecisions
from kashaf.corpus.options import ReadOptions
from kashaf.corpus.readers import read
from kashaf.corpus.repetition import NAME, Repetition, scopes_of

SUBJECTS = (
    "المدرسة",
    "الميناء",
    "الجسر",
    "المكتبة",
    "السوق",
    "المشفى",
    "الحديقة",
    "المسرح",
    "المتحف",
    "المخبز",
    "الملعب",
    "السد",
)
PLACES = (
    "الشمال",
    "الجنوب",
    "الشرق",
    "الغرب",
    "الوسط",
    "الساحل",
    "الجبل",
    "السهل",
    "الوادي",
    "البادية",
    "الجزيرة",
    "المدينة",
)
FOOTER = "منصة تعنى بشؤون الأسواق وأهلها"


def story(number: int) -> list[str]:
    what, where = SUBJECTS[number % 12], PLACES[(number * 5 + number // 12) % 12]
    return [
        f"افتتاح {what} في {where} بعد طول انتظار رقم {number}",
        f"افتتحت {what} في {where} بعد أعمال دامت {number + 3} أشهر، وحضر الافتتاح جمع من أهل الناحية ومن العمال.",
        f"وقال مدير {what} إن العمل في {where} يبدأ في الساعة {number % 9 + 1}، وإن أبوابها مفتوحة لكل من يرغب فيها.",
    ]


def article(
    number: int, *end: str, top: str = "", folder: str = "press", body: list[str] | None = None
) -> Article:
    title, *paragraphs = body or story(number)
    lines = [title, *([top] if top else []), *paragraphs, *end]
    draft = read(f"{folder}/{number}.txt", "\n\n".join(lines).encode()).members[0].draft
    return identified(draft, f"{folder}-{number}")


def identified(draft: Draft, article_id: str) -> Article:
    return Article(
        article_id, draft.text, draft.metadata, draft.provenance, draft.body_start, "", draft.kinds
    )


def learned(*articles: Article, known: LineDecisions | None = None) -> tuple[Decision, ...]:
    repetition = Repetition(known or LineDecisions())
    for one in articles:
        repetition.add(one)
    found = repetition.learn()
    assert repetition.learn() == ()
    return found


def test_a_line_at_the_end_of_every_article_is_learned() -> None:
    (found,) = learned(*(article(n, FOOTER) for n in range(6)))
    assert (found.line, found.verdict, found.scope, found.by) == (
        FOOTER,
        "drop",
        "folder:press",
        "repetition",
    )
    assert found.why == "in 6 of 6 articles"
    assert scopes_of([found]) == {"folder:press"}


def test_what_is_learned_goes_when_the_article_is_read_again() -> None:
    decisions = learned(*(article(n, FOOTER) for n in range(6)))
    text = "\n\n".join([*story(40), FOOTER])
    draft = read("press/40.txt", text.encode(), ReadOptions(lines=LineDecisions(decisions))).members[0].draft
    assert FOOTER not in draft.text
    assert [(gone.text, gone.rule) for gone in draft.provenance.removed] == [
        (FOOTER, "repeated by the outlet")
    ]


def test_few_articles_or_a_small_share_teach_nothing() -> None:
    assert learned(*(article(n, FOOTER) for n in range(4))) == ()
    some = [article(n, *([FOOTER] if n % 10 == 0 else [])) for n in range(60)]
    assert learned(*some) == ()


def test_other_outlets_are_not_touched() -> None:
    spread = [article(n, FOOTER, folder=f"press{n}") for n in range(8)]
    assert learned(*spread) == ()


def test_copies_of_one_story_count_once() -> None:
    copies = [article(n, FOOTER, body=[f"عنوان آخر {n}", *story(1)[1:]]) for n in range(9)]
    assert learned(*copies) == ()
    updated = [article(n, FOOTER, body=[*story(1), f"تحديث رقم {n} لم يغير شيئا مما سبق"]) for n in range(9)]
    assert learned(*updated) == ()


def test_the_same_article_counts_once() -> None:
    assert learned(*[article(1, FOOTER)] * 20) == ()


def test_the_same_background_after_every_story_is_no_chrome() -> None:
    background = (
        "وتشهد الناحية منذ عام 2011 أعمال ترميم واسعة شملت المباني العامة والطرق والجسور،"
        " وتقول البلدية إنها مستمرة."
    )
    assert learned(*(article(n, background) for n in range(30))) == ()


def test_prose_that_chrome_parts_from_the_story_is_learned() -> None:
    about = (
        "منصة مستقلة تعنى بشؤون الأسواق القديمة وأهلها، تنقل أخبارهم وتروي قصصهم وفق معايير المهنة منذ سنوات."
    )
    (found,) = learned(*(article(n, "شارك المقال", about) for n in range(12)))
    assert found.line == about


@pytest.mark.parametrize("line", ["المصدر: وكالات", "(رويترز)", "المصدر : الأناضول", "وكالات"])
def test_where_a_text_comes_from_is_no_chrome(line: str) -> None:
    assert learned(*(article(n, line) for n in range(12))) == ()


def test_a_single_word_at_the_top_may_be_a_place() -> None:
    assert learned(*(article(n, top="الناحية") for n in range(12))) == ()


def test_headings_in_the_middle_are_no_chrome() -> None:
    bodies = [[*story(n)[:2], "تفاصيل الافتتاح", *story(n)[2:]] for n in range(12)]
    assert learned(*(article(n, body=body) for n, body in enumerate(bodies))) == ()


def test_what_the_analyst_brought_back_is_never_learned() -> None:
    for scope in ("*", "folder:press", "folder:elsewhere", "0#"):
        known = LineDecisions((Decision(FOOTER, "keep", scope),))
        assert learned(*(article(n, FOOTER) for n in range(12)), known=known) == ()


def test_what_is_decided_is_not_learned_again() -> None:
    known = LineDecisions((Decision(FOOTER, "drop", "folder:press", "repetition"),))
    assert learned(*(article(n, FOOTER) for n in range(12)), known=known) == ()


def test_counts_go_on_in_the_next_import(tmp_path: Path) -> None:
    first = Repetition.load(tmp_path, LineDecisions())
    for n in range(3):
        first.add(article(n, FOOTER))
    assert first.learn() == ()
    first.save(tmp_path)
    second = Repetition.load(tmp_path, LineDecisions())
    for n in range(6):
        second.add(article(n, FOOTER))
    (found,) = second.learn()
    assert found.why == "in 6 of 6 articles"


@pytest.mark.parametrize(
    "written",
    ["", "[]", "{", '{"version": 1}', '{"version": 9}', "[" * 5_000,
     '{"version": 1, "seen": [], "outlets": {"a": {"articles": "x", "lines": []}}}',
     '{"version": 1, "seen": [], "outlets": {"a": {"articles": 1, "lines": [[1]]}}}'],
)  # fmt: skip
def test_a_damaged_count_is_begun_anew(tmp_path: Path, written: str) -> None:
    (tmp_path / NAME).write_text(written, encoding="utf-8")
    repetition = Repetition.load(tmp_path, LineDecisions())
    for n in range(6):
        repetition.add(article(n, FOOTER))
    assert len(repetition.learn()) == 1


def test_memory_does_not_grow_with_the_corpus(tmp_path: Path) -> None:
    repetition = Repetition(LineDecisions())
    for n in range(450):
        repetition.add(article(n, f"سطر في آخر المقال رقم {n}", FOOTER))
    assert [one.line for one in repetition.learn()] == [FOOTER]
    repetition.save(tmp_path)
    outlet = json.loads((tmp_path / NAME).read_text("utf-8"))["outlets"]["folder:press"]
    assert outlet["articles"] == 450
    assert len(outlet["lines"]) < 250
