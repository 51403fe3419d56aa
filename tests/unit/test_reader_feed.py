"""Feeds: RSS, RDF and Atom; the feed is the outlet, a change is no publication, nothing is expanded or fetched."""

from __future__ import annotations

from datetime import date

import pytest

from kashaf.corpus.readers import Member, read
from kashaf.errors import BadInput

BODY = "رست السفينة في الميناء قبل الفجر وأفرغت حمولتها من القمح ثم غادرت نحو الجنوب."
SPACES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:atom="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/"'
)


def rss(
    *items: str, head: str = "<title>صحيفة المرسى</title><language>ar</language>", before: str = ""
) -> bytes:
    text = f'<?xml version="1.0" encoding="utf-8"?>{before}<rss version="2.0" {SPACES}><channel>{head}'
    return (text + "".join(f"<item>{item}</item>" for item in items) + "</channel></rss>").encode()


def only(data: bytes, name: str = "feed.xml") -> Member:
    result = read(name, data)
    assert not result.failures
    (member,) = result.members
    return member


FULL = f"""<title>سفينة في الميناء</title><link>https://marsa.example/1</link>
<guid isPermaLink="false">marsa-1</guid><description>القمح يصل بعد شهر من الانتظار</description>
<content:encoded><![CDATA[<p>{BODY}</p><h3>الكلفة</h3>
<p>قال مدير الرصيف إن الكلفة معروفة سلفا.</p>]]></content:encoded>
<pubDate>Sun, 09 Nov 2025 08:00:00 +0300</pubDate><atom:updated>2025-11-10T09:00:00Z</atom:updated>
<dc:creator>سلمى البحار</dc:creator><media:title>صورة</media:title>"""


def test_an_item_of_rss() -> None:
    member = only(rss(FULL))
    draft, meta = member.draft, member.draft.metadata
    assert member.key == "marsa-1"
    assert draft.text == f"سفينة في الميناء\n{BODY}\nالكلفة\nقال مدير الرصيف إن الكلفة معروفة سلفا."
    assert draft.kinds == ("title", "paragraph", "heading", "paragraph")
    assert (meta.outlet, meta.author, meta.language) == ("صحيفة المرسى", "سلمى البحار", "ar")
    assert (meta.published, meta.updated) == (date(2025, 11, 9), date(2025, 11, 10))
    assert (meta.standfirst, meta.url) == ("القمح يصل بعد شهر من الانتظار", "https://marsa.example/1")
    assert meta.published_evidence == "field: pubDate"


def test_an_item_of_rdf() -> None:
    data = f"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
    {SPACES}><channel rdf:about="https://marsa.example"><title>صحيفة المرسى</title></channel>
    <item rdf:about="https://marsa.example/9"><title>سفينة</title><link>https://marsa.example/9</link>
    <description>{BODY}</description><dc:date>2025-11-09T08:00:00Z</dc:date></item></rdf:RDF>"""
    member = only(data.encode(), "a.rdf")
    meta = member.draft.metadata
    assert (member.key, meta.outlet, meta.published) == (
        "https://marsa.example/9",
        "صحيفة المرسى",
        date(2025, 11, 9),
    )
    assert any("summary" in warning for warning in member.draft.provenance.warnings)


def atom(entry: str) -> bytes:
    return f"""<?xml version='1.0'?>
    <feed xmlns="http://www.w3.org/2005/Atom" xml:lang="ar" xml:base="https://marsa.example/news/">
    <title>صحيفة المرسى</title>
    <updated>2025-12-01T00:00:00Z</updated><entry>{entry}</entry></feed>""".encode()


def test_an_entry_of_atom() -> None:
    xhtml = f'<div xmlns="http://www.w3.org/1999/xhtml"><p>{BODY}</p><ul><li>قمح</li></ul></div>'
    member = only(
        atom(
            f"""<id>tag:marsa.example,2025:1</id><title type="html">قمح &amp;amp; شعير</title>
            <link rel="self" href="https://marsa.example/self"/><link rel="alternate" href="1.html"/>
            <published>2025-11-09T23:30:00+03:00</published><updated>2025-11-10T00:10:00Z</updated>
            <author><name>سلمى البحار</name><email>s@marsa.example</email></author>
            <source><title>وكالة الشراع</title></source><content type="xhtml">{xhtml}</content>"""
        )
    )
    meta = member.draft.metadata
    assert member.key == "tag:marsa.example,2025:1"
    assert (meta.title, meta.outlet, meta.author) == ("قمح & شعير", "وكالة الشراع", "سلمى البحار")
    assert (meta.published, meta.updated) == (date(2025, 11, 9), date(2025, 11, 10))
    assert (meta.url, meta.language) == ("https://marsa.example/news/1.html", "ar")
    assert member.draft.kinds == ("title", "paragraph", "item")


def test_a_change_is_no_publication() -> None:
    entry = f"<id>1</id><title>سفينة</title><updated>2025-11-10T00:10:00Z</updated><content>{BODY}</content>"
    meta = only(atom(entry)).draft.metadata
    assert (meta.published, meta.updated) == (None, date(2025, 11, 10))


def test_a_mail_address_is_no_author() -> None:
    first = (
        f"<title>أ</title><guid>1</guid><author>desk@marsa.example</author><description>{BODY}</description>"
    )
    second = first.replace("<guid>1", "<guid>2").replace("example</author>", "example (سلمى البحار)</author>")
    members = read("a.rss", rss(first, second)).members
    assert [member.draft.metadata.author for member in members] == [None, "سلمى البحار"]


def test_entities_of_html_and_a_doctype_without_declarations() -> None:
    doctype = '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.example/rss-0.91.dtd">'
    member = only(
        rss(
            f"<title>قمح&nbsp;وشعير &laquo;معا&raquo;</title><description>{BODY}</description>",
            before=doctype,
        )
    )
    assert member.draft.metadata.title == "قمح وشعير «معا»"


def test_long_ids_and_missing_ids() -> None:
    guid = "https://marsa.example/" + "قمح/" * 60
    items = [f"<title>{n}</title><guid>{guid}{n}</guid><description>{BODY}</description>" for n in range(2)]
    keys = [member.key for member in read("a.rss", rss(*items)).members]
    assert len(set(keys)) == 2
    assert all(len(key) == 32 for key in keys)
    plain = [f"<title>{n}</title><description>{BODY}</description>" for n in range(2)]
    assert [member.key for member in read("a.rss", rss(*plain)).members] == ["1", "2"]


def test_a_feed_that_breaks_off_gives_what_is_there() -> None:
    data = rss(FULL, FULL.replace("marsa-1", "marsa-2"))
    result = read("a.rss", data[: len(data) - 300])
    assert result.members[0].key == "marsa-1"
    assert "breaks off" in result.failures[-1].reason


def test_a_feed_in_a_code_page() -> None:
    data = rss(FULL).decode().replace("utf-8", "windows-1256", 1).encode("cp1256")
    member = only(data)
    assert (member.draft.metadata.outlet, member.draft.provenance.encoding) == (
        "صحيفة المرسى",
        "windows-1256",
    )


def test_a_feed_without_items_is_refused() -> None:
    with pytest.raises(BadInput):
        read("a.rss", rss())


def test_other_xml_is_refused() -> None:
    with pytest.raises(BadInput, match="XML"):
        read("a.xml", f'<?xml version="1.0"?><catalogue><book>{BODY}</book></catalogue>'.encode())
