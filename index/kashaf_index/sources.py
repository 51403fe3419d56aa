"""Which folders and files an import reads, and which of them are the workspace's own."""

from __future__ import annotations

import os
from pathlib import Path

from kashaf.corpus.catalogue import Catalogue
from kashaf.workspace import CONFIG_NAME, Workspace


def known_sources(workspace: Workspace, catalogue: Catalogue) -> list[Path]:
    """What `kashaf index` without arguments reads: the sources of kashaf.yaml, then those imported before."""
    configured = [absolute(workspace.root / _expanded(source)) for source in workspace.settings.sources]
    imported = [Path(source.root) for source in catalogue.sources.values()]
    return list(dict.fromkeys([*configured, *imported]))


def absolute(path: Path) -> Path:
    """The path from the root and without `..`: one folder is one source, from wherever it is named."""
    plain = Path(os.path.abspath(path))  # noqa: PTH100 -- resolve() would follow a link that the user chose
    if ".." not in path.parts or not path.exists() or (plain.exists() and plain.samefile(path)):
        return plain
    return path.resolve()  # behind a link, `..` is another folder than the path says


def is_own(workspace: Workspace, root: Path) -> bool:
    """Whether `root` is the workspace, or what Kashaf keeps in it; another folder in it may well be a source."""
    # Not Path.resolve, which raises for a link that leads to itself.
    place, home = Path(os.path.realpath(root)), Path(os.path.realpath(workspace.root))
    kept = (
        workspace.root / CONFIG_NAME, workspace.names_file, workspace.codebook_file, workspace.catalogue,
        workspace.originals, workspace.notes_file.parent, workspace.state, workspace.derived,
    )  # fmt: skip
    return place == home or any(place.is_relative_to(home / path.name) for path in kept)


def _expanded(source: str) -> Path:
    try:
        return Path(source).expanduser()
    except RuntimeError:  # `~name` of nobody here
        return Path(source)
