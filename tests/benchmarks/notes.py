"""How fast ten thousand notes open and change, beside TinyDB on its own JSONStorage with the same documents.

Every note has three versions, as one that was written, tagged and corrected. The peer waits for no disk: it flushes
and calls fsync as ours does, but writes in place.
"""

from __future__ import annotations

import random
import statistics
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any, Final

from tests.benchmarks.articles import load
from tests.benchmarks.process import run
from tests.benchmarks.table import Row

if TYPE_CHECKING:
    from kashaf.notes.model import Note

NOTES: Final = 10_000
_EDITS: Final = 200
_PEER_EDITS: Final = 20
_PEER: Final = "TinyDB, JSONStorage"
_CODES: Final = ("اقتصاد", "اقتصاد/أسعار", "نقل", "نقل/بحري", "بلديات")


def measure(folder: Path) -> list[Row]:
    """Opening is to the first answer (how many notes there are); an edit is to its acknowledgement."""
    run("notes", "write", folder)
    ours = run("notes", "ours", folder)
    peer = run("notes", "peer", folder)
    now, then = ours.values, peer.values
    return [
        Row(f"{NOTES:,} notes, opened", "ms", now["open"], then["open"], _PEER),
        Row(f"{NOTES:,} notes, opened after a crash", "ms", now["crash"]),
        Row(f"{NOTES:,} notes, all of them read", "ms", now["all"], then["all"], _PEER),
        Row(f"{NOTES:,} notes, those of an article", "ms", now["article"], then["article"], _PEER),
        Row(f"{NOTES:,} notes, first edit", "ms", now["first"], then["first"], _PEER),
        Row(f"{NOTES:,} notes, edit, median", "ms", now["median"], then["median"], _PEER),
        Row(f"{NOTES:,} notes, edit, p99", "ms", now["p99"], then["p99"], _PEER),
        Row(f"{NOTES:,} notes, 20 tagged at once", "ms", now["retag"], then["retag"], _PEER),
        Row(f"{NOTES:,} notes, a second window looks", "ms", now["refresh"]),
        Row(f"{NOTES:,} notes, closed and backed up", "ms", now["close"]),
        Row(f"{NOTES:,} notes, memory", "MiB", ours.peak, peer.peak, _PEER),
    ]


def write(folder: str) -> Mapping[str, float]:
    """The same notes for both."""
    from tinydb import TinyDB

    from kashaf.notes.codec import to_document
    from kashaf.notes.store import NoteStore

    notes = _notes(Path(folder))
    with NoteStore.open(_ours(folder)) as store:
        store.merge(notes)
    _peer(folder).parent.mkdir()
    with TinyDB(_peer(folder), ensure_ascii=False, encoding="utf-8") as database:
        database.insert_multiple(dict(to_document(note)) for note in notes)
    return {"bytes": _ours(folder).stat().st_size}


def ours(folder: str) -> Mapping[str, float]:
    from kashaf.notes.store import NoteStore

    chance = random.Random(2)
    found: dict[str, float] = {}
    # What a process imports it imports once, whatever is opened.
    NoteStore.open(Path(folder) / "none.json", read_only=True).close()

    store, found["open"] = _timed(lambda: _counted(NoteStore.open(_ours(folder))))
    ids = [note.id for note in NoteStore.open(_ours(folder), read_only=True).notes()]
    _, found["first"] = _timed(lambda: store.edit(ids[0], body="أول"))
    reader = NoteStore.open(_ours(folder), read_only=True)
    taken = [
        _timed(lambda note_id=note_id: store.edit(note_id, body=f"{note_id} معدل"))[1]  # type: ignore[misc]  # bound
        for note_id in chance.sample(ids, _EDITS)
    ]
    found |= {"median": statistics.median(taken), "p99": statistics.quantiles(taken, n=100)[-1]}
    _, found["retag"] = _timed(lambda: store.retag(chance.sample(ids, 20), add=["جديد"]))
    article = store.get(ids[7]).article_id
    _, found["article"] = _timed(lambda: store.notes(article))
    _, found["all"] = _timed(store.notes)
    reader.refresh()
    _, found["refresh"] = _timed(reader.refresh)
    copy = Path(folder) / "crash" / "notes.json"
    copy.parent.mkdir()
    for name in ("notes.json", "notes.journal"):
        (copy.parent / name).write_bytes((_ours(folder).parent / name).read_bytes())
    _, found["close"] = _timed(store.close)
    _, found["crash"] = _timed(lambda: _counted(NoteStore.open(copy)))
    return found


