"""The JSON of the command line over a small corpus, byte for byte, and the shapes that are promised for it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.cli_support import kashaf, spawn
from tests.golden_support import assert_golden

GOLDEN = Path(__file__).parent / "cli"

FILES = {
    "bridge.txt": (
        "افتتاح جسر الوادي بعد عامين من العمل\n"
        "صحيفة المنارة\n"
        "12 مايو 2024\n"
        "\n"
        "افتتح وزير الأشغال مروان الحلبي صباح الأحد جسر الوادي الذي يربط ضفتي النهر، "
        "وقال إن الجسر سيخفف الازدحام عن وسط المدينة.\n"
        "\n"
        "وأوضحت هيئة الطرق الساحلية أن العمل في الجسر كلف سبعة ملايين دينار، "
        "وأن الحافلات ستعبر الجسر ابتداء من الأسبوع المقبل.\n"
    ),
    "market.txt": (
        "أسعار السمك تتراجع في سوق المرفأ\n"
        "\n"
        "تراجعت أسعار السمك في سوق المرفأ هذا الأسبوع بعد عودة القوارب إلى البحر، "
        "وقال التاجر سليم حداد إن الأسعار ستبقى منخفضة حتى نهاية الشهر.\n"
        "\n"
        "ولم تعلق هيئة الطرق على إغلاق الطريق المؤدي إلى السوق.\n"
    ),
    "wire.jsonl": (
        '{"id": "w-1", "title": "هطس تعلن عن طريق جديد", "content": "أعلنت هطس يوم الأربعاء عن طريق ساحلي جديد يمر '
        'قرب الوزارة القديمة.\\nوقال مروان الحلبي إن الطريق سيفتح في الصيف.", "source": "وكالة الضفة", '
        '"author": "هالة نصار", "published": "2024-06-05"}\n'
        '{"id": "w-2", "title": "مدرسة الوادي تستقبل التلاميذ", "content": "استقبلت مدرسة الوادي تلاميذها، وعبرت '
        'الحافلات الجسر الجديد لأول مرة.", "source": "وكالة الضفة", "published": "2024-06-20"}\n'
        '{"id": "w-3", "title": "بلا نص", "content": ""}\n'
    ),
}
NAMES = 'organizations:\n  - name: هيئة الطرق الساحلية\n    aliases: [هيئة الطرق, "هطس"]\n'

COMMANDS = {
    "search": ["search", "الطريق", "--facets"],
    "search_phrase": ["search", '"جسر الوادي"', "--rung", "folded"],
    "search_negation": ["search", "هيئة -السمك"],
    "search_any_by_date": ["search", "جسر طريق", "--match", "any", "--sort", "date", "--limit", "2", "--offset", "1"],
    "search_nothing": ["search", "قطار"],
    "kwic": ["kwic", "جسر", "--width", "25"],
    "entities": ["entities"],
    "entities_type": ["entities", "--type", "organization", "--search", "السوق"],
    "stats": ["stats"],
}  # fmt: skip


@pytest.fixture(scope="module")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes]:
    """A workspace with the corpus, and what indexing it printed."""
    folder = tmp_path_factory.mktemp("golden")
    for name, text in FILES.items():
        path = folder / "stick" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    case = folder / "case"
    assert kashaf("init", case).code == 0
    (case / "names.yaml").write_text(NAMES, encoding="utf-8")
    ran = kashaf("-w", case, "index", folder / "stick", "--json")
    assert ran.code == 3
    assert kashaf("-w", case, "entities", "--update", "--json").code == 0
    return case, ran.out.replace(str(folder).encode(), b"FOLDER")


@pytest.fixture(scope="module")
def case(indexed: tuple[Path, bytes]) -> Path:
    return indexed[0]


def steady(data: bytes) -> bytes:
    """The bytes without what differs from run to run."""
    names = b"seconds|generation|created|report|imported|version"
    return re.sub(rb'("(?:%b)": )(?:[0-9.e-]+|"[^"]*")' % names, rb"\1null", data)


def article_id(case: Path, query: str) -> str:
    return str(kashaf("-w", case, "search", query, "--json").json["hits"][0]["id"])


def test_index(indexed: tuple[Path, bytes]) -> None:
    assert_golden(GOLDEN / "index.json", steady(indexed[1]))


def test_index_again(indexed: tuple[Path, bytes], case: Path) -> None:
    ran = kashaf("-w", case, "index", "--json")
    assert_golden(GOLDEN / "index_again.json", steady(ran.out.replace(str(case.parent).encode(), b"FOLDER")))


@pytest.mark.parametrize("name", COMMANDS)
def test_command(case: Path, name: str) -> None:
    ran = kashaf("-w", case, *COMMANDS[name], "--json")
    assert ran.code == 0
    assert_golden(GOLDEN / f"{name}.json", steady(ran.out))


@pytest.mark.parametrize("title", ["جسر الوادي", "هطس"])
def test_show(case: Path, title: str) -> None:
    ran = kashaf("-w", case, "show", article_id(case, f'title:"{title}"'), "--json")
    assert_golden(GOLDEN / f"show_{'bridge' if 'جسر' in title else 'wire'}.json", steady(ran.out))


def test_a_process_of_its_own_writes_the_same_bytes(case: Path) -> None:
    for arguments in (COMMANDS["search"], COMMANDS["entities"]):
        within, apart = (run("-w", case, *arguments, "--json") for run in (kashaf, spawn))
        assert steady(apart.out) == steady(within.out)


def test_every_golden_file_is_some_command_s() -> None:
    shown = {"index", "index_again", "show_bridge", "show_wire"}
    assert {path.stem for path in GOLDEN.iterdir()} == COMMANDS.keys() | shown


# The shapes of the contract; keys may come, never go.


def test_shape_of_index(indexed: tuple[Path, bytes], case: Path) -> None:
    value = kashaf("-w", case, "index", "--json").json
    assert value.keys() >= {"added", "updated", "unchanged", "removed", "failed", "articles", "seconds"}
    assert [failure.keys() for failure in value["failed"]] == [{"path", "reason"}]
    assert isinstance(value["seconds"], float)


def test_shape_of_search(case: Path) -> None:
    value = kashaf("-w", case, "search", "الطريق", "--facets", "--json").json
    assert value.keys() >= {"query", "total", "rungs", "hits", "facets", "seconds"}
    assert value["rungs"].keys() >= {"exact", "folded", "stem"}
    assert value["total"] == len(value["hits"]) == value["rungs"]["stem"] == 2
    for hit in value["hits"]:
        assert hit.keys() >= {
            "id", "title", "source", "published", "score", "rung", "why", "path", "snippets",
        }  # fmt: skip
        assert hit["why"]
        assert all(snippet.keys() >= {"text", "start", "spans"} for snippet in hit["snippets"])
    assert "facets" not in kashaf("-w", case, "search", "الطريق", "--json").json


def test_shape_of_kwic(case: Path) -> None:
    for line in kashaf("-w", case, "kwic", "جسر", "--json").json:
        assert line.keys() >= {"left", "node", "right", "id", "start", "end"}


def test_shape_of_show(case: Path) -> None:
    value = kashaf("-w", case, "show", article_id(case, "هطس"), "--json").json
    assert value.keys() >= {
        "id", "title", "source", "author", "published", "language", "path", "sha256", "text", "entities",
    }  # fmt: skip
    assert (value["published"], value["source"], value["author"]) == (
        "2024-06-05",
        "وكالة الضفة",
        "هالة نصار",
    )
    for entity in value["entities"]:
        assert entity.keys() >= {"name", "type", "mentions"}


def test_shape_of_entities(case: Path) -> None:
    rows = kashaf("-w", case, "entities", "--json").json
    for row in rows:
        assert row.keys() >= {"name", "type", "articles", "mentions", "variants"}
        assert [form.keys() for form in row["variants"]] == [{"form", "count", "why"}] * len(row["variants"])
    roads = next(row for row in rows if row["name"] == "هيئة الطرق الساحلية")
    assert {form["form"] for form in roads["variants"]} == {"هيئة الطرق الساحلية", "هيئة الطرق", "هطس"}
    assert (roads["articles"], roads["mentions"]) == (3, 4)
