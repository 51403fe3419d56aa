"""Paths of codes, which are what tags bear: their parts joined by `/`, the top of the tree first."""

from __future__ import annotations

from typing import Final

from kashaf.errors import UsageError
from kashaf.said import said
from kashaf.text.sanitise import sanitise_line

SEPARATOR: Final = "/"
MAX_DEPTH: Final = 8
LONGEST_PATH: Final = 200  # code points


def normal_path(text: str) -> str:
    """A path as tags bear it: without `#` before it, blanks around its parts, and empty parts. May be empty."""
    parts = (sanitise_line(part) for part in sanitise_line(text).lstrip("#/ ").split(SEPARATOR))
    return SEPARATOR.join(part for part in parts if part)


def check_path(text: str) -> str:
    """The normal path of a code. Raises UsageError for an empty one, and for one that is too long or too deep."""
    path = normal_path(text)
    if not any(char.isalnum() for char in path):
        raise UsageError(said("a code needs a name"), where=path, cure=said("Write a letter or a digit"))
    if len(path) > LONGEST_PATH or path.count(SEPARATOR) >= MAX_DEPTH:
        raise UsageError(
            said("a code of over {n} letters or {levels} levels", n=LONGEST_PATH, levels=MAX_DEPTH),
            where=path[:40],
            cure=said("Shorten it"),
        )
    return path


def join(under: str, name: str) -> str:
    """The path of `name` under a code; at the top under nothing."""
    return f"{under}{SEPARATOR}{name}" if under else name


def ancestors(path: str) -> list[str]:
    """The paths above, the nearest first. None is empty: a tag that no editor of codes made may begin with `/`."""
    found: list[str] = []
    while SEPARATOR in path:
        path = path.rpartition(SEPARATOR)[0]
        found.append(path)
    return [above for above in found if above]


def is_within(path: str, above: str) -> bool:
    """Whether `path` is `above` or below it."""
    return path == above or path.startswith(above + SEPARATOR)


def sign_of(tag: str) -> str:
    """A letter for a tag where there is room for no more: the first of its name, without the Arabic article.

    Not its own alone: it goes with a colour, and stands in for it where there is none.
    """
    name = tag.rpartition(SEPARATOR)[2]
    plain = name.removeprefix("ال") if len(name) > 3 else name
    return next((char.upper()[:1] for char in plain if char.isalnum()), "#")


def moved_path(path: str, old: str, new: str) -> str:
    """What a path is called after `old` was renamed `new`."""
    return new + path[len(old) :] if is_within(path, old) else path
