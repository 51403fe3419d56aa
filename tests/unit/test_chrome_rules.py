"""The shipped rules against lines of chrome, and against lines of articles that look like them."""

from __future__ import annotations

from pathlib import Path

import pytest

from kashaf.corpus.chrome import Place, normal_form, parse_rules, rules_with, shipped_rules
from kashaf.corpus.cleaning import clean, split_lines
from kashaf.corpus.readers import read
from kashaf.errors import BadInput

DATA = Path(__file__).parent / "data"
PLACES: dict[str, tuple[Place, ...]] = {
    "middle": ("middle",),
    "edges": ("top", "end"),
    "end": ("end",),
    "top": ("top",),
}
BODY = (
    "قالت رئيسة البلدية إن أعمال الترميم في السوق القديم تبدأ مطلع الشهر المقبل وتستمر ستة أسابيع على الأقل، وإن"
    " المحال ستبقى مفتوحة في أثناء العمل."
)


def chrome_lines() -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    zone = ""
    for line in (DATA / "chrome_lines.txt").read_text("utf-8").splitlines():
        if line.startswith("[") and line[1:-1] in PLACES:
            zone = line[1:-1]
        elif not line.startswith("# "):
            found.append((zone, line))
    return found


def body_lines() -> list[str]:
    lines = (DATA / "body_lines.txt").read_text("utf-8").splitlines()
    return [line for line in lines if not line.startswith("# ")]


def test_there_are_enough_of_both() -> None:
    assert len(set(chrome_lines())) >= 500
    assert len(set(body_lines())) >= 320


def test_chrome_is_known_where_it_stands() -> None:
    rules = shipped_rules()
    assert [
        (zone, place, line)
        for zone, line in chrome_lines()
        for place in PLACES[zone]
        if rules.find(line, place) is None
    ] == []


def test_what_stands_at_the_edges_only_stays_between_paragraphs() -> None:
    rules = shipped_rules()
    found = [line for zone, line in chrome_lines() if zone != "middle" and rules.find(line, "middle")]
    assert found == []


def test_lines_of_articles_fall_under_no_rule() -> None:
    rules = shipped_rules()
    assert [(line, rule.id) for line in body_lines() for rule in rules.matching(line)] == []


@pytest.mark.parametrize("place", ["top", "middle", "end"])
def test_lines_of_articles_stay_in_a_page(place: str) -> None:
    for line in body_lines():
        lines = {"top": ["عنوان الخبر هنا", line, BODY], "middle": ["عنوان", BODY, line, BODY + " وانتهى."]}
        page = "\n\n".join(lines.get(place, ["عنوان", BODY, line]))
        assert line.strip() in {kept.text for kept in clean(split_lines(page)).kept}, line


def test_a_day_with_dashes_is_no_image_file() -> None:
    for line in ("2025-11-03", "24-oct-2025", "03-نوفمبر-2025", "2025-11-03T10:00:00"):
        assert shipped_rules().matching(line) == ()


def test_corrections_are_part_of_the_article() -> None:
    for line in (
        "تصحيح: ورد في نسخة سابقة أن الكلفة مليون",
        "تنويه: جرى تعديل هذا الخبر",
        "Correction: the date was wrong",
    ):
        assert shipped_rules().matching(line) == ()


def test_the_analysts_own_rules_are_asked_first() -> None:
    own = parse_rules(
        "rules: [{id: mine, zone: any, pattern: 'سوقكم@NETWORK@|اقرأ المزيد'}]", where="chrome.yaml"
    )
    rules = rules_with(own.rules)
    found = rules.find("اقرأ المزيد", "middle")
    assert found is not None
    assert found.id == "mine"
    assert rules.find("شارك المقال", "middle") is not None
    assert rules_with(()) is shipped_rules()


@pytest.mark.parametrize("takes", ["many", "[1]"])
def test_a_rule_that_takes_no_number_of_lines_is_refused(takes: str) -> None:
    with pytest.raises(BadInput):
        parse_rules(f"rules: [{{id: a, zone: any, pattern: b, takes: {takes}}}]", where="chrome.yaml")


def test_normal_form_of_what_is_only_marks() -> None:
    assert normal_form("•••") == "•••"
    assert normal_form(" \u00a0") == ""


@pytest.mark.parametrize(
    "line",
    [
        "a-b" * 60 + " x",
        "ab-1-" * 39 + ".",
        "حفظ pdf " * 24 + "x",
        "facebook messenger " * 10 + "x",
        "#a,,,,," * 28 + " x",
        "تسجيل دخول " * 17 + "x",
        "صغير" * 40,
        "أ" * 199,
        "( " * 99,
        "★ " * 99,
        "> " * 99,
        "copyright " * 19,
        "نستخدم ملفات الارتباط " * 25 + "قال ",
    ],
)
def test_no_line_takes_for_ever(line: str) -> None:
    shipped_rules().matching(line)
    page = "\n".join(["عنوان", BODY, *[line] * 30, BODY + " وانتهى."])
    assert clean(split_lines(page)).kept


def test_a_long_line_of_brackets_is_read_at_once() -> None:
    text = "\n".join(["عنوان", BODY, "(" * 200_000, "[رويترز" * 20_000, BODY + " وانتهى."])
    assert len(read("a.txt", text.encode()).members[0].draft.kinds) == 5


@pytest.mark.parametrize(
    "pattern", ["(" * 150 + "a" + ")" * 150, "[ab]" * 40, "(a|b|c|d)" * 30, "(?<=a)b", "a{2}b*?", "\\\\"]
)
def test_any_pattern_of_the_analyst_is_taken(pattern: str) -> None:
    written = "rules:\n  - {id: mine, zone: any, pattern: '" + pattern + "'}"
    parse_rules(written, where="chrome.yaml").matching("ab")
