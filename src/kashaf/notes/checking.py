"""Every note against the articles and the files as they are now."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TypeAlias, get_args

from kashaf.errors import DiskTrouble, NotFound, StoreDamaged
from kashaf.notes.anchoring import Anchor, State, anchor_of
from kashaf.notes.model import ArticleTarget, Note, WordsTarget

if TYPE_CHECKING:
    from kashaf.corpus.article import Article
    from kashaf.corpus.catalogue import Catalogue
    from kashaf.workspace import Workspace

#: As of anchors; missing: the article is not in the workspace.
CheckedState: TypeAlias = Literal["exact", "moved", "changed", "orphan", "missing"]
#: From the best to the worst.
STATES: Final[tuple[CheckedState, ...]] = get_args(CheckedState)

#: intact: the raw bytes are those of the catalogue, and an article can be read of them again. damaged: the
#: workspace's copy holds other bytes, or the disk refuses it. missing: neither a copy nor the linked file is there.
#: unreadable: the bytes no longer yield the article. unknown: the catalogue does not have the article.
FileState: TypeAlias = Literal["intact", "damaged", "missing", "unreadable", "unknown"]

#: other file: the article is now made of another file than the note was. other text: what is read of the file now
#: is not the text that the workspace searches and shows. The rest as of `FileState`.
Problem: TypeAlias = Literal["damaged", "missing", "unreadable", "unknown", "other file", "other text"]


@dataclass(frozen=True, slots=True)
class Original:
    """The file of an article, read again. The hashes are of its bytes and of the text read of them, or empty."""

    state: FileState
    raw_sha256: str = ""
    text_sha256: str = ""


@dataclass(frozen=True, slots=True)
class Checked:
    """A note and what was found.

    state: the worse of its two ends. anchor: of its target; other: of the other end of a link.
    now, other_now: the words that stand there now, empty without a place.
    problems: with the files behind it; they leave the state as it is.
    """

    note: Note
    state: CheckedState
    anchor: Anchor
    other: Anchor | None = None
    now: str = ""
    other_now: str = ""
    problems: tuple[Problem, ...] = ()


def check(
    notes: Iterable[Note],
    article: Callable[[str], Article | None],
    originals: Mapping[str, Original] | None = None,
) -> Iterator[Checked]:
    """Every note, in the order given: keep the notes of an article together, and it is asked for once.

    article: by id, as it is now; None when it is not there. originals: by article id, from `reread`; without
    them the files are not looked at. Raises what `article` raises.
    """
    held = _Held(article)
    for note in notes:
        anchor, found = held.anchor(note.target)
        other, other_found = held.anchor(note.other) if note.other else (None, None)
        states = [_state(anchor), *([_state(other)] if other else [])]
        yield Checked(
            note,
            max(states, key=STATES.index),
            anchor,
            other,
            now=_words(anchor, found),
            other_now=_words(other, other_found) if other else "",
            problems=_problems(note, held, originals) if originals is not None else (),
        )


def reread(
    workspace: Workspace,
    catalogue: Catalogue,
    article_ids: Collection[str],
    on_progress: Callable[[int, int, str], None] = lambda _done, _total, _path: None,
) -> dict[str, Original]:
    """Hash the files of these articles, and read them again; a file of many articles once for all of them.

    on_progress: articles done, articles in all, and the path of the one at hand.
    """
    from kashaf.corpus.loading import load_articles  # noqa: PLC0415 -- readers are heavy

    entries = [entry for known in sorted(set(article_ids)) if (entry := catalogue.get(known)) is not None]
    found = dict.fromkeys(article_ids, Original("unknown"))
    for number, (entry, outcome) in enumerate(load_articles(workspace, catalogue, entries), 1):
        raw = entry.current.raw_sha256
        match outcome:
            case StoreDamaged() | DiskTrouble():
                found[entry.id] = Original("damaged")
            case NotFound():
                found[entry.id] = Original("missing")
            case Exception():
                found[entry.id] = Original("unreadable", raw)
            case read:
                found[entry.id] = Original("intact", raw, read.text_sha256)
        on_progress(number, len(entries), entry.current.path)
    return found


class _Held:
    """The articles of the note at hand: the last one asked for is the one most likely asked for again."""

    def __init__(self, article: Callable[[str], Article | None]) -> None:
        self._article = article
        self._last: dict[str, Article | None] = {}

    def get(self, article_id: str) -> Article | None:
        if article_id not in self._last:
            if len(self._last) > 1:  # the two ends of a link
                self._last.clear()
            self._last[article_id] = self._article(article_id)
        return self._last[article_id]

    def anchor(self, target: object) -> tuple[Anchor, Article | None]:
        if isinstance(target, WordsTarget | ArticleTarget):
            found = self.get(target.article_id)
            return anchor_of(target, found), found
        return Anchor("exact"), None


def _state(anchor: Anchor) -> CheckedState:
    return "missing" if anchor.why == "missing" else anchor.state


def _words(anchor: Anchor, article: Article | None) -> str:
    return "" if article is None or anchor.start is None else article.text[anchor.start : anchor.end]


def _problems(note: Note, held: _Held, originals: Mapping[str, Original]) -> tuple[Problem, ...]:
    found: dict[Problem, None] = {}
    for target in (note.target, note.other):
        if not isinstance(target, WordsTarget | ArticleTarget):
            continue
        original = originals.get(target.article_id, Original("unknown"))
        article = held.get(target.article_id)
        if original.state != "intact":
            found[original.state] = None
        if article is not None and original.text_sha256 not in ("", article.text_sha256):
            found["other text"] = None
        if original.raw_sha256 and target.source_sha256 not in ("", original.raw_sha256):
            found["other file"] = None
    return tuple(found)


__all__ = [
    "STATES",
    "Checked",
    "CheckedState",
    "FileState",
    "Original",
    "Problem",
    "State",
    "check",
    "reread",
]
