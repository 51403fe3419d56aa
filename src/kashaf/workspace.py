"""Where things lie in a workspace, and how one is found or made.

Precious (never rebuilt): `kashaf.yaml`, `names.yaml`, `state/`, `originals/`, `catalogue.jsonl`, `notes/`.
Derived (may be deleted at any time): everything under `.kashaf/`.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kashaf.errors import BadInput, DiskTrouble, NotFound
from kashaf.yaml_safe import load_yaml

CONFIG_NAME = "kashaf.yaml"

_CONFIG_TEMPLATE = """\
# A Kashaf workspace. This file is yours: the app reads it and never rewrites it.

# Folders and files that `kashaf index` without arguments reads again.
sources: []

# What your own JSON and CSV files call their fields, where it is not one of the usual names. Roles: title, body,
# standfirst, date, updated, outlet, author, url, language, id. A dotted name (article.body) is a path into records.
# fields:
#   title: [kicker]
#   body: [lead, story_text]
fields: {}

# Files that no import looks at: one glob each, matched against paths below the source and against bare names.
ignore: []

# Whose notes these are: the name that goes with every note. Without one, the name you log in with.
author: ""

# The interface: language en or ar; digits keep, arabic or european; tashkeel strip or keep.
interface:
  language: en
  digits: keep
  tashkeel: strip
"""

_NAMES_TEMPLATE = """\
# Your name book: it adds to the shipped one and wins over it, and over what is decided in the explorer. This file
# is yours: the app reads it and never rewrites it. One entry a line keeps it easy to merge in git. After a fault the
# line is said, and until it is mended the last good version is used.
#
# people:
#   - name: the name that lists show
#     aliases: [other names, an acronym]      # spellings that differ by marks, hamza, ة ه, ى ي need none
#     ambiguous: [an acronym]                 # taken only beside a cue, or with the full name in the article
#     english: its name in English            # person:"…" finds it by this, too
#     note: anything                          # by: who wrote it, at: when
#   - {name: a shipped name you do not want, hide: true}
#   - {name: the second of two people of one name, of: their name, articles: [ids of articles that mean the second]}
# places:
#   - {name: a country, org_too: true}        # its name stands for its government, too
# organizations: the same
# hide: phrases that are no name
people: []
places: []
organizations: []
hide: []
"""

_CODEBOOK_TEMPLATE = """\
# Your codebook: the codes to tag notes with. This file is yours: the app reads it and never rewrites it.
# What you change in the app is kept in state/codebook.yaml; what you write here later wins over that.
# codes:
#   - name: a code
#     colour: orange          # sky green yellow blue red pink grey, or "#rrggbb"; its children have it too
#     description: when it is given, and when not
#     examples: ["words that deserve it"]
#     codes: [a child, another]
#   - one/below/another       # the same by its path
# renamed: an old name to the new one, for notes that still come with it
codes: []
renamed: {}
"""

FIELD_ROLES = ("id", "title", "body", "standfirst", "date", "updated", "outlet", "author", "url", "language")
_LANGUAGES = ("en", "ar")
_DIGITS = ("keep", "arabic", "european")
_TASHKEEL = ("strip", "keep")


@dataclass(frozen=True, slots=True)
class Settings:
    """`kashaf.yaml` after validation. Sources are as written there, relative ones against the workspace.

    fields: for a role of a record's field, the names that the analyst's files have for it.
    ignore: globs of files that no import looks at. author: whose notes these are; empty when nobody said.
    """

    sources: tuple[str, ...] = ()
    fields: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    ignore: tuple[str, ...] = ()
    author: str = ""
    language: str = "en"
    digits: str = "keep"
    tashkeel: str = "strip"


@dataclass(frozen=True, slots=True)
class Workspace:
    """The folder of one case. All paths are absolute."""

    root: Path
    settings: Settings = field(default_factory=Settings)

    @property
    def name(self) -> str:
        return self.root.name

    @property
    def names_file(self) -> Path:
        return self.root / "names.yaml"

    @property
    def names_overlay(self) -> Path:
        """What was decided about names in the app."""
        return self.state / "names.yaml"

    @property
    def names_kept(self) -> Path:
        """Copies of the name book's files as they were last good."""
        return self.derived / "names"

    @property
    def spellings_file(self) -> Path:
        """The analyst's own groups of variant spellings; need not be there."""
        return self.root / "spellings.yaml"

    @property
    def chrome_file(self) -> Path:
        """The analyst's own rules of site chrome; need not be there."""
        return self.root / "chrome.yaml"

    @property
    def state(self) -> Path:
        return self.root / "state"

    @property
    def originals(self) -> Path:
        return self.root / "originals"

    @property
    def catalogue(self) -> Path:
        return self.root / "catalogue.jsonl"

    @property
    def notes_file(self) -> Path:
        return self.root / "notes" / "notes.json"

    @property
    def codebook_file(self) -> Path:
        """The analyst's codes, written by hand; need not be there."""
        return self.root / "codebook.yaml"

    @property
    def exports(self) -> Path:
        return self.root / "exports"

    @property
    def derived(self) -> Path:
        return self.root / ".kashaf"

    @property
    def index(self) -> Path:
        return self.derived / "index"

    @property
    def mentions(self) -> Path:
        return self.derived / "mentions"

    @property
    def stories(self) -> Path:
        return self.derived / "stories"


