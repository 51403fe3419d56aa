"""The codebook on disk: what is written by hand, what was done in the app, and which of them wins."""

from __future__ import annotations

import errno
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.notes_support import failing

from kashaf.errors import BadInput, DiskTrouble, UsageError
from kashaf.notes.codebook import MAX_CODES, Code, Codebook
from kashaf.notes.codebook_file import NAME, CodebookFile, of_workspace
from kashaf.notes.codebook_yaml import parse, written
from kashaf.workspace import Workspace, create

HAND = """\
codes:
  - name: سلاح
    colour: orange
    description: أسلحة من كل نوع
    codes:
      - كيماوي
      - {name: ثقيل, examples: [مدفع, دبابة]}
  - مصدر/رسمي
  - 2024
renamed: {قديم: مصدر}
"""


@pytest.fixture
def case(tmp_path: Path) -> Workspace:
    workspace = create(tmp_path / "case")
    workspace.codebook_file.write_text(HAND, encoding="utf-8")
    return workspace


def overlay(case: Workspace) -> Path:
    return case.state / NAME


# By hand


def test_codes_are_nested_or_paths() -> None:
    codebook = parse(HAND, "codebook.yaml").codebook
    assert [code.path for code in codebook.tree()] == [
        "سلاح", "سلاح/كيماوي", "سلاح/ثقيل", "مصدر", "مصدر/رسمي", "2024",
    ]  # fmt: skip
    assert codebook.known("سلاح") == Code("سلاح", "#e69f00", "أسلحة من كل نوع")
    assert codebook.known("سلاح/ثقيل").examples == ("مدفع", "دبابة")
    assert codebook.current("قديم/خبر") == "مصدر/خبر"


def test_the_file_of_a_new_workspace_is_an_empty_codebook_that_explains_itself(tmp_path: Path) -> None:
    text = create(tmp_path / "new").codebook_file.read_text(encoding="utf-8")
    assert parse(text, "x").codebook == Codebook()
    assert parse(text, "x").problems == ()
    shown = "\n".join(line[2:] for line in text.splitlines() if line.startswith("#"))
    example = parse(shown[shown.index("codes:") : shown.index("renamed:")], "x")
    assert example.problems == ()
    assert len(example.codebook) == 6


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("codes:\n  - {colour: red}\n  - good", 2, "a code needs a name"),
        ("codes:\n  - good\n  - good", 3, "twice"),
        ("codes:\n  - good\n  - name: bad\n    clour: red", 4, "unknown key `clour`"),
        ("codes:\n  - good\n  - name: bad\n    colour: mauve", 4, "is no colour"),
        ("codes:\n  - good\n  - name: bad\n    colour: #123456", 4, "is no colour"),
        ("codes:\n  - good\n  - name: [bad]", 3, "`name` is text"),
        ("codes:\n  - good\n  - name: bad\n    codes: child", 4, "`codes` is a list"),
        ("codes:\n  - good\n  - ' / '", 3, "a code needs a name"),
        ("codes:\n  - good\n  - name: bad\n    hidden: perhaps", 4, "`hidden` is true or false"),
        ("codes: [good]\nrenamed: {good: }", 2, "not an old name and a new one"),
        ("codes: [good]\ncodes: [bad]", 2, "`codes` twice"),
        ("codes: [good]\nother: 1", 2, "unknown key `other`"),
    ],
)
def test_what_is_wrong_is_told_with_its_line_and_the_rest_read(text: str, line: int, what: str) -> None:
    found = parse(text, "codebook.yaml")
    assert found.codebook.find("good") is not None
    (problem,) = found.problems
    assert problem.where == f"codebook.yaml, line {line}"
    assert what in problem.what


@pytest.mark.parametrize(
    "text", ["codes: [", "a: &x [1]\nb: *x", "!!python/object:os.system x", "[1]", "\x00"]
)
def test_no_codebook_at_all_is_one_problem(text: str) -> None:
    found = parse(text, "x")
    assert (len(found.codebook), len(found.problems)) == (0, 1)


def test_what_could_steer_a_terminal_is_taken_out() -> None:
    found = parse('codes:\n  - name: "a\\e]52;c;x\\a\\u202eb"\n    description: "x\\e[2Jy"', "x")
    assert found.codebook.codes == (Code("ab", description="xy"),)


def test_too_many_codes_are_passed_over() -> None:
    text = "codes:\n" + "".join(f"  - c{n}\n" for n in range(MAX_CODES + 10))
    found = parse(text, "x")
    assert (len(found.codebook), len(found.problems)) == (MAX_CODES, 1)


def test_a_codebook_is_written_and_read_back() -> None:
    codebook = Codebook(
        (
            Code("a", "#e69f00", "line one\nline two: '\"#", ("x: y", "- z")),
            Code("a/b", "#123456", hidden=True),
            Code("yes"),
            Code("007"),
        ),
        {"old name": "a/b"},
    )
    found = parse(written(codebook), "x")
    assert (found.codebook, found.problems) == (codebook, ())


# In the app


def test_deeds_are_kept_and_the_hand_written_file_is_not_touched(case: Workspace) -> None:
    file = CodebookFile(case)
    file.add(Code("جديد", "#123456"))
    file.rename("سلاح/كيماوي", "سلاح/كيميائي")
    file.change(Code("سلاح/كيميائي", "#0072b2", "وصف", ("غاز",)))
    file.hide("2024")
    now = of_workspace(case).codebook
    assert now == file.codebook
    assert now.known("سلاح/كيميائي") == Code("سلاح/كيميائي", "#0072b2", "وصف", ("غاز",))
    assert now.current("سلاح/كيماوي") == "سلاح/كيميائي"
    assert now.known("2024").hidden
    assert case.codebook_file.read_text(encoding="utf-8") == HAND


