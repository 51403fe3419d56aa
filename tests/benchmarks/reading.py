"""How fast files become articles, format by format: bytes per second of the processor, HTML beside trafilatura.

What is packed (DOCX, PDF, an archive) counts by the text in it, or by what is unpacked: a rate of packed bytes says
nothing.
"""

from __future__ import annotations

import csv
import html
import io
import json
import tempfile
import zipfile
from collections.abc import Callable, Mapping, Sequence
from email.message import EmailMessage
from pathlib import Path
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage
from time import perf_counter
from typing import Final

from tests.benchmarks.articles import Made, load
from tests.benchmarks.process import run
from tests.benchmarks.table import Row

_FILES: Final = 100
_MANY: Final = 1000
_WARM: Final = 20
_PEER: Final = "trafilatura alone"
_ROWS: Final = {
    "txt": "read .txt", "jsonl": "read .jsonl", "csv": "read .csv", "html": "read .html", "docx": "read .docx, text",
    "pdf": "read .pdf, text", "eml": "read .eml", "zip": "read .html in a zip, unpacked",
}  # fmt: skip
_PDF_SIGNS: Final = frozenset("ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي،.0123456789 ")
_PDF_LINE: Final = 80
_PDF_LINES: Final = 45


def measure(folder: Path) -> list[Row]:
    """The first files are not counted: they load tables and compile patterns. What the very first takes is a row."""
    ours, peer = run("reading", "ours", folder), run("reading", "peer", folder)
    rows = [
        Row(
            what,
            "MB/CPU s",
            ours.values[name],
            peer.values.get(name),
            _PEER if name in peer.values else "",
            more=True,
        )
        for name, what in _ROWS.items()
    ]
    return [
        Row("read the first file", "ms", ours.values["first"]),
        *rows,
        Row("reading, peak memory", "MiB", ours.peak, peer.peak, _PEER),
    ]


def ours(folder: str) -> Mapping[str, float]:
    """By `kashaf.corpus.readers`: decode, clean, find metadata and dates."""
    from kashaf.corpus.readers import read

    articles = load(Path(folder))
    few, many = articles[:_FILES], articles[:_MANY]
    started = perf_counter()
    read("first.txt", as_text(few[0]))
    found = {"first": (perf_counter() - started) * 1000}

    def rate(name: str, files: Sequence[bytes], size: int = 0) -> None:
        found[name] = _rate(lambda data: read(f"page.{name}", data), files, size)

    rate("txt", [as_text(made) for made in many])
    rate("jsonl", [as_json_lines(many[:_WARM]), as_json_lines(many)])
    rate("csv", [_as_csv(many[:_WARM]), _as_csv(many)])
    rate("html", [as_html(made) for made in few])
    rate("docx", [_as_docx(made) for made in few], _text_size(few))
    rate("pdf", [_as_pdf(made) for made in few], _text_size(few))
    rate("eml", [_as_mail(made) for made in few])
    found["zip"] = _zip_rate([as_html(made) for made in few])
    return found


def peer(folder: str) -> Mapping[str, float]:
    """By trafilatura, text and metadata, without our cleaning and dates."""
    import trafilatura

    pages = [as_html(made) for made in load(Path(folder))[:_FILES]]
    return {"html": _rate(lambda data: trafilatura.bare_extraction(data, with_metadata=True), pages)}


