"""The codebook of a REFI-QDA project, and the identifiers of all that is in one.

An identifier is made from what it names (RFC 4122, version 5), so the same code has the same one in every export.
"""

from __future__ import annotations

import uuid
from collections import Counter
from typing import TYPE_CHECKING, Final
from xml.etree.ElementTree import Element, SubElement

from kashaf.export.dossier import colour
from kashaf.notes.codebook import Code, Codebook
from kashaf.text.sanitise import sanitise, sanitise_line

if TYPE_CHECKING:
    from collections.abc import Iterable

NAMESPACE: Final = "urn:QDA-XML:project:1.0"
_GUIDS: Final = uuid.uuid5(uuid.NAMESPACE_URL, "urn:kashaf:refi-qda")
_DEEPEST: Final = 32  # levels; readers walk the tree by recursion


def guid(kind: str, key: str) -> str:
    """The identifier of what `key` names among its kind."""
    # A name cannot be half a character, but a note from elsewhere may hold one.
    return str(uuid.uuid5(_GUIDS, f"{kind}/{key}".encode("utf-8", "backslashreplace").decode()))


def child(parent: Element, name: str, text: str | None = None, /, **attributes: str) -> Element:
    """A new element of the standard under `parent`; an attribute without a value is left out."""
    given = {key: sanitise_line(value) for key, value in attributes.items() if value}
    made = SubElement(parent, name, given)
    if text is not None:
        made.text = sanitise(text).text
    return made


def add_codebook(project: Element, codebook: Codebook, used: Iterable[Code]) -> None:
    """The element `CodeBook`, unless there is no code at all: the standard has no empty one.

    A code that only holds others, and that nobody described or used, is one that cannot be coded with: a category
    to many tools. Names that stand twice in the tree are whole paths, as some tools have one namespace for all.
    used: the codes that notes bear, with their colours.
    """
    borne = {code.path: code.colour for code in used}
    known = {code.path for code in codebook}
    book = Codebook((*codebook, *(Code(path) for path in sorted(borne.keys() - known))))
    if not book.codes:
        return
    times = Counter(code.name for code in book)
    parents = {code.parent for code in book}
    top = child(child(project, "CodeBook"), "Codes")
    made: dict[str, tuple[Element, int]] = {}
    for code in book.tree():
        above, depth = made.get(code.parent, (top, 0))
        if depth >= _DEEPEST:
            above, depth = top, 0
        holds_only = code.path in parents and code.path not in borne and code == Code(code.path)
        whole = above is top or times[code.name] > 1 or not code.name
        element = child(
            above,
            "Code",
            guid=guid("code", code.path),
            name=(code.path if whole else code.name) or " ",
            isCodable="false" if holds_only else "true",
            color=borne.get(code.path) or colour(codebook, code.path),
        )
        description = "\n".join(filter(None, (code.description, *(f"– {one}" for one in code.examples))))
        if description:
            child(element, "Description", description)
        made[code.path] = (element, depth + 1)
