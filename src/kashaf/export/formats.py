"""The formats that notes leave in. Each is a module of its own, imported when it is first written."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Final, Literal, TypeAlias, cast

from kashaf.errors import UsageError
from kashaf.said import said

if TYPE_CHECKING:
    from collections.abc import Callable

    from kashaf.export.bundle import Bundle

Language: TypeAlias = Literal["en", "ar"]
Option: TypeAlias = Literal["group", "bom"]


@dataclass(frozen=True, slots=True)
class Format:
    """One format of export.

    name: what the command line calls it. label: what it is for, in English (a `said`). suffix: of files, with the
    dot. binary: nothing for a terminal. options: what `write` takes besides notes and language.
    module: whose `write(bundle, language, **options) -> bytes` makes the file.
    """

    name: str
    label: str
    suffix: str
    media_type: str
    module: str
    binary: bool = False
    options: tuple[Option, ...] = ()

    def write(self, bundle: Bundle, language: Language = "en", **options: object) -> bytes:
        """The file. Raises UsageError for an option that the format does not have."""
        foreign = [name for name in options if name not in self.options]
        if foreign:
            raise UsageError(
                said("the format {name} has no option {option}", name=self.name, option=foreign[0])
            )
        make = cast("Callable[..., bytes]", import_module(self.module).write)
        return make(bundle, language, **options)


FORMATS: Final[dict[str, Format]] = {
    made.name: made
    for made in (
        Format(
            "native",
            said("JSON for another Kashaf: nothing is lost"),
            ".json",
            "application/json",
            "kashaf.export.native",
        ),
        Format(
            "w3c",
            said("W3C Web Annotation, for other annotation tools"),
            ".jsonld",
            'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"',
            "kashaf.export.w3c",
        ),
        Format(
            "csv",
            said("CSV, for a spreadsheet"),
            ".csv",
            "text/csv; charset=utf-8; header=present",
            "kashaf.export.csv_file",
            options=("bom",),
        ),
        Format(
            "markdown",
            said("Dossier in Markdown"),
            ".md",
            "text/markdown; charset=utf-8",
            "kashaf.export.markdown",
            options=("group",),
        ),
        Format(
            "html",
            said("Dossier for a browser and for print"),
            ".html",
            "text/html; charset=utf-8",
            "kashaf.export.html",
            options=("group",),
        ),
        Format(
            "refi",
            said("REFI-QDA project, for other qualitative tools"),
            ".qdpx",
            "application/zip",
            "kashaf.export.refi",
            binary=True,
        ),
    )
}


def write(name: str, bundle: Bundle, language: Language = "en", **options: object) -> bytes:
    """The notes of `bundle` in the format `name`. Raises UsageError for no format, BadInput for no such note."""
    return find(name).write(bundle, language, **options)


def suffix(name: str) -> str:
    """The suffix of files of that format, with the dot. Raises UsageError."""
    return find(name).suffix


def find(name: str) -> Format:
    """Raises UsageError when there is no such format."""
    if name not in FORMATS:
        raise UsageError(
            said("no format {name}", name=name), cure=said("Use one of: {names}", names=", ".join(FORMATS))
        )
    return FORMATS[name]
