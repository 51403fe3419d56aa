"""Variant spellings: words that newspapers write otherwise, beyond what folding makes one.

The form of the file is described at the top of `spellings.yaml`; a workspace's own file adds its groups to it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeVar

from kashaf.entities.book.shipped import SPELLINGS
from kashaf.entities.page import folded_words
from kashaf.errors import BadInput, DiskTrouble
from kashaf.text.sanitise import sanitise_line
from kashaf.text.stem import stem
from kashaf.yaml_safe import load_yaml

SHIPPED: Final = SPELLINGS

Words = tuple[str, ...]
T = TypeVar("T")

_LISTS: Final = ("stems", "words")
_LONGEST: Final = 60
_CURE: Final = "Write a list of groups: - [ترامب, ترمب]"


@dataclass(frozen=True, slots=True)
class Spellings:
    """Folded words, each with the other spellings of its group.

    stems: a light stem to other stems. words: one or several whole words in a row to other such rows.
    """

    stems: Mapping[str, tuple[str, ...]]
    words: Mapping[Words, tuple[Words, ...]]

    @classmethod
    def load(cls, shipped: Path | None = SHIPPED, overlays: Sequence[Path] = ()) -> Spellings:
        """The shipped groups (None: none) and those of the files that exist.

        Raises BadInput, naming the file and the group, for one that is not of the form; DiskTrouble when a file
        cannot be read.
        """
        stems: dict[str, dict[str, None]] = {}
        words: dict[Words, dict[Words, None]] = {}
        for path in ((shipped,) if shipped else ()) + tuple(overlays):
            if path is not shipped and not path.exists():
                continue
            for name, group in _groups(path):
                if name == "stems":
                    _join(stems, tuple(one[0] for one in group))
                else:
                    _join(words, group)
        return cls(
            {known: tuple(others) for known, others in stems.items()},
            {known: tuple(others) for known, others in words.items()},
        )


def _join(known: dict[T, dict[T, None]], group: tuple[T, ...]) -> None:
    for member in group:
        known.setdefault(member, {}).update(dict.fromkeys(other for other in group if other != member))


def _groups(path: Path) -> Iterator[tuple[str, tuple[Words, ...]]]:
    where = path.name
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput("the spellings are not UTF-8", where=where, cure="Save the file as UTF-8") from error
    except OSError as error:
        raise DiskTrouble(f"cannot read the spellings: {error.strerror}", where=where) from error
    document = load_yaml(text, where=where)
    if document is None:
        return
    if not isinstance(document, dict) or not set(document) <= set(_LISTS):
        raise BadInput("spellings are two lists, `stems` and `words`", where=where, cure=_CURE)
    for name, groups in document.items():
        if groups is None:
            continue
        if not isinstance(groups, list):
            raise BadInput(f"`{name}` is a list", where=where, cure=_CURE)
        for number, group in enumerate(groups, start=1):
            place = f"{where}, {name}, group {number}"
            if not isinstance(group, list) or len(group) < 2:
                raise BadInput("a group has two spellings or more", where=place, cure=_CURE)
            members = tuple(_member(item, place) for item in group)
            if name == "stems" and any(
                len(member) != 1 or stem(member[0]) != member[0] for member in members
            ):
                raise BadInput(
                    "not a stem",
                    where=place,
                    cure="Leave the article, و and endings out, or put the group into `words`",
                )
            yield name, members


def _member(item: object, where: str) -> Words:
    words = folded_words(sanitise_line(item)) if isinstance(item, str) else ()
    if not words or len(str(item)) > _LONGEST:
        raise BadInput("a spelling is a word or several", where=where, cure=_CURE)
    return words
