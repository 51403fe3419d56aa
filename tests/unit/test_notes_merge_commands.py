"""`kashaf notes merge`, `conflicts`, `settle` and `agreement`, between two workspaces."""

from __future__ import annotations

import errno
import json
import shutil
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from tests.cli_support import Ran, kashaf, unsafe
from tests.merging_support import Laptop
from tests.notes_support import TEXT, article, failing, note
from tests.pty_support import Terminal

from kashaf.corpus.catalogue import Catalogue
from kashaf.errors import DiskTrouble
from kashaf.notes.anchoring import make_target
from kashaf.notes.codebook import Code
from kashaf.notes.codebook_file import CodebookFile
from kashaf.notes.model import NewNote, Note
from kashaf.notes.store import NoteStore
from kashaf.workspace import Workspace, create, open_workspace
from kashaf_index.search import Searcher
from kashaf_index.update import update
from kashaf_tui.commands.notes import merging
from kashaf_tui.session import Session


@pytest.fixture
def ours(tmp_path: Path) -> Workspace:
    """A workspace with one article and three notes of the analyst who has it."""
    (tmp_path / "stick").mkdir()
    (tmp_path / "stick" / "souq.txt").write_text(TEXT + "\n", encoding="utf-8")
    workspace = create(tmp_path / "ours")
    update(workspace, Catalogue(workspace.catalogue), [tmp_path / "stick"])
    write(workspace, "سعاد", ("سوق السمك", "اقتصاد"), ("مليوني دينار", "اقتصاد/كلفة"), ("أحد الصيادين", ""))
    return workspace


@pytest.fixture
def theirs(ours: Workspace) -> Workspace:
    """A copy of it on another laptop."""
    root = ours.root.parent / "theirs"
    shutil.copytree(ours.root, root)
    return open_workspace(root)


def write(workspace: Workspace, author: str, *marks: tuple[str, str]) -> list[Note]:
    with Searcher.open(workspace.index) as searcher:
        (souq,) = (searcher.article(one) for one in searcher.ids())
    new = []
    for quote, tag in marks:
        start = souq.text.index(quote)
        new.append(NewNote(make_target(souq, start, start + len(quote)), tags=(tag,) if tag else ()))
    with NoteStore.open(workspace.notes_file, author=author) as store:
        return store.add_many(new)


def edit(workspace: Workspace, author: str, quote: str, **changes: Any) -> str:
    with NoteStore.open(workspace.notes_file, author=author) as store:
        (found,) = (one for one in store.notes() if one.quote == quote)
        store.edit(found.id, **changes)
    return found.id


def run(workspace: Workspace, *arguments: str | Path) -> Ran:
    return kashaf("-w", workspace.root, "notes", *arguments)


def export(workspace: Workspace) -> bytes:
    return run(workspace, "export").out


def test_two_workspaces_become_one(ours: Workspace, theirs: Workspace, tmp_path: Path) -> None:
    write(theirs, "كريم", ("رئيس البلدية", "سياسة"))
    edit(theirs, "كريم", "سوق السمك", confidence="high")
    edit(ours, "سعاد", "سوق السمك", status="confirmed")
    copy = tmp_path / "ours.json"
    copy.write_bytes(export(ours))
    before = {path: path.read_bytes() for path in theirs.root.rglob("*") if path.is_file()}
    merged = run(ours, "merge", theirs.root)
    assert (merged.code, merged.text.split("\n")[0]) == (
        0,
        "1 added, 1 updated, 2 unchanged, 0 deleted, 0 back from the trash, 0 in conflict",
    )
    assert before == {path: path.read_bytes() for path in theirs.root.rglob("*") if path.is_file()}
    assert run(theirs, "merge", copy).code == 0
    assert export(ours) == export(theirs)
    assert run(ours, "merge", theirs.notes_file, "--json").json["unchanged"] == 4


