"""`kashaf timeline`, byte for byte: text, JSON and CSV of statements and claims."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.cli_support import kashaf, unsafe
from tests.golden_support import assert_golden
from tests.timeline_support import build

GOLDEN = Path(__file__).parent / "timeline"

COMMANDS = {
    "statements": ["timeline"],
    "statements_of_search": ["timeline", "--search", "الأسطول"],
    "statements_of_a_time": ["timeline", "--from", "2023-05", "--to", "2024"],
    "first_two": ["timeline", "--limit", "2"],
    "claims": ["timeline", "--claims"],
    "claims_of_a_day": ["timeline", "--claims", "--to", "2025-11-01"],
}


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("timeline"))


@pytest.mark.parametrize("form", ["txt", "json", "csv"])
@pytest.mark.parametrize("name", COMMANDS)
def test_output(case: Path, name: str, form: str) -> None:
    ran = kashaf("-w", case, *COMMANDS[name], *([] if form == "txt" else [f"--{form}"]))
    assert ran.code == 0
    assert_golden(GOLDEN / f"{name}.{form}", ran.out)
    if form == "txt":
        assert not unsafe(ran.text)


def test_every_golden_file_is_some_command_s() -> None:
    assert {path.stem for path in GOLDEN.iterdir()} == COMMANDS.keys()


def test_every_span_leads_to_its_words(case: Path) -> None:
    value = kashaf("-w", case, "timeline", "--claims", "--json").json
    texts: dict[str, str] = {}

    def text_of(id_: str) -> str:
        if id_ not in texts:
            texts[id_] = kashaf("-w", case, "show", id_, "--json").json["text"]
        return texts[id_]

    assert len(value["statements"]) == 5
    for one in value["statements"] + value["open"]:
        text = text_of(one["article"])
        assert text[one["start"] : one["end"]] == one["text"]
        assert text[slice(*one["form_span"])] == one["form"]
    (claim,) = value["claims"]
    assert (claim["counting"], claim["agree"], claim["verdict"]) == ("members", False, "conflict")
    for one in claim["values"]:
        assert text_of(one["article"])[one["start"] : one["end"]] == one["form"]


def test_of_one_article(case: Path) -> None:
    found = kashaf("-w", case, "search", "الأسطول", "--json").json["hits"]
    value = kashaf("-w", case, "timeline", "--article", found[0]["id"], "--json").json
    assert {one["article"] for one in value["statements"]} == {found[0]["id"]}
    assert value["claims"] is None


def test_what_is_limited_is_said(case: Path) -> None:
    ran = kashaf("-w", case, "timeline", "--limit", "2", "--json")
    assert "the first 2 of 6 statements; --limit shows more" in ran.messages
    assert len(ran.json["statements"]) == 2
    assert ran.json["total"] == 6


def test_articles_that_have_not_been_read_are_said(tmp_path: Path) -> None:
    root = build(tmp_path, read=False)
    ran = kashaf("-w", root, "timeline", "--json")
    assert "4 articles have not been read for dates and figures yet; --update does it" in ran.messages
    assert ran.json["statements"] == []


@pytest.mark.parametrize(
    "wrong",
    [
        ["--from", "soon"],
        ["--to", "2024-13"],
        ["--from", "2024-02-30"],
        ["--from", "0"],
        ["--from", "٢٠٢٤"],
        ["--from", "2025", "--to", "2024"],
        ["--json", "--csv"],
        ["--limit", "0"],
    ],
)
def test_wrong_usage_is_said(case: Path, wrong: list[str]) -> None:
    ran = kashaf("-w", case, "timeline", *wrong)
    assert ran.code == 2
    assert not re.search(r"Traceback", ran.messages)


def test_an_unknown_article_is_not_found(case: Path) -> None:
    assert kashaf("-w", case, "timeline", "--article", "zzzz").code == 4
