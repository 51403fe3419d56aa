"""Every note against articles and files as they are now."""

from __future__ import annotations

from dataclasses import replace

from tests.notes_support import TEXT, article, note, target

from kashaf.corpus.article import Article
from kashaf.notes.checking import Original, check
from kashaf.notes.model import ArticleTarget, EntityTarget, Note, SearchTarget, WordsTarget

FAR = "شيء آخر تماما في مقال بعيد عن السوق والسمك"


def on(quote: str, number: int = 1) -> Note:
    return replace(note(number), target=target(quote))


def link(near: WordsTarget, far: WordsTarget) -> Note:
    return replace(note(9), kind="link", target=near, other=far)


def test_each_state_is_said() -> None:
    changed = TEXT.replace("مليوني دينار", "ثلاثة ملايين دينار").replace(
        "أن السوق القديم كان أقرب إلى البحر، و", ""
    )
    notes = [
        on("سوق السمك سيعود إلى العمل"),
        on("نصف الإيجار القديم"),
        on("مليوني دينار"),
        on("السوق القديم كان أقرب إلى البحر"),
    ]
    found = list(check(notes, lambda _: article(changed)))
    assert [one.state for one in found] == ["exact", "moved", "changed", "orphan"]
    assert [one.now for one in found] == [
        "سوق السمك سيعود إلى العمل",
        "نصف الإيجار القديم",
        "ثلاثة ملايين دينار",
        "",
    ]
    assert all(one.problems == () for one in found)


def test_without_its_article_a_note_is_missing() -> None:
    (found,) = check([note()], lambda _: None)
    assert (found.state, found.anchor.state) == ("missing", "orphan")


def test_what_stands_on_no_text_is_exact() -> None:
    notes = [
        replace(note(), target=EntityTarget("هدى", "person")),
        replace(note(), target=SearchTarget("سوق", "stem", "all")),
    ]
    found = list(check(notes, lambda _: None, {}))
    assert [(one.state, one.problems) for one in found] == [("exact", ()), ("exact", ())]


def test_a_note_on_a_whole_article_is_exact_while_the_text_is_the_same() -> None:
    whole = replace(note(), target=ArticleTarget(article().id, article().text_sha256, "", "", "", "5" * 64))
    assert [one.state for one in check([whole], lambda _: article())] == ["exact"]
    (found,) = check([whole], lambda _: article(TEXT + "."))
    assert (found.state, found.anchor.why, found.now) == ("changed", "text", "")


def test_a_link_is_as_bad_as_its_worse_end() -> None:
    near, far = target("نصف الإيجار القديم"), target("آخر تماما", FAR)
    far = replace(far, article_id="f" * 12)
    articles = {near.article_id: article(), "f" * 12: article(FAR, "f" * 12)}
    (found,) = check([link(near, far)], articles.get)
    assert (found.state, found.other_now) == ("exact", "آخر تماما")
    (found,) = check([link(near, far)], lambda known: articles[known] if known == near.article_id else None)
    assert (found.state, found.anchor.state) == ("missing", "exact")
    (found,) = check(
        [link(far, near)], lambda known: article("", known) if known == near.article_id else None
    )
    assert found.state == "missing"


def test_an_article_is_asked_for_once_for_all_its_notes() -> None:
    asked: list[str] = []

    def article_of(known: str) -> Article:
        asked.append(known)
        return article(article_id=known)

    list(check([on("سوق السمك سيعود إلى العمل", number) for number in range(1, 9)], article_of))
    assert asked == [article().id]


def test_files_that_cannot_vouch_are_named() -> None:
    known = article().id

    def problems(original: Original | None) -> tuple[str, ...]:
        originals = {} if original is None else {known: original}
        (found,) = check([note()], lambda _: article(), originals)
        assert found.state == "exact"
        return found.problems

    whole = Original("intact", "5" * 64, article().text_sha256)
    assert problems(whole) == ()
    assert problems(None) == ("unknown",)
    assert problems(Original("damaged")) == ("damaged",)
    assert problems(Original("missing")) == ("missing",)
    assert problems(Original("unreadable", "5" * 64)) == ("unreadable",)
    assert problems(replace(whole, text_sha256="0" * 64)) == ("other text",)
    assert problems(replace(whole, raw_sha256="7" * 64)) == ("other file",)
