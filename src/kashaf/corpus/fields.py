"""Which field of a record, or key of front matter, holds what: the analyst's own names, then those in use.

Names are compared without case, spaces, `_`, `-`, `.`, `:` and the spellings of Arabic that writers mix.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, get_args

from kashaf.corpus.date_words import key as folded
from kashaf.corpus.dates import parse_date

Role = Literal["id", "title", "body", "standfirst", "date", "updated", "outlet", "author", "url", "language"]
ROLES: Final[tuple[Role, ...]] = get_args(Role)
MAX_VALUE_CHARS: Final = 1_000
GIVEN: Final = 1.0  # how sure it is that a field is what the analyst said it is
USUAL_NAME: Final = 0.95  # and what its name says
GUESSED: Final = 0.5  # and what its values look like

# A name earlier in its list wins over a later one: `published` over `date`. Ids make keys that notes rest on: a name
# more or less there would give other keys to files that are known already.
_NAMES: Final[dict[Role, str]] = {
    "id": "id|_id|uid|uuid|guid|articleid|المعرف|الرقم",
    "title": "title|headline|hed|articletitle|العنوان|عنوان|عنوان المقال|عنوان الخبر|posttitle|storytitle|newstitle"
    "|heading|عنوان الموضوع|العنوان الرئيسي|العنوان الرئيس",
    "body": "content|body|text|articlebody|fulltext|maintext|articletext|story|النص|نص|المحتوى|نص المقال|نص الخبر"
    "|postcontent|articlecontent|bodytext|bodyhtml|contenthtml|contenttext|fullcontent|textcontent|cleantext"
    "|paragraphs|storytext|newstext|المتن|متن|محتوى|نص الموضوع|المقال|التفاصيل|محتوى الخبر|محتوى المقال",
    "standfirst": "standfirst|subtitle|subheading|subhead|subheadline|deck|dek|lead|lede|intro|introduction|summary"
    "|abstract|excerpt|teaser|postexcerpt|description|المقدمة|مقدمة|الملخص|ملخص|العنوان الفرعي|عنوان فرعي|نبذة|تمهيد"
    "|الوصف|وصف",
    "date": "published|publishedat|publisheddate|datepublished|publicationdate|publishdate|pubdate|date|التاريخ|تاريخ"
    "|تاريخ النشر|نشر في|publishedon|publishedtime|publishtime|timepublished|publicationtime|postdate|dateposted"
    "|postedat|posteddate|dcdate|dateissued|issued|releasedate|datetime|تاريخ الخبر|تاريخ المقال|يوم النشر|وقت النشر"
    "|نشر بتاريخ",
    "updated": "updated|updatedat|dateupdated|lastupdated|lastupdate|modified|modifiedat|datemodified|lastmodified"
    "|modifieddate|updatedate|postmodified|آخر تحديث|تاريخ التحديث|تاريخ التعديل|تاريخ آخر تحديث",
    "outlet": "source|outlet|publisher|sitename|site|newspaper|publication|media|المصدر|مصدر|الصحيفة|الموقع|الوكالة"
    "|الجريدة|جهة النشر|المجلة|sourcename|outletname|mediaoutlet|agency|اسم الصحيفة|اسم الموقع|اسم المصدر|الناشر"
    "|الوسيلة",
    "author": "author|authors|byline|creator|writer|الكاتب|كاتب|المؤلف|بقلم|المحرر|كتب|كتبت|الصحفي|authorname"
    "|dccreator|writtenby|reporter|journalist|اسم الكاتب|الكاتبة|المراسل",
    "url": "url|link|permalink|canonical|canonicalurl|sourceurl|الرابط|رابط|articleurl|pageurl|weburl|articlelink"
    "|رابط الخبر|رابط المقال",
    "language": "language|lang|inlanguage|اللغة|لغة|languagecode|langcode",
}
_PLAIN: Final = re.compile(r"[\s_\-.:]+")
_MAX_NAME_CHARS: Final = 40
_MAX_LAYOUTS: Final = 256
_MAX_FIELDS: Final = 2_000  # a record of more is looked at no further
_MAX_STEPS: Final = 8
_EMPTY: Final = frozenset(
    {"null", "none", "nan", "n/a", "#n/a", "\\n", "nil", "undefined"}
)  # as exports write it
_NOTHING_CHARS: Final = 10
_NOTHING: Final[tuple[object, ...]] = (None, "", [], {})
_MAX_DATE_CHARS: Final = 120  # more than that is a text with a date in it


def _plain(name: str) -> str:
    return _PLAIN.sub("", folded(name))


_RANKED: Final[dict[Role, dict[str, int]]] = {
    role: {_plain(name): rank for rank, name in enumerate(names.split("|"))} for role, names in _NAMES.items()
}


@dataclass(frozen=True, slots=True)
class Named:
    """A field as a record calls it. path: the steps to it; of one step mostly. confidence: how sure it is that it
    holds what it is looked up for."""

    name: str
    path: tuple[str, ...]
    confidence: float = USUAL_NAME


_Layout = Mapping[Role, tuple[Named, ...]]


class Fields:
    """The fields of one record by their roles."""

    __slots__ = ("_layout", "record")

    def __init__(self, record: Mapping[str, object], layout: _Layout) -> None:
        self.record = record
        self._layout = layout

    def with_values(self, record: Mapping[str, object]) -> Fields:
        """The same fields with other values."""
        return Fields(record, self._layout)

    def all(self, role: Role) -> Iterator[tuple[object, Named]]:
        """The values that are there for a role, the best name first; of two as good the first in the record."""
        for named in self._layout[role]:
            value = _value(self.record, named)
            if not (value in _NOTHING if role == "id" else _is_empty(value)):
                yield value, named

    def find(self, role: Role) -> tuple[object, Named] | None:
        """The first of `all`."""
        return next(self.all(role), None) if self._layout[role] else None

    def line(self, role: Role) -> tuple[str, Named] | None:
        """The first of `all` that makes a line of text. A list is joined by commas; an object gives its `name`."""
        for named in self._layout[role]:
            value = _value(self.record, named)
            if value and (text := as_line(value)) and not (len(text) < _NOTHING_CHARS and _is_empty(text)):
                return text, named
        return None

    def day(self, role: Literal["date", "updated"]) -> tuple[date, Named] | None:
        """The first of `all` that states a whole day."""
        for named in self._layout[role]:
            value = _value(self.record, named)
            if value and not _is_empty(value) and (day := as_day(value)) is not None:
                return day, named
        return None


class FieldNames:
    """Finds fields by role. own: the analyst's names for a role, which win over the usual ones and for which no
    other role is looked up; a dotted one (`article.body`) is a path into nested records. confidence: in them."""

    def __init__(self, own: Mapping[str, tuple[str, ...]] | None = None, confidence: float = GIVEN) -> None:
        self._confidence = confidence
        self._own: dict[Role, tuple[str, ...]] = {
            role: tuple(own[role]) for role in ROLES if own and role in own
        }
        self._layouts: dict[tuple[str, ...], _Layout] = {}

    def of(self, record: Mapping[str, object]) -> Fields:
        names = tuple(record)
        layout = self._layouts.get(names)
        if layout is None:
            if len(self._layouts) >= _MAX_LAYOUTS:
                self._layouts.clear()
            layout = self._layouts[names] = self._made(names[:_MAX_FIELDS])
        return Fields(record, layout)

    def _made(self, names: tuple[str, ...]) -> _Layout:
        plain = {name: _plain(name) for name in names if len(name) < _MAX_NAME_CHARS}
        given = {
            role: [Named(name, path, self._confidence) for one in own for name, path in _given(one, plain)]
            for role, own in self._own.items()
        }
        taken = {named.path for some in given.values() for named in some}
        layout: dict[Role, tuple[Named, ...]] = {}
        for role, ranks in _RANKED.items():
            usual = [
                (ranks[form], name) for name, form in plain.items() if form in ranks and (name,) not in taken
            ]
            usual.sort(key=lambda one: one[0])
            layout[role] = (*given.get(role, ()), *(Named(name, (name,)) for _, name in usual))
        return layout


def _value(record: Mapping[str, object], named: Named) -> object:
    return record.get(named.name) if len(named.path) == 1 else _at(record, named.path)


def _given(wanted: str, plain: Mapping[str, str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The fields that the analyst may mean by a name: the very one, one that is spelled alike, a path."""
    form = _plain(wanted)
    for name in sorted(
        (name for name, other in plain.items() if other == form), key=lambda name: name != wanted
    ):
        yield name, (name,)
    steps = tuple(wanted.split("."))
    if 1 < len(steps) <= _MAX_STEPS and all(steps):
        yield wanted, steps


