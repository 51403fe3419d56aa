"""A small reader of REFI-QDA projects, written from the standard's schema and not from our writer."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from lxml import etree

SCHEMA = Path(__file__).parent / "unit" / "data" / "refi-qda-project-1.0.xsd"
_SPACE = "{urn:QDA-XML:project:1.0}"


@dataclass(frozen=True)
class Selection:
    guid: str
    words: str
    description: str
    codes: tuple[str, ...]
    notes: tuple[str, ...]
    user: str


@dataclass
class Project:
    """Codes by their names from the top; sources by name; notes of sources and of the project by guid."""

    users: list[str] = field(default_factory=list)
    codes: dict[str, tuple[str, ...]] = field(default_factory=dict)
    not_codable: set[str] = field(default_factory=set)
    sources: dict[str, str] = field(default_factory=dict)
    selections: list[Selection] = field(default_factory=list)
    source_codes: dict[str, list[str]] = field(default_factory=dict)
    source_notes: dict[str, list[str]] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    project_notes: list[str] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    files: list[str] = field(default_factory=list)


@cache
def schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(SCHEMA))


def read(data: bytes) -> Project:
    """The project in the file. Raises when it is not valid, or something in it refers to what is not there."""
    archive = zipfile.ZipFile(io.BytesIO(data))
    assert archive.testzip() is None
    root = etree.fromstring(archive.read("project.qde"))
    schema().assertValid(root)
    project = Project(files=archive.namelist())
    names = {one.get("guid"): one.get("name") for one in _all(root, "User")}
    project.users = list(names.values())
    for code in root.iterfind(f"{_SPACE}CodeBook/{_SPACE}Codes/{_SPACE}Code"):
        _codes(code, (), project)
    for source in _all(root, "TextSource"):
        _source(source, archive, names, project)
    for note in root.iterfind(f"{_SPACE}Notes/{_SPACE}Note"):
        project.notes[note.get("guid")] = _text(note, archive)
        project.names[note.get("guid")] = note.get("name")
    project.project_notes = [one.get("targetGUID") for one in root.iterfind(f"{_SPACE}NoteRef")]
    project.links = [(one.get("originGUID"), one.get("targetGUID")) for one in _all(root, "Link")]
    _check_references(root)
    return project


def _all(root: etree._Element, name: str) -> list[etree._Element]:
    return list(root.iter(f"{_SPACE}{name}"))


def _codes(code: etree._Element, above: tuple[str, ...], project: Project) -> None:
    path = (*above, code.get("name"))
    project.codes[code.get("guid")] = path
    if code.get("isCodable") == "false":
        project.not_codable.add(code.get("guid"))
    for child in code.iterfind(f"{_SPACE}Code"):
        _codes(child, path, project)


def _text(element: etree._Element, archive: zipfile.ZipFile) -> str:
    path = element.get("plainTextPath")
    content = element.findtext(f"{_SPACE}PlainTextContent")
    assert (path is None) != (content is None), "either the one or the other"
    if path is None:
        return str(content)
    return archive.read("sources/" + path.removeprefix("internal://")).decode("utf-8")


def _source(
    source: etree._Element, archive: zipfile.ZipFile, names: dict[str, str], project: Project
) -> None:
    text = _text(source, archive)
    project.sources[source.get("name")] = text
    for one in source.iterfind(f"{_SPACE}PlainTextSelection"):
        start, end = int(one.get("startPosition")), int(one.get("endPosition"))
        assert 0 <= start < end <= len(text)
        project.selections.append(
            Selection(
                one.get("guid"),
                text[start:end],
                one.findtext(f"{_SPACE}Description") or "",
                tuple(ref.get("targetGUID") for ref in one.iterfind(f"{_SPACE}Coding/{_SPACE}CodeRef")),
                tuple(ref.get("targetGUID") for ref in one.iterfind(f"{_SPACE}NoteRef")),
                names.get(one.get("creatingUser"), ""),
            )
        )
    name = source.get("name")
    project.source_codes[name] = [
        ref.get("targetGUID") for ref in source.iterfind(f"{_SPACE}Coding/{_SPACE}CodeRef")
    ]
    project.source_notes[name] = [ref.get("targetGUID") for ref in source.iterfind(f"{_SPACE}NoteRef")]


def _check_references(root: etree._Element) -> None:
    guids = [one.get("guid") for one in root.iter() if one.get("guid")]
    assert len(guids) == len(set(guids))
    users = {one.get("guid") for one in _all(root, "User")}
    notes = {one.get("guid") for one in _all(root, "Note")}
    codes = {one.get("guid") for one in _all(root, "Code")}
    selections = {one.get("guid") for one in _all(root, "PlainTextSelection")}
    assert {one.get("targetGUID") for one in _all(root, "NoteRef")} <= notes
    assert {one.get("targetGUID") for one in _all(root, "CodeRef")} <= codes
    for link in _all(root, "Link"):
        assert {link.get("originGUID"), link.get("targetGUID")} <= selections
    for one in root.iter():
        assert {one.get("creatingUser"), one.get("modifyingUser")} <= {None, *users}
