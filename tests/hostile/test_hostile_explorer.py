"""Articles that want to drive the terminal or the app, seen from the terminal's side of a real PTY."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from tests.explorer_support import Explore
from tests.pty_support import Terminal

from kashaf.corpus.catalogue import Catalogue
from kashaf.workspace import create
from kashaf_index.update import update

ATTACKS = [
    "\x1b]52;c;aGFja2Vk\x07",
    "\x1b]0;pwned\x1b\\",
    "\x1bPq#0;2;0;0;0\x1b\\",
    "\x1b_Gf=32\x1b\\",
    "\x1b[2J\x1b[31;5m",
    "\x9b31m",
    "\x90q\x9c",
    "\u202eقلب\u202c",
    "\u2066عزل\u2069",
    "\x00\x08\x7f\x85",
    "[bold]",
    "[/foo]",
    "[@click=app.exit]هنا[/]",
    "[link=file:///etc/passwd]رابط[/link]",
    "\ud800",
]
BODY = "نص طويل عن ميناء بعيد يزوره الصيادون كل صباح ليبيعوا ما جادت به الشباك من سمك."

# What Textual and we send ourselves: CSI (modes, cursor, colours), charset, keypad, the shape of the pointer.
OURS = re.compile(
    r"\x1b\]22;[a-z-]+\x07|\x1b\[[0-9;:?<>=]*[ -/]?[@-~]|\x1b[()][B0]|\x1b[=>78]|\x1bP\+q[0-9a-fA-F;]*\x1b\\"
)


@pytest.fixture(scope="module")
def hostile_case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    for number, attack in enumerate(ATTACKS):
        record = {
            "title": f"ميناء {attack} رقم {number}",
            "content": f"{BODY} {attack} {BODY}",
            "source": f"صحيفة {attack}",
            "author": f"كاتب {attack}",
            "date": "2025-10-01",
        }
        name = f"a{number}" + re.sub(r"[\x00/\ud800]", "", attack)
        text = json.dumps(record, ensure_ascii=True)
        (folder / f"{name}.jsonl").write_text(text + "\n", encoding="utf-8")
    workspace = create(tmp_path_factory.mktemp("case") / "[bold]\u202ecase")
    update(workspace, Catalogue(workspace.catalogue), [folder])
    return workspace.root


def assert_nothing_but_ours(output: bytes) -> None:
    rest = OURS.sub("", output.decode("utf-8"))
    assert not re.findall(".{0,20}\x1b.{0,20}", rest)
    bad = {char for char in rest if char < " " and char not in "\r\n\x08\x0f"} | set(
        re.findall("[\x7f-\x9f\u202a-\u202e\u2066-\u2069]", rest)
    )
    assert not bad, sorted(map(hex, map(ord, bad)))


def test_nothing_of_an_attack_reaches_the_terminal(hostile_case: Path) -> None:
    with Terminal.explorer(hostile_case) as terminal:
        terminal.wait_for(f"exact {len(ATTACKS)}")
        terminal.send("ميناء")
        terminal.wait_for(f"[stem {len(ATTACKS)}]")
        terminal.send("\r")
        for _ in ATTACKS:
            terminal.send("\x1b[B")
            terminal.read(0.3)
        for keys in ("w", "\x1b", "\r", "r", "\x1b", "v", "s", "c"):
            terminal.send(keys)
            terminal.read(0.5)
        terminal.send("\x1b[200~ملصق \x1b]52;c;eA==\x07\u202eنص[/b]\x1b[201~")
        terminal.read(0.5)
        terminal.send("\x1bOQ")
        terminal.read(0.8)
        terminal.send("a")
        terminal.read(0.5)
        terminal.send("q")
        assert terminal.end() == 0
        assert_nothing_but_ours(terminal.output)


async def test_markup_in_an_article_runs_nothing(explore: Explore, hostile_case: Path) -> None:
    async with explore(hostile_case) as analyst:
        await analyst.press("enter")
        for _ in ATTACKS:
            await analyst.press("down")
        assert "[@click=app.exit]" in analyst.text or any(
            "[@click=app.exit]" in hit.title for hit in analyst.main.results.rows
        )
        before = len(analyst.main.notes.rows)
        await analyst.press("f4", "v", "p", "h", "f6", "f5")
        assert analyst.app.is_running
        assert len(analyst.main.notes.rows) == before + 1
