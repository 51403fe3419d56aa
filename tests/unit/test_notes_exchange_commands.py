"""`kashaf notes export` and `import`, as they are called."""

from __future__ import annotations

import csv
import io
import json
import shutil
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from tests.schema_support import complaints

from kashaf.corpus.article import Article
from kashaf.corpus.catalogue import Catalogue
from kashaf.errors import KashafError
from kashaf.notes.codebook import Code
from kashaf.notes.codebook_file import CodebookFile
from kashaf.workspace import Workspace, create
from kashaf_index.search import Searcher
from kashaf_index.update import update
from kashaf_tui.cli import cli

PAGE = "https://almarfa.example/news/42"
SOUQ = (
    f"---\ntitle: سوق السمك يعود\noutlet: صحيفة المرفأ\ndate: 2025-03-23\nurl: {PAGE}\n---\n"
    "أعلنت بلدية المرفأ يوم الأحد أن سوق السمك سيعود إلى العمل بعد ترميم دام سنتين.\n\n"
    "وقال رئيس البلدية إن الترميم كلف مليوني دينار، وإن التجار سيدفعون نصف الإيجار القديم.\n"
)
WELL = "---\ntitle: بئر القرية\n---\nحفر أهالي القرية بئرا جديدة بعد أن جفت العين القديمة في الصيف.\n"


@pytest.fixture(scope="module")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace of two articles without notes; not to be written to."""
    folder = tmp_path_factory.mktemp("exchange")
    stick = folder / "stick"
    stick.mkdir()
    (stick / "souq.md").write_text(SOUQ, encoding="utf-8")
    (stick / "well.md").write_text(WELL, encoding="utf-8")
    workspace = create(folder / "case")
    update(workspace, Catalogue(workspace.catalogue), [stick])
    return workspace.root


@pytest.fixture
def case(indexed: Path, tmp_path: Path) -> Workspace:
    return copy_of(indexed, tmp_path / "case")


def copy_of(indexed: Path, place: Path) -> Workspace:
    shutil.copytree(indexed, place)
    return create(place)


@dataclass(frozen=True)
class Ran:
    """What a command printed, and its exit code. An error's is its own, as `kashaf_tui.__main__` sees to."""

    exit_code: int
    stdout_bytes: bytes
    stderr: str

    @property
    def stdout(self) -> str:
        return self.stdout_bytes.decode()

    @property
    def output(self) -> str:
        return self.stderr + self.stdout_bytes.decode(errors="replace")


def kashaf(case: Workspace, *arguments: str | Path) -> Ran:
    result = CliRunner().invoke(cli, ["-w", str(case.root), *map(str, arguments)])
    error = result.exception
    if isinstance(error, KashafError):
        return Ran(error.exit_code, result.stdout_bytes, f"{result.stderr}{error}")
    if error is not None and not isinstance(error, SystemExit):
        raise error
    return Ran(result.exit_code, result.stdout_bytes, result.stderr)


def done(case: Workspace, *arguments: str | Path) -> Ran:
    result = kashaf(case, *arguments)
    assert result.exit_code == 0, result.output
    return result


def articles(case: Workspace) -> dict[str, Article]:
    with Searcher.open(case.index) as searcher:
        found = [searcher.article(one) for one in searcher.ids()]
    return {article.title: article for article in found}


@pytest.fixture
def noted(case: Workspace) -> Workspace:
    """With three notes, two of them with a code that has a colour, and one in the trash."""
    souq, well = (articles(case)[title].id for title in ("سوق السمك يعود", "بئر القرية"))
    CodebookFile(case).add(Code("ماء", "#0055aa", "ما يشرب"), Code("ماء/بئر"))
    done(case, "notes", "add", souq, "--quote", "مليوني دينار", "--note", "=من أين؟", "--tag", "مال")
    done(case, "notes", "add", souq, "--quote", "سوق السمك سيعود", "--tag", "ماء")
    done(case, "notes", "add", well, "--quote", "العين القديمة", "--tag", "ماء/بئر")
    return case


