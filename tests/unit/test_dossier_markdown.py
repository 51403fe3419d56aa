"""The dossier in Markdown, read by a CommonMark parser."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token
from tests.dossier_support import ARTICLES, case, note, words

from kashaf.export.bundle import Bundle
from kashaf.export.markdown import write
from kashaf.export.markdown_escape import escape, lines, paragraphs
from kashaf.notes.codebook import Codebook

PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
PLAIN = {"paragraph_open", "inline", "paragraph_close"}


def inline(tokens: list[Token]) -> list[Token]:
    return [child for token in tokens for child in token.children or ()]


def shown(markdown: str) -> str:
    """The text that a reader sees, a line break for each that shows."""
    kept = {"text": None, "softbreak": "\n", "hardbreak": "\n"}
    return "".join(
        token.content if kept[token.type] is None else "\n" for token in inline(PARSER.parse(markdown))
    )


@pytest.mark.parametrize(
    "text",
    [
        "*x* _y_ **z** `c` ~~s~~",
        "<b>&amp;</b> <!-- -->",
        "[a](b) ![a](b) [a]: b",
        "# no heading",
        "- no list",
        "+ no list",
        "12. no list",
        "12) no list",
        "> no quote",
        "=== no underline",
        "--- no rule",
        "| a | b |",
        "\\ a \\* b \\",
        "<http://a.example>",
        "قال: «45٪»",
    ],
)
def test_a_line_is_shown_letter_by_letter(text: str) -> None:
    tokens = PARSER.parse(escape(text))
    assert {token.type for token in tokens} <= PLAIN
    assert {token.type for token in inline(tokens)} == {"text"}
    assert shown(escape(text)) == text


@pytest.mark.parametrize("text", ["see http://a.example/x", "www.a.example", "x@a.example", "mailto:x"])
def test_addresses_become_no_links_even_where_nobody_asked(text: str) -> None:
    # What the dialect's rules look for does not stand in the source any more.
    for sign in ("://", "www.", "@a", "mailto:"):
        assert sign not in escape(text).replace("\\@", "")
    assert shown(escape(text)) == text


def test_lines_and_paragraphs_stay() -> None:
    text = "first\nsecond\n\nthird"
    tokens = PARSER.parse("\n".join(paragraphs(text)))
    assert [token.type for token in tokens].count("paragraph_open") == 2
    assert [token.type for token in inline(tokens)].count("hardbreak") == 1


def test_a_line_of_spaces_in_front_is_no_code() -> None:
    made = "\n".join(paragraphs("a\n\n      b"))
    assert "code_block" not in {token.type for token in PARSER.parse(made)}


def test_a_quote_of_many_lines_is_one_quote() -> None:
    tokens = PARSER.parse("\n".join(paragraphs("one\n\n- two\n# three", "> ")))
    assert [token.type for token in tokens].count("blockquote_open") == 1
    assert {"bullet_list_open", "heading_open"}.isdisjoint(token.type for token in tokens)


def test_lines_keeps_each_line() -> None:
    assert lines("a\n\nb ") == ["a", "", "b"]


def text(language: str = "en", group: str = "code") -> str:
    return write(case(), language, group=group).decode()  # type: ignore[arg-type]


def test_headings_step_down_one_at_a_time() -> None:
    for group in ("code", "article"):
        levels = [
            int(token.tag[1]) for token in PARSER.parse(text(group=group)) if token.type == "heading_open"
        ]
        assert levels[0] == 1
        assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_what_changed_and_what_is_gone_is_said_plainly() -> None:
    whole = text()
    assert "**Changed: the article no longer says this as it was marked." in whole
    assert "> كلفة الطحين زادت خمسين في المئة منذ الربيع" in whole
    assert "> كلفة الطحين زادت ثلاثين في المئة منذ الربيع" in whole
    assert "**Not found in the article as it is now." in whole
    assert "**Not looked at: the article is not at hand.**" in whole
    assert "Moved: the same words stand elsewhere" in whole
    assert "**Conflict:" in whole


def test_every_note_is_there_once_with_its_proof() -> None:
    whole = text("ar")
    for one in case().notes:
        assert whole.count(one.id) == 1
    assert ARTICLES["0a1b2c3d4e5f"].text_sha256 in whole


def test_a_link_says_when_its_other_end_is_lost() -> None:
    lost = words(ARTICLES["0a1b2c3d4e5f"], "سوق السمك")
    made = note(1, words(ARTICLES["1b2c3d4e5f60"], "الدعم"), "link")
    bundle = Bundle(
        (replace(made, other=replace(lost, article_id="gone")),), Codebook(), article=ARTICLES.get
    )
    assert "**Not looked at: the article is not at hand.**" in write(bundle, "en").decode()


def test_nothing_to_say_is_said() -> None:
    assert "There are no notes." in write(Bundle((), Codebook()), "en").decode()
    assert "لا ملاحظات." in write(Bundle((), Codebook()), "ar").decode()
