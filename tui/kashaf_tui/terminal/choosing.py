"""The profile that is used: the option before the environment before what is remembered before what was detected."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final, cast

from kashaf.errors import UsageError
from kashaf_tui.terminal import remembered, screen, tmux
from kashaf_tui.terminal.identify import fitted, identify, multiplexer
from kashaf_tui.terminal.probe import Answers
from kashaf_tui.terminal.profiles import PROFILE_NAMES, Display, ProfileName

VARIABLE: Final = "KASHAF_TERMINAL_PROFILE"
AUTO: Final = "auto"
CHOICES: Final = (AUTO, *PROFILE_NAMES)


def override(option: str | None, environ: Mapping[str, str]) -> tuple[str, str] | None:
    """The profile, or `auto`, that this run asks for, and where it does so.

    Raises UsageError when the environment variable names no profile.
    """
    if option is not None:
        return option, "--terminal-profile"
    name = environ.get(VARIABLE, "").strip()
    if not name:
        return None
    if name not in CHOICES:
        raise UsageError(
            f"{name!r} is no terminal profile", where=f"${VARIABLE}", cure=f"Use one of: {', '.join(CHOICES)}"
        )
    return name, f"${VARIABLE}"


def settled(asked_for: tuple[str, str] | None) -> bool:
    """Whether the terminal need not be asked."""
    return asked_for is not None and asked_for[0] != AUTO


def detect(answers: Answers, environ: Mapping[str, str]) -> Display:
    """What the answers, the environment and a multiplexer in between say about the terminal."""
    around = {"tmux": tmux.outer, "screen": screen.outer}.get(multiplexer(answers, environ))
    return identify(answers, environ, around(environ) if around else None)


def choose(
    answers: Answers,
    environ: Mapping[str, str],
    asked_for: tuple[str, str] | None,
    known: remembered.Remembered,
) -> Display:
    """The display to use."""
    detected = detect(answers, environ)
    if asked_for is not None and asked_for[0] != AUTO:
        return chosen(detected, cast("ProfileName", asked_for[0]), f"asked for by {asked_for[1]}")
    if asked_for is not None:
        return detected
    name = known.choices.get(detected.identity)
    return chosen(detected, name, "remembered for this terminal") if name else detected


def chosen(display: Display, name: ProfileName, why: str) -> Display:
    """The display of the same terminal with the profile that somebody chose."""
    return replace(
        display, profile=fitted(name, display.identity), why=f"{name} is {why}", certain=True, advice=""
    )
