"""Annotations that come again: known by their names, and merged with what was made of them since."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tests.exchange_support import NOW, PAGE, annotation, imported, library, on_the_web, one, revised
from tests.notes_support import TEXT

from kashaf.notes.merge import merge_records
from kashaf.notes.versions import amended
from kashaf.notes.view import conflicts


def test_ids_are_the_same_whenever_a_file_is_read() -> None:
    known = "5b2e6c9a-8f3d-4b9e-9d51-2a4a3b1c0d9e"
    assert one(annotation(id=f"urn:uuid:{known.upper()}")).id == known
    nameless = {key: value for key, value in annotation().items() if key != "id"}
    assert one(nameless).id == one(dict(reversed(nameless.items()))).id
    assert one(nameless).id != one(nameless | {"body": "x:y"}).id


def test_a_time_that_nobody_said_is_that_of_the_import() -> None:
    assert (one(annotation()).created, one(annotation()).modified) == (NOW, NOW)
    for time in (
        "yesterday",
        "2025-13-01T00:00:00Z",
        5,
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:00:00-14:00",
    ):
        assert one(annotation(created=time)).created == NOW
    assert one(annotation(created="2025-05-01")).created == "2025-05-01T00:00:00Z"


def test_importing_again_adds_nothing_even_when_the_article_changed() -> None:
    made = one(annotation())
    assert imported(annotation(), ours=(made,)).notes == ()
    moved = revised(on_the_web(), "سطر جديد\n" + TEXT)
    found = imported(annotation(), ours=(made,), articles=library(moved))
    assert (found.notes, found.known) == ((), (made.id,))


def test_a_text_of_blanks_is_none() -> None:
    row = {"id": "a1", "user": "acct:a@x", "uri": PAGE, "text": "\n \n"}
    made = one(row | {"target": [{"selector": [{"type": "TextQuoteSelector", "exact": TEXT[:9]}]}]})
    assert (made.body, made.kind) == ("", "highlight")


def test_a_note_of_blanks_is_known_again_in_a_format_that_has_no_place_for_them() -> None:
    made = one(annotation(body=None))
    blank = amended(made, replace(made, body="\n\n"), at="2025-07-01T00:00:00Z", author="سعاد")
    assert blank is not None
    bare = replace(blank, versions=blank.versions[1:])
    assert imported(annotation(body=None), ours=(bare,)).notes == ()


def test_what_its_program_changed_comes_as_a_version_made_from_what_it_said_before() -> None:
    def state(number: int) -> dict[str, Any]:
        return annotation(body={"value": f"{number}"}, modified=f"2025-06-0{number}T00:00:00Z")

    made = one(state(1))
    assert made.extra == {"origin": {"id": annotation()["id"], "modified": "2025-06-01T00:00:00Z"}}
    edited = amended(made, replace(made, tags=("لي",)), at="2025-07-01T00:00:00Z", author="سعاد")
    assert edited is not None
    news = one(state(2), ours=(edited,))
    assert news.versions[0] == made.versions[0]
    assert news.versions[1].parents == (made.versions[0].id,)
    assert news.versions[1].changes == {"body": "2", "extra": news.extra}
    assert news.versions[1].at == "2025-06-02T00:00:00Z"
    # What was done here stands beside it, and there is nothing to settle, now or the next time.
    (both,) = merge_records([edited], [], [], [news], []).live
    assert (both.body, both.tags, conflicts(both)) == ("2", ("لي",), ())
    for known in (state(1), state(2)):
        assert imported(known, ours=(both,)).notes == ()
    third = one(state(3), ours=(both,))
    assert third.versions[2].parents == (news.versions[1].id,)
    (all_three,) = merge_records([both], [], [], [third], []).live
    assert (all_three.body, all_three.tags, conflicts(all_three)) == ("3", ("لي",), ())
    # But where the analyst wrote too, that is hers to settle.
    mine = amended(made, replace(made, body="رأيي"), at="2025-07-01T00:00:00Z", author="سعاد")
    assert mine is not None
    (report,) = merge_records([mine], [], [], [one(state(2), ours=(mine,))], []).contested
    assert [conflict.field for conflict in report.conflicts] == ["body"]
