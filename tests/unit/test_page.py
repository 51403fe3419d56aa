"""An article laid out: offsets to rows and back, base directions, and layers of spans."""

from __future__ import annotations

from kashaf.bidi.layout import Options
from kashaf_tui.explorer.widgets.page import AT_ONCE, Layer, Page

TEXT = (
    "عنوان قصير\n"
    "فقرة أولى فيها كلمات كثيرة تمتد على أكثر من سطر واحد في عرض ضيق.\n\n"
    "second paragraph in English with more words"
)
LONG = "\n".join(f"فقرة رقم {number} فيها كلام يملأ سطرين أو ثلاثة من عرض ضيق كهذا" for number in range(2000))


def test_every_offset_is_shown_on_the_row_that_covers_it() -> None:
    page = Page(TEXT, 20, Options())
    for offset, char in enumerate(TEXT):
        row = page.row(page.row_of(offset))
        if char != "\n":
            assert row.line is not None
            assert row.start <= offset < row.end


def test_a_position_leads_back_to_its_offset() -> None:
    page = Page(TEXT, 20, Options())
    for offset, char in enumerate(TEXT):
        if char.isalpha():
            found = page.offset_at(*page.position(offset))
            assert found == offset or TEXT[found : offset + 1] in ("لأ", "لا", "لإ")


def test_columns_lie_within_the_page() -> None:
    page = Page(TEXT, 20, Options())
    assert all(0 <= page.position(offset)[1] < 20 for offset in range(len(TEXT)))


def test_painting_a_layer_replaces_it_and_no_other() -> None:
    page = Page(TEXT, 40, Options(), body_start=11)
    page.paint(Layer.HIT, [(0, 5)])
    page.paint(Layer.HIT, [(11, 15)])
    first, second = page.row(0), page.row(2)
    assert page.layers_in(first) == Layer.TITLE
    assert page.layers_in(second) == Layer.HIT
    assert second.line is not None
    hit = [cell for cell in second.line.cells if page.layers_of(second, cell) & Layer.HIT]
    assert sorted(TEXT[second.offset + cell.start] for cell in hit) == sorted("فقرة")


def test_layers_stay_when_the_width_changes() -> None:
    page = Page(TEXT, 40, Options())
    page.paint(Layer.NOTE, [(11, 15)])
    page.resize(12)
    noted = [at for at in range(page.height) if page.layers_in(page.row(at)) & Layer.NOTE]
    assert noted == [page.row_of(11)]


def test_nothing_to_show_is_one_row() -> None:
    page = Page("", 10, Options())
    assert page.height == 1
    assert page.row_of(0) == 0
    assert page.offset_at(3, 3) == 0
    assert page.line_span(0) == (0, 0)


def test_a_newline_at_the_end_shows_an_empty_paragraph() -> None:
    page = Page("كلام\n", 10, Options())
    assert [page.row(at).line is None for at in range(page.height)] == [False, True, False]


def directions(text: str, options: Options | None = None) -> list[bool]:
    page = Page(text, 60, options or Options())
    return [line.rtl for at in range(page.height) if (line := page.row(at).line) is not None]


def test_a_paragraph_that_opens_in_latin_begins_at_the_right_among_arabic_ones() -> None:
    arabic = "قالت الوزيرة إن العمل يبدأ في الربيع"
    assert directions(f"{arabic}\nReuters نقلت الخبر\nBreaking news\n2025") == [True, True, False, False]


def test_a_latin_article_leaves_each_paragraph_to_its_first_letter() -> None:
    latin = "The minister said that work begins in spring"
    assert directions(f"{latin}\nقال نعم then no\nno or نعم") == [False, True, False]


def test_a_direction_that_was_chosen_holds_for_all() -> None:
    assert directions(TEXT, Options(base="ltr")) == [False] * len(directions(TEXT))


def test_all_parts_of_a_long_paragraph_have_its_direction() -> None:
    arabic, latin = "كلمات عربية كثيرة هنا. ", "and now for something in Latin. "
    text = latin + arabic * 200 + latin * 200 + arabic * 200
    assert set(directions(text)) == {True}
    assert set(directions(latin * 300 + "\n" + arabic * 2000)) == {False, True}


def test_a_short_text_is_measured_at_once() -> None:
    assert Page(TEXT, 20, Options()).exact
    assert Page("ا" * AT_ONCE, 20, Options()).exact


def test_estimates_are_near_and_become_exact() -> None:
    page = Page(LONG, 30, Options())
    estimated = page.height
    exact = [page.exact]
    for number in range(len(page.pieces)):
        page.row_of(page.pieces.span(number)[0])
    exact.append(page.exact)
    assert exact == [False, True]
    assert abs(estimated - page.height) < page.height * 0.05


def test_what_is_measured_around_an_offset_does_not_change_later() -> None:
    page = Page(LONG, 30, Options())
    middle = LONG.index("رقم 1000")
    page.measure_around(middle, 100)
    at = page.row_of(middle)
    before = [page.row(at + near).start for near in range(-90, 90)]
    for number in range(len(page.pieces)):
        page.row_of(page.pieces.span(number)[0])
    now = page.row_of(middle)
    assert [page.row(now + near).start for near in range(-90, 90)] == before


def test_a_line_is_a_unit() -> None:
    page = Page(TEXT, 20, Options())
    first = page.line_span(11)
    assert first[0] == 11
    following = page.line_span(11, 1)
    assert TEXT[first[1] : following[0]] == " "
    assert page.line_span(11, -1) == (0, 10)
    assert page.line_span(11, -99) == (0, 10)
    assert page.line_span(11, 99)[1] == len(TEXT)