def report(case: Workspace, file: Path, *options: str, code: int = 0) -> dict[str, Any]:
    result = kashaf(case, "notes", "import", file, "--json", *options)
    assert result.exit_code == code, result.output
    value: dict[str, Any] = json.loads(result.stdout)
    return value


def test_every_format_is_exported_to_a_file_and_to_a_pipe(noted: Workspace, tmp_path: Path) -> None:
    for name in ("native", "w3c", "csv", "markdown", "html", "refi"):
        file = tmp_path / name
        done(noted, "notes", "export", "--format", name, "-o", file)
        assert file.read_bytes() == done(noted, "notes", "export", "--format", name).stdout_bytes
    assert complaints("native-2.schema.json", (tmp_path / "native").read_bytes()) == []
    assert complaints("w3c-annotation.schema.json", (tmp_path / "w3c").read_bytes()) == []
    rows = list(csv.DictReader(io.StringIO((tmp_path / "csv").read_text(encoding="utf-8"), newline="")))
    assert [row["state"] for row in rows] == ["exact"] * 3
    assert rows[0]["body"] == "'=من أين؟"
    assert zipfile.is_zipfile(tmp_path / "refi")
    assert PAGE in (tmp_path / "w3c").read_text(encoding="utf-8")


def test_nothing_is_replaced_unless_it_is_asked_for(noted: Workspace, tmp_path: Path) -> None:
    file = tmp_path / "out.json"
    file.write_bytes(b"mine")
    assert kashaf(noted, "notes", "export", "-o", file).exit_code == 2
    assert file.read_bytes() == b"mine"
    done(noted, "notes", "export", "-o", file, "--force")
    link = tmp_path / "link.json"
    link.symlink_to(tmp_path / "elsewhere.json")
    assert kashaf(noted, "notes", "export", "-o", link, "--force").exit_code != 0
    assert not (tmp_path / "elsewhere.json").exists()


def test_a_part_is_exported_by_article_and_by_code(noted: Workspace) -> None:
    def quotes(*options: str) -> list[str]:
        document = json.loads(done(noted, "notes", "export", *options).stdout)
        return [note["target"]["quote"] for note in document["notes"]]

    well = articles(noted)["بئر القرية"].id
    assert quotes("--article", well) == quotes("--article", well[:6]) == ["العين القديمة"]
    assert quotes("--tag", "ماء") == ["سوق السمك سيعود", "العين القديمة"]
    assert quotes("--tag", "ماء/بئر", "--tag", "مال") == ["مليوني دينار", "العين القديمة"]
    assert quotes("--tag", "ما") == []
    assert quotes("--tag", "ماء", "--article", well) == ["العين القديمة"]
    gone = json.loads(done(noted, "notes", "list", "--json").stdout)[0]["id"]
    done(noted, "notes", "delete", gone)
    assert len(json.loads(done(noted, "notes", "export").stdout)["ended"]) == 1
    assert json.loads(done(noted, "notes", "export", "--tag", "ماء").stdout)["ended"] == []
    assert kashaf(noted, "notes", "export", "--article", "0000").exit_code == 4


def test_options_belong_to_their_formats(noted: Workspace) -> None:
    assert done(noted, "notes", "export", "--format", "csv", "--bom").stdout_bytes.startswith(b"\xef\xbb\xbf")
    result = kashaf(noted, "notes", "export", "--bom")
    assert (result.exit_code, "has no option bom" in result.output) == (2, True)
    assert kashaf(noted, "notes", "export", "--format", "csv", "--group", "code").exit_code == 2
    english, arabic = (
        done(noted, "notes", "export", "--format", "markdown", "--language", language).stdout
        for language in ("en", "ar")
    )
    assert english != arabic
    assert done(noted, "notes", "export", "--format", "markdown", "--group", "article").stdout != english


def test_a_native_file_goes_to_another_workspace_and_back_byte_for_byte(
    noted: Workspace, tmp_path: Path
) -> None:
    carried = tmp_path / "carried.json"
    done(noted, "notes", "export", "-o", carried)
    empty = create(tmp_path / "empty")
    first = report(empty, carried)
    assert (first["added"], first["conflicts"], first["codes"]) == (3, [], ["ماء", "ماء/بئر"])
    assert done(empty, "notes", "export").stdout_bytes == carried.read_bytes()
    again = report(empty, carried)
    assert (again["added"], again["unchanged"], again["codes"]) == (0, 3, [])
    assert done(empty, "notes", "undo").exit_code == 0
    assert json.loads(done(empty, "notes", "export").stdout)["notes"] == []


