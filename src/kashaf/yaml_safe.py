"""YAML read within limits. `safe_load` alone still follows alias bombs, so anchors are refused outright."""

from __future__ import annotations

from typing import Any

import yaml

from kashaf.errors import BadInput

MAX_BYTES = 8 * 1024 * 1024
MAX_DEPTH = 32

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def load_yaml(text: str, *, where: str) -> object:
    """Parse one YAML document of plain values.

    Raises BadInput, naming `where` and the line, for malformed YAML, several documents, an anchor or alias,
    a custom tag, nesting over 32 levels or more than 8 MiB.
    """
    if len(text) > MAX_BYTES or len(text.encode("utf-8", "replace")) > MAX_BYTES:
        raise BadInput("YAML over 8 MiB", where=where, cure="Split the file")
    try:
        _refuse_bombs(text, where)
        return _construct(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f"{where}, line {mark.line + 1}" if mark else where
        problem = getattr(error, "problem", None) or "not valid YAML"
        raise BadInput(str(problem), where=line, cure="Mend the file and try again") from error
    except (ValueError, LookupError, AttributeError, ArithmeticError, RecursionError) as error:
        # What PyYAML's constructors run into over a tagged value: `!!timestamp soon`, `!!bool maybe`.
        raise BadInput("not valid YAML", where=where, cure="Mend the file and try again") from error


def _construct(text: str) -> object:
    loader = _Loader(text)
    try:
        value: object = loader.get_single_data()
    finally:
        loader.dispose()
    return value


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
