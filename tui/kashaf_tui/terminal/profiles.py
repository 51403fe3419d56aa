"""The five ways of making our output right, and what was found about the terminal at hand.

Our output is in visual order: bidi, joining and mirroring are done. A profile says how a terminal is kept from doing
it a second time: sequences around the whole run, and a guard on every row (`guards.guard_row`, by the name).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal, get_args

ProfileName = Literal["app", "lrm", "alt", "kitty", "mlterm"]

# ECMA-48 BDSM (mode 8) reset is "explicit": the terminal shows what it gets. SCP (`SP k`) 1 is a left-to-right path.
EXPLICIT: Final = "\x1b[8l\x1b[1 k"
IMPLICIT: Final = "\x1b[8h\x1b[0 k"
# mlterm knows no mode 8; this is its own configuration protocol, for the running session only.
_MLTERM_OFF: Final = "\x1b]5379;use_ctl=false\x07"
_MLTERM_ON: Final = "\x1b]5379;use_ctl=true\x07"


@dataclass(frozen=True, slots=True)
class Profile:
    """start, stop: written when the app takes the terminal and when it gives it back, suspending included."""

    name: ProfileName
    start: str
    stop: str
    about: str


@dataclass(frozen=True, slots=True)
class Display:
    """What was decided for the terminal at hand.

    why: one English line. certain: False when detection was inconclusive, which shows the calibration line.
    identity: the key under which a choice is remembered. advice: what to set in the terminal, if anything.
    mouse: False where asking for the mouse spoils keys. rgb: False where colours of 24 bits are misread, whatever
    the environment says.
    """

    profile: Profile
    why: str
    certain: bool
    identity: str
    advice: str = ""
    mouse: bool = True
    rgb: bool = True


PROFILE_NAMES: Final[tuple[ProfileName, ...]] = get_args(ProfileName)

PROFILES: Final[Mapping[ProfileName, Profile]] = MappingProxyType(
    {
        "app": Profile(
            "app", EXPLICIT, IMPLICIT, "nothing added: the terminal shows what it gets, or honours mode 8"
        ),
        "lrm": Profile("lrm", EXPLICIT, IMPLICIT, "a left-to-right mark around each right-to-left letter"),
        "alt": Profile("alt", EXPLICIT, IMPLICIT, "neighbouring letters differ by one step of blue"),
        "kitty": Profile(
            "kitty", EXPLICIT, IMPLICIT, "each Arabic word reversed, because the terminal turns it again"
        ),
        "mlterm": Profile(
            "mlterm", _MLTERM_OFF, _MLTERM_ON, "the terminal's own bidi is switched off while we run"
        ),
    }
)

# What a reader judges a profile by: joined letters, lam-alef, marks' absence, digits, Latin, brackets and quotes.
CALIBRATION: Final = "قرأ الأستاذ علي 25 مقالا (kashaf) ثم كتب: «لا خبر اليوم»."

PLAIN: Final = Display(PROFILES["app"], "not asked", certain=True, identity="unknown")
