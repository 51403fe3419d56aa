"""The shape of the house: size of modules, where packages begin, docstrings, nothing of this machine."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from tests.hygiene.sources import PACKAGES, ROOT, modules, project_files

LONGEST_MODULE = 400
LONGEST_APP = 300
#: Up to this many lines a name and a signature may say enough.
TERSE = 6

# Written in parts: these tests are project files too.
_MACHINE = re.compile("|".join(re.escape(f"/{name}/") for name in ("work", "root", "home", "Users", "pyenv")))
# A user's folder in prose or in hostile input is not a place on this machine.
_EXAMPLES = re.compile(r"/(?:home|Users)/(?:analyst|you|USER|user)\b")
_UNFINISHED = re.compile(r"\b(?:" + "|".join(("TO" + "DO", "FIX" + "ME", "X" * 3, "HA" + "CK")) + r")\b")


def test_no_module_outgrows_its_room() -> None:
    sizes = {module.where: module.source.count("\n") for module in modules()}
    assert {where: size for where, size in sizes.items() if size > LONGEST_MODULE} == {}
    assert sizes["tui/kashaf_tui/explorer/app.py"] <= LONGEST_APP


def test_the_outer_folders_are_no_packages() -> None:
    assert [name for name in ("src", "index", "tui") if (ROOT / name / "__init__.py").exists()] == []


def test_every_package_is_typed_and_every_folder_of_modules_a_package() -> None:
    for folder in PACKAGES.values():
        assert (folder / "py.typed").read_bytes() == b""
    folders = {module.path.parent for module in modules()}
    assert [folder for folder in folders if not (folder / "__init__.py").is_file()] == []


def test_every_module_says_what_it_is() -> None:
    assert [module.where for module in modules() if not ast.get_docstring(module.tree)] == []


def test_every_public_class_and_function_says_what_it_is_for() -> None:
    faults = []
    for module in modules():
        if module.path.stem.startswith("_") and module.path.stem not in ("__init__", "__main__"):
            continue
        for node in module.tree.body:
            if not isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
                continue
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if not node.name.startswith("_") and lines > TERSE and not ast.get_docstring(node):
                faults.append(f"{module.at(node)}: {node.name}")
    assert faults == []


def _texts() -> list[tuple[Path, str]]:
    found = []
    for path in project_files():
        try:
            found.append((path, path.read_bytes().decode("utf-8")))
        except UnicodeDecodeError:
            continue  # sample articles in other encodings, compressed test data
    return found


def test_no_file_names_a_place_on_the_machine_it_was_written_on() -> None:
    faults = []
    for path, text in _texts():
        for number, line in enumerate(text.splitlines(), 1):
            if _MACHINE.search(_EXAMPLES.sub("", line)):
                faults.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()[:100]}")
    assert faults == []


def test_nothing_is_marked_as_unfinished() -> None:
    faults = [
        f"{path.relative_to(ROOT)}:{number}"
        for path, text in _texts()
        if path.suffix in (".py", ".tcss", ".md", ".toml")
        for number, line in enumerate(text.splitlines(), 1)
        if _UNFINISHED.search(line)
    ]
    assert faults == []
