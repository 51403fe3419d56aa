"""YAML read within limits. `safe_load` alone still follows alias bombs, so anchors are refused outright."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import yaml

from kashaf.errors import BadInput

MAX_BYTES = 8 * 1024 * 1024
MAX_DEPTH = 32

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


#: Where a value stands in a document: keys and places in lists, from the top.
Path = tuple[str | int, ...]


def load_yaml(text: str, *, where: str) -> object:
    """Parse one YAML document of plain values.

    Raises BadInput, naming `where` and the line, for malformed YAML, several documents, an anchor or alias,
    a custom tag, nesting over 32 levels or more than 8 MiB.
    """
    return _load(text, where, 0)[0]


def load_with_lines(text: str, *, where: str, depth: int) -> tuple[object, Mapping[Path, int]]:
    """As `load_yaml`, with the line (from 1) on which each value of the upper `depth` levels begins."""
    return _load(text, where, depth)


def _load(text: str, where: str, depth: int) -> tuple[object, Mapping[Path, int]]:
    if len(text) > MAX_BYTES or len(text.encode("utf-8", "replace")) > MAX_BYTES:
        raise BadInput("YAML over 8 MiB", where=where, cure="Split the file")
    try:
        _refuse_bombs(text, where)
        return _construct(text, depth)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f"{where}, line {mark.line + 1}" if mark else where
        problem = getattr(error, "problem", None) or "not valid YAML"
        raise BadInput(str(problem), where=line, cure="Mend the file and try again") from error
    except (ValueError, LookupError, AttributeError, ArithmeticError, RecursionError) as error:
        # What PyYAML's constructors run into over a tagged value: `!!timestamp soon`, `!!bool maybe`.
        raise BadInput("not valid YAML", where=where, cure="Mend the file and try again") from error


def _construct(text: str, depth: int) -> tuple[object, Mapping[Path, int]]:
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
        if node is None:
            return None, {}
        lines = dict(_lines(node, (), depth)) if depth else {}
        value: object = loader.construct_document(node)
    finally:
        loader.dispose()
    return value, lines


def _lines(node: Any, path: Path, depth: int) -> Iterator[tuple[Path, int]]:
    yield path, node.start_mark.line + 1
    if len(path) == depth:
        return
    if isinstance(node, yaml.SequenceNode):
        for at, item in enumerate(node.value):
            yield from _lines(item, (*path, at), depth)
    elif isinstance(node, yaml.MappingNode):
        for key, item in node.value:
            if isinstance(key, yaml.ScalarNode):
                yield from _lines(item, (*path, key.value), depth)


def _refuse_bombs(text: str, where: str) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            line = event.start_mark.line + 1 if event.start_mark else 1
            raise BadInput(
                "YAML anchors and aliases are not read",
                where=f"{where}, line {line}",
                cure="Write the value out",
            )
        if isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            depth += 1
            if depth > MAX_DEPTH:
                raise BadInput(f"YAML nested over {MAX_DEPTH} levels", where=where, cure="Flatten the file")
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            depth -= 1
