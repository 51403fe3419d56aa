"""Lines brought back and lines always dropped: kept durably, applied by scope, and never trusted blindly."""

from __future__ import annotations

import copy
from pathlib import Path

import pytest

from kashaf.corpus import lines
from kashaf.corpus.article import Draft
from kashaf.corpus.lines import Decision, LineDecisions, article_scope, outlet_scope
from kashaf.corpus.options import ReadOptions
from kashaf.corpus.readers import read
from kashaf.errors import BadInput
from kashaf.workspace import create

BODY = (
    "قالت رئيسة البلدية إن أعمال الترميم في السوق القديم تبدأ مطلع الشهر المقبل وتستمر ستة أسابيع على الأقل، وإن"
    " المحال ستبقى مفتوحة في أثناء العمل."
)
SECOND = (
    "وأضافت أن الكلفة تتوزع بين البلدية وأصحاب المحال بالتساوي، وأن لجنة من الطرفين تشرف على الدفعات وتنشر كشفا بها"
    " في آخر كل أسبوع."
)
TITLE = "السوق القديم يستعد للترميم"
FOLDER = "folder:press"


def draft(text: str, *decisions: Decision, name: str = "press/a.txt") -> Draft:
    options = ReadOptions(lines=LineDecisions(decisions))
    return read(name, text.encode(), options).members[0].draft


def page(*some: str) -> str:
    return "\n\n".join(some)


def kept(found: Draft) -> list[str]:
    return found.text.split("\n")


def rules_of(found: Draft) -> dict[str, str]:
    return {gone.text: gone.rule for gone in found.provenance.removed}


def test_what_is_decided_is_kept(tmp_path: Path) -> None:
    lines.drop(tmp_path / "state", "خاص بالموقع", "السوق")
    after = lines.keep(tmp_path / "state", "• شارك المقال:")
    loaded = LineDecisions.load(tmp_path / "state")
    assert loaded == after
    assert [(one.line, one.verdict, one.scope, one.by) for one in loaded.decisions] == [
        ("خاص بالموقع", "drop", "السوق", "analyst"),
        ("• شارك المقال:", "keep", "*", "analyst"),
    ]
    assert all(one.when.endswith("+00:00") for one in loaded.decisions)


def test_the_later_decision_stands_and_can_be_undone(tmp_path: Path) -> None:
    learned = Decision("سطر يتكرر", "drop", "السوق", "repetition", "2026-01-01", "in 9 of 10 articles")
    before = lines.record(tmp_path, [learned]).of("سطر يتكرر", "السوق")
    assert before == learned
    after = lines.keep(tmp_path, "سطر يتكرّر", "السوق")
    assert [one.verdict for one in after.decisions] == ["keep"]
    assert lines.record(tmp_path, [learned]).decisions == after.decisions  # the analyst's stands
    assert lines.forget(tmp_path, "سطر يتكرر", "السوق").decisions == ()
    assert lines.record(tmp_path, [before]).decisions == (learned,)


@pytest.mark.parametrize("line", ["", " \n", "x" * 10_001])
def test_only_a_line_is_decided_about(tmp_path: Path, line: str) -> None:
    with pytest.raises(BadInput):
        lines.drop(tmp_path, line)


@pytest.mark.parametrize(
    "line",
    ["no", "12", "null", "a: b", "- x", "'", '"', "#", "2025-11-03", "نص 🔊", "\\", "\u200f م", "{", "~"],
)
def test_any_line_comes_back_as_it_was(tmp_path: Path, line: str) -> None:
    lines.drop(tmp_path, line, line)
    (found,) = LineDecisions.load(tmp_path).decisions
    assert (found.line, found.scope) == (line, line)


