"""The names that are in force in a workspace: the shipped book, the analyst's own, and what was decided in the app.

What is written by hand wins: a decision about a name that `names.yaml` has an entry for is passed over, and said.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from kashaf.entities.book import overlay, surfaces
from kashaf.entities.book.bookfile import Entry, Layer, from_plain, parse_layer, to_plain
from kashaf.entities.book.decisions import Decision, Folded, Kind, Rules, folded
from kashaf.entities.book.kept import Kept
from kashaf.entities.book.namebook import SHIPPED, Name, NameBook
from kashaf.entities.book.overlay import History
from kashaf.entities.book.packed import layer_at
from kashaf.entities.model import EntityKey, EntityType
from kashaf.entities.page import folded_words
from kashaf.errors import BadInput, KashafError, UsageError
from kashaf.said import said

_OLD: Final = said("Until it is mended the last good one is used")


@dataclass(frozen=True, slots=True)
class Names:
    """What names whom, now.

    book: with what was decided; articles are read with `book.for_reading`. rules: the decisions that hold, those
    written by hand first. hand: what is written by hand. problems: what was passed over, for the analyst to mend.
    """

    book: NameBook
    rules: Rules
    hand: Hand
    problems: tuple[KashafError, ...] = ()


class NameFiles:
    """The files that the names of a workspace are in.

    by_hand: `CASE/names.yaml`. overlay: `CASE/state/names.yaml`. kept: a folder for copies of what was last good,
    None to keep none. shipped: None for no shipped book. Neither file need be there.
    """

    def __init__(
        self, by_hand: Path, overlay_file: Path, kept: Path | None = None, shipped: Path | None = SHIPPED
    ) -> None:
        self.by_hand = by_hand
        self.overlay = overlay_file
        self._shipped = shipped
        self._hand = Kept[Layer](
            by_hand, kept, "names", lambda data: parse_layer(data, by_hand.name), to_plain, from_plain
        )
        self._history = Kept[History](
            overlay_file,
            kept,
            "decisions",
            lambda data: overlay.parse(data, f"state/{overlay_file.name}"),
            lambda history: {"lines": [overlay.to_plain(line) for line in history.lines]},
            _history,
        )

    @property
    def version(self) -> tuple[tuple[int, int, int] | None, ...]:
        """Another one when any of the files is."""
        return tuple(_stat(path) for path in (self.by_hand, self.overlay))

    def load(self) -> Names:
        """Read them. Raises DiskTrouble; what cannot be understood is said in `problems`."""
        with surfaces.calm():
            return self._load()

    def _load(self) -> Names:
        hand, faults = self.hand()
        history, fault = self._history.read()
        problems: list[KashafError] = [*faults]
        if fault is not None:
            problems.append(_used_on(fault, kept=history is not None))
        by_hand = Hand(hand, self.by_hand.name)
        kept, conflicts = heeded((history or History()).done, by_hand)
        problems += conflicts
        base = layer_at(self._shipped) if self._shipped else None
        plain = NameBook.of([*([base] if base else []), hand])
        rules = Rules([*_by_hand(hand), *kept])
        book = curated(plain, rules)
        surfaces.forget()
        return Names(book, rules, by_hand, tuple(problems))

    def hand(self) -> tuple[Layer, tuple[KashafError, ...]]:
        """What is written by hand, or was when it was last good."""
        layer, fault = self._hand.read()
        faults = () if fault is None else (_used_on(fault, kept=layer is not None),)
        return layer or Layer(), faults


def _history(value: Mapping[str, Any]) -> History:
    return History.of(tuple(overlay.from_plain(line) for line in value["lines"]))


def _used_on(fault: BadInput, *, kept: bool) -> BadInput:
    cure = fault.cure or said("Mend the file")
    if kept:
        cure = said("{cure}. {old}", cure=cure, old=_OLD)
    return BadInput(fault.what, where=fault.where, cure=cure)


def _stat(path: Path) -> tuple[int, int, int] | None:
    try:
        stat = path.stat()
    except OSError:
        return None
    return stat.st_ino, stat.st_mtime_ns, stat.st_size


def _by_hand(hand: Layer) -> Iterable[Decision]:
    """Entries that are true in some articles only: two people of one name, told apart by hand."""
    for entry in hand.entries:
        if entry.of:
            key = EntityKey(entry.type, entry.of)
            yield Decision("split", (key,), entry.name, entry.type, entry.articles, entry.by, entry.at)


# Who wins


class Hand:
    """What is written by hand in `file`, by folded name. Read-only once built."""

    def __init__(self, layer: Layer, file: str) -> None:
        self._file = file
        self._named: dict[Folded, Entry] = {}
        self._aliases: dict[Folded, Entry] = {}
        for entry in layer.entries:
            if entry.hide or entry.of:
                continue
            self._named[folded(EntityKey(entry.type, entry.name))] = entry
            for alias in entry.aliases:
                if alias not in entry.ambiguous:
                    self._aliases[folded(EntityKey(entry.type, alias))] = entry

    def where(self, entry: Entry) -> str:
        """Its file, and its line where that is known."""
        return said("{where}, line {n}", where=self._file, n=entry.line) if entry.line else self._file

    def stops(self, key: EntityKey, kind: Kind) -> Entry | None:
        """The entry that is against a decision of this kind about a name, whatever name or type it gives.

        None when there is none; a decision about a name of the analyst's own choice may still be refused.
        """
        if kind not in ("merge", "rename", "retype", "hide"):
            return None
        filed = folded(key)
        entry = self._named.get(filed)
        if entry is None and kind in ("retype", "hide"):
            entry = self._aliases.get(filed)
        return entry

    def refusal(self, entry: Entry) -> UsageError:
        """What is said of a decision that an entry is against."""
        return UsageError(
            said("«{name}» is written by hand", name=entry.name),
            where=self.where(entry),
            cure=said("Change the entry there: what is written by hand wins"),
        )

    def against(self, decision: Decision) -> Entry | None:
        """The entry that says otherwise; None when nothing does."""
        if decision.kind == "split":
            return None
        if decision.kind == "apart":
            return self._aliases.get(folded(EntityKey(decision.type, decision.name)))
        target = decision.target
        aim = folded(target) if target else None
        for key in decision.keys:
            filed = folded(key)
            entry = self._named.get(filed)
            if entry is not None and (filed != aim or (target and target.name != entry.name)):
                return entry
            entry = self._aliases.get(filed)
            if entry is not None and folded(EntityKey(entry.type, entry.name)) not in (aim, filed):
                return entry
        return None


def conflict(decision: Decision, entry: Entry, hand: Hand) -> BadInput:
    """What is said of a decision that an entry written by hand is against."""
    return BadInput(
        said(
            "«{key}» is written by hand as «{entry}», so what was decided in the app about it does not count",
            key=decision.keys[0].name,
            entry=entry.name,
        ),
        where=hand.where(entry),
        cure=said("Change the entry, or take it out"),
    )


def heeded(decisions: Iterable[Decision], hand: Hand) -> tuple[list[Decision], list[BadInput]]:
    """The decisions that nothing written by hand is against, and what is said of the others."""
    kept: list[Decision] = []
    conflicts: list[BadInput] = []
    for decision in decisions:
        for part in decision.parts:
            entry = hand.against(part)
            if entry is None:
                kept.append(part)
            else:
                conflicts.append(conflict(part, entry, hand))
    return kept, conflicts


# The book as decided


def curated(plain: NameBook, rules: Rules) -> NameBook:
    """A book in which names that were merged are aliases, renamed ones are called so, and hidden ones are gone.

    Articles are read with another one, which has the names that decisions speak of beside its own, each for itself:
    what is found does not hang on what is decided, so that undoing leaves nothing behind.
    """
    if not rules.decisions:
        return plain
    merged: dict[Folded, _Merged] = {}
    for name in plain.names:
        filed = folded(EntityKey(name.type, name.canonical))
        final = rules.final(filed)
        if final is not None:
            merged.setdefault(final, _Merged(final)).take(name, own=final == filed)
    known = {
        folded(EntityKey(name.type, surface))
        for name in plain.names
        for surface in (name.canonical, *name.aliases)
    }
    fresh: list[Name] = []
    for decision in rules.decisions:
        for key in (*decision.keys, *([decision.target] if decision.target else [])):
            filed = folded(key)
            if filed in known or not folded_words(key.name):
                continue
            known.add(filed)
            fresh.append(_fresh(key))
            final = rules.final(filed)
            if final is not None and decision.kind != "split":
                merged.setdefault(final, _Merged(final)).take(fresh[-1], own=final == filed)
    names = [one.name(rules) for one in merged.values()]
    reading = NameBook((*plain.names, *fresh), plain.hidden, fingerprint=plain.fingerprint)
    return NameBook(names, plain.hidden, fingerprint=plain.fingerprint, for_reading=reading)


def _fresh(key: EntityKey) -> Name:
    """A name that only a decision knows. One word alone may name anybody: it needs a cue."""
    alone = len(folded_words(key.name)) == 1
    kind: EntityType = key.type  # type: ignore[assignment]  # decisions are of no dates
    return Name(key.name, kind, (), frozenset({key.name} if alone else ()))


class _Merged:
    """The names that come to be one."""

    def __init__(self, filed: Folded) -> None:
        self._filed = filed
        self._names: list[tuple[bool, Name]] = []

    def take(self, name: Name, *, own: bool) -> None:
        self._names.append((own, name))

    def name(self, rules: Rules) -> Name:
        self._names.sort(key=lambda one: not one[0])
        first = self._names[0][1]
        canonical = rules.spelt.get(self._filed) or first.canonical
        surfaces = dict.fromkeys(one for _, name in self._names for one in (name.canonical, *name.aliases))
        surfaces.pop(canonical, None)
        ambiguous = frozenset(one for _, name in self._names for one in name.ambiguous)
        english = next((name.english for _, name in self._names if name.english), "")
        kind: EntityType = self._filed.type  # type: ignore[assignment]  # as it was filed
        return Name(
            canonical,
            kind,
            tuple(surfaces),
            frozenset(ambiguous & {canonical, *surfaces}),
            english,
            any(name.org_too for _, name in self._names),
        )
