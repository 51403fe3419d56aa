"""Annotations of Hypothesis, as its API and its client give them."""

from __future__ import annotations

from typing import Any

import pytest
from tests.exchange_support import NOW, PAGE, imported, library, one
from tests.notes_support import TEXT

from kashaf.errors import BadInput
from kashaf.export.foreign import stable_id
from kashaf.notes.model import ArticleTarget

SELECTORS = [
    {
        "type": "RangeSelector",
        "startContainer": "/div[2]/p[3]",
        "startOffset": 31,
        "endContainer": "/div[2]/p[3]",
        "endOffset": 43,
    },
    {"type": "TextPositionSelector", "start": 2156, "end": 2168},
    {
        "type": "TextQuoteSelector",
        "exact": "مليوني دينار",
        "prefix": "\n\n  وقال رئيس البلدية إن الترميم كلف ",
        "suffix": "، وإن التجار\n سيدفعون نصف الإيجار",
    },
]


def row(**fields: Any) -> dict[str, Any]:
    """An annotation as the API gives it."""
    return {
        "id": "AbCdEfGhIjKlMnOpQrStUv",
        "created": "2025-05-01T10:00:00.123456+00:00",
        "updated": "2025-05-02T11:30:00.654321+00:00",
        "user": "acct:mona@hypothes.is",
        "user_info": {"display_name": None},
        "uri": PAGE,
        "text": "من أين الرقم؟",
        "tags": ["ميناء", "مال"],
        "group": "__world__",
        "permissions": {"read": ["group:__world__"]},
        "target": [{"source": PAGE, "selector": SELECTORS}],
        "document": {"title": ["بلدية المرفأ"]},
        "links": {"html": "https://hypothes.is/a/AbCdEfGhIjKlMnOpQrStUv"},
        "hidden": False,
        "flagged": False,
    } | fields


def test_an_annotation_becomes_a_note_on_its_words() -> None:
    made = one({"total": 1, "rows": [row()]})
    assert TEXT[slice(*made.place)] == made.quote == "مليوني دينار"
    assert (made.body, made.tags, made.kind) == ("من أين الرقم؟", ("ميناء", "مال"), "note")
    assert (made.author, made.created, made.modified) == (
        "mona",
        "2025-05-01T10:00:00Z",
        "2025-05-02T11:30:00Z",
    )
    assert made.id == stable_id("https://hypothes.is/a/AbCdEfGhIjKlMnOpQrStUv")


def test_the_same_annotation_as_json_ld_is_the_same_note() -> None:
    w3c = {
        "type": "Annotation",
        "id": "https://hypothes.is/a/AbCdEfGhIjKlMnOpQrStUv",
        "body": [{"type": "TextualBody", "value": "من أين الرقم؟", "format": "text/markdown"}],
        "target": [{"source": PAGE, "selector": SELECTORS}],
    }
    assert one(w3c).id == one(row()).id


@pytest.mark.parametrize(
    "document",
    [
        row(),
        [row()],
        {"rows": [row()], "total": 1},
        {"rows": [row()], "replies": [], "total": 1},
        {
            "export_date": "2025-06-01",
            "export_userid": "acct:x@h",
            "client_version": "1",
            "annotations": [row()],
        },
        {"annotations": [row(), row()]},
    ],
)
def test_what_the_api_and_the_clients_give(document: Any) -> None:
    assert one(document) == one([row()])


def test_the_form_of_other_tools() -> None:
    flat = {
        "id": "x1",
        "url": PAGE,
        "updated": "2025-05-02T11:30:00+00:00",
        "user": "mona",
        "text": "من أين؟",
        "quote": "مليوني دينار",
        "tags": [],
        "refs": [],
        "isReply": False,
        "title": "بلدية المرفأ",
    }
    made = one([flat])
    assert (made.quote, made.author, made.created) == ("مليوني دينار", "mona", "2025-05-02T11:30:00Z")


def test_a_page_note_is_on_the_article_and_a_highlight_has_no_words_of_its_own() -> None:
    made = one(row(target=[{"source": PAGE}]))
    assert isinstance(made.target, ArticleTarget)
    made = one(row(text="", tags=[]))
    assert (made.kind, made.body) == ("highlight", "")
    assert one(row(user_info={"display_name": "منى"})).author == "منى"


def test_replies_are_notes_on_the_same_words() -> None:
    first = row(
        id="R1", text="من الميزانية", references=["AbCdEfGhIjKlMnOpQrStUv"], target=[{"source": PAGE}]
    )
    second = row(id="R2", text="شكرا", references=["AbCdEfGhIjKlMnOpQrStUv", "R1"], target=[{"source": PAGE}])
    found = imported({"rows": [row()], "replies": [second, first], "total": 3})
    assert found.refused == ()
    assert {made.quote for made in found.notes} == {"مليوني دينار"}
    by_body = {made.body: made for made in found.notes}
    assert by_body["من الميزانية"].extra["reply_to"] == by_body["من أين الرقم؟"].id
    assert by_body["شكرا"].extra["reply_to"] == by_body["من الميزانية"].id
    # One whose conversation is elsewhere is about the page.
    alone = one([first])
    assert isinstance(alone.target, ArticleTarget)
    assert alone.extra["reply_to"] == by_body["من أين الرقم؟"].id