def peer(folder: str) -> Mapping[str, float]:
    from tinydb import TinyDB, where

    chance = random.Random(2)
    found: dict[str, float] = {}

    def opened() -> Any:
        database = TinyDB(_peer(folder), ensure_ascii=False, encoding="utf-8")
        len(database)
        return database

    database, found["open"] = _timed(opened)
    every, found["all"] = _timed(database.all)
    ids = [document["id"] for document in every]

    def edit(note_id: str) -> object:
        return database.update({"body": f"{note_id} معدل"}, where("id") == note_id)

    _, found["first"] = _timed(lambda: edit(ids[0]))
    taken = [_timed(lambda note_id=note_id: edit(note_id))[1] for note_id in chance.sample(ids, _PEER_EDITS)]  # type: ignore[misc]  # bound
    found |= {"median": statistics.median(taken), "p99": statistics.quantiles(taken, n=100)[-1]}
    some = set(chance.sample(ids, 20))
    _, found["retag"] = _timed(
        lambda: database.update(
            lambda document: document["tags"].append("جديد"), where("id").test(some.__contains__)
        )
    )
    article = every[7]["target"]["article_id"]
    _, found["article"] = _timed(lambda: database.search(where("target")["article_id"] == article))
    return found


def _notes(folder: Path) -> list[Note]:
    from kashaf.notes import versions
    from kashaf.notes.model import Note, WordsTarget
    from kashaf.text.sanitise import sanitise

    chance = random.Random(1)
    articles = load(folder)
    found = []
    for number in range(NOTES):
        article_id = f"{number % len(articles):012}"
        text = articles[number % len(articles)].text
        said = sanitise(text[100:]).text
        start = chance.randrange(len(text) - 200)
        end = start + chance.randint(5, 120)
        target = WordsTarget(
            article_id,
            "5" * 64,
            start,
            end,
            text[start:end],
            text[max(0, start - 32) : start],
            text[end : end + 32],
            articles[number % len(articles)].title,
            "صحيفة المرفأ",
            "2026-03-01",
            "6" * 64,
            3,
        )
        at = f"2026-03-01T{number // 3600:02}:{number // 60 % 60:02}:{number % 60:02}Z"
        note = Note(f"0195d3c0-0000-7000-8000-{number:012x}", target, "", (), "note", "سعاد", at, at)
        note = versions.first(replace(note, body=said[: chance.randint(0, 300)].strip()))
        for after in (
            replace(note, tags=tuple(chance.sample(_CODES, 2))),
            replace(note, tags=("نقل",), body=said[: chance.randint(0, 300)].strip(), status="confirmed"),
        ):
            note = versions.amended(note, after, at=at, author="هدى") or note
        found.append(note)
    return found


def _ours(folder: str) -> Path:
    return Path(folder) / "ours" / "notes.json"


def _peer(folder: str) -> Path:
    return Path(folder) / "stock-notes" / "notes.json"


def _counted(store: Any) -> Any:
    assert len(store) == NOTES
    return store


def _timed(work: Callable[[], Any]) -> tuple[Any, float]:
    """What it gives, and the milliseconds it took."""
    started = perf_counter()
    result = work()
    return result, 1000 * (perf_counter() - started)
