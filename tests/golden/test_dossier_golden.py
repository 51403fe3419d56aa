"""The dossiers and the REFI-QDA project of a small case, to the letter.

`KASHAF_GOLDEN=update pytest tests/golden` writes the files of `dossier/` anew; open the pages before you commit them.
"""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from tests.dossier_support import case
from tests.golden_support import assert_golden

from kashaf.export import html, markdown, refi

GOLDEN = Path(__file__).parent / "dossier"


@pytest.mark.parametrize("language", ["en", "ar"])
def test_markdown(language: str) -> None:
    assert_golden(GOLDEN / f"by-code-{language}.md", markdown.write(case(), language))


def test_markdown_by_article() -> None:
    assert_golden(GOLDEN / "by-article-en.md", markdown.write(case(), "en", group="article"))


@pytest.mark.parametrize("language", ["en", "ar"])
def test_html(language: str) -> None:
    assert_golden(GOLDEN / f"by-code-{language}.html", html.write(case(), language))


def test_refi() -> None:
    archive = zipfile.ZipFile(io.BytesIO(refi.write(case(), "en")))
    assert_golden(GOLDEN / "project.qde", archive.read("project.qde"))
