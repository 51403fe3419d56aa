"""Keys of Arabic layouts: the generated table, what each character means, and that every action can be reached."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from scripts import generate_layouts

from kashaf.errors import UsageError
from kashaf.text import _layouts
from kashaf_tui.explorer.action import PLACES, Action, Place
from kashaf_tui.explorer.actions import ACTIONS, actions_of
from kashaf_tui.explorer.bindings import character_of, characters_of, key_names
from kashaf_tui.explorer.layouts import LAYOUTS, PC, Layout, keycaps
from kashaf_tui.explorer.screens.help import help_lines
from kashaf_tui.explorer.which_layout import VARIABLE, layout_for
from kashaf_tui.explorer.wording import Wording

AZERTY, MAC = LAYOUTS["azerty"], LAYOUTS["mac"]
VARIANTS = [(layout, variant) for layout in LAYOUTS.values() for variant in layout.variants]
# Apple's Shift with ح is [, which is a key of an article itself.
UNREACHABLE = {("ara(mac)", "P")}
# Two of Apple's keys give a tatweel, of which only one can be meant: < is reached by its sign.
ELSEWHERE = {("ara(mac)", "<")}

every_layout = pytest.mark.parametrize("layout", LAYOUTS.values(), ids=list(LAYOUTS))
every_variant = pytest.mark.parametrize(("layout", "variant"), VARIANTS, ids=[name for _, name in VARIANTS])
every_place = pytest.mark.parametrize("place", PLACES)


def typed(layout: Layout, variant: str) -> set[str]:
    """All that the keys of a layout can send, a lam-alef as the one character it is on the key."""
    return {arrived for key in keycaps(layout.latin, variant) for arrived in key.arabic} - {" "}


# The generated table


def test_the_committed_table_is_what_the_generator_gives() -> None:
    symbols, keysyms = generate_layouts.SYMBOLS, generate_layouts.KEYSYMS
    if not (symbols / "ara").is_file() or not keysyms.is_file():
        pytest.skip("neither xkb-data nor x11proto-dev is installed")
    if generate_layouts.version(symbols) != _layouts.XKB_VERSION:
        pytest.skip(f"another version of xkeyboard-config than {_layouts.XKB_VERSION}")
    assert generate_layouts.TARGET.read_text(encoding="utf-8") == generate_layouts.write_module(
        symbols, keysyms
    )


def test_includes_and_overrides_are_resolved_as_xkb_does(tmp_path: Path) -> None:
    (tmp_path / "ara").write_text(
        'default partial alphanumeric_keys\nxkb_symbols "basic" {\n'
        '    name[Group1]= "Arabic";\n'
        "    // key <AD01> { [ a, b ] };\n"
        "    key <AD01> { [ Arabic_dad, Arabic_fatha, NoSymbol ] };\n"
        '    key <AD02> { type[Group1]="TWO_LEVEL", symbols[Group1]= [ U0635, 0x100064B ] };\n};\n\n'
        'partial alphanumeric_keys\nxkb_symbols "other" {\n'
        '    include "ara"\n    include "level3(ralt_switch)"\n    key <AD01> { [ VoidSymbol ] };\n};\n'
    )
    symbols = generate_layouts.Symbols(tmp_path, {"Arabic_dad": "ض", "Arabic_fatha": "\u064e"})
    assert symbols.keys("ara") == {"AD01": ("ض", "\u064e"), "AD02": ("ص", "\u064b")}
    assert symbols.keys("ara(other)") == {"AD01": (" ", " "), "AD02": ("ص", "\u064b")}
    assert symbols.keys("ara(none)") == {}


def test_layouts_lie_over_one_another_key_by_key() -> None:
    assert {tuple(len(plain) for plain, _ in rows) for rows in _layouts.LAYOUTS.values()} == {
        (13, 12, 12, 11)
    }
    for rows in _layouts.LAYOUTS.values():
        assert all(len(plain) == len(shifted) for plain, shifted in rows)


# What a character means


@pytest.mark.parametrize(
    ("layout", "arrived", "latin"),
    [
        (PC, "ت", "j"), (PC, "ظ", "/"), (PC, "ض", "q"), (PC, "ى", "n"), (PC, "ش", "a"), (PC, "ل", "g"),
        (PC, "\ufefb", "b"), (PC, "\ufef5", "B"), (PC, "\ufef7", "G"), (PC, "\ufef9", "T"),
        (PC, "آ", "N"), (PC, "\u064e", "Q"), (PC, "\u064f", "E"), (PC, "\u064d", "S"), (PC, "؛", "P"),
        (PC, "؟", "?"), (PC, "<", "{"), (PC, ">", "}"), (PC, "`", "U"), (PC, "ج", "["), (PC, "د", "]"),
        (PC, "١", "1"), (PC, "۴", "4"), (PC, "×", "O"), (PC, "ڑ", "U"),
        (AZERTY, "ض", "a"), (AZERTY, "ش", "q"), (AZERTY, "ئ", "w"), (AZERTY, "ص", "z"), (AZERTY, "ك", "m"),
        (AZERTY, "ز", ":"), (AZERTY, ".", "/"), (AZERTY, "'", "?"), (AZERTY, "؟", "?"), (AZERTY, "٤", "4"),
        (AZERTY, "\ufefb", "b"), (AZERTY, "é", "é"),
        (MAC, "ر", "n"), (MAC, "ز", "b"), (MAC, "\u0650", "E"), (MAC, "١", "1"),
    ],
)  # fmt: skip
def test_a_key_means_what_lies_under_it_on_the_latin_layout(layout: Layout, arrived: str, latin: str) -> None:
    assert layout.read(arrived) == latin


def test_a_sign_that_is_a_key_means_itself() -> None:
    assert PC.read("}", keys="}{") == "}"
    assert PC.read("<", keys="<>") == "<"
    assert PC.read("ت", keys="ت") == "j"


@every_layout
def test_what_is_latin_already_stays(layout: Layout) -> None:
    letters = "abcdefghijklmnopqrstuvwxyz"
    assert [layout.read(char) for char in letters + letters.upper() + "0123456789"] == [
        *letters, *letters.upper(), *"0123456789",
    ]  # fmt: skip


@every_layout
def test_the_variants_of_a_keyboard_agree(layout: Layout) -> None:
    for variant in layout.variants:
        alone = replace(layout, variants=(variant,)).places
        assert alone.items() <= layout.places.items()


def test_the_letters_of_a_lam_alef_key_are_its_key() -> None:
    assert PC.pairs == {"ا": "b", "آ": "B", "أ": "G", "إ": "T"}
    assert MAC.pairs == {}


# The registry under every layout


@every_variant
@every_place
def test_every_key_of_the_registry_is_on_every_layout(layout: Layout, variant: str, place: Place) -> None:
    keys = characters_of(place)
    read = {layout.read(arrived, keys) for arrived in typed(layout, variant)}
    missing = {key for key in keys - read if (variant, key) not in UNREACHABLE}
    assert missing == set()


@every_variant
@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: f"{action.place}.{action.id}")
def test_every_action_can_be_reached(layout: Layout, variant: str, action: Action) -> None:
    read = {layout.read(arrived, characters_of(action.place)) for arrived in typed(layout, variant)}
    assert any(
        character_of(key) in read or not character_of(key) for key in action.keys if "ctrl+" not in key
    )


@every_variant
@every_place
def test_no_two_actions_of_a_place_meet_in_one_key(layout: Layout, variant: str, place: Place) -> None:
    """A physical key that does something under Latin does the same under Arabic, or is a sign that means itself."""
    keys = characters_of(place)
    does: dict[str, str] = {}
    for action in (*actions_of(place), *actions_of("everywhere")):
        for key in filter(None, map(character_of, action.keys)):
            does.setdefault(key, action.id)  # the place's own goes before what works everywhere
    for cap in keycaps(layout.latin, variant):
        for latin, arrived in zip(cap.latin, cap.arabic, strict=True):
            if latin in does and arrived not in does and arrived != " " and (variant, latin) not in ELSEWHERE:
                assert does.get(layout.read(arrived, keys)) == does[latin], (latin, arrived)


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: f"{action.place}.{action.id}")
def test_no_action_needs_control_or_alt(action: Action) -> None:
    assert any(not re.match("ctrl|alt|super|meta", key) for key in action.keys)


@every_variant
@every_place
def test_what_help_shows_is_what_acts(layout: Layout, variant: str, place: Place) -> None:
    if variant != layout.variants[0]:
        return
    keys = characters_of(place)
    of_cap = {unicodedata.normalize("NFKC", cap.arabic[0]): cap for cap in keycaps(layout.latin, variant)}
    for key in keys:
        shown = layout.shown(key, keys)
        if shown == "؟":
            arrived = shown
        elif shown:
            arrived = of_cap[shown.removeprefix("⇧")].arabic[shown.startswith("⇧")]
        else:
            arrived = key
        assert layout.read(arrived, keys) == key


def test_help_shows_the_latin_and_the_arabic_key() -> None:
    help_pc, help_azerty = (
        "\n".join(help_lines(Wording("en"), "article", layout)) for layout in (PC, AZERTY)
    )
    for shown in ("n ى", "b لا", "N ⇧ى", "F2 / ظ", "q ض", "? ؟", "U ⇧ع"):
        assert shown in help_pc
    for shown in ("n ى", "b لا", "w ئ", "q ش", "F10 : ز", "F2 / ⇧ز"):
        assert shown in help_azerty
    (leave,) = (action for action in ACTIONS if action.id == "app.leave")
    assert key_names(leave, PC, "article")[:2] == ["q", "ض"]


# Which keyboard


def system(root: Path, keyboard: str) -> Path:
    (root / "etc/default").mkdir(parents=True)
    (root / "etc/default/keyboard").write_text(keyboard)
    return root


@pytest.mark.parametrize(
    ("keyboard", "environ", "name"),
    [
        ("", {}, "pc"),
        ("", {"LANG": "fr_FR.UTF-8"}, "azerty"),
        ("", {"LANG": "ar_MA.UTF-8"}, "azerty"),
        ("", {"LANG": "fr_CA.UTF-8"}, "pc"),
        ("", {"LANG": "fr_FR.UTF-8", "LC_ALL": "ar_EG.UTF-8"}, "pc"),
        ('# KEYBOARD\nXKBMODEL="pc105"\nXKBLAYOUT="fr,ara"\nXKBVARIANT=","\n', {}, "azerty"),
        ('XKBLAYOUT="us,ara"\nXKBVARIANT=",azerty"\n', {}, "azerty"),
        ('XKBLAYOUT="us,ara"\nXKBVARIANT=""\n', {"LANG": "fr_FR.UTF-8"}, "pc"),
        ('XKBLAYOUT="us"\nXKBVARIANT=""\n', {"LANG": "fr_FR.UTF-8"}, "azerty"),
        ('XKBLAYOUT="us,ara"\nXKBVARIANT=",mac"\n', {}, "mac"),
        ('XKBLAYOUT="us,ara"\n', {"XKB_DEFAULT_LAYOUT": "ma"}, "azerty"),
        ('XKBLAYOUT="fr"\n', {VARIABLE: "pc"}, "pc"),
        ("\udcff", {}, "pc"),
    ],
)
def test_the_keyboard_is_what_the_system_says(
    keyboard: str, environ: dict[str, str], name: str, tmp_path: Path
) -> None:
    if keyboard != "\udcff":
        system(tmp_path, keyboard)
    else:
        (tmp_path / "etc/default/keyboard").mkdir(parents=True)
    assert layout_for("", environ, tmp_path, "linux").name == name


def test_localectl_writes_another_file(tmp_path: Path) -> None:
    (tmp_path / "etc/X11/xorg.conf.d").mkdir(parents=True)
    (tmp_path / "etc/X11/xorg.conf.d/00-keyboard.conf").write_text(
        'Section "InputClass"\n        Identifier "system-keyboard"\n        Option "XkbLayout" "us,ara"\n'
        '        Option "XkbVariant" ",azerty"\nEndSection\n'
    )
    assert layout_for("", {}, tmp_path, "linux") is AZERTY


def test_what_was_chosen_stands_above_the_system_but_not_above_the_environment(tmp_path: Path) -> None:
    system(tmp_path, 'XKBLAYOUT="fr"\n')
    assert layout_for("mac", {}, tmp_path, "linux") is MAC
    assert layout_for("mac", {VARIABLE: "pc"}, tmp_path, "linux") is PC
    assert layout_for("nonsense", {}, tmp_path, "linux") is AZERTY
    assert layout_for("", {}, tmp_path, "darwin") is MAC


def test_an_unknown_keyboard_in_the_environment_is_refused() -> None:
    with pytest.raises(UsageError, match="pc, azerty, mac"):
        layout_for("", {VARIABLE: "dvorak"})
