"""Whatever bytes a terminal sends: an answer comes out, and keys stay keys."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from kashaf_tui.terminal.identify import Outer, identify
from kashaf_tui.terminal.probe import parse, without_replies
from kashaf_tui.terminal.profiles import PROFILE_NAMES
from kashaf_tui.terminal.tmux import read

REPLIES = (
    b"\x1b[8;1$y",
    b"\x1b[>65;7006;1c",
    b"\x1bP>|kitty(0.26.5)\x1b\\",
    b"\x1b[1;1R",
    b"\x1b[?64;1;22c",
    b"\x1bP>|",
    b"\x1b[?",
    b"\x1b[>;;;;c",
    b"\x1b[8;",
    b"\x1b\\",
    b"\x9b",
)
noise = st.lists(st.one_of(st.sampled_from(REPLIES), st.binary(max_size=12)), max_size=20).map(b"".join)
environments = st.dictionaries(
    st.sampled_from(["TERM", "TMUX", "STY", "VTE_VERSION", "KONSOLE_VERSION", "MLTERM", "TERM_PROGRAM"]),
    st.one_of(st.sampled_from(["xterm", "linux", "tmux", "screen", "Apple_Terminal"]), st.text(max_size=20)),
)


@settings(max_examples=200, deadline=None)
@given(noise, environments)
def test_any_answer_gives_a_display(data: bytes, environ: dict[str, str]) -> None:
    answers = parse(data)
    assert answers.name.isascii()
    assert answers.name == "" or answers.name.isprintable()
    display = identify(answers, environ)
    assert display.profile.name in PROFILE_NAMES
    assert display.identity
    assert (display.why + display.identity).isprintable()
    assert identify(answers, environ) == display


@settings(max_examples=200, deadline=None)
@given(noise)
def test_whatever_tmux_says_gives_a_display(data: bytes) -> None:
    outer = read(data)
    assert isinstance(outer, Outer)
    display = identify(parse(b"\x1b[>84;0;0c\x1b[?6c"), {}, outer)
    assert display.identity.startswith("tmux+")
    assert display.identity.isprintable()


KEYS = (
    b"j",
    "ت".encode(),
    b"\x1b[A",
    b"\x1bOP",
    b"\x1b[15~",
    b"\x1b[<35;10;4M",
    b"\x1b[200~",
    b"[",
    b"c",
    b"\r",
)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.one_of(st.sampled_from(KEYS), st.sampled_from(REPLIES[:3])), max_size=12),
    st.lists(st.integers(0, 200), max_size=8),
)
def test_keys_come_through_however_the_bytes_are_cut(parts: list[bytes], cuts: list[int]) -> None:
    data = b"".join(parts)
    edges = [0, *sorted(cut for cut in cuts if cut < len(data)), len(data)]
    keys = begun = b""
    for start, end in pairwise(edges):
        more, begun, _ = without_replies(begun + data[start:end])
        keys += more
    assert keys + begun == b"".join(part for part in parts if part in KEYS)


@settings(max_examples=200, deadline=None)
@given(st.binary().map(lambda data: data.replace(b"\x1b", b"^[")))
def test_without_an_escape_nothing_is_a_reply(data: bytes) -> None:
    assert without_replies(data) == (data, b"", False)
