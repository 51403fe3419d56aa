"""The folder that a browser makes beside a page it saves as "complete": scripts, styles, frames, no articles."""

from __future__ import annotations

from typing import Final

# What browsers in the languages of Windows' "connected files" put after the page's name, and the Arabic one.
_ENDINGS: Final = tuple(map(str.lower, (
    "_files", ".files", "-Dateien", "_fichiers", "_archivos", "_file", "_ficheiros", "_arquivos", "_bestanden",
    "-filer", "_filer", "_tiedostot", "_pliki", "_soubory", "_elemei", "_dosyalar", "_datoteke", "_fitxers",
    "_failid", "_fails", "_bylos", "_fajlovi", "_fitxategiak", "_файлы", "_ملفات",
)))  # fmt: skip
_PAGES: Final = (".html", ".htm", ".xhtml", ".shtml", ".mht", ".php", ".aspx", ".asp")


def pages_of(folder: str) -> tuple[str, ...]:
    """The names, in lower case, of the pages that a folder of this name may belong to; it does if one of them
    lies beside it."""
    lower = folder.lower()
    if not lower.endswith(_ENDINGS):
        return ()
    stems = [lower[: -len(end)] for end in _ENDINGS if lower.endswith(end)]
    return tuple(stem + page for stem in stems if stem for page in _PAGES)