def _rate(read: Callable[[bytes], object], files: Sequence[bytes], size: int = 0) -> float:
    """Megabytes a second over all files but the first few. size: of what counts in all of them; 0: their own."""
    warm = min(_WARM, len(files) // 2)
    for data in files[:warm]:
        read(data)
    started = _processor()
    for data in files[warm:]:
        read(data)
    spent = _processor() - started
    counted, whole = sum(map(len, files[warm:])), sum(map(len, files))
    return (size or whole) * counted / whole / 1e6 / spent


def _processor() -> float:
    """Seconds of the processor, those of the process that opens PDFs among them, which is ended for it."""
    from kashaf.corpus.readers import pdf

    pdf._worker().close()
    return sum(used.ru_utime + used.ru_stime for used in (getrusage(RUSAGE_SELF), getrusage(RUSAGE_CHILDREN)))


def _zip_rate(pages: Sequence[bytes]) -> float:
    """From an archive on the disk to articles, as an import goes about it."""
    from kashaf.corpus.containers import unpack
    from kashaf.corpus.readers import read
    from kashaf.corpus.walk import Found

    with tempfile.TemporaryDirectory() as name:
        path, spool = Path(name, "press.zip"), Path(name, "spool")
        spool.mkdir()
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for number, data in enumerate(pages):
                archive.writestr(f"{number}.html", data)
        started = _processor()
        for found in unpack(Found(path, path.name, path.stat().st_size), spool, sha256=""):
            read(found.relative, found.path.read_bytes())
        return sum(map(len, pages)) / 1e6 / (_processor() - started)


def _text_size(articles: Sequence[Made]) -> int:
    return sum(len(made.text.encode()) for made in articles)


def as_text(made: Made) -> bytes:
    """As a page is copied: outlet and menu above, the date, links below."""
    body = made.text.partition("\n")[2].replace("\n", "\n\n")
    head = f"{made.outlet}\nالرئيسية\nسياسة\nاقتصاد\n\n{made.title}\n\n{made.published}\n\nشارك المقال\n\n"
    return f"{head}{body}\n\nاقرأ أيضاً\n".encode()


def as_html(made: Made) -> bytes:
    """As a site sends it: head with metadata, menu, article, footer."""
    body = "".join(f"<p>{html.escape(text)}</p>\n" for text in made.text.split("\n")[1:])
    menu = "".join(f'<li><a href="/{name}">{name}</a></li>' for name in ("الرئيسية", "سياسة", "اقتصاد"))
    return (
        f'<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>{made.title}</title>'
        f'<meta property="og:site_name" content="{made.outlet}">'
        f'<meta property="article:published_time" content="{made.published}T08:00:00Z"></head>'
        f"<body><nav><ul>{menu}</ul></nav><main><article><h1>{made.title}</h1>\n{body}</article></main>"
        f"<footer><p>جميع الحقوق محفوظة</p></footer></body></html>"
    ).encode()


def as_json_lines(articles: Sequence[Made]) -> bytes:
    """As agencies send them: a record an article."""
    rows = (
        {
            "id": f"n-{number}",
            "title": made.title,
            "content": made.text.partition("\n")[2],
            "date": made.published,
            "source": made.outlet,
        }
        for number, made in enumerate(articles)
    )
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


def _as_csv(articles: Sequence[Made]) -> bytes:
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(["العنوان", "التاريخ", "المصدر", "النص"])
    for made in articles:
        writer.writerow([made.title, made.published, made.outlet, made.text.partition("\n")[2]])
    return buffer.getvalue().encode()


def _as_docx(made: Made) -> bytes:
    from scripts.sample_documents import docx

    body = [("paragraph", text) for text in made.text.split("\n")[1:]]
    return docx(
        {
            "title": made.title,
            "standfirst": "",
            "date": made.published,
            "blocks": body,
            "author": "",
            "outlet": "",
        }
    )


def _as_pdf(made: Made) -> bytes:
    """Letters with their places, the lines as wide as a page."""
    from tests.document_support import Placed, from_right, pdf

    placed: list[list[Placed]] = [[]]
    for number, text in enumerate(made.text.split("\n")):
        size = 18.0 if number == 0 else 12.0
        for line in _wrapped("".join(sign for sign in text if sign in _PDF_SIGNS)):
            if len(placed[-1]) == _PDF_LINES:
                placed.append([])
            placed[-1].append(from_right(570, 780 - 17 * len(placed[-1]), size, tuple(reversed(line))))
    return pdf(placed)


def _wrapped(text: str) -> list[str]:
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) >= _PDF_LINE:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def _as_mail(made: Made) -> bytes:
    message = EmailMessage()
    message["From"], message["To"] = "desk@press.example", "readers@press.example"
    message["Subject"], message["Date"] = made.title, f"{made.published[8:]} Jan 2026 10:00:00 +0300"
    message.set_content(made.text.partition("\n")[2], charset="utf-8", cte="base64")
    return bytes(message)