@pytest.mark.parametrize(
    "written",
    [
        "[]",
        "decisions: 3",
        "decisions: [3]",
        "decisions: [{line: a}]",
        "decisions: [{line: a, verdict: maybe, scope: '*'}]",
        "decisions: [{line: a, verdict: drop, scope: ''}]",
        "decisions: [{line: 3, verdict: drop, scope: '*'}]",
        "decisions: [{line: a, verdict: drop, scope: '*', by: somebody}]",
        "decisions: [{line: a, verdict: [drop], scope: '*'}]",
        "decisions: [{line: a, verdict: drop, scope: '*', more: 1}]",
        "decisions: [&a {line: a, verdict: drop, scope: '*'}, *a]",
        "decisions: [",
        "\x00",
    ],
)
def test_a_file_that_is_none_is_named_and_left(tmp_path: Path, written: str) -> None:
    (tmp_path / "lines.yaml").write_text(written, encoding="utf-8")
    with pytest.raises(BadInput, match=r"lines\.yaml"):
        LineDecisions.load(tmp_path)
    with pytest.raises(BadInput):
        lines.drop(tmp_path, "سطر")
    assert (tmp_path / "lines.yaml").read_text("utf-8") == written


def test_bytes_that_are_no_text_are_named(tmp_path: Path) -> None:
    (tmp_path / "lines.yaml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BadInput, match=r"lines\.yaml"):
        LineDecisions.load(tmp_path)


def test_an_empty_or_missing_file_decides_nothing(tmp_path: Path) -> None:
    assert not LineDecisions.load(tmp_path)
    (tmp_path / "lines.yaml").write_text("# nothing yet\n", encoding="utf-8")
    assert LineDecisions.load(tmp_path) == LineDecisions()
    assert LineDecisions().stamp("a", "b") == ""


def test_a_day_written_without_quotes_is_read(tmp_path: Path) -> None:
    (tmp_path / "lines.yaml").write_text(
        "decisions: [{line: a, verdict: drop, scope: '*', when: 2026-01-02}]", encoding="utf-8"
    )
    assert LineDecisions.load(tmp_path).decisions[0].when == "2026-01-02"


def test_decisions_go_to_other_processes() -> None:
    some = LineDecisions((Decision("سطر", "drop", "*"),))
    assert copy.deepcopy(some) == some  # as pickle does, which reading processes are given it by
    assert hash(some) == hash(LineDecisions((Decision("سطر", "drop", "*"),)))


def test_the_stamp_changes_with_what_touches_the_article() -> None:
    none = LineDecisions()
    other = LineDecisions((Decision("سطر", "drop", "صحيفة أخرى"),))
    here = LineDecisions((Decision("سطر", "drop", "السوق"),))
    kept_here = LineDecisions((Decision("سطر", "keep", "السوق"),))
    stamps = [one.stamp("a#", "السوق") for one in (none, other, here, kept_here)]
    assert stamps[0] == stamps[1] == ""
    assert len(set(stamps[1:])) == 3
    swapped = (
        LineDecisions((Decision("س", "keep", "a#"), Decision("س", "drop", "السوق"))),
        LineDecisions((Decision("س", "drop", "a#"), Decision("س", "keep", "السوق"))),
    )
    assert swapped[0].stamp("a#", "السوق") != swapped[1].stamp("a#", "السوق")


def test_a_page_cannot_speak_for_others() -> None:
    assert outlet_scope("*", "a.txt") != "*"
    assert outlet_scope("folder:x", "a.txt") != outlet_scope(None, "x/a.txt")
    assert outlet_scope("", "press/b/a.txt") == "folder:press/b"
    assert outlet_scope(None, "a.txt") == "folder:."


@pytest.mark.parametrize("scope", ["*", FOLDER])
@pytest.mark.parametrize("line", ["اقرأ المزيد", "شارك المقال", "التعليقات", "سطر في آخر الصفحة"])
def test_a_line_that_was_brought_back_stays(line: str, scope: str) -> None:
    text = page(TITLE, BODY, SECOND, line, "الأكثر قراءة", "خبر آخر", "جميع الحقوق محفوظة")
    found = draft(text, Decision(line, "keep", scope))
    assert kept(found) == [TITLE, BODY, SECOND, line]
    assert "خبر آخر" in rules_of(found)


def test_a_menu_entry_a_pull_quote_and_a_date_line_can_be_brought_back() -> None:
    quote = "أعمال الترميم في السوق القديم تبدأ مطلع الشهر المقبل وتستمر ستة أسابيع"
    text = page("الرئيسية", "سياسة", "رأي", "بحث", TITLE, "3/11/2025", BODY, quote, SECOND)
    plain = draft(text)
    assert rules_of(plain)[quote] == "pull-quote"
    found = draft(text, *(Decision(line, "keep", "*") for line in ("رأي", quote, "3/11/2025")))
    assert set(kept(found)) - set(kept(plain)) == {"رأي", quote, "3/11/2025"}
    assert found.metadata.published == plain.metadata.published


def test_a_line_is_dropped_for_good() -> None:
    text = page(TITLE, BODY, "خاص بالموقع", SECOND)
    found = draft(text, Decision("خاص بالموقع", "drop", FOLDER))
    assert kept(found) == [TITLE, BODY, SECOND]
    assert rules_of(found) == {"خاص بالموقع": "dropped by the analyst"}
    learned = draft(text, Decision("خاص بالموقع", "drop", FOLDER, "repetition"))
    assert rules_of(learned) == {"خاص بالموقع": "repeated by the outlet"}
    assert kept(draft(text, Decision("خاص بالموقع", "drop", "folder:other"))) == [
        TITLE,
        BODY,
        "خاص بالموقع",
        SECOND,
    ]


def test_the_narrower_scope_wins() -> None:
    text = page(TITLE, BODY, "خاص بالموقع", SECOND)
    sha256 = read("press/a.txt", text.encode()).members[0].draft.provenance.sha256
    here = Decision("خاص بالموقع", "keep", article_scope(sha256, ""))
    assert "خاص بالموقع" in kept(draft(text, Decision("خاص بالموقع", "drop", "*"), here))
    assert "خاص بالموقع" not in kept(draft(text + "\n.", Decision("خاص بالموقع", "drop", "*"), here))


def test_the_outlet_is_the_scope_where_one_is_stated() -> None:
    footer = "جميع الحقوق محفوظة © صحيفة السوق 2025"
    text = page(TITLE, BODY, "خاص بالموقع", SECOND, footer)
    plain = draft(text)
    assert plain.provenance.scope == plain.metadata.outlet == "صحيفة السوق"
    found = draft(text, Decision("خاص بالموقع", "drop", "صحيفة السوق"), Decision(footer, "drop", "*"))
    assert kept(found) == [TITLE, BODY, SECOND]
    assert found.metadata.outlet == "صحيفة السوق"
    assert found.provenance.scope == plain.provenance.scope


def test_the_place_of_each_removed_line() -> None:
    text = page("بحث", TITLE, "3/11/2025", "شارك المقال", BODY, "اقرأ المزيد", SECOND, "تابعنا", "خبر آخر")
    found = draft(text)
    places = {gone.text: gone.at for gone in found.provenance.removed}
    body, second = found.text.index(BODY), found.text.index(SECOND)
    assert places == {
        "بحث": 0,
        "3/11/2025": body,
        "شارك المقال": body,
        "اقرأ المزيد": second,
        "تابعنا": len(found.text),
        "خبر آخر": len(found.text),
    }


def test_the_workspace_may_have_rules_of_its_own(tmp_path: Path) -> None:
    workspace = create(tmp_path / "case")
    (workspace.root / "chrome.yaml").write_text(
        "rules: [{id: ours, zone: any, pattern: 'خاص بال.+'}]", encoding="utf-8"
    )
    options = ReadOptions.of(workspace)
    found = read("a.txt", page(TITLE, BODY, "خاص بالموقع", SECOND).encode(), options).members[0].draft
    assert rules_of(found) == {"خاص بالموقع": "ours"}
    assert options.lines.stamp("a", "b") != ""
    (workspace.root / "chrome.yaml").write_text("rules: 3", encoding="utf-8")
    with pytest.raises(BadInput, match=r"chrome\.yaml"):
        ReadOptions.of(workspace)
