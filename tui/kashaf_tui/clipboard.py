"""Putting text on the clipboard: by a tool of the system, else through the terminal, and always into a file.

The terminal's own selection copies what the screen shows, shaped letters in visual order; this copies the text. What
a tool was given is certain; what was sent to the terminal (OSC 52, XTerm Control Sequences) is never confirmed; the
file is there whatever became of both.
"""

from __future__ import annotations

import base64
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from kashaf.errors import KashafError
from kashaf.storage.atomic import ensure_dir, write_text
from kashaf.text.sanitise import sanitise

FILE: Final = "clipboard.txt"

OSC52_BYTES: Final = 74_994
"""Bytes of text that go through OSC 52 at most: 100,000 bytes with the base64, what older terminals take."""

_SECONDS: Final = 2.0  # for one tool; one that waits for a display server that is gone must not be waited for
_SCREEN_PIECE: Final = 250  # GNU screen passes on strings of 256 bytes at most


@dataclass(frozen=True, slots=True)
class Tool:
    """A program that takes the text on its standard input."""

    name: str
    arguments: tuple[str, ...] = ()
    encode: Callable[[str], bytes] = str.encode
    environ: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Copied:
    """What became of a text.

    how: the tool that took it, "terminal" when it was sent there and nobody can say more, "file" when that is all, or
        "nothing". where: the file's path for "file", else "clipboard". kept: the file that holds it in any case, None
        when it could not be written. text: what was copied, sanitised. faults: why tools that were tried did not take
        it, and why there is no file.
    """

    how: str
    where: str
    kept: Path | None
    text: str
    faults: tuple[str, ...] = ()


_X = (
    Tool("xclip", ("-selection", "clipboard", "-in")),
    Tool("xsel", ("--clipboard", "--input")),
)
_WAYLAND = Tool("wl-copy", ("--type", "text/plain;charset=utf-8"))
# pbcopy reads its input in the encoding of the locale, which a program started without one does not have.
_MAC = Tool("pbcopy", environ=(("LC_ALL", "en_US.UTF-8"), ("LANG", "en_US.UTF-8")))
_WINDOWS = Tool("clip.exe", encode=lambda text: text.replace("\n", "\r\n").encode("utf-16-le"))
# Into tmux's own buffer and, by its `set-clipboard`, on to the terminal around it.
_TMUX = Tool("tmux", ("load-buffer", "-w", "-"))


def tools(environ: Mapping[str, str], platform: str = sys.platform) -> tuple[Tool, ...]:
    """The tools that fit the environment, the likeliest clipboard of the analyst first.

    Over SSH the clipboard of the far machine is nobody's: only a forwarded X display counts there.
    """
    remote = bool(environ.get("SSH_CONNECTION") or environ.get("SSH_TTY"))
    found: list[Tool] = []
    if not remote:
        if environ.get("WSL_DISTRO_NAME") or environ.get("WSL_INTEROP"):
            found.append(_WINDOWS)
        if platform == "darwin":
            found.append(_MAC)
        if environ.get("WAYLAND_DISPLAY"):
            found.append(_WAYLAND)
    if environ.get("DISPLAY"):
        found += _X
    if environ.get("TMUX"):
        found.append(_TMUX)
    return tuple(found)


def copy(
    text: str,
    folder: Path,
    *,
    send: Callable[[str], None] | None = None,
    environ: Mapping[str, str] | None = None,
    platform: str = sys.platform,
) -> Copied:
    """Copy `text`, sanitised, in logical order. Never raises for what tools and disks do; may take seconds.

    folder: where `clipboard.txt` is kept, readable by its owner only. send: writes to the terminal; without it OSC 52
    is not tried.
    """
    env = os.environ if environ is None else environ
    text = sanitise(text).text
    faults: list[str] = []
    kept = _keep(text, folder, faults)
    how = next(_taken(text, tools(env, platform), env, faults), None)
    if how is None and send is not None and (sequence := osc52(text, env)) is not None:
        send(sequence)
        how = "terminal"
    if how is not None:
        return Copied(how, "clipboard", kept, text, tuple(faults))
    if kept is not None:
        return Copied("file", str(kept), kept, text, tuple(faults))
    return Copied("nothing", "", None, text, tuple(faults))


def _keep(text: str, folder: Path, faults: list[str]) -> Path | None:
    path = folder / FILE
    try:
        ensure_dir(folder)
        write_text(path, text, durable=False)
    except KashafError as error:
        faults.append(str(error))
        return None
    return path


def _taken(text: str, fitting: tuple[Tool, ...], env: Mapping[str, str], faults: list[str]) -> Iterator[str]:
    # An entry of PATH that depends on the current folder could name a program that came with the articles.
    path = os.pathsep.join(
        part for part in env.get("PATH", os.defpath).split(os.pathsep) if Path(part).is_absolute()
    )
    for tool in fitting:
        program = shutil.which(tool.name, path=path)
        if program is None:
            continue
        fault = _run(tool, program, text, env)
        if fault is None:
            yield tool.name
        else:
            faults.append(f"{tool.name}: {fault}")


def _run(tool: Tool, program: str, text: str, env: Mapping[str, str]) -> str | None:
    """Why the program did not take the text, or None when it did."""
    try:
        # xclip, xsel and wl-copy stay behind to serve the clipboard: they must hold no pipe of ours, or we would wait
        # for them, and be in no session of ours, or they would end with the app and the clipboard with them.
        done = subprocess.run(  # noqa: S603
            [program, *tool.arguments],
            input=tool.encode(text),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            timeout=_SECONDS,
            check=False,
            env={**env, **dict(tool.environ)},
            cwd="/",
        )
    except subprocess.TimeoutExpired:
        return "did not answer"
    except OSError as error:
        return error.strerror or "cannot be started"
    return None if done.returncode == 0 else f"ended with {done.returncode}"


def osc52(text: str, environ: Mapping[str, str]) -> str | None:
    """The sequence that asks the terminal to set its clipboard; None when the text is too long for one.

    tmux obeys it when its `set-clipboard` is `on`, and passes on the wrapped one when `allow-passthrough` is, so it
    gets both; GNU screen gets it in pieces.
    """
    data = text.encode("utf-8")
    if len(data) > OSC52_BYTES:
        return None
    sequence = f"\x1b]52;c;{base64.b64encode(data).decode('ascii')}\x07"
    match _around(environ):
        case "tmux":
            return f"{sequence}\x1bPtmux;{sequence.replace(chr(27), chr(27) * 2)}\x1b\\"
        case "screen":
            pieces = [sequence[at : at + _SCREEN_PIECE] for at in range(0, len(sequence), _SCREEN_PIECE)]
            return "".join(f"\x1bP{piece}\x1b\\" for piece in pieces)
    return sequence


def _around(environ: Mapping[str, str]) -> Literal["tmux", "screen"] | None:
    if environ.get("TMUX"):
        return "tmux"
    return "screen" if environ.get("STY") else None
