"""Properties that office programs and PDF writers keep of a document, and which of them say something."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import Any, Final

from kashaf.corpus.chrome import normal_form
from kashaf.corpus.readers.blocks import local_name
from kashaf.text.sanitise import sanitise_line

_NO_TITLE: Final = re.compile(
    r"^(?:microsoft (?:word|powerpoint|office)\b.*|(?:untitled|document|presentation|new document|doc|draft|print"
    r"|مستند|بدون عنوان|عنوان|title|slide|layout|page|scan)[\s_-]*\d*|.*\.(?:docx?|odt|rtf|pdf|indd|qxp\w?|p65|pmd"
    r"|html?|txt|ai|psd|dvi|tex|cdr)|about:blank|https?://\S+|[\W\d_]*|[0-9a-f-]{16,}|\S*[/\\]\S*)$",
    re.IGNORECASE,
)
_NO_NAME: Final = re.compile(
    r"^(?:anonymous|unspecified|user|admin(?:istrator)?|owner|unknown|author|pc|dell|hp|lenovo|acer|asus|windows.*|microsoft.*|home|me"
    r"|مستخدم|المستخدم|[\W\d_]*|.*@.*|\S*[/\\]\S*|python-docx|writer|office)[\s_-]*\d*$",
    re.IGNORECASE,
)
_MAX_CHARS: Final = 300


def core_properties(root: Any | None) -> dict[str, str]:
    """Title, creator and language of the properties of a document (Dublin Core), if they say something."""
    found: dict[str, str] = {}
    for element in root.iter() if root is not None else ():
        name = local_name(element)
        text = sanitise_line(element.text or "")
        if name in {"title", "creator", "initial-creator", "language"} and text and len(text) <= _MAX_CHARS:
            found.setdefault(name, text)
    creator = sane_author(found.pop("creator", None)) or sane_author(found.pop("initial-creator", None))
    found.pop("initial-creator", None)
    return found | ({"creator": creator} if creator else {})


def sane_title(title: str | None, path: str) -> str | None:
    """A title that somebody wrote: not a file's name, nor what a program puts there by itself."""
    text = sanitise_line(title or "")
    if not text or len(text) > _MAX_CHARS or "\ufffd" in text or _NO_TITLE.match(text):
        return None
    stem = normal_form(PurePosixPath(path).stem.replace("_", " ").replace("-", " "))
    return None if normal_form(text.replace("_", " ").replace("-", " ")) == stem else text


def sane_author(name: str | None) -> str | None:
    """A name that may be an author's: not an account's that a computer came with."""
    text = sanitise_line(name or "")
    if not text or len(text) > 100 or "\ufffd" in text or _NO_NAME.match(text):
        return None
    return text
