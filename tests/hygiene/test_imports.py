"""What our modules import, by their syntax; and what a command has loaded when it ends, by `sys.modules`."""

from __future__ import annotations

import ast
import io
import re
import subprocess
import sys
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.hygiene.conftest import Case
from tests.hygiene.sources import ROOT, Module, called, files, modules

# Runs one command as the entry point does, and writes down what was imported on the way.
_RUN = """
import sys
into = sys.argv[1]
sys.argv = ["kashaf", *sys.argv[2:]]
try:
    from kashaf_tui.__main__ import main
    main()
finally:
    with open(into, "w", encoding="utf-8") as file:
        file.write("\\n".join(sys.modules))
"""

# Packages that no start-up may pay for unless it is about them.
SCREEN = frozenset({"textual", "rich"})
IMPORTING = frozenset({"trafilatura", "lxml", "hijridate", "babel", "charset_normalizer"})
#: Only a search for three words near each other, and who brings a query of Whoosh's, needs its matchers.
ENGINE = "whoosh"


def loaded(into: Path, *arguments: str | Path) -> frozenset[str]:
    """Top-level names in `sys.modules` after `kashaf ARGUMENTS`."""
    done = subprocess.run(
        [sys.executable, "-c", _RUN, str(into), *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    return frozenset(name.partition(".")[0] for name in into.read_text(encoding="utf-8").split("\n"))


def test_version_is_answered_before_anything_is_loaded(tmp_path: Path) -> None:
    found = loaded(tmp_path / "modules", "--version")
    assert "kashaf_tui" in found
    assert not found & {"click", ENGINE, "numpy", "yaml", "tinydb", "asyncio", *SCREEN, *IMPORTING}


def test_help_names_every_command_without_engine_or_screen(tmp_path: Path) -> None:
    found = loaded(tmp_path / "modules", "--help")
    assert "click" in found
    assert not found & {ENGINE, "numpy", "tinydb", *SCREEN, *IMPORTING}


@pytest.mark.parametrize(
    ("arguments", "unwanted"),
    [
        (("search", "السد"), {ENGINE, "tinydb", *SCREEN, *IMPORTING}),
        (("search", "السد", "--json", "--facets"), {ENGINE, "tinydb", *SCREEN, *IMPORTING}),
        (("kwic", "السد"), {ENGINE, "tinydb", *SCREEN, *IMPORTING}),
        (("show", "ID"), {ENGINE, "tinydb", *SCREEN, *IMPORTING}),
        (("show", "ID", "--json"), {ENGINE, "tinydb", *SCREEN, "trafilatura", "lxml"}),
        (("stats",), {ENGINE, *SCREEN, *IMPORTING}),
        (("notes", "list"), {ENGINE, *SCREEN, *IMPORTING}),
        (("notes", "export"), {ENGINE, *SCREEN, *IMPORTING}),
        (("notes", "add", "ID", "--span", "0:4"), {ENGINE, *SCREEN, *IMPORTING}),
        (("entities",), {ENGINE, "textual", "tinydb", "trafilatura", "lxml"}),
        (("entities", "--update"), {ENGINE, "textual", "tinydb", "trafilatura", "lxml", "pycrfsuite"}),
        (("quotes",), {ENGINE, "textual", "tinydb", "trafilatura", "lxml"}),
        (("timeline",), {ENGINE, "textual", "tinydb", "trafilatura", "lxml"}),
        (("index", "SOURCE"), {ENGINE, "textual", "tinydb"}),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_a_command_loads_what_it_is_about(
    arguments: tuple[str, ...], unwanted: set[str], indexed: Case, tmp_path: Path
) -> None:
    named = {"ID": indexed.article, "SOURCE": str(indexed.source)}
    given = [named.get(argument, argument) for argument in arguments]
    # What these write, a note and mentions, is looked at by no other test.
    found = loaded(tmp_path / "modules", "-w", indexed.workspace, *given)
    assert "kashaf" in found
    assert not found & unwanted


def test_the_core_package_alone_loads_nothing() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "import sys, kashaf; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    found = {name.partition(".")[0] for name in done.stdout.split()}
    assert "kashaf" in found
    assert not found & {ENGINE, "numpy", "tinydb", "click", "yaml", *SCREEN, *IMPORTING}


# By syntax: a module says these names nowhere, loaded or not.

RUNS_CODE = frozenset({"pickle", "_pickle", "marshal", "shelve", "dill", "cloudpickle", "dbm"})
REACHES_OUT = frozenset(
    {
        *("socket", "_socket", "socketserver", "ssl", "ftplib", "smtplib", "imaplib", "poplib", "telnetlib"),
        *(
            "nntplib",
            "xmlrpc",
            "webbrowser",
            "http",
            "urllib.request",
            "urllib3",
            "requests",
            "httpx",
            "aiohttp",
        ),
    }
)


def imported(tree: ast.Module) -> Iterator[tuple[str, ast.AST]]:
    """Every module a tree imports, under its dotted name, with the place."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((name.name, node) for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module, node
            yield from ((f"{node.module}.{name.name}", node) for name in node.names)
        elif isinstance(node, ast.Call) and called(node).rpartition(".")[2] in (
            "import_module",
            "__import__",
        ):
            names = (arg.value for arg in node.args if isinstance(arg, ast.Constant))
            yield from ((name, node) for name in names if isinstance(name, str))


def banned_imports(module: Module) -> list[str]:
    banned = REACHES_OUT | RUNS_CODE
    return [
        f"{module.at(node)}: {name}"
        for name, node in imported(module.tree)
        if any(name == one or name.startswith(f"{one}.") for one in banned)
    ]


_CALLS = frozenset({"eval", "exec", "compile", "__import__", "breakpoint", "os.system", "os.popen"})
_YAML = frozenset({"load", "load_all", "full_load", "full_load_all", "unsafe_load", "unsafe_load_all"})


def banned_calls(module: Module) -> list[str]:
    """Calls that run text as code, start a shell, or load YAML by PyYAML's own functions."""
    found = []
    for node in ast.walk(module.tree):
        if not isinstance(node, ast.Call):
            continue
        name = called(node)
        head, _, tail = name.rpartition(".")
        shell = any(key.arg == "shell" for key in node.keywords)
        unsafe_yaml = head == "yaml" and tail in _YAML
        if name in _CALLS or shell or unsafe_yaml:
            found.append(f"{module.at(node)}: {name}")
    return found


def broad_handlers(module: Module) -> list[str]:
    """Handlers of everything, unless they end by raising and can be left in no other way."""
    found = []
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ExceptHandler):
            caught = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
            names = {ast.unparse(one) for one in caught if one is not None}
            if node.type is not None and not names & {"Exception", "BaseException"}:
                continue
            inner = [leaf for statement in node.body for leaf in ast.walk(statement)]
            escapes = any(isinstance(leaf, ast.Return | ast.Break | ast.Continue) for leaf in inner)
            if escapes or not isinstance(node.body[-1], ast.Raise):
                found.append(module.at(node))
        elif (
            isinstance(node, ast.Call)
            and called(node).rpartition(".")[2] == "suppress"
            and {ast.unparse(arg) for arg in node.args} & {"Exception", "BaseException"}
        ):
            found.append(module.at(node))
    return found


def planted(source: str) -> Module:
    return Module("kashaf.planted", ROOT / "planted.py", source, ast.parse(source))


@pytest.mark.parametrize(
    "rule", [banned_imports, banned_calls, broad_handlers], ids=lambda rule: rule.__name__
)
def test_no_module_breaks_the_rule(rule: object) -> None:
    assert callable(rule)
    assert [fault for module in modules() for fault in rule(module)] == []


@pytest.mark.parametrize(
    "source",
    [
        "import pickle",
        "from socket import create_connection",
        "def f():\n    import urllib.request",
        "from urllib import request",
        "import importlib\nimportlib.import_module('marshal')",
    ],
)
def test_a_banned_import_is_seen(source: str) -> None:
    assert banned_imports(planted(source))


@pytest.mark.parametrize(
    "source",
    ["eval('1')", "yaml.load(text, Loader=x)", "subprocess.run('ls', shell=True)", "os.system('ls')"],
)
def test_a_banned_call_is_seen(source: str) -> None:
    assert banned_calls(planted(source))


@pytest.mark.parametrize(
    ("handler", "bad"),
    [
        ("except Exception: pass", True),
        ("except: pass", True),
        ("except (OSError, Exception): return 1", True),
        ("except BaseException: clean(); raise", False),
        ("except Exception as e:\n  if one: return 2\n  raise", True),
        ("except OSError: pass", False),
    ],
)
def test_a_handler_that_hides_is_seen(handler: str, bad: bool) -> None:
    body = handler.replace("\n", "\n ")
    assert bool(broad_handlers(planted(f"def f():\n try: pass\n {body}"))) is bad


def test_everything_suppressed_is_seen() -> None:
    assert broad_handlers(planted("with suppress(Exception): pass"))


_BARE = re.compile(r"#\s*(type:\s*ignore(?!\[)|noqa(?!:\s*[A-Z]))")


def test_every_ignored_rule_is_named() -> None:
    faults = []
    folders = (*(ROOT / name for name in ("src", "index", "tui", "tests", "scripts")),)
    for path in (path for folder in folders for path in files(folder) if path.suffix == ".py"):
        with io.BytesIO(path.read_bytes()) as source:
            for token in tokenize.tokenize(source.readline):
                if token.type == tokenize.COMMENT and _BARE.search(token.string):
                    faults.append(f"{path.relative_to(ROOT)}:{token.start[0]}: {token.string}")
    assert faults == []
