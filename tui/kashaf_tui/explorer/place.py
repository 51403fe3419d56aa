"""Where the analyst was, kept in the workspace so that the next start begins there."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

import yaml

from kashaf.errors import KashafError
from kashaf.storage.atomic import ensure_dir, write_text
from kashaf.yaml_safe import load_yaml

FILE = "explorer.yaml"
_LISTS = ("filters", "codes")


@dataclass(frozen=True, slots=True)
class LastPlace:
    """The query and its settings, the article and the offset of the caret in it, the pane, and the looks.

    filters: those of the search, in the language of queries. codes: the tags given last. A look is empty where
    kashaf.yaml decides.
    """

    query: str = ""
    filters: tuple[str, ...] = ()
    rung: str = "stem"
    match: str = "all"
    sort: str = "relevance"
    grouped: bool = False
    article: str = ""
    caret: int = 0
    pane: str = "search"
    tab: str = "entities"
    theme: str = "textual-dark"
    tashkeel: str = ""
    language: str = ""
    digits: str = ""
    keyboard: str = ""
    codes: tuple[str, ...] = ()


def load(state: Path) -> LastPlace:
    """What was kept, or the beginning. A file that cannot be read is no reason not to start."""
    path = state / FILE
    try:
        value = load_yaml(path.read_text(encoding="utf-8"), where=str(path))
    except (OSError, UnicodeDecodeError, KashafError):
        return LastPlace()
    if not isinstance(value, dict):
        return LastPlace()
    for name in _LISTS:
        if isinstance(value.get(name), list):
            value[name] = tuple(item for item in value[name] if isinstance(item, str))
    known = {field.name: type(field.default) for field in fields(LastPlace)}
    kept: dict[str, Any] = {key: item for key, item in value.items() if known.get(key) is type(item)}
    return LastPlace(**kept)


def save(state: Path, place: LastPlace) -> None:
    """Keep it. Raises DiskTrouble."""
    ensure_dir(state)
    text = yaml.safe_dump(
        {**asdict(place), **{name: list(getattr(place, name)) for name in _LISTS}},
        allow_unicode=True,
        sort_keys=False,
    )
    write_text(state / FILE, "# Where the explorer was left. Written by the app.\n" + text)
