"""Small workspaces whose articles have been read for entities."""

from __future__ import annotations

from pathlib import Path

from kashaf.workspace import create
from kashaf_index.mentions import update_mentions
from kashaf_index.update import update
from kashaf_tui.session import Session


def read_case(folder: Path, texts: dict[str, str], names: str = "") -> Session:
    """A workspace in `folder/case` of these articles by file name, under these hand-written names."""
    sources = []
    for name, text in texts.items():
        path = folder / f"{name}.txt"
        path.write_text(text, "utf-8")
        sources.append(path)
    workspace = create(folder / "case")
    if names:
        workspace.names_file.write_text(names, "utf-8")
    session = Session(workspace.root)
    update(workspace, session.catalogue, sources)
    update_mentions(session.searcher, session.mentions, session.name_book)
    return session
