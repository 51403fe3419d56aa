"""Collect the texts that are marked in the code into the catalogues, and compile these.

    python scripts/catalogues.py [--check]

Each `locale/*/LC_MESSAGES/kashaf.po` gets the texts that are new, keeps the translations of those that stayed, and
loses those that are gone; the `kashaf.mo` beside it is what it compiles to. Untranslated texts are listed.
With --check nothing is written: the exit code is 1 when a catalogue is not what the code and its translations give.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from kashaf_tui.catalogue import DOMAIN, LOCALE

ROOT: Final = Path(__file__).resolve().parent.parent
FOLDERS: Final = ("src/kashaf", "index/kashaf_index", "tui/kashaf_tui")
#: Function to the places of its texts among its arguments, as Babel wants them.
KEYWORDS: Final = {
    "N_": (1,),
    "nN_": (1, 2),
    "pN_": ((1, "c"), 2),
    "said": (1,),
    "disk_trouble": (2,),
}
_WIDTH: Final = 110


class Translation(Catalog):
    """A catalogue whose header says what is needed to read it, and nothing that changes without its texts."""

    plural_rule = ""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        return [
            ("Project-Id-Version", "Kashaf"),
            ("Language", str(self.locale)),
            ("Plural-Forms", self.plural_rule),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit"),
        ]


@cache
def marked() -> Catalog:
    """Every text that is marked, with the files it stands in."""
    found = Catalog(domain=DOMAIN)
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*.py")):
            where = path.relative_to(ROOT).as_posix()
            for _, text, _, context in extract_from_file("python", path, KEYWORDS):
                # Without line numbers: a catalogue should change with its texts, not with the code around them.
                found.add(text, locations=[(where, 0)], context=context)
    return found


def catalogues() -> Iterator[Path]:
    """The source of every translation there is."""
    yield from sorted(LOCALE.glob(f"*/LC_MESSAGES/{DOMAIN}.po"))


def load(path: Path) -> Catalog:
    """A translation as it stands in the tree. Raises PoFileError when it cannot be read."""
    with path.open("rb") as file:
        return read_po(file, locale=path.parts[-3], domain=DOMAIN, abort_invalid=True)


def renewed(path: Path) -> Translation:
    """A translation with the texts of the code as it is now."""
    old = load(path)
    new = Translation(locale=old.locale, domain=DOMAIN, fuzzy=False)
    new.plural_rule = old.plural_forms
    new.header_comment = "# The texts of Kashaf's interface. Written by scripts/catalogues.py."
    for message in marked():
        if message.id:
            kept = old.get(message.id, message.context)
            text = kept.string if kept is not None and not kept.fuzzy else ""
            new.add(message.id, text, locations=message.locations, context=message.context)
    return new


def source(translation: Catalog) -> bytes:
    """The bytes of the .po."""
    file = BytesIO()
    write_po(file, translation, width=_WIDTH, sort_output=True, include_lineno=False)
    return file.getvalue()


def compiled(translation: Catalog) -> bytes:
    """The bytes of the .mo: what the .po compiles to."""
    file = BytesIO()
    write_mo(file, translation)
    return file.getvalue()


def main() -> int:
    """Write or compare the catalogues; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--check", action="store_true", help="write nothing; fail when something is out of date"
    )
    check = parser.parse_args().check
    late = False
    for path in catalogues():
        translation = renewed(path)
        for message in translation:
            texts = message.string if isinstance(message.string, tuple | list) else [message.string]
            if message.id and not all(texts):
                print(f"{path.relative_to(ROOT)}: not translated: {message.id!r}", file=sys.stderr)
                late |= check
        for target, data in ((path, source(translation)), (path.with_suffix(".mo"), compiled(translation))):
            if check:
                late |= not target.is_file() or target.read_bytes() != data
            else:
                target.write_bytes(data)
    return int(late)


if __name__ == "__main__":
    sys.exit(main())
