"""The catalogue: minted once, appended, compacted, and never guessed at when damaged."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kashaf.corpus.catalogue import Catalogue, ContainerRecord, Entry, FileRecord, Place, Revision
from kashaf.corpus.corrections import Correction
from kashaf.corpus.identity import ID_LENGTH, mint
from kashaf.corpus.readers import Hints
from kashaf.errors import StoreDamaged

RAW = "a" * 64
OTHER = "b" * 64


def revision(raw: str = RAW, member: str = "") -> Revision:
    return Revision(raw, member, raw, "تقرير.txt", "2026-01-02T03:04:05+00:00", "0.1.0")


def entry(article_id: str, path: str, raw: str = RAW) -> Entry:
    return Entry(article_id, (revision(raw),), frozenset({Place("s1", path, "")}))


def test_ids_depend_on_bytes_and_member_alone() -> None:
    assert mint(RAW) == mint(RAW)
    assert len({mint(RAW), mint(RAW, "1"), mint(RAW, "", 1), mint(OTHER)}) == 4
    assert all(len(mint(RAW, str(number))) == ID_LENGTH for number in range(100))


def test_a_catalogue_reads_back_what_was_saved(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.jsonl"
    catalogue = Catalogue(path)
    source = catalogue.new_source("/media/stick/أخبار")
    catalogue.put(entry("0123456789ab", "أ.txt"))
    catalogue.put_file(FileRecord(RAW, (("", "0123456789ab", RAW),), (("3", "no text"),)))
    catalogue.save()
    again = Catalogue(path)
    assert again.get("0123456789ab") == entry("0123456789ab", "أ.txt")
    assert again.files == catalogue.files
    assert again.sources == {source.id: source}
    assert again.at(Place("s1", "أ.txt", "")) == again.with_bytes(RAW)


def test_containers_hints_and_corrections_read_back(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.jsonl"
    catalogue = Catalogue(path)
    hints = Hints(charset="windows-1256", url="https://marfa.example/1")
    unpacked = replace(revision(), container="صحف.warc.gz", container_sha256=OTHER, hints=hints)
    corrections = (Correction("title", "عنوان", "2026-01-02T03:04:05+00:00"), Correction("author", None, "x"))
    kept = Entry("0123456789ab", (revision(OTHER), unpacked), frozenset(), corrections)
    catalogue.put(kept)
    catalogue.put_container(ContainerRecord(OTHER, (("1.html", RAW),), (("2.exe", "binary file"),)))
    catalogue.save()
    again = Catalogue(path)
    assert again.get("0123456789ab") == kept
    assert again.containers == catalogue.containers


def test_a_catalogue_of_the_first_version_is_read_and_becomes_one_of_the_second(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.jsonl"
    catalogue = Catalogue(path)
    catalogue.put(entry("0123456789ab", "أ.txt"))
    catalogue.save()
    text = path.read_text("utf-8")
    assert '"version":2' in text
    path.write_text(text.replace('"version":2', '"version":1'), "utf-8")
    old = Catalogue(path)
    assert old.get("0123456789ab") == entry("0123456789ab", "أ.txt")
    old.put(entry("0123456789ac", "ب.txt", OTHER))
    old.save()
    assert '"version":2' in path.read_text("utf-8")
    assert len(Catalogue(path)) == 2


def test_later_lines_win_and_old_places_and_bytes_are_forgotten(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.jsonl"
    catalogue = Catalogue(path)
    catalogue.put(entry("0123456789ab", "old.txt"))
    catalogue.save()
    catalogue.put(entry("0123456789ab", "new.txt", OTHER))
    catalogue.save()
    assert len(path.read_text(encoding="utf-8").splitlines()) == 3
    again = Catalogue(path)
    assert again.at(Place("s1", "old.txt", "")) is None
    assert again.with_bytes(RAW) is None
    assert again.with_bytes(OTHER) == again.get("0123456789ab")


def test_nothing_is_written_before_save_and_nothing_without_a_change(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.jsonl"
    catalogue = Catalogue(path)
    catalogue.put(entry("0123456789ab", "a.txt"))
    assert not path.exists()
    catalogue.save()
    before = path.read_bytes()
    catalogue.put(entry("0123456789ab", "a.txt"))
    catalogue.save()
    assert path.read_bytes() == before


def test_a_cut_off_append_is_dropped_and_mended_by_the_next_save(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.jsonl"
    catalogue = Catalogue(path)
    catalogue.put(entry("0123456789ab", "a.txt"))
    catalogue.save()
    whole = path.read_bytes()
    path.write_bytes(whole + b'{"article": {"id": "zz')
    again = Catalogue(path)
    assert [found.id for found in again.entries()] == ["0123456789ab"]
    again.put(entry("zzzzzzzzzzzz", "b.txt", OTHER))
    again.save()
    assert {found.id for found in Catalogue(path).entries()} == {"0123456789ab", "zzzzzzzzzzzz"}


@pytest.mark.parametrize(
    "line", ["{", "[]", '{"article": {"id": "x"}}', '{"file": {"sha256": "x"}}', '{"what": 1}', "null"]
)
def test_damage_in_the_midst_is_said_with_its_line_and_left_alone(tmp_path: Path, line: str) -> None:
    path = tmp_path / "catalogue.jsonl"
    path.write_text('{"kashaf":"catalogue","version":1}\n' + line + "\n", encoding="utf-8")
    before = path.read_bytes()
    with pytest.raises(StoreDamaged, match="line 2"):
        Catalogue(path)
    assert path.read_bytes() == before


def test_a_newer_version_is_not_read_as_if_it_were_ours(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.jsonl"
    path.write_text('{"kashaf":"catalogue","version":3}\n', encoding="utf-8")
    with pytest.raises(StoreDamaged, match="line 1"):
        Catalogue(path)


def test_it_is_compacted_when_most_of_it_is_history(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.jsonl"
    catalogue = Catalogue(path)
    for number in range(1200):
        catalogue.put(entry("0123456789ab", f"{number}.txt"))
        catalogue.save()
    assert len(path.read_text(encoding="utf-8").splitlines()) < 1100
    assert Catalogue(path).get("0123456789ab") == entry("0123456789ab", "1199.txt")


def test_ids_that_are_taken_are_not_minted_twice(tmp_path: Path) -> None:
    catalogue = Catalogue(tmp_path / "catalogue.jsonl")
    first = catalogue.mint_id(RAW, "")
    catalogue.put(entry(first, "a.txt"))
    assert catalogue.mint_id(RAW, "") != first


def test_an_empty_file_gets_its_header(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.jsonl"
    path.touch()
    catalogue = Catalogue(path)
    catalogue.put(entry("0123456789ab", "a.txt"))
    catalogue.save()
    assert len(Catalogue(path)) == 1
