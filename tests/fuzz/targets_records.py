"""Entry points for a fuzzer: any bytes are articles or a KashafError, whatever the file is called.

`python -m pytest` runs them through `tests/property/test_records_properties.py`; atheris calls them as they are.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Final

from kashaf.corpus.readers import Failure, Member, articles, source_of
from kashaf.corpus.readers import feed as feed_reader
from kashaf.corpus.readers import jsonl as json_reader
from kashaf.corpus.readers import table as table_reader
from kashaf.errors import KashafError
from kashaf.text.sanitise import is_clean


def fuzz_json(data: bytes) -> None:
    for name in ("a.json", "a.jsonl"):
        _read(name, data)
    with suppress(KashafError):
        json_reader.mapping(source_of("a.json", data))


def fuzz_csv(data: bytes) -> None:
    for name in ("a.csv", "a.txt"):
        _read(name, data)
    with suppress(KashafError):
        table_reader.mapping(source_of("a.csv", data))


def fuzz_feed(data: bytes) -> None:
    _read("a.rss", data)
    with suppress(KashafError):
        for one in feed_reader.read(source_of("a.rss", data)):
            _check(one)


def _read(name: str, data: bytes) -> None:
    with suppress(KashafError):
        for one in articles(name, data):
            _check(one)


def _check(one: Member | Failure) -> None:
    if isinstance(one, Failure):
        assert one.reason
        assert is_clean(one.reason)
        return
    draft = one.draft
    assert is_clean(draft.text)
    assert is_clean(one.key)
    assert len(draft.kinds) == draft.text.count("\n") + 1
    for value in (draft.metadata.title, draft.metadata.outlet, draft.metadata.author, draft.metadata.url):
        assert value is None or is_clean(value)


TARGETS: Final[dict[str, Callable[[bytes], None]]] = {
    "json": fuzz_json,
    "csv": fuzz_csv,
    "feed": fuzz_feed,
}
