"""Bytes to text: what the bytes prove first, what they make likely after, and a warning when it was a guess."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import Final, NoReturn

from kashaf.corpus.codepages import SURE_BITS, Ranked, plausibility, rank
from kashaf.corpus.mixed import two_pages, utf8_and_another
from kashaf.corpus.mojibake import lost_letters, repair
from kashaf.errors import BadInput

SURE: Final = 0.75  # below it the analyst is warned

_BOMS: Final = (  # UTF-32 first: its little-endian mark begins with UTF-16's
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_RTF: Final = "RTF document"
_MAGIC: Final = (
    (b"%PDF-", "PDF document"),
    (b"PK\x03\x04", "ZIP archive or office document"),
    (b"PK\x05\x06", "ZIP archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old office document"),
    (b"{\\rtf", _RTF),
    (b"\x89PNG\r\n", "PNG image"),
    (b"\xff\xd8\xff", "JPEG image"),
    (b"GIF8", "GIF image"),
    (b"RIFF", "RIFF media"),
    (b"ID3", "MP3 audio"),
    (b"\x1f\x8b", "gzip archive"),
    (b"BZh", "bzip2 archive"),
    (b"\xfd7zXZ\x00", "xz archive"),
    (b"\x28\xb5\x2f\xfd", "zstd archive"),
    (b"7z\xbc\xaf\x27\x1c", "7-Zip archive"),
    (b"Rar!\x1a\x07", "RAR archive"),
    (b"\x7fELF", "ELF program"),
    (b"MZ\x90\x00", "Windows program"),
    (b"SQLite format 3\x00", "SQLite database"),
)
_IANA: Final = {
    "cp1256": "windows-1256",
    "cp1252": "windows-1252",
    "iso8859_6": "iso-8859-6",
    "cp720": "ibm720",
    "mac_arabic": "x-mac-arabic",
    "utf_8": "utf-8",
    "ascii": "us-ascii",
}
# What a page may declare. Stateful and exotic codecs are left out: they can hide markup.
_DECLARABLE: Final = frozenset(
    {"utf-8", "utf-16-le", "utf-16-be", "cp1256", "iso8859-6", "cp1252", "iso8859-1", "iso8859-15", "cp720"}
)
_WESTERN: Final = frozenset({"cp1252", "iso8859-1", "iso8859-15"})
_LAST_RESORT: Final = (
    "cp1252", "cp1251", "cp1253", "cp1254", "cp1255", "gb18030", "big5", "shift_jis", "euc_jp", "euc_kr",
)  # fmt: skip
_DECLARATION: Final = re.compile(
    rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})|<\?xml[^>]{0,100}?encoding=[\"']([\w.:-]{2,40})",
    re.IGNORECASE,
)
_MAGIC_STARTS: Final = tuple(magic for magic, _ in _MAGIC)
_BOM_STARTS: Final = tuple(bom for bom, _ in _BOMS)
_HOLE: Final = "\ufffd"
_CONTROLS: Final = bytes(c for c in range(32) if c not in b"\t\n\x0b\x0c\r\x1b")
_PLAIN: Final = re.compile(r"[\w\s!-/:-@\[-`{-~،؛؟«»“”’‘–—…\u064b-\u0652]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """text: as decoded, not sanitised. encoding: IANA name, of most of the file where there are two. confidence: 0
    to 1, of all that was decided. warnings: for the analyst. repaired: what a wrong reading had done to the text
    before and was undone (`utf-8 that was read as windows-1252`), else empty; a warning says it too."""

    text: str
    encoding: str
    confidence: float
    warnings: tuple[str, ...] = ()
    repaired: str = ""


def declared_charset(data: bytes) -> str | None:
    """The charset an HTML or XML head names in its first 4,096 bytes, as Python calls it; None if unusable."""
    match = _DECLARATION.search(data[:4096])
    if match is None:
        return None
    return _usable((match[1] or match[2]).decode("ascii", "replace"))


def decode(data: bytes, *, declared: str | None = None, where: str = "") -> Decoded:
    """Decode a whole file.

    Order: byte order mark, UTF-16/32 by the pattern of its zero bytes, strict UTF-8, UTF-8 with lines of another
    page, `declared` (a charset's name as a page, a mail or a web server states it; one that is not known is not
    asked), the Arabic code pages by `codepages.rank`, damaged UTF-8, and charset-normalizer last. Then what a wrong
    reading did to the text before it was saved is undone (`mojibake`), where that is sure.
    Raises BadInput for a binary file, naming its kind when its first bytes tell it.
    """
    if data.startswith(_MAGIC_STARTS):
        kind = next(kind for magic, kind in _MAGIC if data.startswith(magic))
        _refuse(kind, where)
    return _mended(_decoded(data, declared, where))


def _decoded(data: bytes, declared: str | None, where: str) -> Decoded:
    if data.startswith(_BOM_STARTS):
        bom, codec = next(pair for pair in _BOMS if data.startswith(pair[0]))
        return _after_bom(data[len(bom) :], codec)
    if b"\x00" in data:
        wide = _wide(data)
        if wide is not None:
            return wide
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        _refuse_controls(data, 0.02, where)
        return _eight_bit(data, _usable(declared))
    _refuse_controls(data, 0.10, where)
    return Decoded(text, "utf-8", 1.0)


def _mended(decoded: Decoded) -> Decoded:
    """With wrong readings of the past undone, and what they lost said."""
    text = decoded.text
    warnings = list(decoded.warnings)
    confidence, how = decoded.confidence, ""
    mended = repair(text)
    if mended is not None:
        text, how = mended.text, mended.how
        confidence = min(confidence, mended.confidence)
        warnings.append(f"text repaired: {how} ({round(100 * mended.confidence)} % sure)")
    lost = lost_letters(text)
    if lost:
        confidence = min(confidence, 0.3)
        warnings.append(f"letters lost before it came here: {lost} question marks stand for them")
    if "\ufffd" in text and not any("\ufffd" in warning for warning in warnings):
        warnings.append(f"{text.count(_HOLE)} damaged characters shown as {_HOLE}")
    if mended is None and len(warnings) == len(decoded.warnings):
        return decoded
    return Decoded(text, decoded.encoding, round(confidence, 2), tuple(warnings), how)


def _usable(declared: str | None) -> str | None:
    """Python's name of a declared charset; None for one that is unknown, or that no page should declare."""
    try:
        name = codecs.lookup(declared or "").name
    except (LookupError, ValueError):
        return None
    return name if name in _DECLARABLE else None


