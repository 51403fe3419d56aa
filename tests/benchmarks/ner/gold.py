"""Articles with what they say, annotated by reading. README.md says how; `load` reads them.

Beside `name.txt` lies `name.gold.yaml` with `articles`: for each its `member` (in a file of many), `published`,
`outlet`, `entities`, `dates`, `numbers`, `quotations`, `ignore` and `partial`. Offsets are code points of
`Article.text`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal

from kashaf.corpus.article import Article, Metadata, Provenance
from kashaf.corpus.catalogue import Catalogue
from kashaf.corpus.ingest import Ingest
from kashaf.entities.model import Comparison, Counting, EntityType
from kashaf.workspace import create
from kashaf.yaml_safe import load_yaml

ROOT: Final = Path(__file__).parents[3]
SAMPLE: Final = ROOT / "sample_corpus"
HERE: Final = Path(__file__).parent
ARTICLES: Final = HERE / "articles"
SUFFIX: Final = ".gold.yaml"
#: The value of a date that none can know, and of one that is not judged.
OPEN, UNJUDGED = "open", "?"

Half = Literal["seen", "unseen"]
HALVES: Final[tuple[Half, ...]] = ("seen", "unseen")


@dataclass(frozen=True, slots=True)
class GoldEntity:
    """One entity of an article: every form of it with its span, clitics, titles and quotation marks left out."""

    name: str
    type: EntityType
    mentions: tuple[tuple[str, int], ...]

    @property
    def spans(self) -> tuple[tuple[int, int], ...]:
        return tuple((start, start + len(form)) for form, start in self.mentions)

    @property
    def names(self) -> tuple[str, ...]:
        """The name and every form, once each."""
        return tuple(dict.fromkeys((self.name, *(form for form, _ in self.mentions))))


@dataclass(frozen=True, slots=True)
class GoldDate:
    """values: EDTF, the first of them preferred; `open` when none can be known; `?` when the value is not judged."""

    form: str
    start: int
    values: tuple[str, ...]

    @property
    def end(self) -> int:
        return self.start + len(self.form)


@dataclass(frozen=True, slots=True)
class GoldNumber:
    """A number with what it counts, as `Quantity` has it. counting, unit: more than one when readers would differ.

    Money whose country the words do not say (`دينار`) may have no unit.
    """

    form: str
    start: int
    low: float
    high: float
    comparison: Comparison
    counting: tuple[Counting, ...]
    unit: tuple[str, ...]

    @property
    def end(self) -> int:
        return self.start + len(self.form)


@dataclass(frozen=True, slots=True)
class GoldQuotation:
    """speaker: the name of an entity of the article, empty when nobody is named, or `?`: not judged.

    optional: a report of another kind (a noun after the verb, `بحسب أرقام`), neither missed nor spurious.
    """

    speaker: str
    direct: bool
    start: int
    end: int
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Gold:
    """One annotated article.

    ignored: spans where two readers would differ, and where nothing is judged. partial: of what not everything is
    annotated (`numbers`), so that nothing of ours is spurious.
    """

    source: str
    half: Half
    article: Article
    entities: tuple[GoldEntity, ...]
    dates: tuple[GoldDate, ...]
    numbers: tuple[GoldNumber, ...]
    quotations: tuple[GoldQuotation, ...]
    ignored: tuple[tuple[int, int], ...]
    partial: frozenset[str] = frozenset()

    def named(self, name: str) -> GoldEntity | None:
        """The entity of a name, for the speaker of a quotation."""
        return next((entity for entity in self.entities if entity.name == name), None)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The annotation of one article as it lies in a file, still without the article."""

    path: Path
    member: str
    raw: Mapping[str, Any]

    @property
    def source(self) -> str:
        """As halves.yaml and queries.yaml name an article: path, and the member of a file of many."""
        root = ARTICLES if self.path.is_relative_to(ARTICLES) else SAMPLE
        path = self.path.relative_to(root).as_posix()
        return f"{path}#{self.member}" if self.member else path


