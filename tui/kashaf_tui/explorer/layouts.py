"""What the keys of an Arabic keyboard layout mean to an app whose keys are Latin letters and signs.

A key means what the same physical key gives on the Latin layout of that keyboard: under Arabic-101 ى is n. Where the
two layouts of one keyboard meet in a character (Shift with ر gives `{`), the character means itself wherever it is
a key of the place, so that whoever types `{` by its looks is understood too.

The same letter lies on different Latin keys on different keyboards: ض is q on an American one, a on a French one.
What arrives does not tell which it is, hence the three layouts of `LAYOUTS`; `which_layout` chooses.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple

from kashaf.text import _layouts

LAM: Final = "\u0644"
_HELP: Final = {"\u061f": "?"}  # an Arabic question mark asks, on whichever key it lies


class Keycap(NamedTuple):
    """A physical key: what it types without and with Shift, on the Latin and on the Arabic layout. Blank: nothing."""

    latin: tuple[str, str]
    arabic: tuple[str, str]


def keycaps(latin: str, arabic: str) -> Iterator[Keycap]:
    """The keys of two of xkb's layouts, for example `us(basic)` and `ara(basic)`, laid over one another."""
    for latin_row, arabic_row in zip(_layouts.LAYOUTS[latin], _layouts.LAYOUTS[arabic], strict=True):
        for plain, shifted, *arabic_pair in zip(*latin_row, *arabic_row, strict=True):
            yield Keycap((plain, shifted), (arabic_pair[0], arabic_pair[1]))


@dataclass(frozen=True)
class Layout:
    """The Arabic layouts that are used over one Latin one. They agree in the meaning of every character.

    name: as settings have it. label: as the analyst is told, in either language. about: for the documentation.
    latin, variants: xkb's names; the first variant is the one that help shows.
    """

    name: str
    label: str
    about: str
    latin: str
    variants: tuple[str, ...]

    @cached_property
    def places(self) -> Mapping[str, str]:
        """What arrives -> the ASCII character on the same key and level of the Latin layout, where they differ."""
        found: dict[str, str] = {}
        for variant in self.variants:
            for key in keycaps(self.latin, variant):
                for latin, arrived in zip(key.latin, key.arabic, strict=True):
                    if latin.isascii() and latin != arrived and " " not in (latin, arrived):
                        found.setdefault(arrived, latin)
        return found

    @cached_property
    def shifted(self) -> Mapping[str, str]:
        """What a key gives without Shift -> what it gives with it: kitty's protocol reports the former."""
        return {
            key.arabic[0]: key.arabic[1]
            for variant in reversed(self.variants)
            for key in keycaps(self.latin, variant)
            if " " not in key.arabic
        }

    @cached_property
    def pairs(self) -> Mapping[str, str]:
        """The letter that follows lam -> the ASCII character of the lam-alef key.

        X's input methods turn the one character of such a key into its two letters.
        """
        spelt = {unicodedata.normalize("NFKC", arrived): latin for arrived, latin in self.places.items()}
        return {
            letters[1]: latin for letters, latin in spelt.items() if len(letters) == 2 and letters[0] == LAM
        }

    def read(self, arrived: str, keys: Container[str] = ()) -> str:
        """The ASCII character that `arrived` stands for, or `arrived`.

        keys: the characters that are keys where it arrived; an ASCII character among them means itself.
        """
        if arrived.isascii() and arrived in keys:
            return arrived
        if arrived in _HELP:
            return _HELP[arrived]
        if arrived.isdecimal():
            return str(unicodedata.decimal(arrived))
        return self.places.get(arrived, arrived)

    def shown(self, latin: str, keys: Container[str] = ()) -> str:
        """How to press a Latin character under this layout: `ى`, `⇧ى`, `لا`. Empty when it arrives as it is.

        keys: as for `read`. Empty too when no key of the layout is read so.
        """
        ways: list[tuple[int, str]] = []
        for key in keycaps(self.latin, self.variants[0]):
            cap = unicodedata.normalize("NFKC", key.arabic[0])
            for level, arrived in enumerate(key.arabic):
                if self.read(arrived, keys) != latin:
                    continue
                in_place = key.latin[level] == latin
                if in_place and arrived == latin:
                    return ""
                if arrived in _HELP:
                    ways.append((2, arrived))
                else:
                    ways.append((int(in_place), f"⇧{cap}" if level else cap))
        return max(ways)[1] if ways else ""


_PC_VARIANTS: Final = ("ara(basic)", "ara(digits)", "ara(basic_ext)")
_AZERTY_VARIANTS: Final = ("ara(azerty)", "ara(azerty_digits)")

LAYOUTS: Final[Mapping[str, Layout]] = {
    "pc": Layout(
        "pc", "Arabic 101", "an American keyboard (QWERTY), with any digits", "us(basic)", _PC_VARIANTS
    ),
    "azerty": Layout(
        "azerty", "AZERTY", "a French one (AZERTY), as sold in North Africa", "fr(basic)", _AZERTY_VARIANTS
    ),
    "mac": Layout("mac", "Mac", "an American one of Apple's", "us(basic)", ("ara(mac)",)),
}
PC: Final = LAYOUTS["pc"]
