"""`kashaf terminals`: what this terminal is taken for, why, and how to choose otherwise."""

from __future__ import annotations

import os
import sys
from typing import cast

import click

from kashaf.errors import UsageError
from kashaf_tui.commands.output import dump_json, is_terminal, json_option, lines, message
from kashaf_tui.session import Session
from kashaf_tui.terminal import choosing, remembered
from kashaf_tui.terminal.identify import fitted
from kashaf_tui.terminal.probe import Answers, Question
from kashaf_tui.terminal.profiles import CALIBRATION, PROFILE_NAMES, PROFILES, Display, Profile, ProfileName

_MODE = {0: "not known", 1: "set", 2: "reset", 3: "set for ever", 4: "reset for ever"}


@click.command("terminals", short_help="Say what this terminal is, and try how Arabic reads in it.")
@click.option(
    "--remember",
    type=click.Choice(PROFILE_NAMES),
    help="Use this profile on this terminal from now on.",
)
@click.option("--forget", is_flag=True, help="Use what is detected on this terminal again.")
@json_option
@click.pass_obj
def command(session: Session, remember: ProfileName | None, forget: bool, as_json: bool) -> None:  # noqa: ARG001 -- all commands take it
    """Show how Arabic is kept in order on this terminal: what was detected and why, and what to set in it.

    A sentence is shown once in each profile. When another one than the chosen one reads right, `--remember` it.
    """
    if remember and forget:
        raise UsageError("--remember and --forget exclude each other", cure="Give one of them")
    option = click.get_current_context().find_root().params.get("terminal_profile")
    asked_for = choosing.override(cast("str | None", option), os.environ)
    here = is_terminal(sys.stdout) and sys.stdin.isatty()
    with Question(os.environ) as question:
        answers = question.ask() if here else question.answers
    detected = choosing.detect(answers, os.environ)
    if remember or forget:
        _keep(detected, remember, here)
    known = remembered.load()
    if known.trouble:
        message(known.trouble)
    used = choosing.choose(answers, os.environ, asked_for, known)
    if as_json:
        dump_json(_as_dict(detected, used, answers, known))
        return
    lines(_report(detected, used, answers, known))
    _show_profiles(used, wait=here)
    lines(["", f"Keep one for this terminal: kashaf terminals --remember {'|'.join(PROFILE_NAMES)}"])


def _keep(detected: Display, name: ProfileName | None, here: bool) -> None:
    if not here:
        raise UsageError(
            "this is no terminal", cure="Run it in the terminal that it is about, without a pipe"
        )
    if name:
        remembered.remember(detected.identity, name)
        message(f"{detected.identity}: {name} is used from now on")
    elif remembered.forget(detected.identity):
        message(f"{detected.identity}: what is detected is used from now on")
    else:
        message(f"{detected.identity}: nothing was remembered")


def _as_dict(
    detected: Display, used: Display, answers: Answers, known: remembered.Remembered
) -> dict[str, object]:
    """The documented JSON shape."""
    return {
        "terminal": detected.identity,
        "profile": used.profile.name,
        "why": used.why,
        "certain": used.certain,
        "detected": {
            "profile": detected.profile.name,
            "why": detected.why,
            "certain": detected.certain,
            "advice": detected.advice,
        },
        "remembered": known.choices.get(detected.identity),
        "answers": {
            "asked": answers.asked,
            "complete": answers.complete,
            "name": answers.name or None,
            "mode_8": answers.mode_8,
            "da1": answers.da1,
            "da2": answers.da2,
            "mark_width": answers.mark_width,
            "seconds": round(answers.seconds, 4),
        },
        "profiles": {profile.name: profile.about for profile in PROFILES.values()},
    }


def _report(detected: Display, used: Display, answers: Answers, known: remembered.Remembered) -> list[str]:
    rows = [
        ("terminal", detected.identity),
        ("detected", f"{detected.profile.name}{'' if detected.certain else ', not surely'}: {detected.why}"),
        ("in use", f"{used.profile.name}: {used.why}" if used != detected else used.profile.name),
        ("remembered", known.choices.get(detected.identity, "nothing")),
        ("to set", detected.advice or "nothing"),
        ("answered", _answered(answers)),
    ]
    return [f"{heading}: {text}" for heading, text in rows]


def _answered(answers: Answers) -> str:
    if not answers.asked:
        return "not asked"
    said = [
        answers.name,
        f"attributes {_numbers(answers.da1)}" if answers.da1 is not None else "",
        f"version {_numbers(answers.da2)}" if answers.da2 is not None else "",
        f"mode 8 is {_MODE[answers.mode_8]}" if answers.mode_8 is not None else "",
        f"a mark takes {answers.mark_width} cells" if answers.mark_width is not None else "",
        "" if answers.complete else "not all in time",
        f"{answers.seconds * 1000:.1f} ms" if answers.complete else "",
    ]
    return " · ".join(filter(None, said))


def _numbers(values: tuple[int, ...] | None) -> str:
    return ";".join(map(str, values or ()))


def _show_profiles(used: Display, wait: bool) -> None:
    """The sentence in each profile, between that profile's own sequences; the one in use is marked."""
    if not is_terminal(sys.stdout):
        lines(
            ["", *(f"  {profile.name:<7} {profile.about}" for profile in PROFILES.values()), "", CALIBRATION]
        )
        return
    lines(["", "The same sentence in each profile:"])
    # The Linux console would print what it does not know of the others.
    for name in (used.profile.name,) if used.identity == "linux" else PROFILE_NAMES:
        profile = fitted(name, used.identity)
        mark = "▶" if name == used.profile.name else " "
        click.echo(profile.start, nl=False)
        try:
            _print_row(profile, mark)
            if wait and name == used.profile.name == "mlterm":
                # It turns back what is shown already when its sequence ends.
                click.pause("Compare, and press a key.")
        finally:
            click.echo(profile.stop, nl=False)


def _print_row(profile: Profile, mark: str) -> None:
    from rich.console import Console
    from rich.segment import Segment, Segments
    from rich.style import Style

    from kashaf.bidi.layout import visual
    from kashaf_tui.terminal.guards import guard_row

    # As in the explorer: `alt` differs by colours of 24 bits, whatever else the terminal is taken to show.
    alternates = profile.name == "alt"
    console = Console(highlight=False, color_system="truecolor" if alternates else "auto")
    style = Style.parse("#d0d0d0") if alternates else None
    row = guard_row(
        profile.name, [Segment(f"{mark} {profile.name:<7} "), Segment(visual(CALIBRATION), style)]
    )
    console.print(Segments([*row, Segment.line()]), soft_wrap=True)
