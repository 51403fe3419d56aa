"""What lies in packed files: bytes gone wrong there reach a reader, those gone wrong outside stop at a checksum."""

from __future__ import annotations

import gzip
import io
import zipfile
from functools import cache
from pathlib import Path
from typing import Final

SAMPLE: Final = Path(__file__).parents[2] / "sample_corpus"
#: Target to the package of the sample corpus whose part is fuzzed.
PARTS: Final = {
    "fuzz_docx_part": ("marsad/flu-season.docx", "word/document.xml"),
    "fuzz_odt_part": ("mizan/prices-week-47.odt", "content.xml"),
    "fuzz_epub_part": ("kharait/bulletin-12.epub", "OEBPS/chapter2.xhtml"),
    "fuzz_epub_list": ("kharait/bulletin-12.epub", "OEBPS/content.opf"),
}


def part(name: str) -> bytes:
    """The part as it is."""
    return dict(_entries(name))[PARTS[name][1]]


def package(name: str, data: bytes) -> bytes:
    """The package with `data` in the place of its part."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for entry, sound in _entries(name):
            archive.writestr(entry, data if entry == PARTS[name][1] else sound)
    return buffer.getvalue()


def unzipped(path: Path) -> tuple[bytes, ...]:
    """The file as it is, and what it holds when it is one of gzip."""
    data = path.read_bytes()
    return (data, gzip.decompress(data)) if path.suffix == ".gz" else (data,)


@cache
def _entries(name: str) -> tuple[tuple[str, bytes], ...]:
    with zipfile.ZipFile(SAMPLE / PARTS[name][0]) as archive:
        return tuple((one.filename, archive.read(one)) for one in archive.infolist())
