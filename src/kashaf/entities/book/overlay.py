"""What was decided about names in the app, on disk: `CASE/state/names.yaml`.

A list, one decision a line, in the order in which they were made; nothing is ever taken out of it. Undoing is a line
of its own that names the one it undoes, and so is doing again: the file is a history that git can show and merge.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal, cast

import yaml

from kashaf.entities.book.decisions import KINDS, Decision, Kind
from kashaf.entities.model import ENTITY_TYPES, EntityKey, EntityType
from kashaf.errors import BadInput
from kashaf.said import said
from kashaf.text.sanitise import sanitise_line
from kashaf.yaml_safe import load_with_lines

HEADER: Final = (
    "# What was decided about names in the app, one decision a line, in order. The app adds lines and\n"
    "# takes none out; yours is ../names.yaml, and wins. After a git merge keep the lines of both sides.\n"
)
_ID: Final = re.compile(r"[0-9a-f]{8}\Z")
_WIDTH: Final = 1 << 30
_LONGEST: Final = 200


@dataclass(frozen=True, slots=True)
class Back:
    """A line that undoes a decision, or does it again. of: the decision's id."""

    do: Literal["undo", "redo"]
    of: str
    who: str
    when: str


Line = Decision | Back


@dataclass(frozen=True, slots=True)
class History:
    """The lines of the file. done: decisions that hold, in order. undone: those taken back, the last one last."""

    lines: tuple[Line, ...] = ()
    done: tuple[Decision, ...] = ()
    undone: tuple[Decision, ...] = ()

    @classmethod
    def of(cls, lines: tuple[Line, ...]) -> History:
        """A line that undoes what is not there, or is undone, does nothing: two laptops may have undone one thing."""
        place: dict[str, int] = {}
        decisions: list[Decision] = []
        holds: list[bool] = []
        undone: list[int] = []
        for line in lines:
            if isinstance(line, Decision):
                if line.id in place:
                    continue  # both sides of a git merge have it
                place[line.id] = len(decisions)
                decisions.append(line)
                holds.append(True)
                undone.clear()
                continue
            at = place.get(line.of)
            if at is None or holds[at] == (line.do == "redo"):
                continue
            holds[at] = line.do == "redo"
            if line.do == "undo":
                undone.append(at)
            elif at in undone:
                undone.remove(at)
        return cls(
            lines,
            tuple(one for one, held in zip(decisions, holds, strict=True) if held),
            tuple(decisions[at] for at in undone),
        )


def to_line(line: Line) -> str:
    """A line of the file, without its end."""
    dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
    text: str = yaml.dump(
        to_plain(line),
        Dumper=dumper,
        allow_unicode=True,
        sort_keys=False,
        default_flow_style=True,
        width=_WIDTH,
    )
    return f"- {text.strip()}"


def parse(data: bytes, where: str) -> History:
    """Read the file. Raises BadInput, naming the line, when it is not what the app wrote."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise _torn(f"{where}, line {line}") from error
    value, lines = load_with_lines(text, where=where, depth=1)
    if value is None:
        return History()
    if not isinstance(value, list):
        raise _torn(f"{where}, line 1")
    found: list[Line] = []
    for number, item in enumerate(value):
        try:
            found.append(from_plain(item))
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise _torn(f"{where}, line {lines.get((number,), 1)}") from error
    return History.of(tuple(found))


def to_plain(line: Line) -> dict[str, Any]:
    """A line in plain values, for YAML and JSON."""
    if isinstance(line, Back):
        return {"at": line.when, "by": line.who, "do": line.do, "of": line.of}
    plain: dict[str, Any] = {
        "id": line.id,
        "at": line.when,
        "by": line.who,
        "do": line.kind,
        "of": [[key.type, key.name] for key in line.keys],
        "type": line.type,
        "name": line.name,
    }
    return plain | {"articles": list(line.articles)} if line.articles else plain


def from_plain(item: Mapping[str, Any]) -> Line:
    """The inverse of `to_plain`. Raises ValueError, TypeError, KeyError or AttributeError for anything else."""
    do = item["do"]
    who, when = _text(item.get("by", "")), _text(item.get("at", ""))
    if do in ("undo", "redo"):
        return Back(do, _id(item["of"]), who, when)
    if do not in KINDS:
        raise ValueError(do)
    keys = tuple(EntityKey(_type(kind), _name(name)) for kind, name in item["of"])
    articles = tuple(_text(one) for one in item.get("articles", ()))
    if not keys or (do == "split") != bool(articles):
        raise ValueError("of nobody")
    return Decision(
        cast("Kind", do),
        keys,
        _name(item["name"]),
        _type(item["type"]),
        articles,
        who,
        when,
        _id(item["id"]),
    )


def _torn(where: str) -> BadInput:
    return BadInput(
        said("not what the app wrote"),
        where=where,
        cure=said("Mend the line, or take it out: it is a decision about names"),
    )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("no text")
    if value != sanitise_line(value):
        raise ValueError("not clean")
    return value


def _name(value: object) -> str:
    name = _text(value)
    if not name or len(name) > _LONGEST:
        raise ValueError("no name")
    return name


def _id(value: object) -> str:
    if not isinstance(value, str) or not _ID.match(value):
        raise ValueError("no id")
    return value


def _type(value: object) -> EntityType:
    if value not in ENTITY_TYPES:
        raise ValueError("no type")
    return value
