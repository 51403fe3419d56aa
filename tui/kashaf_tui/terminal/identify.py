"""Which terminal this is, and the profile that makes our output right in it.

What the terminal answered comes before what the environment says: variables are inherited by terminals started from
within another one. What each terminal does was measured with screenshots; docs/terminals.md has the table. Not
measured but documented by their makers: mintty, Windows Terminal, iTerm2, Apple Terminal, WezTerm, Ghostty.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from kashaf_tui.terminal.probe import Answers
from kashaf_tui.terminal.profiles import PROFILES, Display, Profile, ProfileName


@dataclass(frozen=True, slots=True)
class Outer:
    """The terminal around tmux or screen, as these and their clients know it.

    name: `client_termtype`, what XTVERSION gave tmux. term: `client_termname`. hints: variables of the client's
    own environment, which is that of the terminal it runs in. program: the key of the terminal that the client
    is a descendant of. passthrough: whether sequences of ours get through to it.
    """

    name: str = ""
    term: str = ""
    hints: tuple[str, ...] = ()
    program: str = ""
    passthrough: bool = False


@dataclass(frozen=True, slots=True)
class _Kind:
    """A terminal we know. inside: the profile when a multiplexer keeps mode 8 from it."""

    label: str
    profile: ProfileName
    does: str
    advice: str = ""
    certain: bool = True
    inside: ProfileName | None = None


_NO_BIDI: Final = "shows what it gets"
_KINDS: Final[Mapping[str, _Kind]] = {
    "xterm": _Kind("xterm", "app", _NO_BIDI),
    "rxvt-unicode": _Kind("rxvt-unicode", "app", _NO_BIDI),
    "st": _Kind("st", "app", _NO_BIDI),
    "zutty": _Kind("Zutty", "app", _NO_BIDI),
    "alacritty": _Kind("Alacritty", "app", f"{_NO_BIDI}; vowel marks may stand beside their letter"),
    "foot": _Kind("foot", "app", f"{_NO_BIDI}; letters under vowel marks may go missing"),
    "ghostty": _Kind("Ghostty", "app", _NO_BIDI),
    "windows-terminal": _Kind("Windows Terminal", "app", _NO_BIDI),
    "wezterm": _Kind(
        "WezTerm", "app", f"{_NO_BIDI} unless told otherwise", "Leave `bidi_enabled = false` in wezterm.lua"
    ),
    "vte": _Kind("VTE terminal", "app", "has bidi of its own and lets mode 8 switch it off", inside="lrm"),
    "mintty": _Kind("mintty", "app", "has bidi of its own and lets mode 8 switch it off", inside="lrm"),
    "konsole": _Kind(
        "Konsole",
        "lrm",
        "orders each line itself",
        "Letters join better with `BidiRenderingEnabled=false` below [Terminal Features] in the Konsole profile "
        "(Settings > Edit Current Profile > Advanced > Bi-Directional text rendering), then remember `app`",
    ),
    "kitty": _Kind(
        "kitty",
        "kitty",
        "turns each Arabic word round",
        "Better is `force_ltr yes` in kitty.conf, then remember `app`",
    ),
    "mlterm": _Kind("mlterm", "mlterm", "orders each line itself; its own sequence switches that off"),
    "qterminal": _Kind("QTerminal", "alt", "orders each stretch of one colour itself"),
    "putty": _Kind(
        "PuTTY",
        "app",
        "orders each line itself, and no sequence switches that off",
        "Tick Terminal > Features > Disable bidirectional text display in PuTTY, then remember `app`",
        certain=False,
    ),
    "iterm2": _Kind(
        "iTerm2",
        "app",
        "may order lines itself, by its version and settings",
        "If letters stand reversed, switch off right-to-left text in its settings",
        certain=False,
    ),
    "apple-terminal": _Kind(
        "Apple Terminal",
        "lrm",
        "orders each line itself, and has no switch for it",
        "If no profile reads well, use another terminal",
        certain=False,
    ),
    "xterm.js": _Kind("xterm.js", "app", f"{_NO_BIDI}, by its way of drawing", certain=False),
    "linux": _Kind(
        "Linux console",
        "app",
        f"{_NO_BIDI}, with no vowel marks, and letters only from a font that has their joined forms",
        "Use a terminal window for Arabic",
    ),
}

# XTVERSION in small letters, by its beginning.
_NAMES: Final = {
    "xterm.js": "xterm.js",
    "xterm(": "xterm",
    "vte(": "vte",
    "kitty": "kitty",
    "konsole": "konsole",
    "foot": "foot",
    "wezterm": "wezterm",
    "iterm2": "iterm2",
    "mintty": "mintty",
    "ghostty": "ghostty",
    "alacritty": "alacritty",
    "mlterm": "mlterm",
    "zutty": "zutty",
    "windows terminal": "windows-terminal",
    "tmux": "tmux",
}
# TERM, by its beginning, where only that terminal sets it.
_TERMS: Final = {
    "xterm-kitty": "kitty",
    "xterm-ghostty": "ghostty",
    "alacritty": "alacritty",
    "foot": "foot",
    "mlterm": "mlterm",
    "st-": "st",
    "stterm": "st",
    "rxvt-unicode": "rxvt-unicode",
    "linux": "linux",
    "mintty": "mintty",
    "wezterm": "wezterm",
    "vte-": "vte",
    "konsole-": "konsole",
    "putty": "putty",
}
# Variables that a terminal sets for what runs in it. Also the names that are looked for around tmux.
HINTS: Final[Mapping[str, str]] = {
    "KONSOLE_VERSION": "konsole",
    "VTE_VERSION": "vte",
    "KITTY_WINDOW_ID": "kitty",
    "MLTERM": "mlterm",
    "ALACRITTY_WINDOW_ID": "alacritty",
    "WEZTERM_PANE": "wezterm",
    "GHOSTTY_RESOURCES_DIR": "ghostty",
    "WT_SESSION": "windows-terminal",
    "ITERM_SESSION_ID": "iterm2",
    "XTERM_VERSION": "xterm",
}
_SECOND_ATTRIBUTES: Final[tuple[tuple[Callable[[tuple[int, int, int]], bool], str], ...]] = (
    (lambda da: da[:2] == (24, 279), "mlterm"),
    (lambda da: da == (0, 136, 0), "putty"),
    (lambda da: da == (1, 115, 0), "konsole"),
    (lambda da: da[1:] == (115, 0), "qterminal"),
    (lambda da: da[:2] == (1, 4000), "kitty"),
    (lambda da: da == (1, 277, 0), "wezterm"),
    (lambda da: da == (0, 10, 1), "windows-terminal"),
    (lambda da: da == (1, 95, 0), "apple-terminal"),
    (lambda da: da == (0, 95, 0), "iterm2"),
    (lambda da: da[0] in (61, 65) and da[1] > 1000, "vte"),
    (lambda da: da[0] == 0 and da[1] >= 100 and da[2] == 1, "alacritty"),
    (lambda da: da[0] == 41, "xterm"),
    (lambda da: da[0] == 77, "mintty"),
    (lambda da: da[0] == 83, "screen"),
    (lambda da: da[0] == 84, "tmux"),
    (lambda da: da[0] == 85, "rxvt-unicode"),
)
_UNKNOWN: Final = _Kind("unknown terminal", "app", "is taken for one that shows what it gets", certain=False)
# What a multiplexer must be told before a profile can serve in it.
_BETWEEN: Final[Mapping[str, Mapping[ProfileName, str]]] = {
    "tmux": {
        "mlterm": "Set `set -g allow-passthrough on` in tmux.conf, or mlterm is not reached through tmux",
        "alt": "Set `set -as terminal-features ',*:RGB'` in tmux.conf: the profile needs colours of 24 bits",
    },
    "screen": {
        "alt": "Run it without screen, or letters of a word differ in colour: screen 4 has no colours of 24 bits",
    },
}
_SCREEN_5: Final = (50_000,)
_UNTIL_KEY: Final = re.compile(r"[^a-z0-9.+_-]+")


def identify(answers: Answers, environ: Mapping[str, str], outer: Outer | None = None) -> Display:
    """The display for a terminal that gave these answers.

    outer: what is known of the terminal around a multiplexer; see `tmux.outer` and `screen.outer`. Never raises.
    """
    if between := multiplexer(answers, environ):
        display = _inside(between, outer or Outer(), environ)
        if between == "screen" and not (answers.da2 and answers.da2[1:2] >= _SCREEN_5):
            # While the mouse is asked for, screen 4 keeps Escape back until another key follows; and it takes the
            # numbers of a colour of 24 bits for attributes.
            return replace(display, mouse=False, rgb=False)
        return display
    key, evidence, sure = _who(answers, environ)
    kind = _KINDS.get(key, _UNKNOWN)
    identity = key or _slug(f"unknown {_safe(environ.get('TERM', ''))}")
    if key and key not in _KINDS:
        kind = replace(_UNKNOWN, label=key)
    if answers.mode_8 in (1, 2, 4):
        # Whatever it is called: it says itself that it does as it is told.
        why = f"{kind.label} answers that mode 8 is honoured"
        return Display(PROFILES["app"], why, certain=True, identity=identity)
    if key in ("vte", "mintty") and answers.complete and answers.asked:
        sure = False
    if kind.profile == "lrm" and answers.mark_width:
        sure = False
    why = f"{kind.label} ({evidence}) {kind.does}"
    return Display(fitted(kind.profile, identity), why, sure and kind.certain, identity, kind.advice)


def multiplexer(answers: Answers, environ: Mapping[str, str]) -> str:
    """`tmux`, `screen` or nothing. A terminal that answers as another one only inherited $TMUX."""
    key, _, _ = _who(answers, {})
    if key:
        return key if key in ("tmux", "screen") else ""
    term = environ.get("TERM", "")
    if environ.get("TMUX") and (term.startswith(("tmux", "screen")) or not answers.complete):
        return "tmux"
    return "screen" if environ.get("STY") and (term.startswith("screen") or not answers.complete) else ""


def fitted(name: ProfileName, identity: str) -> Profile:
    """The profile with sequences that get through to the terminal of `identity`."""
    profile = PROFILES[name]
    if identity == "linux":
        # Older kernels print the last letter of a sequence they do not know.
        return replace(profile, start="", stop="")
    if identity.startswith("tmux+") and name == "mlterm":
        return replace(profile, start=_through_tmux(profile.start), stop=_through_tmux(profile.stop))
    if identity.startswith("screen+"):
        return replace(profile, start=_through_screen(profile.start), stop=_through_screen(profile.stop))
    return profile


def _through_tmux(sequence: str) -> str:
    escaped = sequence.replace("\x1b", "\x1b\x1b")
    return f"\x1bPtmux;{escaped}\x1b\\"


def _through_screen(sequence: str) -> str:
    return f"\x1bP{sequence}\x1b\\"


def _who(answers: Answers, environ: Mapping[str, str]) -> tuple[str, str, bool]:
    """The terminal's key (empty when unknown), how it is known, and whether that is sure."""
    if answers.name:
        return _named(answers.name) or _slug(answers.name), f"it says {answers.name}", True
    term = _safe(environ.get("TERM", ""))
    if answers.da2 and len(answers.da2) == 3:
        first, second, third = answers.da2
        key = next((key for fits, key in _SECOND_ATTRIBUTES if fits((first, second, third))), "")
        if key == "qterminal" and environ.get("KONSOLE_VERSION"):
            # Konsole before 20.12 answers so too.
            return "konsole", "by its attributes and KONSOLE_VERSION", False
        if key:
            return key, "by its attributes " + ";".join(map(str, answers.da2)), True
    if key := _termed(term):
        return key, f"TERM is {term}", True
    if environ.get("TERM_PROGRAM") == "Apple_Terminal":
        return "apple-terminal", "by TERM_PROGRAM", False
    if not (answers.asked and answers.complete):
        hints = [name for name in HINTS if environ.get(name)]
        if len({HINTS[name] for name in hints}) == 1:
            return HINTS[hints[0]], f"by {hints[0]}", False
    said = "it did not say who it is" if answers.asked else "it was not asked"
    return "", f"{said}; TERM is {term or 'not set'}", False


