"""Cleaning any page whatever; and the quick way to a rule is the slow one."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.fuzz.targets_cleaning import fuzz_clean, fuzz_markdown

from kashaf.corpus import chrome
from kashaf.corpus.chrome import Rule, normal_form, shipped_rules
from kashaf.corpus.cleaning import Line, ends_sentence, split_lines

DATA = Path(__file__).parents[1] / "unit" / "data"
KNOWN = [
    line
    for name in ("chrome_lines.txt", "body_lines.txt")
    for line in (DATA / name).read_text("utf-8").splitlines()
    if line[:1] not in "[#"
]
MARKS = st.sampled_from(
    ["", "", "\u064b", "\u0640", " ", "  ", "•", "\u200f", "أ", "ة", "A", "3", "…", ":", "|", "."]
)
WORDS = st.sampled_from([word for line in KNOWN for word in line.split()])
PROSE = "قالت الوزيرة إن العمل يبدأ في الربيع وإن الكلفة معروفة سلفا ولا زيادة عليها."


@st.composite
def lines(draw: st.DrawFn) -> str:
    """Lines of chrome and of articles with something put in or taken out, and words of them in any order."""
    if draw(st.booleans()):
        return " ".join(draw(st.lists(WORDS, max_size=30)))
    line = draw(st.sampled_from(KNOWN))
    at = draw(st.integers(0, len(line)))
    return " ".join((line[:at] + draw(MARKS) + line[at + draw(st.integers(0, 1)) :]).split())


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _slowly(text: str) -> tuple[Rule, ...]:
    """Every rule tried on the line."""
    if len(text) > chrome.MAX_LONG_CHARS:
        return ()
    long = len(text) > chrome.MAX_CHROME_CHARS
    normal = normal_form(text)
    return tuple(
        rule
        for rule in shipped_rules().rules
        if (rule.long or not long) and _compiled(rule.pattern).fullmatch(normal)
    )


@given(lines())
@settings(max_examples=200, deadline=None)
def test_no_rule_is_overlooked(text: str) -> None:
    assert shipped_rules().matching(text) == _slowly(text)


@given(st.data())
@settings(max_examples=200, deadline=None)
def test_what_a_pattern_makes_is_known_by_its_signs(data: st.DataObject) -> None:
    rule = data.draw(st.sampled_from(shipped_rules().rules))
    made = data.draw(st.from_regex(_compiled(rule.pattern), fullmatch=True))
    text = " ".join(made.split())
    assert shipped_rules().matching(text) == _slowly(text)


@given(st.one_of(st.text(max_size=80), lines()))
@settings(max_examples=200)
def test_normal_form_is_what_it_is_said_to_be(text: str) -> None:
    plain = re.sub("[\u0610-\u061a\u0640\u064b-\u065f\u0670\u200b-\u200f\u061c]+", "", text)
    for letter, other in zip("أإآٱىیةک", "ااااييهك", strict=True):
        plain = plain.replace(letter, other)
    plain = plain.lower()
    bullets = " \u00a0*•·●▪◦‣»«–—-|>‹›."
    assert normal_form(text) == (" ".join(plain.split()).strip(bullets) or plain.strip())


@given(st.text(alphabet=st.sampled_from("ا ب.…»”)]'\"؟"), max_size=14))
def test_the_end_of_a_sentence(text: str) -> None:
    line = text.replace("\n", "")
    assert ends_sentence(line) == (re.search(r"(?<![.…])\.['\"»”)\]]*\Z", line) is not None)


@given(
    st.lists(
        st.one_of(lines(), st.text(max_size=20), st.sampled_from(["", " ", "\u00a0", PROSE])), max_size=12
    )
)
@settings(max_examples=150)
def test_lines_are_split_alike_in_both_ways(some: list[str]) -> None:
    text = "\n".join(one.replace("\n", " ").replace("\t", " ") for one in some)
    slowly = tuple(
        Line(number, " ".join(raw.split()), raw)
        for number, raw in enumerate(text.split("\n"), 1)
        if raw and not raw.isspace()
    )
    assert split_lines(text) == slowly


@given(st.lists(st.one_of(lines(), st.just(PROSE), st.text(max_size=30)), max_size=14))
@settings(max_examples=150, deadline=None)
def test_any_page_is_cleaned_without_loss(some: list[str]) -> None:
    data = "\n".join(some).encode("utf-8", "replace")
    fuzz_clean(data)
    fuzz_markdown(data)


@given(st.binary(max_size=300))
@settings(max_examples=100, deadline=None)
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    fuzz_clean(data)
    fuzz_markdown(data)
