"""The committed tables are what the generator makes of the Unicode Character Database, where that is at hand."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from scripts.generate_unicode_tables import TARGET, span, write_module

from kashaf.bidi import _ucd

FOLDER = Path(os.environ.get("KASHAF_UNICODE_DATA") or "/usr/share/unicode")


def test_the_module_is_up_to_date() -> None:
    path = FOLDER / "extracted" / "DerivedBidiClass.txt"
    if not path.is_file() or f"-{_ucd.UNICODE_VERSION}.txt" not in path.read_text(encoding="utf-8"):
        pytest.skip(f"no Unicode {_ucd.UNICODE_VERSION} data in {FOLDER}")
    assert TARGET.read_text(encoding="utf-8") == write_module(FOLDER)


def test_tables_are_whole() -> None:
    for starts, values in (
        (_ucd.BIDI_STARTS, _ucd.BIDI_VALUES),
        (_ucd.JOINING_STARTS, _ucd.JOINING_VALUES),
        (_ucd.CELL_STARTS, _ucd.CELL_VALUES),
    ):
        assert starts[0] == 0
        assert len(starts) == len(values)
        assert list(starts) == sorted(set(starts))
    assert all(_ucd.MIRROR[_ucd.MIRROR[char]] == char for char in _ucd.MIRROR)
    assert set(_ucd.OPENING.values()) == set(_ucd.CLOSING.values())


def test_ranges_of_the_database() -> None:
    assert span("0041") == range(0x41, 0x42)
    assert span("0041..0043") == range(0x41, 0x44)
