"""The codebook's hand-written form: a tree of codes in YAML. What is wrong in it is reported, and the rest read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import yaml

from kashaf.errors import BadInput, KashafError, UsageError
from kashaf.notes.code_colours import PALETTE, colour, name_of
from kashaf.notes.codebook import (
    LONGEST_TEXT,
    MAX_CODES,
    MAX_EXAMPLES,
    Code,
    Codebook,
    check_path,
    join,
)
from kashaf.said import said
from kashaf.text.sanitise import sanitise, sanitise_line
from kashaf.yaml_safe import load_yaml

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_KEYS: Final = ("name", "colour", "color", "description", "examples", "hidden", "codes")


@dataclass(frozen=True, slots=True)
class Written:
    """What a file says. problems: what was passed over, each with its line."""

    codebook: Codebook
    problems: tuple[KashafError, ...] = ()


def parse(text: str, where: str) -> Written:
    """Read the hand-written form.

    Never raises for what is in the text: an entry that is wrong is passed over and reported with its line, and a
    text that is no YAML gives an empty codebook and one problem.
    """
    try:
        load_yaml(text, where=where)
        root = yaml.compose(text, Loader=_Loader)
    except BadInput as error:
        return Written(Codebook(), (error,))
    reader = _Reader(where)
    if root is None:
        return Written(Codebook())
    renamed: dict[str, str] = {}
    for key, node in reader.pairs(root, ("codes", "renamed")):
        if key == "codes":
            reader.codes(node, "")
        else:
            renamed = reader.renamed(node)
    codebook = Codebook(tuple(reader.found.values()), renamed)
    return Written(codebook, tuple(reader.problems))


class _Reader:
    """Walks the nodes, which know their lines."""

    def __init__(self, where: str) -> None:
        self._where = where
        self._full = False
        self.problems: list[KashafError] = []
        self.found: dict[str, Code] = {}

    def _bad(self, node: Any, what: str, cure: str = "") -> None:
        line = said("{where}, line {n}", where=self._where, n=node.start_mark.line + 1)
        self.problems.append(BadInput(what, where=line, cure=cure))

    def pairs(self, node: Any, allowed: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
        """Keys and values of a mapping, without those that are not `allowed`, or there twice."""
        if not isinstance(node, yaml.MappingNode):
            self._bad(node, said("not a mapping"), said("The keys are {keys}", keys=", ".join(allowed)))
            return
        seen: set[str] = set()
        for key, value in node.value:
            name = key.value if isinstance(key, yaml.ScalarNode) else ""
            if name not in allowed:
                self._bad(
                    key,
                    said("unknown key `{key}`", key=sanitise_line(str(name))[:40]),
                    said("The keys are {keys}", keys=", ".join(allowed)),
                )
            elif name in seen:
                self._bad(key, said("`{key}` twice", key=name), said("Take one out"))
            else:
                seen.add(name)
                yield name, value

    def codes(self, node: Any, under: str) -> None:
        for item in self._items(node, "codes"):
            if isinstance(item, yaml.MappingNode):
                self._entry(item, under)
            else:
                self._keep(item, under, self._text(item, "name"), {})

    def _entry(self, node: Any, under: str) -> None:
        nodes = dict(self.pairs(node, _KEYS))
        if "name" not in nodes:
            self._bad(node, said("a code needs a name"), said("Give it `name:`"))
            return
        path = self._keep(node, under, self._text(nodes["name"], "name"), nodes)
        if path and "codes" in nodes:
            self.codes(nodes["codes"], path)

    def _keep(self, node: Any, under: str, name: str | None, nodes: dict[str, Any]) -> str:
        """Check and keep a code; its path, or nothing."""
        if name is None:
            return ""
        try:
            path = check_path(join(under, name))
        except UsageError as error:
            self._bad(node, error.what, error.cure)
            return ""
        if path in self.found:
            self._bad(
                node, said("the code `{code}` twice", code=path), said("Take one out; the first one counts")
            )
        elif len(self.found) >= MAX_CODES:
            if not self._full:
                self._bad(node, said("over {n} codes", n=MAX_CODES), said("Use fewer"))
            self._full = True
            return ""
        else:
            self.found[path] = Code(
                path,
                self._colour(nodes.get("colour") or nodes.get("color")),
                self._description(nodes.get("description")),
                tuple(self._examples(nodes.get("examples"))),
                self._flag(nodes.get("hidden")),
            )
        return path

    def _colour(self, node: Any) -> str:
        text = self._text(node, "colour") if node is not None else ""
        value = colour(text or "")
        # Without quotation marks `#rrggbb` is a comment, and the value empty.
        if value is None or (node is not None and text == "" and not node.style):
            self._bad(
                node,
                said("`{colour}` is no colour", colour=sanitise_line(text or "")[:40]),
                said('Use one of {names}, or "#rrggbb" between quotation marks', names=", ".join(PALETTE)),
            )
        return value or ""

    def _description(self, node: Any) -> str:
        text = self._text(node, "description") if node is not None else ""
        return clean_text(text or "")

    def _examples(self, node: Any) -> Iterator[str]:
        if node is None:
            return
        items = [node] if isinstance(node, yaml.ScalarNode) else self._items(node, "examples")
        for item in list(items)[:MAX_EXAMPLES]:
            text = clean_text(self._text(item, "examples") or "")
            if text:
                yield text

    def _flag(self, node: Any) -> bool:
        text = self._text(node, "hidden") if node is not None else ""
        if (text or "").casefold() not in ("", "true", "false", "yes", "no"):
            self._bad(node, said("`hidden` is true or false"))
        return (text or "").casefold() in ("true", "yes")

    def renamed(self, node: Any) -> dict[str, str]:
        """Old path to new one, from a mapping, or from lines `old → new`."""
        found: dict[str, str] = {}
        pairs: list[tuple[Any, str | None, str | None]] = []
        if isinstance(node, yaml.MappingNode):
            pairs = [
                (key, self._text(key, "renamed"), self._text(value, "renamed")) for key, value in node.value
            ]
        else:
            for item in self._items(node, "renamed"):
                before, arrow, after = (self._text(item, "renamed") or "").replace("->", "→").partition("→")
                pairs.append((item, before if arrow else None, after))
        for where, old, new in pairs:
            try:
                one, other = check_path(old or ""), check_path(new or "")
            except UsageError:
                self._bad(where, said("not an old name and a new one"), said("Write `old: new`"))
                continue
            if one != other:
                found[one] = other
        return found

    def _items(self, node: Any, what: str) -> list[Any]:
        if isinstance(node, yaml.SequenceNode):
            return list(node.value)
        if not (isinstance(node, yaml.ScalarNode) and node.value in ("", "null", "~")):
            self._bad(node, said("`{what}` is a list", what=what), said("Write a dash before each"))
        return []

    def _text(self, node: Any, what: str) -> str | None:
        """A scalar as it is written: 2024 and `yes` are words here."""
        if isinstance(node, yaml.ScalarNode):
            return str(node.value)
        self._bad(node, said("`{what}` is text", what=what), said("Put it in quotation marks"))
        return None


def clean_text(text: str) -> str:
    """A description or an example as it may be kept: safe to print, and not too long."""
    return sanitise(text).text.strip()[:LONGEST_TEXT]


def written(codebook: Codebook, header: str = "") -> str:
    """A codebook in the hand-written form, which `parse` reads back to the same."""
    below: dict[str, list[object]] = {"": []}
    for code in codebook.tree():
        entry = _entry(code)
        below[code.parent].append(entry)
        below[code.path] = entry["codes"]
    document: dict[str, object] = {"codes": _trimmed(below[""])}
    if codebook.renamed:
        document["renamed"] = dict(codebook.renamed)
    dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
    text: str = yaml.dump(document, Dumper=dumper, allow_unicode=True, sort_keys=False, width=100)
    return header + text


def _entry(code: Code) -> dict[str, Any]:
    return {
        "name": code.name,
        "colour": name_of(code.colour),
        "description": code.description,
        "examples": list(code.examples),
        "hidden": code.hidden,
        "codes": [],
    }


def _trimmed(entries: list[Any]) -> list[object]:
    """Entries without what they do not say; a mere name as itself."""
    kept: list[object] = []
    for entry in entries:
        entry["codes"] = _trimmed(entry["codes"])
        said_of = {key: value for key, value in entry.items() if value}
        kept.append(said_of["name"] if len(said_of) == 1 else said_of)
    return kept
