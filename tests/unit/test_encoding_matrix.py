"""One article in every encoding and every format of text: what is read never depends on either."""

from __future__ import annotations

import codecs
import csv
import io
import json
from collections.abc import Callable
from datetime import date
from typing import Final

import pytest

from kashaf.corpus.readers import read

TITLE: Final = "البلدية تفتح حديقة جديدة على ضفة النهر"
PUBLISHED: Final = date(2025, 11, 30)
BODY: Final = (  # without the Arabic comma and question mark: the DOS page has neither
    "افتتحت بلدية المدينة صباح الأحد حديقة واسعة على ضفة النهر بعد عامين من الأعمال التي تأخرت بسبب الفيضان.",
    "وقال رئيس البلدية إن الدخول مجاني طوال الشتاء وإن الأشجار التي غرست هناك يزيد عددها على أربعة آلاف شجرة.",
    "ويقول الحارس الذي يعمل فيها منذ شهر إن الزوار أنفسهم يجمعون ما يتركه الأطفال.",
)


def _txt() -> str:
    return "\n\n".join((TITLE, "30 تشرين الثاني 2025", *BODY)) + "\n"


def _html() -> str:
    rows = "\n".join(f"<p>{line}</p>" for line in BODY)
    return (
        f'<!DOCTYPE html>\n<html lang="ar" dir="rtl"><head><title>{TITLE}</title>\n'
        f'<meta property="og:title" content="{TITLE}">\n'
        '<meta property="article:published_time" content="2025-11-30T08:00:00+03:00"></head>\n'
        f"<body><article><h1>{TITLE}</h1>\n{rows}\n</article></body></html>\n"
    )


def _json() -> str:
    record = {"title": TITLE, "date": "2025-11-30", "content": "\n".join(BODY)}
    return json.dumps(record, ensure_ascii=False, indent=1) + "\n"


def _csv() -> str:
    buffer = io.StringIO()
    csv.writer(buffer).writerows([["العنوان", "التاريخ", "النص"], [TITLE, "30/11/2025", "\n".join(BODY)]])
    return buffer.getvalue()


def _md() -> str:
    return f"---\ntitle: {TITLE}\ndate: 2025-11-30\n---\n\n" + "\n\n".join(BODY) + "\n"


FORMATS: Final[dict[str, Callable[[], str]]] = {
    "txt": _txt, "html": _html, "json": _json, "csv": _csv, "md": _md,
}  # fmt: skip


def _misread(codec: str) -> Callable[[str], bytes]:
    """UTF-8 that a program took for another code page and saved as UTF-8 again."""

    def letter(byte: int) -> str:
        try:
            return bytes([byte]).decode(codec)
        except UnicodeDecodeError:
            return chr(byte)  # as the WHATWG's decoders do

    return lambda text: "".join(map(letter, text.encode())).encode()


def _plainly(codec: str, mark: bytes = b"") -> Callable[[str], bytes]:
    return lambda text: mark + text.encode(codec)


#: How the text is written, and what the article must say that it was.
ENCODINGS: Final[dict[str, tuple[Callable[[str], bytes], str]]] = {
    "utf-8": (_plainly("utf-8"), "utf-8"),
    "utf-8 with a mark": (_plainly("utf-8", codecs.BOM_UTF8), "utf-8"),
    "utf-16-le with a mark": (_plainly("utf-16-le", codecs.BOM_UTF16_LE), "utf-16-le"),
    "utf-16-be with a mark": (_plainly("utf-16-be", codecs.BOM_UTF16_BE), "utf-16-be"),
    "utf-16-le": (_plainly("utf-16-le"), "utf-16-le"),
    "utf-16-be": (_plainly("utf-16-be"), "utf-16-be"),
    "utf-32-le with a mark": (_plainly("utf-32-le", codecs.BOM_UTF32_LE), "utf-32-le"),
    "utf-32-be": (_plainly("utf-32-be"), "utf-32-be"),
    "windows-1256": (_plainly("cp1256"), "windows-1256"),
    "iso-8859-6": (_plainly("iso8859-6"), "iso-8859-6"),
    "ibm720": (_plainly("cp720"), "ibm720"),
    "x-mac-arabic": (_plainly("mac_arabic"), "x-mac-arabic"),
    "utf-8 taken for windows-1252": (_misread("cp1252"), "utf-8"),
    "utf-8 taken for latin-1": (_misread("latin-1"), "utf-8"),
    "utf-8 taken for windows-1256": (_misread("cp1256"), "utf-8"),
}


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("form", FORMATS)
def test_text_title_and_date_are_the_same(form: str, encoding: str) -> None:
    write, said = ENCODINGS[encoding]
    result = read(f"news.{form}", write(FORMATS[form]()))
    (member,) = result.members
    draft = member.draft
    assert draft.text == "\n".join((TITLE, *BODY))
    assert (draft.metadata.title, draft.metadata.published) == (TITLE, PUBLISHED)
    assert draft.provenance.encoding == said
    assert draft.provenance.confidence >= 0.75
