"""The citation card in both languages and as JSON, byte by byte."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from tests.golden_support import assert_golden
from tests.notes_support import TEXT, article

from kashaf.corpus.article import Article, Metadata, Provenance
from kashaf.notes.citation import as_document, card, cite

HERE = Path(__file__).parent / "citation"


def cited() -> Article:
    """An article with everything that a card can say."""
    return replace(
        article(),
        metadata=Metadata(
            title="بلدية المرفأ تفتح سوق السمك (Reuters) من جديد",
            outlet="صحيفة المرفأ",
            author="سعاد الحكيم",
            published=date(2025, 3, 23),
            published_evidence="line 3, Hijri",
            url="https://example.org/news/1?lang=ar",
        ),
        provenance=Provenance(
            path="stick/souq 2025.mbox",
            member="mbox:3",
            sha256="5" * 64,
            container="أرشيف.zip",
            container_sha256="6" * 64,
        ),
        body_start=TEXT.index("\n") + 1,
    )


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_card(language: str) -> None:
    start = TEXT.index("مليوني دينار")
    lines = card(cite(cited(), start, start + 12), language)
    assert_golden(HERE / f"{language}.txt", "".join(f"{line}\n" for line in lines).encode())


def test_the_document() -> None:
    start = TEXT.index("مليوني دينار")
    document = as_document(cite(cited(), start, start + 12))
    assert_golden(HERE / "card.json", (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode())
