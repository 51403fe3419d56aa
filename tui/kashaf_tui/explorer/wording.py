"""What the interface says: English here, other languages in the catalogues."""

from __future__ import annotations

from typing import Final, Literal

from kashaf.said import Said
from kashaf_tui.catalogue import N_, Narrow, Plural, catalogue, nN_
from kashaf_tui.explorer import (
    wording_articles,
    wording_codes,
    wording_entities,
    wording_imports,
    wording_notes,
    wording_quotes,
    wording_settling,
    wording_timeline,
)

LANGUAGES: Final = ("en", "ar")
#: Each language by its own name, which no catalogue translates.
LANGUAGE_NAMES: Final = {"en": "English", "ar": "العربية"}

Base = Literal["rtl", "ltr"]

_TEXTS: Final[dict[str, str | Plural | Narrow]] = {
    "articles": nN_("{n} article", "{n} articles"),
    "index of": N_("index of {time}"),
    "query": N_("words, \"phrases\", -without, outlet:NAME, date:2025-10"),
    "search": N_("Search"),
    "results": N_("Results"),
    "article": N_("Article"),
    "entities": N_("Entities"),
    "notes": N_("Notes"),
    "facets": N_("Facets"),
    "all words": N_("all words"),
    "any word": N_("any word"),
    "by date": N_("by date"),
    "by recency": N_("by relevance and date"),
    "by relevance": N_("by relevance"),
    "exact": N_("exact"),
    "folded": N_("folded"),
    "stem": N_("stem"),
    "root": N_("root"),
    "searching": N_("searching…"),
    "no outlet": N_("no outlet"),
    "no date": N_("no date"),
    "words": nN_("{n} word", "{n} words"),
    "hit": N_("hit {n}/{all}"),
    "hits": nN_("{n} hit", "{n} hits"),
    "people": N_("people"),
    "places": N_("places"),
    "organisations": N_("organisations"),
    "of article": N_("in this article"),
    "of corpus": N_("in all articles"),
    "no hits": N_("No article matches."),
    "no word": N_("in no article"),
    "only wider": N_("only by {rung}: {number}"),
    "instead": N_("instead: {text}"),
    "as typed": N_("z: as typed · {kind}"),
    "correction layout": N_("read as the other keyboard layout"),
    "correction transliteration": N_("read as Arabic in Latin letters"),
    "correction spelling": N_("spelling corrected"),
    "correction any": N_("no article has all words; these have some"),
    "did you mean": N_("Did you mean"),
    "what else": N_("This would find"),
    "which words": N_("Each part alone"),
    "nothing else": N_("Nothing near it would find anything."),
    "rule exact": N_("exact"),
    "rule folded": N_("without marks and variants of letters"),
    "rule stem": N_("same stem"),
    "rule root": N_("same root {what}"),
    "rule proclitic": N_("with proclitic {what}"),
    "rule variant": N_("spelling variant of {what}"),
    "rule alias": N_("another name of {what}"),
    "rule fuzzy": N_("spelt alike"),
    "rule pattern": N_("fits the pattern"),
    "like": N_("like: {title}"),
    "no reason": N_("Every article matches: nothing narrows the search by words."),
    "as understood": N_("The query as understood"),
    "searched": N_("searched {time}"),
    "offer history": N_("searched before"),
    "offer person": N_("person"),
    "offer place": N_("place"),
    "offer organization": N_("organisation"),
    "offer outlet": N_("outlet"),
    "offer language": N_("language"),
    "offer field": N_("field"),
    "offer word": N_("word"),
    "no facets": N_("Nothing to count."),
    "filters": N_("Filters"),
    "more filters": N_("+ filter"),
    "outlets": N_("outlets"),
    "months": N_("months"),
    "tags of notes": N_("tags of notes"),
    "languages": N_("languages"),
    "filter outlet": N_("outlet"),
    "filter date": N_("date"),
    "filter person": N_("person"),
    "filter place": N_("place"),
    "filter organisation": N_("organisation"),
    "filter tag": N_("tag"),
    "filter language": N_("language"),
    "without": N_("without {what}"),
    "concordance": N_("Concordance"),
    "collocates": N_("Collocates"),
    "frequencies": N_("Frequencies"),
    "lines": nN_("{n} line", "{n} lines"),
    "first lines": N_("the first {shown} of {all} lines"),
    "gathering": N_("Reading the articles…"),
    "gathering of": N_("Reading the articles: {done} of {all}"),
    "no lines": N_("No match to line up.\nSearch for words first (F2),\nthen come back with F7:\neach match stands here\nbetween the words around it."),
    "no collocates": N_("No word stands beside the matches\nmore often than by chance.\nx shows stop words too."),
    "only": N_("only {what}: {n} · Esc shows all"),
    "decided": N_("{accepted} accepted, {rejected} rejected"),
    "sort order": N_("in the order of the results"),
    "sort node": N_("by the match"),
    "sort before": N_("by word {n} before"),
    "sort after": N_("by word {n} after"),
    "sort date": N_("newest first"),
    "sort outlet": N_("by outlet"),
    "beside": N_("words within five of a match"),
    "by ll": N_("by log-likelihood (LL)"),
    "by mi": N_("by mutual information (MI)"),
    "by count": N_("by number"),
    "stop words hidden": N_("stop words hidden, x shows them"),
    "stop word": N_("stop word"),
    "word": N_("word"),
    "count": N_("number"),
    "before": N_("before"),
    "after": N_("after"),
    "in all": N_("in all"),
    "matches": N_("matches"),
    "articles of": N_("articles"),
    "per million": N_("per million"),
    "all articles": N_("all articles"),
    "bars matches": N_("bars: matches"),
    "bars per million": N_("bars: matches in a million words"),
    "nothing to complete": N_("nothing to complete"),
    "draft kept": N_("Kept from last time · F2 saves · Esc drops it"),
    "newer index": N_("a newer index is open"),
    "no article": N_("Choose a result with ↓ ↑,\nread it with Enter."),
    "no entities": N_("No entities yet.\nThey are read in the background\nafter indexing."),
    "reading entities": N_("entities {done}/{total}"),
    "copied": N_("copied ({how}): {text}"),
    "copied to terminal": N_("sent to the terminal, and kept in {path}: {text}"),
    "copied to terminal only": N_("sent to the terminal: {text}"),
    "copied to file": N_("no clipboard here; kept in {path}: {text}"),
    "not copied": N_("could not copy: {why}"),
    "nothing removed": N_("nothing was removed from this file"),
    "removed": N_("Removed from the file"),
    "line": N_("line {n}"),
    "why": N_("Why it matched"),
    "help": N_("Keys"),
    "everywhere": N_("Everywhere"),
    "palette": N_("Search for commands…"),
    "close": N_("Esc closes"),
    "note editor": N_("Note"),
    "writing keys": N_("F3 undo · F4 redo · F5 copy · F6 cut · F7 paste · F8 all"),
    "no room": nN_("no room for {n} character", "no room for {n} characters"),
    "editor keys": N_("F2 saves · Tab next field · Esc cancels"),
    "discard": N_("Press Esc again to drop what you wrote"),
    "too small": N_("Kashaf needs 60×15 cells; this is {w}×{h}"),
    "display": N_("Display"),
    "display language": N_("language"),
    "display theme": N_("theme"),
    "display tashkeel": N_("tashkeel"),
    "display digits": N_("digits"),
    "display keyboard": N_("Arabic keys"),
    "display terminal": N_("how this terminal shows Arabic"),
    "dark": N_("dark"),
    "light": N_("light"),
    "shown": N_("shown"),
    "keep": N_("as written"),
    "strip": N_("hidden"),
    "arabic": N_("Arabic (١٢٣)"),
    "european": N_("European (123)"),
    "display keys": N_("a letter changes its line · Esc closes"),
    "hijri": N_("Hijri"),
    **wording_imports.TEXTS,
    **wording_articles.TEXTS,
    **wording_codes.TEXTS,
    **wording_settling.TEXTS,
    **wording_notes.TEXTS,
    **wording_entities.TEXTS,
    **wording_quotes.TEXTS,
    **wording_timeline.TEXTS,
}  # fmt: skip

