"""A generation of ours as an index of Whoosh's: for its searcher, its queries, sorting and facets. Read-only."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Literal, Self

from whoosh import query
from whoosh.index import Index
from whoosh.reading import EmptyReader, MultiReader, SegmentReader

from kashaf_index import opening
from kashaf_index.codec.whoosh import ArraySegment
from kashaf_index.codec.whoosh_schema import generation_schema
from kashaf_index.generations.manifest import Manifest


class WhooshIndex(Index):  # type: ignore[misc]  # Whoosh has no types
    """The current generation in `index_dir`, whose table of contents is its manifest.

    Every reader opens the files anew and gives them back when it is closed. Raises IndexMissing and IndexDamaged.
    """

    def __init__(self, index_dir: Path) -> None:
        self._dir = index_dir
        self._manifest: Manifest = opening.checked_manifest(index_dir)
        self.schema = generation_schema()

    def latest_generation(self) -> int:
        return int(opening.read_manifest(self._dir).generation.removeprefix("gen-"))

    def up_to_date(self) -> bool:
        return opening.read_manifest(self._dir) == self._manifest

    def refresh(self) -> Self:
        return self if self.up_to_date() else type(self)(self._dir)

    def is_empty(self) -> bool:
        return not self._manifest.segments

    def reader(self, reuse: Any = None) -> Any:
        del reuse
        folder = self._dir / self._manifest.generation
        generation = int(self._manifest.generation.removeprefix("gen-"))
        readers = [
            SegmentReader(
                None,
                self.schema,
                ArraySegment("gen", file.path.stem, file.size, deleted, file, owned=True),
                generation=generation,
            )
            for file, deleted in opening.open_segments(folder, self._manifest)
        ]
        if not readers:
            return EmptyReader(self.schema)
        return readers[0] if len(readers) == 1 else MultiReader(readers, generation=generation)


def count_by_whoosh(
    index_dir: Path, asked: Iterable[tuple[Literal["all", "row"], tuple[bytes, ...]]]
) -> list[int]:
    """How many articles Whoosh's own searcher finds whose text holds all of the terms, or has them in a row.

    For who wants a second opinion on what the engine finds. Raises IndexMissing and IndexDamaged.
    """
    counts: list[int] = []
    with WhooshIndex(index_dir).searcher() as searcher:
        for how, terms in asked:
            texts = [term.decode("utf-8") for term in terms]
            in_a_row = how == "row" and len(texts) > 1
            tree = (
                query.Phrase("text", texts)
                if in_a_row
                else query.And([query.Term("text", text) for text in texts])
            )
            counts.append(sum(1 for _ in searcher.docs_for_query(tree)))
    return counts