def _inside(between: str, outer: Outer, environ: Mapping[str, str]) -> Display:
    """The display in `between`, which is tmux or screen."""
    key, evidence, sure = _named(outer.name), f"{between} says {_safe(outer.name)}", True
    if not key:
        key, evidence = _termed(outer.term), f"{between} says {_safe(outer.term)}"
    if not key and outer.program:
        key, evidence = outer.program, "by the process around it"
    if not key:
        # Without the client's environment, ours: that of whatever started the multiplexer's server.
        hints = outer.hints or tuple(name for name in HINTS if environ.get(name))
        keys = {HINTS[name] for name in hints if name in HINTS}
        if len(keys) == 1:
            key, sure = keys.pop(), bool(outer.hints)
            evidence = f"by {hints[0]}"
    kind = _KINDS.get(key, _UNKNOWN)
    name = kind.inside or kind.profile
    identity = f"{between}+{key or _slug(outer.name) or _slug('unknown ' + _safe(outer.term))}"
    advice = kind.advice
    if name in _BETWEEN[between] and not (name == "mlterm" and outer.passthrough):
        sure, advice = False, _BETWEEN[between][name]
    if not key:
        # Marks do no harm where a terminal has no bidi, and help where it orders lines.
        name, evidence = "lrm", f"{between} does not say in which terminal it runs"
    why = f"{between} in {kind.label} ({evidence}), which {kind.does}"
    return Display(fitted(name, identity), why, sure and kind.certain and bool(key), identity, advice)


def _named(name: str) -> str:
    name = name.lower()
    return next((key for start, key in _NAMES.items() if name.startswith(start)), "")


def _termed(term: str) -> str:
    return next((key for start, key in _TERMS.items() if f"{term}-".startswith(start)), "")


def _safe(text: str) -> str:
    return "".join(char for char in text if " " <= char <= "~")[:60].strip()


def _slug(text: str) -> str:
    """A name without its version, as a key: `Foo Term 1.2` is `foo-term`, `unknown xterm` stays two words."""
    words = re.split(r"[(\d]", _safe(text).lower())[0] if not text.startswith("unknown") else _safe(text)
    joined = " ".join(_UNTIL_KEY.sub(" ", words.lower()).split())
    return joined if joined.startswith("unknown") else joined.replace(" ", "-").strip("-.")
