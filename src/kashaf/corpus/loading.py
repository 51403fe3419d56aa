"""Articles read again from their originals: what makes the index and the mentions derived data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import groupby
from pathlib import Path

from kashaf.corpus.article import Article, Draft
from kashaf.corpus.catalogue import Catalogue, Entry
from kashaf.corpus.identity import text_sha256
from kashaf.corpus.originals import Originals
from kashaf.corpus.readers import Member
from kashaf.corpus.reading import read
from kashaf.errors import BadInput, KashafError, NotFound
from kashaf.workspace import Workspace


def identified(article_id: str, draft: Draft) -> Article:
    """The draft with its identity."""
    return Article(
        id=article_id,
        text=draft.text,
        metadata=draft.metadata,
        provenance=draft.provenance,
        body_start=draft.body_start,
        kinds=draft.kinds,
        text_sha256=text_sha256(draft.text),
    )


def load_article(workspace: Workspace, catalogue: Catalogue, entry: Entry) -> Article:
    """The article's current revision.

    Raises NotFound when it was linked and its source is not there, BadInput when its bytes no longer yield it,
    StoreDamaged when the original on disk is not what was imported.
    """
    ((_, outcome),) = load_articles(workspace, catalogue, [entry])
    if isinstance(outcome, KashafError):
        raise outcome
    return outcome


def load_articles(
    workspace: Workspace, catalogue: Catalogue, entries: Iterable[Entry]
) -> Iterator[tuple[Entry, Article | KashafError]]:
    """`load_article` for many, with what it would raise; a file of many articles is read once for all of them."""
    originals = Originals(workspace.originals)
    for (raw_sha256, path), group in groupby(sorted(entries, key=_file_of), key=_file_of):
        its_entries = list(group)
        try:
            data = originals.read(raw_sha256)
            if data is None:
                yield from _load_linked(catalogue, its_entries)
                continue
            members = {member.key: member for member in read(path, data).members}
        except KashafError as error:
            yield from ((entry, error) for entry in its_entries)
            continue
        for entry in its_entries:
            member = members.get(entry.current.member)
            yield entry, identified(entry.id, member.draft) if member else _no_longer(entry)


def _file_of(entry: Entry) -> tuple[str, str]:
    return entry.current.raw_sha256, entry.current.path


def _load_linked(
    catalogue: Catalogue, entries: Iterable[Entry]
) -> Iterator[tuple[Entry, Article | KashafError]]:
    """From where the sources lie now. A file of many may have changed around an article whose bytes are the same."""
    files: dict[Path, Mapping[str, Member]] = {}
    for entry in entries:
        revision = entry.current
        member: Member | None = None
        for path in _paths(catalogue, entry):
            if path not in files:
                files[path] = _members_by_bytes(path, revision.path)
            if member := files[path].get(revision.member_sha256):
                break
        if member is None:
            yield (
                entry,
                NotFound(
                    "its source is not there", where=revision.path, cure="Plug the source in and index again"
                ),
            )
        else:
            # The file's hash and place are those of the catalogue, or the index would never agree with it.
            provenance = replace(member.draft.provenance, sha256=revision.raw_sha256, member=revision.member)
            yield entry, identified(entry.id, replace(member.draft, provenance=provenance))


def _paths(catalogue: Catalogue, entry: Entry) -> Iterator[Path]:
    for place in sorted(entry.places):
        source = catalogue.sources.get(place.source)
        if source is not None:
            root = Path(source.root)
            yield root / place.path if root.is_dir() else root


def _members_by_bytes(path: Path, path_name: str) -> Mapping[str, Member]:
    try:
        return {member.sha256: member for member in read(path_name, path.read_bytes()).members}
    except (OSError, BadInput):
        return {}


def _no_longer(entry: Entry) -> BadInput:
    return BadInput(
        "the file no longer yields this article", where=entry.current.path, cure="Index its source again"
    )
