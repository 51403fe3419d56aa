"""Which terminal it is: the answers of real ones, and what follows from them."""

from __future__ import annotations

import pytest

from kashaf_tui.terminal.identify import Outer, fitted, identify
from kashaf_tui.terminal.probe import NOT_ASKED, parse
from kashaf_tui.terminal.profiles import EXPLICIT, PROFILE_NAMES, PROFILES, ProfileName

CURSOR = "\x1b[1;1R\x1b[1;1R"
# What these terminals of Debian 12 sent back, byte for byte, and their environment.
SEEN = {
    "xterm": (
        f"\x1b[8;0$y\x1b[>41;379;0c\x1bP>|XTerm(379)\x1b\\{CURSOR}\x1b[?64;1;2;6;9;15;16;17;18;21;22;28c",
        {"TERM": "xterm", "XTERM_VERSION": "XTerm(379)"},
        "app",
    ),
    "kitty": (
        f"\x1b[8;0$y\x1b[>1;4000;26c\x1bP>|kitty(0.26.5)\x1b\\{CURSOR}\x1b[?62;c",
        {"TERM": "xterm-kitty", "KITTY_WINDOW_ID": "1"},
        "kitty",
    ),
    "konsole": (
        f"\x1b[>1;115;0c\x1bP>|Konsole 22.12.3\x1b\\{CURSOR}\x1b[?62;1;4c",
        {"TERM": "xterm-256color", "KONSOLE_VERSION": "221203"},
        "lrm",
    ),
    "mlterm": (
        "\x1b[8;0$y\x1b[>24;279;0c\x1b[1;1R\x1b[1;2R\x1b[?63;1;2;3;4;6;7;15;18;22;29c",
        {"TERM": "mlterm", "MLTERM": "3.9.0"},
        "mlterm",
    ),
    "alacritty": (f"\x1b[>0;1700;1c{CURSOR}\x1b[?6c", {"TERM": "alacritty"}, "app"),
    "st": (f"{CURSOR}\x1b[?6c", {"TERM": "st-256color"}, "app"),
    "vte": (
        f"\x1b[8;1$y\x1b[>65;7006;1c{CURSOR}\x1b[?65;1;9c",
        {"TERM": "xterm-256color", "VTE_VERSION": "7006"},
        "app",
    ),
    "qterminal": ("\x1b[>0;115;0c\x1b[1;2R\x1b[1;2R\x1b[?1;2c", {"TERM": "xterm-256color"}, "alt"),
}
# From their makers' documents.
DOCUMENTED = {
    "foot": ("\x1b[>1;11300;0c\x1bP>|foot(1.13.1)\x1b\\\x1b[?62;4;22c", {"TERM": "foot"}, "app"),
    "wezterm": ("\x1b[>1;277;0c\x1bP>|WezTerm 20240203-110809\x1b\\\x1b[?65;4;6;18;22c", {}, "app"),
    "windows-terminal": ("\x1b[>0;10;1c\x1b[?61;6;7;22;23;24;28;32;42c", {"TERM": "xterm-256color"}, "app"),
    "mintty": ("\x1b[8;1$y\x1b[>77;30600;0c\x1bP>|mintty 3.6.0\x1b\\\x1b[?64;1;2c", {"TERM": "xterm"}, "app"),
    "ghostty": ("\x1b[>1;10;0c\x1bP>|ghostty 1.1.0\x1b\\\x1b[?62;22c", {"TERM": "xterm-ghostty"}, "app"),
    "rxvt-unicode": ("\x1b[>85;95;0c\x1b[?1;2c", {"TERM": "rxvt-unicode-256color"}, "app"),
}


@pytest.mark.parametrize("name", [*SEEN, *DOCUMENTED])
def test_a_known_terminal_gets_its_profile_for_sure(name: str) -> None:
    replies, environ, profile = {**SEEN, **DOCUMENTED}[name]
    display = identify(parse(replies.encode()), environ)
    assert (display.identity, display.profile.name, display.certain) == (name, profile, True)
    assert display.profile == PROFILES[display.profile.name]


def test_putty_is_known_and_told_what_to_set() -> None:
    display = identify(parse(f"\x1b[>0;136;0c{CURSOR}\x1b[?6c".encode()), {"TERM": "xterm"})
    assert (display.identity, display.profile.name, display.certain) == ("putty", "app", False)
    assert "Disable bidirectional text display" in display.advice


