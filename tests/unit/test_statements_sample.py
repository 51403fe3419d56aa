"""The sample corpus: figures that were made to disagree show, and the timeline reads as an analyst would."""

from __future__ import annotations

from pathlib import Path

import pytest

from kashaf.entities.statements.claims import candidates, claims_of
from kashaf.entities.statements.model import Claim, Timeline
from kashaf.entities.statements.sources import source_of
from kashaf.entities.statements.timeline import timeline
from kashaf_tui.session import Session


@pytest.fixture(scope="module")
def found(indexed_sample: Path) -> tuple[Timeline, tuple[Claim, ...]]:
    session = Session(indexed_sample)
    searcher, store, leader = session.searcher, session.mentions, session.stories().leader
    sources = {id_: source_of(searcher.article(id_), leader(id_)) for id_ in searcher.ids()}
    counted, dated, named = store.quantities(), store.dates(), store.named()
    searcher.close()
    compared = claims_of(candidates(counted, named, story=leader), dated, sources.get)
    return timeline(dated, sources.get), compared


def values(claim: Claim) -> set[float]:
    return {figure.quantity.low for figure in claim.figures}


def test_the_sailors_are_in_conflict(found: tuple[Timeline, tuple[Claim, ...]]) -> None:
    (claim,) = [one for one in found[1] if {17, 19} <= values(one)]
    assert claim.verdict == "conflict"
    assert claim.copies
    assert set(claim.outlets) == {"وكالة سدرة للأنباء", "منصة الهلال اليومية"}
    assert found[1][0] is claim  # conflict first


def test_the_members_of_the_coalition_differ(found: tuple[Timeline, tuple[Claim, ...]]) -> None:
    (claim,) = [one for one in found[1] if {23, 24} <= values(one)]
    assert claim.verdict in {"conflict", "changed"}
    assert claim.counting == "members"
    assert [entity.name for entity in claim.about][:1] == ["تحالف حماية الممرات البحرية"]


def test_the_founding_of_the_coalition_is_on_the_axis(found: tuple[Timeline, tuple[Claim, ...]]) -> None:
    told = [one for one in found[0].dated if "تأسس" in one.text and one.mention.edtf == "2024-02"]
    assert told


def test_republished_statements_are_told_once(found: tuple[Timeline, tuple[Claim, ...]]) -> None:
    several = [one for one in found[0] if len(one.outlets) > 1]
    assert several
    assert all(len({copy.article_id for copy in one.tellings}) == len(one.tellings) for one in several)
