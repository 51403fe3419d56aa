"""The analyst's corrections of an article's metadata, from the catalogue to the index."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from kashaf.corpus.corrections import CorrectedField, Correction
from kashaf.errors import NotFound
from kashaf.storage.lock import Lock
from kashaf_index.update import Updated, reread

if TYPE_CHECKING:
    from kashaf.corpus.catalogue import Catalogue
    from kashaf.workspace import Workspace


def correct(
    workspace: Workspace,
    catalogue: Catalogue,
    article_id: str,
    corrections: Sequence[Correction] = (),
    forget: Sequence[CorrectedField] = (),
) -> Updated:
    """Keep `corrections` in the catalogue, take back those of the fields in `forget`, and index the article again.

    The catalogue is durable before the index is touched; a kill between them is made up for by the next update.
    Raises NotFound, Locked and DiskTrouble.
    """
    changed = {*forget, *(one.field for one in corrections)}
    with Lock(workspace.catalogue, "correcting an article"):
        catalogue.reload()
        entry = catalogue.get(article_id)
        if entry is None:
            raise NotFound("no such article", where=article_id, cure="See its id in the results")
        kept = tuple(one for one in entry.corrections if one.field not in changed)
        catalogue.put(replace(entry, corrections=(*kept, *corrections)))
        catalogue.save()
    return reread(workspace, catalogue, [article_id])
