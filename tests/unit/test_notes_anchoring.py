"""Where a note is after its text has changed: the matrix of what may happen to a text."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.notes_support import TEXT, article, target

from kashaf.corpus.article import Metadata
from kashaf.corpus.identity import text_sha256
from kashaf.errors import UsageError
from kashaf.notes.anchoring import Anchor, anchor_of, make_target, resolve
from kashaf.notes.model import ArticleTarget, EntityTarget, SearchTarget

QUOTE = "سوق السمك سيعود إلى العمل"


def anchor(changed: str, quote: str = QUOTE, text: str = TEXT) -> Anchor:
    return resolve(target(quote, text), changed, text_sha256(changed))


def words(found: Anchor, text: str) -> str | None:
    return None if found.start is None else text[found.start : found.end]


def test_a_target_holds_its_words_and_their_neighbours() -> None:
    made = target(QUOTE)
    assert made.quote == QUOTE == TEXT[made.start : made.end]
    assert TEXT[: made.start].endswith(made.prefix)
    assert len(made.prefix) == len(made.suffix) == 32
    assert TEXT[made.end :].startswith(made.suffix)
    first = make_target(article(), 0, 4)
    assert first.prefix == ""
    last = make_target(article(), len(TEXT) - 5, len(TEXT))
    assert last.suffix == ""
    assert last.text_sha256 == text_sha256(TEXT)


def test_a_target_holds_what_the_article_says_of_itself() -> None:
    made = make_target(article(), 0, 4)
    assert (made.title, made.outlet, made.published) == (article().title, "صحيفة المرفأ", "2025-03-23")
    assert made.source_sha256 == article().provenance.sha256
    silent = make_target(replace(article(), metadata=Metadata(title="عنوان  بفراغين")), 0, 4)
    assert (silent.title, silent.outlet, silent.published) == ("عنوان بفراغين", "", "")


@pytest.mark.parametrize("span", [(-1, 3), (3, 3), (4, 3), (0, len(TEXT) + 1)])
def test_no_target_out_of_range(span: tuple[int, int]) -> None:
    with pytest.raises(UsageError) as caught:
        make_target(article(), *span)
    assert caught.value.where == article().id


def test_unchanged_text_is_exact() -> None:
    made = target()
    assert anchor(TEXT) == Anchor("exact", made.start, made.end)


def test_text_added_at_the_end_is_exact() -> None:
    assert anchor(TEXT + "\nتصويب: جرى تعديل الخبر.").state == "exact"


def test_a_change_before_moves_the_note() -> None:
    for changed in (
        "عاجل\n" + TEXT,
        TEXT.replace("بلدية المرفأ تفتح", "بلدية المرفأ القديم تفتح"),
        TEXT.replace("بلدية المرفأ تفتح سوق", "سوق"),
    ):
        found = anchor(changed)
        assert found.state == "moved", changed
        assert words(found, changed) == QUOTE


def test_a_moved_paragraph_takes_its_note_along() -> None:
    lines = TEXT.split("\n")
    changed = "\n".join([lines[0], lines[2], lines[3], lines[1]])
    found = anchor(changed)
    assert (found.state, words(found, changed)) == ("moved", QUOTE)


def test_a_correction_inside_the_quote_is_shown_and_not_claimed() -> None:
    changed = TEXT.replace("سيعود إلى العمل", "سيرجع إلى العمل")
    found = anchor(changed)
    assert (found.state, words(found, changed)) == ("changed", "سوق السمك سيرجع إلى العمل")


def test_vowel_signs_added_everywhere_are_a_change_to_confirm() -> None:
    changed = TEXT.replace("سوق", "سُوق").replace("أن", "أنّ").replace("إلى", "إلَى").replace("بلدية", "بلديّة")
    found = anchor(changed)
    assert found.state == "changed"
    assert words(found, changed) == "سُوق السمك سيعود إلَى العمل"


def test_a_deleted_paragraph_leaves_an_orphan() -> None:
    lines = TEXT.split("\n")
    assert anchor("\n".join([lines[0], *lines[2:]])) == Anchor("orphan")
    assert anchor("") == Anchor("orphan")


def test_a_deleted_sentence_leaves_an_orphan_though_its_neighbours_stay() -> None:
    assert anchor(TEXT.replace(QUOTE, "")) == Anchor("orphan")


TWICE = (
    "قال روبين للصحافة إنه لن يستقيل قبل انتهاء التحقيق في القضية.\n"
    "ثم وصل أخوه بعد ساعة وتحدث روبين إلى المصلين أمام الجامع الكبير.\n"
    "وختم البيان بالدعوة إلى الهدوء."
)


def second_robin() -> tuple[int, int]:
    start = TWICE.index("روبين", TWICE.index("روبين") + 1)
    return start, start + len("روبين")


def test_a_corrected_name_does_not_hop_to_its_look_alike() -> None:
    start, end = second_robin()
    made = make_target(article(TWICE), start, end)
    changed = TWICE[:start] + "روبن" + TWICE[end:]
    found = resolve(made, changed, text_sha256(changed))
    assert (found.state, words(found, changed)) == ("changed", "روبن")


def test_a_deleted_name_does_not_hop_to_its_look_alike() -> None:
    start, end = second_robin()
    made = make_target(article(TWICE), start, end)
    lines = TWICE.split("\n")
    changed = "\n".join([lines[0], lines[2]])
    assert resolve(made, changed, text_sha256(changed)) == Anchor("orphan")


def test_a_formula_before_a_name_is_not_enough() -> None:
    formula = "وأضاف المتحدث الرسمي باسم وزارة الزراعة "
    text = f"{formula}سليم أن الموسم بدأ متأخرا.\nفقرة بينهما عن الري والسدود.\n{formula}سليم وعد بالمزيد."
    start = text.index("سليم")
    made = make_target(article(text), start, start + 4)
    changed = text.split("\n", 1)[1]
    assert resolve(made, changed, text_sha256(changed)).state not in {"exact", "moved"}


def test_the_same_word_at_the_same_place_by_chance_is_not_exact() -> None:
    text = "ألف باء تاء ثاء جيم حاء خاء دال ذال راء زاي سين شين صاد ضاد طاء ظاء"
    start = text.index("دال")
    made = make_target(article(text), start, start + 3)
    changed = "ق" * start + "دال" + "ك" * 40
    assert resolve(made, changed, text_sha256(changed)) == Anchor("orphan")


REPEATED = "سطر مكرر لا يختلف عن غيره في شيء من الأشياء\n" * 40
FORMULA = "وقال المتحدث باسم البلدية إن العمل في السوق يستمر حتى نهاية الشهر\n"


def test_the_context_grows_until_it_tells_look_alikes_apart() -> None:
    text = f"خبر أول\n{FORMULA}{FORMULA}{FORMULA}وأضاف شيئا"
    start = text.index("البلدية", len(FORMULA) + 8)
    made = make_target(article(text), start, start + len("البلدية"))
    assert text.count(made.prefix + made.quote + made.suffix) == 1
    assert len(made.suffix) > 32
    moved = "مقدمة\n" + text
    found = resolve(made, moved, text_sha256(moved))
    assert (found.state, found.start) == ("moved", start + len("مقدمة\n"))
    cut = text.replace(f"خبر أول\n{FORMULA}{FORMULA}", "")
    assert resolve(made, cut, text_sha256(cut)).state not in {"exact", "moved"}


def test_a_place_unlike_any_other_keeps_a_short_context() -> None:
    made = target()
    assert (len(made.prefix), len(made.suffix)) == (32, 32)


def test_among_lines_that_are_all_alike_standing_still_is_a_proposal() -> None:
    """A line deleted before it and a line deleted after it leave the same text: nobody can tell."""
    quote = "لا يختلف"
    start = REPEATED.index(quote, 800)
    made = make_target(article(REPEATED), start, start + len(quote))
    grown = REPEATED + "خاتمة"
    found = resolve(made, grown, text_sha256(grown))
    assert found == Anchor("changed", start, start + len(quote))
    assert found.why == "alike"
    shifted = "مقدمة أخرى\n" + REPEATED
    assert resolve(made, shifted, text_sha256(shifted)) == Anchor("orphan")


def test_the_title_is_found_under_a_banner_and_when_corrected() -> None:
    found = anchor("عاجل\n" + TEXT, "بلدية المرفأ")
    assert (found.state, found.start) == ("moved", 5)
    changed = TEXT.replace("بلدية المرفأ تفتح", "بلدية المرفا تفتح", 1)
    found = anchor(changed, "بلدية المرفأ")
    assert (found.state, words(found, changed)) == ("changed", "بلدية المرفا")


def test_the_last_words_are_found() -> None:
    found = anchor("عاجل\n" + TEXT, "منذ زمن بعيد.")
    assert found.state == "moved"
    changed = TEXT.replace("بعيد", "طويل")
    found = anchor(changed, "منذ زمن بعيد.")
    assert (found.state, words(found, changed)) == ("changed", "منذ زمن طويل.")
    grown = TEXT + "\nتابعونا"
    assert anchor(grown, "منذ زمن بعيد.").state == "exact"


def test_a_note_on_the_whole_text() -> None:
    text = "خبر قصير"
    made = make_target(article(text), 0, len(text))
    assert resolve(made, text, text_sha256(text)).state == "exact"
    changed = "مقدمة\n" + text
    assert resolve(made, changed, text_sha256(changed)).state in {"moved", "changed"}
    assert resolve(made, "شيء آخر تماما", text_sha256("شيء آخر تماما")).state != "exact"


def test_a_target_whose_hash_lies_is_not_believed() -> None:
    made = target()
    lying = resolve(made, "ا" * 400, made.text_sha256)
    assert lying == Anchor("orphan")


def test_a_letter_that_is_everywhere_is_found_by_its_whole_context() -> None:
    text = TEXT * 60
    start = text.index("ا", 7000)
    made = make_target(article(text), start, start + 1)
    assert resolve(made, text + ".", text_sha256(text + ".")).state in {"changed", "orphan"}
    assert resolve(made, "مقدمة " + text, text_sha256("مقدمة " + text)).state == "orphan"
    assert resolve(make_target(article(), 9, 10), TEXT + ".", text_sha256(TEXT + ".")).state == "exact"


def test_a_little_context_on_both_sides_is_a_proposal() -> None:
    """Ten code points on either side: more than a coincidence, less than certainty."""
    text = "ثم أعلن المدير أمس في الظهيرة أن المصنع الكبير سيغلق أبوابه نهائيا في الخريف المقبل بإذن الله."
    start = text.index("المصنع الكبير")
    made = make_target(article(text), start, start + 13)
    changed = "مقدمة طويلة. " + text.replace("أعلن المدير أمس", "قال").replace("نهائيا في الخريف", "مؤقتا")
    found = resolve(made, changed, text_sha256(changed))
    assert (found.state, words(found, changed)) == ("changed", "المصنع الكبير")


def test_two_places_that_could_both_be_it_leave_an_orphan() -> None:
    """Each keeps a part of the context, the second a little more: that is no reason to choose it."""
    text = "وأكدت الوزارة في بيانها اليوم أن سد النهر لن يفرغ قبل نهاية فصل الشتاء الحالي.\nخاتمة البيان."
    start = text.index("سد النهر")
    made = make_target(article(text), start, start + 8)
    first = text.split("\n", maxsplit=1)[0].replace("نهاية فصل الشتاء", "حلول الربيع")
    second = text.split("\n", maxsplit=1)[0].replace("فصل الشتاء", "السنة")
    changed = f"{first}\n{second}\nملحق"
    assert resolve(made, changed, text_sha256(changed)) == Anchor("orphan")


@pytest.mark.parametrize(
    ("old", "new"),
    [("الأشياء", "الأمور"), ("الأشياء", "الأعمال"), ("لا يختلف", "لَا يختلف"), ("لا يختلف", "ما اختلف")],
)
def test_lines_alike_that_all_change_alike_leave_an_orphan(old: str, new: str) -> None:
    start = REPEATED.index("لا يختلف", 100)
    made = make_target(article(REPEATED), start, start + 8)
    changed = REPEATED.replace(old, new)
    assert resolve(made, changed, text_sha256(changed)) == Anchor("orphan")


def test_the_first_words_are_proposed_when_the_next_ones_change() -> None:
    """Another line may begin as the deleted one did, so the beginning of the text proves nothing by itself."""
    changed = TEXT.replace("بلدية المرفأ تفتح سوق", "بلدية المرفأ: سوق", 1)
    assert anchor(changed, "بلدية المرفأ") == Anchor("changed", 0, 12)
    lines = TEXT.split("\n")
    text = "\n".join([lines[0], "بلدية المرفأ تعد سكانها بالكثير من المشاريع", *lines[1:]])
    cut = text.split("\n", 1)[1]
    found = resolve(make_target(article(text), 0, 12), cut, text_sha256(cut))
    assert found.state not in {"exact", "moved"}


def test_the_last_words_are_exact_while_they_stay_last() -> None:
    quote = "منذ زمن بعيد."
    changed = TEXT.replace("اعتادوا عليه", "كانوا يألفون")
    assert len(changed) == len(TEXT)
    assert anchor(changed, quote).state in {"exact", "changed"}
    assert anchor(changed, quote).start == len(TEXT) - len(quote)


def test_a_look_alike_that_slides_into_place_is_not_claimed() -> None:
    """Two paragraphs begin alike, the first is deleted: what stood before it now stands before the second."""
    same = "وشوهدت شاحنات محملة بالخضار قرب ساحة النخيل"
    text = f"عنوان الخبر الأول لهذا اليوم الطويل\n{same} منذ الصباح الباكر.\n{same} بحسب شهود عيان.\nوختم البيان."
    start = text.index("محملة بالخضار")
    made = make_target(article(text), start, start + 13)
    assert len(made.prefix) > 32 or len(made.suffix) > 32
    changed = text.replace(f"{same} منذ الصباح الباكر.\n", "")
    assert resolve(made, changed, text_sha256(changed)).state not in {"exact", "moved"}


def test_a_look_alike_is_not_claimed_while_the_corrected_words_stand_in_their_place() -> None:
    text = f"{TEXT}\nوجاء في تعليق منفصل نشر لاحقا ما يلي بالحرف."
    made = target(QUOTE, text)
    copy = text.split("\n")[1]
    changed = text.replace("سوق السمك سيعود", "سوق الأسماك سيعود") + f"\n{copy}"
    found = resolve(made, changed, text_sha256(changed))
    assert found.state not in {"exact", "moved"}
    if found.state == "orphan":
        assert found.why == "alike"
        assert len(found.candidates) >= 2


RESPELT = [
    ("tatweel", TEXT.replace("السمك", "السـمـك")),
    ("white space", TEXT.replace(" ", "\u00a0")),
    ("lines joined", TEXT.replace("\n", "  ")),
    (
        "quotation marks",
        TEXT.replace("سوق السمك سيعود", "سوق «السمك» سيعود").replace("«", '"').replace("»", '"'),
    ),
    ("letter forms", TEXT.replace("إلى", "الى").replace("أن", "ان")),
    ("presentation forms", TEXT.replace("سوق", "ﺳﻮق")),
]


@pytest.mark.parametrize(("what", "changed"), RESPELT, ids=[what for what, _ in RESPELT])
def test_other_spelling_is_found_at_its_place(what: str, changed: str) -> None:
    del what
    found = anchor(changed)
    start = TEXT.index(QUOTE)
    if found.state != "changed":  # the very words, what is around them respelt
        assert words(found, changed) == QUOTE
        return
    assert found.start is not None
    assert abs(found.start - start) <= 12
    assert found.score is not None
    assert found.score > 0.8


def test_respelling_around_the_words_leaves_them_theirs() -> None:
    changed = TEXT.replace("أعلنت", "أَعلنت").replace("بعد ترميم", "بعد  ترميم")
    found = anchor(changed)
    assert found.state == "moved"
    assert words(found, changed) == QUOTE


def test_a_sign_on_the_last_letter_makes_it_another() -> None:
    changed = TEXT.replace("سوق السمك سيعود إلى العمل", "سوق السمك سيعود إلى العملِ")
    found = anchor(changed)
    assert (found.state, words(found, changed), found.why) == (
        "changed",
        "سوق السمك سيعود إلى العملِ",
        "spelling",
    )


def test_a_paragraph_that_moved_and_changed_is_proposed() -> None:
    lines = TEXT.split("\n")
    changed = "\n".join([lines[0], lines[2], lines[3], lines[1].replace("سيعود إلى العمل", "سيرجع إلى عمله")])
    found = anchor(changed)
    assert (found.state, words(found, changed), found.why) == ("changed", "سوق السمك سيرجع إلى عمله", "words")


def test_words_put_into_the_quote_are_within_the_proposal() -> None:
    changed = TEXT.replace("سوق السمك سيعود", "سوق السمك الذي أغلق قبل سنتين سيعود")
    found = anchor(changed)
    assert words(found, changed) == "سوق السمك الذي أغلق قبل سنتين سيعود إلى العمل"


def test_words_put_before_the_quote_are_not() -> None:
    changed = TEXT.replace("سوق السمك سيعود", "كل سوق السمك سيرجع")
    assert words(anchor(changed), changed) == "سوق السمك سيرجع إلى العمل"


def test_a_long_quote_alone_in_another_paragraph_is_proposed() -> None:
    quote = "إن الترميم كلف مليوني دينار، وإن التجار سيدفعون نصف الإيجار القديم"
    changed = f"بلدية المرفأ\nتوضيح من المحرر: {quote} كما ورد.\nانتهى."
    found = anchor(changed, quote)
    assert (found.state, words(found, changed), found.why) == ("changed", quote, "around")


def test_an_orphan_names_at_most_three_places_the_best_first() -> None:
    lines = [
        f"وبلغ سعر الطن من القمح في السوق نحو {price} دينارا مقابل {price + 7} أمس."
        for price in range(100, 900, 90)
    ]
    text = "\n".join(lines)
    start = text.index(lines[3])
    made = make_target(article(text), start, start + len(lines[3]))
    changed = "\n".join([*lines[:3], *lines[4:]])
    found = resolve(made, changed, text_sha256(changed))
    assert found == Anchor("orphan")
    assert 1 <= len(found.candidates) <= 3
    scores = [one.score for one in found.candidates]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= one.start < one.end <= len(changed) for one in found.candidates)


def test_evidence_does_not_make_anchors_differ() -> None:
    assert Anchor("changed", 1, 2, score=0.7, why="words") == Anchor("changed", 1, 2)


def test_every_kind_of_target_has_an_anchor() -> None:
    whole = ArticleTarget(article().id, article().text_sha256, "", "", "", "")
    assert anchor_of(whole, article()) == Anchor("exact")
    revised = anchor_of(whole, article(TEXT + "."))
    assert (revised, revised.why) == (Anchor("changed"), "text")
    assert anchor_of(whole, None).why == "missing"
    assert anchor_of(target(), article()).state == "exact"
    assert anchor_of(target(), None) == Anchor("orphan")
    assert anchor_of(EntityTarget("هدى", "person"), None) == Anchor("exact")
    assert anchor_of(SearchTarget("سوق", "stem", "all"), None) == Anchor("exact")


@pytest.mark.parametrize("quote", [" ", "ـ", "\u064e", "\n", "."])
def test_a_quote_of_no_letters_breaks_nothing(quote: str) -> None:
    text = f"أول{quote}ثان\nسطر آخر من النص{quote}خاتمة"
    start = text.index(quote)
    made = make_target(article(text), start, start + 1)
    changed = "مقدمة " + text.replace("أول", "آخر")
    assert resolve(made, changed, text_sha256(changed)).state in {"moved", "changed", "orphan"}
    assert resolve(made, "", text_sha256("")) == Anchor("orphan")


def test_spaces_that_run_into_the_quote_are_not_told_apart() -> None:
    """Three of them deleted before it, or three within it, leave the same text."""
    text = f"{TEXT}\n{' ' * 40}{' ' * 20}أشرف بن عبد السلام والسيدة قرينته."
    start = text.index("أشرف") - 20
    made = make_target(article(text), start, start + 27)
    changed = text.replace("   أشرف", "أشرف")
    assert resolve(made, changed, text_sha256(changed)).state not in {"exact", "moved"}


def test_a_copy_is_not_claimed_while_other_words_stand_in_the_place_of_the_note() -> None:
    quote = "عشرة مراكب صيد صغيرة"
    around = "وقال مدير الميناء بعد الجولة إن العاصفة حطمت {} كانت راسية عند الرصيف القديم وقت هبوبها."
    text = f"{TEXT}\n{around.format(quote)}"
    changed = f"{TEXT}\n{around.format('سبعة قوارب فقط')}\nمن التغطية السابقة:\n{around.format(quote)}"
    found = anchor(changed, quote, text)
    assert found.state in ("changed", "orphan")
