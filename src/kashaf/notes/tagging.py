"""Tags as they are typed: several in one line, and found by their first letters."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from kashaf.notes.codebook import SEPARATOR, Code, Codebook, normal_path
from kashaf.text.fold import fold, fold_word
from kashaf.text.keyboards import to_arabic, to_latin

_BETWEEN: Final = re.compile(r"[,،؛\n]")
_BLANKS: Final = re.compile(r"\s")
_ARTICLE: Final = "ال"
_LONGEST: Final = 200
#: How well a tag fits: by its whole name, by the beginning of its name, of a word in it, of any part, or within one.
_WHOLE, _NAME, _WORD, _BEGINS, _WITHIN = range(5)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A tag that may be meant. code: None for a word of the analyst's own. notes: how many bear it.

    typed: the text that found it: what was typed, or what the same keys give on the other layout.
    """

    tag: str
    code: Code | None
    notes: int
    typed: str


def complete(
    codebook: Codebook, text: str, used: Mapping[str, int] | None = None, *, limit: int = 50
) -> list[Suggestion]:
    """Codes and tags in use that `text` may mean, the best first; for an empty text the most used.

    Compared folded (alef forms, ta marbuta, marks, case), with and without the Arabic article. `س/ك` finds
    `سلاح/كيماوي`. Whole names come before beginnings of names, of words, then any part. When that finds nothing,
    what the same keys give on the other keyboard layout is tried. Hidden codes are found by their whole name only.
    """
    used = used or {}
    text = normal_path(text[:_LONGEST])
    found: list[Suggestion] = []
    readings = (*to_arabic(text), *to_latin(text)) if len(text) > 1 else ()
    for typed in (text, *readings):
        # What was not typed must fit better than anywhere within a name.
        found = _ranked(codebook, typed, used, _BEGINS if typed != text else _WITHIN)
        if found:
            break
    return found[:limit]


def _ranked(codebook: Codebook, text: str, used: Mapping[str, int], worst: int) -> list[Suggestion]:
    wanted = tuple(fold_word(part) for part in text.split(SEPARATOR))
    place = {code.path: at for at, code in enumerate(codebook.tree())}
    ranked: list[tuple[tuple[int, int, int, str], Suggestion]] = []
    for tag in dict.fromkeys((*place, *used)):
        code, notes = codebook.find(tag), used.get(tag, 0)
        rank = _rank(tag, wanted) if text else 0
        if rank is None or rank > worst or (_hidden(code) and not (text and rank == _WHOLE)):
            continue
        order = (rank, -notes, place.get(tag, len(place)), tag)
        ranked.append((order, Suggestion(tag, code, notes, text)))
    ranked.sort(key=lambda pair: pair[0])
    return [suggestion for _, suggestion in ranked]


def _hidden(code: Code | None) -> bool:
    return code is not None and code.hidden


def _rank(tag: str, wanted: tuple[str, ...]) -> int | None:
    """How well the folded parts `wanted` fit a tag; None for not at all."""
    folded = fold_word(tag)
    if not all(part in folded for part in wanted):
        return None
    parts = folded.split(SEPARATOR)
    if len(wanted) > 1:
        if tuple(parts) == wanted:
            return _WHOLE
        at = iter(parts)
        # Every part typed begins a part of the path, in the same order.
        return _NAME if all(any(_begins(part, one) for part in at) for one in wanted) else None
    text = wanted[0]
    name = parts[-1]
    if text in (name, _plain(name)):
        return _WHOLE
    if _begins(name, text):
        return _NAME
    if any(_begins(word, text) for word in name.split()):
        return _WORD
    if any(_begins(part, text) for part in parts):
        return _BEGINS
    return _WITHIN if any(text in part for part in parts) else None


def _plain(word: str) -> str:
    return word.removeprefix(_ARTICLE) if len(word) > len(_ARTICLE) + 1 else word


def _begins(word: str, text: str) -> bool:
    return word.startswith(text) or _plain(word).startswith(text)


def matched(tag: str, typed: str) -> tuple[int, int]:
    """`[start, end)` of the part of a tag that `typed` found, for showing; `(0, 0)` when it is in pieces."""
    folded = fold(tag)
    wanted = fold_word(typed)
    at = folded.text.rfind(wanted) if wanted else -1
    return folded.source_span(at, at + len(wanted)) if at >= 0 else (0, 0)


def parse(text: str, known: Iterable[str] = ()) -> tuple[str, ...]:
    """The tags of a line, each once, in normal form.

    Commas, Arabic or not, and the Arabic semicolon part tags that hold blanks. In a line without one, blanks part
    tags, but for those that make up one that is `known`. A known tag in another spelling is that tag.
    """
    # A tag from elsewhere need not be in normal form: it is not changed by being shown in a line.
    as_it_is: dict[str, str] = {}
    by_fold: dict[tuple[str, ...], str] = {}
    for tag in known:
        as_it_is.setdefault(normal_path(_BETWEEN.sub(" ", tag)), tag)
        if words := tuple(fold_word(tag).split()):
            by_fold.setdefault(words, tag)
    pieces = _BETWEEN.split(text) if _BETWEEN.search(text) else _by_blanks(text.split(), by_fold)
    tags = (
        as_it_is.get(tag) or by_fold.get(tuple(fold_word(tag).split()), tag)
        for tag in map(normal_path, pieces)
        if tag
    )
    return tuple(dict.fromkeys(tags))


def _by_blanks(words: list[str], known: Collection[tuple[str, ...]]) -> Iterator[str]:
    """Words, those together that make up a known tag, the longest first."""
    longest = max(map(len, known), default=1)
    folded = [fold_word(word.lstrip("#")) for word in words]
    at = 0
    while at < len(words):
        ends = range(min(len(words), at + longest), at + 1, -1)
        end = next((end for end in ends if tuple(folded[at:end]) in known), at + 1)
        yield " ".join(words[at:end])
        at = end


def line_of(tags: Iterable[str], *, open_end: bool = False) -> str:
    """Tags in one line that `parse` reads back, if it knows those with a comma. open_end: another may follow."""
    tags = tuple(tags)
    if any(" " in tag or _BETWEEN.search(tag) for tag in tags):
        line = "، ".join(_BETWEEN.sub(" ", tag) for tag in tags)
        return line + "، " if open_end else line + "،" if len(tags) == 1 else line
    return " ".join(tags) + (" " if open_end and tags else "")


def piece_at(text: str, at: int) -> tuple[int, int]:
    """`[start, end)` of the tag being written at offset `at` of a line: between commas, else between blanks."""
    between = _BETWEEN if _BETWEEN.search(text) else _BLANKS
    start = max((gap.end() for gap in between.finditer(text, 0, at)), default=0)
    gap = between.search(text, at)
    end = gap.start() if gap is not None else len(text)
    return start, end
