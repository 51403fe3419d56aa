"""The articles of a workspace, by whatever others call them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from kashaf.export.w3c import ARTICLE

if TYPE_CHECKING:
    from kashaf.corpus.article import Article
    from kashaf.export.foreign import Spot


class Library:
    """The articles of a workspace, by what others call them.

    article: by id, None when it is not there. revisions: article id to the SHA-256 of its text. given: the id of the
    article that everything is about whatever it calls it; empty to go by what is said.
    """

    def __init__(
        self, article: Callable[[str], Article | None], revisions: Mapping[str, str], *, given: str = ""
    ) -> None:
        self._article = article
        self._revisions = revisions
        self._given = given
        self._last: tuple[str, Article | None] = ("", None)
        self._by_address: dict[str, list[str]] | None = None
        self._by_file: dict[str, list[str]] = {}
        self._by_text: dict[str, list[str]] | None = None

    def get(self, article_id: str) -> Article | None:
        if self._last[0] != article_id:
            self._last = (article_id, self._article(article_id))
        return self._last[1]

    def find(self, spot: Spot) -> list[str]:
        """The ids of the articles that a spot may be in: by id, by the hash of the text, by address, by file."""
        if self._given:
            return [self._given]
        for source in spot.sources:
            if (known := article_id_of(source)) in self._revisions:
                return [known]
        if spot.text_sha256:
            if self._by_text is None:
                self._by_text = {}
                for known, sha256 in sorted(self._revisions.items()):
                    self._by_text.setdefault(sha256, []).append(known)
            if spot.text_sha256 in self._by_text:
                return self._by_text[spot.text_sha256]
        addresses = [key for source in spot.sources if (key := address(source))]
        if not addresses and not spot.file_sha256:
            return []
        by_address = self._scanned()
        for key in addresses:
            if key in by_address:
                return by_address[key]
        return self._by_file.get(spot.file_sha256, [])

    def _scanned(self) -> dict[str, list[str]]:
        if self._by_address is None:
            self._by_address = {}
            for known in sorted(self._revisions):
                article = self._article(known)
                if article is None:
                    continue
                key = address(article.metadata.url or "")
                if key:
                    self._by_address.setdefault(key, []).append(known)
                self._by_file.setdefault(article.provenance.sha256, []).append(known)
        return self._by_address


def article_id_of(source: str) -> str:
    """The id of ours that a source may be: with its URN, or bare."""
    return unquote(source.removeprefix(ARTICLE))


def address(source: str) -> str:
    """What is the same of all ways to write a web address: no scheme, no `www.`, no fragment, no closing slash.

    Empty for anything else.
    """
    try:
        parts = urlsplit(source.strip())
        port = parts.port
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return ""
    host = parts.hostname.removeprefix("www.")
    if port not in (None, 80, 443):
        host += f":{port}"
    return host + unquote(parts.path).rstrip("/") + (f"?{parts.query}" if parts.query else "")
