"""JSON of our own files: bytes that a checksum vouches for, written and read by the ten thousand documents.

orjson has no integers of over 64 bits and writes NaN as null. What it cannot hold is written by Python's writer
and must be read by Python's reader: it is called wide.
"""

from __future__ import annotations

import gc
import json
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import orjson

from kashaf.errors import BadInput
from kashaf.said import said

if TYPE_CHECKING:
    from collections.abc import Iterator

_OPTIONS = (
    orjson.OPT_SORT_KEYS
    | orjson.OPT_PASSTHROUGH_DATACLASS
    | orjson.OPT_PASSTHROUGH_DATETIME
    | orjson.OPT_PASSTHROUGH_SUBCLASS
)
_wide = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode


def encode(value: object, *, trusted: bool = False) -> tuple[bytes, bool]:
    """One line of compact UTF-8 with sorted keys, the same for equal values; and whether it is wide.

    trusted: the value was read from JSON, so it holds nothing that JSON cannot. Raises BadInput.
    """
    try:
        data = orjson.dumps(value, option=_OPTIONS)
    except TypeError:
        pass
    else:
        if trusted or b"null" not in data or orjson.loads(data) == value:
            return data, False
    try:
        text = _wide(value)
        if json.loads(text) != value:
            raise TypeError("a key that is no text")
        return text.encode("utf-8"), True
    except UnicodeEncodeError as error:
        raise BadInput(said("half a character in a note"), cure=said("Write the note anew")) from error
    except (TypeError, ValueError, RecursionError) as error:
        raise BadInput(said("a note holds what JSON cannot: {why}", why=error)) from error


def decode(data: bytes | memoryview, *, wide: bool = False) -> Any:
    """The value in JSON that `encode` wrote. Raises ValueError for what is no JSON."""
    if wide:
        try:
            return json.loads(bytes(data))
        except RecursionError as error:
            raise ValueError("nested too deep") from error
    with without_collection():
        return orjson.loads(data)


@contextmanager
def without_collection() -> Iterator[None]:
    """Leave out the search for garbage while very many values are made that are none."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
