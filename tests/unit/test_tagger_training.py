"""Labelled text on its way to the trainer, and its scores."""

from __future__ import annotations

from pathlib import Path

import pytest
from scripts.ner.crf import KEPT, LABELS, Settings, train
from scripts.ner.labelled import Labelled, Token, from_tokens, glued, labelled, read_tokens
from scripts.ner.pack import build_lexicon
from scripts.ner.score import scores, spans
from tests.tagger_support import small_lexicon

from kashaf.entities.book.namebook import Name, NameBook
from kashaf.entities.tagger.lexicon import write_lexicon
from kashaf.entities.tagger.model import write_model
from kashaf.entities.tagger.tagger import Tagger


def tokens(text: str) -> list[Token]:
    pairs = (part.partition("/") for part in text.split())
    return [(word, label or "O") for word, _, label in pairs]


def test_tokens_are_read_with_their_labels(tmp_path: Path) -> None:
    path = tmp_path / "set"
    path.write_text("زار\tO\nسمير\tB-PER\n\n\nحلب\tB-LOC\nهنا\n", encoding="utf-8")
    assert read_tokens(path) == [[("زار", "O"), ("سمير", "B-PER")], [("حلب", "B-LOC"), ("هنا", "O")]]


def test_parted_letters_are_put_back() -> None:
    joined = glued(tokens("و قال سمير/B-PER ان ه زار جد/B-LOC ه/I-LOC ل الحديث عن ها ف ب حلب/B-LOC ."))
    assert joined == tokens("وقال سمير/B-PER انه زار جده/B-LOC للحديث عنها فبحلب/B-LOC .")


def test_endings_change_before_a_pronoun_and_double_articles_are_mended() -> None:
    assert glued(tokens("زيارة ه على ه لالاتحاد")) == tokens("زيارته علاه للاتحاد")


def test_labels_go_to_words_and_marks_of_the_page() -> None:
    (found,) = labelled(tokens('قال "/O أ.ب/B-ORG ، خان/B-LOC -/I-LOC يونس/I-LOC شيء/B-MISC'), KEPT)
    assert found == Labelled(
        ("قال", "ا", ".", "ب", "،", "خان", "-", "يونس", "شيء"),
        ("O", "B-ORG", "I-ORG", "I-ORG", "O", "B-LOC", "I-LOC", "I-LOC", "O"),
    )


def test_glued_sentences_are_learnt_from_beside_the_others() -> None:
    sentence = tokens("و قال سمير/B-PER")
    assert [example.words for example in from_tokens([sentence], KEPT, glue=True)] == [
        ("و", "قال", "سمير"),
        ("وقال", "سمير"),
    ]
    assert len(from_tokens([tokens("قال سمير/B-PER")], KEPT, glue=True)) == 1


def test_spans_and_scores_are_strict() -> None:
    gold = ["B-PER", "I-PER", "O", "B-LOC", "B-LOC"]
    assert spans(gold, KEPT) == {(0, 2, "PER"), (3, 4, "LOC"), (4, 5, "LOC")}
    table = scores([(gold, ["B-PER", "O", "O", "B-LOC", "B-ORG"])], KEPT)
    assert table["all"] == pytest.approx((100 / 3, 100 / 3, 100 / 3, 3))
    assert table["LOC"][3] == 2


def test_gazetteer_clusters_and_book_are_packed_folded(tmp_path: Path) -> None:
    gazetteer, clusters = tmp_path / "gazetteer.json", tmp_path / "clusters.json"
    gazetteer.write_text(
        '{"loc": {"القاهره": ["city"], "خان يونس": ["city"]}, "given": {"أحمد": 50}, "surname": {"احمد": 2},'
        ' "full": ["سمير نور"]}',
        encoding="utf-8",
    )
    clusters.write_text('{"مدينة": [1, 2, 3], "،": [4, 5, 6]}', encoding="utf-8")
    book = NameBook(
        [
            Name("الباب", "place", ("باب",), frozenset({"الباب"})),
            Name("الميادين", "place"),
            Name("الميادين", "organization"),
        ]
    )
    lexicon = build_lexicon(gazetteer, clusters, book)
    assert lexicon.name_class("احمد") == "g3"
    assert lexicon.clusters_of("مدينه") == (1, 2, 3)
    assert lexicon.clusters_of("،") == (4, 5, 6)
    found = set(lexicon.matches(["خان", "يونس", "سمير", "نور", "الباب", "الميادين", "القاهره"], range(7)))
    assert found == {
        ("L", 0, 2, ""),
        ("F", 2, 2, ""),
        ("K", 4, 1, "La"),
        ("K", 5, 1, "X"),
        ("L", 6, 1, ""),
    }


def test_a_trained_tagger_knows_its_lesson_and_training_repeats_itself(tmp_path: Path) -> None:
    pytest.importorskip("pycrfsuite")
    lesson = from_tokens(
        [tokens("قال سمير/B-PER نور/I-PER في حلب/B-LOC"), tokens("ذهب إلى حلب/B-LOC")] * 3, KEPT
    )
    lexicon = small_lexicon()
    write_lexicon(tmp_path / "lexicon", lexicon)
    for name in ("one", "two"):
        weights = train(lesson, lexicon, Settings(steps=30))
        write_model(tmp_path / name, LABELS, weights.state, weights.transitions)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    tagger = Tagger.load(tmp_path / "one", tmp_path / "lexicon")
    found = tagger.tag([example.words for example in lesson])
    assert [[label for label, _ in tags] for tags in found] == [list(example.labels) for example in lesson]


def test_where_the_sets_differ_from_own_articles_a_share_of_these_decides(tmp_path: Path) -> None:
    pytest.importorskip("pycrfsuite")
    published = from_tokens([tokens("نادي/B-ORG الرفاع/I-ORG في حلب/B-LOC")] * 6, KEPT)
    own = from_tokens([tokens("نادي الرفاع/B-ORG في حلب/B-LOC")] * 3, KEPT)
    lexicon = small_lexicon()
    write_lexicon(tmp_path / "lexicon", lexicon)
    labels = {}
    weights = train(published, lexicon, Settings(steps=40), own)
    assert weights.own
    assert all(feature.isprintable() for feature, _ in (*weights.state, *weights.own))
    for share in (0.0, 1.0):
        write_model(tmp_path / "model", LABELS, weights.with_own(share), weights.transitions)
        tagger = Tagger.load(tmp_path / "model", tmp_path / "lexicon")
        (tags,) = tagger.tag([own[0].words])
        labels[share] = tuple(label for label, _ in tags)
    assert labels[0.0] == published[0].labels
    assert labels[1.0] == own[0].labels
