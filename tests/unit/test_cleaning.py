"""Site chrome goes, the article stays."""

from __future__ import annotations

import pytest

from kashaf.corpus.chrome import normal_form, parse_rules, shipped_rules
from kashaf.corpus.cleaning import clean, is_paragraph, split_lines
from kashaf.errors import BadInput

BODY = (
    "قالت رئيسة البلدية إن أعمال الترميم في السوق القديم تبدأ مطلع الشهر المقبل وتستمر ستة أسابيع على الأقل، وإن"
    " المحال ستبقى مفتوحة في أثناء العمل."
)
SECOND = (
    "وأضافت أن الكلفة تتوزع بين البلدية وأصحاب المحال بالتساوي، وأن لجنة من الطرفين تشرف على الدفعات وتنشر كشفا بها"
    " في آخر كل أسبوع."
)


def page(*lines: str) -> str:
    return "\n\n".join(lines)


def kept(text: str) -> list[str]:
    return [line.text for line in clean(split_lines(text)).kept]


def rules_of(text: str) -> dict[str, str]:
    return {line.text: line.rule for line in clean(split_lines(text)).removed}


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("Sorry, you need to enable JavaScript to visit this website.", "javascript"),
        ("تخطَّ إلى المحتوى", "skip-link"),
        ("بحث", "search-box"),
        ("الرئيسية / أخبار / محليات", "breadcrumb"),
        ("شارك المقال", "share-bar"),
        ("فيسبوك تويتر واتساب نسخ الرابط", "share-bar"),
        ("شارك: فيسبوك | إكس | تلغرام", "share-bar"),
        ("فيسبوك", "share-link"),
        ("حجم الخط", "font-size"),
        ("A", "font-size-letter"),
        ("A+ A-", "font-size-letter"),
        ("2516 مشاهدة", "view-counter"),
        ("عدد القراءات: ١٬٢٠٤", "view-counter"),
        ("مدة القراءة: 4 دقائق", "reading-time"),
        ("صورة-من-السوق-القديم", "image-file"),
        ("سياسة | اقتصاد | رياضة | ثقافة", "menu"),
    ],
)
def test_above_the_article(line: str, rule: str) -> None:
    text = page("السوق القديم يستعد للترميم", line, BODY, SECOND)
    assert rules_of(text) == {line: rule}


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("اقرأ المزيد", "read-more"),
        ("المزيد من متابعات", "more-of-section"),
        ("مقالات ذات صلة", "related"),
        ("قد يعجبك أيضا", "related"),
        ("الأكثر قراءة", "most-read"),
        ("منشور حديثاً", "latest"),
        ("تابعنا", "follow-us"),
        ("التعليقات (3)", "comments"),
        ("لا توجد تعليقات", "comments"),
        ("اشترك في النشرة البريدية", "newsletter"),
        ("كلمات مفتاحية: السوق، البلدية", "tags-label"),
        ("جميع الحقوق محفوظة © صحيفة السوق 2025", "copyright"),
        ("سياسة الخصوصية | شروط الاستخدام", "legal-links"),
        ("نستخدم ملفات تعريف الارتباط لتحسين تجربتك. هل توافق؟", "cookies"),
    ],
)
def test_below_the_article(line: str, rule: str) -> None:
    text = page("السوق القديم يستعد للترميم", BODY, SECOND, line)
    assert rules_of(text) == {line: rule}


@pytest.mark.parametrize(
    "line",
    [
        "أصداء القرار",
        "فيسبوك",
        "بحث",
        "التعليقات",
        "سياسة | اقتصاد | رياضة",
        "تابعنا",
        "أ",
        "ماذا بعد؟",
        "- عشرة محال في الشارع الرئيس",
        "جميع الحقوق محفوظة لأصحاب المحال",
        "المزيد من الأسئلة",
    ],
)
def test_between_paragraphs_a_doubtful_line_stays(line: str) -> None:
    assert kept(page("العنوان هنا", BODY, line, SECOND)) == ["العنوان هنا", BODY, line, SECOND]


@pytest.mark.parametrize(
    "line", ["اقرأ المزيد", "اقرأ أيضا: الأسواق في الشتاء", "مقالات ذات صلة", "شارك المقال"]
)
def test_between_paragraphs_only_the_line_itself_goes(line: str) -> None:
    text = page("العنوان هنا", BODY, line, "عنوان فرعي يبقى", SECOND)
    assert kept(text) == ["العنوان هنا", BODY, "عنوان فرعي يبقى", SECOND]


def test_the_end_of_the_page_goes_with_what_belongs_to_it() -> None:
    end = ["الأكثر قراءة", "خمسة أسباب لزيارة السوق", "كيف تختار زيت الزيتون؟", "جميع الحقوق محفوظة"]
    assert kept(page("العنوان هنا", BODY, SECOND, *end)) == ["العنوان هنا", BODY, SECOND]


def test_what_a_site_says_of_itself_goes_with_its_footer() -> None:
    about = "مؤسسة صحفية مستقلة تعنى بأخبار الأسواق القديمة وأهلها وتنقل شؤونهم وفق المعايير المهنية منذ سنوات طويلة"
    end = ["التعليقات", "الأكثر قراءة", "تابعنا", about, "أسسها فلان الفلاني", "جميع الحقوق محفوظة © 2015"]
    assert kept(page("العنوان هنا", BODY, SECOND, *end)) == ["العنوان هنا", BODY, SECOND]