def create(root: Path) -> Workspace:
    """Make `root` a workspace, or complete one. What is there stays as it is.

    Raises DiskTrouble when the folder cannot be made, BadInput when its kashaf.yaml is not readable.
    """
    from kashaf.storage.atomic import ensure_dir, write_text  # noqa: PLC0415 -- only when a workspace is made

    root = _absolute(root)
    if root.exists() and not root.is_dir():
        raise BadInput("is a file, not a folder", where=str(root), cure="Give a folder for the workspace")
    ensure_dir(root)
    if not (root / CONFIG_NAME).exists():
        write_text(root / CONFIG_NAME, _CONFIG_TEMPLATE)
    if not (root / "names.yaml").exists():
        write_text(root / "names.yaml", _NAMES_TEMPLATE)
    if not (root / "codebook.yaml").exists():
        write_text(root / "codebook.yaml", _CODEBOOK_TEMPLATE)
    return open_workspace(root)


def open_workspace(root: Path) -> Workspace:
    """The workspace at `root`. Raises NotFound when there is none, BadInput for a bad kashaf.yaml."""
    root = _absolute(root)
    config = root / CONFIG_NAME
    if not config.is_file():
        raise NotFound("no workspace here", where=str(root), cure=f"Run `kashaf init {root}`")
    try:
        text = config.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput("not UTF-8", where=str(config), cure="Save it as UTF-8") from error
    except OSError as error:
        raise DiskTrouble(error.strerror or "cannot be read", where=str(config)) from error
    return Workspace(root, _settings(load_yaml(text, where=str(config)), str(config)))


def locate(given: Path | None, *, environ: dict[str, str] | None = None) -> Workspace:
    """The workspace to work in.

    `given` (from `-w` or `KASHAF_WORKSPACE`) is made when missing or empty; a folder that holds other
    things and no kashaf.yaml is refused rather than littered. Without it: the nearest folder upwards with a
    kashaf.yaml, else the user's data folder, made on first use.
    """
    env = os.environ if environ is None else environ
    if given is None and env.get("KASHAF_WORKSPACE"):
        given = Path(env["KASHAF_WORKSPACE"])
    if given is not None:
        root = _absolute(given)
        if (root / CONFIG_NAME).is_file():
            return open_workspace(root)
        if root.is_dir() and any(root.iterdir()):
            raise NotFound(
                "not a workspace, and not empty",
                where=str(root),
                cure=f"Run `kashaf init {root}` if you mean it",
            )
        return create(root)
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / CONFIG_NAME).is_file():
            return open_workspace(folder)
    import platformdirs  # noqa: PLC0415 -- only the last resort needs it

    return create(Path(platformdirs.user_data_dir("kashaf", appauthor=False)) / "workspace")


def _absolute(path: Path) -> Path:
    # Not Path.expanduser, which raises for `~name` of nobody here, nor resolve(), which would follow a chosen link.
    return Path(os.path.abspath(os.path.expanduser(path)))  # noqa: PTH100, PTH111


def _settings(value: object, where: str) -> Settings:
    if value is None:
        return Settings()
    if not isinstance(value, dict):
        raise BadInput(
            "should be a mapping of settings", where=where, cure="See the commented template of `kashaf init`"
        )
    interface = value.get("interface") or {}
    if not isinstance(interface, dict):
        raise BadInput("`interface` should be a mapping", where=where, cure="Indent its settings below it")
    return Settings(
        sources=_texts(value, "sources", "paths", where),
        ignore=_texts(value, "ignore", "globs", where),
        fields=_field_names(value.get("fields") or {}, where),
        author=_line(value, "author", where),
        language=_choice(interface, "language", _LANGUAGES, where),
        digits=_choice(interface, "digits", _DIGITS, where),
        tashkeel=_choice(interface, "tashkeel", _TASHKEEL, where),
    )


def _texts(mapping: dict[object, object], key: str, of_what: str, where: str) -> tuple[str, ...]:
    listed = mapping.get(key) or []
    if not isinstance(listed, list) or not all(isinstance(item, str) for item in listed):
        raise BadInput(
            f"`{key}` should be a list of {of_what}", where=where, cure="Write one a line after `- `"
        )
    return tuple(listed)


def _line(mapping: dict[object, object], key: str, where: str) -> str:
    value = mapping.get(key) or ""
    if not isinstance(value, str):
        raise BadInput(f"`{key}` should be text", where=where, cure="Write it between quotation marks")
    if not value:
        return ""
    from kashaf.text.sanitise import sanitise_line  # noqa: PLC0415 -- start-up counts

    return sanitise_line(value)


def _field_names(value: object, where: str) -> dict[str, tuple[str, ...]]:
    if not isinstance(value, dict):
        raise BadInput("`fields` should be a mapping", where=where, cure="Write `title: [names]` below it")
    found: dict[str, tuple[str, ...]] = {}
    for role, names in value.items():
        listed = [names] if isinstance(names, str) else names
        if (
            role not in FIELD_ROLES
            or not isinstance(listed, list)
            or not all(isinstance(n, str) for n in listed)
        ):
            raise BadInput(
                f"`fields`: {role!s:.40} is no role with a list of names",
                where=where,
                cure=f"Roles: {', '.join(FIELD_ROLES)}",
            )
        found[role] = tuple(listed)
    return found


def _choice(mapping: dict[object, object], key: str, allowed: tuple[str, ...], where: str) -> str:
    value = mapping.get(key, allowed[0])
    if value not in allowed:
        raise BadInput(
            f"`{key}: {value}` is not known", where=where, cure=f"Use one of: {', '.join(allowed)}"
        )
    return str(value)
