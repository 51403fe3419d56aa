"""The annotated articles that the tagger learns from beside the published sets."""

from __future__ import annotations

from pathlib import Path

import pytest
from scripts.ner.texts import FOLDER, Annotated, MarkupError, Name, examples, main, parse, read_texts

ARTICLE = """# a comment
وفد [O بلدية الشحر] في [L عدن]
قال [P سالم باوزير]: ل[O بلدية الشحر] رأي
===

خبر بلا أسماء
"""


def test_brackets_become_spans_of_a_text_without_them() -> None:
    first, second = parse(ARTICLE)
    assert first.text == "وفد بلدية الشحر في عدن\nقال سالم باوزير: لبلدية الشحر رأي\n"
    assert [(first.text[name.start : name.end], name.label) for name in first.names] == [
        ("بلدية الشحر", "ORG"),
        ("عدن", "LOC"),
        ("سالم باوزير", "PER"),
        ("بلدية الشحر", "ORG"),
    ]
    assert second == Annotated(5, "خبر بلا أسماء\n", ())


def test_words_of_a_name_are_labelled_with_the_letters_glued_to_them() -> None:
    labels = [
        (word, label)
        for part in examples(parse(ARTICLE))
        for word, label in zip(part.words, part.labels, strict=True)
    ]
    assert labels[:5] == [
        ("وفد", "O"),
        ("بلديه", "B-ORG"),
        ("الشحر", "I-ORG"),
        ("في", "O"),
        ("عدن", "B-LOC"),
    ]
    assert ("لبلديه", "B-ORG") in labels


def test_names_side_by_side_are_two() -> None:
    (part,) = examples(parse("[P سالم باوزير] [O الميناء]"))
    assert part.labels == ("B-PER", "I-PER", "B-ORG")


@pytest.mark.parametrize("line", ["[X اسم]", "[O اسم", "اسم]", "[O ا [L ب]]", "[اسم]", "[O -]", "[P  ]"])
def test_a_bracket_that_is_no_name_is_refused_with_its_line(line: str) -> None:
    with pytest.raises(MarkupError, match="line 2: "):
        parse(f"خبر\n{line}\n")


def test_a_name_left_bare_is_reported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "trial.txt"
    path.write_text("وصل وفد إلى [L عدن]\nوعاد إلى عدن ليلا\n", encoding="utf-8")
    assert main([str(path)]) == 0
    report = capsys.readouterr().out
    assert "1 articles, 8 words" in report
    assert "line 1: bare? " in report
    assert "وعاد إلى عدن ليلا" in report


def test_a_fault_is_told_and_makes_the_check_fail(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "trial.txt"
    path.write_text("وصل [X سامي\n", encoding="utf-8")
    assert main([str(path)]) == 1
    assert "trial.txt: line 1: " in capsys.readouterr().out


def test_the_kept_articles_can_be_read() -> None:
    articles = read_texts()
    assert {name.label for article in articles for name in article.names} == {"PER", "LOC", "ORG"}
    for article in articles:
        assert all(article.text[name.start : name.end].strip() for name in article.names), article.line


def test_every_file_begins_with_what_it_is_about() -> None:
    for path in FOLDER.glob("*.txt"):
        assert path.read_text(encoding="utf-8").startswith("# "), path.name


def test_spans_are_of_the_text(tmp_path: Path) -> None:
    (only,) = parse("في [L عدن]")
    assert only.names == (Name(3, 6, "LOC"),)
