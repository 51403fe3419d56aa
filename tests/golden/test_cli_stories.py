"""Stories on the command line, over a wire item that three outlets print: byte for byte, and in text."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from tests.cli_support import kashaf, unsafe
from tests.golden_support import assert_golden

GOLDEN = Path(__file__).parent / "stories"

BODY = (
    "افتتح وزير الأشغال مروان الحلبي صباح الأحد جسر الوادي الذي يربط ضفتي النهر.\n"
    "وقال الوزير إن الجسر سيخفف الازدحام عن وسط المدينة ويختصر الطريق إلى الميناء نصف ساعة.\n"
    "وأوضحت هيئة الطرق أن العمل كلف سبعة ملايين دينار دفعت الحكومة نصفها.\n"
    "وستعبر الحافلات الجسر ابتداء من الأسبوع المقبل، وستمنع الشاحنات من المرور نهارا.\n"
)
WEEK = (
    "تراجعت أسعار السمك في سوق المرفأ بعد عودة القوارب إلى البحر، وقال تاجر إن الأسعار ستبقى منخفضة.\n"
    "واستقبلت مدرسة الحي تلاميذها الجدد في حفل صغير حضره الأهل وألقى فيه المدير كلمة عن القراءة.\n"
    "وتأجلت مباراة الكرة إلى نهاية الشهر بسبب المطر الذي أغرق الملعب وقطع الطريق إليه يومين كاملين.\n"
    f"{BODY}"
    "وفي السوق القديم افتتح ثلاثة شبان مكتبة تبيع الكتب المستعملة وتعيرها للطلاب بلا مقابل كل مساء.\n"
    "وانتهت بلدية المدينة من زراعة مئة شجرة على الطريق الساحلي بدلا من التي اقتلعتها عاصفة الشتاء.\n"
)
#: Title, body, outlet, date.
ARTICLES = (
    ("افتتاح جسر الوادي بعد عامين من العمل", BODY, "وكالة الضفة", "2024-05-12"),
    ("جسر الوادي يفتح أبوابه", BODY.replace("سبعة", "ثمانية"), "صحيفة المنارة", "2024-05-13"),
    ("جسر جديد فوق النهر", f"{BODY}ولم يحضر أحد من سكان الحي القديم.", "صحيفة المساء", "2024-05-13"),
    ("الأسبوع في المدينة", WEEK, "صحيفة المنارة", "2024-05-19"),
    ("أسعار السمك", "تراجعت أسعار السمك في سوق الجسر هذا الأسبوع.", "صحيفة المساء", None),
)

COMMANDS = {
    "search_group": ["search", "جسر", "--group", "--facets"],
    "search_group_by_date": ["search", "*", "--group", "--sort", "date", "--limit", "2"],
    "kwic_group": ["kwic", "الحافلات", "--group"],
    "frequencies_group": ["kwic", "جسر", "--group", "--frequencies"],
    "stories": ["stories"],
    "story": ["stories", "ID"],
    "story_diff": ["stories", "ID", "--diff"],
    "stats": ["stats"],
}


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("stories")
    fields = ("title", "content", "source", "published")
    rows = [json.dumps(dict(zip(fields, row, strict=True)), ensure_ascii=False) for row in ARTICLES]
    path = folder / "stick" / "press.jsonl"
    path.parent.mkdir()
    path.write_text("\n".join(rows), encoding="utf-8")
    assert kashaf("-w", folder / "case", "index", path.parent).code == 0
    return folder / "case"


def id_of(case: Path, query: str) -> str:
    return str(kashaf("-w", case, "search", query, "--json").json["hits"][0]["id"])


def arguments(case: Path, name: str) -> list[str]:
    return [id_of(case, 'title:"جسر جديد فوق النهر"') if one == "ID" else one for one in COMMANDS[name]]


def steady(data: bytes) -> bytes:
    return re.sub(rb'("(?:seconds|generation)": )(?:[0-9.e-]+|"[^"]*")', rb"\1null", data)


@pytest.mark.parametrize("name", COMMANDS)
def test_json(case: Path, name: str) -> None:
    ran = kashaf("-w", case, *arguments(case, name), "--json")
    assert ran.code == 0
    assert_golden(GOLDEN / f"{name}.json", steady(ran.out))


@pytest.mark.parametrize("name", ["search_group", "stories", "story", "story_diff"])
def test_text(case: Path, name: str) -> None:
    ran = kashaf("-w", case, *arguments(case, name))
    assert ran.code == 0
    assert_golden(GOLDEN / f"{name}.txt", ran.out)
    assert not unsafe(ran.out.decode())


def test_every_golden_file_is_some_command_s() -> None:
    assert {path.stem for path in GOLDEN.iterdir()} == COMMANDS.keys()


def test_nothing_is_grouped_unless_asked(case: Path) -> None:
    value = kashaf("-w", case, "search", "النهر", "--json").json
    assert value["total"] == 4
    assert "stories" not in value
    assert all("story" not in hit for hit in value["hits"])


def test_two_articles_are_compared_whether_they_are_a_story_or_not(case: Path) -> None:
    one, other = id_of(case, 'title:"أسعار السمك"'), id_of(case, 'title:"الأسبوع في المدينة"')
    (compared,) = kashaf("-w", case, "stories", one, other, "--diff", "--json").json
    assert (compared["a"]["id"], compared["b"]["id"]) == (one, other)
    shown = kashaf("-w", case, "show", one, "--json").json["text"]
    for difference in compared["differences"]:
        start, end = difference["a"]
        assert shown[start:end] == difference["text_a"]


def test_an_article_that_stands_alone_says_so(case: Path) -> None:
    alone = id_of(case, 'title:"أسعار السمك"')
    value = kashaf("-w", case, "stories", alone, "--json").json
    assert (value["id"], value["kind"], len(value["articles"]), value["held"]) == (alone, None, 1, [])
    ran = kashaf("-w", case, "stories", alone, "--diff", "--json")
    assert (ran.json, ran.err) == ([], b"no other article has this text\n")


@pytest.mark.parametrize("wrong", [["--diff"], ["a", "b"], ["a", "b", "c", "--diff"]])
def test_wrong_usage_is_said(case: Path, wrong: list[str]) -> None:
    assert kashaf("-w", case, "stories", *wrong).code == 2


def test_an_unknown_article_is_not_found(case: Path) -> None:
    assert kashaf("-w", case, "stories", "zzzz").code == 4


def test_a_lost_store_is_said_and_made_again(case: Path) -> None:
    for file in (case / ".kashaf" / "stories").iterdir():
        file.unlink()
    ran = kashaf("-w", case, "search", "*", "--group", "--json")
    assert ran.json["total"] == len(ARTICLES)
    assert b"5 articles have not been compared" in ran.err
    assert kashaf("-w", case, "index").code == 0
    assert kashaf("-w", case, "search", "*", "--group", "--json").json["total"] == 3
