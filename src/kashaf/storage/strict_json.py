"""JSON from outside, within limits: size, depth, and nothing that two readers could understand differently.

Python's reader takes the last of two equal keys, NaN, and half surrogate pairs (RFC 8259 sections 4, 6 and
8.2 leave them open). Here each is an error that names its place, as `notes[3].target.start`.
"""

from __future__ import annotations

import json
import math
from typing import Final, TypeAlias

from kashaf.errors import BadInput

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | bool | None"

MAX_BYTES: Final = 256 * 1024 * 1024
MAX_DEPTH: Final = 32
MAX_DIGITS: Final = 40


class _Fault:
    """Stands in the parsed value where something is wrong, until the walk finds it and its place."""

    def __init__(self, problem: str) -> None:
        self.problem = problem


def loads(data: bytes, *, where: str, max_bytes: int = MAX_BYTES, max_depth: int = MAX_DEPTH) -> Json:
    """Parse UTF-8 JSON. A BOM at the start is passed over.

    Raises BadInput, with `where` and the place, for bytes over `max_bytes`, other encodings, malformed JSON,
    nesting over `max_depth`, a key twice in one object, NaN and infinities, integers over 40 digits, and lone
    surrogates.
    """
    if len(data) > max_bytes:
        raise BadInput(f"over {max_bytes // 1024 // 1024} MiB", where=where, cure="Split the file")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _bad(f"not UTF-8 at byte {error.start}", where) from error
    try:
        value: object = json.loads(
            text, object_pairs_hook=_pairs, parse_int=_integer, parse_float=_float, parse_constant=_constant
        )
    except json.JSONDecodeError as error:
        raise _bad(f"not JSON: {error.msg}", f"{where}, line {error.lineno}, column {error.colno}") from error
    except RecursionError as error:
        raise _bad(f"nested over {max_depth} levels", where) from error
    return _walk(value, "", 0, where, max_depth)


def _pairs(pairs: list[tuple[str, object]]) -> object:
    mapping = dict(pairs)
    if len(mapping) == len(pairs):
        return mapping
    seen: set[str] = set()
    for key, _ in pairs:
        if key in seen:
            return _Fault(f"the key {key!r} stands twice")
        seen.add(key)
    raise AssertionError("unreachable")


def _integer(literal: str) -> object:
    return int(literal) if len(literal) <= MAX_DIGITS else _Fault(f"an integer of over {MAX_DIGITS} digits")


def _float(literal: str) -> object:
    number = float(literal)
    return number if math.isfinite(number) else _Fault("a number out of range")


def _constant(literal: str) -> object:
    return _Fault(f"{literal} is no JSON number")


def _walk(value: object, place: str, depth: int, where: str, max_depth: int) -> Json:
    """The value unchanged, once nothing under it is at fault."""
    if isinstance(value, _Fault):
        raise _bad(value.problem, f"{where}, at {place}" if place else where)
    if isinstance(value, str):
        _check_text(value, place, where)
        return value
    if isinstance(value, (dict, list)):
        if depth == max_depth:
            raise _bad(f"nested over {max_depth} levels", f"{where}, at {place}")
        if isinstance(value, dict):
            for key, inner in value.items():
                _check_text(key, f"a key of {place or 'the document'}", where)
                _walk(inner, f"{place}.{key}" if place else key, depth + 1, where, max_depth)
        else:
            for number, inner in enumerate(value):
                _walk(inner, f"{place}[{number}]", depth + 1, where, max_depth)
        return value
    if value is None or isinstance(value, (bool, int, float)):
        return value
    raise AssertionError(f"no JSON value: {type(value).__name__}")


def _check_text(text: str, place: str, where: str) -> None:
    if text.isascii():
        return
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise _bad(
            f"half a character at {error.start}", f"{where}, at {place}" if place else where
        ) from error


def _bad(problem: str, where: str) -> BadInput:
    return BadInput(problem, where=where, cure="Mend the file and try again")
