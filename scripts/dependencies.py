"""Write docs/dependencies.md: what an install brings, why, under which licence, and how large it is.

    python scripts/dependencies.py [--check]

Sizes are those of the installed files on this machine; `--check` fails when the page does not name what would be
installed now, and looks at no size.
"""

from __future__ import annotations

import argparse
import re
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "dependencies.md"
_WHY = re.compile(r'((?:^  #.*\n)+)^  "([A-Za-z0-9._-]+)', re.MULTILINE)
_HEAD = """\
# Dependencies

What `pip install kashaf` brings on {platform} with Python {python}, by size; made by `scripts/dependencies.py`.
Formats are read by libraries that are imported when a file of their kind is read, and not before.
Everything comes as wheels, so that `make wheelhouse` serves a machine without a network.

| package | licence | MB | why |
|---|---|---:|---|
"""


@dataclass(frozen=True, slots=True)
class Dependency:
    """A distribution of the install. size: of its files, in bytes. why: of pyproject.toml, or who needs it."""

    name: str
    licence: str
    size: int
    why: str


def reasons() -> dict[str, str]:
    """The comment above each dependency of pyproject.toml, by its canonical name."""
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    return {
        canonicalize_name(name): " ".join(line.strip().lstrip("# ") for line in comment.splitlines())
        for comment, name in _WHY.findall(text)
    }


def installed() -> tuple[Dependency, ...]:
    """Everything that the project's dependencies need here, the largest first. Raises PackageNotFoundError."""
    listed = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    why = reasons()
    found: dict[str, Dependency] = {}
    waiting: list[tuple[str, str, str]] = [(name, extra, "") for name, extra in _wanted(listed, "")]
    seen: set[tuple[str, str]] = set()
    while waiting:
        name, extra, needed_by = waiting.pop(0)
        if (name, extra) in seen:
            continue
        seen.add((name, extra))
        there = distribution(name)
        if name not in found:
            reason = why.get(name) or f"Needed by {needed_by}."
            found[name] = Dependency(there.metadata["Name"], _licence(there), _size(there), reason)
        waiting += [(one, more, there.metadata["Name"]) for one, more in _wanted(there.requires or [], extra)]
    return tuple(sorted(found.values(), key=lambda one: (-one.size, one.name.lower())))


def _wanted(requirements: list[str], extra: str) -> Iterator[tuple[str, str]]:
    for text in requirements:
        requirement = Requirement(text)
        if requirement.marker is None or requirement.marker.evaluate({"extra": extra}):
            yield canonicalize_name(requirement.name), ""
            yield from ((canonicalize_name(requirement.name), one) for one in sorted(requirement.extras))


def _size(there: Distribution) -> int:
    paths = (Path(str(file.locate())) for file in there.files or ())
    return sum(path.stat().st_size for path in paths if path.is_file() and path.suffix != ".pyc")


def _licence(there: Distribution) -> str:
    said = there.metadata.json
    expression = str(said.get("license_expression") or "")
    if not expression:
        named = [one.rpartition(" :: ")[2] for one in there.metadata.get_all("Classifier") or ()
                 if one.startswith("License ::")]  # fmt: skip
        expression = ", ".join(one for one in named if one != "OSI Approved")
    return expression or str(said.get("license") or "?").split("\n")[0][:40]


def page() -> str:
    rows = installed()
    total = sum(row.size for row in rows) / 1e6
    head = _HEAD.format(platform=sys.platform, python=f"{sys.version_info.major}.{sys.version_info.minor}")
    table = "".join(f"| {row.name} | {row.licence} | {row.size / 1e6:.1f} | {row.why} |\n" for row in rows)
    return f"{head}{table}| **{len(rows)} packages** | | **{total:.1f}** | |\n"


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--check", action="store_true", help="write nothing; fail when the page is out of date"
    )
    if not parser.parse_args().check:
        PAGE.write_text(page(), "utf-8")
        return 0
    named = set(re.findall(r"^\| ([^|*]+?) \|", PAGE.read_text("utf-8"), re.MULTILINE)) - {"package"}
    try:
        missing = {row.name for row in installed()} - named
    except PackageNotFoundError as error:
        missing = {str(error)}
    sys.stdout.writelines(f"not in {PAGE.name}: {name}\n" for name in sorted(missing))
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
