"""Large files of records: read one by one from a copy that nobody changes, and taken up again at any record."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kashaf.corpus import ingest, intake, readers, reading, waiting
from kashaf.corpus.catalogue import Catalogue
from kashaf.corpus.progress import Progress
from kashaf.corpus.readers import Failure, Hints, Member
from kashaf.corpus.readers import articles as read_articles
from kashaf.errors import BadInput
from kashaf.storage.batch import Batch
from kashaf.workspace import Workspace, create
from kashaf_index.search import Searcher
from kashaf_index.update import Stopped, Updated, update

Update = Callable[..., Updated]


def record(number: int, more: str = "", *, key: bool = False) -> str:
    value: dict[str, object] = {
        "title": f"وصول الشحنة رقم {number} إلى المرفأ",
        "content": f"أفرغت السفينة رقم {number} حمولتها صباح الأحد على الرصيف الثالث من الميناء. {more}",
    }
    return json.dumps({"id": f"k{number}", **value} if key else value, ensure_ascii=False) + "\n"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return create(tmp_path / "case")


@pytest.fixture(params=["large", "medium"])
def size(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Both ways to read a file of records one by one, at sizes that a test can afford."""
    monkeypatch.setattr(reading, "LARGE_BYTES", 1000)
    if request.param == "large":
        fit_little(monkeypatch)
    return str(request.param)


