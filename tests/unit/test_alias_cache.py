"""Names and spellings kept beside the index: the same as those of the books, and never anything else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kashaf.entities.book.namebook import NameBook
from kashaf.entities.book.shipped import NAMES, SPELLINGS
from kashaf.entities.book.spellings import Spellings
from kashaf.errors import BadInput
from kashaf_index import aliascache
from kashaf_index.aliascache import AliasCache, Known
from kashaf_index.aliases import Aliases

BOOK = """
people:
  - name: سعاد المرجاني
    aliases: [أم البحار, سعاد]
    ambiguous: [سعاد]
places:
  - name: مدينة الفيروز
    aliases: [الفيروز]
"""
GROUPS = "stems:\n  - [فيروز, فيروس]\nwords:\n  - [أم البحار, ست البحر]\n"
ASKED = (("ام", "البحار"), ("الفيروز",), ("سعاد",), ("فيروز", "في", "مدينه", "الفيروز"))


class Case:
    """Two books in a folder, and how often they were read."""

    def __init__(self, folder: Path) -> None:
        self.names, self.spellings = folder / "names.yaml", folder / "spellings.yaml"
        self.names.write_text(BOOK, encoding="utf-8")
        self.spellings.write_text(GROUPS, encoding="utf-8")
        self.path = folder / "aliases.json"
        self.reads = 0

    def book(self) -> NameBook:
        self.reads += 1
        return NameBook.load(None, [self.names])

    def groups(self) -> Spellings:
        return Spellings.load(None, [self.spellings])

    def cache(self) -> AliasCache:
        return AliasCache(self.path, [self.names, self.spellings])

    def answers(self, *, cached: bool = True) -> list[object]:
        aliases = Aliases(self.book, self.groups, self.cache() if cached else None)
        return [aliases.expansions(words) for words in ASKED]


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return Case(tmp_path)


def test_the_books_are_read_once_and_the_answers_are_theirs(case: Case) -> None:
    plain = case.answers(cached=False)
    assert any(plain)
    assert case.answers() == plain
    assert case.reads == 2
    assert case.answers() == case.answers() == plain
    assert case.reads == 2


def test_the_shipped_books_come_back_whole(tmp_path: Path) -> None:
    known = Known.of(NameBook.load(), Spellings.load())
    cache = AliasCache(tmp_path / "aliases.json", [NAMES, SPELLINGS])
    assert cache.known(lambda: known) == known
    assert AliasCache(tmp_path / "aliases.json", [NAMES, SPELLINGS]).known(_never) == known


def _never() -> Known:
    raise AssertionError("the books were read")


@pytest.mark.parametrize("which", ["names", "spellings"])
def test_a_changed_book_is_read_again(case: Case, which: str) -> None:
    case.answers()
    path = case.names if which == "names" else case.spellings
    path.write_text(path.read_text(encoding="utf-8").replace("البحار", "الموانئ"), encoding="utf-8")
    assert case.answers() == case.answers(cached=False)
    path.unlink()
    assert case.answers() == case.answers(cached=False)
    before = case.reads
    case.answers()
    assert case.reads == before


def test_another_way_of_folding_reads_them_again(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    case.answers()
    monkeypatch.setattr(aliascache, "fingerprint", lambda: "another")
    case.answers()
    assert case.reads == 2


def test_a_book_that_changes_while_it_is_read_is_not_kept(case: Case) -> None:
    def changing() -> NameBook:
        book = case.book()
        case.names.write_text(BOOK.replace("سعاد المرجاني", "سعاد الحسيني"), encoding="utf-8")
        return book

    Aliases(changing, case.groups, case.cache()).expansions(ASKED[0])
    assert not case.path.exists()


def test_a_book_that_is_none_says_so_every_time(case: Case) -> None:
    case.names.write_text("people: 7", encoding="utf-8")
    for _ in range(2):
        with pytest.raises(BadInput):
            case.answers()
    assert not case.path.exists()


@pytest.mark.parametrize(
    "damage",
    [
        b"",
        b"{",
        b"[]",
        b"[" * 100_000,
        b"\xff\xfe",
        b"null",
        ("names", [["x"]]),
        ("names", [[7, [["x"]]]]),
        ("names", [["x", [["x", 7]]]]),
        ("names", {"x": [["x"]]}),
        ("names", [["\x1b]0;title\x07", [["ام", "البحار"]]]]),
        ("stems", [["فيروز", ["\u202eabc"]]]),
        ("words", [[["ام"], [["a\x9b2J"]]]]),
        ("stems", [["x", "y"]]),
        ("words", 7),
        ("key", "0" * 64),
        ("more", 1),
    ],
)
def test_what_is_damaged_or_not_fit_for_a_terminal_is_made_again(
    case: Case, damage: bytes | tuple[str, object]
) -> None:
    plain = case.answers()
    whole = case.path.read_bytes()
    if isinstance(damage, bytes):
        case.path.write_bytes(damage)
    else:
        case.path.write_text(json.dumps(json.loads(whole) | dict([damage])), encoding="utf-8")
    assert case.answers() == plain
    assert case.reads == 2
    assert case.path.read_bytes() == whole


def test_where_nothing_can_be_written_the_books_are_read(case: Case) -> None:
    case.path.mkdir()
    assert case.answers() == case.answers(cached=False)
    case.path.rmdir()
    nowhere = AliasCache(case.path / "no" / "folder.json", [case.names])
    assert nowhere.known(lambda: Known.of(case.book(), case.groups())).names
