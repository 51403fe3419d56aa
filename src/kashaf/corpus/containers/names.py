"""Names in archives: which code page they are in, and what is shown of them. No file is ever created by them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import Final

from kashaf.corpus.codepages import plausibility
from kashaf.corpus.walk import is_passed_over
from kashaf.text.sanitise import sanitise_line

# In the order of what wrote most archives: Arabic DOS, which the Windows explorer writes, Arabic Windows, Unix of
# old, DOS of old.
_PAGES: Final = ("cp720", "cp1256", "iso8859_6", "cp864")
_WESTERN: Final = "cp437"  # what the standard says of a name without a flag
_DRIVE: Final = re.compile(r"[A-Za-z]:")
_MAX_PART: Final = 200
_MAX_PARTS: Final = 32
_BETWEEN_WORDS: Final = re.compile(rb"[\x00-\x40\x5b-\x60\x7b-\x7f]+")


def decoded(name: bytes) -> str:
    """One name, by itself."""
    return name.decode(code_page([name]), "replace")


def code_page(names: Sequence[bytes]) -> str:
    """The encoding of the names of one archive that does not say it, as Python calls it."""
    beyond = [name for name in names if not name.isascii()]
    if not beyond:
        return "utf-8"
    joined = b" ".join(_BETWEEN_WORDS.sub(b" ", name) for name in beyond)
    try:
        b"/".join(beyond).decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        return "utf-8"
    judged = [
        (plausibility(unicodedata.normalize("NFKC", joined.decode(page, "replace"))), page) for page in _PAGES
    ]
    likeliest, page = max(judged, key=lambda one: one[0])
    return page if likeliest > 0 else _WESTERN


def clean(name: str) -> str:
    """The name as a path below its archive: relative, with forward slashes, safe to show, of bounded length.

    Drives, `..` and what else would lead out of a folder are left out of it. Empty when nothing is left.
    """
    # In one spelling, so that patterns match: macOS writes names decomposed.
    parts = [unicodedata.normalize("NFC", sanitise_line(part)) for part in name.replace("\\", "/").split("/")]
    kept = [part for part in parts if part not in {"", ".", ".."} and not _DRIVE.fullmatch(part)]
    return "/".join(map(_shortened, kept[-_MAX_PARTS:]))


def is_left_out(cleaned: str) -> bool:
    """Whether a folder would be walked without a word past a file of this name."""
    return any(is_passed_over(part) for part in cleaned.split("/"))


def numbered(cleaned: str, number: int) -> str:
    """The name of another member that is called the same: `a (2).html`."""
    path = PurePosixPath(cleaned)
    return str(path.with_name(f"{path.stem} ({number}){path.suffix}"))


def _shortened(part: str) -> str:
    if len(part) <= _MAX_PART:
        return part
    suffix = PurePosixPath(part).suffix[:16]
    return part[: _MAX_PART - len(suffix)] + suffix
