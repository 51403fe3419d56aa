"""The sample corpus through a whole import: what every file of every format and encoding yields, to the letter.

`KASHAF_GOLDEN=update pytest tests/golden` writes the files of `formats/` anew; read the diff against the sources.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest
from tests.golden_support import assert_golden

from kashaf.corpus.article import Article, Evidence, RemovedLine
from kashaf.corpus.catalogue import Catalogue
from kashaf.corpus.loading import load_articles
from kashaf.corpus.report import load
from kashaf.workspace import Workspace
from kashaf_index.search import Searcher

GOLDEN = Path(__file__).parent / "formats"
SAMPLE = Path(__file__).parents[2] / "sample_corpus"
OUTLETS = sorted(folder.name for folder in SAMPLE.iterdir() if folder.is_dir())


@cache
def imported(root: Path) -> Mapping[str, list[Article]]:
    """The articles of the index by outlet folder, in the order of their files and of their places in them."""
    workspace = Workspace(root)
    found: dict[str, list[Article]] = defaultdict(list)
    with Searcher.open(workspace.index) as searcher:
        for entry in Catalogue(workspace.catalogue).present():
            article = searcher.article(entry.id)
            found[article.provenance.path.partition("/")[0]].append(article)
    return {outlet: sorted(articles, key=_place) for outlet, articles in found.items()}


def _place(article: Article) -> tuple[str, bool, int, str]:
    member = article.provenance.member
    number = int(member) if member.isdecimal() else 0
    return article.provenance.path, bool(member), number, member


def shown(article: Article) -> Mapping[str, object]:
    """The article as a golden file shows it: what it does not state is left out, so that a value is seen to come."""
    metadata, provenance = article.metadata, article.provenance
    stated = {
        "file": provenance.path,
        "member": provenance.member,
        "container": provenance.container,
        "id": article.id,
        "title": metadata.title,
        "standfirst": metadata.standfirst,
        "outlet": metadata.outlet,
        "author": metadata.author,
        "published": metadata.published and metadata.published.isoformat(),
        "published_evidence": metadata.published_evidence,
        "updated": metadata.updated and metadata.updated.isoformat(),
        "dateline": metadata.dateline,
        "url": metadata.url,
        "language": metadata.language,
        "encoding": f"{provenance.encoding} ({provenance.confidence:.2f})",
        "warnings": provenance.warnings,
        "evidence": [_evidence(article, one) for one in metadata.evidence],
        "body_start": article.body_start,
        "text": [f"{part.kind}: {article.text[part.start : part.end]}" for part in article.paragraphs()],
        "removed": [_removed(article, line) for line in provenance.removed],
    }
    return {name: value for name, value in stated.items() if value not in (None, "", (), [])}


def _evidence(article: Article, one: Evidence) -> str:
    said = f"{one.field}: {one.where} ({one.confidence:.2f})"
    return said if one.span is None else f"{said} «{article.text[slice(*one.span)]}»"


def _removed(article: Article, line: RemovedLine) -> str:
    """Its number in the file, its rule, the line of the text (from 1) that it stood before, and the line."""
    at = "end" if line.at == len(article.text) else article.text.count("\n", 0, line.at) + 1
    return f"{line.line} {line.rule} @{at}: {line.text}"


def as_bytes(value: object) -> bytes:
    # A report names files by where they lay.
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").replace(f"{SAMPLE}/", "").encode()


@pytest.mark.parametrize("outlet", OUTLETS)
def test_an_outlet_yields_what_it_did(indexed_sample: Path, outlet: str) -> None:
    assert_golden(
        GOLDEN / f"{outlet}.json", as_bytes([shown(one) for one in imported(indexed_sample)[outlet]])
    )


def test_the_report_says_what_it_did(indexed_sample: Path) -> None:
    """Counts, formats and encodings, what was refused and warned of, and the files that hold no article."""
    told = load(Workspace(indexed_sample)).as_dict()
    names = (
        "files",
        "articles",
        "counts",
        "formats",
        "encodings",
        "near",
        "failed",
        "duplicates",
        "warnings",
    )
    assert_golden(
        GOLDEN / "import.json",
        as_bytes({**{name: told[name] for name in names}, "no article": sorted(_without(indexed_sample))}),
    )


def _without(root: Path) -> Iterator[str]:
    held = {
        name
        for articles in imported(root).values()
        for article in articles
        for name in (article.provenance.path, article.provenance.container)
    }
    for path in SAMPLE.rglob("*"):
        if path.is_file() and (name := path.relative_to(SAMPLE).as_posix()) not in held:
            yield name


def test_the_originals_give_what_the_index_holds(indexed_sample: Path) -> None:
    """An article read again from the bytes that were kept is the one that was indexed."""
    workspace = Workspace(indexed_sample)
    catalogue = Catalogue(workspace.catalogue)
    indexed = {one.id: one for articles in imported(indexed_sample).values() for one in articles}
    for entry, outcome in load_articles(workspace, catalogue, catalogue.present()):
        assert isinstance(outcome, Article), (entry.current.path, outcome)
        assert shown(outcome) == shown(indexed[entry.id])


def test_every_golden_file_has_its_folder() -> None:
    assert {path.stem for path in GOLDEN.glob("*.json")} == {*OUTLETS, "import"}
