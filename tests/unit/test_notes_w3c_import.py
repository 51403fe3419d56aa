"""Web Annotations of other programs, in all the usual forms: made notes, or refused with the reason."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tests.exchange_support import (
    ANNO,
    PAGE,
    QUOTE,
    annotation,
    imported,
    library,
    on_the_web,
    one,
    selecting,
    well,
)
from tests.notes_support import TEXT

from kashaf.errors import BadInput
from kashaf.export.foreign import Read, stable_id
from kashaf.export.placing import NO_REVISION
from kashaf.export.sniffing import read
from kashaf.notes.model import ArticleTarget, EntityTarget


def test_a_plain_annotation_becomes_a_note_on_its_words() -> None:
    made = one(
        annotation(
            creator={"type": "Person", "name": "منى"},
            created="2025-05-01T10:00:00+03:00",
            modified="2025-05-02T10:00:00.123Z",
        )
    )
    assert made.words is not None
    assert TEXT[slice(*made.place)] == made.quote == "مليوني دينار"
    assert made.words.text_sha256 == on_the_web().text_sha256
    assert made.words.prefix.endswith("كلف ")
    assert (made.body, made.kind, made.author) == ("غريب", "note", "منى")
    assert (made.created, made.modified) == ("2025-05-01T07:00:00Z", "2025-05-02T10:00:00Z")
    assert made.id == stable_id("https://x.example/annotations/1")
    assert len(made.versions) == 1


@pytest.mark.parametrize(
    "document",
    [
        annotation(),
        [annotation()],
        {"@context": ANNO, "type": "AnnotationPage", "id": "p:1", "items": [annotation()]},
        {"type": ["AnnotationCollection"], "first": {"type": "AnnotationPage", "items": [annotation()]}},
        {"type": "AnnotationCollection", "items": [annotation()]},
        {"@graph": [annotation()]},
        {**annotation(), "@type": "oa:Annotation", "type": "oa:Annotation"},
        {**{key: value for key, value in annotation().items() if key not in ("id", "type")},
         "@id": "https://x.example/annotations/1", "@type": "Annotation"},
        [{"type": "AnnotationPage", "items": [annotation()]}, annotation()],
    ],
)  # fmt: skip
def test_a_page_a_collection_a_list_or_one(document: Any) -> None:
    assert one(document) == one(annotation())


@pytest.mark.parametrize(
    "selector",
    [
        QUOTE,
        [QUOTE],
        [{"type": "TextPositionSelector", "start": 5, "end": 9}, QUOTE],
        {"type": "XPathSelector", "value": "/html/body/p[2]", "refinedBy": QUOTE},
        {"type": "FragmentSelector", "value": "p2", "refinedBy": [QUOTE]},
        [{"type": "CssSelector", "value": "p"}, {"type": "RangeSelector", "startContainer": "/p"}, QUOTE],
        {"type": "Choice", "items": [QUOTE]},
        {**QUOTE, "prefix": "وقال رئيس البلدية إن الترميم كلف ", "suffix": "، وإن التجار سيدفعون نصف"},
        {**QUOTE, "exact": "إن الترميم كلف مليوني دينار، وإن",
         "refinedBy": {"type": "TextPositionSelector", "start": 15, "end": 27}},
        {**QUOTE, "exact": "إن الترميم كلف مليوني دينار، وإن", "refinedBy": QUOTE},
        {**QUOTE, "exact": "\n  مليوني\t\u00a0دينار "},
        {**QUOTE, "type": ["oa:TextQuoteSelector"]},
    ],
)  # fmt: skip
def test_selectors_in_any_of_the_usual_forms(selector: Any) -> None:
    assert one(selecting(selector)).quote == "مليوني دينار"


@pytest.mark.parametrize(
    ("selector", "reason"),
    [
        ({"type": "XPathSelector", "value": "/html"}, "XPathSelector only"),
        ([{"type": "CssSelector", "value": "p"}, {"type": "SvgSelector"}], "CssSelector, SvgSelector only"),
        ("https://x.example/selector", "an address only"),
        ({"type": "TextQuoteSelector", "exact": ""}, "TextQuoteSelector only"),
        ({"type": "TextQuoteSelector", "exact": 5}, "TextQuoteSelector only"),
        ({"exact": "مليوني"}, "a nameless selector only"),
        ({"type": "TextQuoteSelector", "exact": " \n "}, "white space"),
        ({"type": "TextPositionSelector", "start": 5, "end": 9}, "only the position"),
        ({"type": "TextPositionSelector", "start": 9, "end": 5}, "TextPositionSelector only"),
        ({"type": "TextPositionSelector", "start": -1, "end": 5}, "TextPositionSelector only"),
        ({"type": "TextPositionSelector", "start": 0, "end": 10**30}, "TextPositionSelector only"),
        ({"type": "XPathSelector", "refinedBy": {"type": "TextPositionSelector", "start": 1, "end": 3}},
         "XPathSelector, TextPositionSelector only"),
    ],
)  # fmt: skip
def test_selectors_that_are_of_no_use_are_refused(selector: Any, reason: str) -> None:
    found = imported([selecting(selector)])
    assert found.notes == ()
    (refused,) = found.refused
    assert reason in refused.reason
    assert (refused.where, refused.what) == ("[0]", "غريب")


def test_a_position_alone_counts_in_the_very_text_that_it_names() -> None:
    target = {
        "source": PAGE,
        "selector": {"type": "TextPositionSelector", "start": 0, "end": 6},
        "state": {"type": "kashaf:Revision", "kashaf:textSha256": on_the_web().text_sha256},
    }
    assert one(annotation(target=target)).quote == TEXT[:6]
    target["state"] = {"kashaf:textSha256": "f" * 64}
    assert "only the position" in imported(annotation(target=target)).refused[0].reason


@pytest.mark.parametrize(
    "source",
    [
        PAGE,
        "http://www.almarfa.example:80/news/42/#comments",
        "https://ALMARFA.example/news/42",
        {"id": PAGE, "type": "Text"},
        {"id": "urn:other:1", "canonical": "urn:kashaf:article:0a1b2c3d4e5f"},
        {"id": "urn:other:1", "via": ["urn:other:2", PAGE]},
        "urn:kashaf:article:0a1b2c3d4e5f",
        "0a1b2c3d4e5f",
    ],
)
def test_an_article_is_known_by_its_id_or_its_address(source: Any) -> None:
    assert one(annotation(target={"source": source, "selector": QUOTE})).article_id == "0a1b2c3d4e5f"


@pytest.mark.parametrize("source", ["https://x.example/other", "urn:kashaf:article:0a", "", "0a1b2c3d4e5"])
def test_a_page_that_is_not_here_is_refused_by_name(source: str) -> None:
    found = imported(annotation(target={"source": source, "selector": QUOTE}))
    assert found.notes == ()
    assert f"no article here answers to {source or 'nothing'}" in found.refused[0].reason
    given = library(given="0a1b2c3d4e5f")
    assert (
        one(annotation(target={"source": source, "selector": QUOTE}), articles=given).quote == "مليوني دينار"
    )


def test_two_articles_at_one_address_are_told_apart_by_the_words() -> None:
    corrected = on_the_web(TEXT.replace("مليوني", "ثلاثة ملايين"), "1b1b1b1b1b1b")
    both = library(on_the_web(), corrected)
    assert one(annotation(), articles=both).article_id == "0a1b2c3d4e5f"
    shared = {"type": "TextQuoteSelector", "exact": "أحد الصيادين"}
    assert "2 articles answer to" in imported(selecting(shared), articles=both).refused[0].reason
    assert "2 articles answer to" in imported(annotation(target=PAGE), articles=both).refused[0].reason


def test_words_that_are_not_there_are_kept_and_said_to_be_lost() -> None:
    found = imported(selecting({"type": "TextQuoteSelector", "exact": "كلام ليس في النص أبدا"}))
    (made,), (loose,) = found.notes, found.loose
    assert made.quote == "كلام ليس في النص أبدا"
    assert made.words is not None
    assert made.words.text_sha256 == NO_REVISION
    assert made.words.title == on_the_web().title
    assert (loose.note.id, loose.anchor.state) == (made.id, "orphan")


def test_words_that_stand_there_twice_are_not_placed_by_chance() -> None:
    twice = {"type": "TextQuoteSelector", "exact": "القديم"}
    assert [loose.anchor.state for loose in imported(selecting(twice)).loose] == ["orphan"]
    sure = {**twice, "prefix": "وأضاف أحد الصيادين أن السوق ", "suffix": " كان أقرب إلى البحر"}
    assert one(selecting(sure)).place[0] == TEXT.index("القديم كان")


def test_what_stands_around_the_words_must_agree() -> None:
    liar = {
        **QUOTE,
        "prefix": "كلام آخر تماما عن شيء لا علاقة له",
        "suffix": "وكلام ثالث لا يشبه ما في النص قط",
    }
    found = imported(selecting(liar))
    assert [loose.anchor.state for loose in found.loose] != ["exact"]
    assert found.loose


def test_words_across_paragraphs_of_a_page_are_found() -> None:
    across = "نصف الإيجار القديم.وأضاف أحد الصيادين"
    made = one(selecting({"type": "TextQuoteSelector", "exact": across}))
    assert made.quote == "نصف الإيجار القديم.\nوأضاف أحد الصيادين"
    glued = imported(selecting({"type": "TextQuoteSelector", "exact": "مليونيدينار"}))
    assert glued.loose  # within a line a blank is a blank


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({"motivation": "questioning"}, "question"),
        ({"motivation": ["oa:assessing"]}, "claim"),
        ({"motivation": "http://www.w3.org/ns/oa#highlighting", "body": []}, "highlight"),
        ({"motivation": "highlighting"}, "note"),
        ({"motivation": "bookmarking", "body": []}, "highlight"),
        ({"motivation": "x:own"}, "note"),
        ({"motivation": "commenting", "kashaf:kind": "claim"}, "claim"),
        ({"kashaf:kind": "poem"}, "note"),
        ({"motivation": "linking"}, "note"),
    ],
)
def test_kinds_by_motivation(fields: dict[str, Any], kind: str) -> None:
    assert one(annotation(**fields)).kind == kind


@pytest.mark.parametrize(
    ("fields", "body", "tags"),
    [
        ({"bodyValue": "كلام", "body": None}, "كلام", ()),
        ({"body": "https://x.example/review"}, "https://x.example/review", ()),
        ({"body": [{"type": "TextualBody", "value": "أ"}, {"type": "TextualBody", "value": "ب"}]}, "أ\n\nب", ()),
        ({"body": {"value": "<p onclick=x>نص</p>", "format": "text/html"}}, "<p onclick=x>نص</p>", ()),
        ({"body": {"type": "Choice", "items": [{"value": "one"}, {"value": "two"}]}}, "one\n\ntwo", ()),
        ({"body": [{"value": " ميناء ", "purpose": "tagging"}, {"value": "ميناء", "purpose": ["oa:tagging"]}]}, "",
         ("ميناء",)),
        ({"body": {"value": "ميناء"}, "motivation": "tagging"}, "", ("ميناء",)),
        ({"body": {"value": "لا", "purpose": "commenting"}, "motivation": "tagging"}, "لا", ()),
        ({"body": {"type": "SpecificResource", "purpose": "tagging", "source": "http://x.example/t"}}, "",
         ("http://x.example/t",)),
        ({"body": {"id": "http://x.example/v.mp4", "type": "Video"}}, "http://x.example/v.mp4", ()),
        ({"body": {"type": "cnt:ContentAsText", "chars": "قديم"}}, "قديم", ()),
        ({"body": {"type": "TextualBody", "text": "مسودة"}}, "مسودة", ()),
        ({"body": [None, 5, {"value": 5}, {}]}, "", ()),
    ],
)  # fmt: skip
def test_bodies_in_any_of_the_usual_forms(fields: dict[str, Any], body: str, tags: tuple[str, ...]) -> None:
    made = one(annotation(**fields))
    assert (made.body, made.tags) == (body, tags)


def test_a_link_leads_to_its_words_or_says_where_it_led() -> None:
    there = {
        "type": "SpecificResource",
        "purpose": "linking",
        "source": "http://www.alain.example/well",
        "selector": {"type": "TextQuoteSelector", "exact": "العين القديمة"},
    }
    made = one(annotation(motivation="linking", body=there))
    assert made.kind == "link"
    assert made.other is not None
    assert (made.other.article_id, made.other.quote) == (well().id, "العين القديمة")
    made = one(annotation(motivation="linking", body=there), articles=library(on_the_web()))
    assert (made.kind, made.other) == ("note", None)
    assert made.body == "http://www.alain.example/well\n\nالعين القديمة"


def test_a_target_without_a_selector_is_the_whole_article() -> None:
    for target in (PAGE, {"id": PAGE, "type": "Text"}, {"source": PAGE}, [PAGE]):
        made = one(annotation(target=target))
        assert isinstance(made.target, ArticleTarget)
        assert made.target.text_sha256 == on_the_web().text_sha256


def test_each_of_several_targets_has_its_note() -> None:
    second = {"source": PAGE, "selector": {"type": "TextQuoteSelector", "exact": "نصف الإيجار"}}
    both = annotation(target=[annotation()["target"], second])
    found = imported(both)
    assert [made.quote for made in found.notes] == ["مليوني دينار", "نصف الإيجار"]
    assert found.notes[0].id == one(annotation()).id
    assert imported(both).notes == found.notes
    assert imported(annotation(target={"type": "Composite", "items": both["target"]})).notes == found.notes
    assert len(imported(annotation(target={"type": "Choice", "items": both["target"]})).notes) == 1


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        (None, "no target"),
        ([], "no target"),
        ({"type": "Composite", "items": []}, "no target"),
        ({"id": "http://x.example/i.png", "type": "Image"}, "no text: Image"),
        (5, "no target"),
        (f"{PAGE}#:~:text=%D9%85", "a fragment of the address only"),
        ({"id": f"{PAGE}#xywh=1,2,3,4"}, "a fragment of the address only"),
    ],
)
def test_targets_that_are_none(target: Any, reason: str) -> None:
    assert reason in imported(annotation(target=target)).refused[0].reason


def test_a_reply_stands_on_the_words_of_what_it_answers() -> None:
    reply = annotation(
        id="urn:x:reply", target=annotation()["id"], body={"value": "نعم"}, motivation="replying"
    )
    again = annotation(id="urn:x:again", target="urn:x:reply", body={"value": "لا"})
    found = imported([again, reply, annotation()])
    assert found.refused == ()
    assert {made.quote for made in found.notes} == {"مليوني دينار"}
    by_body = {made.body: made for made in found.notes}
    assert by_body["نعم"].extra["reply_to"] == by_body["غريب"].id
    assert by_body["لا"].extra["reply_to"] == by_body["نعم"].id
    circle = [annotation(id="u:1", target="u:2"), annotation(id="u:2", target="u:1")]
    assert len(imported(circle).refused) == 2


def test_what_is_no_annotation_is_refused_and_the_rest_is_read() -> None:
    twice = annotation(body={"value": "غيره"})
    found = imported([annotation(), annotation(), twice, 5, {"type": "Note"}, [None]])
    assert len(found.notes) == 1
    assert [(refused.where, refused.reason) for refused in found.refused] == [
        ("[2]", "its id stands twice, with two contents"),
        ("[3]", "not an object"),
        ("[4]", "not of the type Annotation"),
        ("[5][0]", "not an object"),
    ]


def test_pages_that_are_elsewhere_are_noticed() -> None:
    page = {"type": "AnnotationPage", "items": [annotation()], "next": "https://x.example/page2"}
    told = read(json.dumps({"type": "AnnotationCollection", "total": 9, "first": page}).encode(), where="f")
    assert isinstance(told, Read)
    assert [*told.notices] == ["a page that is not in the file: https://x.example/page2"]
    with pytest.raises(BadInput, match="no Web Annotations"):
        imported({"type": "AnnotationCollection", "total": 9, "first": "https://x.example/page1"})


def test_a_page_within_a_page_is_read_and_a_number_that_is_not_reached_is_noticed() -> None:
    last = {"type": "AnnotationPage", "items": [annotation(id="urn:x:2")]}
    page = {"type": "AnnotationPage", "items": [annotation(id="urn:x:1")], "next": last}
    told = read(json.dumps({"type": "AnnotationCollection", "total": 3, "first": page}).encode(), where="f")
    assert isinstance(told, Read)
    assert [one.where for one in told.annotations] == ["first.items[0]", "first.next.items[0]"]
    assert [*told.notices] == ["the file holds 2 of 3 annotations"]


@pytest.mark.parametrize(
    "body",
    [
        {"type": "TextualBody", "value": {"@value": "غريب", "@language": "ar"}},
        {"@value": "غريب"},
        {"value": [{"@value": "غريب"}]},
        {"value": ["غريب"]},
    ],
)
def test_a_text_is_read_however_it_stands(body: Any) -> None:
    assert one(annotation(body=body)).body == "غريب"


def test_entities_of_kashaf_come_back() -> None:
    target = {"id": "urn:kashaf:entity:person:%D8%B9%D9%85%D8%B1"}
    assert one(annotation(target=target)).target == EntityTarget("عمر", "person")


def test_more_tags_than_a_note_may_have() -> None:
    bodies = [{"value": f"t{number}", "purpose": "tagging"} for number in range(101)]
    assert imported(annotation(body=bodies)).refused[0].reason == "over 100 tags"