def _at(value: object, path: tuple[str, ...]) -> object:
    """What lies at the end of a path; of a list, what lies there in each of its items."""
    for place, step in enumerate(path):
        if isinstance(value, Mapping):
            value = value.get(step)
        elif isinstance(value, list) and step.isdecimal() and len(step) < 6:
            value = value[int(step)] if int(step) < len(value) else None
        elif isinstance(value, list):
            return [inner for item in value if not _is_empty(inner := _at(item, path[place:]))]
        else:
            return None
    return value


def _is_empty(value: object) -> bool:
    if isinstance(value, str):
        return (
            not value or value.isspace() or (len(value) < _NOTHING_CHARS and value.strip().lower() in _EMPTY)
        )
    return value is None or value in _NOTHING or value != value  # noqa: PLR0124 -- not a number


USUAL: Final = FieldNames()


def field(record: Mapping[str, object], role: Role, names: FieldNames = USUAL) -> tuple[str, object] | None:
    """The name and value of the record's field for a role: the best-ranked name that has a value, or None."""
    found = names.of(record).find(role)
    return (found[1].name, found[0]) if found is not None else None


def line_field(record: Mapping[str, object], role: Role, names: FieldNames = USUAL) -> str | None:
    """A field as one line of text. A list is joined by commas; an object gives its `name`."""
    found = names.of(record).line(role)
    return found[0] if found is not None else None