def _refuse_controls(data: bytes, share: float, where: str) -> None:
    controls = len(data) - len(data.translate(None, _CONTROLS))
    if controls > share * len(data):
        _refuse("", where)


def _refuse(kind: str, where: str) -> NoReturn:
    if kind == _RTF:
        raise BadInput(kind, where=where, cure="Save it as DOCX, ODT or text and import that")
    what = f"binary file ({kind})" if kind else "binary file"
    raise BadInput(what, where=where, cure="Save it as text or HTML and import that")


def _after_bom(data: bytes, codec: str) -> Decoded:
    try:
        return Decoded(data.decode(codec), codec, 1.0)
    except UnicodeDecodeError:
        return _with_holes(data, codec)


def _with_holes(data: bytes, codec: str) -> Decoded:
    text = data.decode(codec, "replace")
    holes = text.count("\ufffd")
    confidence = max(0.1, 0.9 - 10 * holes / max(1, len(text)))
    return Decoded(text, codec, round(confidence, 2), (f"{holes} damaged characters shown as \ufffd",))


def _wide(data: bytes) -> Decoded | None:
    """UTF-16 or UTF-32 without a mark: nearly everything must be a letter, digit, space or plain punctuation."""
    best: tuple[float, str] = (0.0, "")
    for codec, unit in (("utf-32-le", 4), ("utf-32-be", 4), ("utf-16-le", 2), ("utf-16-be", 2)):
        sample = data[: 4096 - 4096 % unit]
        sample = sample[: len(sample) - len(sample) % unit]
        try:
            text = sample.decode(codec)
        except UnicodeDecodeError:
            continue
        if text and "\x00" not in text:
            # In the wrong byte order Arabic turns into letters of many scripts: ask for the scripts of the press.
            known = sum(ord(c) < 0x0700 and _PLAIN.match(c) is not None for c in text)
            best = max(best, (known / len(text), codec))
    share, codec = best
    if share < 0.9:
        return None
    text = data.decode(codec, "replace")
    warnings = () if "\ufffd" not in text else ("damaged characters shown as \ufffd",)
    return Decoded(text, codec, 0.9, (f"read as {codec} without a byte order mark", *warnings))


def _eight_bit(data: bytes, declared: str | None) -> Decoded:
    mixed = utf8_and_another(data)
    if mixed is not None:
        said = mixed.words("utf-8", _IANA[mixed.other])
        guess = () if mixed.confidence >= SURE else (f"encoding guessed: {_IANA[mixed.other]}",)
        return Decoded(mixed.text, "utf-8", mixed.confidence, (said, *guess))
    damaged = _damaged_utf8(data)
    if damaged is not None:
        return damaged
    likeliest = rank(data)
    score = likeliest.plausibility
    if declared is not None and not (declared in _WESTERN and score >= SURE):
        text = _strict(data, declared)
        # Only a page that reads clearly better as something else is not believed.
        if text is not None and (likeliest.margin < SURE_BITS or plausibility(text) + 0.3 >= score):
            return Decoded(text, _IANA.get(declared.replace("-", "_"), declared), 0.95)
    if score < 0.2:
        return _normaliser(data)
    return _in_page(data, likeliest)


def _in_page(data: bytes, likeliest: Ranked) -> Decoded:
    name, score = _IANA[likeliest.codec], likeliest.plausibility
    both = two_pages(data, likeliest.codec)
    if both is not None:
        name = _IANA[both.codec]
        return Decoded(both.text, name, both.confidence, (both.words(name, _IANA[both.other]),))
    confidence = round(min(0.95, score) if likeliest.margin >= SURE_BITS else min(0.5, score), 2)
    warnings = () if confidence >= SURE else (f"encoding guessed: {name}",)
    return Decoded(likeliest.text, name, confidence, warnings)


def _strict(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except UnicodeDecodeError:
        return None


def _damaged_utf8(data: bytes) -> Decoded | None:
    """UTF-8 with a few broken bytes: a torn copy, or a cut in the middle of a letter."""
    text = data.decode("utf-8", "replace")
    holes = text.count("\ufffd")
    beyond_ascii = len(text) - sum(map(text.count, map(chr, range(128)))) - holes
    if beyond_ascii < 20 * holes:
        return None
    return _with_holes(data, "utf-8")


def _normaliser(data: bytes) -> Decoded:
    from charset_normalizer import from_bytes  # noqa: PLC0415 -- slow to import and seldom needed

    match = from_bytes(data[:200_000], cp_isolation=list(_LAST_RESORT)).best()
    codec = match.encoding if match is not None else "cp1252"
    text = _strict(data, codec)
    if text is None:
        return _with_holes(data, codec)
    name = _IANA.get(codec, codec.replace("_", "-"))
    return Decoded(text, name, 0.3, (f"encoding not recognised: read as {name}",))
