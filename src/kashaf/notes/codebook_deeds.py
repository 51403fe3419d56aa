"""What is done to codes in the app: values, what each does to a codebook, and their form on disk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, TypeAlias

import yaml

from kashaf.errors import BadInput, UsageError
from kashaf.notes.code_colours import colour
from kashaf.notes.codebook import MAX_EXAMPLES, Code, Codebook, ancestors, check_path, moved_path
from kashaf.notes.codebook_yaml import clean_text
from kashaf.said import said
from kashaf.yaml_safe import load_yaml

MAX_DEEDS: Final = 2000
_HEADER: Final = (
    "# What was done to codes in the app, in order. Kept by the app; yours is ../codebook.yaml.\n"
)
_TOLD: Final = ("colour", "description", "examples")


@dataclass(frozen=True, slots=True)
class Added:
    """Codes added, in one go."""

    codes: tuple[Code, ...]


@dataclass(frozen=True, slots=True)
class Set:
    """What a code says of itself (colour, description, examples), changed.

    replaces: what the hand-written code said of itself then; None without one.
    """

    code: Code
    replaces: Code | None = None


@dataclass(frozen=True, slots=True)
class Renamed:
    """A code, and all under it, under another path."""

    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Hidden:
    """A code, and all under it, hidden or shown again."""

    path: str
    hidden: bool


Deed: TypeAlias = Added | Set | Renamed | Hidden


def replayed(by_hand: Codebook, deeds: Sequence[Deed]) -> tuple[Codebook, dict[str, Code]]:
    """The hand-written codebook with the deeds done to it, and the hand-written codes by the paths they have now.

    A deed done to a code that the hand-written file no longer has does nothing. Codes added and set one after the
    other are gathered, so that it takes no new codebook a deed.
    """
    codebook = by_hand
    hand = {code.path: code for code in by_hand}
    gathered: dict[str, Code] = {}
    for deed in deeds:
        match deed:
            case Added(codes):
                for code in codes:
                    for path in reversed(ancestors(code.path)):
                        if path not in gathered and codebook.find(path) is None:
                            gathered[path] = Code(path)
                    if code.path not in gathered and codebook.find(code.path) is None:
                        gathered[code.path] = code
            case Set(code):
                before = gathered.get(code.path) or codebook.find(code.path)
                if before is not None:
                    gathered[code.path] = _set(before, deed, hand.get(code.path))
            case _:
                codebook, gathered = _with(codebook, gathered), {}
                try:
                    codebook = done(codebook, deed, hand)
                except UsageError:
                    continue
                if isinstance(deed, Renamed):
                    hand = {moved_path(path, deed.old, deed.new): code for path, code in hand.items()}
    return _with(codebook, gathered), hand


def _with(codebook: Codebook, codes: Mapping[str, Code]) -> Codebook:
    """With codes added, or set in the place of those of the same path."""
    if not codes:
        return codebook
    renamed = {old: new for old, new in codebook.renamed.items() if old not in codes}
    return Codebook(tuple(({code.path: code for code in codebook} | dict(codes)).values()), renamed)


def done(codebook: Codebook, deed: Deed, hand: Mapping[str, Code]) -> Codebook:
    """The codebook after the deed. Raises UsageError when it cannot be done."""
    match deed:
        case Added(codes):
            return codebook.with_codes(codes)
        case Renamed(old, new):
            return codebook.with_renamed(old, new)
        case Hidden(path, hidden):
            return codebook.with_hidden(path, hidden)
        case Set(code):
            before = codebook.known(code.path)
            return codebook.with_code(_set(before, deed, hand.get(code.path)))


def _set(before: Code, deed: Set, now: Code | None) -> Code:
    """The code after the deed. now: the hand-written one; what of it was changed since stays."""
    then = deed.replaces
    changed = {
        name: getattr(deed.code, name)
        for name in _TOLD
        if now is None or then is None or getattr(now, name) == getattr(then, name)
    }
    return replace(before, **changed)


def updated(before: Code, seen: Code, wanted: Code) -> Code:
    """`before` with what `wanted` says otherwise than the code that was `seen` when it was asked for."""
    changed = {name: getattr(wanted, name) for name in _TOLD if getattr(wanted, name) != getattr(seen, name)}
    return replace(before, **changed)


def clean_code(code: Code) -> Code:
    """A code as it may be kept: normal path, safe texts. Raises UsageError."""
    examples = tuple(filter(None, map(clean_text, code.examples)))[:MAX_EXAMPLES]
    return replace(
        code, path=check_path(code.path), description=clean_text(code.description), examples=examples
    )


# The form on disk


def to_text(deeds: Sequence[Deed]) -> str:
    """The overlay's file."""
    dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
    text: str = yaml.dump(
        {"deeds": [_document(deed) for deed in deeds]}, Dumper=dumper, allow_unicode=True, sort_keys=False
    )
    return _HEADER + text


def from_bytes(data: bytes, where: str) -> tuple[Deed, ...]:
    """Read it back. Raises BadInput when it is not what the app wrote."""
    try:
        value = load_yaml(data.decode("utf-8"), where=where)
        if value is None:
            return ()
        listed = value.get("deeds") if isinstance(value, dict) else None
        if not isinstance(listed, list):
            raise _torn(where)
        return tuple(_deed(item) for item in listed)
    except (UnicodeDecodeError, KeyError, TypeError, AttributeError, UsageError) as error:
        raise _torn(where) from error


def _torn(where: str) -> BadInput:
    return BadInput(
        said("not what the app wrote"),
        where=where,
        cure=said("Mend the file, or move it away: what was done to codes in the app is in it"),
    )


def _document(deed: Deed) -> dict[str, Any]:
    match deed:
        case Added(codes):
            return {"do": "add", "codes": [_code_document(code) for code in codes]}
        case Set(code, replaces):
            document = {"do": "set", "code": _code_document(code)}
            return document if replaces is None else document | {"replaces": _code_document(replaces)}
        case Renamed(old, new):
            return {"do": "rename", "old": old, "new": new}
        case Hidden(path, hidden):
            return {"do": "hide" if hidden else "show", "code": path}


def _code_document(code: Code) -> dict[str, Any]:
    document = {
        "path": code.path,
        "colour": code.colour,
        "description": code.description,
        "examples": list(code.examples),
        "hidden": code.hidden,
    }
    return {name: value for name, value in document.items() if value}


def _deed(item: Any) -> Deed:
    match item["do"]:
        case "add":
            return Added(tuple(_code(one) for one in item["codes"]))
        case "set":
            replaces = item.get("replaces")
            return Set(_code(item["code"]), None if replaces is None else _code(replaces))
        case "rename":
            return Renamed(check_path(item["old"]), check_path(item["new"]))
        case "hide" | "show":
            return Hidden(check_path(item["code"]), item["do"] == "hide")
        case other:
            raise KeyError(other)


def _code(item: Any) -> Code:
    given = colour(item.get("colour", ""))
    if given is None:
        raise KeyError("colour")
    return clean_code(
        Code(
            item["path"],
            given,
            item.get("description", ""),
            tuple(item.get("examples", ())),
            item.get("hidden") is True,
        )
    )