def date_field(
    record: Mapping[str, object], role: Literal["date", "updated"] = "date", names: FieldNames = USUAL
) -> tuple[date, str] | None:
    """The stated day of publication and the name of its field; None when it states no whole day."""
    found = names.of(record).day(role)
    return (found[0], found[1].name) if found is not None else None


def as_day(value: object) -> date | None:
    """The whole day that a value states: a date as text, `20251024`, seconds or milliseconds since 1970."""
    if isinstance(value, float):
        value = int(value) if 10**8 < value < 10**14 else None
    elif isinstance(value, str):
        value = value.strip()
        if len(value) > _MAX_DATE_CHARS:
            return None
        if len(value) in (10, 13) and value.isascii() and value.isdecimal():
            value = int(value)
    elif isinstance(value, Mapping):
        value = next((value[name] for name in ("$date", "@value", "#text", "date") if name in value), None)
        return as_day(value) if not isinstance(value, Mapping) else None
    stated = parse_date(value)
    return stated.value if stated is not None and stated.granularity == "day" else None


def as_line(value: object, depth: int = 4) -> str | None:
    """A value as one line: None for what says nothing."""
    if isinstance(value, str):
        return " ".join(value[: 4 * MAX_VALUE_CHARS].split())[:MAX_VALUE_CHARS] or None
    if isinstance(value, bool) or not depth:
        return None
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Mapping):
        named = (value.get(name) for name in ("name", "rendered", "title", "@value", "#text"))
        return next((text for one in named if (text := as_line(one, depth - 1))), None)
    if isinstance(value, list):
        parts = [part for item in value[:20] if (part := as_line(item, depth - 1))]
        return "، ".join(parts)[:MAX_VALUE_CHARS] or None
    return None


@dataclass(frozen=True, slots=True)
class FieldMapping:
    """What the fields of a file were taken for, to be shown before an import. unused: other fields, most used first.

    `str` says it in a line: `title ← headline, body ← story; no date; not used: kicker`.
    """

    fields: tuple[tuple[Role, str], ...]
    missing: tuple[Role, ...]
    unused: tuple[str, ...]

    def __str__(self) -> str:
        parts = [", ".join([f"{role} ← {name}" for role, name in self.fields])]
        if self.missing:
            parts.append("no " + ", ".join(self.missing))
        if self.unused:
            parts.append("not used: " + ", ".join(self.unused))
        return "; ".join(part for part in parts if part)


_WORTH_MISSING: Final[tuple[Role, ...]] = ("title", "body", "date", "outlet")
_MAX_UNUSED: Final = 12


def mapping_of(records: Iterable[Mapping[str, object]], names: FieldNames = USUAL) -> FieldMapping:
    """What the fields of some records are taken for: for a role the field that most of them have for it."""
    chosen: dict[Role, Counter[str]] = {role: Counter() for role in ROLES}
    there: Counter[str] = Counter()
    for record in records:
        there.update(name[:_MAX_NAME_CHARS] for name in list(record)[:_MAX_FIELDS])
        fields = names.of(record)
        for role in ROLES:
            if found := fields.find(role):
                chosen[role][found[1].name] += 1
    best = tuple((role, count.most_common(1)[0][0]) for role, count in chosen.items() if count)
    used = {name for count in chosen.values() for name in count} | {name.split(".")[0] for _, name in best}
    return FieldMapping(
        best,
        tuple(role for role in _WORTH_MISSING if not chosen[role]),
        tuple(name for name, _ in there.most_common() if name not in used)[:_MAX_UNUSED],
    )
