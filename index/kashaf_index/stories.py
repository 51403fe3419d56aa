"""Stories of what the index holds: kept up to date after an import, and counted over the documents of a search."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from kashaf.corpus import stories
from kashaf.corpus.stories import Refreshed, StoryArticle
from kashaf_index.search import Searcher

if TYPE_CHECKING:
    from kashaf.corpus.catalogue import Catalogue
    from kashaf.workspace import Workspace

__all__ = ["Refreshed", "refresh"]


def refresh(
    workspace: Workspace,
    catalogue: Catalogue,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Refreshed:
    """Compare the articles of the newest generation that are new, changed or differently dated; forget what is gone.

    A store that is missing or damaged is made again. Under the import's lock. progress: articles or texts done, and
    how many there are to do. Raises Cancelled, with the store as it was; DiskTrouble, IndexMissing, IndexDamaged.
    """
    known = stories.known(workspace.stories)
    with Searcher.open(workspace.index) as searcher:
        present = _present(searcher, catalogue)
        waiting = [id_ for id_, facts in present.items() if known.get(id_) != facts]
        gone = known.keys() - present.keys()
        if known and not waiting and not gone:
            kept = stories.Stories.load(workspace.stories)
            return Refreshed(kept.articles, kept.count, 0, 0, ())

        def articles() -> Iterator[StoryArticle]:
            for done, id_ in enumerate(waiting):
                progress(done, len(waiting))
                yield StoryArticle(id_, searcher.article(id_).text, *present[id_])

        return stories.update(workspace.stories, articles(), gone, progress, cancelled)


def _present(searcher: Searcher, catalogue: Catalogue) -> dict[str, tuple[str, str, str]]:
    """Article id to the facts that `stories.known` knows of it."""
    revisions = searcher.revisions()
    found: dict[str, tuple[str, str, str]] = {}
    with searcher.reading() as reader:
        for id_, doc in reader.numbers.items():
            day = reader.dates[doc]
            published = f"{day // 10_000:04d}-{day // 100 % 100:02d}-{day % 100:02d}" if day else ""
            entry = catalogue.get(id_)
            imported = entry.revisions[0].imported if entry and entry.revisions else ""
            found[id_] = revisions[id_], published, imported
    return found
