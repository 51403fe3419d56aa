"""Plain text: mostly scraped pages, with whatever the site put around the article."""

from __future__ import annotations

from collections.abc import Iterable

from kashaf.corpus.limits import check_lines
from kashaf.corpus.readers.assemble import Stated, assemble
from kashaf.corpus.readers.model import Format, Member, Source


def sniff(_source: Source) -> bool:
    """Anything that decoded is text; this format is asked last."""
    return True


def read(source: Source) -> Iterable[Member]:
    """One article a file."""
    check_lines(source.decoded.text, where=source.path)
    return (assemble(source, source.decoded.text, Stated()),)


FORMAT = Format("text", sniff, read)
