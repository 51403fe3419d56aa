"""HTML pages: trafilatura finds the main text, `html_meta` what the page states. Nothing is ever fetched."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any, Final

from kashaf.corpus.article import Evidence, Kind
from kashaf.corpus.limits import MAX_HTML_DEPTH, MAX_HTML_ELEMENTS, check_lines
from kashaf.corpus.readers.assemble import Block, Stated, assemble
from kashaf.corpus.readers.markup import plain_text
from kashaf.corpus.readers.model import Format, Member, Source
from kashaf.errors import BadInput
from kashaf.text.sanitise import sanitise

_SUFFIXES: Final = frozenset({".html", ".htm", ".xhtml", ".shtml"})
_TAG: Final = re.compile(r"<(?:!|/?[a-zA-Z])")
_OPENING: Final = re.compile(
    r"\s*(?:<!--.{0,2000}?-->\s*)?<(?:!doctype\s+html|html|head|body)\b", re.DOTALL | re.IGNORECASE
)
_STRUCTURE: Final = re.compile(r"<(?:html|head|body|article|main)\b[^<>]{0,500}>", re.IGNORECASE)
_XML: Final = re.compile(r"\s*<(?:\?xml|rss|feed|nitf|newsml)\b", re.IGNORECASE)
_PROLOGUE: Final = re.compile(r"\s*<\?xml[^>]{0,200}\?>")
_SAVED: Final = re.compile(r"<!--\s{0,9}saved from url=\(\d{1,6}\)(\S{1,2000})\s{0,9}-->", re.IGNORECASE)
_MIRRORED: Final = re.compile(
    r"<!--\s{0,9}mirrored from (\S{1,2000}) by httrack website copier", re.IGNORECASE
)
_REFRESH: Final = re.compile(r"<meta\b[^<>]{0,200}http-equiv\s*=\s*[\"']?refresh\b", re.IGNORECASE)
_TOO_MUCH: Final = "page too deep, too large or broken to be laid out: read as its plain text"
_MIN_SHARE: Final = 0.25
_LITTLE: Final = 200  # code points of main text that may be a mistake


def sniff(source: Source) -> bool:
    head = source.decoded.text[:4_000]
    if _OPENING.match(head) or _XML.match(head) or _STRUCTURE.search(head):
        return True
    return source.suffix in _SUFFIXES and _TAG.search(source.decoded.text) is not None


def read(source: Source) -> Iterable[Member]:
    """One article a page. Raises BadInput for XML that is no page, and for a page without text."""
    check_lines(source.decoded.text, where=source.path)
    head = source.decoded.text[:20_000]
    if _XML.match(head) and not _STRUCTURE.search(head):
        raise BadInput(
            "XML that is not a page", where=source.path, cure="Save the article itself as HTML or text"
        )
    return (page(source, source.decoded.text),)


def page(source: Source, markup: str, *, key: str = "", sha256: str | None = None) -> Member:
    """The article of a page. What the container says of it (`source.hints`) counts where the page is silent; its
    URL counts always.

    A page that is too deep, too large or broken for the parser is read without its layout, with a warning.
    Raises BadInput for a page without text.
    """
    url = source.hints.url or _saved_from(markup[:4_000])
    markup = sanitise(_PROLOGUE.sub("", markup, count=1)).text
    tree = parse(markup)
    if tree is None:
        text = plain_text(markup)
        if not text:
            raise _without_text(source, key, markup)
        stated = Stated(title=source.hints.title, url=url)
        return assemble(source, text, stated, key=key, sha256=sha256, warnings=(_TOO_MUCH,))

    from kashaf.corpus.readers import html_main, html_meta, html_outside  # noqa: PLC0415 -- lxml is slow to import

    meta = html_meta.read_meta(tree)
    html_meta.drop_other_dates(tree)
    marked = html_main.prepare(tree)
    blocks, warnings = main_text(tree, markup)
    if not blocks:
        raise _without_text(source, key, markup)
    blocks, standfirst = _with_kinds(html_main.restore(blocks, marked), marked.kinds, meta.description)
    is_wanted = html_outside.wanted(source.options)
    if is_wanted is not None:
        blocks = html_outside.with_outside(blocks, markup, meta.stated.title, is_wanted)
    stated = _stated(source, meta.stated, url, standfirst)
    return assemble(source, blocks, stated, key=key, sha256=sha256, warnings=(*meta.warnings, *warnings))


def parse(markup: str) -> Any | None:
    """An lxml tree, or None where none is to be had within limits. libxml2 drops what is nested over 256 levels."""
    from lxml import etree  # noqa: PLC0415
    from lxml import html as lxml_html  # noqa: PLC0415

    parser = lxml_html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True)
    try:
        tree = lxml_html.document_fromstring(markup, parser=parser)
    except (etree.LxmlError, ValueError):
        return None
    return None if _too_much()(tree) else tree


def main_text(tree: Any, markup: str) -> tuple[list[Block], tuple[str, ...]]:
    """The lines of the main text as trafilatura judges it; of the whole page when it finds next to nothing."""
    import trafilatura  # noqa: PLC0415 -- slow to import

    from kashaf.corpus.readers.blocks import flow  # noqa: PLC0415

    document = trafilatura.bare_extraction(tree, options=_options())
    body = getattr(document, "body", None)
    blocks = flow(body, html=False) if body is not None else []
    length = sum(len(block.text) + 1 for block in blocks)
    if length < _LITTLE:
        whole = plain_text(markup)
        if len(whole) * _MIN_SHARE > length:
            return [Block(line) for line in whole.split("\n")], (
                "main text not found: the whole page was read",
            )
    return blocks, ()


@cache
def _options() -> Any:
    """Made once: trafilatura reads a settings file for them. Of the formats `txt` makes it do the least beside its
    tree, which is all that is used."""
    from trafilatura.settings import Extractor  # noqa: PLC0415

    # It says on stderr what it gives up, unless somebody listens.
    logging.getLogger("trafilatura").addHandler(logging.NullHandler())
    return Extractor(output_format="txt", comments=False, tables=True, images=False, links=False)


@cache
def _too_much() -> Callable[[Any], object]:
    """Asked in C: a walk over the elements in Python would take longer than parsing them."""
    from lxml import etree  # noqa: PLC0415

    depth = "/".join("*" * MAX_HTML_DEPTH)
    found: Callable[[Any], object] = etree.XPath(f"boolean(/{depth}) or count(//*) > {MAX_HTML_ELEMENTS}")
    return found


def _with_kinds(
    blocks: Sequence[Block], kinds: Mapping[str, Kind], description: str | None
) -> tuple[list[Block], str | None]:
    """The blocks with what the page said of them before its main text was found; and the standfirst among them."""
    told: list[Block] = []
    standfirst: str | None = None
    prose = 0
    for block in blocks:
        kind = kinds.get(block.text) if block.kind in {None, "quote"} else None
        if kind is None and block.kind is None and prose == 0 and block.text == description:
            kind = "standfirst"
        if kind == "standfirst" and (prose > 1 or standfirst is not None):
            kind = None
        standfirst = block.text if kind == "standfirst" else standfirst
        prose += block.kind is None and kind is None
        told.append(block if kind is None else replace(block, kind=kind))
    return told, standfirst


def _stated(source: Source, stated: Stated, url: str | None, standfirst: str | None) -> Stated:
    evidences = list(stated.evidences)
    if url is not None and (source.hints.url or stated.url is None):
        where = "container: URL" if source.hints.url else "comment: saved from url"
        evidences = [one for one in evidences if one.field != "url"] + [Evidence("url", where, 0.95)]
        stated = replace(stated, url=url)
    if standfirst is not None:
        evidences = [one for one in evidences if one.field != "standfirst"]
        evidences.append(Evidence("standfirst", "element: standfirst", 0.9))
        stated = replace(stated, standfirst=standfirst)
    if stated.title is None and source.hints.title:
        evidences.append(Evidence("title", "container: title", 0.8))
        stated = replace(stated, title=source.hints.title)
    return replace(stated, evidences=tuple(evidences))


def _saved_from(head: str) -> str | None:
    """The address that a browser or a mirroring tool wrote into the page it saved."""
    if (saved := _SAVED.search(head)) is not None:
        return saved[1] if saved[1].startswith(("http://", "https://")) else None
    mirrored = _MIRRORED.search(head)
    return f"http://{mirrored[1]}" if mirrored is not None else None


def _without_text(source: Source, key: str, markup: str) -> BadInput:
    where = f"{source.path}#{key}" if key else source.path
    if _REFRESH.search(markup[:20_000]):
        return BadInput("page that only leads to another", where=where, cure="Save the page it leads to")
    return BadInput("page without text", where=where, cure="Save the page again once it is fully loaded")


FORMAT = Format("html", sniff, read)
