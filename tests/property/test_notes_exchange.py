"""Whatever notes say: native comes back byte for byte, exports keep their rules, imports drop and slide no note."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.exchange_support import PAGE, imported, library, on_the_web, well
from tests.notes_support import target
from tests.schema_support import complaints

from kashaf.corpus.identity import text_sha256
from kashaf.errors import BadInput
from kashaf.export.bundle import Bundle
from kashaf.export.csv_file import COLUMNS
from kashaf.export.csv_file import write as write_csv
from kashaf.export.gathering import gather
from kashaf.export.native import parse
from kashaf.export.native import write as write_native
from kashaf.export.sniffing import Readable, read
from kashaf.export.w3c import write as write_w3c
from kashaf.notes import versions
from kashaf.notes.codebook import Code, Codebook
from kashaf.notes.model import (
    CONFIDENCES,
    KINDS,
    STATUSES,
    ArticleTarget,
    EntityTarget,
    Note,
    SearchTarget,
    Target,
    WordsTarget,
)

# Control characters, marks without width, bidi controls, formulas, markup, and Arabic.
_CHARACTERS = st.sampled_from(
    "ابتسمكنهوي ة\u0651\u0640\u200f\u202e\u2066\ufeff\t\n\r\x00\x1b\x9b[]<>&\"'=+-@＝,;/\\aZ9😀"
)
_TEXT = st.text(_CHARACTERS, max_size=20)
_FILLED = _TEXT.filter(bool)
_TIMES = st.datetimes().map(
    lambda moment: moment.strftime("%Y").rjust(4, "0") + moment.strftime("-%m-%dT%H:%M:%SZ")
)
_TAGS = st.lists(_FILLED, max_size=4, unique=True).map(tuple)


@st.composite
def words(draw: st.DrawFn) -> WordsTarget:
    if draw(st.booleans()):
        return target(draw(st.sampled_from(["مليوني دينار", "أحد الصيادين", "بلدية المرفأ تفتح"])))
    quote = draw(_FILLED)
    start = draw(st.integers(0, 500))
    return replace(
        target(),
        article_id=draw(_FILLED | st.just(well().id)),
        start=start,
        end=start + len(quote),
        quote=quote,
        prefix=draw(_TEXT),
        suffix=draw(_TEXT),
        title=draw(_TEXT),
        outlet=draw(_TEXT),
        published=draw(st.just("") | st.dates().map(str)),
        paragraph=draw(st.none() | st.integers(0, 50)),
    )


_TARGETS: st.SearchStrategy[Target] = st.one_of(
    words(),
    st.builds(
        ArticleTarget,
        _FILLED | st.just(well().id),
        st.just("a" * 64) | st.just(well().text_sha256),
        _TEXT,
        _TEXT,
        st.just(""),
        st.just(""),
    ),
    st.builds(EntityTarget, _FILLED, _TEXT),
    st.builds(SearchTarget, _FILLED, _TEXT, _TEXT),
)


@st.composite
def notes(draw: st.DrawFn) -> Note:
    kind = draw(st.sampled_from(KINDS))
    made = versions.first(
        Note(
            id=str(draw(st.uuids())),
            target=draw(_TARGETS),
            body=draw(_TEXT),
            tags=draw(_TAGS),
            kind=kind,
            author=draw(_TEXT),
            created=draw(_TIMES),
            modified=draw(_TIMES),
            confidence=draw(st.sampled_from(CONFIDENCES)),
            status=draw(st.sampled_from(STATUSES)),
            other=draw(words()) if kind == "link" else None,
            extra=draw(st.dictionaries(st.sampled_from(["x", "yy"]), st.integers() | _TEXT, max_size=2)),
        )
    )
    for _ in range(draw(st.integers(0, 3))):
        edited = replace(made, body=draw(_TEXT), tags=draw(_TAGS))
        made = versions.amended(made, edited, at=draw(_TIMES), author=draw(_TEXT)) or made
    return made


@st.composite
def bundles(draw: st.DrawFn) -> Bundle:
    found = draw(st.lists(notes(), max_size=5, unique_by=lambda made: made.id))
    paths = draw(st.lists(st.sampled_from(["ا", "ا/ب", "ت", "x/y"]), unique=True))
    codebook = Codebook(tuple(Code(path, "#0055aa", draw(_TEXT)) for path in paths))
    known = {one.id: one for one in (on_the_web(), well())}
    gone = draw(st.lists(notes(), max_size=2, unique_by=lambda made: made.id))
    ended = []
    for made in gone:
        deleted = versions.amended(made, made, at=made.modified, author="", deleted=True)
        assert deleted is not None
        if made.id not in {one.id for one in found}:
            ended.append(versions.ended(deleted))
    return gather(found, codebook=codebook, article=known.get, ended=ended)


@given(bundles())
@settings(max_examples=50, deadline=None)
def test_native_comes_back_byte_for_byte(bundle: Bundle) -> None:
    data = write_native(bundle)
    assert complaints("native-2.schema.json", data) == []
    told = parse(data)
    assert told.notes == bundle.notes
    assert set(told.ended) == set(bundle.ended)
    assert told.to_bytes() == data
    assert write_native(Bundle(told.notes, Codebook(told.codes), told.ended)) == data
    assert write_native(replace(bundle, notes=bundle.notes[::-1], ended=bundle.ended[::-1])) == data


@given(bundles(), st.sampled_from(["en", "ar"]))
@settings(max_examples=50, deadline=None)
def test_web_annotations_are_valid_and_every_note_is_one(bundle: Bundle, language: str) -> None:
    data = write_w3c(bundle, language)
    assert complaints("w3c-annotation.schema.json", data) == []
    items = json.loads(data).get("first", {"items": []})["items"]
    assert [item["id"] for item in items] == [f"urn:uuid:{made.id}" for made in bundle.notes]


@given(bundles())
@settings(max_examples=40, deadline=None)
def test_no_annotation_is_dropped_by_an_import(bundle: Bundle) -> None:
    found = imported(write_w3c(bundle))
    assert len(found.notes) + len(found.refused) == len(bundle.notes)
    again = imported(write_w3c(bundle), ours=found.notes)
    assert (again.notes, len(again.known)) == ((), len(found.notes))
    assert again.refused == found.refused


@given(bundles(), st.booleans())
@settings(max_examples=50, deadline=None)
def test_tables_are_read_back_and_run_nothing(bundle: Bundle, bom: bool) -> None:
    data = write_csv(bundle, bom=bom).decode("utf-8-sig" if bom else "utf-8")
    rows = list(csv.reader(io.StringIO(data, newline=""), strict=True))
    assert [len(row) for row in rows] == [len(COLUMNS)] * (len(bundle.notes) + 1)
    for row in rows[1:]:
        for cell in row:
            assert not re.match(r"[\s\u200b-\u200f\ufeff]*[=+\-@＝＋－＠]", cell), cell
            assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", cell), cell


_PHRASES = st.sampled_from(
    [
        "وقال المتحدث باسم البلدية",
        "إن العمل مستمر",
        "في السوق القديم",
        "يوم الأحد",
        "، ",
        ".\n",
        "و",
        "سنتين ",
    ]
)
_PAGES = st.lists(_PHRASES, min_size=4, max_size=40).map(" ".join)


@given(_PAGES, st.data())
@settings(max_examples=120, deadline=None)
def test_words_are_never_placed_where_they_do_not_stand(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 2))
    end = data.draw(st.integers(start + 1, min(len(text), start + 60)))
    reach = data.draw(st.integers(0, 40))
    quote = text[start:end]
    if not quote.strip():
        return
    page = replace(on_the_web(text), text_sha256=text_sha256(text))
    selector: dict[str, Any] = {
        "type": "TextQuoteSelector",
        "exact": _spaced(quote, data),
        "prefix": _spaced(text[max(0, start - reach) : start], data),
        "suffix": _spaced(text[end : end + reach], data),
    }
    document = {"type": "Annotation", "target": {"source": PAGE, "selector": selector}}
    found = imported(document, articles=library(page))
    (made,) = found.notes
    if found.loose:
        return
    lead = len(quote) - len(quote.lstrip())
    assert made.quote.split() == quote.split()
    # Where nothing is said of what stands around them, the words stand there once.
    assert made.place[0] == start + lead


def _spaced(text: str, data: st.DataObject) -> str:
    """The same words as a page may have them: other white space, none between paragraphs."""
    blanks = st.sampled_from([" ", "\n  ", "\u00a0", "\t"])
    text = re.sub("\n", lambda _: data.draw(st.sampled_from(["", "\n", "\n\n"])), text)
    return re.sub(" +", lambda _: data.draw(blanks), text)


_KEYS = st.sampled_from(
    [
        *(
            "type",
            "id",
            "target",
            "body",
            "selector",
            "source",
            "items",
            "value",
            "exact",
            "refinedBy",
            "state",
        ),
        *(
            "rows",
            "uri",
            "user",
            "references",
            "text",
            "tags",
            "start",
            "end",
            "quote",
            "created",
            "motivation",
        ),
    ]
)
_VALUES = st.sampled_from(
    ["Annotation", "AnnotationPage", "TextQuoteSelector", "TextPositionSelector", PAGE, "مليوني دينار"]
)
_ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | _TEXT | _VALUES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS, inner | _VALUES, max_size=6),
    max_leaves=30,
)


@given(_ANY)
@settings(max_examples=120, deadline=None)
def test_any_json_is_read_or_refused(document: Any) -> None:
    forms: tuple[Readable | None, ...] = ("w3c", "hypothesis", None)
    for form in forms:
        data = json.dumps([document, document]).encode()
        try:
            read(data, where="f", form=form)
        except BadInput:
            continue
        found = imported(data, form=form)
        assert all(made.versions for made in found.notes)
        assert all(refused.reason for refused in found.refused)
