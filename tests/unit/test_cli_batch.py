"""`kashaf search --batch`: many queries, three forms of answer, and lines that hold none."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli_support import kashaf


def test_a_trec_run_has_six_columns_in_the_order_of_ranks(case: Path, tmp_path: Path) -> None:
    asked = tmp_path / "queries.jsonl"
    asked.write_text(
        '{"id": "q1", "query": "الأميرال الصقار"}\n{"id": 7, "text": "تحمب"}\n{"id": "none", "query": "زقزقزق"}\n',
        encoding="utf-8",
    )
    done = kashaf("-w", case, "search", "--batch", str(asked), "--trec", "--match", "any", "--limit", "3")
    assert done.code == 0
    rows = [line.split(" ") for line in done.text.splitlines()]
    assert {row[0] for row in rows} == {"q1", "7"}
    of_first = [row for row in rows if row[0] == "q1"]
    assert [row[3] for row in of_first] == ["1", "2", "3"]
    scores = [float(row[4]) for row in of_first]
    assert scores == sorted(scores, reverse=True)
    assert {(row[1], row[5]) for row in rows} == {("Q0", "kashaf")}
    first = json.loads(kashaf("-w", case, "search", "الأميرال الصقار", "--match", "any", "--json").text)[
        "hits"
    ][0]
    assert of_first[0][2] == first["id"]


def test_json_is_one_object_a_line_with_the_query_id(case: Path, tmp_path: Path) -> None:
    asked = tmp_path / "queries.txt"
    asked.write_text("\ufeffتحمب\n\nقحسا\n", encoding="utf-8")
    done = kashaf("-w", case, "search", "--batch", str(asked), "--json", "--limit", "1")
    answers = [json.loads(line) for line in done.text.splitlines()]
    assert [(one["id"], one["query"]) for one in answers] == [("1", "تحمب"), ("3", "قحسا")]
    assert all(len(one["hits"]) == 1 for one in answers)


def test_text_names_each_query_and_its_hits(case: Path, tmp_path: Path) -> None:
    asked = tmp_path / "queries.txt"
    asked.write_text("تحمب\n", encoding="utf-8")
    done = kashaf("-w", case, "search", "--batch", str(asked))
    assert done.text.startswith("1. تحمب\n13 articles · exact 6 ·")


def test_bad_lines_are_said_and_the_rest_is_answered(case: Path, tmp_path: Path) -> None:
    asked = tmp_path / "queries.jsonl"
    asked.write_text(
        '{"id": "a", "query": "تحمب"}\n{"id": "b"}\nnot json\n{"id": "c d", "query": "x"}\n', "utf-8"
    )
    done = kashaf("-w", case, "search", "--batch", str(asked), "--trec")
    assert done.code == 3
    assert {line.split(" ")[0] for line in done.text.splitlines()} == {"a"}
    for line in (
        "line 2: no `query` in it",
        "line 3: not JSON",
        "line 4: `id` holds a space or a character that is not printed",
    ):
        assert f"queries.jsonl, {line}" in done.messages


def test_a_file_without_a_query_and_two_ways_of_asking_are_refused(case: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.write_text("\n \n", encoding="utf-8")
    assert kashaf("-w", case, "search", "--batch", str(empty)).code != 0
    latin = tmp_path / "latin.txt"
    latin.write_bytes("تحمب".encode("cp1256"))
    assert "not UTF-8" in kashaf("-w", case, "search", "--batch", str(latin)).messages
    assert kashaf("-w", case, "search", "تحمب", "--batch", str(latin)).code == 2
    assert kashaf("-w", case, "search").code == 2
    assert kashaf("-w", case, "search", "تحمب", "--trec").code == 2
    assert kashaf("-w", case, "search", "--batch", str(latin), "--tree").code == 2


def test_what_could_not_be_used_of_a_query_is_said(case: Path, tmp_path: Path) -> None:
    asked = tmp_path / "queries.txt"
    asked.write_text("تحمب date:never\n", encoding="utf-8")
    (answer,) = map(
        json.loads, kashaf("-w", case, "search", "--batch", str(asked), "--json").text.splitlines()
    )
    assert answer["mistakes"]
    assert "date" in kashaf("-w", case, "search", "--batch", str(asked)).text
    assert "1: " in kashaf("-w", case, "search", "--batch", str(asked), "--trec").messages
