"""Fuzz targets of text: decoding, repair, dates and the head of a page. Only KashafError may escape them."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

from kashaf.corpus import readers
from kashaf.corpus.cleaning import clean, split_lines
from kashaf.corpus.dates import find_dates, parse_date
from kashaf.corpus.decode import declared_charset, decode
from kashaf.corpus.languages import detect_language
from kashaf.corpus.mojibake import lost_letters, repair, spelt_out
from kashaf.corpus.page_head import read_head
from kashaf.corpus.relative_dates import find_relative
from kashaf.errors import KashafError
from kashaf.text.sanitise import sanitise

_ANCHOR = date(2025, 11, 3)


def fuzz_decode(data: bytes) -> None:
    """Any bytes, with the charset that they declare and with one that they name themselves."""
    for declared in (None, declared_charset(data), data[:20].decode("latin-1")):
        with suppress(KashafError):
            decoded = decode(data, declared=declared)
            assert 0 <= decoded.confidence <= 1
            assert decoded.encoding


def fuzz_dates(data: bytes) -> None:
    """Spans lie in the text, in order, and hold what they say."""
    text = data.decode("utf-8", "replace")
    end = 0
    for found in find_dates(text, anchor=_ANCHOR):
        assert end <= found.start < found.end <= len(text)
        assert text[found.start : found.end] == found.text
        assert (found.confidence == 0) == (found.value is None)
        end = found.end
    for found in find_relative(text, _ANCHOR):
        assert text[found.start : found.end] == found.text
    parse_date(text)


def fuzz_head(data: bytes) -> None:
    """Every clue lies in the line that it names."""
    text = sanitise(data.decode("utf-8", "replace")).text
    cleaned = clean(split_lines(text))
    head = read_head(cleaned.kept, cleaned.removed, published=_ANCHOR, outlet="وكالة")
    for clue in head.clues:
        assert 0 <= clue.confidence <= 1
        if clue.at is not None:
            line = head.title if clue.at < 0 else head.body[clue.at].text
            assert line is not None
            assert 0 <= clue.start <= clue.end <= len(line)
    detect_language(text)
    repair(text)
    lost_letters(text)
    spelt_out(text)


def fuzz_text(data: bytes) -> None:
    """A whole file as the text reader takes it."""
    with suppress(KashafError):
        readers.read("page.txt", data)
