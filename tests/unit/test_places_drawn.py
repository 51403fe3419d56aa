"""Drawing the notes of an article again costs what changed, and never shows what was."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.notes_support import TEXT, article, note, target

from kashaf.notes.codebook import Code, Codebook
from kashaf_tui.explorer.places import Places

RED = Codebook((Code("اقتصاد", "#ff0000"),))


def test_only_what_changed_is_looked_at_again(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    find = Codebook.colour_of

    def colour_of(self: Codebook, tag: str) -> str:
        asked.append(tag)
        return find(self, tag)

    monkeypatch.setattr(Codebook, "colour_of", colour_of)
    known, notes = Places(), [note(number) for number in range(1, 50)]
    before = known.drawn(notes, article(), RED)
    asked.clear()
    notes[7] = replace(notes[7], tags=("سوق",))
    after = known.drawn(notes, article(), RED)
    assert asked == ["سوق"]
    assert len(after) == len(before) == 49
    assert [one.sign for one in after].count("س") == 1
    assert known.drawn(notes[1:], article(), RED) == after[1:]


def test_another_codebook_text_or_article_is_drawn_anew() -> None:
    known, notes = Places(), [note()]
    assert known.drawn(notes, article(), RED)[0].colours == ("#ff0000",)
    assert known.drawn(notes, article(), Codebook((Code("اقتصاد", "#00ff00"),)))[0].colours == ("#00ff00",)
    longer = article("خبر عاجل\n" + TEXT)
    moved = known.drawn(notes, longer, RED)[0]
    assert longer.text[moved.start : moved.end] == target().quote
    assert known.drawn(notes, article(article_id="other"), RED) == ()


def test_an_automatic_colour_is_found_once(monkeypatch: pytest.MonkeyPatch) -> None:
    book = Codebook((Code("اقتصاد"), Code("سوق")))
    first = [book.colour_of(tag) for tag in ("اقتصاد", "سوق", "سوق/سمك", "وحده")]
    assert first[0] != first[1] == first[2]
    monkeypatch.setattr("kashaf.notes.codebook.automatic", lambda *_: pytest.fail("looked for again"))
    assert [book.colour_of(tag) for tag in ("اقتصاد", "سوق", "سوق/سمك", "وحده")] == first