# What a system says of a disk, in the words of the C library. It cannot be collected from our own code.
SYSTEM: Final = (
    N_("No space left on device"),
    N_("Disk quota exceeded"),
    N_("Permission denied"),
    N_("Operation not permitted"),
    N_("Read-only file system"),
    N_("Input/output error"),
    N_("No such file or directory"),
    N_("No such device"),
    N_("Not a directory"),
    N_("Is a directory"),
    N_("File name too long"),
    N_("Too many open files"),
)


class Wording:
    """The texts of one language."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._catalogue = catalogue(language)

    @property
    def base(self) -> Base:
        """The direction of the interface's own lines, which may hold words of either direction."""
        return "rtl" if self.language == "ar" else "ltr"

    def __call__(self, key: str, **values: object) -> str:
        """The text of `key`. One that counts needs the number `n`, which it shows with thousands parted."""
        text = _TEXTS[key]
        if isinstance(text, Plural):
            number = values["n"]
            assert isinstance(number, int)
            said = self._catalogue.ngettext(text.one, text.many, number)
            return said.format(**values | {"n": f"{number:,}"})
        if isinstance(text, Narrow):
            return self.narrow(text).format(**values)
        return self._catalogue.gettext(text).format(**values)

    def narrow(self, text: Narrow) -> str:
        """A text where room is scarce."""
        return self._catalogue.pgettext(*text)

    def told(self, message: object) -> str:
        """A warning or an error in this language: as far as it is a `Said` text, with what is said within it."""
        text = message if isinstance(message, str) else str(message)
        if self.language == "en" or not isinstance(text, Said):
            return text
        values = {
            name: self.told(value) if isinstance(value, Said) else self._foreign(value)
            for name, value in text.values.items()
        }
        template = self._catalogue.gettext(text.template)
        return template.format(**values) if values else template

    @staticmethod
    def _foreign(value: object) -> object:
        """A path, a query, a name: isolated (FSI … PDI), so that it keeps its order in a sentence of ours."""
        return f"\u2068{value}\u2069" if isinstance(value, str) else value
