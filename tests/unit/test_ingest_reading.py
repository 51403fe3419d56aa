"""A reader that fails in a way nobody thought of loses its file and no other."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from kashaf.corpus import readers
from kashaf.corpus.catalogue import Catalogue
from kashaf.corpus.readers.model import Format, Source
from kashaf.corpus.reading import read
from kashaf.errors import BadInput
from kashaf.workspace import create
from kashaf_index.update import update

TEXT = "وصول شحنة قمح إلى المرفأ\n\nأفرغت السفينة حمولتها صباح الأحد على الرصيف الثالث.\n"

FAULTS = [
    etree.XMLSyntaxError("no <root>", 1, 1, 1),
    etree.ParserError("Document is empty"),
    ValueError("bad\x1b[31m value\nof two lines"),
    ZeroDivisionError(),
    KeyError("key"),
    TypeError("no text"),
    AttributeError("no attribute"),
    RecursionError("too deep"),
    MemoryError(),
]


def failing(monkeypatch: pytest.MonkeyPatch, fault: Exception) -> None:
    real = readers.format_of

    def broken(source: Source) -> Format:
        if source.path.startswith("bad"):
            raise fault
        return real(source)

    monkeypatch.setattr(readers, "format_of", broken)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: type(fault).__name__)
def test_a_fault_in_a_reader_names_the_file_and_the_rest_goes_on(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, fault: Exception
) -> None:
    failing(monkeypatch, fault)
    stick = tmp_path / "stick"
    stick.mkdir()
    for name in ("a", "bad", "c"):
        (stick / f"{name}.txt").write_text(TEXT.replace("الأحد", name), encoding="utf-8")
    workspace = create(tmp_path / "case")
    result = update(workspace, Catalogue(workspace.catalogue), [stick])
    assert [failure.path for failure in result.failed] == [str(stick / "bad.txt")]
    reason = result.failed[0].reason
    assert ("memory" if isinstance(fault, MemoryError) else type(fault).__name__) in reason
    assert reason.isprintable()
    assert (result.added, result.articles) == (2, 2)


def test_a_fault_when_an_original_is_read_again_fails_alone(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    for name in ("a", "bad"):
        (stick / f"{name}.txt").write_text(TEXT.replace("الأحد", name), encoding="utf-8")
    workspace = create(tmp_path / "case")
    update(workspace, Catalogue(workspace.catalogue), [stick])
    failing(monkeypatch, RecursionError("too deep"))
    result = update(workspace, Catalogue(workspace.catalogue), [], rebuild=True)
    assert ([failure.path for failure in result.failed], result.articles) == (["bad.txt"], 1)


def test_a_bug_outside_the_named_kinds_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    failing(monkeypatch, AssertionError())
    with pytest.raises(AssertionError):
        read("bad.txt", b"x")


def test_what_the_readers_say_themselves_stays() -> None:
    with pytest.raises(BadInput, match="not JSON"):
        read("x.json", b'{"a": ')
