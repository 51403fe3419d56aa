"""Typed fields of a JSON object that comes from a file; what is wrong is said with its place."""

from __future__ import annotations

import copy
import re
from collections.abc import Collection
from datetime import date, datetime
from typing import TYPE_CHECKING, Final, TypeVar

from kashaf.errors import BadInput
from kashaf.notes.model import MAX_TAGS

if TYPE_CHECKING:
    from kashaf.storage.strict_json import Json

_Choice = TypeVar("_Choice", bound=str)

UUID: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
SHA256: Final = re.compile(r"[0-9a-f]{64}")
CURE: Final = "Mend the file and try again"

_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")


class Fields:
    """Reads typed fields of a JSON object; every complaint names the field."""

    def __init__(self, value: object, where: str) -> None:
        self._where = where
        if not isinstance(value, dict):
            raise BadInput("not an object", where=where, cure=CURE)
        self.values = value

    def bad(self, name: str, problem: str) -> BadInput:
        return BadInput(problem, where=f"{self._where}.{name}", cure=CURE)

    def value(self, name: str) -> object:
        if name not in self.values:
            raise self.bad(name, "missing")
        return self.values[name]

    def text(self, name: str) -> str:
        value = self.value(name)
        if not isinstance(value, str):
            raise self.bad(name, "not a string")
        return value

    def filled(self, name: str) -> str:
        value = self.text(name)
        if not value:
            raise self.bad(name, "empty")
        return value

    def matching(self, name: str, pattern: re.Pattern[str], problem: str) -> str:
        value = self.text(name)
        if not pattern.fullmatch(value):
            raise self.bad(name, problem)
        return value

    def choice(self, name: str, choices: tuple[_Choice, ...], default: _Choice | None = None) -> _Choice:
        if default is not None and name not in self.values:
            return default
        value = self.text(name)
        if value not in choices:
            raise self.bad(name, f"none of {', '.join(filter(None, choices))}")
        return value

    def told(self, name: str, pattern: re.Pattern[str] | None = None, problem: str = "") -> str:
        """A text that may be missing or empty, and else fits the pattern."""
        if name not in self.values or self.values[name] == "":
            return ""
        return self.text(name) if pattern is None else self.matching(name, pattern, problem)

    def date(self, name: str) -> str:
        value = self.told(name, _DATE, "not a date such as 2026-03-01")
        try:
            return date.fromisoformat(value).isoformat() if value else ""
        except ValueError as error:
            raise self.bad(name, str(error)) from error

    def time(self, name: str) -> str:
        value = self.matching(name, _TIME, "not a time such as 2026-03-01T09:30:00Z")
        try:
            datetime.fromisoformat(value)
        except ValueError as error:
            raise self.bad(name, str(error)) from error
        return value

    def offset(self, name: str) -> int:
        value = self.value(name)
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            raise self.bad(name, "not an offset")
        return value

    def tags(self, name: str) -> tuple[str, ...]:
        value = self.value(name)
        if not isinstance(value, list) or not all(isinstance(tag, str) and tag for tag in value):
            raise self.bad(name, "not a list of strings")
        if len(value) > MAX_TAGS or len(set(value)) < len(value):
            raise self.bad(name, f"over {MAX_TAGS} tags, or one twice")
        return tuple(value)

    def others(self, known: Collection[str]) -> dict[str, Json]:
        unknown = {name: value for name, value in self.values.items() if name not in known}
        return copy.deepcopy(unknown) if unknown else {}
