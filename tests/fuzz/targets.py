"""Every reader under fuzz: the `fuzz_*` functions of the modules beside this one, and the files to begin with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Final

from tests.fuzz.packages import PARTS, SAMPLE, part, unzipped

Target = Callable[[bytes], None]

_HERE: Final = Path(__file__).parent
# Which seeds are of use to a target beside a few of everything, by suffix.
_SUFFIXES: Final[Mapping[str, tuple[str, ...]]] = {
    "fuzz_html": (".html",), "fuzz_mhtml": (".mhtml",), "fuzz_mail": (".eml", ".mbox"), "fuzz_pdf": (".pdf",),
    "fuzz_docx": (".docx",), "fuzz_odt": (".odt",), "fuzz_epub": (".epub",), "fuzz_json": (".jsonl",),
    "fuzz_csv": (".csv", ".tsv"), "fuzz_feed": (".xml", ".atom"), "fuzz_containers": (".zip", ".gz", ".mbox"),
    "fuzz_markdown": (".md",),
}  # fmt: skip


@cache
def targets() -> Mapping[str, Target]:
    """The targets by name. Each takes any bytes, and raises for a fault of ours alone."""
    found: dict[str, Target] = {}
    for path in sorted(_HERE.glob("targets_*.py")):
        module = import_module(f"tests.fuzz.{path.stem}")
        found |= {name: value for name, value in vars(module).items() if name.startswith("fuzz_")}
    return found


def seeds(name: str) -> tuple[bytes, ...]:
    """Files to mutate for a target: those of its formats or parts of them, else the texts of the sample corpus."""
    if name in PARTS:
        return (part(name),)
    wanted = _SUFFIXES.get(name, (".txt",))
    paths = (path for path in sorted(SAMPLE.rglob("*")) if path.suffix in wanted)
    return tuple(data for path in paths for data in unzipped(path))
