"""The gold of entities says what its README promises: every form at its place, known kinds, two halves."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from typing import get_args

import pytest
from tests.benchmarks.ner import gold as golds
from tests.benchmarks.ner.periods import period

from kashaf.corpus.walk import ignores
from kashaf.entities.model import ENTITY_TYPES, Comparison, Counting
from kashaf.text.letters import MARKS, TATWEEL

_INVISIBLE = MARKS | {TATWEEL}
_CLITICS = re.compile("[وف]?[بكل]?")
FEWEST = {"articles": 16, "sample corpus": 25}


@pytest.fixture(scope="module")
def annotated(tmp_path_factory: pytest.TempPathFactory) -> list[golds.Gold]:
    return golds.load(sample=golds.sample_articles(tmp_path_factory.mktemp("gold") / "case"))


def test_there_are_enough_articles_and_each_is_in_one_half(annotated: list[golds.Gold]) -> None:
    sources = [gold.source for gold in annotated]
    assert len(set(sources)) == len(sources)
    assert set(sources) == set(golds.halves())
    written = sum(gold.article.id == gold.source for gold in annotated)
    assert written >= FEWEST["articles"]
    assert len(annotated) - written >= FEWEST["sample corpus"]
    seen = sum(gold.half == "seen" for gold in annotated)
    assert abs(seen - len(annotated) / 2) <= 1


def test_every_form_stands_at_its_place(annotated: list[golds.Gold]) -> None:
    for gold in annotated:
        text = gold.article.text
        forms = [mention for entity in gold.entities for mention in entity.mentions]
        forms += [(one.form, one.start) for one in gold.dates]
        forms += [(one.form, one.start) for one in gold.numbers]
        for form, start in forms:
            assert text[start : start + len(form)] == form, (gold.source, form, start)
            assert form == form.strip(), (gold.source, form)
        for quotation in gold.quotations:
            words = text[quotation.start : quotation.end]
            assert words, gold.source
            assert words == words.strip(), (gold.source, words)
            assert quotation.speaker in {"", golds.UNJUDGED} or gold.named(quotation.speaker), (
                gold.source,
                quotation.speaker,
            )


def test_a_span_begins_behind_glued_letters_and_ends_with_its_word(annotated: list[golds.Gold]) -> None:
    for gold in annotated:
        text = gold.article.text
        for entity in gold.entities:
            for start, end in entity.spans:
                assert not text[end : end + 1].isalpha(), (gold.source, text[start:end])
                begin = start
                while begin and (text[begin - 1].isalpha() or text[begin - 1] in MARKS):
                    begin -= 1
                glued = "".join(letter for letter in text[begin:start] if letter not in _INVISIBLE)
                assert _CLITICS.fullmatch(glued), (gold.source, text[begin:end])


def test_kinds_and_values_are_known(annotated: list[golds.Gold]) -> None:
    for gold in annotated:
        assert {entity.type for entity in gold.entities} <= set(ENTITY_TYPES)
        assert len({(entity.type, entity.name) for entity in gold.entities}) == len(gold.entities)
        for number in gold.numbers:
            assert set(number.counting) <= set(get_args(Counting)), (gold.source, number.form)
            assert number.comparison in get_args(Comparison)
            assert number.low <= number.high
            assert (number.low != number.high) == (number.comparison == "between")
        for one in gold.dates:
            for value in set(one.values) - {golds.OPEN, golds.UNJUDGED}:
                assert period(value)[0][:1].isdigit() or value.startswith("../"), (gold.source, value)


def test_mentions_of_an_article_do_not_overlap(annotated: list[golds.Gold]) -> None:
    for gold in annotated:
        spans = sorted(span for entity in gold.entities for span in entity.spans)
        assert all(one[1] <= other[0] for one, other in pairwise(spans)), gold.source


def test_the_bounds_of_a_quotation_are_the_words_that_the_file_says() -> None:
    for sheet in golds.sheets(golds.ARTICLES):
        text = sheet.path.read_text(encoding="utf-8")
        for one in sheet.raw.get("quotations") or ():
            words = text[one["start"] : one["end"]].split()
            assert " ".join(words[:2]) == one["begins"]
            assert " ".join(words[-2:]) == one["ends"]


def test_no_import_sees_the_gold(annotated: list[golds.Gold]) -> None:
    ignored = ignores(golds.SAMPLE)
    beside = list(golds.SAMPLE.rglob(f"*{golds.SUFFIX}"))
    assert beside
    assert all(ignored(path.relative_to(golds.SAMPLE).as_posix()) for path in beside)
    assert not ignored("marfa/tahaluf-dawriyat.txt")
    assert len({gold.article.id for gold in annotated}) == len(annotated)


def test_an_annotation_has_one_file_beside_it(tmp_path: Path) -> None:
    (tmp_path / f"one{golds.SUFFIX}").write_text("articles: [{}]", encoding="utf-8")
    with pytest.raises(AssertionError, match="not 0"):
        list(golds.sheets(tmp_path))