def test_one_undo_takes_it_back(ours: Workspace, theirs: Workspace) -> None:
    write(theirs, "كريم", ("رئيس البلدية", "سياسة"), ("نصف الإيجار", ""))
    before = export(ours)
    run(ours, "merge", theirs.root)
    with NoteStore.open(ours.notes_file) as store:
        change = store.undo()
        assert change is not None
        assert change.what == "merge"
    assert export(ours) == before


def test_several_files_at_once(ours: Workspace, theirs: Workspace, tmp_path: Path) -> None:
    for number, quote in enumerate(("رئيس البلدية", "نصف الإيجار")):
        write(theirs, f"محلل {number}", (quote, ""))
        (tmp_path / f"{number}.json").write_bytes(export(theirs))
    ran = run(ours, "merge", tmp_path / "1.json", tmp_path / "0.json", "--json")
    assert len(ran.json["added"]) == 2
    assert export(ours) == export(theirs)


def test_conflicts_are_listed_and_settled(ours: Workspace, theirs: Workspace) -> None:
    note_id = edit(ours, "سعاد", "سوق السمك", body="سوقان", status="closed")
    edit(theirs, "كريم", "سوق السمك", body="سوق واحدة", status="disputed")
    merged = run(ours, "merge", theirs.root, "--json")
    assert merged.code == 11
    (contested,) = merged.json["conflicts"]
    sides = {
        one["field"]: {value["side"]: value["value"] for value in one["alternatives"]}
        for one in contested["conflicts"]
    }
    assert sides == {
        "body": {"ours": "سوقان", "theirs": "سوق واحدة"},
        "status": {"ours": "closed", "theirs": "disputed"},
    }
    listed = run(ours, "conflicts")
    assert listed.code == 11
    assert "سوق واحدة" in listed.text
    for wrong, problem in (
        (("settle", note_id, "--take", "both"), "several fields"),
        (("settle", note_id, "--field", "kind", "--take", "newest"), "not in conflict"),
        (("settle", note_id, "--field", "status", "--take", "both"), "body only"),
        (("settle", note_id, "--field", "status", "--text", "x"), "body"),
        (("settle", note_id, "--field", "body", "--take", "ours"), "fits 0"),
        (("settle", note_id, "--field", "body", "--take", "zz"), "no version"),
        (("settle", note_id), "either --take or --text"),
    ):
        ran = run(ours, *wrong)
        assert (ran.code, problem in ran.messages) == (2, True), ran.messages
    assert run(ours, "settle", "ffff", "--take", "newest").code == 4
    assert run(ours, "settle", note_id[:8], "--field", "body", "--take", "both").code == 11
    version = contested["conflicts"][1]["alternatives"][0]["version"]
    last = run(ours, "settle", note_id, "--take", version[:6], "--json")
    assert (last.code, last.json) == (0, {"id": note_id, "settled": ["status"], "left": [], "deleted": False})
    with NoteStore.open(ours.notes_file, read_only=True) as store:
        settled = store.get(note_id)
    assert set(settled.body.split("\n\n")) == {"سوقان", "سوق واحدة"}
    assert run(ours, "conflicts", "--json").json == []
    assert run(ours, "settle", note_id, "--take", "newest").code == 2
    run(theirs, "merge", ours.root)
    assert run(theirs, "conflicts").code == 0


def test_ours_and_theirs_by_the_author(ours: Workspace, theirs: Workspace) -> None:
    (ours.root / "kashaf.yaml").write_text("author: سعاد\n", encoding="utf-8")
    note_id = edit(ours, "سعاد", "سوق السمك", body="سوقان", status="closed")
    edit(theirs, "كريم", "سوق السمك", body="سوق واحدة", status="disputed")
    run(ours, "merge", theirs.root)
    assert run(ours, "settle", note_id, "--field", "body", "--take", "ours").code == 11
    assert run(ours, "settle", note_id, "--take", "theirs").code == 0
    with NoteStore.open(ours.notes_file, read_only=True) as store:
        settled = store.get(note_id)
    assert (settled.body, settled.status) == ("سوقان", "disputed")


