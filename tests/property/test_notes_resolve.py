"""Whatever happens to a text, a note never claims words that are not its own."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.notes_support import article

from kashaf.corpus.identity import text_sha256
from kashaf.notes.anchoring import Anchor, make_target, resolve

# Few letters and words that repeat, so that look-alikes are everywhere.
_WORD = st.sampled_from(["سوق", "السمك", "بلدية", "قال", "وقال", "في", "إنّ", "محمد", "محمّد", "١٢", "—"])
_TEXT = st.lists(st.lists(_WORD, min_size=1, max_size=12).map(" ".join), min_size=1, max_size=6).map(
    "\n".join
)
# Cut away the first word and its surroundings, and the third line reads on as the first one did.
_REPEATED = "\n".join(["سوق سوق سوق السمك سوق سوق السمك", "سوق"] * 2)
_LETTERS = st.text(st.sampled_from("اب \n"), min_size=1, max_size=120)
_LINES = st.lists(st.lists(_WORD, min_size=2, max_size=25).map(" ".join), min_size=2, max_size=7)


@st.composite
def marked(draw: st.DrawFn) -> tuple[str, int, int]:
    text = draw(st.one_of(_TEXT, _LETTERS))
    start = draw(st.integers(0, len(text) - 1))
    return text, start, draw(st.integers(start + 1, min(len(text), start + 60)))


@st.composite
def edited(draw: st.DrawFn, text: str) -> str:
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = draw(st.integers(start, min(len(text), start + 40)))
        new = draw(st.one_of(st.just(""), _TEXT, _LETTERS, st.just(text[:50])))
        text = text[:start] + new + text[end:]
    return text


def check(found: Anchor, quote: str, text: str) -> None:
    if found.state == "orphan":
        assert found.start is None
        assert found.end is None
        return
    assert found.start is not None
    assert found.end is not None
    assert 0 <= found.start < found.end <= len(text)
    if found.state != "changed":
        assert text[found.start : found.end] == quote


@given(marked(), st.data())
@settings(max_examples=200, deadline=None)
def test_exact_and_moved_always_point_at_the_quote(mark: tuple[str, int, int], data: st.DataObject) -> None:
    text, start, end = mark
    made = make_target(article(text), start, end)
    changed = data.draw(edited(text))
    found = resolve(made, changed, text_sha256(changed))
    check(found, made.quote, changed)
    assert (found.state == "exact") <= (found.start == start)
    assert (found.state == "moved") <= (found.start != start)


@given(marked())
@settings(max_examples=100, deadline=None)
def test_an_unchanged_text_is_exact(mark: tuple[str, int, int]) -> None:
    text, start, end = mark
    assert resolve(make_target(article(text), start, end), text, text_sha256(text)) == Anchor(
        "exact", start, end
    )


@given(marked(), _TEXT)
@settings(max_examples=150, deadline=None)
@example(("سوق", 0, 3), "سوق")
def test_text_put_before_never_leaves_a_note_on_another_place(
    mark: tuple[str, int, int], banner: str
) -> None:
    """With the whole context intact, the note is where its words went, or admits that it cannot tell."""
    text, start, end = mark
    made = make_target(article(text), start, end)
    changed = f"{banner}\n{text}"
    found = resolve(made, changed, text_sha256(changed))
    check(found, made.quote, changed)
    whole = made.prefix + made.quote + made.suffix
    if (
        found.state in {"exact", "moved"}
        and changed.find(whole) == changed.rfind(whole)
        and len(made.prefix + made.suffix) == 64
    ):
        assert found.start == start + len(banner) + 1


@given(marked())
@settings(max_examples=150, deadline=None)
@example((_REPEATED, 0, 1))
def test_a_note_whose_surroundings_are_gone_is_never_claimed(mark: tuple[str, int, int]) -> None:
    """The words and all that stood around them are cut out: what is left are look-alikes."""
    text, start, end = mark
    made = make_target(article(text), start, end)
    left, right = text[: max(0, start - 32)], text[end + 32 :]
    changed = f"{left}###{right}"
    found = resolve(made, changed, text_sha256(changed))
    check(found, made.quote, changed)
    if found.state in {"exact", "moved"}:
        assert found.start is not None
        around = changed[max(0, found.start - 8) : found.start + len(made.quote) + 8]
        assert "#" not in around
        assert made.prefix[-8:] + made.quote in changed or made.quote + made.suffix[:8] in changed


@given(st.data())
@settings(max_examples=200, deadline=None)
def test_words_whose_line_was_deleted_are_not_claimed_elsewhere(data: st.DataObject) -> None:
    """Unless all that stood around them stands around those as well, and nobody could tell the two apart."""
    lines = data.draw(_LINES)
    at = data.draw(st.integers(0, len(lines) - 1))
    start = data.draw(st.integers(0, len(lines[at]) - 1))
    end = data.draw(st.integers(start + 1, min(len(lines[at]), start + 40)))
    offset = sum(len(line) + 1 for line in lines[:at])
    made = make_target(article("\n".join(lines)), offset + start, offset + end)
    changed = "\n".join([*lines[:at], *lines[at + 1 :]])
    found = resolve(made, changed, text_sha256(changed))
    check(found, made.quote, changed)
    if found.state in {"exact", "moved"}:
        assert found.start is not None
        assert changed.startswith(made.prefix + made.quote + made.suffix, found.start - len(made.prefix))
