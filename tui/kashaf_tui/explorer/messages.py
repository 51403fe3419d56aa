"""What workers tell the screen. Workers never touch widgets: they post these, and the screen owns the state."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

from kashaf.corpus.article import Article
from kashaf.entities.model import EntityRow, Reading
from kashaf.errors import KashafError
from kashaf.notes.model import Note, WordsTarget
from kashaf_index.model import Results
from kashaf_tui.explorer.engine import Opened

if TYPE_CHECKING:
    from kashaf_index.explain import Explanation
    from kashaf_index.facets import Facets
    from kashaf_tui.explorer.panes.completions import Offer
    from kashaf_tui.explorer.panes.note_rows import Standing


@dataclass
class IndexOpened(Message):
    """The index can be searched."""

    opened: Opened


@dataclass
class SearchDone(Message):
    """The results of the search with this serial number; older ones than the newest asked for are dropped."""

    serial: int
    results: Results


@dataclass
class FacetsReady(Message):
    """The facets that were asked for with this serial number."""

    serial: int
    facets: Facets


@dataclass
class Explained(Message):
    """Why the search with this serial number found nothing."""

    serial: int
    explanation: Explanation


@dataclass
class Offered(Message):
    """Completions of what stood in the search box at this serial number."""

    serial: int
    offers: tuple[Offer, ...]


@dataclass
class MoreDone(Message):
    """The next page of the results with this serial number."""

    serial: int
    results: Results


@dataclass
class ArticleReady(Message):
    """An article to read, with its hits, and the words of a note that were asked for. Mentions come later."""

    article: Article
    hits: tuple[tuple[int, int], ...]
    caret: int | None
    words: WordsTarget | None


@dataclass
class MentionsReady(Message):
    """Who and when and how many an article says."""

    article_id: str
    reading: Reading


@dataclass
class NotesChanged(Message):
    """The notes after a change (`saved`), or after the start. `word` says what was done, if that needs saying."""

    notes: tuple[Note, ...]
    saved: bool
    word: str = ""


@dataclass
class NotesShown(Message):
    """The screen shows the notes as they are: whoever waited for a change to be saved may go on."""


@dataclass
class AnchorsChecked(Message):
    """Where each note stands, by note id, after its article was looked at."""

    standings: dict[str, Standing]


@dataclass
class IndexRenewed(Message):
    """A newer index is open: another process wrote it, or an import of ours, of which `word` tells."""

    opened: Opened
    word: str = ""


@dataclass
class EntitiesRead(Message):
    """Progress of background extraction; `rows` when it is done."""

    done: int
    total: int
    rows: tuple[EntityRow, ...] | None = None

    def can_replace(self, message: Message) -> bool:
        return isinstance(message, EntitiesRead) and message.rows is None


@dataclass
class Trouble(Message):
    """An error the analyst must hear of. `about` says what it spoiled: "search", "notes", "index", "article", …"""

    error: KashafError
    about: str
    serial: int = 0
