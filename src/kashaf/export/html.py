"""A dossier as one HTML file: no script, no network, no font but the reader's own; for a screen and for paper.

The same notes give the same bytes. A content security policy forbids the browser everything but the style sheet
within, known by its hash, so that even a mistake of ours could run nothing and fetch nothing.
"""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING

from kashaf.export.dossier import ArticleFacts, Dossier, Group, Section, compose
from kashaf.export.dossier_facts import (
    Fact,
    articles_of,
    code_name,
    subject_details,
    subject_name,
    title_facts,
)
from kashaf.export.dossier_wording import Wording, wording
from kashaf.export.html_builder import Markup, document, join, lines, listed, named, style, tag
from kashaf.export.html_notes import Notes
from kashaf.export.html_style import sheet

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kashaf.export.bundle import Bundle
    from kashaf.export.dossier import Entry, Part, Subject


def write(bundle: Bundle, language: str, *, group: Group = "code") -> bytes:
    """The page in UTF-8. Raises UsageError for a language or a group that there is not."""
    words = wording(language)
    dossier = compose(bundle, group)
    styles = sheet(dossier.codes, words.title, words.page)
    page = document(
        _head(words, styles),
        _Body(dossier, words).html(),
        language=words.language,
        direction="rtl" if words.right_to_left else "ltr",
    )
    return page.encode("utf-8", "replace")


def _head(words: Wording, styles: str) -> Markup:
    digest = base64.b64encode(hashlib.sha256(styles.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    return tag(
        "head",
        lines(
            [
                tag("meta", charset="utf-8"),
                tag("meta", http_equiv="Content-Security-Policy", content=policy),
                tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
                tag("meta", name="referrer", content="no-referrer"),
                tag("meta", name="color-scheme", content="light dark"),
                tag("meta", name="generator", content="Kashaf"),
                tag("title", words.title),
                style(styles),
            ]
        ),
    )


class _Body:
    def __init__(self, dossier: Dossier, words: Wording) -> None:
        self._dossier = dossier
        self._words = words
        self._notes = Notes(dossier, words)
        self._class_of = {code.path: f"c{number}" for number, code in enumerate(dossier.codes, 1)}

    def html(self) -> Markup:
        words = self._words
        sections = [self._section(section) for section in self._dossier.sections]
        return tag(
            "body",
            lines(
                [
                    tag("a", words.skip, class_="skip", href="#notes"),
                    tag("header", lines([tag("h1", words.title), self._facts()])),
                    *([self._contents()] if sections else []),
                    tag("main", lines(sections or [tag("p", words.no_notes)]), id="notes"),
                    *self._indexes(),
                ]
            ),
        )

    def _facts(self) -> Markup:
        return tag(
            "dl", lines(self._fact(fact) for fact in title_facts(self._dossier, self._words)), class_="facts"
        )

    def _fact(self, fact: Fact) -> Markup:
        values = [self._named(value) for value in fact.values]
        return join(tag("dt", fact.label), tag("dd", listed(values, fact.joiner or self._words.comma)))

    def _contents(self) -> Markup:
        items = [
            tag("li", tag("a", self._heading(section), href=f"#s{section.number}"), " ", self._count(section))
            for section in self._dossier.sections
        ]
        return tag(
            "nav",
            lines([tag("h2", self._words.contents, id="contents"), tag("ol", lines(items))]),
            class_="contents",
            aria_labelledby="contents",
        )

    def _count(self, section: Section) -> Markup:
        count = sum(len(part.entries) for part in section.parts) + len(section.elsewhere)
        return tag("span", "(", str(count), ")", class_="count")

    def _heading(self, section: Section) -> Markup:
        if self._dossier.group == "article":
            return self._named(subject_name(section.parts[0].subject, self._words))
        if section.code is None:
            return join(self._words.untagged)
        return self._code(section.code.path)

    def _code(self, path: str) -> Markup:
        return join(
            tag("span", class_=f"swatch {self._class_of[path]}", aria_hidden="true"),
            self._named(code_name(path)),
        )

    def _section(self, section: Section) -> Markup:
        by_code = self._dossier.group == "code"
        made = [tag("h2", self._heading(section), id=f"h{section.number}")]
        code = section.code
        if code is not None and code.description:
            made.append(tag("p", self._named(code.description), class_="description"))
        for part in section.parts:
            made += self._part(part, 3 if by_code else 2)
        if section.elsewhere:
            links = self._listed(self._notes.link(entry) for entry in section.elsewhere)
            made.append(tag("p", self._words.elsewhere, self._words.colon, links, class_="elsewhere"))
        return tag("section", lines(made), id=f"s{section.number}", aria_labelledby=f"h{section.number}")

    def _part(self, part: Part, level: int) -> Iterator[Markup]:
        if level > 2:
            yield tag("h3", self._named(subject_name(part.subject, self._words)))
        yield tag("p", self._details(part.subject), class_="about")
        for entry in part.entries:
            yield self._notes.html(entry, f"h{level + 1}")

    def _details(self, subject: Subject) -> Markup:
        details = list(subject_details(subject, self._words))
        if isinstance(subject, ArticleFacts):
            details += filter(None, (subject.author, subject.url))
        return self._listed(map(self._named, details))

    def _indexes(self) -> Iterator[Markup]:
        of_code: dict[str, list[Entry]] = {}
        of_article: dict[str, list[Entry]] = {}
        for entry in self._dossier.entries:
            for path in entry.note.tags:
                of_code.setdefault(path, []).append(entry)
            for article_id in articles_of(entry.note):
                of_article.setdefault(article_id, []).append(entry)
        if self._dossier.codes:
            items = [
                tag(
                    "li",
                    self._code(code.path),
                    self._words.colon,
                    self._links(of_code[code.path]),
                    id=self._class_of[code.path],
                )
                for code in self._dossier.codes
            ]
            yield self._index("index-of-codes", self._words.index_of_codes, items)
        if self._dossier.articles:
            items = []
            for article in self._dossier.articles:
                name = self._named(subject_name(article, self._words))
                about = tag("span", " (", self._details(article), ")", class_="count")
                items.append(
                    tag("li", name, about, self._words.colon, self._links(of_article.get(article.id, ())))
                )
            yield self._index("index-of-articles", self._words.index_of_articles, items)

    def _index(self, name: str, title: str, items: Iterable[Markup]) -> Markup:
        return tag(
            "nav",
            lines([tag("h2", title, id=name), tag("ul", lines(items))]),
            class_="index",
            aria_labelledby=name,
        )

    def _links(self, entries: Iterable[Entry]) -> Markup:
        return self._listed(self._notes.link(entry) for entry in entries)

    def _listed(self, items: Iterable[Markup]) -> Markup:
        return listed(items, self._words.comma)

    def _named(self, text: str) -> Markup:
        return named(text, self._words.language)
