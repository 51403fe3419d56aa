"""An article laid out: offsets to rows and back, and layers of spans."""

from __future__ import annotations

from kashaf.bidi.layout import Options
from kashaf_tui.explorer.widgets.page import Layer, Page

TEXT = (
    "عنوان قصير\n"
    "فقرة أولى فيها كلمات كثيرة تمتد على أكثر من سطر واحد في عرض ضيق.\n\n"
    "second paragraph in English with more words"
)


def test_every_offset_is_shown_on_the_row_that_covers_it() -> None:
    page = Page(TEXT, 20, Options())
    for offset, char in enumerate(TEXT):
        row = page.rows[page.row_of(offset)]
        if char != "\n":
            assert row.line is not None
            assert row.offset + row.line.start <= offset < row.offset + row.line.end


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
    first, second = page.rows[0], page.rows[2]
    assert first.line is not None
    assert second.line is not None
    assert page.has_layer(first, Layer.TITLE)
    assert not page.has_layer(first, Layer.HIT)
    assert page.has_layer(second, Layer.HIT)
    assert not page.has_layer(second, Layer.TITLE)
    hit = [cell for cell in second.line.cells if page.layers_of(second, cell) & Layer.HIT]
    assert sorted(TEXT[second.offset + cell.start] for cell in hit) == sorted("فقرة")


def test_nothing_to_show_is_one_row() -> None:
    page = Page("", 10, Options())
    assert page.row_of(0) == 0
    assert page.offset_at(3, 3) == 0
