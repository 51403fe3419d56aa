"""The dossier in HTML: well formed, safe, reachable, and true to where words are."""

from __future__ import annotations

import base64
import hashlib
import itertools
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from tests.dossier_support import case

from kashaf.export.bundle import Bundle
from kashaf.export.html import write
from kashaf.export.html_builder import Markup, join, listed, named, style, tag, way
from kashaf.notes.codebook import Code, Codebook

VOID = {"meta", "br", "hr"}


class Page(HTMLParser):
    """A strict reader: every element is closed, in order."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len(attrs) == len({name for name, _ in attrs})
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.texts.append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")

    def values(self, name: str) -> list[str]:
        return [
            value
            for _, attributes in self.elements
            for key, value in attributes.items()
            if key == name and value
        ]


def page(language: str = "en", bundle: Bundle | None = None, group: str = "code") -> Page:
    return Page(write(bundle or case(), language, group=group).decode())  # type: ignore[arg-type]


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("group", ["code", "article"])
def test_every_link_leads_somewhere_and_no_two_places_share_a_name(language: str, group: str) -> None:
    made = page(language, group=group)
    names = made.values("id")
    assert len(names) == len(set(names))
    assert {target.removeprefix("#") for target in made.values("href")} <= set(names)
    for labels in made.values("aria-labelledby"):
        assert labels in names


@pytest.mark.parametrize("group", ["code", "article"])
def test_headings_step_down_one_at_a_time(group: str) -> None:
    levels = [int(name[1]) for name, _ in page(group=group).elements if re.fullmatch("h[1-6]", name)]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_the_page_runs_as_its_language_does() -> None:
    for language, runs in (("en", "ltr"), ("ar", "rtl")):
        html = page(language).elements[0]
        assert html == ("html", {"lang": language, "dir": runs})


def test_nothing_is_fetched_and_nothing_runs() -> None:
    source = write(case(), "ar").decode()
    made = Page(source)
    assert {"script", "link", "img", "iframe", "object", "form", "base"}.isdisjoint(
        name for name, _ in made.elements
    )
    assert not [name for _, attributes in made.elements for name in attributes if name.startswith("on")]
    assert {"src", "style", "srcset", "action"}.isdisjoint(
        name for _, given in made.elements for name in given
    )
    assert all(target.startswith("#") for target in made.values("href"))
    sheet = re.search("<style>(.*?)</style>", source, re.DOTALL)
    assert sheet is not None
    assert "url(" not in sheet[1]
    assert "@import" not in sheet[1]


def test_the_policy_knows_the_style_sheet_by_its_hash() -> None:
    source = write(case(), "en").decode()
    sheet = re.search("<style>(.*?)</style>", source, re.DOTALL)
    assert sheet is not None
    digest = base64.b64encode(hashlib.sha256(sheet[1].encode()).digest()).decode()
    (policy,) = [given["content"] for _, given in Page(source).elements if given.get("http-equiv")]
    assert policy is not None
    assert policy.startswith("default-src 'none'")
    assert f"'sha256-{digest}'" in policy
    assert "unsafe" not in policy


def test_marks_are_the_words_and_other_marks_are_named_below() -> None:
    bundle = replace(case(), notes=case().notes[:4])
    source = write(bundle, "en", group="article").decode()
    first = source[source.index("<article") : source.index("</article>")]
    marked = "".join(re.findall("<mark>(.*?)</mark>", first))
    assert re.sub("<[^>]*>", "", marked) == "سوق السمك سيعود إلى العمل"
    assert '<span class="other u1">السمك سيعود إلى العمل</span>' in marked
    assert "Marked here too: " in first
    assert 'aria-label="Note 2"' in first


def test_old_and_new_words_stand_side_by_side() -> None:
    source = write(case(), "en").decode()
    (pair,) = re.findall('<div class="pair">.*?</article>', source, re.DOTALL)
    assert "<mark>كلفة الطحين زادت خمسين في المئة منذ الربيع</mark>" in pair
    assert '<mark class="proposal">كلفة الطحين زادت ثلاثين في المئة منذ الربيع</mark>' in pair


def test_every_state_has_a_word_besides_its_colour() -> None:
    source = write(case(), "en").decode()
    badges = re.findall(r'<span class="state (\w+)">.*?</span>([^<]+)</span>', source)
    assert set(badges) == {
        ("exact", "in place"),
        ("moved", "moved"),
        ("changed", "changed"),
        ("orphan", "not found"),
        ("missing", "article missing"),
    }


def test_arabic_within_english_says_so() -> None:
    made = page("en")
    quotes = [given for name, given in made.elements if name == "blockquote"]
    assert all(given == {"dir": "rtl", "lang": "ar"} for given in quotes)


def test_a_colour_that_is_none_colours_nothing() -> None:
    hostile = Codebook((Code("أرقام", "red}body{display:none"),))
    source = write(replace(case(), codebook=hostile), "en").decode()
    assert "display:none}" not in source.split("<body>")[0].replace(".skip{display:none}", "")


def test_the_builder_escapes_what_is_not_markup() -> None:
    assert tag("p", "<b>", Markup("<i></i>"), class_='"x"') == '<p class="&quot;x&quot;">&lt;b&gt;<i></i></p>'
    assert tag("p", "a\x00\u202eb", title="x\ny") == '<p title="x y">ab</p>'
    assert tag("meta", http_equiv="x", hidden=True, lang=None, dir=False) == '<meta http-equiv="x" hidden>'
    assert listed([tag("b"), "<"], ", ") == "<b></b>, &lt;"
    assert join(None, ["a", [Markup("<br>")]]) == "a<br>"
    assert named("CNN", "ar") == '<bdi dir="ltr" lang="">CNN</bdi>'
    assert way("قال", "en") == {"dir": "rtl", "lang": "ar"}
    assert way("قال", "en", "fa") == {"dir": "rtl", "lang": "fa"}
    assert way("said", "en") == {"dir": "ltr", "lang": None}
    with pytest.raises(ValueError, match="end of an element"):
        style("</style>")


def test_an_empty_dossier_is_a_page() -> None:
    made = page("ar", Bundle((), Codebook()))
    assert "لا ملاحظات." in made.texts
    assert "nav" not in {name for name, _ in made.elements}