def test_prose_after_one_list_is_never_the_end() -> None:
    text = page("العنوان هنا", BODY, "مقالات ذات صلة", "خبر آخر", SECOND, "جميع الحقوق محفوظة © 2015")
    assert kept(text) == ["العنوان هنا", BODY, "خبر آخر", SECOND]


def test_a_menu_of_lines_goes_and_the_section_said_again() -> None:
    text = page(
        "الرئيسية", "سياسة", "أسواق وحرف", "رأي", "بحث", "أسواق وحرف", "العنوان يأتي هنا", BODY, SECOND
    )
    assert kept(text) == ["العنوان يأتي هنا", BODY, SECOND]


def test_a_section_label_takes_its_value() -> None:
    assert kept(page("العنوان يأتي هنا", BODY, SECOND, "الصنف", "سياسة")) == [
        "العنوان يأتي هنا",
        BODY,
        SECOND,
    ]


def test_pull_quotes_go_and_are_kept_aside() -> None:
    quote = "أعمال الترميم في السوق القديم تبدأ مطلع الشهر المقبل وتستمر ستة أسابيع"
    with_speaker = "رئيسة البلدية: الكلفة تتوزع بين البلدية وأصحاب المحال بالتساوي وأن لجنة من الطرفين تشرف"
    text = page("العنوان", BODY, quote, SECOND, with_speaker, BODY)
    assert rules_of(text) == {quote: "pull-quote", with_speaker: "pull-quote"}


def test_a_heading_that_only_resembles_the_text_stays() -> None:
    heading = "لماذا تبدأ أعمال الترميم في السوق الجديد قبل الشتاء بأيام"
    assert heading in kept(page("العنوان", BODY, heading, SECOND))


def test_nothing_is_lost() -> None:
    text = page("بحث", "العنوان", BODY, "اقرأ المزيد", SECOND, "تابعنا", "© السوق")
    lines = split_lines(text)
    cleaned = clean(lines)
    numbers = [line.number for line in cleaned.kept] + [line.line for line in cleaned.removed]
    assert sorted(numbers) == [line.number for line in lines]


def test_a_page_without_prose_is_not_emptied() -> None:
    assert kept("خبر عاجل من السوق\nتفاصيل بعد قليل") == ["خبر عاجل من السوق", "تفاصيل بعد قليل"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (BODY, True),
        ("عنوان قصير بلا نقطة", False),
        ("هل يكون عنوان في صيغة سؤال طويل فقرة من فقرات المقال؟", False),
    ],
)
def test_paragraphs(text: str, *, expected: bool) -> None:
    assert is_paragraph(text) is expected


def test_rules_ignore_marks_and_letter_forms() -> None:
    assert normal_form("• الأكثَر قـراءةً:") == normal_form("الاكثر قراءه:")


def test_shipped_rules_are_distinct() -> None:
    names = [rule.id for rule in shipped_rules().rules]
    assert len(names) == len(set(names)) > 25


@pytest.mark.parametrize(
    "rules",
    [
        "[]",
        "rules: 3",
        "rules: [{id: a}]",
        "rules: [{id: a, zone: up, pattern: b}]",
        "rules: [{id: a, zone: any, x: 1}]",
    ],
)
def test_wrong_rules_are_refused(rules: str) -> None:
    with pytest.raises(BadInput):
        parse_rules(rules, where="rules.yaml")


def test_a_wrong_pattern_is_named() -> None:
    with pytest.raises(BadInput, match="rule a"):
        parse_rules("rules: [{id: a, zone: any, pattern: '('}]", where="rules.yaml")


def test_a_block_goes_from_its_opening_to_its_end() -> None:
    block = ["list of 2 items", "list 1 of 2", "خبر عن السوق", "list 2 of 2", "هل يعود السوق؟", "end of list"]
    assert kept(page("العنوان هنا", BODY, *block, SECOND)) == ["العنوان هنا", BODY, SECOND]
    block = ["تخطى قصص مقترحة وواصل القراءة", "قصص مقترحة", "خبر آخر", "قصص مقترحة نهاية"]
    assert kept(page("العنوان هنا", BODY, *block, SECOND)) == ["العنوان هنا", BODY, SECOND]


def test_a_block_that_does_not_end_takes_nothing_with_it() -> None:
    text = page("العنوان هنا", BODY, "تخطى البودكاست وواصل القراءة", "عنوان فرعي", SECOND, BODY)
    assert kept(text) == ["العنوان هنا", BODY, "عنوان فرعي", SECOND, BODY]


def test_headlines_with_double_spaces_are_no_menu() -> None:
    headline = "المجلس البلدي :  لجنة السوق  تجتمع بالتجار"
    assert kept(page(headline, BODY, SECOND))[0] == "المجلس البلدي : لجنة السوق تجتمع بالتجار"


def test_a_pull_quote_may_end_in_words_from_an_earlier_sentence() -> None:
    paragraph = (
        "وتحدث المهندس عن مراكز بيع النحاس القديم في المدينة. ولم تتفق البلدية حتى الآن مع أصحاب المحال على موعد،"
        " وفق ما قال في حديثه، وما زال العمل متوقفا منذ أشهر."
    )
    quote = "لم تتفق البلدية حتى الآن مع أصحاب المحال على موعد مراكز بيع النحاس القديم"
    assert rules_of(page("العنوان", BODY, quote, paragraph, SECOND)) == {quote: "pull-quote"}
