"""No text of an article can become markup: every text a widget gets is painted or passes `label()`."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest
from tests.hygiene.sources import ROOT, Module, called, modules

# Textual's and Rich's own that read markup in a string they are given.
_TAKES_MARKUP = frozenset(
    {
        *("Static", "Label", "Button", "Option", "OptionList", "SelectionList", "Selection", "Checkbox"),
        *(
            "RadioButton",
            "RadioSet",
            "Collapsible",
            "Tab",
            "Tabs",
            "TabPane",
            "TabbedContent",
            "ListItem",
            "Link",
        ),
        *("Markdown", "RichLog", "DataTable", "Tree", "Select", "Placeholder", "Digits", "Toast"),
        *("DiscoveryHit", "TextColumn", "SpinnerColumn", "Panel", "Rule"),
    }
)
_TAKES_MANY = frozenset({"OptionList", "SelectionList", "Tabs", "RadioSet"})
_TITLES = frozenset({"border_title", "border_subtitle", "tooltip"})
_PARSERS = frozenset({"from_markup", "render_markup", "from_ansi"})
_MODULES = frozenset({"textual.markup", "rich.markup"})


def _is_text(node: ast.expr) -> bool:
    """Whether an expression may be a plain string: not `label(…)` or its kin, a number, None, a list of those."""
    if isinstance(node, ast.Starred):
        return _is_text(node.value)
    if isinstance(node, ast.Tuple | ast.List):
        return any(map(_is_text, node.elts))
    if isinstance(node, ast.GeneratorExp | ast.ListComp):
        return _is_text(node.elt)
    if isinstance(node, ast.Constant):
        return isinstance(node.value, str)
    if isinstance(node, ast.Call):
        return called(node) not in {"label", "facts_label", *_TAKES_MARKUP}
    return True


def _without_markup(node: ast.Call) -> bool:
    return any(
        key.arg == "markup" and isinstance(key.value, ast.Constant) and key.value.value is False
        for key in node.keywords
    )


def _shown(node: ast.Call) -> list[ast.expr]:
    """The arguments that are drawn: the first, and all of those widgets that take one an item."""
    shown = node.args if called(node).rpartition(".")[2] in _TAKES_MANY else node.args[:1]
    named = [
        key.value for key in node.keywords if key.arg in ("content", "label", "prompt", "title", "display")
    ]
    return [*shown, *named]


def faults(module: Module) -> Iterator[str]:
    """Places where a plain string could be read as markup."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            name = node.module if isinstance(node, ast.ImportFrom) else ""
            names = {name, *(one.name for one in node.names), *(f"{name}.{one.name}" for one in node.names)}
            if names & _MODULES:
                yield f"{module.at(node)}: imports a markup module"
        elif isinstance(node, ast.Call):
            name = called(node).rpartition(".")[2]
            if name in _PARSERS:
                yield f"{module.at(node)}: {name}"
            elif name == "notify" and not _without_markup(node):
                yield f"{module.at(node)}: notify without markup=False"
            elif name in _TAKES_MARKUP and not _without_markup(node) and any(map(_is_text, _shown(node))):
                yield f"{module.at(node)}: {name} is given a plain string"
        elif isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for target in targets:
                name = target.attr if isinstance(target, ast.Attribute) else getattr(target, "id", "")
                if name.lower() in _TITLES and _is_text(node.value):
                    yield f"{module.at(node)}: {name} is a plain string"
        elif (
            # A widget's `render` that returns str is read as markup.
            isinstance(node, ast.FunctionDef)
            and node.name == "render"
            and (node.returns is None or "str" in ast.unparse(node.returns))
        ):
            yield f"{module.at(node)}: render() may return a string"


def test_no_plain_string_reaches_a_widget() -> None:
    ours = [module for module in modules() if module.name.startswith("kashaf_tui")]
    assert len(ours) > 20
    assert [fault for module in ours for fault in faults(module)] == []


@pytest.mark.parametrize(
    ("source", "bad"),
    [
        ("Static(title)", True),
        ("Static(f'{title}')", True),
        ("Static(label(title))", False),
        ("Static(title, markup=False)", False),
        ("Static(content=title)", True),
        ("Static()", False),
        ("Option(label(row), row_id)", False),
        ("yield_ = widgets.Label('[b]')", True),
        ("OptionList(*[Option(label(row)) for row in rows])", False),
        ("OptionList(*[Option(row) for row in rows])", True),
        ("self.notify(text)", True),
        ("self.notify(text, markup=False)", False),
        ("self.border_title = title", True),
        ("window.border_subtitle = label(title)", False),
        ("class A:\n BORDER_TITLE = 'x'", True),
        ("self.tooltip = None", False),
        ("Content.from_markup(text)", True),
        ("Content('x').from_markup(text)", True),
        ("from textual.markup import escape", True),
        ("from textual import markup", True),
        ("class A:\n def render(self) -> str: ...", True),
        ("class A:\n def render(self) -> Strip: ...", False),
    ],
)
def test_the_rule_itself(source: str, bad: bool) -> None:
    module = Module("kashaf_tui.planted", ROOT / "planted.py", source, ast.parse(source))
    assert bool(list(faults(module))) is bad
