"""Records made to exhaust, to mislead or to hide: each within bounds, with a reason, and the rest is read."""

from __future__ import annotations

import json
import mmap
import tracemalloc
from contextlib import suppress
from pathlib import Path

import pytest

from kashaf.corpus import limits
from kashaf.corpus.readers import Failure, Member, articles, csv_rows, file_lines, model, read, records
from kashaf.errors import BadInput
from kashaf.text.sanitise import is_clean

BODY = "رست السفينة في الميناء قبل الفجر وأفرغت حمولتها من القمح ثم غادرت نحو الجنوب."
GOOD = json.dumps({"title": "سفينة", "text": BODY}, ensure_ascii=False).encode()


def reasons(data: bytes, name: str = "a.jsonl") -> list[str]:
    """Why the records but the last one failed, which is good."""
    result = read(name, data + b"\n" + GOOD)
    assert [member.draft.metadata.title for member in result.members] == ["سفينة"]
    return [failure.reason for failure in result.failures]


@pytest.mark.parametrize("depth", [65, 1_000, 200_000])
@pytest.mark.parametrize("bracket", ["[", '{"a":'])
def test_nesting(depth: int, bracket: str) -> None:
    closing = "]" if bracket == "[" else "}"
    bomb = f'{{"text": "x", "deep": {bracket * depth}1{closing * depth}}}'
    (reason,) = reasons(bomb.encode())
    assert "nested over 64 levels" in reason


def test_nesting_that_is_never_closed() -> None:
    (reason,) = reasons(b'{"text": ' + b"[" * 1_000_000)
    assert reason.startswith("not JSON: ")


def test_keys_said_twice() -> None:
    assert reasons(b'{"text": "a", "title": "x", "text": "b"}') == ["the field «text» stands twice"]


@pytest.mark.parametrize(
    "number", ["NaN", "-Infinity", "9" * 100_000, "1e999999", "-0", "1" + "0" * 30 + ".5"]
)
@pytest.mark.parametrize("field", ["date", "id", "title", "author"])
def test_numbers(number: str, field: str) -> None:
    text = f'{{"text": "{BODY}", "{field}": {number}}}'
    (member,) = read("a.json", text.encode()).members
    assert member.draft.metadata.published is None


def test_lone_surrogates_and_controls() -> None:
    text = '{"title": "\\ud800 سفينة \\u001b[31m", "text": "رست\\u0000 السفينة \\udfff\\u202e", "\\ud800": 1}'
    (member,) = read("a.jsonl", text.encode() + b"\n").members
    assert is_clean(member.draft.text)
    assert is_clean(member.draft.metadata.title)


def test_field_names_that_terminals_obey() -> None:
    (reason,) = reasons(json.dumps({"\x1b]0;x\x07kick": 1, "\u202ea": "b"}).encode())
    assert is_clean(reason)


def test_a_record_with_100000_fields() -> None:
    wide = {f"field {n}": "x" for n in range(100_000)} | {"text": BODY}
    assert len(reasons(json.dumps(wide).encode())) == 1
    assert len(read("a.jsonl", json.dumps({"text": BODY} | wide).encode()).members) == 1


def test_records_that_each_have_other_fields() -> None:
    lines = [json.dumps({f"f{n}": 1, "text": f"{BODY} {n}"}) for n in range(2_000)]
    assert len(read("a.jsonl", "\n".join(lines).encode()).members) == 2_000


def test_a_line_over_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_lines, "MAX_LINE_CHARS", 1_000)
    assert reasons(b'{"text": "' + b"a" * 1_000 + b'"}') == ["not JSON: line over the limit"]
    assert reasons(b'{"text": "' + b"a" * 10_000 + b'"}') == ["not JSON: line over the limit"]


def test_more_records_than_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(records, "MAX_MEMBERS", 3)
    with pytest.raises(BadInput, match="over 3 records"):
        read("a.jsonl", b"\n".join([GOOD] * 4))
    monkeypatch.setattr(records, "HELD_BYTES", 0)
    stream = articles("a.jsonl", b"\n".join([GOOD] * 4))
    assert [isinstance(next(stream), Member) for _ in range(3)] == [True] * 3
    with pytest.raises(BadInput, match="over 3 records"):
        next(stream)


def test_a_list_full_of_unclosed_objects_ends_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    data = b"[" + b'{"text": "a", \n' * 20_000
    with pytest.raises(BadInput, match="not JSON"):
        read("a.json", data)


def test_a_table_with_100000_columns() -> None:
    header = ",".join(["title", "text", *(f"c{n}" for n in range(100_000))])
    row = ",".join(["سفينة", BODY, *("x" for n in range(100_000))])
    with pytest.raises(BadInput, match="columns"):
        read("a.csv", f"{header}\n{row}\n".encode())


def test_zeros_in_a_table() -> None:
    data = f"title,text\nسف\0ينة,{BODY}\nالقمح,{BODY}\0\n".encode()
    result = read("a.csv", data)
    assert [member.draft.metadata.title for member in result.members] == ["سفينة", "القمح"]
    assert all(is_clean(member.draft.text) for member in result.members)


def test_a_quote_that_would_swallow_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_rows, "_MAX_ROW_LINES", 50)
    rows = "".join(f"خبر {n},{BODY}\n" for n in range(500))
    result = read("a.csv", f'title,text\nسفينة,"{BODY}\n{rows}'.encode())
    assert len(result.members) == 500
    assert [failure.member for failure in result.failures] == ["2"]