@pytest.mark.parametrize(
    ("name", "words"), [("kitty", "force_ltr yes"), ("konsole", "BidiRenderingEnabled=false")]
)
def test_where_a_setting_reads_better_it_is_named(name: str, words: str) -> None:
    replies, environ, _ = SEEN[name]
    assert words in identify(parse(replies.encode()), environ).advice


@pytest.mark.parametrize("name", SEEN)
def test_inherited_variables_do_not_deceive(name: str) -> None:
    """As when each of them was started from a shell in tmux in every other one."""
    replies, environ, profile = SEEN[name]
    leaked = {
        "TMUX": "/tmp/t,1,0",
        "STY": "1.x",
        "VTE_VERSION": "7006",
        "KITTY_WINDOW_ID": "1",
        "MLTERM": "3.9.0",
    }
    display = identify(parse(replies.encode()), {**leaked, **environ})
    assert (display.identity, display.profile.name) == (name, profile)


def test_the_linux_console_is_sent_nothing() -> None:
    display = identify(NOT_ASKED, {"TERM": "linux"})
    assert (display.identity, display.profile.name, display.certain) == ("linux", "app", True)
    assert display.profile.start == display.profile.stop == ""
    assert "vowel marks" in display.why


def test_an_unknown_terminal_is_not_sure() -> None:
    silent = identify(parse(b""), {"TERM": "xterm-256color"})
    assert (silent.identity, silent.profile.name, silent.certain) == ("unknown xterm-256color", "app", False)
    stranger = identify(parse(b"\x1bP>|Foo Term 1.2\x1b\\\x1b[?6c"), {"TERM": "xterm"})
    assert (stranger.identity, stranger.certain) == ("foo-term", False)


@pytest.mark.parametrize(
    ("environ", "identity", "profile"),
    [
        ({"TERM": "xterm-kitty"}, "kitty", "kitty"),
        ({"TERM": "xterm-256color", "KONSOLE_VERSION": "221203"}, "konsole", "lrm"),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "Apple_Terminal"}, "apple-terminal", "lrm"),
        ({"TERM": "xterm-256color", "VTE_VERSION": "1", "MLTERM": "2"}, "unknown xterm-256color", "app"),
    ],
)
def test_a_silent_terminal_is_judged_by_its_environment(
    environ: dict[str, str], identity: str, profile: str
) -> None:
    display = identify(parse(b""), environ)
    assert (display.identity, display.profile.name) == (identity, profile)
    assert display.certain == (environ["TERM"] == "xterm-kitty")


@pytest.mark.parametrize(
    ("value", "profile", "certain"), [(1, "app", True), (2, "app", True), (4, "app", True)]
)
def test_whoever_honours_mode_8_gets_the_plain_profile(value: int, profile: str, certain: bool) -> None:
    display = identify(parse(f"\x1b[8;{value}$y\x1b[?6c".encode()), {"TERM": "xterm"})
    assert (display.profile.name, display.certain) == (profile, certain)


TMUX = "\x1b[>84;0;0c\x1bP>|tmux 3.3a\x1b\\\x1b[1;1R\x1b[1;1R\x1b[?1;2c"


@pytest.mark.parametrize(
    ("outer", "identity", "profile", "certain"),
    [
        (Outer("XTerm(379)", "xterm"), "tmux+xterm", "app", True),
        (Outer("kitty(0.26.5)", "xterm-kitty"), "tmux+kitty", "kitty", True),
        (Outer("Konsole 22.12.3", "xterm-256color"), "tmux+konsole", "lrm", True),
        (Outer("", "alacritty"), "tmux+alacritty", "app", True),
        (Outer("", "xterm-256color", ("VTE_VERSION",)), "tmux+vte", "lrm", True),
        (Outer("", "xterm-256color", ("VTE_VERSION", "MLTERM")), "tmux+unknown xterm-256color", "lrm", False),
        (Outer("", "xterm-256color", (), "qterminal"), "tmux+qterminal", "alt", False),
        (Outer("", "xterm-256color"), "tmux+unknown xterm-256color", "lrm", False),
        (Outer("", "mlterm"), "tmux+mlterm", "mlterm", False),
        (Outer("", "mlterm", passthrough=True), "tmux+mlterm", "mlterm", True),
        (None, "tmux+unknown", "lrm", False),
    ],
)
def test_in_tmux_the_terminal_around_it_decides(
    outer: Outer | None, identity: str, profile: str, certain: bool
) -> None:
    display = identify(parse(TMUX.encode()), {"TERM": "tmux-256color", "TMUX": "/tmp/t,1,0"}, outer)
    assert (display.identity, display.profile.name, display.certain) == (identity, profile, certain)


