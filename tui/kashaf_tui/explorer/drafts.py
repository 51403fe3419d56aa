"""The note being written, kept while it is: a closed window or a kill costs a few seconds of it, not all."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import yaml

from kashaf.errors import KashafError
from kashaf.storage.atomic import ensure_dir, unlink, write_text
from kashaf.yaml_safe import load_yaml

FILE = "draft.yaml"

# In plain Python a long note takes long enough for the keys to falter.
_Dumper: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A draft and what it is about: the note it changes, or else the span of an article it will be a note on."""

    article: str
    start: int
    end: int
    quote: str
    note: str
    body: str
    tags: str


def load(state: Path) -> Unfinished | None:
    """The draft that was left, if there is one that can be read."""
    path = state / FILE
    try:
        value = load_yaml(path.read_text(encoding="utf-8"), where=str(path))
    except (OSError, UnicodeDecodeError, KashafError):
        return None
    types = {"article": str, "start": int, "end": int, "quote": str, "note": str, "body": str, "tags": str}
    if not isinstance(value, dict) or {key: type(item) for key, item in value.items()} != types:
        return None
    return Unfinished(**value)


def save(state: Path, draft: Unfinished) -> None:
    """Keep it. Raises DiskTrouble."""
    ensure_dir(state)
    text = yaml.dump(asdict(draft), Dumper=_Dumper, allow_unicode=True, sort_keys=False)
    # Written every other second while somebody types: whole or not at all, but without waiting for the disk.
    write_text(state / FILE, "# A note that was being written. Kept by the app.\n" + text, durable=False)


def clear(state: Path) -> None:
    """There is no draft any more. Raises DiskTrouble."""
    if (state / FILE).exists():
        unlink(state / FILE)
