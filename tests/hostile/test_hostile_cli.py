"""The command line against text that wants to drive the terminal, and files that want to stop the import."""

from __future__ import annotations

import json
import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import pytest
from tests.cli_support import OUR_SEQUENCES, Ran, environment, kashaf, spawn, unsafe
from tests.pty_support import Terminal

from kashaf.corpus import ingest, reading
from kashaf.corpus.walk import Found, open_file, walk

# Sets the clipboard; blinks in reverse; CSI as one character; reads backwards; isolates; markup; NUL, tab, newline.
WITHOUT_NUL = (
    "\x1b]52;c;cHduZWQ=\x07\x1b[5;7m\x9b31m\u202eعكس\u2066عزل "
    "[bold]غليظ[/bold] [/foo] [@click=app.quit]x[/] \t\n\x08\x7f"
)
HOSTILE = WITHOUT_NUL + "\x00"
SURROGATE = "\ud83d"
#: What has to be gone from every output, in whatever order the terminal is sent its text.
MARKS = (b"\x1b]", b"\x1b[5;7m", b"\xc2\x9b", "\u202e".encode(), "\u2066".encode(), b"\x07", b"\x00", b"\x08")

WORD = "سفينة"
BODY = f"وصلت {WORD} إلى الميناء وعلى متنها تجار من المدينة البعيدة وقال سامر الخطيب إنهم باعوا كل ما حملوه معهم."


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace in which every value that can be hostile is."""
    folder = tmp_path_factory.mktemp("hostile")
    stick = folder / "stick"
    stick.mkdir()
    # Every format has its own way in. A slash cannot stand in a file's name, nor can NUL.
    name = WITHOUT_NUL.replace("/", "").encode() + b"\xe9.txt"
    Path(os.fsdecode(os.fsencode(stick) + b"/" + name)).write_text(
        f"عنوان {HOSTILE} نص\n\n{BODY}\n{HOSTILE}\n", encoding="utf-8"
    )
    record = {
        "id": f"id-{HOSTILE}{SURROGATE}",
        "title": f"خبر {HOSTILE}{SURROGATE}",
        "source": f"صحيفة {HOSTILE}{SURROGATE}",
        "author": f"كاتب {HOSTILE}{SURROGATE}",
        "url": f"http://example.org/{HOSTILE}",
        "language": f"ar-{HOSTILE}",
        "content": f"{BODY}\n{HOSTILE}{SURROGATE}\n{WORD}",
    }
    failing = {"id": f"fails-{HOSTILE}", "content": "", HOSTILE: 1}
    (stick / "feed.jsonl").write_text(f"{json.dumps(record)}\n{json.dumps(failing)}\n", encoding="utf-8")
    quoted = json.dumps(WITHOUT_NUL)[1:-1]  # a YAML double-quoted scalar reads these escapes too
    (stick / "page.md").write_text(
        f'---\ntitle: "سفن {quoted}"\nsource: "وكالة {quoted}"\nauthor: "محرر {quoted}"\n---\n\n{BODY}\n',
        encoding="utf-8",
    )
    (stick / "raw.md").write_text(
        f"---\ntitle: مرسى {WITHOUT_NUL}\n{WITHOUT_NUL}: x\n---\n\n{BODY} ثم عادوا.\n", encoding="utf-8"
    )
    (stick / f"empty{WITHOUT_NUL.replace('/', '')}.txt").touch()
    root = folder / "case"
    assert kashaf("init", root).code == 0
    (root / "names.yaml").write_text(
        f'people:\n  - name: "سامر {quoted} الخطيب"\n    aliases: [سامر الخطيب, "{quoted}"]\n',
        encoding="utf-8",
    )
    ran = kashaf("-w", root, "index", stick, "--json")
    assert ran.code == 3, ran.messages
    assert ran.json["articles"] == 4
    assert len(ran.json["failed"]) == 2
    assert not unsafe(ran.text)
    first = kashaf("-w", root, "search", WORD, "--json").json["hits"][0]["id"]
    # Spans take any words; what is typed is cleaned.
    added = kashaf(
        "-w", root, "notes", "add", first, "--span", "0:5", "--note", HOSTILE, "--tag", f"وسم{HOSTILE}"
    )
    assert added.code == 0, added.messages
    return root


COMMANDS = (
    ("index",),
    ("index", "--rebuild"),
    ("search", WORD),
    ("search", "*", "--facets"),
    ("search", f'outlet:"{WITHOUT_NUL}"'),
    ("search", f'"{WITHOUT_NUL}'),
    ("kwic", WORD),
    ("kwic", "غليظ"),
    ("entities", "--update"),
    ("stats",),
    ("notes", "list"),
)
#: Their messages quote what they were given.
REFUSED = (
    ("show", WITHOUT_NUL),
    ("entities", "--article", WITHOUT_NUL),
    ("search", f'date:"{WITHOUT_NUL}"'),
    ("search", "x", f"--{WITHOUT_NUL}"),
    ("search", "x", WITHOUT_NUL),
    ("search", "x", "--rung", WITHOUT_NUL),
    ("index", WITHOUT_NUL),
    (WITHOUT_NUL,),
)


def shown(case: Path) -> Iterator[tuple[str, ...]]:
    yield from COMMANDS
    for hit in kashaf("-w", case, "search", "*", "--json").json["hits"]:
        yield "show", hit["id"]


def assert_harmless(data: bytes, *, terminal: bool) -> None:
    text = data.decode()  # strict: half a character would be a fault of its own
    assert [mark for mark in MARKS if mark in data] == []
    if terminal:
        text = re.sub("|".join(OUR_SEQUENCES), "", text)
    assert unsafe(text) == []


def test_pipes(case: Path) -> None:
    for arguments in shown(case):
        for extra in ((), ("--json",)):
            ran = kashaf("-w", case, *arguments, *extra)
            assert ran.code == (3 if arguments == ("index",) else 0), (arguments, ran.messages)
            assert_harmless(ran.out + ran.err, terminal=False)
            if extra:
                assert ran.json is not None


@pytest.mark.parametrize("arguments", REFUSED, ids=lambda arguments: arguments[0][:8].encode().hex())
def test_messages_on_pipes(case: Path, arguments: tuple[str, ...]) -> None:
    ran = spawn("-w", case, *arguments)
    assert ran.code in {2, 3, 4}
    assert_harmless(ran.out + ran.err, terminal=False)


def on_a_terminal(case: Path, arguments: tuple[str, ...]) -> Ran:
    with Terminal(["-m", "kashaf_tui", "-w", str(case), *arguments], columns=80) as terminal:
        code = terminal.end()
        return Ran(code, terminal.output, b"")


def test_terminals(case: Path) -> None:
    for arguments in shown(case):
        ran = on_a_terminal(case, arguments)
        assert ran.code == (3 if arguments == ("index",) else 0), (arguments, ran.text)
        assert_harmless(ran.out, terminal=True)


@pytest.mark.parametrize("arguments", REFUSED, ids=lambda arguments: arguments[0][:8].encode().hex())
def test_messages_on_terminals(case: Path, arguments: tuple[str, ...]) -> None:
    ran = on_a_terminal(case, arguments)
    assert ran.code in {2, 3, 4}
    assert_harmless(ran.out, terminal=True)


def test_json_on_a_terminal_is_as_harmless(case: Path) -> None:
    for arguments in (("search", f"{WORD} {WITHOUT_NUL}"), ("entities",), ("index",)):
        ran = on_a_terminal(case, (*arguments, "--json"))
        assert_harmless(ran.out, terminal=True)
        assert b"\x1b[5" not in ran.out


def test_markup_is_text(case: Path) -> None:
    text = "".join(kashaf("-w", case, *arguments).text for arguments in shown(case))
    for markup in ("[bold]", "[/bold]", "[/foo]", "[@click=app.quit]"):
        assert markup in text


def test_json_gives_the_query_back_as_it_was(case: Path) -> None:
    for query in (f"{WORD} {WITHOUT_NUL}", f"{WORD} \udce9"):
        assert kashaf("-w", case, "search", query, "--json").json["query"] == query


def test_a_title_of_several_lines_is_one(case: Path) -> None:
    for hit in kashaf("-w", case, "search", "*", "--json").json["hits"]:
        for value in (hit["title"], hit["source"] or "", hit["path"]):
            assert not unsafe(value)
            assert "\n" not in value
            assert "\t" not in value


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("kashaf.yaml", f"interface:\n  language: {json.dumps(WITHOUT_NUL)}\n"),
        ("kashaf.yaml", f"{WITHOUT_NUL}\n"),
        ("kashaf.yaml", f"sources: [{json.dumps(WITHOUT_NUL)}]\n"),
        ("names.yaml", f"people:\n  - {{{json.dumps(WITHOUT_NUL)}: x}}\n"),
        ("names.yaml", f"{json.dumps(WITHOUT_NUL)}: []\n"),
        ("names.yaml", f"people: [{WITHOUT_NUL}]\n"),
    ],
)
def test_files_written_by_hand(tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / "a.txt").write_text(f"خبر\n\n{BODY}\n", encoding="utf-8")
    root = tmp_path / "case"
    assert kashaf("-w", root, "index", tmp_path / "a.txt").code == 0
    (root / name).write_text(content, encoding="utf-8")
    command = ("index",) if name == "kashaf.yaml" else ("entities", "--update")
    # A broken name book leaves the last good one; nothing is left of broken settings.
    code = 3 if name == "kashaf.yaml" else 0
    for ran in (kashaf("-w", root, *command), on_a_terminal(root, command)):
        assert ran.code == code
        assert_harmless(ran.out + ran.err, terminal=b"\x1b[8l" in ran.out)
        assert b"Traceback" not in ran.out + ran.err


def test_a_workspace_with_a_hostile_name(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"خبر\n\n{BODY}\n", encoding="utf-8")
    root = tmp_path / WITHOUT_NUL.replace("/", "")
    for arguments in (
        ("init", str(root)),
        ("-w", str(root), "index", str(tmp_path / "a.txt")),
        ("-w", str(root), "show", "x"),
    ):
        with Terminal(["-m", "kashaf_tui", *arguments]) as terminal:
            assert terminal.end() in {0, 4}
            assert_harmless(terminal.output, terminal=True)


# Files that want to stop the import


def failures(ran: Ran) -> dict[str, str]:
    return {Path(failure["path"]).name: failure["reason"] for failure in ran.json["failed"]}


def test_bad_inputs_are_named_and_the_rest_is_done(tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    (stick / "folder.txt").mkdir(parents=True)
    for number in range(3):
        (stick / f"good{number}.txt").write_text(f"خبر {number}\n\n{number} {BODY}\n", encoding="utf-8")
    (stick / "folder.txt" / "inner.txt").write_text(f"خبر آخر\n\n{BODY}\n", encoding="utf-8")
    (stick / "dangling.txt").symlink_to(stick / "nowhere")
    (stick / "loop.txt").symlink_to(stick / "loop.txt")
    (stick / "link.txt").symlink_to(stick / "good0.txt")
    os.mkfifo(stick / "fifo.txt")
    os.mknod(stick / "socket.txt", stat.S_IFSOCK | 0o600)
    (stick / "empty.txt").touch()
    (stick / "blank.txt").write_text(" \n\n\t \n", encoding="utf-8")
    (stick / "binary.txt").write_bytes(bytes(range(256)) * 40)
    (stick / "document.txt").write_bytes(b"%PDF-1.7\n" + b"x" * 100)
    (stick / "cut.json").write_text('[{"title": "x", "content": "', encoding="utf-8")
    (stick / "deep.json").write_text("[" * 100_000, encoding="utf-8")
    with (stick / "huge.txt").open("wb") as file:
        file.truncate(100 * 1024 * 1024)  # sparse: takes no room
    with (stick / "zeros.txt").open("wb") as file:
        file.truncate(20 * 1024 * 1024)
    (stick / "line.txt").write_bytes("سطر ".encode() * 3_000_000)
    bad = {
        "dangling.txt", "loop.txt", "link.txt", "fifo.txt", "socket.txt", "empty.txt", "blank.txt", "binary.txt",
        "document.txt", "cut.json", "deep.json", "huge.txt", "zeros.txt", "line.txt",
    }  # fmt: skip
    ran = spawn("-w", tmp_path / "case", "index", stick, "--json")
    assert ran.code == 3, ran.messages
    assert (ran.json["added"], ran.json["articles"]) == (4, 4)
    found = failures(ran)
    assert found.keys() == bad
    for name, says in {
        "dangling.txt": "link", "fifo.txt": "regular", "socket.txt": "regular", "empty.txt": "empty",
        "blank.txt": "white space", "binary.txt": "binary", "document.txt": "PDF", "cut.json": "JSON",
        "deep.json": "nested", "huge.txt": "binary", "line.txt": "line",
    }.items():  # fmt: skip
        assert says in found[name], (name, found[name])
    again = spawn("-w", tmp_path / "case", "index", "--json")
    assert (again.code, again.json["unchanged"]) == (3, 4)
    assert failures(again).keys() == bad
    words = spawn("-w", tmp_path / "case", "index")
    assert all(f"/{name}: " in words.messages for name in bad)
    assert all(f"/{name}" not in words.text for name in bad)


@pytest.mark.parametrize("device", ["/dev/zero", "/dev/stdin", "/dev/null"])
def test_devices_are_not_read(tmp_path: Path, device: str) -> None:
    if not Path(device).exists():
        pytest.skip("no such device here")
    ran = spawn("-w", tmp_path / "case", "index", device, "--json", seconds=20)
    assert (ran.code, ran.json["articles"]) == (3, 0)
    assert len(ran.json["failed"]) == 1


def test_bad_inputs_named_one_by_one(tmp_path: Path) -> None:
    good, fifo = tmp_path / "good.txt", tmp_path / "fifo.txt"
    good.write_text(f"خبر\n\n{BODY}\n", encoding="utf-8")
    os.mkfifo(fifo)
    (tmp_path / "dangling").symlink_to(tmp_path / "nowhere")
    ran = spawn(
        "-w", tmp_path / "case", "index", tmp_path / "absent", tmp_path / "dangling", fifo, good, "--json"
    )
    assert (ran.code, ran.json["added"]) == (3, 1)
    assert failures(ran).keys() == {"absent", "dangling", "fifo.txt"}


@pytest.mark.parametrize("trouble", ["vanishes", "is forbidden", "fails", "grows"])
def test_a_file_that_changes_between_listing_and_reading(
    tmp_path: Path, trouble: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    for number in range(3):
        (stick / f"{number}.txt").write_text(f"خبر {number}\n\n{number} {BODY}\n", encoding="utf-8")
    victim = stick / "1.txt"

    def listed(root: Path, *, exclude: Path) -> Iterator[Found]:
        yield from list(walk(root, exclude=exclude))
        if trouble == "vanishes":
            victim.unlink()
        if trouble == "grows":
            victim.write_text(f"خبر\n\n{BODY} {'ثم ' * 1000}\n", encoding="utf-8")

    def refusing(path: Path) -> BinaryIO:
        if path == victim and trouble in {"is forbidden", "fails"}:
            raise (
                PermissionError(13, "Permission denied")
                if trouble == "is forbidden"
                else OSError(5, "Input/output error")
            )
        return open_file(path)

    monkeypatch.setattr(ingest, "walk", listed)
    monkeypatch.setattr(reading, "open_file", refusing)
    ran = kashaf("-w", tmp_path / "case", "index", stick, "--json")
    if trouble == "grows":
        assert (ran.code, ran.json["articles"]) == (0, 3)
        return
    assert (ran.code, ran.json["articles"]) == (3, 2)
    says = {"vanishes": "No such file", "is forbidden": "Permission denied", "fails": "Input/output"}[trouble]
    assert failures(ran).keys() == {"1.txt"}
    assert says in failures(ran)["1.txt"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_files_and_folders_without_permission(tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    (stick / "closed").mkdir(parents=True)
    (stick / "good.txt").write_text(f"خبر\n\n{BODY}\n", encoding="utf-8")
    (stick / "secret.txt").touch(mode=0)
    (stick / "closed").chmod(0)
    try:
        ran = kashaf("-w", tmp_path / "case", "index", stick, "--json")
    finally:
        (stick / "closed").chmod(0o700)
    assert (ran.code, ran.json["added"]) == (3, 1)
    assert failures(ran).keys() == {"closed", "secret.txt"}


def test_a_jsonl_with_a_bad_line_gives_the_others(tmp_path: Path) -> None:
    lines = [
        json.dumps({"id": "a", "title": "أول", "content": BODY}),
        '{"id": "b", "content": ',
        json.dumps(["no", "object"]),
        '{"id": "d", "content": "x", "content": "y"}',
        json.dumps({"id": "e", "title": "آخر", "content": f"{BODY} مرة أخرى"}),
    ]
    (tmp_path / "feed.jsonl").write_text("\n".join(lines), encoding="utf-8")
    ran = kashaf("-w", tmp_path / "case", "index", tmp_path / "feed.jsonl", "--json")
    assert (ran.code, ran.json["added"], len(ran.json["failed"])) == (3, 2, 3)
    assert all(failure["path"].startswith(str(tmp_path / "feed.jsonl#")) for failure in ran.json["failed"])


def test_the_environment_cannot_make_a_pipe_a_terminal(case: Path) -> None:
    ran = spawn("-w", case, "entities", env=environment(FORCE_COLOR="3", CLICOLOR_FORCE="1"))
    assert_harmless(ran.out + ran.err, terminal=False)
