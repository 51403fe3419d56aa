"""What the analyst does to names: each deed is on the disk when the call returns, and can be undone.

The hand-written `names.yaml` is never touched. Deeds are lines of `CASE/state/names.yaml` (see `overlay`), written
whole or not at all under a lock, so that several windows may decide at once.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from kashaf.entities.book.decisions import Decision, Kind, folded
from kashaf.entities.book.inforce import Hand, NameFiles
from kashaf.entities.book.overlay import HEADER, Back, History, Line, parse, to_line
from kashaf.entities.model import ENTITY_TYPES, EntityKey, EntityType
from kashaf.entities.page import folded_words
from kashaf.errors import KashafError, UsageError
from kashaf.said import said
from kashaf.storage.atomic import ensure_dir, read_bytes, sweep, write_bytes
from kashaf.storage.lock import Lock
from kashaf.text.sanitise import sanitise_line
from kashaf.yaml_safe import MAX_BYTES

_PATIENCE: Final = 10.0  # seconds for another window to finish a deed
_LONGEST: Final = 200
_MOST_WORDS: Final = 16


class Curation:
    """The decisions of one workspace. Any thread may call.

    Methods raise UsageError for what cannot be decided, BadInput when the file cannot be read (it is left as it is),
    DiskTrouble and Locked; nothing is changed then.
    """

    def __init__(
        self, overlay: Path, names_file: Path, who: str, *, kept: Path | None = None, shipped: bool = True
    ) -> None:
        """overlay: `CASE/state/names.yaml`. who: the analyst, said with every decision.

        kept: where the last good reading of either file is (`NameFiles`).
        """
        self._overlay = overlay
        self._who = sanitise_line(who)
        self.files = (
            NameFiles(names_file, overlay, kept) if shipped else NameFiles(names_file, overlay, kept, None)
        )

    def merge(self, keys: Sequence[EntityKey], into: EntityKey) -> Decision:
        """Let these be the same as `into`, which need not have been met."""
        aim = folded(into)
        wanted = tuple(key for key in dict.fromkeys(keys) if folded(key) != aim)
        if not wanted:
            raise UsageError(
                said("nothing to merge"), where=into.name, cure=said("Choose another entity, too")
            )
        return self._decide("merge", wanted, into.name, _type(into.type))

    def split(self, key: EntityKey, article_ids: Collection[str], new_name: str) -> Decision:
        """Two people of one name: in these articles it is somebody else, called `new_name`."""
        articles = tuple(sorted({sanitise_line(id_) for id_ in article_ids} - {""}))
        if not articles:
            raise UsageError(said("no articles to split off"), where=key.name, cure=said("Choose some"))
        if folded(EntityKey(key.type, new_name)) == folded(key):
            raise UsageError(
                said("a new name is needed"),
                where=key.name,
                cure=said("Add what tells the two apart: «{name} (2)»", name=key.name),
            )
        return self._decide("split", (key,), new_name, _type(key.type), articles)

    def rename(self, key: EntityKey, name: str) -> Decision:
        """Call it otherwise. Under the name of another entity the two are one from then on."""
        if sanitise_line(name) == key.name:
            raise UsageError(said("it is called so already"), where=key.name)
        return self._decide("rename", (key,), name, _type(key.type))

    def retype(self, key: EntityKey, type: EntityType) -> Decision:  # noqa: A002 -- the word of the model
        """Say what it is: a person, a place or an organisation."""
        if key.type == type:
            raise UsageError(said("it is that already"), where=key.name)
        return self._decide("retype", (key,), key.name, _type(type))

    def hide(self, *keys: EntityKey) -> Decision:
        """They are no names, or none that matter: lists leave them out. One decision, however many they are."""
        wanted = tuple(dict.fromkeys(keys))
        if not wanted:
            raise UsageError(said("nothing to hide"), cure=said("Choose a name"))
        return self._decide("hide", wanted, wanted[0].name, _type(wanted[0].type))

    def apart(self, key: EntityKey, name: str) -> Decision:
        """What was found as `name` is not `key`: undoes a link that was made of itself."""
        if folded(EntityKey(key.type, name)) == folded(key):
            raise UsageError(said("that is its own name"), where=key.name, cure=said("Choose a variant"))
        return self._decide("apart", (key,), name, _type(key.type))

    def undo(self) -> Decision | None:
        """Take back the last decision that holds, whoever made it; None when there is none."""
        return self._back("undo")

    def redo(self) -> Decision | None:
        """Make again the decision that was undone last; None when there is none, or another was made since."""
        return self._back("redo")

    def decisions(self) -> tuple[Decision, ...]:
        """Those that hold, in the order in which they were made."""
        return self._read()[1].done

    def undone(self) -> tuple[Decision, ...]:
        """Those that could be made again, the one undone last at the end."""
        return self._read()[1].undone

    def notices(self) -> tuple[KashafError, ...]:
        """What is wrong with either file, or passed over, in words for the analyst. Raises DiskTrouble."""
        return self.files.load().problems

    def _decide(
        self,
        kind: Kind,
        keys: tuple[EntityKey, ...],
        name: str,
        type_: EntityType,
        articles: tuple[str, ...] = (),
    ) -> Decision:
        for key in keys:
            _type(key.type)
        keys = tuple(EntityKey(key.type, _clean(key.name)) for key in keys)
        decision = Decision(
            kind, keys, _clean(name), type_, articles, self._who, _now(), secrets.token_hex(4)
        )
        hand = Hand(self.files.hand()[0], self.files.by_hand.name)
        if (entry := hand.against(decision)) is not None:
            raise hand.refusal(entry)
        with self._locked():
            self._append(self._read()[0], decision)
        return decision

    def _back(self, do: str) -> Decision | None:
        with self._locked():
            data, history = self._read()
            among = history.done if do == "undo" else history.undone
            if not among:
                return None
            decision = among[-1]
            self._append(data, Back("undo" if do == "undo" else "redo", decision.id, self._who, _now()))
        return decision

    def _read(self) -> tuple[bytes, History]:
        """The file as it is now. Raises BadInput, so that what was not understood is never added to."""
        data = read_bytes(self._overlay, limit=MAX_BYTES) or b""
        return data, parse(data, f"state/{self._overlay.name}")

    def _append(self, data: bytes, line: Line) -> None:
        if not data:
            data = HEADER.encode()
        elif not data.endswith(b"\n"):
            data += b"\n"
        data += f"{to_line(line)}\n".encode()
        if len(data) > MAX_BYTES:
            raise UsageError(
                said("too many decisions about names"),
                where=str(self._overlay),
                cure=said("Write the older ones into names.yaml by hand, and take them out of here"),
            )
        write_bytes(self._overlay, data)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        ensure_dir(self._overlay.parent)
        lock = Lock(self._overlay, said("deciding about names"))
        lock.acquire(blocking=True, timeout=_PATIENCE)
        try:
            # What a write that failed has left behind.
            sweep(self._overlay.parent, self._overlay.name)
            yield
        finally:
            lock.release()


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _type(type_: str) -> EntityType:
    for known in ENTITY_TYPES:
        if known == type_:
            return known
    raise UsageError(
        said("not a person, a place or an organisation: {type}", type=type_),
        cure=said("Dates are what they say"),
    )


def _clean(name: str) -> str:
    """A name as it may be kept. Raises UsageError."""
    clean = sanitise_line(name)
    words = len(folded_words(clean))
    if not words:
        raise UsageError(said("a name without a letter"), where=clean, cure=said("Write the name"))
    if len(clean) > _LONGEST or words > _MOST_WORDS:
        raise UsageError(said("a name that is too long"), cure=said("Keep it under {n} words", n=_MOST_WORDS))
    return clean