def test_mlterm_is_reached_through_tmux() -> None:
    display = identify(parse(TMUX.encode()), {"TMUX": "x"}, Outer("", "mlterm"))
    assert display.profile.start == "\x1bPtmux;\x1b\x1b]5379;use_ctl=false\x07\x1b\\"
    assert display.profile.stop == "\x1bPtmux;\x1b\x1b]5379;use_ctl=true\x07\x1b\\"
    assert "allow-passthrough" in display.advice


def test_where_tmux_lets_sequences_through_nothing_is_to_be_set() -> None:
    display = identify(parse(TMUX.encode()), {"TMUX": "x"}, Outer("", "mlterm", passthrough=True))
    assert display.advice == ""


SCREEN = f"\x1b[>83;40900;0c{CURSOR}\x1b[?1;2c"


@pytest.mark.parametrize(
    ("outer", "identity", "profile", "certain"),
    [
        (Outer(program="xterm"), "screen+xterm", "app", True),
        (Outer(hints=("VTE_VERSION",)), "screen+vte", "lrm", True),
        (Outer(hints=("KITTY_WINDOW_ID",), program="kitty"), "screen+kitty", "kitty", True),
        (Outer(program="konsole"), "screen+konsole", "lrm", True),
        (Outer(hints=("MLTERM",)), "screen+mlterm", "mlterm", True),
        (Outer(program="qterminal"), "screen+qterminal", "alt", False),
        (Outer(), "screen+unknown", "lrm", False),
        (None, "screen+unknown", "lrm", False),
    ],
)
def test_in_screen_the_terminal_around_it_decides(
    outer: Outer | None, identity: str, profile: str, certain: bool
) -> None:
    display = identify(parse(SCREEN.encode()), {"TERM": "screen", "STY": "1.x"}, outer)
    assert (display.identity, display.profile.name, display.certain) == (identity, profile, certain)


def test_what_the_screen_server_was_started_with_is_not_sure() -> None:
    environ = {"TERM": "screen", "STY": "1.x", "VTE_VERSION": "7006"}
    display = identify(parse(SCREEN.encode()), environ, Outer())
    assert (display.identity, display.profile.name, display.certain) == ("screen+vte", "lrm", False)


def test_screen_lets_sequences_through() -> None:
    display = identify(parse(SCREEN.encode()), {"TERM": "screen", "STY": "1.x"}, Outer(hints=("MLTERM",)))
    assert display.profile.start == "\x1bP\x1b]5379;use_ctl=false\x07\x1b\\"
    assert fitted("app", "screen+xterm").start == f"\x1bP{EXPLICIT}\x1b\\"


@pytest.mark.parametrize(
    ("version", "plain"), [("83;40900;0", False), ("83;50000;0", True), ("83", False), ("84;0;0", True)]
)
def test_screen_4_is_asked_for_no_mouse_and_sent_no_colours_of_24_bits(version: str, plain: bool) -> None:
    environ = {"TERM": "screen", "STY": "1.x"}
    display = identify(parse(f"\x1b[>{version}c\x1b[?1;2c".encode()), environ, Outer(program="xterm"))
    assert (display.mouse, display.rgb) == (plain, plain)


@pytest.mark.parametrize("identity", ["linux", "kitty", "tmux+mlterm", "tmux+unknown", "screen+unknown"])
@pytest.mark.parametrize("name", PROFILE_NAMES)
def test_a_fitted_profile_keeps_its_name(name: ProfileName, identity: str) -> None:
    assert fitted(name, identity).name == name


def test_nothing_hostile_gets_into_what_is_shown() -> None:
    environ = {"TERM": "x\x1b]0;pwned\x07\u202eterm" * 50}
    display = identify(parse("\x1bP>|ev\u202eil\x9b31m\x1b\\\x1b[?6c".encode()), environ)
    unasked = identify(NOT_ASKED, environ)
    inner = identify(parse(TMUX.encode()), {}, Outer("\x1b[2Jfoo", "\x9bbar\x07"))
    for shown in (display, unasked, inner):
        text = shown.why + shown.identity + shown.advice
        assert text.isascii()
        assert text.isprintable()
        assert len(shown.identity) < 100
