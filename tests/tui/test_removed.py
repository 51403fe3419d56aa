"""What was removed from a file: shown in its place, brought back, and other lines dropped, all of it undone."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.about_support import FIRST, LAST, MORE, SECOND, SHARE, TITLE, build, open_on, read
from tests.explorer_support import Analyst, told

from kashaf.bidi.layout import visual
from kashaf.corpus.article import Article, Metadata, Provenance, RemovedLine
from kashaf.corpus.chrome import shipped_rules
from kashaf.corpus.lines import Decision, LineDecisions, article_scope
from kashaf.storage.lock import Lock
from kashaf_tui.explorer.evidence_words import removal_words
from kashaf_tui.explorer.keeping_place import moved
from kashaf_tui.explorer.panes.removed import file_lines
from kashaf_tui.explorer.screens.main import MainScreen
from kashaf_tui.explorer.screens.removed import RemovedScreen
from kashaf_tui.explorer.wording import Wording
from kashaf_tui.explorer.wording_articles import RULES

SIZES = [(80, 24), (120, 40)]
ARABIC = "interface:\n  language: ar\n"
HARBOUR = "harbour.txt"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return build(tmp_path)


def screen(analyst: Analyst) -> RemovedScreen:
    shown = analyst.app.screen
    assert isinstance(shown, RemovedScreen)
    return shown


def states(analyst: Analyst) -> dict[str, str]:
    """Each line and its state."""
    view = screen(analyst).view
    assert view.shown is not None
    return {view.shown.words(line): line.state for line in view.lines}


async def go_to(analyst: Analyst, words: str) -> None:
    await analyst.press("home")
    view = screen(analyst).view
    for _ in range(100):
        assert view.shown is not None
        assert view.current is not None
        if view.shown.words(view.current) == words:
            return
        await analyst.press("down")
    raise AssertionError(words)


def text_of(analyst: Analyst) -> str:
    reading = analyst.main.article.reading
    assert reading is not None
    return reading.article.text


@pytest.mark.parametrize("size", SIZES)
async def test_removed_lines_stand_where_they_stood_with_their_rule(
    root: Path, size: tuple[int, int]
) -> None:
    async with open_on(root, HARBOUR, size) as analyst:
        await analyst.press("r")
        order = list(states(analyst))
        assert order.index(TITLE) < order.index(SHARE) < order.index(FIRST)
        assert order.index(FIRST) < order.index(MORE) < order.index(SECOND) < order.index(LAST)
        assert states(analyst)[MORE] == "removed"
        assert states(analyst)[FIRST] == "kept"
        await analyst.press("home", "pagedown", "home")
        assert "−" in analyst.text
        assert "share bar" in analyst.text
        assert "line 5" in analyst.text
        assert all(len(line) <= size[0] for line in analyst.lines())
        await analyst.press("escape")
        assert isinstance(analyst.app.screen, MainScreen)


async def test_keys_go_from_removed_line_to_removed_line_and_through_all(root: Path) -> None:
    async with open_on(root, HARBOUR) as analyst:
        await analyst.press("r", "home")
        view = screen(analyst).view
        met = []
        for _ in range(12):
            await analyst.press("j")
            assert view.current is not None
            met.append(view.selected)
            assert view.current.state == "removed"
        assert sorted(set(met)) == [at for at, line in enumerate(view.lines) if line.gone][-len(set(met)) :]
        await analyst.press("k", "home", "tab", "down", "up", "shift+tab")
        assert view.selected == 0
        await analyst.press("end", "pageup", "pagedown")
        assert view.current is not None


async def test_a_line_is_brought_back_in_this_article_and_again_removed(root: Path) -> None:
    async with open_on(root, HARBOUR) as analyst:
        await analyst.press("r")
        await go_to(analyst, MORE)
        await analyst.press("b")
        assert "1 article read again" in told(analyst)
        assert states(analyst)[MORE] == "back"
        assert MORE in text_of(analyst)
        assert "brought back" in analyst.text
        assert MORE in (root / "state" / "lines.yaml").read_text(encoding="utf-8")
        view = screen(analyst).view
        assert view.shown is not None
        assert view.current is not None
        assert view.shown.words(view.current) == MORE
        await analyst.press("u")
        assert "undone" in told(analyst)
        assert states(analyst)[MORE] == "removed"
        assert MORE not in text_of(analyst)
        await analyst.press("u")
        assert "No change" in told(analyst)


async def test_a_line_is_brought_back_in_every_article_of_the_outlet(root: Path) -> None:
    async with open_on(root, HARBOUR) as analyst:
        await analyst.press("r")
        await go_to(analyst, SHARE)
        await analyst.press("B")
        assert "2 articles read again" in told(analyst)
        await analyst.press("escape")
        await read(analyst, "school.txt")
        assert SHARE in text_of(analyst)
        await analyst.press("r", "u")
        assert SHARE not in text_of(analyst)


async def test_a_kept_line_is_dropped_and_comes_back(root: Path) -> None:
    async with open_on(root, HARBOUR) as analyst:
        await analyst.press("r")
        await go_to(analyst, LAST)
        await analyst.press("d")
        assert states(analyst)[LAST] == "removed"
        assert "dropped by you" in analyst.text
        assert LAST not in text_of(analyst)
        await analyst.press("u")
        assert states(analyst)[LAST] == "kept"
        await go_to(analyst, SECOND)
        await analyst.press("D")
        assert SECOND not in text_of(analyst)


async def test_what_makes_no_sense_is_said(root: Path) -> None:
    async with open_on(root, HARBOUR) as analyst:
        await analyst.press("r")
        await go_to(analyst, TITLE)
        await analyst.press("d")
        assert "corrected in the details" in told(analyst)
        await go_to(analyst, SHARE)
        await analyst.press("d")
        assert "removed already" in told(analyst)
        await go_to(analyst, FIRST)
        await analyst.press("b")
        assert "Choose a removed line" in told(analyst)
        assert not (root / "state" / "lines.yaml").exists()
        await analyst.press("question_mark", "escape", "i")
        assert not isinstance(analyst.app.screen, RemovedScreen)


async def test_the_reader_and_notes_keep_their_place(root: Path) -> None:
    async with open_on(root, HARBOUR) as analyst:
        reader = analyst.main.article
        reader.go_to(text_of(analyst).index("مخزن"))
        await analyst.press("v", "w", "h")
        reader.go_to(text_of(analyst).index("مخزن"))
        await analyst.press("r")
        await go_to(analyst, MORE)
        await analyst.press("b", "escape")
        assert text_of(analyst)[reader.caret :].startswith("مخزن")
        assert reader.reading is not None
        (note,) = reader.reading.notes
        assert "مخزن" in text_of(analyst)[slice(*note)]
        await analyst.press("f4", "r")
        await go_to(analyst, SECOND)
        await analyst.press("enter")
        assert analyst.main.article.has_focus
        assert text_of(analyst)[reader.caret :].startswith(SECOND)


async def test_a_locked_catalogue_leaves_everything_as_it_was(root: Path) -> None:

    async with open_on(root, HARBOUR) as analyst:
        await analyst.press("r")
        await go_to(analyst, MORE)
        with Lock(analyst.app._session.workspace.catalogue, "importing"):
            await analyst.press("b")
            assert "import" in told(analyst)
        assert states(analyst)[MORE] == "removed"
        lines = root / "state" / "lines.yaml"
        assert not lines.exists() or MORE not in lines.read_text(encoding="utf-8")
        await analyst.press("b")
        assert states(analyst)[MORE] == "back"


@pytest.mark.parametrize("size", SIZES)
async def test_the_screen_is_mirrored_in_arabic(root: Path, size: tuple[int, int]) -> None:
    async with open_on(root, HARBOUR, size, ARABIC) as analyst:
        await analyst.press("r", "home", "j")
        assert visual("شريط المشاركة") in analyst.text
        assert "▌" in analyst.text
        await analyst.press("f1")
        assert visual("إعادة السطر المحذوف في هذا المقال") in analyst.text


# The lines


def article(text: str, *removed: RemovedLine) -> Article:
    source = Provenance("x/a.txt", "", "ff", removed=removed, scope="folder:x")
    return Article("id", text, Metadata(text.partition("\n")[0]), source, text.find("\n") + 1)


def test_hostile_lines_stay_one_line_each() -> None:
    made = article(
        "عنوان\nفقرة",
        RemovedLine("a\nb\x1b[31m[bold]\u202e", 3, "no-such-rule\x1b[0m", 6),
        RemovedLine("", 9, "", 10),
    )
    shown = file_lines(Wording("en"), made, LineDecisions())
    assert len(shown.text.split("\n")) == len(shown.lines) == 4
    assert [line.state for line in shown.lines] == ["kept", "removed", "kept", "removed"]
    assert "no-such-rule" in shown.text
    assert "\x1b" not in removal_words(Wording("en"), "x\x1b[0m")


async def test_control_characters_never_reach_the_screen(root: Path) -> None:
    async with open_on(root, HARBOUR) as analyst:
        await analyst.press("r")
        made = article("عنوان\nفقرة", RemovedLine("a\x1b[31m[bold]\u202e", 3, "x\x1b[0m", 6))
        screen(analyst).view.show(file_lines(analyst.app.say, made, LineDecisions()))
        await analyst.press("home", "j")
        assert not any(char in analyst.text for char in "\x1b\u202e")
        assert "[bold]" in analyst.text


async def test_an_endless_article_is_shown_at_once(root: Path) -> None:
    line = "كلام طويل عن السوق والمرسى والقرية. "
    text = "عنوان\n" + "\n".join(line * 20 for _ in range(3000)) + "\n" + line * 20_000
    removed = tuple(RemovedLine(SHARE, at, "share-bar", len(text) - at) for at in range(500))
    async with open_on(root, HARBOUR, (80, 24)) as analyst:
        await analyst.press("r")
        view = screen(analyst).view
        view.show(file_lines(analyst.app.say, article(text, *removed), LineDecisions()), 10)
        await analyst.pilot.press("j", "j", "k", "pagedown", "end", "up", "down")
        assert view.current is not None
        assert view.page is not None


def test_decisions_are_told_with_their_scope() -> None:
    made = article("عنوان\nفقرة أولى\nفقرة ثانية", RemovedLine("فقرة ثالثة", 3, "dropped by the analyst", 5))
    for scope, words in (
        (article_scope("ff", ""), "in this article"),
        ("folder:x", "in every article of the folder"),
        ("*", "in every article"),
    ):
        decided = LineDecisions((Decision("فقرة أولى", "keep", scope), Decision("فقرة ثالثة", "drop", scope)))
        shown = file_lines(Wording("en"), made, decided)
        assert shown.text.count(words) == 2
        assert [line.state for line in shown.lines].count("back") == 1
        back = next(line for line in shown.lines if line.state == "back")
        assert shown.words(back) == "فقرة أولى"


@given(st.lists(st.text("ab \u0627", max_size=8), min_size=1, max_size=12), st.data())
@settings(max_examples=100, deadline=None)
def test_every_line_is_shown_once_in_its_order(texts: list[str], data: st.DataObject) -> None:
    text = "\n".join(texts)
    starts = [0]
    for one in texts:
        starts.append(starts[-1] + len(one) + 1)
    places = data.draw(st.lists(st.sampled_from([*starts[:-1], len(text)]), max_size=6))
    removed = tuple(RemovedLine(f"r{at}", number, "menu", at) for number, at in enumerate(places))
    shown = file_lines(Wording("en"), article(text, *removed), LineDecisions())
    kept = [shown.words(line) for line in shown.lines if line.gone is None]
    assert kept == texts
    assert sorted(line.gone.line for line in shown.lines if line.gone) == list(range(len(places)))
    assert [line.at for line in shown.lines] == sorted(line.at for line in shown.lines)
    for line in shown.lines:
        if line.gone is None:
            assert text[line.at :].startswith(shown.words(line))


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_rule_that_is_shipped_has_words(language: str) -> None:
    assert {rule.id for rule in shipped_rules().rules} <= RULES.keys()
    say = Wording(language)
    assert all(removal_words(say, rule) for rule in RULES)
    assert "published" in removal_words(say, "label-published")


# Keeping the place


def test_a_place_is_known_by_its_line() -> None:
    old = "عنوان المقال هنا\nفقرة أولى طويلة بما يكفي\nفقرة ثانية طويلة بما يكفي"
    new = "عنوان المقال هنا\nسطر أعيد إلى المقال\nفقرة أولى طويلة بما يكفي\nفقرة ثانية طويلة بما يكفي"
    at = old.index("ثانية")
    assert new[moved(old, new, at) :].startswith("ثانية")
    gone = moved(new, old, new.index("أعيد"))
    assert old[gone:].startswith("فقرة أولى")
    assert moved(old, "", 20) == 0


@given(st.text("ab\n", max_size=60), st.text("ab\n", max_size=60), st.integers(-5, 80))
@settings(max_examples=150, deadline=None)
def test_a_place_is_always_in_the_text(old: str, new: str, offset: int) -> None:
    assert 0 <= moved(old, new, offset) <= max(0, len(new))
    assert moved(old, old, min(max(0, offset), max(0, len(old) - 1))) <= len(old)
