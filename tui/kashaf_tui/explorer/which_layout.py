"""Which keyboard the analyst types on, as far as the system says."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from kashaf.errors import UsageError
from kashaf_tui.explorer.layouts import LAYOUTS, PC, Layout

VARIABLE: Final = "KASHAF_KEYBOARD"
# Where Debian, and where systemd's localectl elsewhere, keep the layout of the console and of X.
FILES: Final = ("etc/default/keyboard", "etc/X11/xorg.conf.d/00-keyboard.conf")
_AZERTY_LAYOUTS: Final = frozenset({"fr", "be", "ma"})
_AZERTY_COUNTRIES: Final = frozenset({"FR", "BE", "DZ", "MA", "MR", "TN"})
_SETTING = re.compile(
    r'^\s*(?:Option\s+")?Xkb(Layout|Variant)"?\s*[= ]\s*"?([^"\n]*)', re.IGNORECASE | re.MULTILINE
)


def layout_for(
    remembered: str, environ: Mapping[str, str], root: Path = Path("/"), platform: str = sys.platform
) -> Layout:
    """The layout to read Arabic keys by: of the environment, as chosen before, or as the system is set up.

    The choice is the keyboard's, not the case's: it is not a setting of the workspace, which others share. With no
    hint at all it is the American keyboard, over which Arabic 101 is made.
    Raises UsageError when the environment names a layout there is none of.
    """
    asked_for = environ.get(VARIABLE, "")
    if asked_for:
        if asked_for not in LAYOUTS:
            raise UsageError(f"{VARIABLE} is {asked_for}", cure=f"Set it to one of: {', '.join(LAYOUTS)}")
        return LAYOUTS[asked_for]
    if remembered in LAYOUTS:
        return LAYOUTS[remembered]
    if platform == "darwin":
        return LAYOUTS["mac"]
    for layouts, variants in _configured(environ, root):
        if "mac" in variants:
            return LAYOUTS["mac"]
        if _AZERTY_LAYOUTS & set(layouts) or any("azerty" in variant for variant in variants):
            return LAYOUTS["azerty"]
        if layouts != ["us"]:
            return PC
    return LAYOUTS["azerty"] if _country(environ) in _AZERTY_COUNTRIES else PC


def _configured(environ: Mapping[str, str], root: Path) -> Iterator[tuple[list[str], list[str]]]:
    """The layouts and variants of each place that names some, the compositor's environment first.

    A lone `us` says little: it is what stands there when nobody chose.
    """
    found = {name: environ.get(f"XKB_DEFAULT_{name.upper()}", "") for name in ("layout", "variant")}
    yield from _split(found)
    for path in FILES:
        try:
            text = (root / path).read_text(encoding="utf-8", errors="replace")
        except OSError:
            continue
        yield from _split({name.lower(): value for name, value in _SETTING.findall(text)})


def _split(found: Mapping[str, str]) -> Iterator[tuple[list[str], list[str]]]:
    layouts, variants = (
        [part.strip() for part in found.get(name, "").split(",") if part.strip()]
        for name in ("layout", "variant")
    )
    if layouts:
        yield layouts, variants


def _country(environ: Mapping[str, str]) -> str:
    """The country of the locale, `MA` of `ar_MA.UTF-8`; or empty."""
    locale = next((environ[name] for name in ("LC_ALL", "LC_CTYPE", "LANG") if environ.get(name)), "")
    return locale.partition("_")[2][:2]
