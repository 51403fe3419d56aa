"""Documents of any content: an article that keeps its promises, or a refusal with a cure."""

from __future__ import annotations

import io
import zipfile
from email.message import EmailMessage
from xml.sax.saxutils import escape

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.document_support import docx, epub, odt, paragraph, pdf

from kashaf.corpus.readers import read
from kashaf.corpus.readers.blocks import flow
from kashaf.corpus.readers.html import parse
from kashaf.corpus.readers.mail_text import plain_blocks
from kashaf.corpus.readers.mime import decoded_words, head_of
from kashaf.corpus.readers.pdf_order import is_reversed, logical, without_forms
from kashaf.errors import BadInput
from kashaf.text.sanitise import is_clean

WORDS = st.lists(st.text("ابتثجحخدرسعفقلمنهوية", min_size=1, max_size=7), min_size=1, max_size=12)
PROSE = WORDS.map(" ".join)
PIECES = (
    "<p>", "</p>", "<table>", "<tr>", "<td>", "</td>", "</tr>", "</table>", "<li>", "<ul>", "</ul>", "<blockquote>",
    "</blockquote>", "<figure>", "<figcaption>", "</figcaption>", "</figure>", "<h2>", "</h2>", "<pre>", "\n",
    "</pre>",
    "<br>", "<div class='lead'>", "</div>", "<article>", "</article>", "<script>", "</script>", "<!--", "-->",
    "&amp;", "&#0;", "<time>", "9 نوفمبر 2025", "نص في الصفحة", "قالت الوزيرة إن العمل يبدأ.", "<", ">",
    "\x00", "\u202e",
)  # fmt: skip
MARKUP = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


def keeps_its_promises(name: str, data: bytes) -> None:
    try:
        result = read(name, data)
    except BadInput as refusal:
        if not refusal.cure:
            raise
        return
    for member in result.members:
        assert is_clean(member.draft.text)
        assert len(member.draft.kinds) == member.draft.text.count("\n") + 1
        assert member.key == member.draft.provenance.member


@given(MARKUP)
@settings(max_examples=100, deadline=None)
def test_any_page(markup: str) -> None:
    keeps_its_promises("a.html", f"<html><body>{markup}</body></html>".encode())


@given(st.lists(PROSE, min_size=1, max_size=8), st.booleans())
@settings(max_examples=60, deadline=None)
def test_no_text_of_a_document_is_lost(lines: list[str], table: bool) -> None:
    lines = [*lines, "قالت المتحدثة باسم البلدية إن الأعمال تبدأ في مطلع الشهر المقبل مهما كان الطقس."]
    wanted = sorted(" ".join(lines).split())
    if table:
        body = (
            "<w:tbl>" + "".join(f"<w:tr><w:tc>{paragraph(line)}</w:tc></w:tr>" for line in lines) + "</w:tbl>"
        )
    else:
        body = "".join(map(paragraph, lines))
    text = "".join(f"<text:p>{line}</text:p>" for line in lines)
    page = "".join(f"<p>{line}</p>" for line in lines)
    for name, data in (
        ("a.docx", docx(body)),
        ("a.odt", odt(text)),
        ("a.epub", epub({"a.xhtml": f"<body>{page}</body>"})),
    ):
        (member,) = read(name, data).members
        removed = " ".join(line.text for line in member.draft.provenance.removed)
        assert sorted(f"{member.draft.text} {removed}".split()) == wanted


@given(st.binary(max_size=300), st.sampled_from(["a.pdf", "a.docx", "a.odt", "a.epub", "a.eml", "a.mhtml"]))
@settings(max_examples=150, deadline=None)
def test_any_bytes(data: bytes, name: str) -> None:
    keeps_its_promises(name, data)


@given(st.data())
@settings(max_examples=100, deadline=None)
def test_damaged_documents(data: st.DataObject) -> None:
    whole = data.draw(
        st.sampled_from(
            [
                ("a.docx", docx(paragraph("أعلنت البلدية أن الجسر يفتح."))),
                ("a.odt", odt("<text:p>أعلنت البلدية أن الجسر يفتح.</text:p>")),
                ("a.epub", epub({"a.xhtml": "<body><p>أعلنت البلدية أن الجسر يفتح.</p></body>"})),
                ("a.pdf", pdf([[]])),
            ]
        )
    )
    name, made = whole
    torn = bytearray(made)
    for _ in range(data.draw(st.integers(1, 4))):
        torn[data.draw(st.integers(0, len(torn) - 1))] = data.draw(st.integers(0, 255))
    keeps_its_promises(name, bytes(torn[: data.draw(st.integers(len(torn) // 2, len(torn)))]))


@given(st.text(max_size=200))
@settings(max_examples=100, deadline=None)
def test_any_text_in_a_part(text: str) -> None:
    safe = escape("".join(char for char in text if char.isprintable()))
    keeps_its_promises("a.docx", docx(paragraph(safe)))
    made = EmailMessage()
    made["Message-ID"], made["From"] = "<1@a>", "a@b.example"
    made.set_content("".join(char for char in text if char.isprintable() or char in "\n>- "))
    keeps_its_promises("a.eml", bytes(made))


@given(st.text(max_size=300), st.booleans())
def test_every_word_of_a_mail_stays(text: str, flowed: bool) -> None:
    kept = [word for block in plain_blocks(text, flowed=flowed) for word in block.text.split()]
    joined, whole = "".join(kept).replace(">", ""), "".join(text.split()).replace(">", "")
    assert joined == whole


@given(st.text(max_size=200))
def test_headers_are_decoded_whatever_they_hold(text: str) -> None:
    decoded_words(text)
    decoded_words(f"=?utf-8?B?{text}?= =?x?Q?{text}?=")
    head_of(text.encode("utf-8", "surrogatepass"))


@given(MARKUP)
def test_the_flow_of_a_tree_holds_its_words(markup: str) -> None:
    shown = markup.replace("\x00", "").replace("\u202e", "")
    tree = parse(f"<html><body>{shown}</body></html>")
    if tree is not None:
        assert all(block.text == " ".join(block.text.split()) for block in flow(tree))


@given(WORDS, st.lists(st.sampled_from(["12", "3.5", "North", "Sea"]), max_size=3))
def test_display_order_and_back(words: list[str], foreign: list[str]) -> None:
    mixed = [*words, *foreign[:1], words[0]]
    shown: list[str] = []
    for word in mixed:
        shown = [*(word if word in foreign else word[::-1]), *([" "] if shown else []), *shown]
    assert logical(shown) == " ".join(mixed)


@given(st.text(max_size=100))
def test_presentation_forms_alone_are_changed(text: str) -> None:
    plain = without_forms(text)
    assert without_forms(plain) == plain
    kept = [char for char in text if not ("\ufb50" <= char <= "\ufdff" or "\ufe70" <= char <= "\ufefc")]
    assert [char for char in plain if char in set(kept)][: len(kept)] or not kept


@given(st.lists(WORDS, min_size=4, max_size=6))
def test_order_is_told_by_articles(parts: list[list[str]]) -> None:
    words = [f"ال{word}ة" for part in parts for word in part] * 12
    assert is_reversed(" ".join(words)) is False
    assert is_reversed(" ".join(word[::-1] for word in words)) is True


def test_the_packages_of_the_tests_are_sound() -> None:
    for data in (docx(""), odt(""), epub({})):
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            assert file.testzip() is None