def sheets(folder: Path) -> Iterator[Sheet]:
    """Every annotation below a folder. Raises BadInput for what is not YAML."""
    for path in sorted(folder.rglob(f"*{SUFFIX}")):
        document = load_yaml(path.read_text(encoding="utf-8"), where=path.name)
        assert isinstance(document, dict), path
        beside = [
            one for one in path.parent.glob(f"{glob_safe(path.name.removesuffix(SUFFIX))}.*") if one != path
        ]
        assert len(beside) == 1, f"{path}: one file of that name, not {len(beside)}"
        for raw in document["articles"]:
            yield Sheet(beside[0], str(raw.get("member", "")), raw)


def glob_safe(name: str) -> str:
    """A name that a glob takes to the letter."""
    return re.sub(r"([*?\[])", r"[\1]", name)


@cache
def halves() -> dict[str, Half]:
    """The half of each annotated article by its source."""
    document = load_yaml((HERE / "halves.yaml").read_text(encoding="utf-8"), where="halves.yaml")
    assert isinstance(document, dict)
    return {str(source): half for half in HALVES for source in document.get(half) or ()}


def load(half: Half | None = None, *, sample: Mapping[str, Article] | None = None) -> list[Gold]:
    """The annotated articles of one half, or all: those of `articles/`, and those of `sample` (by source)."""
    found = [bound(sheet, _plain(sheet)) for sheet in sheets(ARTICLES)]
    if sample is not None:
        found += [bound(sheet, sample[sheet.source]) for sheet in sheets(SAMPLE)]
    return [gold for gold in found if half is None or gold.half == half]


def _plain(sheet: Sheet) -> Article:
    """A text of `articles/`: the file is the article's text, its first line the title."""
    text = sheet.path.read_text(encoding="utf-8").removesuffix("\n")
    title = text.partition("\n")[0]
    published = sheet.raw.get("published")
    return Article(
        sheet.source,
        text,
        Metadata(
            title,
            outlet=sheet.raw.get("outlet"),
            published=published if isinstance(published, date) else None,
        ),
        Provenance(sheet.source, sheet.member, ""),
        body_start=min(len(title) + 1, len(text)),
    )


def bound(sheet: Sheet, article: Article) -> Gold:
    """The annotation as values, with its article."""
    raw = sheet.raw
    return Gold(
        sheet.source,
        halves()[sheet.source],
        article,
        tuple(
            GoldEntity(one["name"], one["type"], tuple((form, at) for form, at in one["mentions"]))
            for one in raw.get("entities") or ()
        ),
        tuple(GoldDate(form, at, tuple(map(str, values))) for form, at, *values in raw.get("dates") or ()),
        tuple(
            GoldNumber(
                one["form"],
                one["at"],
                float(one["low"]),
                float(one.get("high", one["low"])),
                one.get("comparison", "exactly"),
                _several(one["counting"]),
                _several(one.get("unit", "")),
            )
            for one in raw.get("numbers") or ()
        ),
        tuple(
            GoldQuotation(
                one.get("speaker", ""), one["direct"], one["start"], one["end"], one.get("optional", False)
            )
            for one in raw.get("quotations") or ()
        ),
        tuple((at, at + len(form)) for form, at in raw.get("ignore") or ()),
        frozenset(raw.get("partial") or ()),
    )


def _several(value: Any) -> tuple[Any, ...]:
    return tuple(value) if isinstance(value, list) else (value,)


def sample_articles(workspace: Path) -> dict[str, Article]:
    """The sample corpus as ingestion gives it, by source. `workspace`: a folder that is not there yet."""
    made = create(workspace)
    articles = Ingest(made, Catalogue(made.catalogue)).run([SAMPLE])
    return {source_of(article): article for article in articles}


def source_of(article: Article) -> str:
    """As halves.yaml and queries.yaml name an article of the sample corpus."""
    made = article.provenance
    return f"{made.path}#{made.member}" if made.member else made.path
