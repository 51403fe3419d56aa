"""The note being written, kept while it is: a closed window or a kill costs a few seconds of it, not all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, cast

import yaml

from kashaf.errors import KashafError
from kashaf.notes.codec import target_document, target_from
from kashaf.notes.model import CONFIDENCES, KINDS, STATUSES, Confidence, Kind, Status, Target
from kashaf.storage.atomic import ensure_dir, unlink, write_text
from kashaf.yaml_safe import load_yaml

FILE = "draft.yaml"

# In plain Python a long note takes long enough for the keys to falter.
_Dumper: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A draft and what it is about. note: the id of the note it changes; empty for a new one.

    kind: empty while nobody chose one.
    """

    target: Target
    note: str
    body: str
    tags: tuple[str, ...]
    kind: Kind | Literal[""] = ""
    confidence: Confidence = ""
    status: Status = "open"


def load(state: Path) -> Unfinished | None:
    """The draft that was left, if there is one that can be read."""
    path = state / FILE
    try:
        value = load_yaml(path.read_text(encoding="utf-8"), where=str(path))
        return _read(value, str(path)) if isinstance(value, dict) else None
    except (OSError, UnicodeDecodeError, KashafError):
        return None


def _read(value: Mapping[object, object], where: str) -> Unfinished | None:
    note, body, tags = value.get("note"), value.get("body"), value.get("tags")
    kind, confidence, status = value.get("kind", ""), value.get("confidence", ""), value.get("status", "open")
    if not isinstance(note, str) or not isinstance(body, str) or not isinstance(tags, list):
        return None
    if kind not in ("", *KINDS) or confidence not in CONFIDENCES or status not in STATUSES:
        return None
    return Unfinished(
        target_from(value.get("target"), where=where),
        note,
        body,
        tuple(tag for tag in tags if isinstance(tag, str)),
        cast('Kind | Literal[""]', kind),
        confidence,
        status,
    )


def save(state: Path, draft: Unfinished) -> None:
    """Keep it. Raises DiskTrouble."""
    ensure_dir(state)
    document = {
        "note": draft.note,
        "body": draft.body,
        "tags": list(draft.tags),
        "kind": draft.kind,
        "confidence": draft.confidence,
        "status": draft.status,
        "target": target_document(draft.target),
    }
    text = yaml.dump(document, Dumper=_Dumper, allow_unicode=True, sort_keys=False)
    # Written every other second while somebody types: whole or not at all, but without waiting for the disk.
    write_text(state / FILE, "# A note that was being written. Kept by the app.\n" + text, durable=False)


def clear(state: Path) -> None:
    """There is no draft any more. Raises DiskTrouble."""
    if (state / FILE).exists():
        unlink(state / FILE)
