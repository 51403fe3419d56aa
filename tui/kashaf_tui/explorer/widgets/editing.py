"""The text being written: value and caret, both logical. Pure, so that every edit can be tested without a screen."""

from __future__ import annotations

import unicodedata

from kashaf.text.sanitise import sanitise


def typed(text: str, *, one_line: bool) -> str:
    """What may enter a text field: sanitised, and terminals' presentation forms back to letters one by one.

    One by one, because normalising the whole string would also change what the analyst meant (superscripts, Ⅷ).
    """
    clean = sanitise(text).text
    if one_line:
        clean = clean.replace("\n", " ")
    return "".join(
        unicodedata.normalize("NFKC", char) if "\ufb50" <= char <= "\ufefc" and not _is_sign(char) else char
        for char in clean
    )


def _is_sign(char: str) -> bool:
    # ﴾ ﴿ and the word ligatures (ﷺ) are signs of their own, not shapes of letters.
    return "\ufd3e" <= char <= "\ufd4f" or "\ufdf0" <= char <= "\ufdff"


class Buffer:
    """`value` and `caret`, an insertion point from 0 to len(value). A combining mark never parts from its letter."""

    def __init__(self, value: str = "", *, one_line: bool = False) -> None:
        self.one_line = one_line
        self.value = typed(value, one_line=one_line)
        self.caret = len(self.value)

    def set(self, value: str) -> None:
        self.value = typed(value, one_line=self.one_line)
        self.caret = len(self.value)

    def insert(self, text: str) -> None:
        text = typed(text, one_line=self.one_line)
        self.value = self.value[: self.caret] + text + self.value[self.caret :]
        self.caret += len(text)

    def backspace(self) -> None:
        """Takes the last code point: a mark before its letter, as typists expect."""
        if self.caret:
            self.value = self.value[: self.caret - 1] + self.value[self.caret :]
            self.caret -= 1

    def delete(self) -> None:
        end = self._after(self.caret)
        self.value = self.value[: self.caret] + self.value[end:]

    def delete_word(self) -> None:
        """Everything back to the beginning of the word before the caret."""
        start = self._word_start()
        self.value = self.value[:start] + self.value[self.caret :]
        self.caret = start

    def step(self, forward: bool) -> None:
        self.caret = self._after(self.caret) if forward else self._before(self.caret)

    def step_word(self, forward: bool) -> None:
        if not forward:
            self.caret = self._word_start()
            return
        end = len(self.value)
        while self.caret < end and not self.value[self.caret].isspace():
            self.caret += 1
        while self.caret < end and self.value[self.caret].isspace():
            self.caret += 1

    def line_bounds(self) -> tuple[int, int]:
        """The line of the value that holds the caret, without its newline."""
        start = self.value.rfind("\n", 0, self.caret) + 1
        end = self.value.find("\n", self.caret)
        return start, len(self.value) if end < 0 else end

    def _word_start(self) -> int:
        start = self.caret
        while start and self.value[start - 1].isspace():
            start -= 1
        while start and not self.value[start - 1].isspace():
            start -= 1
        return start

    def _after(self, offset: int) -> int:
        offset = min(len(self.value), offset + 1)
        while offset < len(self.value) and unicodedata.combining(self.value[offset]):
            offset += 1
        return offset

    def _before(self, offset: int) -> int:
        offset = max(0, offset - 1)
        while offset and unicodedata.combining(self.value[offset]):
            offset -= 1
        return offset
