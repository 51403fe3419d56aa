"""Decoding any bytes whatever."""

from __future__ import annotations

from contextlib import suppress

from hypothesis import example, given, settings
from hypothesis import strategies as st

from kashaf.corpus.decode import declared_charset, decode
from kashaf.errors import BadInput

WORD = st.sampled_from(
    [
        "وزير",
        "الخارجية",
        "يصل",
        "إلى",
        "العاصمة",
        "في",
        "زيارة",
        "تستمر",
        "يومين",
        "مع",
        "وفد",
        "من",
        "رجال",
        "الأعمال",
    ]
)


@given(st.binary(max_size=400), st.sampled_from([None, "cp1256", "utf-8", "iso8859-6", "cp1252"]))
@settings(max_examples=200, deadline=None)
def test_any_bytes_decode_or_are_refused(data: bytes, declared: str | None) -> None:
    declared_charset(data)
    with suppress(BadInput):
        decoded = decode(data, declared=declared)
        assert 0 <= decoded.confidence <= 1
        assert decoded.encoding


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=200))
@settings(max_examples=100, deadline=None)
def test_utf8_round_trip(text: str) -> None:
    if not text.startswith(("\ufeff", "%PDF-", "PK", "GIF8", "RIFF", "ID3", "BZh", "{\\rtf")):
        assert decode(text.encode()).text == text


@given(st.lists(WORD, min_size=6, max_size=14, unique=True), st.sampled_from(["cp1256", "iso8859_6"]))
@settings(max_examples=100, deadline=None)
def test_six_different_words_give_their_code_page_away(words: list[str], codec: str) -> None:
    text = " ".join(words)
    assert decode(text.encode(codec)).text == text


@given(st.lists(WORD, min_size=1, max_size=40), st.sampled_from(["cp1256", "iso8859_6"]))
@settings(max_examples=200, deadline=None)
@example(["العاصمة", "تستمر"], "iso8859_6")  # reads as well in windows-1256
@example(["تستمر"] * 40, "iso8859_6")  # saying it again proves nothing
def test_no_code_page_is_wrong_without_a_warning(words: list[str], codec: str) -> None:
    text = " ".join(words)
    decoded = decode(text.encode(codec))
    assert decoded.text == text or decoded.warnings
