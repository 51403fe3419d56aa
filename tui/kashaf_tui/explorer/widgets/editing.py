"""The text being written: value, caret, selection and history, all logical. Pure: tested without a screen.

Units are code points of the value. Backspace takes one of them, so a mark goes before its letter and the alef of a
lam-alef before its lam; Delete takes a letter with the marks and joiners on it. Where the caret goes on the screen is
the business of `field_rows`.
"""

from __future__ import annotations

import unicodedata
from collections import deque
from dataclasses import dataclass, replace
from typing import Final, Literal

from kashaf.text.sanitise import sanitise

Kind = Literal["type", "erase", "delete", "other"]

MAX_EDITS: Final = 1000
MAX_KEPT: Final = 1_000_000
"""Code points that the history of one field may hold."""

_JOINERS: Final = "\u200c\u200d"


def typed(text: str, *, one_line: bool) -> str:
    """What may enter a text field: sanitised, and terminals' presentation forms back to letters one by one.

    One by one, because normalising the whole string would also change what the analyst meant (superscripts, Ⅷ).
    """
    clean = sanitise(text).text
    if one_line:
        clean = clean.replace("\n", " ")
    if clean.isascii():
        return clean
    return "".join(
        unicodedata.normalize("NFKC", char) if "\ufb50" <= char <= "\ufefc" and not _is_sign(char) else char
        for char in clean
    )


def _is_sign(char: str) -> bool:
    # ﴾ ﴿ and the word ligatures (ﷺ) are signs of their own, not shapes of letters.
    return "\ufd3e" <= char <= "\ufd4f" or "\ufdf0" <= char <= "\ufdff"


def rides(char: str) -> bool:
    """Whether a code point belongs to the letter before it: a mark, a zero-width joiner or non-joiner."""
    return unicodedata.category(char) in ("Mn", "Me") or char in _JOINERS


@dataclass(frozen=True, slots=True)
class Edit:
    """`removed` at `at` gave way to `inserted`; `caret` and `anchor` were there before."""

    at: int
    removed: str
    inserted: str
    caret: int
    anchor: int | None
    kind: Kind

    @property
    def size(self) -> int:
        return len(self.removed) + len(self.inserted)


class History:
    """Edits that can be undone, and undone ones that can be done again; bounded, the oldest go first.

    Typing and erasing are gathered word by word, as native editors do.
    """

    def __init__(self) -> None:
        self._done: deque[Edit] = deque()
        self._undone: list[Edit] = []
        self._size = 0
        self._open = False

    def close(self) -> None:
        """What follows is a step of its own."""
        self._open = False

    def add(self, edit: Edit) -> None:
        """One more edit; whatever was undone is gone."""
        self._size -= sum(one.size for one in self._undone)
        self._undone.clear()
        joined = _joined(self._done[-1], edit) if self._open and self._done else None
        if joined is not None:
            self._size -= self._done.pop().size
            edit = joined
        self._done.append(edit)
        self._size += edit.size
        self._open = edit.kind != "other"
        while len(self._done) > 1 and (len(self._done) > MAX_EDITS or self._size > MAX_KEPT):
            self._size -= self._done.popleft().size

    def undo(self) -> Edit | None:
        self._open = False
        if not self._done:
            return None
        self._undone.append(self._done.pop())
        return self._undone[-1]

    def redo(self) -> Edit | None:
        self._open = False
        if not self._undone:
            return None
        self._done.append(self._undone.pop())
        return self._done[-1]


def _joined(last: Edit, edit: Edit) -> Edit | None:
    """Both edits as one, when the second goes on where the first stopped and begins no new word."""
    if last.kind != edit.kind:
        return None
    match edit.kind:
        case "type" if not edit.removed and edit.at == last.at + len(last.inserted):
            if last.inserted[-1:].isspace() and not edit.inserted.isspace():
                return None
            return replace(last, inserted=last.inserted + edit.inserted)
        case "erase" if edit.at + len(edit.removed) == last.at:
            if last.removed[:1].isspace() and not edit.removed.isspace():
                return None
            return replace(last, at=edit.at, removed=edit.removed + last.removed)
        case "delete" if edit.at == last.at:
            if last.removed[-1:].isspace() and not edit.removed.isspace():
                return None
            return replace(last, removed=last.removed + edit.removed)
    return None


