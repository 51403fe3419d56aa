"""Whatever notes hold: each is in every output exactly once, and nothing of it becomes markup or a control."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from html.parser import HTMLParser

from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from tests.dossier_support import ARTICLES
from tests.hostile_support import assert_clean, hostile
from tests.refi_support import read

from kashaf.corpus.identity import text_sha256
from kashaf.export import html, markdown, refi
from kashaf.export.bundle import Bundle
from kashaf.export.gathering import gather
from kashaf.notes.anchoring import make_target
from kashaf.notes.codebook import Code, Codebook
from kashaf.notes.model import (
    CONFIDENCES,
    KINDS,
    STATUSES,
    ArticleTarget,
    EntityTarget,
    Note,
    SearchTarget,
    Target,
    WordsTarget,
)

_HARBOUR, _BREAD = ARTICLES.values()
_PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
_BLOCKS = re.compile("(heading|paragraph|bullet_list|list_item|blockquote)_(open|close)|inline")
_INLINE = {"text", "hardbreak", "softbreak", "strong_open", "strong_close"}
_ELEMENTS = re.compile(
    "html|head|meta|title|style|body|a|header|h[1-4]|dl|dt|dd|nav|ol|ul|li|main|section|article|p|div|span|bdi|mark"
    "|blockquote"
)


@st.composite
def words_targets(draw: st.DrawFn) -> WordsTarget:
    """Words of a real article, perhaps of another revision or of no article at hand, with hostile particulars."""
    article = draw(st.sampled_from([_HARBOUR, _BREAD]))
    start = draw(st.integers(0, len(article.text) - 1))
    target = make_target(article, start, draw(st.integers(start + 1, min(start + 80, len(article.text)))))
    if draw(st.booleans()):
        quote = draw(hostile().filter(bool))
        target = replace(
            target, quote=quote, end=start + len(quote), text_sha256="0" * 64, prefix=draw(hostile())
        )
    if draw(st.booleans()):
        target = replace(target, article_id=draw(hostile().filter(bool)))
    return replace(target, title=draw(hostile()), outlet=draw(hostile()), suffix=draw(hostile()))


def targets() -> st.SearchStrategy[Target]:
    whole = st.builds(
        ArticleTarget,
        st.sampled_from([*ARTICLES, "x"]),
        st.just("0" * 64),
        hostile(),
        hostile(),
        st.just(""),
        st.just(""),
    )
    some = hostile().filter(bool)
    return st.one_of(
        words_targets(),
        whole,
        st.builds(EntityTarget, some, hostile()),
        st.builds(SearchTarget, some, hostile(), hostile()),
    )


@st.composite
def notes(draw: st.DrawFn) -> Note:
    return Note(
        id=str(draw(st.uuids())),
        target=draw(targets()),
        body=draw(hostile()),
        tags=tuple(draw(st.lists(hostile().filter(bool), max_size=3, unique=True))),
        kind=draw(st.sampled_from(KINDS)),
        author=draw(hostile()),
        created="2025-03-26T10:00:00Z",
        modified="2025-03-26T10:05:00Z",
        confidence=draw(st.sampled_from(CONFIDENCES)),
        status=draw(st.sampled_from(STATUSES)),
        other=draw(st.none() | words_targets()),
    )


@st.composite
def bundles(draw: st.DrawFn) -> Bundle:
    made = draw(st.lists(notes(), max_size=4, unique_by=lambda one: one.id))
    tags = [tag for one in made for tag in one.tags]
    codes = [
        Code(tag, draw(st.sampled_from(["", "#0072b2", "red}"])), draw(hostile()))
        for tag in dict.fromkeys(tags)
        if draw(st.booleans())
    ]
    known = dict(ARTICLES)
    if draw(st.booleans()):
        text = "عنوان\n" + draw(hostile()).replace("\n", " ")
        evil = replace(
            _BREAD,
            text=text,
            text_sha256=text_sha256(text.encode("utf-8", "replace").decode()),
            metadata=replace(
                _BREAD.metadata, title=draw(hostile()), author=draw(hostile()), url=draw(hostile())
            ),
        )
        known[evil.id] = evil
    return gather(made, codebook=Codebook(tuple(codes)), article=known.get)


class _Elements(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.names: set[str] = set()
        self.attributes: set[str] = set()
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)


@given(bundles(), st.sampled_from(["en", "ar"]), st.sampled_from(["code", "article"]))
@settings(max_examples=80, deadline=None)
def test_html(bundle: Bundle, language: str, group: str) -> None:
    page = html.write(bundle, language, group=group).decode()  # type: ignore[arg-type]
    assert_clean(page)
    elements = _Elements(page)
    assert all(map(_ELEMENTS.fullmatch, elements.names))
    assert elements.attributes <= {
        *("lang", "dir", "class", "id", "href", "charset", "http-equiv", "content", "name"),
        *("aria-label", "aria-labelledby", "aria-hidden", "role"),
    }
    for one in bundle.notes:
        assert page.count(f'id="note-{one.id}"') == 1


@given(bundles(), st.sampled_from(["en", "ar"]), st.sampled_from(["code", "article"]))
@settings(max_examples=80, deadline=None)
def test_markdown(bundle: Bundle, language: str, group: str) -> None:
    page = markdown.write(bundle, language, group=group).decode()  # type: ignore[arg-type]
    assert_clean(page)
    for token in _PARSER.parse(page):
        assert _BLOCKS.fullmatch(token.type), token.type
        assert {child.type for child in token.children or ()} <= _INLINE
    for one in bundle.notes:
        assert page.count(one.id) == 1


@given(bundles(), st.sampled_from(["en", "ar"]))
@settings(max_examples=80, deadline=None)
def test_refi(bundle: Bundle, language: str) -> None:
    data = refi.write(bundle, language)
    project = read(data)
    assert set(project.notes) == {one.id for one in bundle.notes}
    by_id = {one.id: one for one in bundle.notes}
    for selection in project.selections:
        (noted,) = (by_id[ref] for ref in selection.notes)
        assert selection.words in {noted.quote, noted.other.quote if noted.other else None}
    archive = zipfile.ZipFile(io.BytesIO(data))
    for name in archive.namelist():
        assert_clean(archive.read(name).decode("utf-8"))
