"""Articles as a segment stores them: what is kept, and what is refused."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.index_corpus import make_article

from kashaf.corpus.article import KINDS, Article, Evidence, Metadata, Provenance, RemovedLine
from kashaf.errors import IndexDamaged
from kashaf_index.codec.segment import SegmentFile, SegmentWriter
from kashaf_index.stored import article_of, dump_article, load_article

PLAIN = make_article("port", "ميناء", "وصلت السفينة.", outlet="المرفأ", published=date(2025, 1, 2))
FULL = replace(
    PLAIN,
    kinds=KINDS,
    metadata=Metadata(
        title="ميناء",
        outlet="المرفأ",
        author="مراسل",
        published=date(1, 2, 3),
        published_evidence="line 3",
        language="ar-EG",
        url="https://example.org/ق?a=b",
        standfirst="مدخل",
        updated=date(9999, 12, 31),
        dateline="القاهرة (وكالات)",
        evidence=(Evidence("title", "line 1", 0.5, (0, 5)), Evidence("updated", 'meta: x"\\\n', 1)),
    ),
    provenance=Provenance(
        path="م/a.txt",
        member="mbox:3",
        sha256="ab" * 32,
        encoding="windows-1256",
        confidence=0.1 + 0.2,
        warnings=("واحد", "two"),
        removed=(RemovedLine("اقرأ أيضاً", 7, "related link", 9),),
        container="أرشيف.zip",
        container_sha256="cd" * 32,
        scope="outlet:المرفأ",
    ),
)


@pytest.mark.parametrize("article", [PLAIN, FULL, replace(PLAIN, text="", body_start=0, kinds=())])
def test_an_article_comes_back_whole(article: Article) -> None:
    assert load_article(dump_article(article)) == article


def test_every_field_but_the_stamp_is_told_apart() -> None:
    # A class that grows must be written by hand in `load_article`: this fails until it is.
    assert len(json.loads(dump_article(FULL))) == len(fields(Article)) - 1
    assert all(getattr(FULL, one.name) != one.default for one in fields(Article) if one.name != "stamp")
    for part, kind in ((FULL.metadata, Metadata), (FULL.provenance, Provenance)):
        assert all(getattr(part, one.name) != one.default for one in fields(kind))
    assert load_article(dump_article(replace(FULL, stamp="x"))) == FULL


def test_equal_articles_are_equal_bytes_and_arabic_is_not_escaped() -> None:
    made = dump_article(FULL)
    assert made == dump_article(load_article(made))
    assert "ميناء".encode() in made
    assert b"\\u" not in made


def test_a_lone_surrogate_is_no_reason_to_lose_an_article() -> None:
    odd = replace(FULL, provenance=replace(FULL.provenance, path="a\udcffب.txt"))
    assert dump_article(odd).isascii()
    assert load_article(dump_article(odd)) == odd


def _changed(path: tuple[str, ...], value: object) -> bytes:
    made: Any = json.loads(dump_article(FULL))
    inside = made
    for key in path[:-1]:
        inside = inside[int(key) if isinstance(inside, list) else key]
    if value is None:
        del inside[path[-1]]
    else:
        inside[path[-1]] = value
    return json.dumps(made).encode()


@pytest.mark.parametrize(
    "stored",
    [
        b"",
        b"[]",
        b"null",
        b"7",
        b"{}",
        b'"text"',
        b"\xff",
        b"{" * 5000,
        b"[" * 5000 + b"]" * 5000,
        b"[" * 100_000,
        dump_article(FULL)[:-1],
        dump_article(FULL) + b"}",
        _changed(("id",), 7),
        _changed(("id",), None),
        _changed(("more",), "x"),
        _changed(("text",), ["a"]),
        _changed(("body_start",), True),
        _changed(("body_start",), "0"),
        _changed(("kinds",), "tx"),
        _changed(("kinds",), ["t"]),
        _changed(("metadata",), "x"),
        _changed(("metadata", "title"), None),
        _changed(("metadata", "outlet"), 3),
        _changed(("metadata", "published"), "2025-13-01"),
        _changed(("metadata", "published"), 20250101),
        _changed(("metadata", "more"), 1),
        _changed(("metadata", "evidence"), {}),
        _changed(("metadata", "evidence", "0", "field"), "other"),
        _changed(("metadata", "evidence", "0", "field"), ["title"]),
        _changed(("metadata", "evidence", "0", "span"), [1, 2, 3]),
        _changed(("metadata", "evidence", "0", "span"), [1, 2.5]),
        _changed(("metadata", "evidence", "0", "confidence"), "1"),
        _changed(("metadata", "evidence"), [{"field": "title"}]),
        _changed(("provenance", "warnings"), "a"),
        _changed(("provenance", "warnings"), [1]),
        _changed(("provenance", "removed"), [["a", 1, "b", 0]]),
        _changed(("provenance", "removed", "0", "line"), 1.5),
        _changed(("provenance", "scope"), None),
    ],
)
def test_what_was_not_written_is_refused(stored: bytes) -> None:
    with pytest.raises((ValueError, KeyError, TypeError)):
        load_article(stored)


def test_a_segment_whose_article_is_none_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "a.seg"
    writer = SegmentWriter(path)
    writer.documents = 2
    writer.stored.append(dump_article(PLAIN))
    writer.stored.append(b"{}")
    writer.finish()
    with SegmentFile.open(path) as segment:
        assert article_of(segment, 0) == PLAIN
        with pytest.raises(IndexDamaged) as caught:
            article_of(segment, 1)
    assert caught.value.where == str(path)