def test_positions_and_ranges_of_a_page_alone_are_of_no_use() -> None:
    found = imported([row(target=[{"source": PAGE, "selector": SELECTORS[:2]}])])
    assert found.notes == ()
    assert "RangeSelector, TextPositionSelector only" in found.refused[0].reason
    assert found.refused[0].what == "من أين الرقم؟"
    pdf = [{"source": PAGE, "selector": [{"type": "PageSelector", "index": 2}]}]
    assert isinstance(one([row(target=pdf)]).target, ArticleTarget)


def test_a_page_that_is_not_here() -> None:
    for uri in ("https://x.example/", "urn:x-pdf:0123456789abcdef", "file:///media/paper.pdf"):
        elsewhere = row(uri=uri, target=[{"source": uri, "selector": SELECTORS}])
        assert f"no article here answers to {uri}" in imported([elsewhere]).refused[0].reason
        assert one([elsewhere], articles=library(given="0a1b2c3d4e5f")).quote == "مليوني دينار"
    linked = row(
        uri="https://x.example/", target=[], document={"link": [{"href": PAGE}]}, quote="مليوني دينار"
    )
    assert one([linked]).article_id == "0a1b2c3d4e5f"


def test_markup_stays_text() -> None:
    text = "<script>alert(1)</script> **b** [x](javascript:alert(1)) \x1b[31m\u202e"
    assert one(row(text=text)).body == "<script>alert(1)</script> **b** [x](javascript:alert(1)) "


def test_importing_again_adds_nothing_and_changes_come_as_versions() -> None:
    made = one(row())
    assert imported(row(), ours=(made,)).notes == ()
    news = one(row(text="صححت", updated="2025-06-01T00:00:00Z"), ours=(made,))
    assert news.versions[0] == made.versions[0]
    assert (news.versions[1].changes or {})["body"] == "صححت"
    (refused,) = imported([row(), row(text="غيرها")]).refused
    assert refused.reason == "its id stands twice, with two contents"


@pytest.mark.parametrize(
    "fields",
    [
        {"id": 5, "tags": "x", "references": "y", "text": None, "user": ["z"], "document": [], "links": 0},
        {"user_info": [], "created": 5, "updated": {}, "tags": [None, 5, "ميناء"], "references": [None, {}]},
        {
            "document": {"title": 5, "link": "x"},
            "title": [],
            "target": [None, 5, {"source": 5, "selector": SELECTORS}],
        },
    ],
)
def test_fields_of_other_types_are_passed_over(fields: dict[str, Any]) -> None:
    assert one([row(**fields)]).quote == "مليوني دينار"


@pytest.mark.parametrize("document", [{"rows": {}}, {"rows": [], "total": 0, "annotations": 5}, 5, "x", {}])
def test_what_is_none(document: Any) -> None:
    if isinstance(document, dict) and isinstance(document.get("rows"), list):
        assert imported(document).notes == ()
        return
    with pytest.raises(BadInput, match="no annotations of Hypothesis"):
        imported(document, form="hypothesis")


CSV = (
    "Creation Date,URL,Group,Annotation/Reply Type,Quote,User,Body,Tags,Page\n"
    f'2025-05-01 10:00,{PAGE},Public,Annotation,مليوني دينار,mona,"من أين، ""الرقم""؟\nسطر","ميناء,مال",\n'
    f"2025-05-01 10:05,{PAGE},Public,Reply,,khaled,من الميزانية,,\n"
)


def test_the_csv_of_its_client() -> None:
    for data in (CSV, "\ufeff" + CSV, CSV.replace("\n", "\r\n")):
        found = imported(data.encode())
        first, second = found.notes
        assert (first.quote, first.tags, first.author) == ("مليوني دينار", ("ميناء", "مال"), "mona")
        assert first.body == 'من أين، "الرقم"؟\nسطر'
        assert first.created == "2025-05-01T10:00:00Z"
        assert isinstance(second.target, ArticleTarget)
    assert imported(CSV.encode(), ours=found.notes).notes == ()


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"Creation Date,URL\n1,2\n", "a column is missing"),
        (CSV.encode("utf-16"), "not UTF-8"),
        (CSV.encode() + b"\0", "NUL"),
        (b'Creation Date,"' + b"x" * 200_000, "a column is missing"),
    ],
)
def test_csv_that_is_none(data: bytes, problem: str) -> None:
    with pytest.raises(BadInput, match=problem):
        imported(data, form="hypothesis")


def test_a_body_of_any_size() -> None:
    body = "س" * 300_000
    made = imported(CSV.replace("من الميزانية", body).encode()).notes[1]
    assert made.body == body


def test_a_date_that_is_none_is_that_of_the_import() -> None:
    made = imported(CSV.replace("2025-05-01 10:00", "١ مايو").encode()).notes[0]
    assert made.created == NOW
