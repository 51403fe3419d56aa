"""An index that Whoosh's own writer writes through our codec: its table of contents is JSON, its schema is given."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Self

from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC, FileIndex, clean_files
from whoosh.writing import SegmentWriter

from kashaf_index.codec.whoosh import ArrayCodec, ArraySegment


class JsonToc(TOC):  # type: ignore[misc]  # Whoosh has no types
    @classmethod
    def read(cls, storage: Any, indexname: str, gen: int | None = None, schema: Any = None) -> Self:
        gen = cls._latest_generation(storage, indexname) if gen is None else gen
        path = Path(storage.folder) / cls._filename(indexname, gen)
        segments = [ArraySegment.from_json(indexname, one) for one in json.loads(path.read_text())]
        return cls(schema, segments, gen)

    def write(self, storage: Any, indexname: str) -> None:
        path = Path(storage.folder) / self._filename(indexname, self.generation)
        path.write_text(json.dumps([segment.to_json() for segment in self.segments]))


class WrittenIndex(FileIndex):  # type: ignore[misc]  # Whoosh has no types
    """In `folder`, which is there; made anew when it holds none yet."""

    def __init__(self, folder: Path, schema: Any) -> None:
        self.storage = FileStorage(str(folder))
        self.indexname = "MAIN"
        self._schema = schema
        if JsonToc._latest_generation(self.storage, self.indexname) < 0:
            JsonToc(schema, [], 0).write(self.storage, self.indexname)

    def _read_toc(self) -> JsonToc:
        return JsonToc.read(self.storage, self.indexname, schema=self._schema)

    def writer(self, procs: int = 1, **kwargs: Any) -> Any:
        return _Writer(self, codec=ArrayCodec(), **kwargs)


class _Writer(SegmentWriter):  # type: ignore[misc]  # Whoosh has no types
    def _commit_toc(self, segments: list[ArraySegment]) -> None:
        JsonToc(self.schema, segments, self.generation).write(self.storage, self.indexname)
        clean_files(self.storage, self.indexname, self.generation, segments)
