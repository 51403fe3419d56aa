"""Files of notes made to harm: what is wrong with them is said, and nothing reaches a terminal or a sheet."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.effort_support import assert_linear, bounded
from tests.exchange_support import PAGE, imported, on_the_web
from tests.hostile.test_hostile_explorer import ATTACKS
from tests.notes_support import TEXT, note, run_kashaf
from tests.schema_support import complaints

from kashaf.corpus.catalogue import Catalogue
from kashaf.errors import BadInput
from kashaf.export import formats
from kashaf.export.bundle import Bundle
from kashaf.export.native import parse, to_json
from kashaf.export.sniffing import READABLE, read
from kashaf.notes import versions
from kashaf.notes.codebook import Codebook
from kashaf.notes.merge import merge_records
from kashaf.text.sanitise import is_clean
from kashaf.workspace import Workspace, create
from kashaf_index.update import update

SAFE = [attack for attack in ATTACKS if attack != "\ud800"]
MARKUP = [
    "</script><script>alert(1)</script>",
    "<!--",
    "]]>",
    "&lt;b&gt;",
    "{{7*7}}",
    "${x}",
    "[x](javascript:1)",
]


def web(**fields: Any) -> dict[str, Any]:
    selector = {"type": "TextQuoteSelector", "exact": "مليوني دينار"}
    return {"type": "Annotation", "id": "urn:x:1", "target": {"source": PAGE, "selector": selector}} | fields


def everywhere(attack: str) -> list[dict[str, Any]]:
    """The attack in every field that an annotation may have, in both formats."""
    aim = {
        "source": {"id": attack, "canonical": attack, "via": PAGE, "dc:title": attack},
        "selector": [
            {"type": attack, "value": attack},
            {"type": "TextQuoteSelector", "exact": f"ن {attack}", "prefix": attack, "suffix": attack},
        ],
        "state": {"type": attack, "kashaf:textSha256": attack, "kashaf:fileSha256": attack},
    }
    body = [
        {"type": attack, "value": attack},
        {"value": attack, "purpose": "tagging"},
        attack,
        {"id": attack},
    ]
    w3c = web(
        id=f"urn:{attack}", body=body, target=aim, creator={"name": attack}, created=attack, motivation=attack
    )
    return [
        w3c,
        {
            **w3c,
            "id": "urn:y",
            "target": {"id": f"urn:kashaf:entity:{attack}:{attack}", "kashaf:query": attack},
        },
        {**w3c, "id": "urn:z", "target": {"id": f"urn:kashaf:search:{attack}", "kashaf:rung": attack}},
    ]


def rows(attack: str) -> list[dict[str, Any]]:
    target = [{"source": attack, "selector": everywhere(attack)[0]["target"]["selector"]}]
    return [
        {
            "id": attack,
            "uri": PAGE,
            "user": f"acct:{attack}@x",
            "user_info": {"display_name": attack},
            "text": attack,
            "tags": [attack],
            "created": attack,
            "target": target,
            "references": [attack],
        }
    ]


@pytest.mark.parametrize("attack", [*SAFE, *MARKUP])
def test_what_is_imported_is_clean_and_markup_stays_text(attack: str) -> None:
    found = [imported(everywhere(attack)), imported(rows(attack))]
    notes = [made for arrived in found for made in arrived.notes]
    assert len(notes) >= 2
    for made in notes:
        shown = [made.body, *made.tags, made.author, made.about, made.quote, *vars_of(made)]
        assert all(map(is_clean, shown)), shown
    if attack in MARKUP:
        assert all(attack in made.body for made in notes)
    for arrived in found:
        assert all(is_clean(one.reason) and is_clean(one.what) for one in arrived.refused)


def vars_of(made: Any) -> list[str]:
    words = made.words
    return [words.prefix, words.suffix, words.title, words.outlet] if words else []


@pytest.mark.parametrize("attack", [*SAFE, *MARKUP])
def test_what_is_exported_keeps_its_form(attack: str) -> None:
    made = versions.first(
        replace(note(1, body=attack, tags=(attack,)), author=attack, extra={attack or "x": attack})
    )
    bundle = Bundle((made,), Codebook(), article=lambda _: on_the_web(url=f"https://x.example/{attack}"))
    assert parse(formats.write("native", bundle)).notes == (made,)
    assert complaints("native-2.schema.json", formats.write("native", bundle)) == []
    data = formats.write("w3c", bundle)
    assert complaints("w3c-annotation.schema.json", data) == []
    for name in ("w3c", "csv"):
        text = formats.write(name, bundle).decode().replace("\r\n", "\n")
        assert is_clean(text), name


@pytest.mark.parametrize("form", [None, *READABLE])
@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"[" * 100_000, "nested over"),
        (b'{"a":' * 40 + b"1" + b"}" * 40, "nested over"),
        (b'[{"type": "Annotation", "type": "x"}]', "stands twice"),
        (b'{"rows": [{"text": "\\ud800", "user": "", "uri": ""}]}', "half a character"),
        (b'{"x": NaN}', "NaN"),
        (b'{"x": 1' + b"0" * 400 + b"}", "digits"),
        (b"\xff\xfe[\x00]\x00", "not UTF-8"),
        (b"PK\x03\x04" + b"\x00" * 100, "not"),
        (b"\x00" * 4096, "not"),
        (b"", "not JSON"),
    ],
)
def test_bombs_and_damage_are_refused_with_the_reason(data: bytes, problem: str, form: Any) -> None:
    with bounded(), pytest.raises(BadInput) as caught:
        read(data, where="f", form=form)
    assert problem in str(caught.value)


def test_a_body_of_ten_megabytes_goes_through() -> None:
    body = "نص طويل جدا " * 500_000
    (made,) = imported([web(body={"value": body})]).notes
    assert made.body == body
    bundle = Bundle((made,), Codebook())
    for name in ("native", "w3c", "csv"):
        assert len(formats.write(name, bundle)) > len(body)
    assert parse(formats.write("native", bundle)).notes == (made,)


def test_long_lists_take_work_in_proportion() -> None:
    def make(size: int) -> list[dict[str, Any]]:
        return [web(id=f"urn:x:{number}", body={"value": str(number)}) for number in range(size)]

    def work(many: list[dict[str, Any]]) -> None:
        assert len(imported(many).notes) == len(many)

    assert_linear(make, work, 200)


def test_lists_without_end_are_refused() -> None:
    with pytest.raises(BadInput, match="over 200000 annotations"):
        imported(json.dumps({"rows": [1] * 200_001}).encode())
    selectors = [{"type": "XPathSelector", "value": "/p"}] * 20_000
    (refused,) = imported([web(target={"source": PAGE, "selector": selectors})]).refused
    assert len(refused.reason) < 300


def test_a_quote_as_long_as_the_article_a_thousand_times_over() -> None:
    selector = {
        "type": "TextQuoteSelector",
        "exact": TEXT * 1000,
        "prefix": "س" * 10**6,
        "suffix": "\n" * 10**6,
    }
    with bounded():
        found = imported([web(target={"source": PAGE, "selector": selector})])
    assert [one.anchor.state for one in found.loose] == ["orphan"]


def test_a_native_file_with_forged_versions_is_not_merged() -> None:
    document = json.loads(to_json([note(1)]))
    document["notes"][0]["body"] = "زور"
    forged = parse(json.dumps(document).encode())
    with pytest.raises(BadInput, match="not what its id says"):
        merge_records([], [], [], forged.notes, forged.ended)


@pytest.fixture
def case(tmp_path: Path) -> Workspace:
    stick = tmp_path / "stick"
    stick.mkdir()
    (stick / "a.md").write_text(f"---\nurl: {PAGE}\n---\n{TEXT}\n", encoding="utf-8")
    workspace = create(tmp_path / "case")
    update(workspace, Catalogue(workspace.catalogue), [stick])
    return workspace


def test_no_report_of_an_import_drives_the_terminal(case: Workspace, tmp_path: Path) -> None:
    file = tmp_path / "f.json"
    every = [
        one | {"id": f"urn:{number}:{one['id']}"}
        for number, attack in enumerate(SAFE)
        for one in everywhere(attack)
    ]
    file.write_text(json.dumps([*every, *({"type": attack} for attack in SAFE)]), encoding="utf-8")
    for options in ((), ("--json",), ("--dry-run",)):
        ran = run_kashaf(case.root, "notes", "import", file, *options)
        assert ran.returncode in (0, 3), ran.stderr.decode()
        assert is_clean((ran.stdout + ran.stderr).decode()), options
    for command in (("notes", "list"), ("notes", "list", "--json"), ("notes", "export", "--format", "w3c")):
        ran = run_kashaf(case.root, *command)
        assert ran.returncode == 0
        assert is_clean(ran.stdout.decode().replace("\t", " "))  # what parts the columns


def test_the_file_may_bear_any_name(case: Workspace, tmp_path: Path) -> None:
    file = tmp_path / "\x1b[31m\u202e[bold].json"
    file.write_bytes(b"{}")
    ran = run_kashaf(case.root, "notes", "import", file)
    assert ran.returncode == 3
    assert is_clean(ran.stderr.decode())
