"""Notes as W3C Web Annotations: valid by the model, in its words, and read again as the notes they were."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from tests.exchange_support import imported, library, on_the_web, well
from tests.golden.test_notes_golden import bundle
from tests.notes_support import note, target
from tests.schema_support import complaints

from kashaf.errors import BadInput
from kashaf.export.bundle import Bundle
from kashaf.export.w3c import is_web_address, write
from kashaf.notes import versions
from kashaf.notes.codebook import Codebook
from kashaf.notes.model import EntityTarget, Note, WordsTarget

SCHEMA = "w3c-annotation.schema.json"

# The terms of http://www.w3.org/ns/anno.jsonld, by the index of JSON keys in the Recommendation (appendix C) and its
# tables of classes and motivations.
KEYS = frozenset(
    word
    for line in (
        "@context id type accessibility audience body bodyValue cached canonical conformsTo created creator email",
        "email_sha1 end endSelector exact first format generated generator homepage items label language last",
        "modified motivation name next nickname partOf prefix prev processingLanguage purpose refinedBy renderedVia",
        "rights scope selector source sourceDate sourceDateEnd sourceDateStart start startIndex startSelector state",
        "styleClass stylesheet suffix target textDirection total value via",
    )
    for word in line.split()
)
CLASSES = frozenset(
    word
    for line in (
        "Annotation AnnotationCollection AnnotationPage Audience Choice CssSelector CssStylesheet",
        "DataPositionSelector Dataset FragmentSelector HttpRequestState Image Organization Person RangeSelector",
        "ResourceSelection Software Sound SpecificResource SvgSelector Text TextPositionSelector TextQuoteSelector",
        "TextualBody TimeState Video XPathSelector",
    )
    for word in line.split()
)
PREFIXES = {"dc", "dcterms"}  # that the context declares, of those we use


def written(*notes: Note) -> dict[str, Any]:
    value: dict[str, Any] = json.loads(write(Bundle(notes, Codebook())))
    return value


def annotation(made: Note) -> dict[str, Any]:
    value: dict[str, Any] = written(made)["first"]["items"][0]
    return value


def objects(value: object) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from objects(inner)


def test_every_kind_of_note_is_valid_by_the_model() -> None:
    data = write(bundle())
    assert complaints(SCHEMA, data) == []
    assert complaints(SCHEMA, write(bundle(), "ar")) == []
    assert complaints(SCHEMA, write(Bundle((), Codebook()))) == []


def test_every_word_is_of_the_model_or_of_a_declared_prefix() -> None:
    document = json.loads(write(bundle()))
    declared = PREFIXES | set(document["@context"][1])
    document["@context"] = []
    for one in objects(document):
        for key in one:
            assert key in KEYS or key.partition(":")[0] in declared, key
        kind = one.get("type", "Text")
        assert kind in CLASSES or kind.partition(":")[0] in declared, kind


def test_what_each_kind_is_motivated_by() -> None:
    found = {one["kashaf:kind"]: one["motivation"] for one in json.loads(write(bundle()))["first"]["items"]}
    assert found == {
        "note": "commenting",
        "highlight": "highlighting",
        "question": "questioning",
        "claim": "assessing",
        "link": "linking",
    }


def test_a_page_is_named_by_its_address_and_the_article_by_its_id() -> None:
    there = Bundle((note(1),), Codebook(), article=lambda _: on_the_web())
    source = json.loads(write(there))["first"]["items"][0]["target"]["source"]
    assert source["id"] == "https://almarfa.example/news/42"
    assert source["canonical"] == "urn:kashaf:article:0a1b2c3d4e5f"
    assert annotation(note(1))["target"]["source"]["id"] == "urn:kashaf:article:0a1b2c3d4e5f"


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("https://x.example/a?b=1#c", True),
        ("http://عربي.example/خبر", True),
        ("javascript:alert(1)", False),
        ("file:///etc/passwd", False),
        ("https:///x", False),
        ("https://x.example/a b", False),
        ("https://x.example/\u202e", False),
        ('https://x.example/">', False),
        ("http://[::1", False),
        ("", False),
    ],
)
def test_what_is_a_web_address(text: str, is_one: bool) -> None:
    assert is_web_address(text) is is_one
    made = Bundle((note(1),), Codebook(), article=lambda _: on_the_web(url=text))
    assert complaints(SCHEMA, write(made)) == []


def test_the_language_of_a_body_is_said_where_its_script_says_it() -> None:
    bodies = [
        annotation(note(1, body=body))["body"][0] for body in ("عربي", "English", "12", "عن NATO وغيره")
    ]
    assert [body.get("language") for body in bodies] == ["ar", None, None, "ar"]


def test_the_same_notes_give_the_same_bytes_in_any_order() -> None:
    notes = bundle().notes
    assert write(replace(bundle(), notes=notes[::-1])) == write(bundle())
    assert written(note(1))["id"] != written(note(2))["id"]


def test_half_a_character_is_refused_in_what_is_evidence_and_replaced_elsewhere() -> None:
    quote = replace(target(), quote="\ud800" * 3, end=71)
    with pytest.raises(BadInput, match="half a character"):
        written(replace(note(1), target=quote))
    for made in (note(1, body="x\ud800"), replace(note(1), target=EntityTarget("\ud800", "person"))):
        assert "\ufffd" in write(Bundle((made,), Codebook())).decode()


def test_notes_come_back_as_they_were() -> None:
    notes = {made.id: made for made in bundle().notes}
    found = imported(write(bundle()), articles=library(on_the_web()))
    assert found.refused == ()
    came = {made.id: made for made in found.notes}
    assert set(came) == set(notes)
    for note_id, made in came.items():
        was = notes[note_id]
        same = ("body", "tags", "kind", "confidence", "status", "author", "created", "modified")
        assert {name: getattr(made, name) for name in same} == {name: getattr(was, name) for name in same}
        assert (made.about, made.quote, made.place) == (was.about, was.quote, was.place)
        if isinstance(was.target, WordsTarget):
            assert made.words is not None
            assert (made.words.prefix, made.words.suffix) == (was.target.prefix, was.target.suffix)
            assert made.words.text_sha256 == was.target.text_sha256
        else:
            assert replace(made.target, extra={}) == replace(was.target, extra={})
        if was.other is not None:
            assert made.other is not None
            assert (made.other.quote, made.other.start) == (was.other.quote, was.other.start)


def test_a_note_in_an_article_that_is_not_here_is_kept_and_said_to_be_missing() -> None:
    made = replace(note(8), target=replace(target(), article_id="9z9z9z9z9z9z"))
    found = imported(written(made), articles=library(well()))
    (loose,) = found.loose
    assert (loose.note.article_id, loose.anchor.why) == ("9z9z9z9z9z9z", "missing")
    assert [one.id for one in found.notes] == [made.id]


def test_an_article_by_another_id_is_known_by_its_text() -> None:
    made = replace(note(8), target=replace(target(), article_id="9z9z9z9z9z9z"))
    (came,) = imported(written(made), articles=library(on_the_web())).notes
    assert came.target == target()


def test_importing_what_was_exported_changes_nothing() -> None:
    ours = bundle().notes
    found = imported(write(bundle()), ours=ours, articles=library(on_the_web()))
    assert found.notes == ()
    assert sorted(found.known) == sorted(made.id for made in ours)
    # Nor does an export of before an edit, nor one of what was thrown away since.
    edited = versions.amended(
        ours[1], replace(ours[1], body="جديد"), at="2026-01-01T00:00:00Z", author="سعاد"
    )
    assert edited is not None
    assert imported(written(ours[1]), ours=(edited,)).notes == ()
    found = imported(written(ours[1]), deleted={ours[1].id: edited})
    assert (found.notes, found.deleted) == ((), (ours[1].id,))
    assert imported(written(ours[1]), deleted={ours[1].id: None}).deleted == (ours[1].id,)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (["@context"], "http://x.example/context"),
        (["id"], None),
        (["id"], "no iri"),
        (["type"], "Collection"),
        (["total"], -1),
        (["first"], None),
        (["first", "items"], []),
        (["first", "items"], {}),
        (["first", "@context"], "http://www.w3.org/ns/anno.jsonld"),
        (["first", "startIndex"], "0"),
        (["first", "items", 0, "id"], None),
        (["first", "items", 0, "type"], []),
        (["first", "items", 0, "target"], None),
        (["first", "items", 0, "target"], []),
        (["first", "items", 0, "motivation"], "poetry"),
        (["first", "items", 0, "created"], "2025-03-26T10:00:00+03:00"),
        (["first", "items", 0, "bodyValue"], "x"),
        (["first", "items", 0, "body", 0, "value"], None),
        (["first", "items", 0, "body", 0, "value"], ["x", "y"]),
        (["first", "items", 0, "body", 0, "textDirection"], "up"),
        (["first", "items", 0, "target", "source"], None),
        (["first", "items", 0, "target", "source"], [{"id": "urn:x:1"}, {"id": "urn:x:2"}]),
        (["first", "items", 0, "target", "selector", 0, "exact"], None),
        (["first", "items", 0, "target", "selector", 0, "type"], None),
        (["first", "items", 0, "target", "selector", 1, "start"], -1),
        (["first", "items", 0, "target", "selector", 1, "end"], 1.5),
    ],
)
def test_the_schema_knows_what_the_model_forbids(path: list[str | int], value: object) -> None:
    document = json.loads(write(bundle()))
    inner = document
    for step in path[:-1]:
        inner = inner[step]
    if value is None:
        del inner[path[-1]]
    else:
        inner[path[-1]] = value
    assert complaints(SCHEMA, json.dumps(document).encode())


def test_the_schema_takes_one_annotation_and_a_page_as_well() -> None:
    document = json.loads(write(bundle()))
    page, context = document["first"], document["@context"]
    assert complaints(SCHEMA, json.dumps(page | {"@context": context}).encode()) == []
    for item in page["items"]:
        assert complaints(SCHEMA, json.dumps(item | {"@context": context}).encode()) == []
        assert complaints(SCHEMA, json.dumps(item).encode())
