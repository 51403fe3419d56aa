"""The citation card: what a reader needs to find quoted words again, and to prove that they are the same.

A card is plain text in logical order. A value is set between FSI and PDI (UAX #9, 2.4.1) where it does not run the
way of its line, so that a hash or an address stands right within Arabic, and an Arabic headline within English.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from kashaf.errors import UsageError
from kashaf.notes.anchoring import make_target
from kashaf.notes.model import ArticleTarget, Note, WordsTarget
from kashaf.text.sanitise import sanitise_line

if TYPE_CHECKING:
    from kashaf.corpus.article import Article, Provenance
    from kashaf.storage.strict_json import Json

Language: TypeAlias = Literal["en", "ar"]

_FSI: Final = "\u2068"
_PDI: Final = "\u2069"


@dataclass(frozen=True, slots=True)
class Citation:
    """Words of an article, or a whole one, and where they are from. Texts are one line each, empty when unknown.

    published: ISO 8601 date; published_evidence: where that was read. paragraph: 0 the title, then from 1.
    start, end, quote: None and empty for a whole article. sha256: of the whole raw file; text_sha256: of the text
    that the offsets count in, in UTF-8. path, member, url, container, container_sha256: as of `Provenance`,
    where the article is known. note_id: of the note that is cited.
    """

    article_id: str
    outlet: str
    headline: str
    published: str
    text_sha256: str
    sha256: str
    published_evidence: str = ""
    author: str = ""
    paragraph: int | None = None
    start: int | None = None
    end: int | None = None
    quote: str = ""
    path: str = ""
    member: str = ""
    url: str = ""
    container: str = ""
    container_sha256: str = ""
    note_id: str = ""


def cite(article: Article, start: int, end: int) -> Citation:
    """The citation of `[start, end)` of the article's text. Raises UsageError when that is no span of it."""
    return _of(make_target(article, start, end), article)


def cite_note(note: Note, article: Article | None = None) -> Citation:
    """The citation of a note, as of the revision it was written on. article: as it is now, where it is there.

    Raises UsageError for a note on an entity or a search.
    """
    if not isinstance(note.target, WordsTarget | ArticleTarget):
        raise UsageError("the note is not on an article, so there is nothing to cite", where=note.id)
    return _of(note.target, article, note.id)


def _of(target: WordsTarget | ArticleTarget, article: Article | None, note_id: str = "") -> Citation:
    words = target if isinstance(target, WordsTarget) else None
    about = article.metadata if article is not None else None
    # The file that the note was made on, or none: another one's path beside this one's hash would be a lie.
    source: Provenance | None = None
    if article is not None and article.provenance.sha256 == target.source_sha256:
        source = article.provenance
    dated = (
        about is not None and about.published is not None and about.published.isoformat() == target.published
    )
    return Citation(
        article_id=target.article_id,
        outlet=sanitise_line(target.outlet),
        headline=sanitise_line(target.title),
        published=target.published,
        published_evidence=sanitise_line(about.published_evidence) if about is not None and dated else "",
        author=sanitise_line(about.author or "") if about is not None else "",
        text_sha256=target.text_sha256,
        sha256=target.source_sha256,
        paragraph=words.paragraph if words else None,
        start=words.start if words else None,
        end=words.end if words else None,
        quote=words.quote if words else "",
        path=sanitise_line(source.path) if source else "",
        member=sanitise_line(source.member) if source else "",
        url=sanitise_line(about.url or "") if about is not None else "",
        container=sanitise_line(source.container) if source else "",
        container_sha256=source.container_sha256 if source else "",
        note_id=note_id,
    )


def card(citation: Citation, language: str) -> list[str]:
    """The citation as lines of text in English (`en`) or Arabic (`ar`): what is not known is left out."""
    return _Card(citation, _WORDS[language], right_to_left=language == "ar").lines()


def as_document(citation: Citation) -> dict[str, Json]:
    """The citation as a JSON object; null for what is not known."""
    span: Json = None if citation.start is None or citation.end is None else [citation.start, citation.end]
    return {
        "article_id": citation.article_id,
        "note_id": citation.note_id or None,
        "outlet": citation.outlet or None,
        "headline": citation.headline,
        "author": citation.author or None,
        "published": citation.published or None,
        "published_evidence": citation.published_evidence or None,
        "paragraph": citation.paragraph,
        "span": span,
        "quote": citation.quote or None,
        "sha256": citation.sha256 or None,
        "text_sha256": citation.text_sha256,
        "path": citation.path or None,
        "member": citation.member or None,
        "url": citation.url or None,
        "container": citation.container or None,
        "container_sha256": citation.container_sha256 or None,
    }


