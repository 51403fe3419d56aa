"""Centuries and decades: القرن التاسع عشر, الستينيات, العقد الثاني من القرن الحادي والعشرين."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from kashaf.entities.values import moments, number_words
from kashaf.entities.values import time_words as names
from kashaf.entities.values.context import Context, Found
from kashaf.entities.values.distances import sense_of

_GUESSED: Final = 0.8


def century_at(ctx: Context, index: int) -> Found | None:
    """القرن التاسع عشر, القرن الـ21, القرن الماضي."""
    words = ctx.words
    at = index + 1
    sense = sense_of(words[at].base)
    if sense is not None:
        number = ctx.anchor.year // 100 + 1 + sense if ctx.anchor is not None else 0
        if not 1 <= number <= 99:
            return Found(index, at + 1, moments.unknown("century", moments.NO_PUBLICATION, anchored=True))
        return Found(index, at + 1, moments.of_century(number).counted())
    ordinal = ordinal_at(ctx, at)
    if ordinal is None:
        return None
    number, end = ordinal
    if words[end].fold in names.HIJRI_ERAS:
        return Found(index, end + 1, moments.unknown("century", moments.HIJRI_CENTURY))
    if words[end].fold == "قبل" and words[end + 1].base == "الميلاد":
        return Found(index, end + 2, moments.unknown("century", moments.BEFORE_COMMON_ERA))
    if not 1 <= number <= 30:
        return None
    return Found(index, end + (words[end].fold in names.ERAS), moments.of_century(number))


def ordinal_at(ctx: Context, index: int) -> tuple[int, int] | None:
    """An ordinal from 1 to 99 in words or as الـ19, and the index after it."""
    words = ctx.words
    fold = words[index].fold
    if fold == "ال" and (number := ctx.small_at(index + 1, 99)) is not None:
        return number, index + 2
    if (number := ctx.small_at(index, 99)) is not None:
        return number, index + 1
    if fold in number_words.UNIT_ORDINALS:
        unit = number_words.UNIT_ORDINALS[fold]
        if words[index + 1].fold in number_words.TEN_MARKS:
            return unit + 10, index + 2
        joined = words[index + 1]
        tens = number_words.DEFINITE_ORDINALS.get(joined.fold.removeprefix("و"), 100)
        if joined.fold.startswith("و") and tens < 100:
            return unit + tens, index + 2
        if (
            joined.fold == "و"
            and (tens := number_words.DEFINITE_ORDINALS.get(words[index + 2].fold, 100)) < 100
        ):
            return unit + tens, index + 3
        return unit, index + 1
    tens = number_words.DEFINITE_ORDINALS.get(fold, 100)
    return (tens, index + 1) if tens < 100 else None


def decade_of_century(ctx: Context, index: int) -> Found | None:
    """العقد الثاني من القرن الحادي والعشرين; `العقد الماضي` has no value."""
    words = ctx.words
    if sense_of(words[index + 1].base) is not None:
        return Found(index, index + 2, moments.unknown("decade", moments.DECADE_OR_TEN_YEARS, anchored=True))
    ordinal = ordinal_at(ctx, index + 1)
    if ordinal is None or not 1 <= ordinal[0] <= 10:
        return None
    at = ordinal[1] + (words[ordinal[1]].fold == "من")
    if names.TIMES.get(words[at].base) != 100 * names.YEARS_UNIT:
        return None
    century = century_at(ctx, at)
    if century is None or not century.moment.edtf:
        return None
    tens = int(century.moment.edtf[:2]) * 10 + ordinal[0] - 1
    moment = replace(moments.of_decade(tens), anchored=century.moment.anchored)
    return Found(index, century.end, moment)


def decade_at(ctx: Context, index: int) -> Found | None:
    """الستينيات, ثمانينات القرن الماضي; not the ages of people."""
    words = ctx.words
    tens = names.DECADES[words[index].base]
    at = index + 1
    if words[at].fold == "من":
        at += 1
    if words[at].base in names.AGES:
        return None
    definite = words[index].base.startswith("ال")
    if names.TIMES.get(words[at].base) == 100 * names.YEARS_UNIT:
        century = century_at(ctx, at)
        if century is not None and century.moment.edtf:
            moment = moments.of_decade(int(century.moment.edtf[:2]) * 10 + tens)
            return Found(index, century.end, replace(moment, anchored=century.moment.anchored))
        if century is not None and words[at + 1].base in names.PAST:
            moment = moments.of_decade(190 + tens).doubted(moments.CENTURY_UNSAID, _GUESSED)
            return Found(index, century.end, moment.counted())
    if not definite:
        return None
    if tens in names.OF_TWO_CENTURIES:
        return Found(index, index + 1, moments.unknown("decade", moments.CENTURY_UNSAID))
    return Found(index, index + 1, moments.of_decade(190 + tens).doubted(moments.CENTURY_UNSAID, _GUESSED))
