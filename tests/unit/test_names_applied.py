"""Names in force, everywhere at once: the store, queries, the command; and which articles are read again."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from tests.cli_support import kashaf
from tests.reading_support import read_case

from kashaf.entities.model import EntityKey
from kashaf_index.mentions import holders, pending, reading_of, update_mentions
from kashaf_index.model import Query
from kashaf_tui.session import Session

TEXTS = {
    "one": "زيارة الموفد\n\n12 مايو 2024\n\nقال المبعوث توم الكوثراني في دمشق إن المرفأ جاهز. وغادر توم الكوثراني.\n",
    "two": "لقاء في المدينة\n\n13 مايو 2024\n\nوصل المبعوث توماس الكوثراني إلى دمشق، والتقى الوزير عدنان الشيخاني.\n",
    "three": "سوق السمك\n\n14 مايو 2024\n\nقال الوزير عدنان الشيخاني إن سوق وادي السدر مفتوحة.\n",
    "four": "لا أحد\n\nتراجعت الأسعار هذا الأسبوع في كل الأسواق.\n",
}
ADNAN = EntityKey("person", "عدنان الشيخاني")
TOM = EntityKey("person", "توم الكوثراني")


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return read_case(tmp_path_factory.mktemp("names"), TEXTS).workspace.root


@pytest.fixture
def session(origin: Path, tmp_path: Path) -> Session:
    return Session(shutil.copytree(origin, tmp_path / "case"))


def found(session: Session, query: str) -> set[str]:
    ids = session.searcher.matching_ids(Query(query))
    return {session.searcher.article(id_).provenance.path.removesuffix(".txt") for id_ in ids}


def people(session: Session) -> dict[str, int]:
    return {row.name: row.articles for row in session.mentions.table("person")}


def test_variants_are_one_and_say_why(session: Session) -> None:
    (name,) = (name for name in people(session) if "الكوثراني" in name)
    assert people(session)[name] == 2
    key = EntityKey("person", name)
    variants = session.mentions.variants([key])[key]
    assert {one.form for one in variants} == {"توم الكوثراني", "توماس الكوثراني"}
    assert "short form" in {one.link for one in variants}
    for query in ('person:"توم الكوثراني"', 'person:"توماس الكوثراني"', "person:الكوثراني"):
        assert found(session, query) == {"one", "two"}


def test_a_link_is_undone(session: Session) -> None:
    (name,) = (name for name in people(session) if "الكوثراني" in name)
    other = "توماس الكوثراني" if name == TOM.name else TOM.name
    session.curation.apart(EntityKey("person", name), other)
    assert session.apply_names() == frozenset()
    assert people(session)[name] == people(session)[other] == 1
    assert session.curation.undo() is not None
    session.apply_names()
    assert people(session)[name] == 2


def test_merged_names_are_found_by_each(session: Session) -> None:
    session.curation.merge([TOM, EntityKey("person", "توماس الكوثراني")], ADNAN)
    session.apply_names()
    assert people(session) == {ADNAN.name: 3}
    for query in (f'person:"{TOM.name}"', f'person:"{ADNAN.name}"'):
        assert found(session, query) == {"one", "two", "three"}
    assert pending(session.searcher, session.mentions, session.name_book) == 0
    # Another process sees it, and what a query is expanded by.
    other = Session(session.workspace.root)
    assert people(other) == {ADNAN.name: 3}
    why = {
        reason for hit in other.searcher.search(Query(f'"{ADNAN.name}"')).hits for reason in map(str, hit.why)
    }
    assert any(f"alias {ADNAN.name}" in reason for reason in why)
    session.curation.undo()
    session.apply_names()
    assert people(session)[ADNAN.name] == 2


def test_a_split_a_rename_a_retype_and_hiding(session: Session) -> None:
    three = next(
        id_ for id_ in session.searcher.ids() if "سوق" in session.searcher.article(id_).metadata.title
    )
    session.curation.split(ADNAN, [three], "عدنان الشيخاني (السوق)")
    session.apply_names()
    assert (people(session)[ADNAN.name], people(session)["عدنان الشيخاني (السوق)"]) == (1, 1)
    assert found(session, 'person:"عدنان الشيخاني (السوق)"') == {"three"}
    assert "analyst" in {one.link for one in session.mentions.for_article(three)}
    session.curation.rename(ADNAN, "الوزير الشيخاني")
    session.curation.retype(EntityKey("place", "دمشق"), "organization")
    session.apply_names()
    assert people(session)["الوزير الشيخاني"] == 1
    assert ("organization", "دمشق") in {(row.type, row.name) for row in session.mentions.table()}
    session.curation.hide(EntityKey("organization", "دمشق"))
    session.apply_names()
    assert "دمشق" not in {row.name for row in session.mentions.table()}


def test_only_articles_with_a_changed_name_are_read_again(session: Session) -> None:
    session.workspace.names_file.write_text(
        "places:\n  - {name: سوق وادي السدر, english: Sidr Market}\n", "utf-8"
    )
    again = session.apply_names()
    assert {session.searcher.article(id_).provenance.path for id_ in again} == {"three.txt"}
    assert pending(session.searcher, session.mentions, session.name_book) == 0
    assert found(session, 'place:"سوق وادي السدر"') == {"three"}
    assert found(session, 'place:"Sidr Market"') == {"three"}
    assert session.apply_names() == frozenset()


def test_a_glued_letter_hides_no_name_from_the_index(session: Session) -> None:
    assert len(holders(session.searcher, ["مدينه"])) == 1
    assert len(holders(session.searcher, ["موفد", "اسواق"])) == 2


def test_an_alias_is_true_before_anything_is_read(session: Session) -> None:
    text = "people:\n  - {name: عدنان الكبير, aliases: [عدنان الشيخاني]}\n"
    session.workspace.names_file.write_text(text, "utf-8")
    book = session.name_book
    session.mentions.learn(book.for_reading, None)
    assert people(session)["عدنان الكبير"] == 2
    assert pending(session.searcher, session.mentions, book) == len(TEXTS)


def test_an_article_that_waits_is_shown_as_decided(session: Session) -> None:
    session.curation.rename(ADNAN, "الوزير الشيخاني")
    session.apply_names()
    session.mentions.forget(session.mentions.known_ids())
    three = next(
        id_ for id_ in session.searcher.ids() if "سوق" in session.searcher.article(id_).metadata.title
    )
    names = {
        one.name
        for one in reading_of(session.searcher.article(three), session.mentions, session.name_book).mentions
    }
    assert "الوزير الشيخاني" in names
    assert ADNAN.name not in names


def test_a_book_with_a_fault_is_said_and_everything_goes_on(session: Session) -> None:
    case = session.workspace.root
    names = session.workspace.names_file
    names.write_text("places: [وادي السدر]\n", "utf-8")
    session.apply_names()
    names.write_text("places:\n  - وادي السدر\n  - {name: x, aliases: [\n", "utf-8")
    ran = kashaf("-w", case, "entities", "--json")
    assert ran.code == 0
    assert "names.yaml, line" in ran.messages
    assert "last good" in ran.messages
    assert ran.json
    assert kashaf("-w", case, "search", 'place:"وادي السدر"', "--json").json["total"] == 1
    assert Session(case).name_problems


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (
            "people:\n  - {name: أحمد علي, aliases: [علي أحمد]}\n  - {name: علي أحمد, aliases: [أحمد علي]}\n",
            3,
        ),
        ("people:\n  - أحمد علي\n  - سليم حداد\n  - {name: أحمد عليّ}\n", 4),
        ("a: &a [x, x]\nb: &b [*a, *a]\npeople: [*b]\n", 1),
        ("people:\n  - {name: أحمد علي, kind: man}\n", 2),
        ("people: [\n", 2),
        ("people:\n- ok\n- '—'\n", 3),
    ],
)
def test_a_bad_book_names_the_line_and_the_cure(session: Session, text: str, line: int) -> None:
    session.workspace.names_file.write_text(text, "utf-8")
    (problem,) = session.name_problems
    assert problem.where == f"names.yaml, line {line}"
    assert problem.cure
    assert session.name_book.names


def test_the_command(session: Session) -> None:
    case = session.workspace.root
    rows = kashaf("-w", case, "entities", "--type", "person", "--json").json
    assert set(rows[0]) == {
        "name", "type", "articles", "mentions", "variants", "last", "surprise", "english",
    }  # fmt: skip
    assert set(rows[0]["variants"][0]) == {"form", "count", "why"}
    places = kashaf("-w", case, "entities", "--type", "place", "--named", "دمش", "--json").json
    assert [(row["name"], row["english"], row["last"]) for row in places] == [
        ("دمشق", "Damascus", "2024-05-13")
    ]
    search = ("entities", "--search", "السمك", "--sort", "surprise", "--json")
    surprising = kashaf("-w", case, *search).json
    assert surprising[0]["surprise"] >= surprising[-1]["surprise"]
    table = kashaf("-w", case, "entities", "--csv")
    assert table.text.splitlines()[0] == "name,type,articles,mentions,last,surprise,english,variants"
    assert kashaf("-w", case, "entities", "--csv", "--json").code == 2
    session.mentions.forget(session.mentions.known_ids())
    assert "have not been read" in kashaf("-w", case, "entities").messages
    assert json.loads(kashaf("-w", case, "entities", "--update", "--jobs", "1", "--json").out)


def test_decisions_outlive_the_store(session: Session) -> None:
    session.curation.rename(ADNAN, "الوزير الشيخاني")
    session.apply_names()
    session.mentions.path.unlink()
    session.apply_names()
    other = Session(session.workspace.root)
    update_mentions(other.searcher, other.mentions, other.name_book)
    assert people(other)["الوزير الشيخاني"] == 2
    other.mentions.path.write_bytes(b"not a database" * 500)
    update_mentions(other.searcher, other.mentions, other.name_book)
    assert people(other)["الوزير الشيخاني"] == 2
