"""Datelines as agencies write them, and sentences that only look like one."""

from __future__ import annotations

from datetime import date

import pytest

from kashaf.corpus.dateline import find_dateline


@pytest.mark.parametrize(
    ("line", "dateline"),
    [
        ("دمشق – سانا: افتتحت البلدية الطريق", "دمشق – سانا"),
        ("دمشق-سانا افتتحت البلدية الطريق", "دمشق-سانا"),
        ("دمشق – سانا", "دمشق – سانا"),
        ("دمشق – افتتحت البلدية الطريق", "دمشق"),
        ("واشنطن - (أ ف ب) - افتتحت البلدية الطريق", "واشنطن - (أ ف ب)"),
        ("باريس – (أ.ف.ب): افتتحت البلدية", "باريس – (أ.ف.ب)"),
        ("كييف (أوكرانيا) (أ ف ب) - افتتحت البلدية", "كييف (أوكرانيا) (أ ف ب)"),
        ("القاهرة ـ «القدس العربي»: افتتحت البلدية", "القاهرة ـ «القدس العربي»"),
        ("لندن: «الشرق الأوسط»", "لندن: «الشرق الأوسط»"),
        ("بيروت/ الأناضول - افتتحت البلدية", "بيروت/ الأناضول"),
        ("غزة / سمير الحلو / الأناضول", "غزة / سمير الحلو / الأناضول"),
        ("رام الله- وفا- افتتحت البلدية", "رام الله- وفا"),
        ("الدوحة - قنا : افتتحت البلدية", "الدوحة - قنا"),
        ("مدينة السنديانة (سنديان) – افتتحت البلدية", "مدينة السنديانة (سنديان)"),
        ("عين السنديان (سنديان) – افتتحت البلدية", "عين السنديان (سنديان)"),
        ("نيويورك (الأمم المتحدة) - افتتحت الدورة", "نيويورك (الأمم المتحدة)"),
    ],
)
def test_datelines(line: str, dateline: str) -> None:
    found = find_dateline(line, outlet="وكالة سنديان للأنباء")
    assert found is not None
    assert found.text == dateline == line[found.start : found.end]
    assert 0.5 < found.confidence <= 1


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("عمان 3 تشرين الثاني 2025 (بترا) - افتتحت البلدية", date(2025, 11, 3)),
        ("دمشق، 12 نوفمبر 2025 (سانا) – افتتحت البلدية", date(2025, 11, 12)),
        ("عين السنديان، في 2 نونبر 2025 – افتتحت البلدية", date(2025, 11, 2)),
        ("الرياض 12 جمادى الأولى 1447 هـ الموافق 3 نوفمبر 2025 م واس", date(2025, 11, 3)),
    ],
)
def test_a_day_in_a_dateline(line: str, day: date) -> None:
    found = find_dateline(line)
    assert found is not None
    assert found.day is not None
    assert found.day.value == day


def test_a_place_is_believed_when_it_is_said_again() -> None:
    line = "عين السنديان – افتتحت البلدية الطريق الجبلية"
    assert find_dateline(line) is None
    found = find_dateline(line, "وقال الأهالي في عين السنديان إن الطريق تأخرت.")
    assert found is not None
    assert found.text == "عين السنديان"


@pytest.mark.parametrize(
    "line",
    [
        "الوزير – وهو طبيب – قال إن المستشفى سيفتح",
        "وزير الصحة: لا تراجع عن القرار",
        "قال المتحدث (فلان) إن الأمر انتهى",
        'ذكرت صحيفة "الغد" أن قناة "الجزيرة" ستقلص برامجها',
        'أفادت وكالة "رويترز" نقلا عن مصادر',
        "حزب الغد الجديد (حغج) – هكذا سمي",
        "(رويترز) - قال",
        "الجرافة، 9 نوفمبر 2025 (رويترز)",
        "جرافة في الطريق (أ ف ب)",
        "أعلنت البلدية الطريق",
        "26,400 طن من القمح اللين، و31 ساعة",
        "",
        "-",
        "– (",
    ],
)
def test_no_datelines(line: str) -> None:
    assert find_dateline(line) is None
