"""Our own source files, read and parsed once, for the tests that hold the house rules."""

from __future__ import annotations

import ast
import functools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]

#: Import package to its folder, as pyproject.toml puts them into the wheel.
PACKAGES = {
    "kashaf": ROOT / "src" / "kashaf",
    "kashaf_index": ROOT / "index" / "kashaf_index",
    "kashaf_tui": ROOT / "tui" / "kashaf_tui",
}
#: What else of the checkout belongs to the project. Folders are taken whole.
_OTHERS = ("tests", "scripts", "docs", "sample_corpus", ".ci")
_LEFT_OVER = frozenset({"__pycache__", ".DS_Store", "snapshot_report.html"})


@dataclass(frozen=True, slots=True)
class Module:
    """One Python file. name: dotted. where: its path from the root, for messages."""

    name: str
    path: Path
    source: str
    tree: ast.Module

    @property
    def where(self) -> str:
        return self.path.relative_to(ROOT).as_posix()

    def at(self, node: ast.AST) -> str:
        """`path:line` of a node."""
        return f"{self.where}:{getattr(node, 'lineno', 1)}"


def files(folder: Path) -> Iterator[Path]:
    """Every file at or below `folder`, without what Python and test runs leave behind."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and _LEFT_OVER.isdisjoint(path.parts):
            yield path


def project_files() -> Iterator[Path]:
    """Every file that is the project's own, tracked or about to be."""
    yield from (path for path in sorted(ROOT.iterdir()) if path.is_file() and path.name not in _LEFT_OVER)
    for folder in (*PACKAGES.values(), *(ROOT / name for name in _OTHERS)):
        yield from files(folder)


@functools.cache
def modules() -> tuple[Module, ...]:
    """The modules of the three packages."""
    found = []
    for package, folder in PACKAGES.items():
        for path in files(folder):
            if path.suffix == ".py":
                dotted = ".".join((package, *path.relative_to(folder).with_suffix("").parts))
                source = path.read_text(encoding="utf-8")
                found.append(
                    Module(dotted.removesuffix(".__init__"), path, source, ast.parse(source, str(path)))
                )
    return tuple(found)


def called(node: ast.Call) -> str:
    """The dotted name that is called: `yaml.load`, `eval`; for a method of an expression, `.name`."""
    name = ast.unparse(node.func) if isinstance(node.func, ast.Name | ast.Attribute) else ""
    if isinstance(node.func, ast.Attribute) and not isinstance(node.func.value, ast.Name | ast.Attribute):
        return f".{node.func.attr}"
    return name
