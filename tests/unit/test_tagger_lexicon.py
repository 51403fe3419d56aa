"""The packed lexicon: names of several words, clusters, names alone; and files that are the same every time."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.tagger_support import LABELS, random_transitions, small_lexicon, write_small

from kashaf.entities.tagger.calibration import share_right
from kashaf.entities.tagger.lexicon import read_lexicon, write_lexicon
from kashaf.entities.tagger.model import NEVER, read_model, write_model


def test_the_longest_name_at_each_place_without_overlap() -> None:
    lexicon = small_lexicon()
    words = ["زار", "محمد", "سالم", "كفر", "زيتا", "وحلب"]
    assert list(lexicon.matches(words, range(len(words)))) == [
        ("F", 1, 2, ""),
        ("L", 3, 2, ""),
        ("L", 5, 1, ""),
        ("K", 5, 1, "L"),
    ]


def test_a_name_begins_after_glued_letters_but_not_inside_another() -> None:
    lexicon = small_lexicon()
    assert lexicon.begins("بكفر")
    assert not lexicon.begins("زيتا")
    assert [match[:3] for match in lexicon.matches(["بكفر", "زيتا"], range(2))] == [("L", 0, 2)]
    assert list(lexicon.matches(["محمد"], range(1))) == []


def test_clusters_and_names_are_found_behind_glued_letters() -> None:
    lexicon = small_lexicon()
    assert lexicon.clusters_of("ومحمد") == lexicon.clusters_of("محمد") == (1, 2, 3)
    assert lexicon.clusters_of("مجهول") is None
    assert lexicon.name_class("لمحمد") == "g3"
    assert lexicon.name_class("سالم") == "s2"
    assert lexicon.name_class("حلب") == ""


def test_a_lexicon_comes_back_and_has_the_same_bytes_every_time(tmp_path: Path) -> None:
    lexicon = small_lexicon()
    write_lexicon(tmp_path / "one", lexicon)
    again = read_lexicon(tmp_path / "one")
    assert again.names == lexicon.names
    assert again.single == lexicon.single
    assert {word: again.clusters_of(word) for word in lexicon.clusters} == {
        word: lexicon.clusters_of(word) for word in lexicon.clusters
    }
    write_lexicon(tmp_path / "two", again)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_the_worth_of_a_probability_grows_with_it() -> None:
    shares = [share_right(step / 100) for step in range(101)]
    assert shares == sorted(shares)
    assert shares[0] == share_right(-1) == 0
    assert shares[-1] == share_right(2) == pytest.approx(0.97)
    assert share_right(0.7) == pytest.approx(0.545)


def test_a_model_has_the_same_bytes_every_time_and_forbids_what_cannot_follow(tmp_path: Path) -> None:
    path, state = write_small(tmp_path, small_lexicon(), seed=3)
    shuffled = dict(sorted(state.items(), key=lambda item: item[1]))
    write_model(tmp_path / "again", LABELS, shuffled, random_transitions(3))
    assert path.read_bytes() == (tmp_path / "again").read_bytes()
    model = read_model(path)
    place = {label: index for index, label in enumerate(model.labels)}
    assert model.transitions[place["O"], place["I-PER"]] == NEVER
    assert model.transitions[place["B-LOC"], place["I-PER"]] == NEVER
    assert model.transitions[place["B-PER"], place["I-PER"]] > NEVER
    assert model.start[place["I-LOC"]] == NEVER
