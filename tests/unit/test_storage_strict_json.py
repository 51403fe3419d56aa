"""JSON within limits, and every complaint with its place."""

from __future__ import annotations

import pytest

from kashaf.errors import BadInput
from kashaf.storage.strict_json import loads


@pytest.mark.parametrize(
    ("data", "problem", "place"),
    [
        (b'{"a": [{"b": 1, "c": 2, "b": 3}]}', "'b' stands twice", "at a[0]"),
        (b'{"a": 1, "a": 1}', "'a' stands twice", "f"),
        (b'{"a": [1, NaN]}', "NaN is no JSON number", "at a[1]"),
        (b'{"a": -Infinity}', "-Infinity is no JSON number", "at a"),
        (b'{"a": 1e999}', "a number out of range", "at a"),
        (b"[" + b"9" * 41 + b"]", "an integer of over 40 digits", "at [0]"),
        (b"[" + b"9" * 100_000 + b"]", "an integer of over 40 digits", "at [0]"),
        (rb'{"n": [{"body": "x\ud800y"}]}', "half a character at 1", "at n[0].body"),
        (rb'{"n\udfff": 1}', "half a character at 1", "at a key of the document"),
        (b'{"a": 1,}', "not JSON", "line 1, column 9"),
        (b'{"a": 1}\n{"b": 2}', "not JSON: Extra data", "line 2, column 1"),
        (b"", "not JSON", "line 1, column 1"),
        (b"\x00" * 64, "not JSON", "line 1, column 1"),
        ('"نص"'.encode("cp1256"), "not UTF-8 at byte 1", "f"),
        (b"[" * 33 + b"]" * 33, "nested over 32 levels", "[0][0][0]"),
        (b"[" * 200_000, "nested over 32 levels", "f"),
        (b'{"a":' * 40 + b"1" + b"}" * 40, "nested over 32 levels", "at a.a.a"),
    ],
)
def test_what_is_refused_and_where(data: bytes, problem: str, place: str) -> None:
    with pytest.raises(BadInput) as caught:
        loads(data, where="f")
    assert problem in caught.value.what
    assert caught.value.where.startswith("f")
    assert place in caught.value.where


def test_too_large() -> None:
    with pytest.raises(BadInput, match="over 1 MiB"):
        loads(b" " * (1024 * 1024 + 1), where="f", max_bytes=1024 * 1024)


def test_what_is_read() -> None:
    data = '﻿{"a": [1, -2.5, true, null, "سلام \\ud83d\\ude00"]}'.encode()
    assert loads(data, where="f") == {"a": [1, -2.5, True, None, "سلام 😀"]}
    assert loads(b"[" * 32 + b"]" * 32, where="f")
