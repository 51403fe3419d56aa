from __future__ import annotations

import pytest

from kashaf.text.segments import paragraphs, sentences, words


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    "whole",
    [
        "بلغت النسبة 3.5 في المئة من الناتج.",
        "قال د. سامر إن الأمر انتهى.",
        "انظر www.example.com/a.b?x=1 للمزيد",
        "سأل: «هل انتهى؟»، ثم مضى.",
        "رحب أ. ب. منصور بالقرار.",
        "1. البند الأول من الاتفاق",
        "قال (نعم!) ومضى؛",
        "Mr. Smith met the U.N. team.",
    ],
)
def test_one_sentence(whole: str) -> None:
    assert split(whole) == [whole]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("جاء. ذهب.", ["جاء.", "ذهب."]),
        ("هل جاء؟ نعم! ذهب…", ["هل جاء؟", "نعم!", "ذهب…"]),
        ("قال: «انتهى الأمر.» ومضى.", ["قال: «انتهى الأمر.»", "ومضى."]),
        ("وصل الوفد؛ وبدأت الجلسة.", ["وصل الوفد؛", "وبدأت الجلسة."]),
        ("انتهت الجلسة.وبدأت أخرى.", ["انتهت الجلسة.", "وبدأت أخرى."]),
        ("عنوان بلا نقطة\nنص الخبر.", ["عنوان بلا نقطة", "نص الخبر."]),
        ("صمت... ثم تكلم.", ["صمت...", "ثم تكلم."]),
        ("", []),
        (" \n ", []),
    ],
)
def test_several_sentences(text: str, parts: list[str]) -> None:
    assert split(text) == parts


def test_paragraphs_are_lines_without_the_space_around() -> None:
    text = "الأول\n\n  الثاني \n"
    assert [text[start:end] for start, end in paragraphs(text)] == ["الأول", "الثاني"]


def test_words_are_token_spans() -> None:
    text = "قال: مَرحباً"
    assert [text[start:end] for start, end in words(text)] == ["قال", "مَرحباً"]
