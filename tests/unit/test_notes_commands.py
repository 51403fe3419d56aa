"""`kashaf notes` over a corpus that changes: anchors that tell the truth, and findings that travel."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from tests.notes_support import note, run_kashaf

from kashaf.corpus.article import Article
from kashaf.corpus.catalogue import Catalogue
from kashaf.export.native import from_json
from kashaf.notes.anchoring import make_target
from kashaf.notes.codec import from_document
from kashaf.notes.store import NoteStore
from kashaf.workspace import Workspace, create
from kashaf_index.search import Searcher
from kashaf_index.update import update
from kashaf_tui.cli import cli
from kashaf_tui.session import Session

HEAD = "---\ntitle: {title}\noutlet: صحيفة المرفأ\ndate: 2025-03-23\n---\n"
SOUQ = (
    HEAD.format(title="سوق السمك يعود")
    + "أعلنت بلدية المرفأ يوم الأحد أن سوق السمك سيعود إلى العمل بعد ترميم دام سنتين.\n\n"
    + "وقال رئيس البلدية إن الترميم كلف مليوني دينار، وإن التجار سيدفعون نصف الإيجار القديم.\n\n"
    + "وأضاف أحد الصيادين أن المبنى القديم كان أقرب إلى البحر من الجديد بكثير.\n\n"
    + "وتفتح المحال أبوابها للزبائن كل يوم من الفجر إلى الظهر، وتغلق يوم الجمعة.\n"
)
WELL = HEAD.format(title="بئر القرية") + "حفر أهالي القرية بئرا جديدة بعد أن جفت العين القديمة في الصيف.\n"


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    (folder / "souq.md").write_text(SOUQ, encoding="utf-8")
    (folder / "well.md").write_text(WELL, encoding="utf-8")
    return folder


@pytest.fixture
def case(tmp_path: Path, stick: Path) -> Workspace:
    workspace = create(tmp_path / "case")
    update(workspace, Catalogue(workspace.catalogue), [stick])
    return workspace


def articles(case: Workspace) -> dict[str, Article]:
    with Searcher.open(case.index) as searcher:
        found = [searcher.article(one) for one in searcher.ids()]
    return {article.title: article for article in found}


def kashaf(case: Workspace, *arguments: str | Path) -> bytes:
    done = run_kashaf(case.root, *arguments)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


def listed(case: Workspace, *arguments: str) -> list[dict[str, Any]]:
    value: list[dict[str, Any]] = json.loads(kashaf(case, "notes", "list", "--json", *arguments))
    return value


def test_a_note_says_what_became_of_its_words(case: Workspace, stick: Path) -> None:
    souq = articles(case)["سوق السمك يعود"].id
    quotes = {
        "stays": "سوق السمك سيعود إلى العمل",
        "corrected": "مليوني دينار",
        "moves": "كل يوم من الفجر",
        "goes": "المبنى القديم كان أقرب إلى البحر",
    }
    for body, quote in quotes.items():
        kashaf(case, "notes", "add", souq, "--quote", quote, "--note", body)
    assert {one["anchor"]["state"] for one in listed(case)} == {"exact"}

    changed = SOUQ.replace("مليوني دينار", "ثلاثة ملايين ونصف المليون دينار")
    changed = changed.replace(
        "وأضاف أحد الصيادين أن المبنى القديم كان أقرب إلى البحر من الجديد بكثير.\n\n", ""
    )
    (stick / "souq.md").write_text(changed, encoding="utf-8")
    kashaf(case, "index", stick)
    text = articles(case)["سوق السمك يعود"].text
    found = {one["body"]: one["anchor"] for one in listed(case)}
    assert {body: anchor["state"] for body, anchor in found.items()} == {
        "stays": "exact",
        "corrected": "changed",
        "moves": "moved",
        "goes": "orphan",
    }
    for body in ("stays", "moves"):
        assert text[found[body]["start"] : found[body]["end"]] == quotes[body]
    assert "ثلاثة ملايين" in text[found["corrected"]["start"] : found["corrected"]["end"]]
    assert found["goes"] == {"state": "orphan", "start": None, "end": None}
    rows = [line.split("\t") for line in kashaf(case, "notes", "list").decode().splitlines()]
    assert {row[0]: row[1] for row in rows} == {body: anchor["state"] for body, anchor in found.items()}


def test_a_note_whose_article_is_gone_still_names_it(case: Workspace, stick: Path) -> None:
    well = articles(case)["بئر القرية"]
    kashaf(case, "notes", "add", well.id, "--quote", "العين القديمة")
    (stick / "well.md").unlink()
    kashaf(case, "index", stick)
    (row,) = kashaf(case, "notes", "list").decode().splitlines()
    assert row.split("\t")[1] == "missing"
    assert "بئر القرية" in row
    assert len(listed(case, "--article", well.id)) == 1


def test_notes_are_listed_when_the_index_is_gone(case: Workspace, tmp_path: Path) -> None:
    with NoteStore.open(case.notes_file) as store:
        store.merge([note(1)])
    case.index.rename(tmp_path / "elsewhere")
    done = run_kashaf(case.root, "notes", "list", "--json")
    assert done.returncode == 0
    assert b"kashaf index" in done.stderr
    (one,) = json.loads(done.stdout)
    assert one["anchor"] is None
    assert kashaf(case, "notes", "list").decode().split("\t")[1] == "?"


def test_a_foreign_id_is_not_taken_for_the_beginning_of_ours(case: Workspace) -> None:
    souq = articles(case)["سوق السمك يعود"]
    words = make_target(souq, 0, 4)
    with NoteStore.open(case.notes_file) as store:
        ours = store.add(words)
        document = json.loads(kashaf(case, "notes", "export"))["notes"][0]
        document["target"]["article_id"] = souq.id[:3]
        document["id"] = note(1).id
        document["versions"] = []
        store.merge([from_document(document, where="x")])
    states = {one["id"]: one["anchor"]["state"] for one in listed(case)}
    assert states == {ours.id: "exact", note(1).id: "orphan"}


def test_listing_reads_each_article_once(case: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    with NoteStore.open(case.notes_file) as store:
        for article in articles(case).values():
            for start in range(5):
                store.add(make_target(article, start, start + 6))
    read: Counter[str] = Counter()
    fetch = Searcher.article

    def counted(searcher: Searcher, article_id: str) -> Article:
        read[article_id] += 1
        return fetch(searcher, article_id)

    monkeypatch.setattr(Searcher, "article", counted)
    done = CliRunner().invoke(cli, ["-w", str(case.root), "notes", "list", "--json"])
    assert done.exit_code == 0
    assert len(json.loads(done.stdout)) == 10
    assert sorted(read.values()) == [1, 1]


def test_without_notes_the_index_is_not_opened(case: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(Session, "searcher")
    done = CliRunner().invoke(cli, ["-w", str(case.root), "notes", "list", "--json"])
    assert (done.exit_code, json.loads(done.stdout)) == (0, [])


def test_findings_travel_to_an_empty_workspace_and_back_byte_for_byte(
    case: Workspace, tmp_path: Path
) -> None:
    for article in articles(case).values():
        kashaf(case, "notes", "add", article.id, "--span", "3:20", "--note", "سطر\nآخر", "--tag", "سفر")
    carried, returned = tmp_path / "carried.json", tmp_path / "returned.json"
    kashaf(case, "notes", "export", "-o", carried)
    empty = Workspace(tmp_path / "empty")
    assert kashaf(empty, "notes", "import", carried).decode().startswith("2 added")
    kashaf(empty, "notes", "export", "-o", returned)
    assert returned.read_bytes() == carried.read_bytes() == kashaf(empty, "notes", "export")
    told = {one.about: one.words for one in from_json(returned.read_bytes())}
    assert set(told) == {"سوق السمك يعود", "بئر القرية"}
    assert {(one.outlet, one.published) for one in told.values() if one} == {("صحيفة المرفأ", "2025-03-23")}
    well = articles(case)["بئر القرية"]
    on_well = told["بئر القرية"]
    assert on_well is not None
    assert on_well.source_sha256 == well.provenance.sha256