def test_a_dry_run_changes_nothing(noted: Workspace, tmp_path: Path) -> None:
    carried = tmp_path / "carried.json"
    done(noted, "notes", "export", "-o", carried)
    empty = create(tmp_path / "empty")
    assert report(empty, carried, "--dry-run")["added"] == 3
    assert not empty.notes_file.exists()
    assert not (empty.state / "codebook.yaml").exists()
    assert "would be: 3 added" in done(empty, "notes", "import", "--dry-run", carried).stdout


def test_notes_that_two_analysts_changed_are_left_to_settle(
    noted: Workspace, indexed: Path, tmp_path: Path
) -> None:
    carried, returned = tmp_path / "carried.json", tmp_path / "returned.json"
    done(noted, "notes", "export", "-o", carried)
    other = copy_of(indexed, tmp_path / "other")
    done(other, "notes", "import", carried)
    note = json.loads(carried.read_bytes())["notes"][0]["id"]
    done(noted, "notes", "edit", note, "--note", "هذا رأيي")
    done(other, "notes", "edit", note, "--note", "وهذا رأيي")
    done(other, "notes", "export", "-o", returned)
    assert report(noted, returned, code=11)["conflicts"] == [note]
    result = kashaf(noted, "notes", "import", returned)
    assert result.exit_code == 11
    assert f"in conflict: {note}" in result.stderr


def test_web_annotations_come_back_to_a_workspace_with_the_articles(
    noted: Workspace, indexed: Path, tmp_path: Path
) -> None:
    carried = tmp_path / "carried.jsonld"
    done(noted, "notes", "export", "--format", "w3c", "-o", carried)
    assert report(noted, carried)["unchanged"] == 3
    other = copy_of(indexed, tmp_path / "other")
    assert report(other, carried)["added"] == 3
    assert report(other, carried)["unchanged"] == 3
    rows = json.loads(done(other, "notes", "list", "--json").stdout)
    assert {row["anchor"]["state"] for row in rows} == {"exact"}
    # What came by the one way and by the other is the same note without anything to settle.
    native = tmp_path / "native.json"
    done(noted, "notes", "export", "-o", native)
    assert report(other, native)["conflicts"] == []


HYPOTHESIS = {
    "total": 4,
    "rows": [
        {
            "id": "a1",
            "uri": PAGE + "#comments",
            "user": "acct:mona@hypothes.is",
            "text": "من أين؟ <b>",
            "tags": ["مال"],
            "created": "2025-05-01T10:00:00+00:00",
            "updated": "2025-05-01T10:00:00+00:00",
            "target": [{"selector": [{"type": "TextQuoteSelector", "exact": "كلف مليوني دينار"}]}],
        },
        {
            "id": "a2",
            "uri": PAGE,
            "user": "acct:mona@hypothes.is",
            "text": "لم أجدها",
            "target": [{"selector": [{"type": "TextQuoteSelector", "exact": "كلمات ليست في النص قط"}]}],
        },
        {
            "id": "a3",
            "uri": "https://x.example/",
            "user": "acct:mona@hypothes.is",
            "text": "صفحة أخرى\x1b[31m",
        },
    ],
}


