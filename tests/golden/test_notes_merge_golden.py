"""The report of `kashaf notes merge`, as JSON and as text, for two fixed exports and a fixed corpus."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.golden_support import assert_golden
from tests.merging_support import Laptop
from tests.notes_support import TEXT, article, note, run_kashaf, target

from kashaf.corpus.catalogue import Catalogue
from kashaf.notes.anchoring import make_target
from kashaf.notes.model import WordsTarget
from kashaf.workspace import Workspace, create
from kashaf_index.search import Searcher
from kashaf_index.update import update

GOLDEN = Path(__file__).parent / "notes_merge"


def on(quote: str, article_id: str) -> WordsTarget:
    start = TEXT.index(quote)
    return make_target(article(article_id=article_id), start, start + len(quote))


@pytest.fixture
def case(tmp_path: Path) -> Workspace:
    """A workspace with the notes of one analyst, and beside it what another one exported."""
    (tmp_path / "stick").mkdir()
    (tmp_path / "stick" / "souq.txt").write_text(TEXT + "\n", encoding="utf-8")
    workspace = create(tmp_path / "case")
    update(workspace, Catalogue(workspace.catalogue), [tmp_path / "stick"])
    with Searcher.open(workspace.index) as searcher:
        (souq,) = searcher.ids()
    ours = Laptop("سعاد")
    for number, quote in enumerate(
        ("سوق السمك", "مليوني دينار", "نصف الإيجار", "أقرب إلى البحر", "أحد الصيادين")
    ):
        ours.add(number + 1, target=on(quote, souq))
    theirs = Laptop("كريم", clock=20_000)
    theirs.meet(*ours.told())
    one, two, three, four, five = (note(number).id for number in range(1, 6))
    ours.edit(one, body="سوقان، لا سوق")
    theirs.edit(one, body="أي سوق؟", tags=("اقتصاد", "مدينة"))
    theirs.edit(two, confidence="high", tags=())
    ours.edit(two, status="disputed")
    theirs.delete(three)
    ours.edit(three, kind="claim")
    theirs.delete(four)
    ours.delete(five)
    theirs.edit(five, body="من هو؟")
    ours.add(6, target=on("بلدية المرفأ يوم الأحد", souq), tags=("مدينة",))
    theirs.add(7, target=on("بلدية المرفأ", souq), tags=("مدينة/بلدية",))
    theirs.add(8, target=target("رئيس البلدية"), body="سطر\n[red]آخر[/] =1+1", tags=())
    (tmp_path / "ours.json").write_bytes(ours.export())
    (tmp_path / "theirs.json").write_bytes(theirs.export())
    assert run_kashaf(workspace.root, "notes", "merge", tmp_path / "ours.json").returncode == 0
    return workspace


@pytest.mark.parametrize(("option", "name"), [("--json", "report.json"), (None, "report.txt")])
def test_the_report_is_the_one_agreed(case: Workspace, option: str | None, name: str) -> None:
    theirs = case.root.parent / "theirs.json"
    done = run_kashaf(case.root, "notes", "merge", theirs, *([option] if option else []))
    assert done.returncode == 11
    (case.root.parent / "dry.json").write_bytes(done.stdout)
    assert_golden(GOLDEN / name, done.stdout)


def test_a_dry_run_says_the_same_and_changes_nothing(case: Workspace) -> None:
    theirs = case.root.parent / "theirs.json"
    before = run_kashaf(case.root, "notes", "export").stdout
    dry = run_kashaf(case.root, "notes", "merge", theirs, "--dry-run", "--json")
    assert run_kashaf(case.root, "notes", "export").stdout == before
    assert dry.stdout == run_kashaf(case.root, "notes", "merge", theirs, "--json").stdout
    assert run_kashaf(case.root, "notes", "export").stdout != before


def test_conflicts_are_listed_as_agreed(case: Workspace) -> None:
    run_kashaf(case.root, "notes", "merge", case.root.parent / "theirs.json")
    done = run_kashaf(case.root, "notes", "conflicts", "--json")
    assert done.returncode == 11
    assert_golden(GOLDEN / "conflicts.json", done.stdout)
    text = run_kashaf(case.root, "notes", "conflicts")
    assert text.returncode == 11
    assert replace(note(1)).id.encode() in text.stdout
