"""What a generation whose files are whole says of itself: tables against tables, counts, words against texts."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from kashaf.errors import IndexDamaged
from kashaf.said import said
from kashaf_index.codec.damage import CURE_REBUILD
from kashaf_index.codec.segment import SegmentFile
from kashaf_index.doctor.finding import Finding, ok, trouble
from kashaf_index.doctor.queries import compare_answers
from kashaf_index.doctor.words import check_dictionary, compare_sample, files_of
from kashaf_index.generations.deletions import Mask
from kashaf_index.generations.manifest import Manifest

CURE_UPDATE: Final = said("Run `kashaf index`")
#: Articles whose words are read again and compared.
SAMPLE: Final = 24
#: Pairs of words that Whoosh's matchers are asked for.
PAIRS: Final = 8
#: Names of articles that a finding shows.
_SHOWN: Final = 3

Opened = Sequence[tuple[SegmentFile, Mask | None]]
#: Told what is looked at next.
OnStep = Callable[[str], None]


def steps(manifest: Manifest) -> int:
    """How many steps `examine` tells of."""
    return 2 * len(manifest.segments) + 3


def examine(
    opened: Opened, index_dir: Path, manifest: Manifest, articles: Mapping[str, str] | None, on_step: OnStep
) -> Iterator[Finding]:
    """Examine the open segments of a generation. articles: see `examining.examine`."""
    whole = True
    for finding in _words(opened, on_step):
        whole &= finding.status == "ok"
        yield finding
    if not whole:
        return
    checks: tuple[tuple[str, str, Callable[[], Iterator[Finding]]], ...] = (
        ("articles", said("the catalogue"), lambda: _against_catalogue(files_of(opened), manifest, articles)),
        ("sample", said("a sample of articles"), lambda: _sample(opened, manifest)),
        ("queries", said("a sample of questions"), lambda: _queries(opened, index_dir, manifest)),
    )
    for check, what, find in checks:
        on_step(what)
        try:
            yield from find()
        except IndexDamaged as error:
            yield trouble("index", check, error)
            return


def _words(opened: Opened, on_step: OnStep) -> Iterator[Finding]:
    """Every block against its checksum, and the tables of words."""
    found = 0
    for segment, _ in opened:
        on_step(segment.path.name)
        try:
            segment.container.verify()
            on_step(said("words of {name}", name=segment.path.name))
            check_dictionary(segment)
        except IndexDamaged as error:
            found += 1
            yield trouble("index", "words", error)
    if not found:
        yield ok("index", "words", said("the tables of words are whole"))


def _sample(opened: Opened, manifest: Manifest) -> Iterator[Finding]:
    read, wrong = compare_sample(opened, SAMPLE, manifest.generation)
    if wrong:
        what = said("what the index says of articles is not what they say: {names}", names=_names(wrong))
        yield Finding("index", "sample", "problem", what, cure=CURE_REBUILD)
    elif read:
        yield ok("index", "sample", said("articles read again, every word in its place: {count}", count=read))


def _queries(opened: Opened, index_dir: Path, manifest: Manifest) -> Iterator[Finding]:
    asked, differing = compare_answers(index_dir, opened, PAIRS, manifest.generation)
    if differing:
        what = said(
            "questions to which Whoosh has another answer: {count} of {of}", count=differing, of=asked
        )
        yield Finding("index", "queries", "problem", what, cure=CURE_REBUILD)
    elif asked:
        yield ok("index", "queries", said("questions that Whoosh answers alike: {count}", count=asked))


def _against_catalogue(
    indexed: Mapping[str, str], manifest: Manifest, articles: Mapping[str, str] | None
) -> Iterator[Finding]:
    if len(indexed) != manifest.articles:
        what = said("articles are in the index twice")
        yield Finding("index", "articles", "problem", what, cure=CURE_REBUILD)
    if articles is None:
        return
    missing = articles.keys() - indexed.keys()
    surplus = indexed.keys() - articles.keys()
    other = {one for one in articles.keys() & indexed.keys() if articles[one] != indexed[one]}
    for names, what in (
        (
            missing,
            said("articles of the catalogue that are not in the index: {count} ({names})", **_some(missing)),
        ),
        (
            surplus,
            said("articles in the index that are no more imported: {count} ({names})", **_some(surplus)),
        ),
        (other, said("articles that were indexed from another file: {count} ({names})", **_some(other))),
    ):
        if names:
            yield Finding("index", "articles", "warning", what, cure=CURE_UPDATE)
    if not (missing or surplus or other):
        yield ok("index", "articles", said("articles as in the catalogue: {count}", count=len(indexed)))


def _some(names: Collection[str]) -> dict[str, object]:
    return {"count": len(names), "names": _names(names)}


def _names(names: Collection[str]) -> str:
    shown = ", ".join(sorted(names)[:_SHOWN])
    return f"{shown}, …" if len(names) > _SHOWN else shown