def test_annotations_of_hypothesis_are_reported_one_by_one(case: Workspace, tmp_path: Path) -> None:
    file = tmp_path / "h.json"
    file.write_text(json.dumps(HYPOTHESIS), encoding="utf-8")
    found = report(case, file, code=3)
    assert (found["added"], found["unchanged"], found["conflicts"]) == (2, 0, [])
    assert [(one["state"], one["quote"]) for one in found["not_anchored"]] == [
        ("orphan", "كلمات ليست في النص قط")
    ]
    assert found["refused"] == [
        {
            "where": "rows[2]",
            "what": "صفحة أخرى",
            "reason": "no article here answers to https://x.example/",
        }
    ]
    result = kashaf(case, "notes", "import", "--format", "hypothesis", file)
    assert result.exit_code == 3
    assert result.stdout == (
        "0 added, 0 updated, 2 unchanged, 1 whose words were not found for certain, 1 refused\n"
    )
    assert "the file holds 3 of 4 annotations" in result.stderr
    assert "refused: rows[2]: no article here answers to https://x.example/ (صفحة أخرى)" in result.stderr
    assert "\x1b" not in result.output
    well = articles(case)["بئر القرية"].id
    assert [one["state"] for one in report(case, file, "--article", well)["not_anchored"]]


def test_what_was_thrown_away_here_stays_away(case: Workspace, tmp_path: Path) -> None:
    file = tmp_path / "h.json"
    file.write_text(json.dumps(HYPOTHESIS["rows"][:1]), encoding="utf-8")  # type: ignore[index]
    report(case, file)
    (note,) = json.loads(done(case, "notes", "list", "--json").stdout)
    done(case, "notes", "delete", note["id"])
    assert report(case, file) | {"stay_deleted": 1, "added": 0, "unchanged": 0} == report(case, file)
    assert done(case, "notes", "list", "--json").stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("data", "options", "code", "said"),
    [
        (b"", (), 3, "not JSON"),
        (b"[]", (), 3, "no notes that Kashaf can read"),
        (b'{"a": 1}', (), 3, "no notes that Kashaf can read"),
        (b'{"format": "kashaf-native", "schema": 9}', (), 3, "newer Kashaf"),
        (b'{"a": 1}', ("--format", "native"), 3, "not a native file"),
        (b'{"a": 1}', ("--format", "w3c"), 3, "no Web Annotations"),
        (b'{"a": 1}', ("--format", "hypothesis"), 3, "no annotations of Hypothesis"),
        (b'{"format": "kashaf-native", "schema": 2, "notes": []}', ("--article", "0"), 2, "says itself"),
    ],
)
def test_files_that_are_none(
    case: Workspace, tmp_path: Path, data: bytes, options: tuple[str, ...], code: int, said: str
) -> None:
    file = tmp_path / "f.json"
    file.write_bytes(data)
    result = kashaf(case, "notes", "import", file, *options)
    assert (result.exit_code, said in result.output) == (code, True), result.output
    assert not case.notes_file.exists()


def test_a_file_that_is_not_there(case: Workspace, tmp_path: Path) -> None:
    assert kashaf(case, "notes", "import", tmp_path / "none").exit_code == 4


def test_annotations_without_an_index_have_no_place(tmp_path: Path) -> None:
    file = tmp_path / "h.json"
    file.write_text(json.dumps(HYPOTHESIS), encoding="utf-8")
    result = kashaf(create(tmp_path / "empty"), "notes", "import", file)
    assert (result.exit_code, "kashaf index" in result.output) == (5, True)


def test_without_an_index_notes_are_exported_all_the_same(noted: Workspace, tmp_path: Path) -> None:
    before = {
        name: done(noted, "notes", "export", "--format", name).stdout_bytes for name in ("native", "csv")
    }
    noted.index.rename(tmp_path / "elsewhere")
    assert done(noted, "notes", "export").stdout_bytes == before["native"]
    result = done(noted, "notes", "export", "--format", "csv")
    assert "where the words are now cannot be told" in result.stderr
    assert result.stdout_bytes != before["csv"]


def test_a_code_that_was_renamed_here_is_renamed_in_what_comes(
    noted: Workspace, indexed: Path, tmp_path: Path
) -> None:
    carried = tmp_path / "carried.json"
    done(noted, "notes", "export", "-o", carried)
    other = copy_of(indexed, tmp_path / "other")
    CodebookFile(other).add(Code("ماء"))
    CodebookFile(other).rename("ماء", "مياه")
    assert report(other, carried)["renamed"] == [["ماء", "مياه"], ["ماء/بئر", "مياه/بئر"]]
    assert report(other, carried)["unchanged"] == 3
