"""An article of which only the day or the outlet is corrected is read again: its dates are counted from the day."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.reading_support import read_case

from kashaf.corpus.corrections import CorrectedField, correction
from kashaf_index.correcting import correct
from kashaf_index.mentions import pending, reading_of, update_mentions
from kashaf_tui.session import Session

TEXTS = {
    "one": "وصول القافلة\n\n12 مايو 2024\n\nوصلت القافلة إلى دمشق أمس، كما قال عدنان الشيخاني.\n",
    "two": "سوق السمك\n\n14 مايو 2024\n\nفتحت السوق أبوابها أمس.\n",
}


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return read_case(tmp_path_factory.mktemp("corrected"), TEXTS).workspace.root


def corrected(case: Path, field: CorrectedField, value: str) -> tuple[Session, str]:
    """A session that sees the correction, and the id of the article."""
    session = Session(case)
    (article_id,) = (
        id_ for id_ in session.searcher.ids() if session.searcher.article(id_).provenance.path == "one.txt"
    )
    correct(session.workspace, session.catalogue, article_id, [correction(field, value)])
    return Session(case), article_id


def yesterday(session: Session, article_id: str) -> set[str]:
    return {row.date.edtf for row in session.mentions.dates(ids=[article_id]) if row.date.form == "أمس"}


def test_another_day(origin: Path, tmp_path: Path) -> None:
    session, article_id = corrected(shutil.copytree(origin, tmp_path / "case"), "published", "2024-06-02")
    assert yesterday(session, article_id) == {"2024-05-11"}
    assert pending(session.searcher, session.mentions, session.name_book) == 1
    shown = reading_of(session.searcher.article(article_id), session.mentions, session.name_book)
    assert {date.edtf for date in shown.dates if date.form == "أمس"} == {"2024-06-01"}
    done: list[tuple[int, int]] = []
    update_mentions(
        session.searcher, session.mentions, session.name_book, lambda *counts: done.append(counts)
    )
    assert done[-1] == (1, 1)
    assert yesterday(session, article_id) == {"2024-06-01"}
    assert pending(session.searcher, session.mentions, session.name_book) == 0


def test_another_outlet(origin: Path, tmp_path: Path) -> None:
    session, article_id = corrected(shutil.copytree(origin, tmp_path / "case"), "outlet", "صحيفة الميناء")
    assert pending(session.searcher, session.mentions, session.name_book) == 1
    update_mentions(session.searcher, session.mentions, session.name_book)
    assert {row.outlet for row in session.mentions.dates(ids=[article_id])} == {"صحيفة الميناء"}
    assert pending(session.searcher, session.mentions, session.name_book) == 0


def test_another_title_changes_nothing(origin: Path, tmp_path: Path) -> None:
    session, _ = corrected(shutil.copytree(origin, tmp_path / "case"), "title", "عنوان آخر")
    assert pending(session.searcher, session.mentions, session.name_book) == 0


def test_what_the_index_says_is_what_an_article_says(origin: Path) -> None:
    session = Session(origin)
    for id_, (sha256, published, outlet) in session.searcher.facts().items():
        article = session.searcher.article(id_)
        day = article.metadata.published
        assert sha256 == article.text_sha256
        assert published == (day.isoformat() if day else "")
        assert outlet == (article.metadata.outlet or "")