def test_quotes_everywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_rows, "_MAX_AGAIN", 5_000)
    rows = "".join(f'"خبر {n},"{BODY}\n' for n in range(3_000))
    result = read("a.csv", f"title,text\nسفينة,{BODY}\n{rows}".encode())
    assert result.members
    assert result.failures


def test_a_field_over_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_rows, "MAX_LINE_CHARS", 2_000)
    monkeypatch.setattr(file_lines, "MAX_LINE_CHARS", 2_000)
    data = f'title,text\nسفينة,{BODY}\nثقيل,"{"أ" * 3_000}"\nطويل,"{"أ" * 30_000}"\nالقمح,{BODY}\n'
    result = read("a.csv", data.encode())
    assert [member.draft.metadata.title for member in result.members] == ["سفينة", "القمح"]
    assert [failure.member for failure in result.failures] == ["3", "4"]


LOL = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 9))


@pytest.mark.parametrize(
    "doctype",
    [
        f'<!DOCTYPE rss [<!ENTITY l0 "ها">{LOL}]>',
        '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE rss [<!ENTITY % p SYSTEM "http://x.example/p.dtd"> %p;]>',
        '<!DOCTYPE rss SYSTEM "x.dtd" [<!ATTLIST rss a CDATA "x">]>',
        f'<!DOCTYPE rss [<!ENTITY a "{"أ" * 10_000}">]>',
    ],
)
def test_declared_entities_are_refused(doctype: str) -> None:
    data = (
        f"<?xml version='1.0'?>{doctype}<rss><channel><item><title>&l8;&x;&a;</title></item></channel></rss>"
    )
    with pytest.raises(BadInput):
        read("a.rss", data.encode())


def test_nothing_is_included(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("كلمة السر", encoding="utf-8")
    include = (
        f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{secret.as_uri()}" parse="text"/>'
    )
    item = f"<item><title>سفينة{include}</title><description>{BODY}{include}</description></item>"
    (member,) = read("a.rss", f"<rss><channel><title>س</title>{item}</channel></rss>".encode()).members
    assert "السر" not in member.draft.text


def test_a_feed_nested_beyond_measure() -> None:
    deep = "<b>" * 100_000 + "</b>" * 100_000
    data = (
        f"<rss><channel><item><title>أ</title><description>{BODY}</description></item>{deep}</channel></rss>"
    )
    result = read("a.rss", data.encode())
    assert len(result.members) == 1


def test_a_feed_of_many_items_needs_little_memory() -> None:
    item = f"<item><title>سفينة</title><description>{BODY}</description></item>"
    data = f"<rss><channel>{item * 2_000}</channel></rss>".encode()
    tracemalloc.start()
    try:
        count = sum(isinstance(one, Member) for one in articles("a.rss", data))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert count == 2_000
    assert peak < 20 * len(data)


def test_a_file_of_any_size_is_read_through_a_map(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_FILE_BYTES", 10_000)
    for module in (
        "kashaf.corpus.readers",
        "kashaf.corpus.readers.jsonl",
        "kashaf.corpus.readers.file_lines",
    ):
        monkeypatch.setattr(f"{module}.MAX_FILE_BYTES", 10_000)
    monkeypatch.setattr(model, "OPENING_BYTES", 5_000)
    monkeypatch.setattr(records, "HELD_BYTES", 5_000)
    items = [
        json.dumps({"id": n, "title": f"سفينة {n}", "text": BODY}, ensure_ascii=False) for n in range(500)
    ]
    table = "".join(f'{n},سفينة {n},"{BODY}"\n' for n in range(500))
    for name, text in (
        ("a.jsonl", "\n".join(items)),
        ("b.json", f"[{', '.join(items)}]"),
        ("c.json", "\n\n".join(json.dumps(json.loads(item), indent=1, ensure_ascii=False) for item in items)),
        ("d.csv", f"id,title,text\n{table}"),
    ):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            found = list(articles(name, data, sha256="0" * 64))  # type: ignore[arg-type]
        assert [one.key for one in found if isinstance(one, Member)] == [str(n) for n in range(500)]
        assert not any(isinstance(one, Failure) for one in found)
        assert found[7].draft.text == f"سفينة 7\n{BODY}" if isinstance(found[7], Member) else False


CHOKING = (
    "<!---->" * 4_000,
    "<?xml ?>" * 4_000 + "<rs",
    "<!DOCTYPE rss " + "[" * 20_000,
    "<!--" * 10_000,
    " " * 100_000,
    "\n,{" * 50_000,
    '{"' * 50_000,
    '"' * 100_000,
    "title,text\n" + '"' * 100_001,
    "title,text\n" + '"a"' * 50_000,
    "sep=,\n" + "," * 100_000,
    "\\" * 100_000,
    "<rss><channel><item><author>" + "@" * 100_000 + "</author></item></channel></rss>",
    "<rss><channel><item><title>" + "&nbsp;" * 50_000 + "</title></item></channel></rss>",
    "<feed xml:base='http://[x'><entry><link href='//[y'/><title>x</title><content>y</content></entry></feed>",
    "<feed><entry><content type='xhtml'><b>&x;<i>" + "<u>" * 5_000 + "</content></entry></feed>",
    "<feed>" + "<entry>" * 5_000,
)


@pytest.mark.parametrize("number", range(len(CHOKING)))
def test_texts_that_patterns_could_choke_on(number: int) -> None:
    """They are read or refused; a pattern that takes its time on one of them would hold up the whole suite."""
    for name in ("a.json", "a.jsonl", "a.csv", "a.rss", "a"):
        with suppress(BadInput):
            read(name, CHOKING[number].encode())