class Buffer:
    """`value` and `caret`, an insertion point from 0 to len(value); `anchor` is where a selection began, or None.

    `limit` bounds what the analyst may enter, not what the app sets: laying out an endless line would stop the keys.
    """

    def __init__(self, value: str = "", *, one_line: bool = False, limit: int = 200_000) -> None:
        self.one_line = one_line
        self.limit = limit
        self.value = typed(value, one_line=one_line)
        self.caret = len(self.value)
        self.anchor: int | None = None
        self._history = History()

    # The selection

    @property
    def selection(self) -> tuple[int, int]:
        """`[start, end)`; empty at the caret when nothing is selected."""
        anchor = self.caret if self.anchor is None else self.anchor
        return min(anchor, self.caret), max(anchor, self.caret)

    @property
    def selected(self) -> str:
        return self.value[slice(*self.selection)]

    def move(self, to: int, *, select: bool = False) -> None:
        """The caret to an offset, taking the selection along or letting it go."""
        if select and self.anchor is None:
            self.anchor = self.caret
        elif not select:
            self.anchor = None
        self.caret = max(0, min(len(self.value), to))
        self._history.close()

    def select(self, start: int, end: int) -> None:
        """Select `[start, end)`, the caret at `end`."""
        self.move(start)
        self.move(end, select=True)

    # Changes

    def set(self, value: str) -> None:
        """Another value, the caret at its end. Can be undone like what is typed; `limit` does not count."""
        self._replace(0, len(self.value), typed(value, one_line=self.one_line), "other")

    def insert(self, text: str, *, kind: Kind = "type") -> int:
        """Put text in the place of the selection. Returns how many code points there was no room for."""
        text = typed(text, one_line=self.one_line)
        start, end = self.selection
        room = max(0, self.limit - len(self.value) + end - start)
        if text or start < end:
            self._replace(start, end, text[:room], kind)
        return max(0, len(text) - room)

    def backspace(self) -> None:
        """Takes the selection, or the last code point: a mark before its letter, as typists expect."""
        start, end = self.selection
        self._take(start - 1 if start == end else start, end, "erase")

    def delete(self) -> None:
        """Takes the selection, or the letter after the caret with all that rides on it."""
        start, end = self.selection
        self._take(start, self.after(end) if start == end else end, "delete")

    def delete_word(self, *, forward: bool = False) -> None:
        """Takes the selection, or all up to the next border of a word."""
        start, end = self.selection
        if start == end:
            start, end = (start, self.word_after(end)) if forward else (self.word_before(start), end)
        self._take(start, end, "other")

    def cut(self) -> str:
        """Take the selection and return it."""
        text = self.selected
        self._take(*self.selection, "other")
        return text

    def _take(self, start: int, end: int, kind: Kind) -> None:
        start = max(0, start)
        if start < end:
            self._replace(start, end, "", "other" if self.anchor is not None else kind)

    def _replace(self, start: int, end: int, text: str, kind: Kind) -> None:
        removed = self.value[start:end]
        if removed != text:
            self._history.add(Edit(start, removed, text, self.caret, self.anchor, kind))
            self.value = f"{self.value[:start]}{text}{self.value[end:]}"
        self.caret = start + len(text)
        self.anchor = None

    def undo(self) -> bool:
        """Take the last step back, with the caret and the selection it found. False when there is none."""
        edit = self._history.undo()
        if edit is None:
            return False
        end = edit.at + len(edit.inserted)
        self.value = f"{self.value[: edit.at]}{edit.removed}{self.value[end:]}"
        self.caret, self.anchor = edit.caret, edit.anchor
        return True

    def redo(self) -> bool:
        """Do again what was undone. False when nothing was."""
        edit = self._history.redo()
        if edit is None:
            return False
        end = edit.at + len(edit.removed)
        self.value = f"{self.value[: edit.at]}{edit.inserted}{self.value[end:]}"
        self.caret, self.anchor = edit.at + len(edit.inserted), None
        return True

    # Borders, in logical order

    def after(self, offset: int) -> int:
        """The end of the letter at `offset` with the marks and joiners on it."""
        offset = min(len(self.value), offset + 1)
        while offset < len(self.value) and rides(self.value[offset]):
            offset += 1
        return offset

    def word_before(self, offset: int) -> int:
        """The beginning of the word or run of punctuation before `offset`; first the end of the line above."""
        if offset and self.value[offset - 1] == "\n":
            return offset - 1
        while offset and self._kind(offset - 1) == "space":
            offset -= 1
        return self._run_start(offset)

    def word_after(self, offset: int) -> int:
        """The beginning of the next word after `offset`, or the end of the line when there is none on it."""
        if self.value[offset : offset + 1] == "\n":
            return offset + 1
        offset = self._run_end(offset)
        while offset < len(self.value) and self._kind(offset) == "space":
            offset += 1
        return offset

    def word_at(self, offset: int) -> tuple[int, int]:
        """The word, the run of punctuation or the white space that holds the code point at `offset`."""
        offset = max(0, min(offset, len(self.value) - 1))
        return self._run_start(min(len(self.value), offset + 1)), self._run_end(offset)

    def line_at(self, offset: int) -> tuple[int, int]:
        """The line of the value that holds `offset`, without its newline."""
        start = self.value.rfind("\n", 0, offset) + 1
        end = self.value.find("\n", offset)
        return start, len(self.value) if end < 0 else end

    def _run_start(self, offset: int) -> int:
        kind = self._kind(offset - 1) if offset else None
        while offset and self._kind(offset - 1) == kind:
            offset -= 1
        return offset

    def _run_end(self, offset: int) -> int:
        kind = self._kind(offset) if offset < len(self.value) else None
        while offset < len(self.value) and self._kind(offset) == kind:
            offset += 1
        return offset

    def _kind(self, offset: int) -> Literal["newline", "space", "word", "sign"]:
        char = self.value[offset]
        if char == "\n":
            return "newline"
        if char.isspace():
            return "space"
        return "word" if char.isalnum() or char in "_ـ" or rides(char) else "sign"