_WORDS: Final = {
    "en": {
        "quote": "“{}”",
        "outlet": "Outlet",
        "headline": "Headline",
        "author": "Author",
        "date": "Date",
        "evidence": "{} (read at: {})",
        "undated": "not stated",
        "article": "Article",
        "paragraph": "Paragraph",
        "title": "title",
        "characters": "Characters",
        "span": "{}–{} of the text, counted from 0",
        "file": "File",
        "member": "{}, record {}",
        "url": "Address",
        "container": "Archive",
        "sha256": "SHA-256 of the file",
        "container_sha256": "SHA-256 of the archive",
        "text_sha256": "SHA-256 of the text",
        "note": "Note",
        "colon": ": ",
    },
    "ar": {
        "quote": "«{}»",
        "outlet": "المصدر",
        "headline": "العنوان",
        "author": "الكاتب",
        "date": "التاريخ",
        "evidence": "{} (موضعه: {})",
        "undated": "غير مذكور",
        "article": "المقال",
        "paragraph": "الفقرة",
        "title": "العنوان",
        "characters": "المحارف",
        "span": "{}–{} من النص، عدًّا من الصفر",
        "file": "الملف",
        "member": "{}، السجل {}",
        "url": "الرابط",
        "container": "الأرشيف",
        "sha256": "بصمة SHA-256 للملف",
        "container_sha256": "بصمة SHA-256 للأرشيف",
        "text_sha256": "بصمة SHA-256 للنص",
        "note": "الملاحظة",
        "colon": ": ",
    },
}


# Where a value of the metadata was read, as `kashaf.corpus.article.Evidence` says it, in Arabic.
_READ_AT: Final = {
    "meta": "بيانات الصفحة",
    "field": "الحقل",
    "front matter": "ترويسة الملف",
    "header": "ترويسة الرسالة",
    "property": "خاصية المستند",
    "style": "النمط",
    "json-ld": "بيانات JSON-LD للصفحة",
    "element": "العنصر",
    "html": "سمة الصفحة",
    "stated by the file": "يذكره الملف",
    "file name": "اسم الملف",
    "letters of the text": "حروف النص",
    "corrected by the analyst": "صححه المحلل",
}
_LINE: Final = re.compile(r"line (\d+)(?:, (.+))?")
_BESIDE: Final = {"Hijri": "هجري", "copyright": "سطر حقوق النشر", "heading": "عنوان فرعي"}


class _Card:
    def __init__(self, citation: Citation, words: dict[str, str], *, right_to_left: bool) -> None:
        self._citation = citation
        self._words = words
        self._right_to_left = right_to_left

    def lines(self) -> list[str]:
        one = self._citation
        lines = []
        if one.quote:
            lines.append(self._words["quote"].format(self._isolated(sanitise_line(one.quote))))
        lines += self._line("outlet", one.outlet)
        lines += self._line("headline", one.headline)
        lines += self._line("author", one.author)
        lines += self._dated()
        lines += self._line("article", one.article_id)
        if one.paragraph is not None:
            lines += self._line("paragraph", str(one.paragraph) if one.paragraph else self._words["title"])
        if one.start is not None:
            span = self._words["span"].format(*map(self._isolated, (str(one.start), str(one.end))))
            lines.append(f"{self._words['characters']}{self._words['colon']}{span}")
        lines += self._filed()
        lines += self._line("url", one.url)
        lines += self._line("container", one.container)
        lines += self._line("sha256", one.sha256)
        lines += self._line("container_sha256", one.container_sha256)
        lines += self._line("text_sha256", one.text_sha256)
        lines += self._line("note", one.note_id)
        return lines

    def _line(self, label: str, value: str) -> list[str]:
        return [f"{self._words[label]}{self._words['colon']}{self._isolated(value)}"] if value else []

    def _dated(self) -> list[str]:
        one = self._citation
        value = self._isolated(one.published) if one.published else self._words["undated"]
        if one.published and one.published_evidence:
            value = self._words["evidence"].format(value, self._read_at(one.published_evidence))
        return [f"{self._words['date']}{self._words['colon']}{value}"]

    def _read_at(self, where: str) -> str:
        if not self._right_to_left:
            return self._isolated(where)
        if line := _LINE.fullmatch(where):
            beside = f"، {_BESIDE.get(line[2], self._isolated(line[2]))}" if line[2] else ""
            return f"السطر {self._isolated(line[1])}{beside}"
        kind, _, name = where.partition(": ")
        if kind not in _READ_AT:
            return self._isolated(where)
        return f"{_READ_AT[kind]}: {self._isolated(name)}" if name else _READ_AT[kind]

    def _filed(self) -> list[str]:
        one = self._citation
        if not one.path or not one.member:
            return self._line("file", one.path)
        value = self._words["member"].format(self._isolated(one.path), self._isolated(one.member))
        return [f"{self._words['file']}{self._words['colon']}{value}"]

    def _isolated(self, value: str) -> str:
        """The value between FSI and PDI, unless everything in it runs the way of the line."""
        away = {"L", "EN", "AN"} if self._right_to_left else {"R", "AL", "AN"}
        return (
            f"{_FSI}{value}{_PDI}"
            if any(unicodedata.bidirectional(char) in away for char in set(value))
            else value
        )
