"""Notes as W3C Web Annotations: a collection in JSON-LD that other annotation tools open.

After the Web Annotation Data Model (W3C Recommendation, 23 February 2017); `schemas/w3c-annotation.schema.json` is
what it demands. What the model has no term for stands under `kashaf:`. `docs/exchange.md` has the mapping, and what
is lost. The same bundle gives the same bytes.
"""

from __future__ import annotations

import json
import re
import uuid
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, urlsplit

from kashaf.errors import BadInput
from kashaf.notes.model import ArticleTarget, EntityTarget, SearchTarget, WordsTarget
from kashaf.text.sanitise import sanitise, sanitise_line

if TYPE_CHECKING:
    from kashaf.export.bundle import Bundle
    from kashaf.notes.model import Kind, Note, Target
    from kashaf.storage.strict_json import Json

ANNO: Final = "http://www.w3.org/ns/anno.jsonld"
TERMS: Final = "urn:kashaf:terms:"
ARTICLE: Final = "urn:kashaf:article:"
ENTITY: Final = "urn:kashaf:entity:"
SEARCH: Final = "urn:kashaf:search:"

MOTIVATIONS: Final[dict[Kind, str]] = {
    "highlight": "highlighting",
    "note": "commenting",
    "question": "questioning",
    "claim": "assessing",
    "link": "linking",
}
_LABELS: Final = {"en": "Notes of Kashaf", "ar": "ملاحظات كشّاف"}
_COLLECTION: Final = uuid.uuid5(uuid.NAMESPACE_URL, "urn:kashaf:collection")
_ARABIC = re.compile(r"[\u0620-\u064a\u066e-\u06d3\u06fa-\u06ff]")
# Outside of what RFC 3987 lets stand in an IRI.
_NO_IRI = re.compile(r"[\x00-\x20\x7f-\xa0<>\"{}|\\^`\u200e\u200f\u2028-\u202e\u2066-\u2069\ufff0-\uffff]")


def write(bundle: Bundle, language: str = "en") -> bytes:
    """An AnnotationCollection with one embedded page, the notes by id. language: of its label.

    Raises BadInput for half a character in a note.
    """
    items: list[Json] = [annotation(note, bundle) for note in sorted(bundle.notes, key=lambda note: note.id)]
    name = uuid.uuid5(_COLLECTION, json.dumps(items, sort_keys=True))
    collection: dict[str, Json] = {
        "@context": [ANNO, {"kashaf": TERMS}],
        "id": f"urn:uuid:{name}",
        "type": "AnnotationCollection",
        "label": _LABELS.get(language, _LABELS["en"]),
        "total": len(items),
    }
    if items:
        page = f"urn:uuid:{uuid.uuid5(name, 'page')}"
        collection["first"] = {"id": page, "type": "AnnotationPage", "startIndex": 0, "items": items}
        collection["last"] = page
    try:
        return (json.dumps(collection, ensure_ascii=False, indent=2) + "\n").encode("utf-8")
    except UnicodeEncodeError as error:
        raise BadInput("half a character in a note", cure="Write it anew") from error


def annotation(note: Note, bundle: Bundle) -> dict[str, Json]:
    """One note as an Annotation, without a context of its own."""
    made: dict[str, Json] = {
        "id": f"urn:uuid:{note.id}",
        "type": "Annotation",
        "motivation": MOTIVATIONS[note.kind],
        "created": note.created,
        "modified": note.modified,
    }
    author = sanitise_line(note.author)
    if author:
        made["creator"] = {"type": "Person", "name": author}
    bodies = _bodies(note, bundle)
    if bodies:
        made["body"] = bodies
    made["target"] = _target(note.target, bundle)
    made["kashaf:kind"] = note.kind
    made["kashaf:status"] = note.status
    if note.confidence:
        made["kashaf:confidence"] = note.confidence
    return made


def _bodies(note: Note, bundle: Bundle) -> list[Json]:
    bodies: list[Json] = []
    text = sanitise(note.body).text
    if text:
        body: dict[str, Json] = {
            "type": "TextualBody",
            "value": text,
            "format": "text/markdown",
            "textDirection": "auto",
            "purpose": MOTIVATIONS[note.kind] if note.kind in ("question", "claim") else "commenting",
        }
        if _is_arabic(text):
            body["language"] = "ar"
        bodies.append(body)
    for tag in map(sanitise_line, note.tags):
        bodies.append({"type": "TextualBody", "value": tag, "purpose": "tagging"})
    if note.other is not None:
        other = _target(note.other, bundle)
        assert isinstance(other, dict)
        bodies.append(other | {"purpose": "linking"})
    return bodies


def _target(target: Target, bundle: Bundle) -> Json:
    match target:
        case EntityTarget():
            name = sanitise_line(target.name)
            return {
                "id": f"{ENTITY}{_escaped(target.type)}:{_escaped(name)}",
                "kashaf:entityName": name,
                "kashaf:entityType": sanitise_line(target.type),
            }
        case SearchTarget():
            query = sanitise_line(target.query)
            return {
                "id": f"{SEARCH}{_escaped(query)}",
                "kashaf:query": query,
                "kashaf:rung": sanitise_line(target.rung),
                "kashaf:match": sanitise_line(target.match),
            }
    made: dict[str, Json] = {"type": "SpecificResource", "source": _source(target, bundle)}
    if isinstance(target, WordsTarget):
        made["selector"] = [
            {
                "type": "TextQuoteSelector",
                "exact": target.quote,
                "prefix": target.prefix,
                "suffix": target.suffix,
            },
            {"type": "TextPositionSelector", "start": target.start, "end": target.end},
        ]
    # The positions count in this text only, which is not that of the page at the source's address.
    made["state"] = {
        "type": "kashaf:Revision",
        "kashaf:textSha256": target.text_sha256,
        **({"kashaf:fileSha256": target.source_sha256} if target.source_sha256 else {}),
    }
    return made


def _source(target: WordsTarget | ArticleTarget, bundle: Bundle) -> Json:
    """The article: by its address where it has one, so that other tools find the page; always by our id as well."""
    ours = ARTICLE + _escaped(target.article_id)
    article = bundle.article(target.article_id)
    url = article.metadata.url if article is not None else None
    about = {
        "dc:title": sanitise_line(target.title),
        "dc:publisher": sanitise_line(target.outlet),
        "dcterms:issued": target.published,
    }
    source: dict[str, Json] = {
        "id": url if url is not None and is_web_address(url) else ours,
        "type": "Text",
        "canonical": ours,
    }
    return source | {name: value for name, value in about.items() if value}


def is_web_address(text: str) -> bool:
    """Whether a text is an absolute web address that may stand as an IRI."""
    if _NO_IRI.search(text):
        return False
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def _escaped(text: str) -> str:
    try:
        return quote(text, safe="")
    except UnicodeEncodeError as error:
        raise BadInput("half a character in a note", cure="Write it anew") from error


def _is_arabic(text: str) -> bool:
    """Whether most letters are Arabic: the press that is read here is, so that the script says the language."""
    letters = sum(char.isalpha() for char in text)
    return 2 * len(_ARABIC.findall(text)) > letters
