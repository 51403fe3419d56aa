"""The interface in other languages: nothing missing, nothing left over, nothing that would not format."""

from __future__ import annotations

import copy
import json
import re
import string
import subprocess
import sys
from gettext import GNUTranslations
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Catalog, Message
from scripts import catalogues

from kashaf.errors import DiskTrouble, KashafError
from kashaf.said import Said, said
from kashaf.storage import atomic
from kashaf_index.query.parser import parse
from kashaf_tui.catalogue import LOCALE, catalogue
from kashaf_tui.explorer.wording import LANGUAGES, SYSTEM, Wording

PATHS = list(catalogues.catalogues())
ARABIC = re.compile("[\u0621-\u064a]")


def messages(catalog: Catalog) -> dict[tuple[str, str | None], Message]:
    """By source text (of one, if it counts) and context; without the header."""
    return {(_first(one.id), one.context): one for one in catalog if one.id}


def _first(text: Any) -> str:
    return str(text[0] if isinstance(text, list | tuple) else text)


def forms(message: Message) -> list[str]:
    return list(message.string) if isinstance(message.string, list | tuple) else [str(message.string)]


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_every_language_of_the_interface_has_a_catalogue() -> None:
    assert {path.parts[-3] for path in PATHS} == set(LANGUAGES) - {"en"}


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.parts[-3])
def test_nothing_is_missing_fuzzy_or_left_over(path: Path) -> None:
    translation = catalogues.load(path)
    assert set(messages(translation)) == set(messages(catalogues.marked()))
    assert translation.obsolete == {}
    assert [one.id for one in translation if one.id and (one.fuzzy or not all(forms(one)))] == []


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.parts[-3])
def test_placeholders_are_those_of_the_source(path: Path) -> None:
    for message in catalogues.load(path):
        if not message.id:
            continue
        if not isinstance(message.id, list | tuple):
            assert fields(str(message.string)) == fields(str(message.id)), message.id
            continue
        wanted = fields(message.id[1])
        for at, text in enumerate(forms(message)):
            # None, one and two of a thing are words in Arabic; the number itself stands with the rest.
            assert fields(text) | ({"n"} if at < 3 else set()) == wanted, text


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.parts[-3])
def test_what_is_installed_is_what_the_source_compiles_to(path: Path) -> None:
    assert path.with_suffix(".mo").read_bytes() == catalogues.compiled(catalogues.renewed(path))
    assert path.read_bytes() == catalogues.source(catalogues.renewed(path))


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.parts[-3])
def test_every_plural_form_is_there_and_used(path: Path) -> None:
    translation = catalogues.load(path)
    with path.with_suffix(".mo").open("rb") as file:
        compiled = GNUTranslations(file)
    for message in translation:
        if isinstance(message.id, list | tuple):
            assert len(forms(message)) == translation.num_plurals
            one, many = message.id
            used = {compiled.ngettext(one, many, n) for n in range(200)}
            assert used == set(forms(message))


def test_the_script_agrees() -> None:
    script = Path(catalogues.__file__)
    done = subprocess.run(
        [sys.executable, str(script), "--check"], capture_output=True, text=True, check=False, timeout=120
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "لا مقالات"),
        (1, "مقال واحد"),
        (2, "مقالان"),
        (3, "3 مقالات"),
        (10, "10 مقالات"),
        (11, "11 مقالًا"),
        (99, "99 مقالًا"),
        (100, "100 مقال"),
        (102, "102 مقال"),
        (103, "103 مقالات"),
        (10_161, "10,161 مقالًا"),
    ],
)
def test_arabic_counts_in_six_forms(number: int, text: str) -> None:
    assert Wording("ar")("articles", n=number) == text


def test_english_counts_in_two() -> None:
    say = Wording("en")
    assert [say("articles", n=n) for n in (0, 1, 2, 10_161)] == [
        "0 articles",
        "1 article",
        "2 articles",
        "10,161 articles",
    ]


def test_arabic_texts_are_arabic() -> None:
    translation = catalogues.load(LOCALE / "ar" / "LC_MESSAGES" / "kashaf.po")
    # What only joins other texts has no letters of its own.
    letters = re.compile(r"[A-Za-z]")
    for message in translation:
        if message.id and letters.search(re.sub(r"{\w+}", "", _first(message.id))):
            assert all(ARABIC.search(text) for text in forms(message)), message.id


def test_a_missing_catalogue_is_no_silence() -> None:
    with pytest.raises(FileNotFoundError):
        catalogue("xx")


@pytest.mark.parametrize(
    "text",
    ["", "a ) b", "(a", "a OR", "NOT", '"', '"؟', "outlet:", "a?? ؟؟", "ab-cd*", "((" * 60, "س " * 6000],
    ids=lambda text: repr(text[:8]),
)
def test_warnings_of_a_query_are_told_in_arabic(text: str) -> None:
    warnings = parse(text).warnings
    assert warnings
    for warning in warnings:
        assert ARABIC.search(Wording("ar").told(warning))
        assert Wording("en").told(warning) == warning


@pytest.mark.parametrize("text", ["date:yesterday", "date:..", "date:2025-13", "date:2025..2024"])
def test_mistakes_in_dates_are_told_in_arabic(text: str) -> None:
    (warning,) = parse(text).warnings
    shown = Wording("ar").told(warning)
    assert f"\u2068{text.removeprefix('date:')}\u2069" in shown
    assert "\u2066date:2025-11\u2069" in shown
    assert Wording("en").told(warning) == warning


def test_a_disk_that_refuses_is_told_in_arabic_down_to_the_reason(tmp_path: Path) -> None:
    with pytest.raises(DiskTrouble) as caught:
        atomic.write_text(tmp_path / "missing" / "notes.json", "")
    shown = Wording("ar").told(caught.value)
    assert "كتابة الملف" in shown
    assert "لا ملف ولا مجلد بهذا الاسم" in shown
    assert f"\u2068{tmp_path / 'missing' / 'notes.json'}\u2069" in shown


def test_reasons_of_the_system_are_known() -> None:
    for reason in SYSTEM:
        assert ARABIC.search(Wording("ar").told(said(reason)))


def test_what_is_not_ours_is_told_as_it_is() -> None:
    say = Wording("ar")
    assert say.told("nobody marked this") == "nobody marked this"
    assert say.told(said("nor {this}", this="{x}")) == "nor \u2068{x}\u2069"
    assert say.told(KashafError("plain {x}")) == "plain {x}"


def test_said_is_text_to_everyone_and_survives_copying() -> None:
    text = said("{n} bytes in {name}", n=3, name="a")
    assert text == "3 bytes in a"
    assert json.dumps(text) == '"3 bytes in a"'
    for same in (copy.copy(text), copy.deepcopy(text)):
        assert isinstance(same, Said)
        assert (same, same.template, same.values) == (text, text.template, text.values)
