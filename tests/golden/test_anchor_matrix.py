"""The matrix of what happens to notes: no wrong claim, and the document says what is measured."""

from __future__ import annotations

from pathlib import Path

import pytest
from scripts.anchor_matrix import REPORTED_ON, SMALL, TUNED_ON, Measured, measure, page, trials
from scripts.anchor_rows import ROWS

from kashaf.notes.matching import ACCEPTANCE, MARGIN, RIVAL

DOCUMENT = (Path(__file__).parents[2] / "docs" / "anchoring.md").read_text(encoding="utf-8")
ANOTHER = 20
BEGIN, END = f"<!-- --cases {SMALL} -->\n\n", "\n\n<!-- end -->"


@pytest.fixture(scope="module")
def small() -> Measured:
    return measure(REPORTED_ON, SMALL)


def test_the_document_holds_what_the_script_prints(small: Measured) -> None:
    assert DOCUMENT.split(BEGIN)[1].split(END)[0] == "\n".join(page(small))


def test_no_claim_is_wrong(small: Measured) -> None:
    for measured in (small, measure(ANOTHER, 3)):
        rows, _ = measured
        assert {row: tally.ours["silent wrong"] for row, tally in rows.items()} == dict.fromkeys(ROWS, 0)


def test_few_proposals_are_wrong(small: Measured) -> None:
    rows, _ = small
    right = sum(tally.ours["changed"] for tally in rows.values())
    wrong = sum(tally.ours["changed wrong"] for tally in rows.values())
    assert wrong <= 0.03 * (right + wrong)


def test_the_whole_matrix_has_cases_enough_and_no_wrong_claim() -> None:
    """What the document reports of the long run, which no test has time for."""
    long = DOCUMENT.split("<!-- --cases 250 -->\n\n")[1].split(END)[0]
    assert "**silent wrong: 0**" in long
    assert f"Cases: {250 * len(ROWS):,};" in long
    assert all(f"| {row} |" in long for row in ROWS)


def test_the_document_states_the_thresholds() -> None:
    for threshold in (f"**{ACCEPTANCE:.2f}**", f"**{MARGIN:.2f}**", f"within {RIVAL:.2f} of"):
        assert threshold in DOCUMENT
    assert f"in {len(ROWS)} ways" in DOCUMENT.replace("\n", " ")


def test_the_same_seed_gives_the_same_cases_and_another_one_others() -> None:
    first = [(trial.row, trial.text, trial.truth) for trial in trials(TUNED_ON, 1)]
    assert first == [(trial.row, trial.text, trial.truth) for trial in trials(TUNED_ON, 1)]
    assert first != [(trial.row, trial.text, trial.truth) for trial in trials(REPORTED_ON, 1)]


def test_the_truth_of_a_case_is_where_its_words_went() -> None:
    for trial in trials(TUNED_ON, 1):
        assert trial.target.quote
        if trial.truth is not None:
            start, end = trial.truth
            assert 0 <= start < end <= len(trial.text)
        if trial.row in ("paragraph put before", "paragraphs swapped", "re-cleaned: chrome gone"):
            assert trial.truth is not None
            assert trial.text[slice(*trial.truth)] == trial.target.quote
