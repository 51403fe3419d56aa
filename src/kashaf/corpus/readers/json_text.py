"""JSON as strangers write it: parsed strictly (RFC 8259) within limits, and objects found in a stream of them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from kashaf.corpus.limits import MAX_JSON_DEPTH, MAX_LINE_CHARS

# One object with its fields; a larger one is taken for damage.
MAX_OBJECT_BYTES: Final = 4 * MAX_LINE_CHARS
# How much may be read in vain before a damaged file is given up: bytes, and brackets and strings in them.
_LOST_BYTES: Final = 3 * MAX_OBJECT_BYTES
_LOST_TOKENS: Final = 2_000_000
_MAX_DEPTH: Final = 2 * MAX_JSON_DEPTH
_INTEGER_DIGITS: Final = 30
_TOKEN: Final = re.compile(rb'["{}\[\]]')
_STRING: Final = re.compile(rb'(?:[^"\\]++|\\.)*+"', re.DOTALL)
# After damage: an object with a field that begins a line, or follows a comma or a bracket.
_AGAIN: Final = re.compile(rb'[\n,\[}][ \t\r\n]{0,200}(?=\{[ \t\r\n]{0,200}")')


class JsonObject(dict[str, object]):
    """A JSON object that remembers a key said twice: which of the values counts is anyone's guess."""

    twice: str | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """An object of a stream, or in `problem` why what begins like one is none."""

    value: object
    problem: str = ""


def loads(text: str) -> object:
    """Parse one value. Raises ValueError in words for the analyst: what is wrong, and where in the text."""
    text = text.strip()
    try:
        value, end = _DECODER.raw_decode(text)
        if end != len(text):
            raise json.JSONDecodeError("more after the end", text, end)
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}" if error.lineno > 1 else f"column {error.colno}"
        raise ValueError(f"{error.msg} ({place})") from error
    except RecursionError as error:
        raise ValueError(f"nested over {MAX_JSON_DEPTH} levels") from error
    if text.count("{") + text.count("[") > MAX_JSON_DEPTH:
        _check_depth(value)
    return value


def _object(pairs: list[tuple[str, object]]) -> JsonObject:
    made = JsonObject(pairs)
    if len(made) != len(pairs):
        seen: set[str] = set()
        made.twice = next(name for name, _ in pairs if name in seen or seen.add(name))  # type: ignore[func-returns-value]
    return made


def _integer(digits: str) -> int | str:
    return int(digits) if len(digits) <= _INTEGER_DIGITS else digits


def _check_depth(value: object) -> None:
    level: Iterable[object] = [value]
    for _ in range(MAX_JSON_DEPTH):
        level = [
            child
            for item in level
            if isinstance(item, (dict, list))
            for child in (item.values() if isinstance(item, dict) else item)
            if isinstance(child, (dict, list))
        ]
        if not level:
            return
    raise ValueError(f"nested over {MAX_JSON_DEPTH} levels")


_DECODER: Final = json.JSONDecoder(
    object_pairs_hook=_object, parse_int=_integer, parse_constant=lambda _name: None
)


def objects(data: bytes, decode: Callable[[bytes], str]) -> Iterator[Found]:
    """The outermost objects of an array, or of values one after the other, in bytes compatible with ASCII.

    After a damaged one the search goes on at the next place inside it that looks like the beginning of another.
    decode: of the bytes of one object; raises ValueError.
    Raises ValueError when so much is damaged that the rest is not worth the time.
    """
    lost = lost_tokens = 0
    begin = data.find(b"{")
    while begin >= 0:
        end, closed, tokens = _end(data, begin + 1)
        problem = "" if closed else "its end is missing, or it is too large or too deep"
        if closed:
            try:
                yield Found(loads(decode(data[begin:end])))
            except ValueError as error:
                problem = str(error)
        if not problem:
            begin = data.find(b"{", end)
            continue
        yield Found(None, problem)
        lost += end - begin
        lost_tokens += tokens
        if lost > _LOST_BYTES or lost_tokens > _LOST_TOKENS:
            raise ValueError("most of it is damaged")
        again = _AGAIN.search(data, begin + 1)
        begin = data.find(b"{", again.end()) if again is not None else -1


def _end(data: bytes, position: int) -> tuple[int, bool, int]:
    """Where the object ends that was opened before `position`, or where that is given up; whether it ends; the number
    of brackets and strings on the way."""
    limit = min(len(data), position + MAX_OBJECT_BYTES)
    depth, tokens = 1, 0
    while (token := _TOKEN.search(data, position, limit)) is not None:
        position = token.end()
        tokens += 1
        mark = token[0]
        if mark == b'"':
            string = _STRING.match(data, position, limit)
            if string is None:
                return limit, False, tokens
            position = string.end()
        elif mark in b"{[":
            depth += 1
            if depth > _MAX_DEPTH:
                return position, False, tokens
        else:
            depth -= 1
            if not depth:
                return position, True, tokens
    return limit, False, tokens