def test_every_deed_can_be_taken_back_also_after_a_restart(case: Workspace) -> None:
    before = of_workspace(case).codebook
    file = CodebookFile(case)
    seen = [before]
    seen.append(file.add(Code("x/y")))
    seen.append(file.rename("سلاح", "x"))
    seen.append(file.change(Code("x", "#123456")))
    seen.append(file.hide("x"))
    seen.append(file.move("x/y", ""))
    file = CodebookFile(case)
    for expected in reversed(seen[:-1]):
        assert file.undo() is not None
        assert file.codebook == expected
    assert file.undo() is None
    for expected in seen[1:]:
        assert file.redo() is not None
        assert file.codebook == expected
    assert file.redo() is None


def test_a_new_deed_ends_what_could_be_done_again(case: Workspace) -> None:
    file = CodebookFile(case)
    file.add(Code("a"))
    file.undo()
    file.add(Code("b"))
    assert file.redo() is None


# Which wins


def test_the_app_wins_until_the_file_is_changed_by_hand(case: Workspace) -> None:
    CodebookFile(case).change(Code("سلاح", "#0072b2", "في البرنامج"))
    assert of_workspace(case).codebook.known("سلاح") == Code("سلاح", "#0072b2", "في البرنامج")
    case.codebook_file.write_text(HAND.replace("colour: orange", "colour: green"), encoding="utf-8")
    assert of_workspace(case).codebook.known("سلاح") == Code("سلاح", "#009e73", "في البرنامج")


def test_it_goes_with_the_code_through_a_renaming(case: Workspace) -> None:
    file = CodebookFile(case)
    file.rename("سلاح", "عتاد")
    file.change(Code("عتاد", "#0072b2", "أسلحة من كل نوع"))
    case.codebook_file.write_text(HAND.replace("أسلحة من كل نوع", "باليد"), encoding="utf-8")
    assert of_workspace(case).codebook.known("عتاد") == Code("عتاد", "#0072b2", "باليد")


def test_deeds_about_codes_that_are_gone_by_hand_do_nothing(case: Workspace) -> None:
    CodebookFile(case).change(Code("2024", "#123456"))
    case.codebook_file.write_text("codes: [else]\n", encoding="utf-8")
    loaded = of_workspace(case)
    assert [code.path for code in loaded.codebook] == ["else"]
    assert loaded.problems == ()


def test_two_windows_keep_each_others_deeds(case: Workspace) -> None:
    one, other = CodebookFile(case), CodebookFile(case)
    one.change(Code("2024", "#123456"))
    other.change(Code("2024", description="وصف"))
    assert of_workspace(case).codebook.known("2024") == Code("2024", "#123456", "وصف")
    assert one.reload() == other.codebook


# Trouble


def test_refusals_change_nothing(case: Workspace) -> None:
    file = CodebookFile(case)
    refused: list[Callable[[], object]] = [
        lambda: file.add(Code("سلاح")),
        lambda: file.add(Code("/")),
        lambda: file.change(Code("nobody")),
        lambda: file.rename("سلاح", "سلاح/تحت"),
        lambda: file.hide("nobody"),
    ]
    for deed in refused:
        with pytest.raises(UsageError):
            deed()
    assert not overlay(case).exists()


@pytest.mark.parametrize(
    "damage", [b"deeds: [{do: fly}]", b"deeds: 3", b"\xff\xfe", b"deeds: [{do: add}", b"[]"]
)
def test_a_damaged_overlay_is_told_and_never_overwritten(case: Workspace, damage: bytes) -> None:
    CodebookFile(case).add(Code("a"))
    overlay(case).write_bytes(damage)
    loaded = of_workspace(case)
    assert loaded.codebook.find("سلاح") is not None
    assert len(loaded.problems) == 1
    with pytest.raises(BadInput):
        CodebookFile(case).add(Code("b"))
    assert overlay(case).read_bytes() == damage


def test_a_file_that_is_not_utf8_is_a_problem(case: Workspace) -> None:
    case.codebook_file.write_bytes("codes: [سلاح]".encode("cp1256"))
    assert [problem.what for problem in of_workspace(case).problems] == ["not UTF-8"]


def test_a_disk_that_refuses_leaves_the_codebook_as_it_was(case: Workspace) -> None:
    file = CodebookFile(case)
    file.add(Code("a"))
    before = overlay(case).read_bytes()
    with failing(1, forever=True), pytest.raises(DiskTrouble):
        file.add(Code("b"))
    assert overlay(case).read_bytes() == before
    assert file.codebook.find("b") is None


@pytest.mark.parametrize("error", [errno.EIO, errno.ENOSPC])
def test_whatever_call_fails_the_codebook_is_the_old_or_the_new_one(case: Workspace, error: int) -> None:
    CodebookFile(case).add(Code("a"))
    before = of_workspace(case).codebook
    points = 0
    while True:
        file = CodebookFile(case)
        points += 1
        with failing(points, error) as calls:
            try:
                after = file.rename("سلاح", f"عتاد {points}")
            except DiskTrouble:
                assert calls.failed
            else:
                if not calls.failed:
                    assert of_workspace(case).codebook == after
                    break
        now = of_workspace(case)
        assert now.problems == ()
        assert now.codebook == before or now.codebook.find(f"عتاد {points}") is not None
        if now.codebook != before:
            CodebookFile(case).undo()
    assert points > 4
