"""What accepting and rejecting lines does to the notes and the verdicts: run on the thread of the notes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kashaf.corpus.article import Article
from kashaf.errors import KashafError, NotFound
from kashaf.notes.anchoring import resolve
from kashaf.notes.model import NewNote, Note, WordsTarget
from kashaf_tui.explorer.marking import Span, unit_at
from kashaf_tui.explorer.verdicts import Decision, LineKey, Verdict, Verdicts

if TYPE_CHECKING:
    from kashaf.notes.store import NoteStore

Decisions = Mapping[LineKey, Decision | None]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A note to be made on words of an article, and the lines that it is the note of."""

    article: Article
    span: Span
    keys: tuple[LineKey, ...]
    target: WordsTarget


@dataclass(frozen=True, slots=True)
class Deed:
    """What a key did. notes: whether notes were changed, by one change. kept: notes that a verdict let stay."""

    before: Decisions
    after: Decisions
    notes: bool
    kept: int = 0


def sentence_of(text: str, start: int, end: int) -> Span:
    """The sentence that a match stands in, or all that it reaches into."""
    return unit_at(text, "sentence", start)[0], unit_at(text, "sentence", max(start, end - 1))[1]


def living(store: NoteStore, ids: Iterable[str]) -> frozenset[str]:
    return frozenset(note_id for note_id in ids if note_of(store, note_id) is not None)


def note_of(store: NoteStore, note_id: str) -> Note | None:
    try:
        return store.get(note_id)
    except NotFound:
        return None


def annotate(
    store: NoteStore,
    verdicts: Verdicts,
    query: str,
    wanted: Sequence[Wanted],
    codes: Sequence[str],
    author: str,
) -> Deed:
    """Make the notes that are not there yet, and write down whose they are.

    Notes that the disk refused are kept in memory by the store, and so are their verdicts here. Raises DiskTrouble.
    """
    there = _standing_already(store, wanted, codes)
    missing = [one for one, note in zip(wanted, there, strict=True) if note is None]
    new = [NewNote(one.target, tags=tuple(codes), kind="highlight", author=author) for one in missing]
    trouble: KashafError | None = None
    made: list[Note | None] = []
    if new:
        try:
            made += store.add_many(new)
        except KashafError as error:
            if not store.unsaved:
                raise
            trouble = error
            made += _standing_already(store, missing, codes)
    known = verdicts.of(query)
    before: dict[LineKey, Decision | None] = {}
    after: dict[LineKey, Decision | None] = {}
    fresh = iter(made)
    for one, old in zip(wanted, there, strict=True):
        note = next(fresh, None) if old is None else old
        if note is None:
            continue
        for key in one.keys:
            before[key] = earlier = known.get(key)
            ours = old is None or (earlier is not None and earlier.note == note.id and earlier.made)
            after[key] = Decision("accepted", note.id, ours)
    verdicts.put(query, after)
    if trouble is not None:
        raise trouble
    verdicts.flush()
    return Deed(before, after, bool(new))


def _standing_already(store: NoteStore, wanted: Sequence[Wanted], codes: Sequence[str]) -> list[Note | None]:
    """For each a note on exactly these words that bears these codes, if there is one."""
    known: dict[tuple[str, Span], Note] = {}
    for article in {one.article.id: one.article for one in wanted}.values():
        for note in store.notes(article.id):
            if note.words is None or not set(codes) <= set(note.tags):
                continue
            anchor = resolve(note.words, article.text, article.text_sha256)
            if anchor.state in ("exact", "moved") and anchor.start is not None and anchor.end is not None:
                known.setdefault((article.id, (anchor.start, anchor.end)), note)
    return [known.get((one.article.id, one.span)) for one in wanted]


def give_codes(store: NoteStore, ids: Sequence[str], codes: Sequence[str], author: str) -> Deed:
    """Lines that were accepted before, with other codes perhaps: their notes get these too."""
    missing = [
        note_id
        for note_id in dict.fromkeys(ids)
        if (note := note_of(store, note_id)) is not None and not set(codes) <= set(note.tags)
    ]
    if missing:
        store.retag(missing, add=codes, author=author)
    return Deed({}, {}, bool(missing))


def let_go(
    store: NoteStore,
    verdicts: Verdicts,
    query: str,
    keys: Sequence[LineKey],
    verdict: Verdict,
    author: str,
) -> Deed:
    """Decide otherwise than to accept. Notes that accepting made go, but for those written on since, or shared."""
    known = verdicts.of(query)
    before = {key: known.get(key) for key in keys}
    shared = {one.note for key, one in known.items() if key not in before and one.verdict == "accepted"}
    gone: list[str] = []
    kept = 0
    for one in before.values():
        note = note_of(store, one.note) if one is not None and one.made else None
        if note is None or note.id in gone or note.id in shared:
            continue
        if note.body or note.kind != "highlight":
            kept += 1
        else:
            gone.append(note.id)
    if gone:
        store.delete(*gone, author=author)
    after: Decisions = dict.fromkeys(keys, Decision(verdict))
    verdicts.put(query, after)
    verdicts.flush()
    return Deed(before, after, bool(gone), kept)
