"""What holds for any rows: order does not matter, agreement is mutual, every span leads to its words."""

from __future__ import annotations

import random
from datetime import timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.statements_support import Corpus, day, quantity

from kashaf.entities.model import Quantity
from kashaf.entities.statements.claims import claims
from kashaf.entities.statements.comparing import agree, bounds
from kashaf.entities.statements.model import ZOOMS, Zoom
from kashaf.entities.statements.periods import counts, periods, stretch
from kashaf.entities.statements.timeline import timeline

COMPARISONS = ("exactly", "about", "more than", "at least", "less than", "at most", "between")
NUMBERS = st.one_of(
    st.integers(0, 300).map(float),
    st.sampled_from([1_000.0, 1_500_000.0, 1_512_000.0, 12_340.0, 2.5, 0.0]),
)


@st.composite
def quantities(draw: st.DrawFn) -> Quantity:
    low = draw(NUMBERS)
    high = low + draw(st.integers(0, 20)) if (how := draw(st.sampled_from(COMPARISONS))) == "between" else low
    plain = quantity(0, "12 عضوا", draw(st.sampled_from(["members", "ordinal", "killed"])), "12")
    return Quantity(
        plain.start,
        plain.end,
        plain.form,
        low,
        high,
        how,  # type: ignore[arg-type]  # one of them
        plain.counting,
        "",
        plain.counted,
        plain.of,
    )


@given(quantities(), quantities())
def test_agreement_is_mutual_and_everybody_agrees_with_themselves(one: Quantity, other: Quantity) -> None:
    assert agree(one, other) == agree(other, one)
    assert agree(one, one)


@given(quantities())
def test_a_figure_lies_within_its_bounds(one: Quantity) -> None:
    found = bounds(one)
    assert found.low <= one.low <= one.high <= found.high


BODIES = ("تحالف الخليج", "مجلس الموانئ", "اتحاد الصيادين")
PLACES = ("العاصمة", "الميناء", "الجزيرة")
TEXTS = (
    "يضم ⟦{body}|org|{body}⟧ ⟦{n} عضوا|members|{n}⟧ بحسب موقعه.",
    "قتل ⟦{n} جنود|killed|{n}⟧ قرب ⟦{place}|place|{place}⟧ في ⟦{day}|date|{day}⟧ حين انفجر لغم على الطريق الساحلي.",
    "خصص ⟦{body}|org|{body}⟧ ⟦{n}|money:USD|{n}⟧ لترميم الرصيف القديم في ⟦{place}|place|{place}⟧ هذا العام.",
    "وكانت الأعمال قد بدأت في ⟦{day}|date|{day}⟧ بعد موافقة المجلس البلدي.",
    "وكل سنة في ⟦24 تشرين|date|XXXX-10-24⟧ يحتفل الناس.",
)
LINES = st.tuples(
    st.sampled_from(TEXTS),
    st.sampled_from(BODIES),
    st.sampled_from(PLACES),
    st.integers(1, 40),
    st.integers(0, 60).map(lambda number: (day("2025-01-01") + timedelta(number)).isoformat()),
)
ARTICLES = st.lists(
    st.tuples(
        st.lists(LINES, min_size=1, max_size=5),
        st.sampled_from(["سدرة", "المرفأ", ""]),
        st.sampled_from(["2025-01-20", "2025-02-20", ""]),
        st.sampled_from(["", "s"]),
    ),
    min_size=1,
    max_size=8,
)


def corpus_of(articles: list[tuple[list[tuple[str, str, str, int, str]], str, str, str]]) -> Corpus:
    corpus = Corpus()
    for lines, outlet, published, story in articles:
        text = "\n".join(
            text.format(body=body, place=place, n=n, day=moment) for text, body, place, n, moment in lines
        )
        corpus.add(text, outlet, published, story=story)
    return corpus


@settings(max_examples=80, deadline=None)
@given(ARTICLES, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(
    articles: list[tuple[list[tuple[str, str, str, int, str]], str, str, str]], shuffled: random.Random
) -> None:
    corpus = corpus_of(articles)
    statements, compared = corpus.timeline(), corpus.claims()
    for rows in (corpus.dated, corpus.counted, corpus.named):
        shuffled.shuffle(rows)
    assert timeline(corpus.dated, corpus.sources.get) == statements
    assert (
        claims(corpus.counted, corpus.named, corpus.dated, corpus.sources.get, story=corpus.story) == compared
    )


@settings(max_examples=80, deadline=None)
@given(ARTICLES)
def test_every_span_leads_to_its_words(
    articles: list[tuple[list[tuple[str, str, str, int, str]], str, str, str]],
) -> None:
    corpus = corpus_of(articles)
    for statement in corpus.timeline():
        for telling in statement.tellings:
            text = corpus.sources[telling.article_id].text
            assert text[telling.mention.start : telling.mention.end] == telling.mention.form
            assert telling.start <= telling.mention.start < telling.mention.end <= telling.end
        first = statement.first
        assert corpus.sources[first.article_id].text[first.start : first.end] == statement.text
    for claim in corpus.claims():
        assert claim.articles >= 2
        for figure in claim.figures:
            text = corpus.sources[figure.article_id].text
            assert text[figure.start : figure.end] == figure.text
            assert figure.text[slice(*figure.number_span)] == figure.quantity.form
        if claim.verdict == "agree":
            values = [figure.quantity for figure in claim.figures]
            assert all(agree(one, other) for one in values for other in values)


@settings(max_examples=80, deadline=None)
@given(ARTICLES, st.sampled_from(ZOOMS))
def test_periods_hold_every_statement_once(
    articles: list[tuple[list[tuple[str, str, str, int, str]], str, str, str]], zoom: Zoom
) -> None:
    found = corpus_of(articles).timeline()
    cut = periods(found.dated, zoom)
    assert sorted(map(id, found.dated)) == sorted(id(one) for period in cut for one in period.statements)
    assert [period.first for period in cut] == sorted(period.first for period in cut)
    row = counts(found.dated, zoom)
    assert sum(count for _, count in row) <= len(found.dated)
    for (one, _), (other, _) in pairwise(row):
        assert stretch(one, zoom)[1] + timedelta(1) == other
