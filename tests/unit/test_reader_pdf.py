"""PDF: letters by their places, paragraphs out of lines, and what stands at the edges of pages."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

import pytest
from tests.document_support import Placed, from_right, pdf, stream

from kashaf.corpus.article import Draft
from kashaf.corpus.readers import read
from kashaf.errors import BadInput

ONE = (
    "أعلنت البلدية أن الجسر يفتح أمام السيارات في مطلع الشهر المقبل، وأن الطريق القديم يبقى مفتوحا للمشاة وحدهم"
    " طوال أيام السنة."
)
TWO = (
    "وقالت المهندسة المشرفة إن الكلفة بلغت 12.5 مليونا في 3 مارس، وإن شركة North Bridge انتهت من الأعمال قبل"
    " موعدها بعام (كما وعدت)."
)
THREE = "ولا يعرف أحد بعد متى تبدأ أعمال الجسر الثاني، لأن الخرائط لم تصل من العاصمة حتى مساء الأمس."
TITLE = "الجسر يفتح قبل موعده"
_MIRROR = str.maketrans("()«»", ")(»«")
_FORMS = {"ع": "\ufecb", "ة": "\ufe93", "ل": "\ufedf", "س": "\ufeb3", "م": "\ufee3"}


def shown(text: str) -> list[str]:
    """The signs of a line as a page shows them from left to right: words turned, numbers and Latin as they are."""
    words: list[list[str]] = []
    for word in text.split(" "):
        if word.isascii() and any(map(str.isalnum, word)):
            words.append(list(word))
        else:
            words.append(list(word.translate(_MIRROR))[::-1])
    line: list[str] = []
    run: list[str] = []
    for signs in [*words, []]:
        if signs and signs[0].isascii() and signs[0].isalpha():
            run.append("".join(signs))
            continue
        if run:
            line = [*" ".join(run), " ", *line]
            run = []
        if signs:
            line = [*signs, " ", *line]
    return line[:-1]


def column(texts: Sequence[str], right: float, top: float, width: int, size: float = 10) -> list[Placed]:
    placed = []
    for text in texts:
        for line in textwrap.wrap(text, width, break_on_hyphens=False):
            placed.append(from_right(right, top, size, shown(line)))
            top -= size * 1.4
        top -= size
    return placed


def draft(data: bytes, name: str = "a.pdf") -> Draft:
    (member,) = read(name, data).members
    return member.draft


def test_lines_become_paragraphs_in_reading_order() -> None:
    page = [from_right(580, 760, 20, shown(TITLE)), *column([ONE, TWO], 580, 700, 60)]
    made = draft(pdf([page], info={"Title": "Microsoft Word - doc1", "CreationDate": "D:20251109100000Z"}))
    assert made.text == f"{TITLE}\n{ONE}\n{TWO}"
    assert made.kinds == ("title", "paragraph", "paragraph")
    evidence = made.metadata.evidence_of("title")
    assert evidence is not None
    assert evidence.where == "page 1: largest letters"
    assert made.metadata.published is None
    assert made.provenance.warnings == ()


def test_the_order_in_the_file_does_not_matter() -> None:
    page = [from_right(580, 760, 20, shown(TITLE)), *column([ONE, TWO], 580, 700, 60)]
    # Sign by sign, from the right: as Word writes.
    signs = [
        Placed(placed.x + place * placed.size / 2, placed.y, placed.size, [sign])
        for placed in page
        for place, sign in reversed(list(enumerate(placed.signs)))
    ]
    assert draft(pdf([signs])).text == f"{TITLE}\n{ONE}\n{TWO}"


def test_presentation_forms_and_ligatures_are_letters() -> None:
    rows = [[_FORMS.get(sign, sign) for sign in shown(line)] for line in textwrap.wrap(ONE, 60)]
    page = [from_right(580, 700 - 14 * place, 10, line) for place, line in enumerate(rows)]
    assert draft(pdf([page])).text == ONE
    text = "وقال الأهالي إن الأسعار لا تحتمل الارتفاع قبل انتهاء الأعمال كلها."
    joined = [
        sign.replace("\0", "لأ").replace("\1", "لا")
        for sign in shown(text.replace("لأ", "\0").replace("لا", "\1"))
    ]
    assert draft(pdf([[from_right(580, 700, 10, joined)]])).text == text


def test_columns_are_read_one_after_the_other() -> None:
    page = [
        from_right(580, 760, 20, shown(TITLE)),
        *column([ONE, ONE], 580, 700, 48),
        *column([TWO, TWO], 290, 700, 48),
    ]
    assert draft(pdf([page])).text == f"{TITLE}\n{ONE}\n{ONE}\n{TWO}\n{TWO}"


def test_a_paragraph_goes_on_over_columns_and_pages() -> None:
    lines = textwrap.wrap(ONE, 48, break_on_hyphens=False)
    first = [from_right(580, 400 - 14 * place, 10, shown(line)) for place, line in enumerate(lines[:2])]
    second = [from_right(580, 700 - 14 * place, 10, shown(line)) for place, line in enumerate(lines[2:])]
    assert draft(pdf([[*column([TWO], 580, 500, 48), *first], second])).text == f"{TWO}\n{ONE}"


def test_headings_items_and_tables() -> None:
    page = [
        from_right(580, 760, 22, shown(TITLE)),
        *column([ONE], 580, 720, 60),
        from_right(580, 600, 13, shown("ماذا بعد الجسر")),
        *column([TWO, "• ترميم الرصيف", "• فتح الطريق القديم"], 580, 570, 60),
        from_right(580, 400, 10, shown("السنة")),
        from_right(380, 400, 10, shown("الكلفة")),
        from_right(580, 386, 10, shown("2024")),
        from_right(380, 386, 10, shown("12")),
    ]
    made = draft(pdf([page]))
    assert list(zip(made.kinds, made.text.split("\n"), strict=True))[1:] == [
        ("paragraph", ONE),
        ("heading", "ماذا بعد الجسر"),
        ("paragraph", TWO),
        ("item", "ترميم الرصيف"),
        ("item", "فتح الطريق القديم"),
        ("paragraph", "السنة — الكلفة"),
        ("paragraph", "2024 — 12"),
    ]


def test_what_repeats_at_the_edges_of_pages_goes_and_is_kept_to_be_shown() -> None:
    pages = []
    for number, text in enumerate((ONE, TWO, THREE), 1):
        pages.append(
            [
                from_right(580, 780, 8, shown("صحيفة المرفأ")),
                *column([text], 580, 700, 60),
                from_right(300, 20, 8, shown(f"صفحة {number}")),
            ]
        )
    made = draft(pdf(pages))
    assert made.text == f"{ONE}\n{TWO}\n{THREE}"
    removed = made.provenance.removed
    assert [line.text for line in removed if line.rule == "page-header"] == [
        "صحيفة المرفأ", "صفحة 1", "صحيفة المرفأ", "صفحة 2", "صحيفة المرفأ", "صفحة 3",
    ]  # fmt: skip
    assert [line.at for line in removed][:2] == [0, len(ONE) + 1]


def test_letters_shown_back_to_front_are_put_right_with_a_warning() -> None:
    text = f"{ONE} {ONE}"
    page = [
        from_right(580, 700 - 14 * place, 10, list(line))
        for place, line in enumerate(textwrap.wrap(text, 60))
    ]
    made = draft(pdf([page]))
    assert made.text == text
    assert "letters were in display order" in made.provenance.warnings


def test_words_from_left_to_right() -> None:
    text = "The bridge opens to cars early next month, and the old road stays open to those who walk."
    page = [
        Placed(20, 700 - 14 * place, 10, list(line)) for place, line in enumerate(textwrap.wrap(text, 40))
    ]
    assert draft(pdf([page])).text == text
    hyphened = [
        Placed(20, 700, 10, list("The bridge opens inter-")),
        Placed(20, 686, 10, list("nationally today.")),
    ]
    assert draft(pdf([hyphened])).text == "The bridge opens internationally today."


def test_a_page_on_its_side_and_a_credit_beside_a_picture() -> None:
    upright = column([ONE, TWO], 580, 700, 60)
    credit = Placed(20, 300, 8, list("Photo: Marfa"), "0 1 -1 0")
    assert draft(pdf([[*upright, credit]])).text == f"{ONE}\n{TWO}\nPhoto: Marfa"
    turned = [Placed(800 - one.y, one.x, one.size, one.signs, "0 1 -1 0") for one in upright]
    assert draft(pdf([turned])).text == f"{ONE}\n{TWO}"


def test_the_masthead_is_the_outlet() -> None:
    page = [
        from_right(580, 780, 9, shown("صحيفة المرفأ")),
        from_right(580, 740, 20, shown(TITLE)),
        *column([ONE, TWO], 580, 700, 60),
    ]
    made = draft(pdf([page]))
    assert made.text == f"{TITLE}\n{ONE}\n{TWO}"
    assert made.metadata.outlet == "صحيفة المرفأ"
    assert [(line.text, line.rule) for line in made.provenance.removed] == [("صحيفة المرفأ", "site-name")]


def test_properties_that_somebody_wrote() -> None:
    data = pdf([column([ONE, TWO], 580, 700, 60)], info={"Title": "جسر البلدة", "Author": "ليلى الحداد"})
    meta = draft(data).metadata
    assert (meta.title, meta.author) == ("جسر البلدة", "ليلى الحداد")


def test_a_pdf_is_told_by_content() -> None:
    data = pdf([column([ONE, TWO], 580, 700, 60)])
    assert draft(data, "a.txt").text == draft(b"\r\n" + data, "a.html").text


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (pdf([[]]), "no text in it: pages are pictures"),
        (b"%PDF-1.7\nnothing of the kind\n%%EOF", "damaged PDF"),
        (pdf([[], []])[:300], "damaged PDF|no text in it"),
    ],
)
def test_refused_with_a_reason(data: bytes, what: str) -> None:
    with pytest.raises(BadInput, match=what) as refused:
        read("a.pdf", data)
    assert refused.value.cure


def test_scripts_and_attachments_are_not_looked_at() -> None:
    script = b"<< /S /JavaScript /JS (app.alert\\(1\\)) >>"
    data = pdf([column([ONE], 580, 700, 60)], extra=[script, stream(b"attached", "/Type /EmbeddedFile ")])
    opened = data.replace(b"/Type /Catalog", b"/OpenAction 100 0 R /Type /Catalog")
    assert draft(opened).text == ONE