def test_delete_against_edit(ours: Workspace, theirs: Workspace) -> None:
    note_id = edit(ours, "سعاد", "سوق السمك", body="سوقان")
    with NoteStore.open(theirs.notes_file, author="كريم") as store:
        store.delete(note_id)
    merged = run(ours, "merge", theirs.root)
    assert merged.code == 11
    assert "keep the note; body: سوقان" in merged.text
    settled = run(ours, "settle", note_id, "--take", "delete", "--json")
    assert (settled.code, settled.json["deleted"]) == (0, True)
    run(theirs, "merge", ours.root)
    assert export(ours) == export(theirs)
    with NoteStore.open(ours.notes_file, read_only=True) as store:
        assert [one.note.id for one in store.trash()] == [note_id]


def test_codes_come_along_and_former_names_are_renamed(ours: Workspace, theirs: Workspace) -> None:
    CodebookFile(theirs).add(Code("سياسة", "#aa0000", "قرارات السلطة"))
    CodebookFile(ours).rename("اقتصاد", "مال")
    run(ours, "merge", theirs.root)
    write(theirs, "كريم", ("رئيس البلدية", "سياسة"), ("نصف الإيجار", "اقتصاد/كلفة"))
    merged = run(ours, "merge", theirs.root, "--json").json
    assert merged["codes"] == ["سياسة"]
    assert merged["renamed"] == [["اقتصاد/كلفة", "مال/كلفة"]]
    assert CodebookFile(ours).codebook.known("سياسة").colour == "#aa0000"
    with NoteStore.open(ours.notes_file, read_only=True) as store:
        assert set(store.tags()) == {"مال", "مال/كلفة", "سياسة"}
    assert run(ours, "merge", theirs.root, "--json").json["renamed"] == []


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"{}", 3), (b"", 3), (b"not json", 3), (b'{"kashaf":{"format":"kashaf-notes"', 7), (None, 4)],
)
def test_what_is_no_file_of_notes(ours: Workspace, tmp_path: Path, content: bytes | None, code: int) -> None:
    file = tmp_path / "x.json"
    if content is not None:
        file.write_bytes(content)
    before = export(ours)
    ran = run(ours, "merge", file)
    assert (ran.code, ran.out) == (code, b"")
    assert export(ours) == before


