"""Articles read again from their originals: what makes the index and the mentions derived data."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import Final

from kashaf.corpus.article import Article, Draft
from kashaf.corpus.catalogue import Catalogue, Entry, Revision
from kashaf.corpus.corrections import corrected
from kashaf.corpus.identity import text_sha256
from kashaf.corpus.lines import article_scope
from kashaf.corpus.options import ReadOptions
from kashaf.corpus.originals import Originals
from kashaf.corpus.readers import Member
from kashaf.corpus.reading import articles, read
from kashaf.errors import BadInput, KashafError, NotFound
from kashaf.workspace import Workspace

#: Raised when the readers would make another text of the same bytes, so that every article is read again.
READING: Final = 1


def identified(entry: Entry, draft: Draft, options: ReadOptions) -> Article:
    """The draft with its identity, the analyst's corrections, and the stamp of what it was read under."""
    return Article(
        id=entry.id,
        text=draft.text,
        metadata=corrected(draft.metadata, entry.corrections),
        provenance=draft.provenance,
        body_start=draft.body_start,
        kinds=draft.kinds,
        text_sha256=text_sha256(draft.text),
        stamp=reading_stamp(entry, draft.provenance.scope, options),
    )


def reading_stamp(entry: Entry, scope: str, options: ReadOptions) -> str:
    """Short, and another one when the readers, the article's corrections, or decisions about its lines are others."""
    current = entry.current
    lines = options.lines.stamp(article_scope(current.raw_sha256, current.member), scope)
    said = [f"{one.field}={one.value}" for one in sorted(entry.corrections, key=lambda one: one.field)]
    said += [f"{role}: {' '.join(names)}" for role, names in sorted(options.fields.items())]
    return hashlib.sha256("\n".join([str(READING), lines, *said]).encode("utf-8", "replace")).hexdigest()[:16]


def load_article(
    workspace: Workspace, catalogue: Catalogue, entry: Entry, options: ReadOptions | None = None
) -> Article:
    """The article's current revision.

    Raises NotFound when it was linked and its source is not there, BadInput when its bytes no longer yield it,
    StoreDamaged when the original on disk is not what was imported.
    """
    ((_, outcome),) = load_articles(workspace, catalogue, [entry], options)
    if isinstance(outcome, KashafError):
        raise outcome
    return outcome


def with_everything(workspace: Workspace, catalogue: Catalogue, article: Article) -> Article:
    """The article with all that its file holds around it among what was removed, which readers leave out.

    As it is when its file is not there, or another text would be read of it now; and when it is one record of a file
    of many, which has no page around it and would have to be searched for in a file of any size.
    """
    entry = catalogue.get(article.id)
    if entry is None or entry.current.member:
        return article
    try:
        whole = load_article(workspace, catalogue, entry, replace(ReadOptions.of(workspace), everything=True))
    except KashafError:
        return article
    if whole.text != article.text:
        return article
    provenance = replace(article.provenance, removed=whole.provenance.removed)
    return replace(article, provenance=provenance)


def load_articles(
    workspace: Workspace, catalogue: Catalogue, entries: Iterable[Entry], options: ReadOptions | None = None
) -> Iterator[tuple[Entry, Article | KashafError]]:
    """`load_article` for many, with what it would raise; a file of many articles is read once for all of them.

    options: as of the workspace, when they are not given.
    """
    options = options or ReadOptions.of(workspace)
    originals = Originals(workspace.originals)
    for (raw_sha256, _), group in groupby(sorted(entries, key=_file_of), key=_file_of):
        waiting = {entry.current.member: entry for entry in group}
        revision = next(iter(waiting.values())).current
        try:
            with originals.opened(raw_sha256) as data:
                if data is None:
                    yield from _load_linked(catalogue, waiting.values(), options)
                    continue
                found = articles(revision.path, data, raw_sha256, options, revision.hints)
                for member in found:
                    if isinstance(member, Member) and (entry := waiting.pop(member.key, None)):
                        yield entry, identified(entry, from_container(member.draft, revision), options)
                    if not waiting:
                        break
        except KashafError as error:
            yield from ((entry, error) for entry in waiting.values())
        else:
            yield from ((entry, _no_longer(entry)) for entry in waiting.values())


def _file_of(entry: Entry) -> tuple[str, str]:
    return entry.current.raw_sha256, entry.current.path


def from_container(draft: Draft, revision: Revision) -> Draft:
    """The draft of a file that lay in an archive, which its provenance then names; any other draft as it is."""
    if not revision.container:
        return draft
    kept = replace(draft.provenance, container=revision.container, container_sha256=revision.container_sha256)
    return replace(draft, provenance=kept)


def _load_linked(
    catalogue: Catalogue, entries: Iterable[Entry], options: ReadOptions
) -> Iterator[tuple[Entry, Article | KashafError]]:
    """From where the sources lie now. A file of many may have changed around an article whose bytes are the same."""
    files: dict[Path, Mapping[str, Member]] = {}
    for entry in entries:
        revision = entry.current
        member: Member | None = None
        for path in _paths(catalogue, entry):
            if path not in files:
                files[path] = _members_by_bytes(path, revision.path, options)
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
            yield entry, identified(entry, replace(member.draft, provenance=provenance), options)


def _paths(catalogue: Catalogue, entry: Entry) -> Iterator[Path]:
    for place in sorted(entry.places):
        source = catalogue.sources.get(place.source)
        if source is not None:
            root = Path(source.root)
            yield root / place.path if root.is_dir() else root


def _members_by_bytes(path: Path, path_name: str, options: ReadOptions) -> Mapping[str, Member]:
    try:
        return {member.sha256: member for member in read(path_name, path.read_bytes(), options).members}
    except (OSError, BadInput):
        return {}


def _no_longer(entry: Entry) -> BadInput:
    return BadInput(
        "the file no longer yields this article", where=entry.current.path, cure="Index its source again"
    )