def fit_little(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files over 2,000 bytes do not fit in memory."""
    readers.format_of(readers.source_of("warm up.txt", b"x"))
    for name, module in list(sys.modules.items()):
        if name.startswith("kashaf.corpus.") and hasattr(module, "MAX_FILE_BYTES"):
            monkeypatch.setattr(module, "MAX_FILE_BYTES", 2000)


@pytest.fixture
def feed(tmp_path: Path) -> Path:
    path = tmp_path / "stick" / "feed.jsonl"
    path.parent.mkdir()
    path.write_text("".join(map(record, range(40))), encoding="utf-8")
    return path


@pytest.fixture
def updated(workspace: Workspace) -> Update:
    def run(*roots: Path, **options: object) -> Updated:
        return update(workspace, Catalogue(workspace.catalogue), roots, **options)  # type: ignore[arg-type]

    return run


def ids(workspace: Workspace) -> set[str]:
    found = {entry.id for entry in Catalogue(workspace.catalogue).present()}
    with Searcher.open(workspace.index) as searcher:
        assert searcher.ids() == found
    return found


def numbers(result: Updated) -> tuple[int, int, int, int, int]:
    return result.added, result.updated, result.unchanged, result.removed, len(result.failed)


@pytest.mark.parametrize("link", [False, True])
def test_a_feed_is_imported_and_changes(
    updated: Update, workspace: Workspace, feed: Path, size: str, link: bool
) -> None:
    assert numbers(updated(feed.parent, link=link)) == (40, 0, 0, 0, 0)
    assert len(list(workspace.originals.rglob("*.raw"))) == (0 if link else 1)
    before = ids(workspace)
    assert numbers(updated(feed.parent, link=link)) == (0, 0, 40, 0, 0)
    lines = feed.read_text(encoding="utf-8").splitlines(keepends=True)
    feed.write_text("".join([record(90), *lines[:-1], record(39, "وأضاف.")]), encoding="utf-8")
    result = updated(feed.parent, link=link)
    assert (result.added + result.updated, result.unchanged) == (2, 39)
    assert len(before & ids(workspace)) >= 39
    assert updated(rebuild=True).failed == ()
    assert not list(workspace.derived.glob("spool"))


@pytest.mark.parametrize("room", [0, waiting.HELD_CHARS])
@pytest.mark.parametrize("pending", [1, 10**9])
def test_a_changed_record_keeps_its_article(
    updated: Update,
    workspace: Workspace,
    feed: Path,
    size: str,
    monkeypatch: pytest.MonkeyPatch,
    room: int,
    pending: int,
) -> None:
    from kashaf.corpus import register

    monkeypatch.setattr(register, "_PENDING_CHARS", pending)
    monkeypatch.setattr(waiting.Waiting, "__init__", _with_room(room))
    for key in (False, True):
        feed.write_text("".join(record(number, key=key) for number in range(40)), encoding="utf-8")
        updated(feed.parent)
        before = ids(workspace)
        changed = (record(number, "وأضاف." if number % 3 == 0 else "", key=key) for number in range(40))
        feed.write_text("".join(changed), encoding="utf-8")
        assert numbers(updated(feed.parent)) == (0, 14, 26, 0, 0)
        assert ids(workspace) == before


def _with_room(room: int) -> Callable[[waiting.Waiting], None]:
    made = waiting.Waiting.__init__

    def init(self: waiting.Waiting) -> None:
        made(self, room=room)

    return init


@pytest.mark.parametrize("after", [1, 17, 30])
def test_a_feed_that_was_stopped_is_taken_up_again(
    updated: Update, workspace: Workspace, feed: Path, size: str, tmp_path: Path, after: int
) -> None:
    other = create(tmp_path / "other")
    update(other, Catalogue(other.catalogue), [feed.parent])
    calls = iter(range(10**6))
    staged = False

    def cancelled() -> bool:
        nonlocal staged
        staged = staged or bool(list(workspace.root.rglob("originals/*/*")))
        return staged and next(calls) >= after

    with pytest.raises(Stopped) as stopped:
        updated(feed.parent, cancelled=cancelled)
    done = stopped.value.updated
    assert 0 < done.added < 40
    assert len(ids(workspace)) == done.articles == done.added
    again = updated(feed.parent)
    assert numbers(again) == (40 - done.added, 0, done.added, 0, 0)
    assert ids(workspace) == ids(other)


def test_a_save_in_the_midst_of_a_file_comes_after_its_original(
    updated: Update, workspace: Workspace, feed: Path, size: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ingest, "_SAVE_EVERY", 7)
    save = Catalogue.save
    seen: list[int] = []

    def watched(catalogue: Catalogue) -> None:
        save(catalogue)
        for entry in Catalogue(workspace.catalogue).present():
            raw = entry.current.raw_sha256
            assert (workspace.originals / raw[:2] / f"{raw}.raw").is_file()
        seen.append(len(Catalogue(workspace.catalogue)))

    monkeypatch.setattr(Catalogue, "save", watched)
    assert updated(feed.parent).added == 40
    assert len(seen) > 5
    assert seen == sorted(seen)


def test_a_file_that_changes_after_it_was_hashed_is_refused_and_the_rest_goes_on(
    updated: Update, feed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fit_little(monkeypatch)
    (feed.parent / "a.jsonl").write_text(record(70), encoding="utf-8")
    real = reading.refusal_of_large

    def growing(found: object, options: object) -> str | None:
        answer = real(found, options)  # type: ignore[arg-type]
        with feed.open("a", encoding="utf-8") as file:
            file.write(record(80))
        return answer

    monkeypatch.setattr(intake, "refusal_of_large", growing)
    result = updated(feed.parent)
    assert numbers(result) == (1, 0, 0, 0, 1)
    assert "changed while it was read" in result.failed[0].reason
    monkeypatch.undo()
    assert updated(feed.parent).added > 40


def test_a_file_that_is_cut_short_while_it_is_read_does_no_harm(
    updated: Update, workspace: Workspace, feed: Path, size: str
) -> None:
    def cut(_now: Progress) -> None:
        if list(workspace.originals.rglob("*.raw")):
            feed.write_bytes(b"")

    assert updated(feed.parent, on_progress=cut).added == 40


def test_what_comes_before_a_fault_is_kept_and_the_fault_is_said(
    updated: Update, workspace: Workspace, feed: Path, size: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def torn(
        name: str,
        data: bytes,
        *,
        sha256: str | None = None,
        options: object = None,
        hints: Hints | None = None,
    ) -> Iterator[Member | Failure]:
        for number, item in enumerate(read_articles(name, data, sha256=sha256)):
            if number == 25:
                raise BadInput("torn here", cure="Copy it again")
            yield item

    with monkeypatch.context() as patch:
        patch.setattr(readers, "articles", torn)
        for added, unchanged in ((25, 0), (0, 25)):
            result = updated(feed.parent)
            assert numbers(result) == (added, 0, unchanged, 0, 1)
            assert result.failed[0].reason == "torn here. Copy it again"
            assert len(ids(workspace)) == 25
    assert numbers(updated(feed.parent)) == (15, 0, 25, 0, 0)


def test_a_feed_without_any_article_leaves_no_original(
    updated: Update, workspace: Workspace, feed: Path, size: str
) -> None:
    feed.write_text("[\n" + " " * 5000 + "\n]", encoding="utf-8")
    result = updated(feed.parent)
    assert numbers(result) == (0, 0, 0, 0, 1)
    assert list(workspace.originals.rglob("*.raw")) == []


def test_a_large_file_of_no_such_format_is_neither_hashed_nor_copied(
    updated: Update, workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = tmp_path / "film"
    stick.mkdir()
    with (stick / "film.mp4").open("wb") as file:
        file.write(b"\x00\x00\x00\x20ftypisom")
        file.truncate(300 * 2**20)  # sparse
    monkeypatch.setattr(ingest, "hash_file", None)
    result = updated(stick)
    assert len(result.failed) == 1
    assert not list(workspace.originals.rglob("*"))


def test_progress_moves_within_a_file(updated: Update, feed: Path, size: str) -> None:
    feed.write_text("".join(map(record, range(3000))), encoding="utf-8")
    told: list[Progress] = []
    updated(feed.parent, on_progress=told.append, dry_run=True)
    reading_step = [one for one in told if one.step == "reading"]
    assert reading_step[-1].done == 1.0
    assert [one.bytes for one in reading_step] == sorted(one.bytes for one in reading_step)
    assert all(one.bytes <= one.total_bytes for one in told)


_MEASURE = """
import resource, sys
from pathlib import Path
from kashaf.corpus.catalogue import Catalogue
from kashaf.corpus.ingest import Ingest
from kashaf.workspace import create

def own():
    return next(int(l.split()[1]) for l in open("/proc/self/status") if l.startswith("RssAnon"))

case, feed = map(Path, sys.argv[1:])
workspace = create(case)
peak = number = 0
for number, _ in enumerate(Ingest(workspace, Catalogue(workspace.catalogue)).run([feed]), 1):
    if number % 200 == 0:
        peak = max(peak, own())
print(number, peak)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="asks /proc how much memory is the process's own")
def test_memory_does_not_grow_with_the_size_of_records(tmp_path: Path) -> None:
    peaks = []
    for name, words in (("short", 1_000), ("long", 16_000)):
        feed = tmp_path / f"{name}.jsonl"
        with feed.open("w", encoding="utf-8") as file:
            file.writelines(record(number, "كلمة " * words, key=True) for number in range(600))
        done = subprocess.run(
            [sys.executable, "-c", _MEASURE, str(tmp_path / name), str(feed)],
            capture_output=True,
            text=True,
            check=True,
        )
        number, peak = map(int, done.stdout.split())
        assert number == 600
        peaks.append(peak)
    assert feed.stat().st_size > 80 * 2**20
    assert peaks[1] - peaks[0] < 30 * 1024  # kB: of 85 MB more


def test_a_batch_is_whole_or_absent(tmp_path: Path) -> None:
    batch = Batch()
    for name in "abc":
        batch.add(tmp_path / name, name.encode())
    assert [path for path in tmp_path.iterdir() if path.suffix != ".tmp"] == []
    batch.drop(tmp_path / "b")
    batch.commit()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "c"]
    batch.add(tmp_path / "d", b"d")
    batch.discard()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "c"]
