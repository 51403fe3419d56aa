"""HTML pages: trafilatura finds the main text, `html_meta` what the page states. Nothing is ever fetched."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final

from kashaf.corpus.limits import MAX_HTML_DEPTH, check_lines
from kashaf.corpus.readers.assemble import Stated, assemble
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
_MIN_SHARE: Final = 0.25


def sniff(source: Source) -> bool:
    head = source.decoded.text[:4_000]
    if _OPENING.match(head) or _XML.match(head) or _STRUCTURE.search(head):
        return True
    return source.suffix in _SUFFIXES and _TAG.search(source.decoded.text) is not None


def read(source: Source) -> Iterable[Member]:
    """One article a page.

    A page that is too deep or broken for the parser is read without its layout, with a warning.
    Raises BadInput for XML that is no page, and for a page without text.
    """
    check_lines(source.decoded.text, where=source.path)
    markup = sanitise(_PROLOGUE.sub("", source.decoded.text)).text
    if _XML.match(source.decoded.text) and not _STRUCTURE.search(markup[:20_000]):
        raise BadInput(
            "XML that is not a page", where=source.path, cure="Save the article itself as HTML or text"
        )
    tree = _parse(markup)
    if tree is None:
        warning = "page too deep or broken to be laid out: read as its plain text"
        return (assemble(source, plain_text(markup), Stated(), warnings=(warning,)),)

    from kashaf.corpus.readers.html_meta import drop_other_dates, read_meta  # noqa: PLC0415 -- lxml is slow to import

    meta = read_meta(tree)
    drop_other_dates(tree)
    stated = Stated(
        title=meta.title,
        outlet=meta.outlet,
        author=meta.author,
        published=meta.published,
        evidence=meta.evidence,
        language=meta.language,
        url=meta.url,
    )
    text, warnings = _main_text(tree, markup)
    if not text.strip():
        raise BadInput(
            "page without text", where=source.path, cure="Save the page again once it is fully loaded"
        )
    return (assemble(source, text, stated, warnings=(*meta.warnings, *warnings)),)


def _parse(markup: str) -> Any | None:
    """An lxml tree, or None when there is none to be had. libxml2 drops what is nested over 256 levels."""
    from lxml import etree  # noqa: PLC0415
    from lxml import html as lxml_html  # noqa: PLC0415

    parser = lxml_html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True)
    try:
        tree = lxml_html.document_fromstring(markup, parser=parser)
    except (etree.LxmlError, ValueError):
        return None
    depth = deepest = 0
    for event, _element in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return tree if deepest < MAX_HTML_DEPTH else None


def _main_text(tree: Any, markup: str) -> tuple[str, tuple[str, ...]]:
    import trafilatura  # noqa: PLC0415 -- slow to import

    whole = plain_text(markup)
    document = trafilatura.bare_extraction(
        tree,
        include_comments=False,
        include_tables=True,
        include_images=False,
        include_links=False,
        with_metadata=False,
    )
    text = str(getattr(document, "text", None) or "")
    if len(text) < 200 and len(whole) * _MIN_SHARE > len(text):
        return whole, ("main text not found: the whole page was read",)
    return text, ()


FORMAT = Format("html", sniff, read)
