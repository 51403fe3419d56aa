"""The shipped name book as it is packed: the same as its YAML, and passed over when it is not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kashaf.entities.book import packed
from kashaf.entities.book.bookfile import read_layer
from kashaf.entities.book.namebook import NameBook
from kashaf.entities.book.packed import PACKED, layer_at, pack
from kashaf.entities.book.shipped import NAMES

BOOK = (
    "people:\n  - {name: عدنان الشيخاني, aliases: [الشيخاني], ambiguous: [الشيخاني]}\nhide: [صلاة المغرب]\n"
)


def test_the_packed_book_is_the_yaml() -> None:
    """When it is not: `python scripts/pack_names.py`."""
    assert PACKED.read_bytes() == pack(NAMES.read_bytes())
    written = read_layer(NAMES)
    entries = tuple(replace(entry, line=0) for entry in written.entries)
    assert layer_at(NAMES) == replace(written, entries=entries)


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A shipped book of one entry, and no packed one yet beside it."""
    path = tmp_path / "names.yaml"
    path.write_text(BOOK, "utf-8")
    monkeypatch.setattr(packed, "NAMES", path)
    monkeypatch.setattr(packed, "PACKED", path.with_suffix(".json"))
    return path


def test_it_is_read_in_the_place_of_the_yaml(shipped: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shipped.with_suffix(".json").write_bytes(pack(shipped.read_bytes()))
    monkeypatch.setattr(packed, "parse_layer", None)
    assert [entry.name for entry in layer_at(shipped).entries] == ["عدنان الشيخاني"]


@pytest.mark.parametrize(
    "damage", [b"", b"{", b"[]", b"null", b'{"sha256": ""}', b"\xff" * 40, b"[" * 50_000]
)
def test_a_damaged_one_is_passed_over(shipped: Path, damage: bytes) -> None:
    shipped.with_suffix(".json").write_bytes(damage)
    assert layer_at(shipped) == read_layer(shipped)


def test_one_that_was_cut_or_forged_is_passed_over(shipped: Path) -> None:
    good = pack(shipped.read_bytes())
    another_letter = good.replace("عدنان".encode(), "عدتان".encode())
    for bad in (
        good[:-20],
        good.replace(b'"person"', b'"nobody"'),
        good.replace(b'"\xd8', b'"\\u0007\xd8'),
        another_letter,
    ):
        assert bad != good
        packed._packed.cache_clear()
        shipped.with_suffix(".json").write_bytes(bad)
        assert layer_at(shipped) == read_layer(shipped)


def test_one_of_an_older_book_is_passed_over(shipped: Path) -> None:
    shipped.with_suffix(".json").write_bytes(pack(shipped.read_bytes()))
    shipped.write_text(BOOK + "places: [وادي السدر]\n", "utf-8")
    assert {name.canonical for name in NameBook.load(shipped).names} == {"عدنان الشيخاني", "وادي السدر"}
