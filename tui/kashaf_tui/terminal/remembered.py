"""Which profile the analyst chose for which terminal. Of the user, not of a workspace: a terminal serves all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, cast

from kashaf.errors import BadInput, DiskTrouble, KashafError
from kashaf_tui.terminal.profiles import PROFILE_NAMES, ProfileName

FILE: Final = "terminals.yaml"
_LONGEST: Final = 65_536  # bytes
_MOST: Final = 200  # terminals
_HEAD: Final = "# The display profile chosen for each terminal. Written by the app; see `kashaf terminals`.\n"


@dataclass(frozen=True, slots=True)
class Remembered:
    """choices: profile by `Display.identity`. trouble: why the file, or a part of it, is not used; or empty."""

    choices: Mapping[str, ProfileName] = field(default_factory=dict)
    trouble: str = ""


def folder() -> Path:
    """Where the user's state lies."""
    import platformdirs  # noqa: PLC0415 -- only where a terminal is looked at

    return Path(platformdirs.user_state_dir("kashaf", appauthor=False))


def load(where: Path | None = None) -> Remembered:
    """What was chosen. A file that is damaged or not a list of choices is said in `trouble`, never raised."""
    path = (where or folder()) / FILE
    try:
        return _read(path)
    except KashafError as error:
        return Remembered(trouble=f"{error}. Remembered terminals are not used")


def _read(path: Path) -> Remembered:
    """Raises BadInput for a file that is not ours, DiskTrouble when it cannot be read."""
    from kashaf.storage.atomic import disk_trouble, read_bytes  # noqa: PLC0415
    from kashaf.yaml_safe import load_yaml  # noqa: PLC0415

    with disk_trouble(path, "read the file"):
        if path.exists() and not path.is_file():
            # A pipe in its place would keep us waiting.
            raise DiskTrouble("is no file", where=str(path), cure="Move it away")
    data = read_bytes(path, limit=_LONGEST)
    if data is None:
        return Remembered()
    try:
        value = load_yaml(data.decode("utf-8"), where=str(path))
    except UnicodeDecodeError as error:
        raise BadInput("not UTF-8", where=str(path), cure="Remove it") from error
    if value is None:
        return Remembered()
    if not isinstance(value, dict):
        raise BadInput("should be a mapping of terminals to profiles", where=str(path), cure="Remove it")
    good = {key: name for key, name in value.items() if isinstance(key, str) and name in PROFILE_NAMES}
    bad = len(value) - len(good)
    choices = cast("dict[str, ProfileName]", good)
    return Remembered(choices, f"{path}: {bad} entries name no profile and are not used" if bad else "")


def remember(identity: str, name: ProfileName, where: Path | None = None) -> None:
    """Keep the choice for this terminal. Raises DiskTrouble."""
    choices = dict(_for_writing(where))
    choices.pop(identity, None)
    choices[identity] = name
    _save(dict(list(choices.items())[-_MOST:]), where)


def forget(identity: str, where: Path | None = None) -> bool:
    """Drop the choice for this terminal. Returns whether there was one. Raises DiskTrouble."""
    choices = dict(_for_writing(where))
    if choices.pop(identity, None) is None:
        return False
    _save(choices, where)
    return True


def _for_writing(where: Path | None) -> Mapping[str, ProfileName]:
    try:
        return _read((where or folder()) / FILE).choices
    except BadInput:
        # Nothing in it was in use. A disk that cannot be read now is another matter: that is raised.
        return {}


def _save(choices: Mapping[str, ProfileName], where: Path | None) -> None:
    import yaml  # noqa: PLC0415

    from kashaf.storage.atomic import ensure_dir, write_text  # noqa: PLC0415

    place = where or folder()
    ensure_dir(place)
    write_text(place / FILE, _HEAD + yaml.safe_dump(dict(choices), allow_unicode=True, sort_keys=False))