def test_a_folder_without_notes(ours: Workspace, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    ran = run(ours, "merge", tmp_path / "empty")
    assert (ran.code, "no notes in this folder" in ran.messages) == (4, True)


def test_a_changed_version_is_refused_with_all_of_its_file(ours: Workspace, theirs: Workspace) -> None:
    write(theirs, "كريم", ("رئيس البلدية", "سياسة"))
    edit(theirs, "كريم", "سوق السمك", body="سوق واحدة")
    document = json.loads(export(theirs))
    (changed,) = (one for one in document["notes"] if len(one["versions"]) > 1)
    changed["versions"][1]["changes"]["body"] = "شيء لم يقله أحد"
    forged = ours.root.parent / "forged.json"
    forged.write_text(json.dumps(document), encoding="utf-8")
    before = export(ours)
    ran = run(ours, "merge", forged)
    assert (ran.code, "not what its id says" in ran.messages) == (3, True)
    assert export(ours) == before


def test_agreement_of_authors_and_workspaces(ours: Workspace, theirs: Workspace) -> None:
    assert run(ours, "agreement", "--json").json == []
    write(theirs, "كريم", ("سوق السمك", "اقتصاد"), ("البلدية", "سياسة"))
    write(ours, "سعاد", ("رئيس البلدية", "سياسة"))
    apart = run(ours, "agreement", theirs.root, "--json")
    (pair,) = apart.json
    assert pair["between"] == ["here", "theirs"]
    assert [row["code"] for row in pair["codes"]] == ["اقتصاد", "سياسة"]
    assert "left out, for both workspaces have them: 3 notes" in apart.messages
    run(ours, "merge", theirs.root)
    (pair,) = run(ours, "agreement", "--json").json
    assert pair["between"] == ["سعاد", "كريم"]
    rows = {row["code"]: row for row in pair["codes"]}
    assert rows["اقتصاد"]["segments"] == [2, 1]
    assert rows["سياسة"]["paragraphs"]["n"] == 4
    assert run(ours, "agreement", "--between", "كريم", "سعاد", "--json").json[0]["between"] == [
        "كريم",
        "سعاد",
    ]
    assert run(ours, "agreement", "--between", "كريم", "هدى").code == 2
    assert "A is سعاد, B is كريم" in run(ours, "agreement").text


def test_without_an_index_the_merge_is_done_all_the_same(ours: Workspace, theirs: Workspace) -> None:
    write(theirs, "كريم", ("سوق السمك", "اقتصاد"))
    shutil.rmtree(ours.derived)
    ran = run(ours, "merge", theirs.root, "--json")
    assert (ran.code, len(ran.json["added"]), ran.json["agreement"]) == (0, 1, [])
    assert "the agreement cannot be told" in ran.messages
    assert run(ours, "agreement").code == 5


def test_the_report_on_a_terminal_drives_nothing(ours: Workspace) -> None:
    """What a file says is shown, and obeyed by nobody: markup, bidi controls of an entity, wide texts."""
    first, second = Laptop("[bold]سعاد[/]"), Laptop("كريم[/x]", clock=20_000)
    first.add(1, target=make_target(article(), 0, 12), body="[/foo] أول " + "سطر طويل " * 30)
    second.meet(*first.told())
    first.edit(note(1).id, body="[@click=app.quit]اضغط[/]\nسطر ثان", tags=("[red]", "ب"))
    second.edit(note(1).id, body="http://x/%s " * 9, tags=("[/]",))
    files = []
    for number, laptop in enumerate((first, second)):
        files.append(ours.root.parent / f"{number}.json")
        files[-1].write_bytes(laptop.export())
    assert run(ours, "merge", files[0]).code == 0
    arguments = ["-m", "kashaf_tui", "-w", str(ours.root), "notes"]
    for command in (["merge", str(files[1])], ["conflicts"]):
        with Terminal([*arguments, *command], columns=70, rows=60) as terminal:
            assert terminal.end() in (0, 11)
            shown = terminal.output.decode().replace("\x1b[8l", "").replace("\x1b[8h", "")
        assert "Traceback" not in shown
        assert not [char for char in unsafe(shown) if char not in ("'\\x1b'", "'\\r'")]
    assert "\x1b]" not in shown


def test_an_encrypted_workspace_asks_for_its_passphrase(
    ours: Workspace, theirs: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("cryptography")
    write(theirs, "كريم", ("رئيس البلدية", "سياسة"))
    secret = tmp_path / "passphrase"
    secret.write_text("كلمة سر طويلة\n", encoding="utf-8")
    secret.chmod(0o600)
    monkeypatch.setenv("KASHAF_PASSPHRASE_FILE", str(secret))
    assert run(theirs, "encrypt").code == 0
    merged = run(ours, "merge", theirs.root, "--json")
    assert len(merged.json["added"]) == 1
    assert "encrypted" in merged.messages
    monkeypatch.delenv("KASHAF_PASSPHRASE_FILE")
    assert run(ours, "merge", theirs.root).code == 8


def test_a_merge_on_a_full_disk_says_what_the_disk_said_and_promises_nothing(
    ours: Workspace, theirs: Workspace, tmp_path: Path
) -> None:
    write(theirs, "نور", ("ترميم", "اقتصاد"))
    with NoteStore.open(ours.notes_file, read_only=True) as store:
        before = store.notes()
    said: list[str] = []
    for number in count(1):
        root = tmp_path / f"full-{number}"
        shutil.copytree(ours.root, root)
        with failing(number, errno.ENOSPC, forever=True) as disk:
            try:
                merging.command.main([str(theirs.root)], "merge", standalone_mode=False, obj=Session(root))
            except DiskTrouble as error:
                said.append(str(error))
        with NoteStore.open(open_workspace(root).notes_file, read_only=True) as store:
            assert store.notes()[: len(before)] == before
        if not disk.failed:
            break
    assert said
    assert not [one for one in said if "kept in memory" in one]
