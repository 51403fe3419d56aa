"""The scorer of entities: what it calls right, found, spurious, fused and wrong, and how tokens become a text."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.benchmarks.ner.__main__ import main as benchmark
from tests.benchmarks.ner.conll import Span, found_in, labelled, prf, read, set_as_text, strict
from tests.benchmarks.ner.expressions import rows, verdict
from tests.benchmarks.ner.gold import Gold, GoldDate, GoldEntity, GoldNumber, GoldQuotation, load
from tests.benchmarks.ner.periods import period
from tests.benchmarks.ner.report import lines_of
from tests.benchmarks.ner.scoring import score
from tests.benchmarks.ner.totals import Totals

from kashaf.corpus.article import Article, Metadata, Provenance
from kashaf.entities.book.namebook import Name, NameBook
from kashaf.entities.model import DateMention, EntityType, Mention, Quantity, Quotation, Reading

TEXT = "زار سليم الرامي مدينة طيبة مع وفد «شركة الندى» أمس، وقال الرامي: «عدنا». ومعه 12 عاملا."
BOOK = NameBook([Name("الندى القابضة", "organization", ("الندى",))])


def mention(
    form: str, kind: EntityType = "person", name: str = "", text: str = TEXT, nth: int = 1
) -> Mention:
    start = -1
    for _ in range(nth):
        start = text.index(form, start + 1)
    return Mention(name or form, kind, start, start + len(form), form, "cue")


def entity(name: str, kind: EntityType, *forms: tuple[str, int]) -> GoldEntity:
    return GoldEntity(name, kind, forms)


def gold(
    entities: tuple[GoldEntity, ...] = (),
    *,
    dates: tuple[GoldDate, ...] = (),
    numbers: tuple[GoldNumber, ...] = (),
    quotations: tuple[GoldQuotation, ...] = (),
    ignored: tuple[tuple[int, int], ...] = (),
) -> Gold:
    article = Article("a", TEXT, Metadata(""), Provenance("a", "", ""))
    return Gold("a", "seen", article, entities, dates, numbers, quotations, ignored)


SALIM = entity(
    "سليم الرامي", "person", ("سليم الرامي", TEXT.index("سليم")), ("الرامي", TEXT.rindex("الرامي"))
)
TOWN = entity("طيبة", "place", ("طيبة", TEXT.index("طيبة")))
FIRM = entity("الندى", "organization", ("الندى", TEXT.index("الندى")))


def totals(one: Gold, *mentions: Mention, **values: tuple[object, ...]) -> Totals:
    return score([(one, Reading(mentions, **values))], BOOK)  # type: ignore[arg-type]  # by keyword


# Tokens


def test_labels_become_entities_as_conlleval_reads_them() -> None:
    labels = ["B-PER", "I-PER", "B-PER", "O", "I-LOC", "I-ORG", "B-ORG"]
    assert list(labelled(labels)) == [
        Span(0, 2, "PER"),
        Span(2, 3, "PER"),
        Span(4, 5, "LOC"),
        Span(5, 6, "ORG"),
        Span(6, 7, "ORG"),
    ]


def test_tokens_are_set_as_a_newspaper_sets_them() -> None:
    tokens = ["قال", ":", '"', "عدنا", '"', "(", "د", ")", "،", "و", "مضى", "."]
    text, places = set_as_text(tokens)
    assert text == 'قال: "عدنا" (د)، و مضى.'
    assert [text[start:end] for start, end in places] == tokens


def test_a_mention_without_its_clitic_covers_its_token_and_marks_at_edges_do_not_count() -> None:
    sentences = [
        (
            ("وسليم", "B-PER"),
            ("في", "O"),
            ('"', "B-ORG"),
            ("الندى", "I-ORG"),
            ('"', "I-ORG"),
            ("امس", "B-MISC"),
        )
    ]

    def find(article: Article) -> list[Mention]:
        return [
            mention("سليم", text=article.text),
            mention("الندى", "organization", text=article.text),
            Mention("2025", "date", 0, 3, "", "cue"),
        ]

    assert found_in(sentences, find) == [{Span(0, 1, "PER"), Span(3, 4, "ORG")}]
    assert strict(sentences, find).measures() == (100.0, 100.0, 100.0)


def test_other_bounds_or_another_type_are_wrong_and_the_second_sentence_has_its_own_tokens() -> None:
    sentences = [(("سليم", "B-PER"), ("الرامي", "I-PER")), (("طيبة", "B-LOC"), ("هنا", "O"))]

    def find(article: Article) -> list[Mention]:
        return [
            mention("سليم", text=article.text),
            mention("طيبة", "place", text=article.text),
            mention("هنا", "place", text=article.text),
        ]

    found = strict(sentences, find)
    assert (found.right.total(), found.found.total(), found.gold.total()) == (1, 3, 2)
    assert found.measures("PER") == (0.0, 0.0, 0.0)


def test_articles_of_a_set_are_runs_of_sentences() -> None:
    seen: list[str] = []

    def find(article: Article) -> list[Mention]:
        seen.append(article.text)
        return []

    strict([((f"س{number}", "O"),) for number in range(5)], find, per_article=2)
    assert seen == ["س0\nس1", "س2\nس3", "س4"]


def test_a_set_is_read_by_blank_lines(tmp_path: Path) -> None:
    path = tmp_path / "set.conll"
    path.write_text("سليم\tB-PER\nمضى\tO\n\n\nطيبة\tB-LOC", encoding="utf-8")
    assert read(path) == [(("سليم", "B-PER"), ("مضى", "O")), (("طيبة", "B-LOC"),)]


def test_nothing_found_is_no_division_by_zero() -> None:
    assert prf(0, 0, 0) == (0.0, 0.0, 0.0)
    assert list(lines_of("nothing", Totals(), Totals()))


# Entities


def test_an_entity_is_found_once_under_whatever_of_its_names() -> None:
    found = totals(gold((SALIM, TOWN)), mention("سليم الرامي"), mention("طيبة", "place"))
    assert found.entity() == (100.0, 100.0, 100.0)
    assert (found.one_name, found.fused) == (2, 0)
    assert found.span("person") == pytest.approx((100.0, 50.0, 66.67), abs=0.01)


def test_a_second_name_is_a_fault_of_linking_and_not_a_spurious_entity() -> None:
    found = totals(gold((SALIM,)), mention("سليم الرامي"), mention("الرامي", nth=2))
    assert found.entity("person") == (100.0, 100.0, 100.0)
    assert found.one_name == 0


def test_the_book_may_name_an_entity_and_a_type_noun_does_not_count() -> None:
    for name, form in (("الندى القابضة", "الندى"), ("شركة الندى", "شركة الندى")):
        found = totals(gold((FIRM,)), mention(form, "organization", name))
        assert found.entity("organization") == (100.0, 100.0, 100.0), name
    assert found.span("organization")[0] == 0.0
    assert found.edges["organization"] == 1


@pytest.mark.parametrize(
    "wrong",
    [
        mention("طيبة", "person"),  # another type
        mention("مدينة", "place"),  # beside it
        mention("طيبة", "place", "طابة"),  # under somebody else's name
    ],
)
def test_what_is_not_found_is_missed_and_ours_is_spurious(wrong: Mention) -> None:
    found = totals(gold((TOWN,)), wrong)
    assert (found.found.total(), found.ours.total()) == (0, 1)


def test_a_confusion_is_counted_by_mention() -> None:
    found = totals(gold((TOWN, SALIM)), mention("طيبة", "person"), mention("وفد", "organization"))
    assert found.confusion["place", "person"] == 1
    assert found.confusion["person", "none"] == 2
    assert found.confusion["none", "organization"] == 1


def test_one_line_finds_one_entity_and_two_that_share_it_are_fused() -> None:
    other = entity("سليم", "person", ("الرامي", TEXT.rindex("الرامي")))
    one = entity("سليم الرامي", "person", ("سليم الرامي", TEXT.index("سليم")))
    found = totals(gold((one, other)), mention("سليم الرامي"), mention("الرامي", name="سليم الرامي", nth=2))
    assert found.found["person"] == 1
    assert found.fused == 1


def test_what_is_ignored_is_neither_right_nor_wrong() -> None:
    start = TEXT.index("وفد")
    found = totals(gold((TOWN,), ignored=((start, start + 3),)), mention("وفد", "organization"))
    assert found.ours.total() == 0


def test_an_organisation_that_the_book_lacks_is_new() -> None:
    unknown = entity("وفد", "organization", ("وفد", TEXT.index("وفد")))
    found = totals(gold((FIRM, unknown)), mention("وفد", "organization"))
    assert (found.new_found["organization"], found.new_gold["organization"]) == (1, 1)


def test_of_the_unseen_half_nothing_but_totals_comes_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    faults = tmp_path / "faults.tsv"
    arguments = ["ner", "--only", "gold", "--no-sample", "--system", "book", "--errors", str(faults)]
    monkeypatch.setattr("sys.argv", arguments)
    assert benchmark() == 0
    printed = capsys.readouterr().out
    assert "unseen half of articles" in printed
    assert not [
        name for one in load("unseen") for entity in one.entities for name in entity.names if name in printed
    ]
    sources = {line.split("\t")[0] for line in faults.read_text(encoding="utf-8").splitlines()}
    assert sources
    assert sources <= {one.source for one in load("seen")}


# Dates, numbers, quotations

YESTERDAY = GoldDate("أمس", TEXT.index("أمس"), ("2025-11-11",))


def dated(edtf: str, note: str = "") -> DateMention:
    return DateMention(YESTERDAY.start, YESTERDAY.end, "أمس", edtf, None, None, "day", note=note)


@pytest.mark.parametrize(
    ("edtf", "note", "counted"),
    [
        ("2025-11-11", "", "dates right"),
        ("2025-11-11~", "", "dates right"),
        ("2025-11-10", "", "dates wrong silently"),
        ("", "", "dates left open"),
    ],
)
def test_a_date_is_right_wrong_or_open(edtf: str, note: str, counted: str) -> None:
    counts = totals(gold(dates=(YESTERDAY,)), dates=(dated(edtf, note),)).counts
    assert (counts["dates found"], counts[counted]) == (1, 1)
    assert sum(counts[one] for one in ("dates right", "dates wrong silently", "dates left open")) == 1


def test_a_wrong_date_that_says_so_is_not_silent_and_one_elsewhere_is_spurious() -> None:
    counts = totals(gold(dates=(YESTERDAY,)), dates=(dated("2025", "the year is supposed"),)).counts
    assert (counts["dates right"], counts["dates wrong silently"]) == (0, 0)
    elsewhere = DateMention(0, 3, "زار", "2025", date(2025, 1, 1), None, "year")
    assert totals(gold(), dates=(elsewhere,)).counts["dates spurious"] == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2026-01/2026-03", "2026-33"),
        ("2025-22", "2025-06-01/2025-08-31"),
        ("2025-24", "2025-12/2026-02"),
        ("202X", "2020/2029"),
        ("2024-02", "2024-02-01/2024-02-29"),
        ("2025~", "2025-01/2025-12"),
    ],
)
def test_two_ways_to_write_a_period_are_equal(one: str, other: str) -> None:
    assert period(one) == period(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("2025", "2025-01"), ("XXXX-10-24", "2025-10-24"), ("2024-07/..", "2024-07"), ("open", "")],
)
def test_two_periods_are_not(one: str, other: str) -> None:
    assert period(one) != period(other)


def test_a_number_is_found_by_its_value_and_judged_by_what_it_counts() -> None:
    start = TEXT.index("12")
    wanted = GoldNumber("12 عاملا", start, 12, 12, "exactly", ("people", "other"), ("",))
    for value, found, kind in ((12, 1, 1), (2, 0, 0)):
        ours = Quantity(start, start + 8, "", value, value, "exactly", "people", "", "عاملا", ())
        counts = totals(gold(numbers=(wanted,)), quantities=(ours,)).counts
        assert (counts["numbers found"], counts["numbers counting"]) == (found, kind)
        assert counts["numbers wrong"] == 1 - found


def test_a_quotation_needs_half_of_its_words_and_the_right_speaker() -> None:
    start = TEXT.index("عدنا")
    wanted = GoldQuotation("سليم الرامي", direct=True, start=start, end=start + 4)
    for speaker, first, found, right in (
        ("سليم الرامي", start, 1, 1),
        ("سعيد", start, 1, 0),
        ("", start, 1, 0),
        ("سليم الرامي", 0, 0, 0),
    ):
        ours = Quotation(first, start + 4, True, "قال", 0, 3, speaker, "person" if speaker else "", 0, 0)
        counts = totals(gold((SALIM,), quotations=(wanted,)), quotations=(ours,)).counts
        assert (counts["quotations found"], counts["quotations speaker"]) == (found, right)


def test_every_expression_of_the_table_stands_in_its_sentence_once() -> None:
    for row in rows():
        assert row["sentence"].count(row["form"]) == 1, row
        assert row["half"] in {"seen", "unseen"}
        assert verdict(row, ()) == ("right" if row["edtf"] == "open" else "missed")
