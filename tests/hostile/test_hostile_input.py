"""Files made to do harm: to the terminal, to memory, to time. Each becomes a clean article or a clear refusal."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from tests.effort_support import assert_linear, bounded

from kashaf.corpus.article import Draft
from kashaf.corpus.limits import MAX_FILE_BYTES, MAX_TEXT_BYTES
from kashaf.corpus.readers import ReadResult, read
from kashaf.errors import BadInput
from kashaf.text.sanitise import is_clean

BODY = "قالت المتحدثة باسم البلدية إن الأعمال تبدأ في مطلع الشهر المقبل، وإن الطرق البديلة ستبقى مفتوحة طوال المدة."
CONTROLS = [chr(code) for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) != "\n"]
ATTACKS = [
    *CONTROLS,
    "\x1b]52;c;cm0gLXJm\x07",
    "\x1b]0;pwned\x1b\\",
    "\x9d52;c;cm0gLXJm\x9c",
    "\x1b]8;;file:///etc/passwd\x1b\\",
    "\x1b[2J\x1b[H",
    "\x1bP$q\x1b\\",
    "\x1b_G\x1b\\",
    "\u202e",
    "\u2066",
    "\u2069",
    "\ufeff",
    "\U000e0041",
]


def texts(result: ReadResult) -> Iterator[str]:
    for member in result.members:
        draft = member.draft
        meta, origin = draft.metadata, draft.provenance
        yield from (draft.text, member.key, origin.path, origin.member, origin.encoding, *origin.warnings)
        yield from (line.text for line in origin.removed)
        yield from filter(
            None, (meta.title, meta.outlet, meta.author, meta.url, meta.published_evidence, meta.language)
        )
    for failure in result.failures:
        yield from (failure.member, failure.reason)


def assert_clean(result: ReadResult) -> None:
    for text in texts(result):
        assert is_clean(text), ascii(text)


def only(result: ReadResult) -> Draft:
    (member,) = result.members
    return member.draft


def read_or_refuse(name: str, data: bytes) -> None:
    try:
        result = read(name, data)
    except BadInput as refusal:
        if not refusal.cure:
            raise
    else:
        assert_clean(result)


@pytest.mark.parametrize("attack", ATTACKS, ids=ascii)
def test_nothing_a_terminal_obeys_gets_through_text(attack: str) -> None:
    page = f"عنوان{attack}الخبر\n\nبقلم: ليلى{attack}الحداد\n{BODY}{attack}\n© صحيفة{attack}البلدة"
    assert_clean(read(f"ملف{attack}خبر.txt", page.encode()))


@pytest.mark.parametrize("attack", ATTACKS, ids=ascii)
def test_nothing_a_terminal_obeys_gets_through_records(attack: str) -> None:
    record = {
        "id": f"a{attack}b",
        "title": f"عنوان{attack}",
        "text": f"{BODY}{attack}",
        "source": f"صحيفة{attack}البلدة",
        "author": f"ليلى{attack}",
        "url": f"https://x.example/{attack}",
        "date": f"2025-11-09{attack}",
        f"field{attack}": 1,
    }
    assert_clean(read("a.jsonl", json.dumps(record).encode()))


@pytest.mark.parametrize("attack", ATTACKS, ids=ascii)
def test_nothing_a_terminal_obeys_gets_through_front_matter(attack: str) -> None:
    quoted = json.dumps(f"عنوان{attack}الخبر")  # a JSON string is a YAML string
    assert_clean(
        read("a.md", f"---\ntitle: {quoted}\nsource: {quoted}\nauthor: {quoted}\n---\n{BODY}".encode())
    )


@pytest.mark.parametrize("attack", ATTACKS, ids=ascii)
def test_nothing_a_terminal_obeys_gets_through_pages(attack: str) -> None:
    entity = "".join(f"&#{ord(c)};" for c in attack)
    page = (
        f'<html><head><title>عنوان{entity}</title><meta property="og:site_name" content="صحيفة{entity}">'
        f'<meta name="author" content="ليلى{attack}"></head><body><article><h1>عنوان{entity}الخبر</h1>'
        f"<p>{BODY}{entity}</p><p>{BODY}{attack}</p></article></body></html>"
    )
    assert_clean(read("a.html", page.encode()))


def test_the_words_around_an_attack_stay() -> None:
    draft = only(read("a.txt", f"عنوان الخبر\n{BODY[:40]}\x1b]52;c;eA==\x07\u202e{BODY[40:]}".encode()))
    assert draft.text == f"عنوان الخبر\n{BODY}"
    assert draft.provenance.warnings == ("taken out: 1 escape sequence, 1 bidi control",)


def test_lone_surrogates_of_json_can_be_written() -> None:
    draft = only(read("a.json", b'{"title": "a\\ud800b", "text": "x \\udfff y", "source": "\\ud83d"}'))
    draft.text.encode("utf-8")
    assert_clean(read("a.json", b'{"title": "a\\ud800b", "text": "x \\udfff y", "source": "\\ud83d"}'))


@pytest.mark.parametrize("name", ["../../etc/passwd", "C:\\temp\\x.txt", "", "\x00", "a" * 5000])
def test_any_file_name_is_only_a_name(name: str) -> None:
    assert_clean(read(name, f"عنوان\n{BODY}".encode()))


def test_a_yaml_bomb_is_not_followed() -> None:
    levels = "".join(f"k{n}: &k{n} [{', '.join([f'*k{n - 1}'] * 9)}]\n" for n in range(1, 12))
    with bounded():
        draft = only(read("a.md", f"---\nk0: &k0 [x]\n{levels}title: القنبلة\n---\n{BODY}".encode()))
    assert draft.metadata.title == "القنبلة"
    assert "anchors" in draft.provenance.warnings[0]


@pytest.mark.parametrize(
    "front", ["a: " + "[" * 5000, "a: !!python/object/apply:os.system [true]", "{" * 3000, "\tx: y"]
)
def test_other_front_matter_is_survived(front: str) -> None:
    with bounded():
        assert only(read("a.md", f"---\ntitle: عنوان\n{front}\n---\n{BODY}".encode())).text.endswith(BODY)


@pytest.mark.parametrize(
    "bomb", [b"[" * 200_000, b'{"a":' * 100_000, b'[{"text":"x","a":' + b"[" * 70 + b"]" * 70 + b"}]"]
)
def test_json_nested_too_deep(bomb: bytes) -> None:
    with pytest.raises(BadInput, match="nested over 64 levels"), bounded():
        read("a.json", bomb)


def test_one_deep_record_does_not_spoil_the_others() -> None:
    deep = b'{"text": "x", "a": ' + b"[" * 50_000 + b"]" * 50_000 + b"}\n"
    result = read("a.jsonl", deep + json.dumps({"text": BODY}).encode())
    assert [member.key for member in result.members] == ["2"]
    assert result.failures[0].reason == "not JSON: nested over 64 levels"


def test_a_field_said_twice_is_refused() -> None:
    result = read("a.jsonl", b'{"text": "one", "text": "two"}\n' + json.dumps({"text": BODY}).encode())
    assert [(failure.member, failure.reason) for failure in result.failures] == [
        ("1", "the field «text» stands twice")
    ]
    assert len(result.members) == 1


@pytest.mark.parametrize("depth", [300, 1_000, 100_000])
@pytest.mark.parametrize("tag", ["div", "b", "table"])
def test_deeply_nested_pages_keep_their_text(tag: str, depth: int) -> None:
    page = f"<html><body>{f'<{tag}>' * depth}<p>{BODY}</p>{f'</{tag}>' * depth}</body></html>"
    with bounded():
        draft = only(read("a.html", page.encode()))
    assert BODY in draft.text
    assert any("deep" in warning for warning in draft.provenance.warnings)


@pytest.mark.parametrize("piece", ["<!--", "<script>", "<p ", "<", "&", "<a href='", "</p>", "<![CDATA["])
def test_broken_markup_in_bulk(piece: str) -> None:
    with bounded():
        read_or_refuse("a.html", f"<html><body><p>{BODY}</p>{piece * 200_000}".encode())


@pytest.mark.parametrize(
    "piece", ["*a ", "[", "![", "[a](", "`a", "_a ", "|-", "- ", "# ", "> ", "~~a", "<a ", "\\", "1. "]
)
def test_markdown_in_bulk_on_one_line(piece: str) -> None:
    with bounded():
        read_or_refuse("a.md", f"# عنوان\n\n{BODY}\n\n{piece * 400_000}\n".encode())


@pytest.mark.parametrize(
    "line",
    [
        "مقالات ذات صلة",
        "شارك المقال",
        "10 نوفمبر 2025",
        "كلمة",
        "شارك: فيسبوك |",
        "الرئيسية /",
        "- ",
        "بقلم: س",
        "© س",
    ],
)
def test_one_line_over_and_over(line: str) -> None:
    def page(lines: int) -> bytes:
        return f"عنوان\n{BODY}\n{(line + chr(10)) * lines}{BODY}".encode()

    with bounded():
        read_or_refuse("a.txt", page(20_000))
    assert_linear(page, lambda data: read_or_refuse("a.txt", data), 500)


def test_a_page_of_pull_quotes() -> None:
    quote = " ".join(BODY.split()[:12])

    def page(lines: int) -> bytes:
        return f"عنوان\n{BODY}\n{(quote + chr(10)) * lines}{BODY}".encode()

    with bounded():
        read("a.txt", page(20_000))
    assert_linear(page, lambda data: read("a.txt", data), 500)


@pytest.mark.parametrize("piece", ["1/", "1 ", "نوفمبر ", "الأحد ", "1-", "ل", "عام ", "2025 "])
def test_dates_in_bulk_on_the_first_lines(piece: str) -> None:
    def page(times: int) -> bytes:
        return f"{piece * times}\n{BODY}\n{piece * times}".encode()

    with bounded():
        read("a.txt", page(50_000))
    assert_linear(page, lambda data: read("a.txt", data), 500)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty file"),
        (b" \n\t\r\n ", "nothing but white space"),
        ("\u00a0\u3000\n".encode(), "nothing but white space"),
        (b"\xef\xbb\xbf", "nothing but white space"),
        (b"\x00" * 100, "binary file"),
        (b"%PDF-1.4", "damaged PDF"),
        (b"\x7fELF" + b"\x00" * 60, r"binary file \(ELF program\)"),
    ],
    ids=["empty", "spaces", "unicode spaces", "only a mark", "nul", "pdf", "elf"],
)
@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.md", "a.json"])
def test_refused_with_a_reason_and_a_cure(name: str, data: bytes, reason: str) -> None:
    with pytest.raises(BadInput, match=reason) as caught:
        read(name, data)
    assert caught.value.where == name
    assert caught.value.cure


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"a" * (MAX_FILE_BYTES + 1), "file of 50 MB; the limit is 50 MB"),
        ("ن".encode() * 12_000_000, "line 1 holds over 10 million characters"),
        (("نص " * 300 + "\n").encode() * (MAX_TEXT_BYTES // 1_400), "article text over 20 MB"),
    ],
    ids=["file", "line", "text"],
)
def test_too_large(data: bytes, reason: str) -> None:
    with pytest.raises(BadInput, match=reason) as caught:
        read("a.txt", data)
    assert caught.value.cure
