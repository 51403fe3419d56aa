"""YAML from outside: a value or BadInput, never another error."""

from __future__ import annotations

import pytest

from kashaf.errors import BadInput
from kashaf.yaml_safe import load_with_lines, load_yaml


@pytest.mark.parametrize(
    "text",
    [
        "a: !!timestamp soon",
        "a: !!bool maybe",
        "a: !!int ''",
        "a: 2025-13-45",
        "a: !!python/name:os.system x",
    ],
)
def test_a_value_that_is_none_is_bad_input(text: str) -> None:
    with pytest.raises(BadInput, match="x"):
        load_yaml(text, where="x")


@pytest.mark.parametrize("text", ["a: &x 1\nb: *x", "[" * 40 + "]" * 40, "a: 1\n---\nb: 2"])
def test_bombs_and_several_documents_are_refused(text: str) -> None:
    with pytest.raises(BadInput):
        load_yaml(text, where="x")


def test_plain_values_are_read() -> None:
    assert load_yaml("a: [1, نص]\n", where="x") == {"a": [1, "نص"]}


def test_lines_of_the_upper_levels() -> None:
    text = "# head\npeople:\n  - one\n  - {name: two,\n     aliases: [x]}\nplaces: []\n"
    value, lines = load_with_lines(text, where="x", depth=2)
    assert value == load_yaml(text, where="x")
    assert lines == {(): 2, ("people",): 3, ("people", 0): 3, ("people", 1): 4, ("places",): 6}
    assert load_with_lines("", where="x", depth=2) == (None, {})


def test_lines_are_as_safe_as_values() -> None:
    for text in ("a: &x 1\nb: *x", "[" * 40 + "]" * 40, "a: !!timestamp soon", "? [a, b]\n: 1\n? {}\n: 2"):
        with pytest.raises(BadInput):
            load_with_lines(text, where="x", depth=2)
