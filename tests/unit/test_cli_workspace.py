"""Which workspace a command works in, and what it says of a bad one."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.cli_support import environment, kashaf, spawn


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    (folder / "rain.txt").write_text(
        "أمطار على الساحل\n\nهطلت أمطار غزيرة على الساحل ليلة الخميس.\n", encoding="utf-8"
    )
    return folder


def test_init_makes_a_workspace_and_touches_nothing_that_is_there(tmp_path: Path) -> None:
    root = tmp_path / "case"
    ran = kashaf("init", root)
    assert (ran.code, ran.out) == (0, b"")
    assert str(root) in ran.messages
    assert {path.name for path in root.iterdir()} == {"kashaf.yaml", "names.yaml", "codebook.yaml"}
    (root / "kashaf.yaml").write_text("# mine\n", encoding="utf-8")
    assert kashaf("init", root).code == 0
    assert (root / "kashaf.yaml").read_text(encoding="utf-8") == "# mine\n"


def test_init_in_a_folder_that_holds_other_things(stick: Path) -> None:
    assert kashaf("init", stick).code == 0
    made = {"kashaf.yaml", "names.yaml", "codebook.yaml"}
    assert {path.name for path in stick.iterdir()} == {*made, "rain.txt"}


def test_w_makes_a_missing_or_empty_folder(tmp_path: Path, stick: Path) -> None:
    (tmp_path / "empty").mkdir()
    for root in (tmp_path / "new" / "case", tmp_path / "empty"):
        assert kashaf("-w", root, "index", stick).code == 0
        assert (root / "kashaf.yaml").is_file()


def test_w_does_not_litter_a_folder_of_other_things(stick: Path) -> None:
    ran = kashaf("-w", stick, "search", "x")
    assert (ran.code, ran.out) == (4, b"")
    assert f"kashaf init {stick}" in ran.messages
    assert [path.name for path in stick.iterdir()] == ["rain.txt"]


def test_w_and_init_refuse_a_file(stick: Path) -> None:
    assert kashaf("-w", stick / "rain.txt", "search", "x").code == 2
    assert kashaf("init", stick / "rain.txt").code == 2


def test_the_nearest_workspace_upwards(tmp_path: Path, stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KASHAF_WORKSPACE", raising=False)
    root = tmp_path / "case"
    assert kashaf("-w", root, "index", stick).code == 0
    deep = root / "drafts" / "week"
    deep.mkdir(parents=True)
    monkeypatch.chdir(deep)
    assert kashaf("search", "الساحل", "--json").json["total"] == 1


def test_the_environment_names_one_and_w_wins(
    tmp_path: Path, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KASHAF_WORKSPACE", str(tmp_path / "named"))
    assert kashaf("index", stick).code == 0
    assert (tmp_path / "named" / "catalogue.jsonl").is_file()
    assert kashaf("-w", tmp_path / "given", "search", "x").code == 5
    # It wins over the folder one stands in.
    assert kashaf("init", tmp_path / "here").code == 0
    monkeypatch.chdir(tmp_path / "here")
    assert kashaf("search", "الساحل", "--json").json["total"] == 1


def test_the_user_s_data_folder_is_the_last_resort(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    env = environment(XDG_DATA_HOME=str(tmp_path / "data"), HOME=str(tmp_path))
    ran = spawn("search", "x", cwd=tmp_path / "elsewhere", env=env)
    assert ran.code == 5
    (made,) = tmp_path.rglob("kashaf.yaml")
    assert made.parent.name == "workspace"
    assert not list((tmp_path / "elsewhere").iterdir())


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ("interface:\n  language: [ar\nx: {", "kashaf.yaml, line 3"),
        ("sources: &a [x]\n", "kashaf.yaml, line 1"),
        ("sources: []\nsources:\n  - *a\n", "kashaf.yaml, line 3"),
        ("interface:\n  language: fr\n", "kashaf.yaml: `language: fr`"),
        ("interface:\n  digits: roman\n", "keep, arabic, european"),
        ("interface: loud\n", "`interface`"),
        ("sources: one\n", "`sources`"),
        ("- a list\n", "kashaf.yaml"),
    ],
)
def test_bad_settings_name_the_file_and_the_fault(tmp_path: Path, settings: str, says: str) -> None:
    root = tmp_path / "case"
    assert kashaf("init", root).code == 0
    (root / "kashaf.yaml").write_text(settings, encoding="utf-8")
    ran = kashaf("-w", root, "search", "x", "--json")
    assert (ran.code, ran.out) == (3, b"")
    assert str(root / "kashaf.yaml") in ran.messages
    assert says in ran.messages
    assert (root / "kashaf.yaml").read_text(encoding="utf-8") == settings


def test_settings_that_are_not_utf_8(tmp_path: Path) -> None:
    root = tmp_path / "case"
    assert kashaf("init", root).code == 0
    (root / "kashaf.yaml").write_bytes("sources: [أخبار]".encode("cp1256"))
    ran = kashaf("-w", root, "search", "x")
    assert ran.code == 3
    assert "UTF-8" in ran.messages


def test_a_bad_name_book_names_the_file_and_the_line(tmp_path: Path, stick: Path) -> None:
    root = tmp_path / "case"
    assert kashaf("-w", root, "index", stick).code == 0
    (root / "names.yaml").write_text("people:\n  - name: سليم\n  - alias: x\n", encoding="utf-8")
    ran = kashaf("-w", root, "entities", "--update", "--json")
    # The rest goes on, with the last book that could be read.
    assert ran.code == 0
    assert "names.yaml, line 3" in ran.messages


def test_sources_of_the_settings_are_read_without_being_named(tmp_path: Path, stick: Path) -> None:
    root = tmp_path / "case"
    assert kashaf("init", root).code == 0
    (root / "kashaf.yaml").write_text("sources: [../stick, ~nobody-of-that-name/x]\n", encoding="utf-8")
    ran = kashaf("-w", root, "index", "--json")
    assert (ran.code, ran.json["added"]) == (3, 1)
    (failure,) = ran.json["failed"]
    assert "~nobody-of-that-name" in failure["path"]
