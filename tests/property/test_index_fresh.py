"""What a writer remembers of the articles put since the last commit, against a dict."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kashaf_index.generations import fresh
from kashaf_index.generations.fresh import Fresh
from kashaf_index.generations.revision import Revision

IDS = st.sampled_from(["a", "ab", "abcdefghjkmn", "abcdefghjkmp", "مقال", "z" * 40, "\ud800"])
CHANGES = st.lists(
    st.tuples(IDS, st.one_of(st.none(), st.text(alphabet="abق\ud800", max_size=3))), max_size=60
)


def revision(text: str) -> Revision:
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return Revision(digest, "" if text == "a" else digest[::-1], text, text[:1], text[1:])


@pytest.mark.parametrize("recent", [1, 3, 1000])
@settings(max_examples=60)
@given(changes=CHANGES)
def test_it_knows_what_a_dict_knows(recent: int, changes: list[tuple[str, str | None]]) -> None:
    known = Fresh()
    model: dict[str, tuple[int, Revision]] = {}
    numbers: set[int] = set()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fresh, "_RECENT", recent)
        for article_id, text in changes:
            if text is None:
                assert known.kill(article_id) is (model.pop(article_id, None) is not None)
            else:
                number = known.add(article_id, revision(text))
                assert number == len(numbers)
                numbers.add(number)
                model[article_id] = number, revision(text)
            assert known.live == len(model)
            assert known.find(article_id) == (model[article_id][0] if article_id in model else -1)
    assert len(known) == len(numbers)
    assert dict(known.items()) == {one: number for one, (number, _) in model.items()}
    assert set(known.dead().tolist()) == numbers - {number for number, _ in model.values()}
    for article_id, (number, made) in model.items():
        assert known.find(article_id) == number
        assert known.revision(number) == made
