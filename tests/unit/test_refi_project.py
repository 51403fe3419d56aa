"""REFI-QDA projects: valid against the standard's schema, and read back."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace

import pytest
from tests.dossier_support import ARTICLES, CODEBOOK, case, note, words
from tests.refi_support import Project, read

from kashaf.export.bundle import Bundle
from kashaf.export.refi import write
from kashaf.export.refi_codes import guid
from kashaf.notes.codebook import Code, Codebook

HARBOUR, BREAD = ARTICLES.values()


@pytest.fixture(scope="module")
def project() -> Project:
    return read(write(case(), "en"))


def guid_of(number: int) -> str:
    return f"0195d3c0-0000-7000-8000-{number:012x}"


def test_sources_are_the_articles_letter_by_letter(project: Project) -> None:
    assert sorted(project.sources.values()) == sorted((HARBOUR.text, BREAD.text))
    assert all(re.search(r" \([0-9a-f]{12}\)$", name) for name in project.sources)


def test_selections_are_the_very_words_of_notes_that_are_certain(project: Project) -> None:
    notes = {one.id: one for one in case().notes}
    own = [one for one in project.selections if one.words == notes[one.notes[0]].quote]
    assert {int(one.notes[0][-2:], 16) for one in own} == {1, 2, 3, 4, 5, 12, 13}
    for one in own:
        found = notes[one.notes[0]]
        assert one.description == found.body
        assert one.codes == tuple(guid("code", tag) for tag in found.tags)
        assert one.user == found.author


def test_a_moved_note_is_at_its_new_place(project: Project) -> None:
    moved = next(one for one in project.selections if one.notes == (guid_of(5),))
    assert moved.words == "التجار سيدفعون نصف الإيجار القديم"


def test_positions_count_code_points(project: Project) -> None:
    """The words after an emoji: UTF-16 would count one more."""
    after = next(one for one in project.selections if one.notes == (guid_of(13),))
    assert after.words in {"الدعم باقٍ 🍞 كما هو", "مليوني دينار"}
    bundle = Bundle((note(1, words(BREAD, "وينتظر الخبازون")),), CODEBOOK, article=ARTICLES.get)
    (selection,) = read(write(bundle, "en")).selections
    assert selection.words == "وينتظر الخبازون"


def test_what_changed_or_is_gone_marks_nothing_and_says_why(project: Project) -> None:
    assert {int(one[-2:], 16) for one in project.project_notes} == {6, 7, 8, 10, 11}
    coded = {ref for one in project.selections for ref in one.notes}
    assert coded.isdisjoint(project.project_notes)
    assert "Changed: the article no longer says this" in project.notes[guid_of(6)]
    assert "خمسين في المئة" in project.notes[guid_of(6)]
    assert "ثلاثين في المئة" in project.notes[guid_of(6)]
    assert "Not found in the article as it is now." in project.notes[guid_of(7)]
    assert "not at hand" in project.notes[guid_of(8)]
    assert "وزارة التموين" in project.notes[guid_of(10)]
    assert "Codes: أرقام" in project.notes[guid_of(6)]


def test_every_note_is_a_note_under_its_own_id(project: Project) -> None:
    notes = case().notes
    assert set(project.notes) == {one.id for one in notes}
    assert len(set(project.names.values())) == len(notes)
    for one in notes:
        assert one.body in project.notes[one.id]


def test_a_note_on_a_whole_article_belongs_to_its_source(project: Project) -> None:
    (name,) = [name for name, notes in project.source_notes.items() if notes]
    assert BREAD.id in name
    assert project.source_notes[name] == [guid_of(9)]
    assert project.source_codes[name] == [guid("code", "مصادر/مجهولة")]


def test_a_link_leads_from_words_to_words(project: Project) -> None:
    ((origin, target),) = project.links
    by_guid = {one.guid: one for one in project.selections}
    assert by_guid[origin].words == "الدعم باقٍ 🍞 كما هو"
    assert by_guid[target].words == "مليوني دينار"
    assert by_guid[target].codes == ()


def test_a_link_with_a_lost_end_is_no_link() -> None:
    lost = replace(words(HARBOUR, "سوق السمك"), article_id="gone")
    made = replace(note(1, words(BREAD, "الدعم"), "link"), other=lost)
    found = read(write(Bundle((made,), CODEBOOK, article=ARTICLES.get), "en"))
    assert found.links == []
    assert "not at hand" in found.notes[made.id]


def test_the_codebook_keeps_its_tree(project: Project) -> None:
    paths = set(project.codes.values())
    assert ("اقتصاد", "أسعار") in paths
    assert ("بلا ملاحظات",) in paths
    assert ("كلمة حرة",) in paths
    assert {project.codes[one] for one in project.not_codable} == {("مصادر",)}


def test_names_that_stand_twice_are_whole_paths() -> None:
    book = Codebook((Code("أ/عام"), Code("ب/عام"), Code("ب/خاص")))
    found = read(write(Bundle((), book), "en"))
    assert set(found.codes.values()) == {("أ",), ("أ", "أ/عام"), ("ب",), ("ب", "ب/عام"), ("ب", "خاص")}


def test_the_bytes_depend_on_the_notes_alone() -> None:
    bundle = case()
    data = write(bundle, "ar")
    assert data == write(replace(bundle, notes=bundle.notes[::-1]), "ar")
    archive = zipfile.ZipFile(io.BytesIO(data))
    assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert {info.compress_type for info in archive.infolist()} == {zipfile.ZIP_STORED}
    assert archive.namelist()[0] == "project.qde"
    assert all(re.fullmatch(r"sources/[0-9a-f-]{36}\.txt", name) for name in archive.namelist()[1:])


def test_names_of_sources_are_no_paths() -> None:
    evil = replace(HARBOUR, metadata=replace(HARBOUR.metadata, title="../../etc/passwd\\x:y"))
    bundle = Bundle((note(1, words(HARBOUR, "سوق")),), CODEBOOK, article={HARBOUR.id: evil}.get)
    (name,) = read(write(bundle, "en")).sources
    assert not set(name) & set("/\\:")


def test_nothing_is_a_project_all_the_same() -> None:
    found = read(write(Bundle((), Codebook()), "en"))
    assert found.notes == {}
    assert found.codes == {}


@pytest.mark.parametrize("tag", ["/", "//", "/x", "x/", "a//b", "a/" * 200 + "b"])
def test_tags_that_no_editor_of_codes_would_make_are_codes_all_the_same(tag: str) -> None:
    bundle = Bundle((note(1, words(HARBOUR, "سوق"), tags=(tag,)),), Codebook(), article=ARTICLES.get)
    found = read(write(bundle, "en"))
    assert found.selections[0].codes == (guid("code", tag),)
    assert tag in found.notes[guid_of(1)].replace(" › ", "/")
