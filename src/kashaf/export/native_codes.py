"""The codes that go along with notes, so that a colleague sees the same colours and descriptions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kashaf.errors import BadInput
from kashaf.notes.codebook import SEPARATOR, Code

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kashaf.notes.codebook import Codebook
    from kashaf.notes.model import Note
    from kashaf.storage.strict_json import Json

_FIELDS: Final = ("path", "colour", "description", "examples")


def used_codes(codebook: Codebook, notes: Iterable[Note]) -> tuple[Code, ...]:
    """The codes that notes bear, and those above them, in the codebook's order; hidden ones like the others."""
    borne: set[str] = set()
    for tag in {tag for note in notes for tag in note.tags}:
        parts = tag.split(SEPARATOR)
        borne.update(SEPARATOR.join(parts[:length]) for length in range(1, len(parts) + 1))
    return tuple(code for code in codebook if code.path in borne)


def code_document(code: Code) -> dict[str, Json]:
    """A code as a JSON object. Whether it is hidden is everybody's own matter, and left out."""
    return {
        "path": code.path,
        "colour": code.colour,
        "description": code.description,
        "examples": list(code.examples),
    }


def code_from(value: object, *, where: str) -> Code:
    """The code in a JSON object, as it stands there. Raises BadInput, naming `where` and the field."""
    if not isinstance(value, dict):
        raise _bad("not an object", where)
    for name in _FIELDS[:3]:
        if not isinstance(value.get(name), str):
            raise _bad("not a string", f"{where}.{name}")
    if not value["path"]:
        raise _bad("empty", f"{where}.path")
    examples = value.get("examples")
    if not isinstance(examples, list) or not all(isinstance(one, str) for one in examples):
        raise _bad("not a list of strings", f"{where}.examples")
    return Code(value["path"], value["colour"], value["description"], tuple(examples))


def _bad(problem: str, where: str) -> BadInput:
    return BadInput(problem, where=where, cure="Mend the file and try again")
