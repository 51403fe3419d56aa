"""What the lines of a plain text are: sure kinds only, the rest are paragraphs."""

from __future__ import annotations

import pytest

from kashaf.corpus.article import Kind
from kashaf.corpus.cleaning import Line
from kashaf.corpus.kinds import kinds_of
from kashaf.corpus.readers import read

PROSE = (
    "قالت رئيسة البلدية إن أعمال الترميم في السوق القديم تبدأ مطلع الشهر المقبل وتستمر ستة أسابيع على الأقل، وإن"
    " المحال ستبقى مفتوحة في أثناء العمل."
)


def kinds(*texts: str, standfirst: int | None = None) -> list[Kind]:
    return kinds_of([Line(number, text) for number, text in enumerate(texts, 1)], standfirst)


def kind(text: str) -> Kind:
    return kinds(PROSE, text, PROSE)[1]


@pytest.mark.parametrize(
    "text",
    [
        "أصداء القرار",
        "ماذا بعد؟",
        "خلفية تأسيس السوق وأهدافه",
        "السوق الجديد: الفرص والمخاطر",
        "وزارة بلا ميزانية",
    ],
)
def test_headings(text: str) -> None:
    assert kind(text) == "heading"


@pytest.mark.parametrize(
    "text",
    [
        "وقال أيضا إن الأمر انتهى",
        "وأضاف أن الكلفة معروفة",
        "قال الوزير كلمته ومضى",
        "هذا ما جرى.",
        "وجاء في البيان:",
        "أولا، الكلفة،",
        "انتهى الأمر…",
        "2025",
        "كلمات كثيرة لا تنتهي بنقطة وهي أطول من أن تكون عنوانا بين فقرتين من المقال كما يفهم كل من يقرأ الآن",
    ],
)
def test_what_goes_on_with_the_story_is_no_heading(text: str) -> None:
    assert kind(text) == "paragraph"


def test_a_heading_stands_between_paragraphs() -> None:
    assert kinds("عنوان في أول النص", PROSE, "عنوان في آخر النص") == ["paragraph"] * 3
    assert kinds("بيت أول من القصيدة", "بيت ثان من القصيدة", "بيت ثالث من القصيدة") == ["paragraph"] * 3
    assert kinds(PROSE, "بيت أول", "بيت ثان", PROSE) == ["paragraph"] * 4


def test_lists() -> None:
    assert kinds(PROSE, "- بند أول", "- بند ثان.", PROSE) == ["paragraph", "item", "item", "paragraph"]
    assert kinds("المطالب هي:", "- بند واحد", PROSE) == ["paragraph", "item", "paragraph"]
    assert kinds(PROSE, "• بند", PROSE)[1] == "item"
    assert kinds("1. بند", "2. بند", "٣- بند") == ["item"] * 3
    assert kinds(PROSE, "أهداف اللجنة", "- بند", "- بند", PROSE)[1] == "heading"


def test_a_dash_alone_opens_speech() -> None:
    assert kind("- لا أعرف شيئا عن الأمر") == "paragraph"
    assert kind("10 محال في الشارع") == "paragraph"


@pytest.mark.parametrize(
    "text",
    ["«لن نترك السوق لأحد ما دمنا فيه»", "“لن نترك السوق لأحد ما دمنا”", '"لن نترك السوق لأحد ما دمنا فيه".'],
)
def test_quotes(text: str) -> None:
    assert kind(text) == "quote"


@pytest.mark.parametrize("text", ["«نعم» قال الوزير ثم غادر «القاعة»", "«كلمة»", "«نص» بلا آخر"])
def test_quoted_words_are_no_quotes(text: str) -> None:
    assert kind(text) != "quote"


@pytest.mark.parametrize(
    "text",
    [
        "صورة أرشيفية (رويترز)",
        "لقاء الوزير مع التجار في السوق القديم، 3 تشرين الثاني 2025 (أ ف ب)",
        "السوق القديم قبل الترميم (الأناضول)",
        "صورة من الأرشيف",
        "صورة جوية للسوق القديم",
        "تجار في السوق | رويترز",
        "تصوير: فلان الفلاني",
        "جانب من السوق (Getty Images)",
        "متظاهرون أمام البلدية (مواقع التواصل الاجتماعي)",
        "قوارب عند الرصيف (عدسة المنارة)",
        "السوق قبل الحريق، صيف 2019 (أرشيف المنارة)",
    ],
)
def test_captions(text: str) -> None:
    assert kind(text) == "caption"


@pytest.mark.parametrize(
    "text",
    [
        "صورة قاتمة للاقتصاد",
        "أعلنت اللجنة نتائجها (تفاصيل)",
        PROSE[:-1] + " (أ ف ب).",
        "صور الشاعر مدينته في ديوانه",
    ],
)
def test_what_only_resembles_a_caption(text: str) -> None:
    assert kind(text) != "caption"


def test_an_agency_at_the_end_is_no_caption() -> None:
    assert kinds(PROSE, "(رويترز)") == ["paragraph", "paragraph"]
    assert kinds(PROSE, "انتهت الجلسة بلا قرار (رويترز)") == ["paragraph", "paragraph"]


def test_what_the_format_says_stands() -> None:
    lines = [
        Line(1, "عنوان", kind="heading"),
        Line(2, PROSE, kind="quote"),
        Line(3, "أصداء", kind="paragraph"),
    ]
    assert kinds_of([*lines, Line(4, PROSE)]) == ["heading", "quote", "paragraph", "paragraph"]


def test_the_standfirst_is_said_by_the_head() -> None:
    assert kinds("سطر يمهد للمقال", "صورة أرشيفية", "ملخص", PROSE, standfirst=0) == [
        "standfirst",
        "caption",
        "heading",
        "paragraph",
    ]


def test_markdown_says_what_its_lines_are() -> None:
    text = (
        f"# القطار يعود\n\n{PROSE}\n\nمحطة\n----\n\n> كلام الراكب\n> وبقيته\n\n"
        f"- بند\n- بند\n\n1. بند\n\n![القطار](a.jpg)\n\n{PROSE}"
    )
    draft = read("a.md", text.encode()).members[0].draft
    assert list(zip(draft.kinds, draft.text.split("\n"), strict=True)) == [
        ("title", "القطار يعود"),
        ("paragraph", PROSE),
        ("heading", "محطة"),
        ("quote", "كلام الراكب وبقيته"),
        ("item", "- بند"),
        ("item", "- بند"),
        ("item", "1. بند"),
        ("caption", "القطار"),
        ("paragraph", PROSE),
    ]
    assert draft.provenance.removed == ()
    title = draft.metadata.evidence_of("title")
    assert title is not None
    assert (title.where, title.span) == ("line 1, heading", (0, len("القطار يعود")))


def test_a_name_above_the_first_paragraph_is_no_heading() -> None:
    assert kinds("صورة أرشيفية (رويترز)", "سمير العلي", PROSE)[1] == "paragraph"
    assert kinds("صورة أرشيفية (رويترز)", "أبرز النقاط", PROSE)[1] == "heading"


def test_a_caption_that_says_so() -> None:
    assert kind("التعليق على الصورة، قطيع قرب بئر جافة") == "caption"
