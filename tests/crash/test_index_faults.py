"""A disk that fills up, fails or refuses while the index is written: the old one stays, and the next run makes up."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.crash.index_operations import SCENARIOS, SMALL_BATCH, Scenario, litter, state
from tests.index_corpus import ARTICLES, build, make_article
from tests.notes_support import Counter

from kashaf.corpus.catalogue import Catalogue
from kashaf.errors import DiskTrouble, IndexDamaged
from kashaf.storage import syscalls
from kashaf.storage.syscalls import Call
from kashaf.workspace import create
from kashaf_index import build as building
from kashaf_index.build import IndexWriter
from kashaf_index.bulk import builder
from kashaf_index.codec.container import Container
from kashaf_index.model import Query
from kashaf_index.opening import current_generation, read_manifest
from kashaf_index.search import Searcher
from kashaf_index.update import update

ALL = os.environ.get("KASHAF_CRASH") == "all"
SAMPLE = 5
FEWEST_POINTS = 6
ROOT = Path(__file__).parents[2]

Watcher = Callable[[Call], None]


class FullDisk:
    """A disk on which so many bytes are left; a write that does not fit leaves what fits, as a real one does."""

    def __init__(self, left: int, error: int) -> None:
        self.left = left
        self.written = 0
        self.refused = 0
        self._error = error

    def __call__(self, call: Call) -> None:
        if call.name != "write":
            return
        self.written += len(call.data)
        if len(call.data) > self.left:
            path = Path(call.path)
            if path.exists():  # a spool file has no name
                with path.open("ab") as torn:
                    torn.write(call.data[: self.left])
            self.left = 0
            self.refused += 1
            raise OSError(self._error, os.strerror(self._error))
        self.left -= len(call.data)


class Failing:
    """The n-th call of these names fails, once."""

    def __init__(self, fail_at: int, error: int, *names: str) -> None:
        self.taken = 0
        self.refused = 0
        self._fail_at, self._error, self._names = fail_at, error, names

    def __call__(self, call: Call) -> None:
        if self._names and call.name not in self._names:
            return
        self.taken += 1
        if self.taken == self._fail_at:
            self.refused += 1
            raise OSError(self._error, os.strerror(self._error), call.path)


@pytest.fixture(autouse=True)
def _small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(builder, "BATCH", SMALL_BATCH)


def case(tmp_path: Path, scenario: Scenario) -> Path:
    template = tmp_path / "template"
    template.mkdir()
    scenario.before(template)
    return template


def measure(tmp_path: Path, template: Path, scenario: Scenario, watcher: Watcher) -> None:
    undisturbed = tmp_path / "undisturbed"
    shutil.copytree(template, undisturbed)
    with syscalls.watched(watcher):
        scenario.change(undisturbed)
    assert state(undisturbed, scenario) == "new"
    shutil.rmtree(undisturbed)


def fails(tmp_path: Path, template: Path, scenario: Scenario, watcher: Watcher) -> str:
    """What is there after a change that the disk refused. The next change, on a good disk, makes up for it."""
    index_dir = tmp_path / "case"
    shutil.copytree(template, index_dir)
    refused: DiskTrouble | None = None
    with syscalls.watched(watcher):
        try:
            scenario.change(index_dir)
        except DiskTrouble as error:
            refused = error
    found = state(index_dir, scenario)
    if refused is None:
        # Once the new one is there for good, what the disk does not let go of is nobody's trouble.
        assert found == "new"
    else:
        assert refused.where.startswith(str(index_dir))
        assert refused.cure
    scenario.change(index_dir)
    assert state(index_dir, scenario) == "new"
    assert litter(index_dir) == []
    shutil.rmtree(index_dir)
    return found


def sample(last: int) -> list[int]:
    return [*range(1, last, 1 if ALL else max(1, last // SAMPLE)), last]


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.name)
def test_a_disk_that_is_full_at_byte_n(tmp_path: Path, scenario: Scenario) -> None:
    template = case(tmp_path, scenario)
    endless = FullDisk(1 << 40, errno.ENOSPC)
    measure(tmp_path, template, scenario, endless)
    last = endless.written - 1
    tried = [*range(0, last, 997 if ALL else max(1, last // SAMPLE)), last]
    for left in tried:
        disk = FullDisk(left, errno.ENOSPC)
        assert fails(tmp_path, template, scenario, disk) == "old", left
        assert disk.refused
    assert len(tried) >= FEWEST_POINTS


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.name)
def test_an_fsync_that_fails(tmp_path: Path, scenario: Scenario) -> None:
    """Of files and of folders. After the pointer was swapped, the new index may be the one that is found."""
    template = case(tmp_path, scenario)
    names = ("fsync", "fsync_dir")
    counter = Failing(-1, errno.EIO, *names)
    measure(tmp_path, template, scenario, counter)
    assert counter.taken >= FEWEST_POINTS
    found = [
        fails(tmp_path, template, scenario, Failing(n, errno.EIO, *names)) for n in sample(counter.taken)
    ]
    assert found[0] == "old"
    # Once it is new it stays new: nothing of the swap comes before the old one is let go of.
    assert found == sorted(found, reverse=True)


@pytest.mark.parametrize(("error", "forever"), [(errno.EIO, False), (errno.EROFS, True)])
@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.name)
def test_any_call_that_fails(tmp_path: Path, scenario: Scenario, error: int, forever: bool) -> None:
    template = case(tmp_path, scenario)
    counter = Counter()
    measure(tmp_path, template, scenario, counter)
    assert len(counter.calls) > 40
    refused = 0
    for n in sample(len(counter.calls)):
        index_dir = tmp_path / "case"
        shutil.copytree(template, index_dir)
        with syscalls.watched(Counter(n, error, forever=forever)):
            try:
                scenario.change(index_dir)
            except DiskTrouble:
                refused += 1
        state(index_dir, scenario)
        scenario.change(index_dir)
        assert state(index_dir, scenario) == "new"
        assert litter(index_dir) == []
        shutil.rmtree(index_dir)
    # Those of tidying up are nobody's trouble.
    assert refused > SAMPLE // 2


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.name)
def test_ctrl_c_at_any_call(tmp_path: Path, scenario: Scenario) -> None:
    template = case(tmp_path, scenario)
    counter = Counter()
    measure(tmp_path, template, scenario, counter)
    for n in sample(len(counter.calls)):
        index_dir = tmp_path / "case"
        shutil.copytree(template, index_dir)
        taken = 0

        def interrupt(_call: Call, n: int = n) -> None:
            nonlocal taken
            taken += 1
            if taken == n:
                raise KeyboardInterrupt

        with syscalls.watched(interrupt), pytest.raises(KeyboardInterrupt):
            scenario.change(index_dir)
        state(index_dir, scenario)
        assert not list(index_dir.glob("*.part"))
        scenario.change(index_dir)
        assert state(index_dir, scenario) == "new"
        assert litter(index_dir) == []
        shutil.rmtree(index_dir)


def test_without_hard_links_segments_are_copied(tmp_path: Path) -> None:
    build(tmp_path, ARTICLES[:1])

    def refuse(call: Call) -> None:
        if call.name == "link":
            raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    with syscalls.watched(refuse):
        build(tmp_path, ARTICLES[1:2])
    files = {path.name: path for path in current_generation(tmp_path).glob("*.seg")}
    assert len(files) == 2
    assert all(path.stat().st_nlink == 1 for path in files.values())
    with Searcher.open(tmp_path) as searcher:
        assert searcher.ids() == {article.id for article in ARTICLES[:2]}


def test_a_full_disk_is_not_written_to_in_the_place_of_links(tmp_path: Path) -> None:
    build(tmp_path, ARTICLES[:1])

    def refuse(call: Call) -> None:
        if call.name == "link":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with syscalls.watched(refuse), pytest.raises(DiskTrouble, match="space"):
        build(tmp_path, ARTICLES[1:2])


def test_a_clock_that_was_set_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(tmp_path, ARTICLES[:1])

    class Earlier(datetime):
        @classmethod
        def now(cls, tz: object = None) -> Earlier:
            return cls(1999, 12, 31, 23, 59, tzinfo=UTC)

    monkeypatch.setattr(building, "datetime", Earlier)
    build(tmp_path, ARTICLES[1:2])
    monkeypatch.undo()
    manifest = read_manifest(tmp_path)
    assert (manifest.generation, manifest.created[:4]) == ("gen-000002", "1999")
    for path in tmp_path.rglob("*"):
        os.utime(path, (0, 0))
    build(tmp_path, ARTICLES[2:3])
    with Searcher.open(tmp_path) as searcher:
        assert searcher.generation == "gen-000003"
        assert searcher.ids() == {article.id for article in ARTICLES[:3]}


def test_a_path_in_arabic_with_spaces(tmp_path: Path) -> None:
    index_dir = tmp_path / "بحث عن القرية" / " فهرس\u200f الكلمات "
    for number in range(6):
        build(index_dir, ARTICLES[number % 5 : number % 5 + 1])
    with Searcher.open(index_dir) as searcher:
        assert searcher.ids() == {article.id for article in ARTICLES}
    (segment, *_) = current_generation(index_dir).glob("*.seg")
    segment.write_bytes(segment.read_bytes()[:-1])
    with pytest.raises(IndexDamaged) as caught:
        Searcher.open(index_dir)
    assert str(segment) in str(caught.value)


def test_a_garbled_segment_that_is_to_be_merged_is_told(tmp_path: Path) -> None:
    """And nothing is lost: the generation before it stays, and a rebuild cures."""
    words = " ".join(f"كلمة{number}" for number in range(4000))
    for article in (make_article("long", "طويل", words), *ARTICLES[:3]):
        build(tmp_path, [article])
    segment = max(current_generation(tmp_path).glob("*.seg"), key=lambda path: path.stat().st_size)
    with Container.open(segment) as container:
        # Not where the ids and the like stand, which a writer reads at once.
        flipped = container.extent("words.blob").offset + container.size // 4
    data = bytearray(segment.read_bytes())
    data[flipped] ^= 1
    segment.write_bytes(data)
    with pytest.raises(IndexDamaged) as caught:
        build(tmp_path, ARTICLES[4:])
    assert segment.name in str(caught.value)
    assert "--rebuild" in caught.value.cure
    assert read_manifest(tmp_path).generation == "gen-000004"
    assert litter(tmp_path) == []
    with IndexWriter(tmp_path, rebuild=True) as writer:
        for article in ARTICLES:
            writer.put(article)
        writer.commit()
    assert litter(tmp_path) == []
    with Searcher.open(tmp_path) as searcher:
        assert searcher.search(Query("*")).total == len(ARTICLES)


def test_read_only_media(tmp_path: Path) -> None:
    """A workspace of which nothing can be changed opens and searches. Every change is refused as such a disk does."""
    stick = tmp_path / "stick"
    stick.mkdir()
    (stick / "harbour.txt").write_text(
        "افتتاح الميناء\n\nافتتح الوزير ميناء الصيد الجديد.\n", encoding="utf-8"
    )
    workspace = create(tmp_path / "قرص للقراءة")
    update(workspace, Catalogue(workspace.catalogue), [stick])
    before = {path: path.stat().st_mtime_ns for path in workspace.root.rglob("*")}
    done = subprocess.run(
        [sys.executable, __file__, str(workspace.root)],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert before == {path: path.stat().st_mtime_ns for path in workspace.root.rglob("*")}


def _read_only(root: Path) -> None:
    """In a process of its own: nothing under `root` can be changed from here on."""
    from tests.cli_support import kashaf

    def refuse(event: str, args: tuple[object, ...]) -> None:
        if event == "open":
            changes = isinstance(args[2], int) and args[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
        else:
            changes = event in {"os.rename", "os.link", "os.remove", "os.mkdir", "os.rmdir", "os.truncate"}
        if changes and str(args[0]).startswith(str(root)):
            raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(args[0]))

    sys.addaudithook(refuse)
    ran = kashaf("-w", root, "search", "الميناء", "--json")
    assert (ran.code, ran.json["total"]) == (0, 1), ran
    (hit,) = ran.json["hits"]
    ran = kashaf("-w", root, "show", hit["id"])
    assert ran.code == 0, ran
    assert "ميناء الصيد" in ran.text
    ran = kashaf("-w", root, "index")
    assert ran.code == DiskTrouble.exit_code, ran
    assert "read-only" in ran.messages, ran


if __name__ == "__main__":
    _read_only(Path(sys.argv[1]))
