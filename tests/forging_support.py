"""Indexes that somebody changed who knows how to sign them."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tests.index_corpus import ARTICLES, make_article

from kashaf.corpus.article import Article
from kashaf.errors import IndexDamaged
from kashaf_index.build import IndexWriter
from kashaf_index.codec.container import Container
from kashaf_index.codec.damage import CURE_REBUILD
from kashaf_index.generations.manifest import CURE_OUTDATED, MANIFEST, POINTER, FileEntry, read_manifest
from kashaf_index.model import Query
from kashaf_index.search import Searcher

QUERIES = (
    "وزير",
    '"وزير الاقتصاد"',
    "زيت*",
    "وزر~",
    "outlet:الميزان",
    "date:2025-11",
    "-قسد",
    "*",
    "وزير الاقتصاد الزيت",
)
CHANGED = make_article("harbour", "إغلاق الميناء القديم", "أغلق وزير النقل الميناء القديم بسبب سعر الزيت.")


class Payload:
    """Makes a folder when it is unpickled."""

    def __init__(self, marker: Path) -> None:
        self.marker = marker

    def __reduce__(self) -> tuple[Callable[[str], None], tuple[str]]:
        return os.mkdir, (str(self.marker),)


def commit(index_dir: Path, articles: Iterable[Article]) -> None:
    """Add the articles in a segment of their own."""
    with IndexWriter(index_dir, merging=False) as writer:
        for article in articles:
            writer.put(article)
        writer.commit()


def build_in_parts(index_dir: Path) -> Path:
    """An index of two segments, in the first of which an article is deleted."""
    commit(index_dir, ARTICLES[:3])
    commit(index_dir, (CHANGED, *ARTICLES[3:]))
    # The generation before is no part of what is current.
    shutil.rmtree(index_dir / "gen-000001")
    return index_dir


def answers(index_dir: Path) -> object:
    """What the index says, all of it."""
    with Searcher.open(index_dir) as searcher:
        found = [replace(searcher.search(Query(text, facets=True)), seconds=0) for text in QUERIES]
        articles = [searcher.article(known) for known in sorted(searcher.ids())]
        return found, articles, searcher.outlets(), searcher.revisions(), searcher.count


def is_right(index_dir: Path, right: object) -> bool:
    """Whether the index answers, and then as it should; else it says what is damaged and what to do."""
    try:
        given = answers(index_dir)
    except IndexDamaged as error:
        says_what_to_do(error, index_dir)
        return False
    assert given == right
    return True


def answered(index_dir: Path) -> bool:
    """Whether the index answers anything at all; else it says what is damaged and what to do."""
    try:
        answers(index_dir)
    except IndexDamaged as error:
        says_what_to_do(error, index_dir)
        return False
    return True


def says_what_to_do(error: IndexDamaged, index_dir: Path) -> None:
    """The error names a file or folder of the index, and the cure."""
    assert Path(error.where).is_relative_to(index_dir)
    assert error.cure in {CURE_REBUILD, CURE_OUTDATED}


def change_json(path: Path, change: Callable[[Any], object]) -> None:
    """Let `change` alter the value in a file of JSON, or give another."""
    value = json.loads(path.read_bytes())
    changed = change(value)
    path.write_text(json.dumps(value if changed is None else changed))


def sign_manifest(index_dir: Path) -> None:
    """Let the pointer name the manifest that is there."""
    pointer = json.loads((index_dir / POINTER).read_bytes())
    digest = hashlib.sha256((index_dir / pointer["generation"] / MANIFEST).read_bytes()).hexdigest()
    (index_dir / POINTER).write_text(json.dumps(pointer | {"manifest_sha256": digest}))


def sign_files(index_dir: Path) -> None:
    """Let the manifest name its files as they are now, and the pointer the manifest."""
    manifest = read_manifest(index_dir)
    folder = index_dir / manifest.generation

    def entry(name: str) -> FileEntry:
        data = (folder / name).read_bytes()
        return FileEntry(name, len(data), hashlib.sha256(data).hexdigest())

    files = tuple(entry(file.name) for file in manifest.files)
    (folder / MANIFEST).write_bytes(replace(manifest, files=files).to_bytes())
    sign_manifest(index_dir)


def parts_of(path: Path) -> tuple[dict[str, NDArray[Any]], dict[str, Any], str]:
    """The arrays of a container, its description and its kind."""
    with Container.open(path) as container:
        arrays = {name: np.array(container.array(name).all()) for name in container.names}
        return arrays, dict(container.meta), container.kind
