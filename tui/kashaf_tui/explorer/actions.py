"""Everything a key can do: one registry for key bindings, footer, help, palette and documentation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, get_args

from kashaf_tui.catalogue import N_, Narrow, catalogue, pN_

Place = Literal[
    "everywhere", "search", "results", "article", "entities", "notes", "facets", "concordance",
    "beginning", "add", "imports", "removed", "details", "editing", "story", "differences",
    "note filter", "export", "tagging", "codebook", "asking",
    "agreeing", "board", "finding", "trash", "history", "conflicts", "citation",
]  # fmt: skip
PLACES: tuple[Place, ...] = get_args(Place)
#: Screens of their own, where no other keys act than theirs.
ALONE: frozenset[Place] = frozenset(
    {"add", "imports", "removed", "details", "editing", "story", "differences", "note filter", "export", "tagging",
     "codebook", "asking", "agreeing", "board", "finding", "trash", "history", "conflicts", "citation"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Action:
    """One thing the analyst can do.

    id: Textual's name for it: method `action_<id>` on the widget that owns `place` (the main screen for
        "everywhere"), or on the screen or app when it begins with `screen.` or `app.`.
    keys: Textual key names, the first of them shown. short: label in the footer, or None to stay out of it.
    palette: whether the command palette offers it; movements stay out.
    """

    id: str
    place: Place
    keys: tuple[str, ...]
    english: str
    short: Narrow | None = None
    palette: bool = False

    @property
    def arabic(self) -> str:
        return self.label("ar")

    def label(self, language: str) -> str:
        return catalogue(language).gettext(self.english)

    def short_label(self, language: str) -> str:
        return catalogue(language).pgettext(*self.short) if self.short else ""


ACTIONS: tuple[Action, ...] = (
    # everywhere
    Action("help", "everywhere", ("f1", "question_mark"), N_("help for this place"), pN_("key bar", "help"), True),
    Action("search", "everywhere", ("f2", "slash"), N_("go to the search box"), pN_("key bar", "search"), True),
    Action("results", "everywhere", ("f3",), N_("go to the results"), palette=True),
    Action("article", "everywhere", ("f4",), N_("go to the article"), palette=True),
    Action("entities", "everywhere", ("f5", "e"), N_("show the entities"), pN_("key bar", "entities"), True),
    Action("notes", "everywhere", ("f6", "a"), N_("show the notes"), pN_("key bar", "notes"), True),
    Action("concordance", "everywhere", ("f7",), N_("line up every match between its contexts"), palette=True),
    Action("codebook", "everywhere", ("B",), N_("the codebook: codes, their colours and counts"), palette=True),
    Action("facets", "everywhere", ("f8", "f"), N_("show facets and filters"), pN_("key bar", "filters"), True),
    Action("app.display", "everywhere", ("f9",), N_("display: language, theme, tashkeel, digits, terminal"), palette=True),
    Action("app.command_palette", "everywhere", ("f10", "colon"), N_("all commands"), pN_("key bar", "menu")),
    Action("add", "everywhere", ("f11", "plus"), N_("add articles: files, folders, archives"), pN_("key bar", "add"), True),
    Action("imports", "everywhere", ("f12", "I"), N_("imports: the one under way, and reports of earlier ones"), palette=True),
    Action("pane(1)", "everywhere", ("tab",), N_("next pane")),
    Action("pane(-1)", "everywhere", ("shift+tab",), N_("previous pane")),
    Action("undo", "everywhere", ("u",), N_("undo the last change to notes"), palette=True),
    Action("redo", "everywhere", ("U",), N_("redo it"), palette=True),
    Action("back", "everywhere", ("escape",), N_("back")),
    Action("app.leave", "everywhere", ("q", "ctrl+q"), N_("leave Kashaf"), pN_("key bar", "leave"), True),
    # search box
    Action("screen.submit", "search", ("enter",), N_("search and go to the results"), pN_("key bar", "results")),
    Action("screen.complete(1)", "search", ("down",), N_("complete, or search again what was searched before"), pN_("key bar", "complete")),
    Action("screen.complete(-1)", "search", ("up",), N_("back up the list of completions")),
    # results
    Action("move(1)", "results", ("down", "j"), N_("next result")),
    Action("move(-1)", "results", ("up", "k"), N_("previous result")),
    Action("page(1)", "results", ("pagedown",), N_("a page down")),
    Action("page(-1)", "results", ("pageup",), N_("a page up")),
    Action("edge(-1)", "results", ("home",), N_("first result")),
    Action("edge(1)", "results", ("end",), N_("last result")),
    Action("open", "results", ("enter",), N_("read it"), pN_("key bar", "read")),
    Action("screen.rung('exact')", "results", ("1",), N_("match words exactly"), pN_("key bar", "exact")),
    Action("screen.rung('folded')", "results", ("2",), N_("match without marks and variants"), pN_("key bar", "folded")),
    Action("screen.rung('stem')", "results", ("3",), N_("match by stem"), pN_("key bar", "stem")),
    Action("screen.rung('root')", "results", ("4",), N_("match by root"), pN_("key bar", "root")),
    Action("screen.why", "results", ("w",), N_("why it matched"), pN_("key bar", "why"), True),
    Action("screen.sort", "results", ("s",), N_("sort by relevance, date, or both"), pN_("key bar", "sort"), True),
    Action("screen.match", "results", ("o",), N_("match all words, or any of them"), pN_("key bar", "all/any"), True),
    Action("screen.more_like", "results", ("l",), N_("search more articles like this one"), palette=True),
    Action("screen.group", "results", ("g",), N_("copies of one text as one result, or each by itself"), pN_("key bar", "stories"), True),
    Action("screen.note_search", "results", ("c",), N_("write a note on the search"), palette=True),
    Action("screen.details", "results", ("i",), N_("details: what is known of it, and from where; corrections")),
    Action("screen.as_typed", "results", ("z",), N_("search the words as typed, without a correction"), palette=True),
    Action("screen.annotate", "results", ("A",), N_("decide on every match of the results listed, one key each"), palette=True),
    # article
    Action("line(1)", "article", ("down", "j"), N_("a line down")),
    Action("line(-1)", "article", ("up", "k"), N_("a line up")),
    Action("letter('left')", "article", ("left",), N_("a letter to the left")),
    Action("letter('right')", "article", ("right",), N_("a letter to the right")),
    Action("page(1)", "article", ("pagedown", "space"), N_("a page down")),
    Action("page(-1)", "article", ("pageup",), N_("a page up")),
    Action("edge(-1)", "article", ("home",), N_("beginning of the article")),
    Action("edge(1)", "article", ("end",), N_("end of the article")),
    Action("hit(1)", "article", ("n",), N_("next hit"), pN_("key bar", "next hit")),
    Action("hit(-1)", "article", ("N",), N_("previous hit")),
    Action("result(1)", "article", ("right_square_bracket",), N_("next result"), pN_("key bar", "next")),
    Action("result(-1)", "article", ("left_square_bracket",), N_("previous result")),
    Action("unit('paragraph', 1)", "article", ("right_curly_bracket", "p"), N_("next paragraph; marks it")),
    Action("unit('paragraph', -1)", "article", ("left_curly_bracket", "P"), N_("previous paragraph")),
    Action("unit('word', 1)", "article", ("w",), N_("next word; marks it")),
    Action("unit('word', -1)", "article", ("b",), N_("previous word")),
    Action("unit('sentence', 1)", "article", ("s",), N_("next sentence; marks it")),
    Action("unit('sentence', -1)", "article", ("S",), N_("previous sentence")),
    Action("unit('line', 1)", "article", ("x",), N_("next line; marks it")),
    Action("unit('line', -1)", "article", ("z",), N_("previous line")),
    Action("mark", "article", ("v",), N_("mark, then widen by w s p and arrows"), pN_("key bar", "mark"), True),
    Action("screen.highlight", "article", ("h",), N_("highlight what is marked, or the sentence"), pN_("key bar", "highlight"), True),
    Action("screen.tag", "article", ("t",), N_("tag the note under the caret, or highlight what is marked with tags"), pN_("key bar", "tag"), True),
    Action("screen.repeat", "article", ("H",), N_("highlight with the tags given last, or give them to the note under the caret"), palette=True),
    Action("screen.note", "article", ("c",), N_("write a note on what is marked, or edit the one under the caret"), pN_("key bar", "note"), True),
    Action("screen.trash_here", "article", ("backspace", "delete"), N_("move the note under the caret to the trash")),
    Action("screen.next_note(1)", "article", ("m",), N_("next note; of several on the same words, each in turn"), pN_("key bar", "next note")),
    Action("screen.next_note(-1)", "article", ("comma",), N_("previous note")),
    Action("screen.in_list", "article", ("enter",), N_("show the note under the caret in the list of notes")),
    Action("screen.note_article", "article", ("A",), N_("write a note on the whole article"), palette=True),
    Action("screen.link", "article", ("J",), N_("begin a link at what is marked; at the other end, make it"), palette=True),
    Action("screen.follow", "article", ("o",), N_("follow the link under the caret to its other end"), palette=True),
    Action("copy", "article", ("y",), N_("copy what is marked"), palette=True),
    Action("tashkeel", "article", ("d",), N_("show or hide tashkeel"), palette=True),
    Action("screen.more_like", "article", ("l",), N_("search more articles like this one")),
    Action("screen.removed", "article", ("r",), N_("show what was removed from the file"), palette=True),
    Action("screen.details", "article", ("i",), N_("details: what is known of it, and from where; corrections"), palette=True),
    Action("screen.story", "article", ("g",), N_("its story: other articles with the same text, and what differs"), palette=True),
    Action("screen.cite", "article", ("Y",), N_("citation of what is marked, or of the note under the caret"), palette=True),
    Action("screen.settle", "article", ("exclamation_mark",), N_("put the note here that was to be settled, or show all to settle")),
    # entities
    Action("move(1)", "entities", ("down", "j"), N_("next entity")),
    Action("move(-1)", "entities", ("up", "k"), N_("previous entity")),
    Action("page(1)", "entities", ("pagedown",), N_("a page down")),
    Action("page(-1)", "entities", ("pageup",), N_("a page up")),
    Action("edge(-1)", "entities", ("home",), N_("first entity")),
    Action("edge(1)", "entities", ("end",), N_("last entity")),
    Action("open", "entities", ("enter",), N_("search it under all its spellings"), pN_("key bar", "search it")),
    Action("screen.note_entity", "entities", ("c",), N_("write a note on it"), pN_("key bar", "note")),
    Action("mention", "entities", ("g",), N_("next mention in the article"), pN_("key bar", "mention")),
    # notes
    Action("move(1)", "notes", ("down", "j"), N_("next note")),
    Action("move(-1)", "notes", ("up", "k"), N_("previous note")),
    Action("page(1)", "notes", ("pagedown",), N_("a page down")),
    Action("page(-1)", "notes", ("pageup",), N_("a page up")),
    Action("edge(-1)", "notes", ("home",), N_("first note")),
    Action("edge(1)", "notes", ("end",), N_("last note")),
    Action("open", "notes", ("enter",), N_("go to its words, again: to the other end of a link; open or close a group"), pN_("key bar", "go there")),
    Action("screen.edit", "notes", ("c",), N_("edit it"), pN_("key bar", "edit")),
    Action("screen.tag_notes", "notes", ("t",), N_("tag it, or those marked"), pN_("key bar", "tag")),
    Action("screen.mark_note", "notes", ("space",), N_("mark it, or its whole group, or take the mark away"), pN_("key bar", "mark")),
    Action("screen.trash", "notes", ("backspace", "delete"), N_("move it, or those marked, to the trash"), pN_("key bar", "trash")),
    Action("screen.order", "notes", ("S",), N_("as made, by article, code, date, kind, status, or place"), pN_("key bar", "group"), True),
    Action("screen.turn_order", "notes", ("s",), N_("the other way round")),
    Action("screen.filter_notes", "notes", ("F",), N_("filter: words, tag: kind: state: status: author: article:, - without"), pN_("key bar", "filter"), True),
    Action("screen.filter_away", "notes", ("x",), N_("show all notes again")),
    Action("screen.export", "notes", ("E",), N_("export the notes shown, or those marked, in a format to choose"), pN_("key bar", "export"), True),
    # the line that notes are filtered by
    Action("screen.filter_done", "note filter", ("enter", "down"), N_("go to the notes that are left"), pN_("key bar", "to the notes")),
    Action("screen.filter_away", "note filter", ("escape",), N_("show all notes again"), pN_("key bar", "show all")),
    # the format that notes are exported in
    Action("move(1)", "export", ("down", "j"), N_("next format")),
    Action("move(-1)", "export", ("up", "k"), N_("previous format")),
    Action("open", "export", ("enter",), N_("export in it"), pN_("key bar", "export")),
    Action("screen.cancel", "export", ("escape", "q"), N_("export nothing"), pN_("key bar", "cancel")),
    Action("screen.settle", "notes", ("exclamation_mark",), N_("settle notes whose words changed or are gone"), pN_("key bar", "settle"), True),
    Action("screen.cite", "notes", ("Y",), N_("citation of the note")),
    Action("screen.history", "notes", ("H",), N_("history of the note: who changed what"), palette=True),
    Action("screen.trash_list", "notes", ("D",), N_("the trash: restore notes, or delete them for good"), palette=True),
    Action("screen.conflicts", "notes", ("V",), N_("conflicts left by a merge"), palette=True),
    # facets
    Action("move(1)", "facets", ("down", "j"), N_("next facet")),
    Action("move(-1)", "facets", ("up", "k"), N_("previous facet")),
    Action("page(1)", "facets", ("pagedown",), N_("a page down")),
    Action("page(-1)", "facets", ("pageup",), N_("a page up")),
    Action("edge(-1)", "facets", ("home",), N_("first facet")),
    Action("edge(1)", "facets", ("end",), N_("last facet")),
    Action("open", "facets", ("enter",), N_("filter by it, or show more of its kind"), pN_("key bar", "filter")),
    Action("screen.without", "facets", ("minus",), N_("only articles without it"), pN_("key bar", "without")),
    Action("screen.unfilter", "facets", ("backspace", "delete"), N_("take the filter away"), pN_("key bar", "remove")),
    Action("screen.clear_filters", "facets", ("x",), N_("take every filter away"), pN_("key bar", "all away"), True),
    # concordance
    Action("move(1)", "concordance", ("down", "j"), N_("next line")),
    Action("move(-1)", "concordance", ("up", "k"), N_("previous line")),
    Action("page(1)", "concordance", ("pagedown",), N_("a page down")),
    Action("page(-1)", "concordance", ("pageup",), N_("a page up")),
    Action("edge(-1)", "concordance", ("home",), N_("first line")),
    Action("edge(1)", "concordance", ("end",), N_("last line")),
    Action("open", "concordance", ("enter",), N_("read it in its article, or show the lines of it"), pN_("key bar", "open")),
    Action("screen.judge('accepted')", "concordance", ("plus",), N_("accept the line: highlight it with the codes of the first line"), pN_("key bar", "accept")),
    Action("screen.judge('rejected')", "concordance", ("minus",), N_("reject the line; a highlight of it goes to the trash"), pN_("key bar", "reject")),
    Action("screen.judge('skipped')", "concordance", ("0",), N_("leave the line for later"), pN_("key bar", "later")),
    Action("screen.codes", "concordance", ("t",), N_("choose the codes that accepting gives"), pN_("key bar", "codes")),
    Action("screen.unit", "concordance", ("m",), N_("accepting highlights the match, or its whole sentence"), pN_("key bar", "match/sentence")),
    Action("screen.undecided(1)", "concordance", ("n",), N_("next undecided line")),
    Action("screen.undecided(-1)", "concordance", ("N",), N_("previous undecided line")),
    Action("screen.queue", "concordance", ("v",), N_("show all lines, or only undecided, accepted or rejected ones"), pN_("key bar", "undecided")),
    Action("screen.sentence", "concordance", ("space",), N_("show or hide the sentence of the line"), pN_("key bar", "sentence")),
    Action("screen.accept_all", "concordance", ("A",), N_("accept every undecided line shown")),
    Action("screen.tag_accepted", "concordance", ("T",), N_("change the codes of every accepted line shown")),
    Action("side('before')", "concordance", ("less_than_sign",), N_("sort by the word before; again: by the second, the third"), pN_("key bar", "before")),
    Action("side('after')", "concordance", ("greater_than_sign",), N_("sort by the word after; again: by the second, the third"), pN_("key bar", "after")),
    Action("order", "concordance", ("s",), N_("sort by match, date, outlet, or as the results"), pN_("key bar", "sort")),
    Action("show('collocates')", "concordance", ("c",), N_("words beside the matches, or back to the lines"), pN_("key bar", "collocates")),
    Action("show('frequencies')", "concordance", ("f",), N_("how often, by outlet and month, or back to the lines"), pN_("key bar", "frequencies")),
    Action("stop_words", "concordance", ("x",), N_("show or hide stop words among the collocates")),
    Action("view(1)", "concordance", ("tab",), N_("lines, collocates, frequencies in turn")),
    Action("view(-1)", "concordance", ("shift+tab",), N_("the same backwards")),
    # an empty workspace
    Action("move(1)", "beginning", ("down", "j"), N_("next choice")),
    Action("move(-1)", "beginning", ("up", "k"), N_("previous choice")),
    Action("open", "beginning", ("enter",), N_("do it"), pN_("key bar", "do it")),
    Action("screen.add", "beginning", ("a",), N_("add a folder, files or an archive"), pN_("key bar", "add")),
    Action("app.demo", "beginning", ("d",), N_("try the sample corpus, in a workspace of its own"), pN_("key bar", "demo")),
    # choosing what to add
    Action("screen.help", "add", ("f1",), N_("help for this place"), pN_("key bar", "help")),
    Action("move(1)", "add", ("down",), N_("next entry")),
    Action("move(-1)", "add", ("up",), N_("previous entry")),
    Action("page(1)", "add", ("pagedown",), N_("a page down")),
    Action("page(-1)", "add", ("pageup",), N_("a page up")),
    Action("edge(-1)", "add", ("home",), N_("first entry")),
    Action("edge(1)", "add", ("end",), N_("last entry")),
    Action("open", "add", ("enter",), N_("go into the folder, or mark the file"), pN_("key bar", "open")),
    Action("mark", "add", ("space",), N_("mark it, or take the mark away"), pN_("key bar", "mark")),
    Action("screen.start", "add", ("f2",), N_("import what is marked, or else what is selected"), pN_("key bar", "import")),
    Action("screen.look", "add", ("f3",), N_("look first: say what would be imported, and change nothing"), pN_("key bar", "look first")),
    Action("screen.link", "add", ("f4",), N_("copy originals into the workspace, or leave them where they are")),
    Action("erase", "add", ("backspace",), N_("a letter of the filter back, or up to the folder above"), pN_("key bar", "up")),
    Action("screen.places", "add", ("f6",), N_("places: home, sticks, earlier sources"), pN_("key bar", "places")),
    Action("screen.path", "add", ("f7", "tab"), N_("type a path; there Tab completes it, and ↓ goes into the list"), pN_("key bar", "path")),
    Action("screen.hidden", "add", ("f8",), N_("show or hide hidden files")),
    Action("screen.back", "add", ("escape",), N_("forget the filter, or close"), pN_("key bar", "close")),
    # imports and their reports
    Action("screen.help", "imports", ("f1", "question_mark"), N_("help for this place"), pN_("key bar", "help")),
    Action("move(1)", "imports", ("down", "j"), N_("next line")),
    Action("move(-1)", "imports", ("up", "k"), N_("previous line")),
    Action("page(1)", "imports", ("pagedown",), N_("a page down")),
    Action("page(-1)", "imports", ("pageup",), N_("a page up")),
    Action("edge(-1)", "imports", ("home",), N_("first line")),
    Action("edge(1)", "imports", ("end",), N_("last line")),
    Action("open", "imports", ("enter",), N_("open or close the part, read the article, show the report"), pN_("key bar", "open")),
    Action("screen.every", "imports", ("space",), N_("open or close every part"), pN_("key bar", "open all")),
    Action("screen.copy(0)", "imports", ("y",), N_("copy the line"), pN_("key bar", "copy")),
    Action("screen.copy(1)", "imports", ("Y",), N_("copy the whole report"), pN_("key bar", "copy all")),
    Action("screen.export", "imports", ("E",), N_("write the report as JSON into exports"), pN_("key bar", "export")),
    Action("screen.really", "imports", ("r",), N_("after a look: import it now"), pN_("key bar", "import now")),
    Action("screen.stop", "imports", ("x",), N_("stop the import; what is done stays"), pN_("key bar", "stop")),
    Action("screen.earlier", "imports", ("I",), N_("the list of imports, or back to the report"), pN_("key bar", "earlier")),
    Action("screen.add", "imports", ("plus", "f11"), N_("add articles")),
    Action("screen.back", "imports", ("escape", "q", "f12"), N_("close; an import goes on in the background"), pN_("key bar", "close")),
    # lines removed from the file
    Action("screen.help", "removed", ("f1", "question_mark"), N_("help for this place"), pN_("key bar", "help")),
    Action("removed(1)", "removed", ("j",), N_("next removed line"), pN_("key bar", "removed")),
    Action("removed(-1)", "removed", ("k",), N_("previous removed line")),
    Action("line(1)", "removed", ("down", "tab"), N_("next line, kept or removed")),
    Action("line(-1)", "removed", ("up", "shift+tab"), N_("previous line")),
    Action("page(1)", "removed", ("pagedown", "space"), N_("a page down")),
    Action("page(-1)", "removed", ("pageup",), N_("a page up")),
    Action("edge(-1)", "removed", ("home",), N_("first line")),
    Action("edge(1)", "removed", ("end",), N_("last line")),
    Action("screen.bring_back('article')", "removed", ("b",), N_("bring the removed line back, in this article"), pN_("key bar", "bring back")),
    Action("screen.bring_back('outlet')", "removed", ("B",), N_("bring it back in every article of the outlet"), pN_("key bar", "in outlet")),
    Action("screen.drop('article')", "removed", ("d",), N_("drop the kept line, in this article"), pN_("key bar", "drop")),
    Action("screen.drop('outlet')", "removed", ("D",), N_("drop it always, in every article of the outlet"), pN_("key bar", "in outlet")),
    Action("screen.undo", "removed", ("u",), N_("take the last decision back"), pN_("key bar", "undo")),
    Action("screen.read", "removed", ("enter",), N_("go on reading there"), pN_("key bar", "read")),
    Action("screen.details", "removed", ("i",), N_("details of the article")),
    Action("screen.back", "removed", ("escape", "q", "r"), N_("close"), pN_("key bar", "close")),
    # details of an article
    Action("screen.help", "details", ("f1", "question_mark"), N_("help for this place"), pN_("key bar", "help")),
    Action("move(1)", "details", ("down", "j", "tab"), N_("next line")),
    Action("move(-1)", "details", ("up", "k", "shift+tab"), N_("previous line")),
    Action("page(1)", "details", ("pagedown", "space"), N_("a page down")),
    Action("page(-1)", "details", ("pageup",), N_("a page up")),
    Action("edge(-1)", "details", ("home",), N_("first line")),
    Action("edge(1)", "details", ("end",), N_("last line")),
    Action("open", "details", ("enter", "c"), N_("correct it: title, outlet, author, day"), pN_("key bar", "correct")),
    Action("screen.forget", "details", ("backspace", "delete", "x"), N_("take its correction back: what was read counts again"), pN_("key bar", "take back")),
    Action("screen.undo", "details", ("u",), N_("undo the last correction"), pN_("key bar", "undo")),
    Action("screen.copy", "details", ("y",), N_("copy the value"), pN_("key bar", "copy")),
    Action("screen.removed", "details", ("r",), N_("show what was removed from the file"), pN_("key bar", "removed")),
    Action("screen.back", "details", ("escape", "q", "i"), N_("close"), pN_("key bar", "close")),
    # correcting a value of it
    Action("screen.save", "editing", ("enter", "f2"), N_("save the correction"), pN_("key bar", "save")),
    Action("screen.cancel", "editing", ("escape",), N_("leave the value as it is"), pN_("key bar", "cancel")),
    # the articles of a story
    Action("screen.help", "story", ("f1", "question_mark"), N_("help for this place"), pN_("key bar", "help")),
    Action("move(1)", "story", ("down", "j", "tab"), N_("next article")),
    Action("move(-1)", "story", ("up", "k", "shift+tab"), N_("previous article")),
    Action("page(1)", "story", ("pagedown", "space"), N_("a page down")),
    Action("page(-1)", "story", ("pageup",), N_("a page up")),
    Action("edge(-1)", "story", ("home",), N_("first article")),
    Action("edge(1)", "story", ("end",), N_("last article")),
    Action("open", "story", ("enter",), N_("read it"), pN_("key bar", "read")),
    Action("screen.compare", "story", ("d",), N_("what it says otherwise than the open article"), pN_("key bar", "differences")),
    Action("screen.back", "story", ("escape", "q", "g"), N_("close"), pN_("key bar", "close")),
    # differences of two articles
    Action("screen.help", "differences", ("f1", "question_mark"), N_("help for this place"), pN_("key bar", "help")),
    Action("difference(1)", "differences", ("j", "n"), N_("next difference"), pN_("key bar", "next")),
    Action("difference(-1)", "differences", ("k", "N"), N_("previous difference"), pN_("key bar", "previous")),
    Action("line(1)", "differences", ("down",), N_("a line down")),
    Action("line(-1)", "differences", ("up",), N_("a line up")),
    Action("page(1)", "differences", ("pagedown", "space"), N_("a page down")),
    Action("page(-1)", "differences", ("pageup",), N_("a page up")),
    Action("edge(-1)", "differences", ("home",), N_("to the beginning")),
    Action("edge(1)", "differences", ("end",), N_("to the end")),
    Action("whole", "differences", ("s",), N_("show or hide what is the same"), pN_("key bar", "all/differing")),
    Action("screen.swap", "differences", ("x",), N_("swap the two sides"), pN_("key bar", "swap")),
    Action("screen.back", "differences", ("escape", "q", "d"), N_("close"), pN_("key bar", "close")),
    # the tag palette
    Action("screen.take", "tagging", ("enter",), N_("take the tag, or take it away from those that have it, and close"), pN_("key bar", "take, close")),
    Action("screen.more", "tagging", ("tab", "f3"), N_("take it, or take it away, and go on"), pN_("key bar", "take, go on")),
    Action("move(1)", "tagging", ("down",), N_("next tag")),
    Action("move(-1)", "tagging", ("up",), N_("previous tag; from the first one to the new one")),
    Action("page(1)", "tagging", ("pagedown",), N_("a page down")),
    Action("page(-1)", "tagging", ("pageup",), N_("a page up")),
    Action("screen.done", "tagging", ("f2",), N_("close with what was taken"), pN_("key bar", "done")),
    Action("screen.cancel", "tagging", ("escape",), N_("close and change nothing"), pN_("key bar", "cancel")),
    Action("screen.help", "tagging", ("f1",), N_("help for this place"), pN_("key bar", "help")),
    # the codebook
    Action("screen.help", "codebook", ("f1", "question_mark"), N_("help for this place"), pN_("key bar", "help")),
    Action("move(1)", "codebook", ("down", "j", "tab"), N_("next code")),
    Action("move(-1)", "codebook", ("up", "k", "shift+tab"), N_("previous code")),
    Action("page(1)", "codebook", ("pagedown", "space"), N_("a page down")),
    Action("page(-1)", "codebook", ("pageup",), N_("a page up")),
    Action("edge(-1)", "codebook", ("home",), N_("first code")),
    Action("edge(1)", "codebook", ("end",), N_("last code")),
    Action("open", "codebook", ("enter",), N_("show its notes, and those of the codes below it"), pN_("key bar", "its notes")),
    Action("screen.ask('add')", "codebook", ("a", "plus"), N_("add a code; or put the selected tag into the codebook"), pN_("key bar", "add")),
    Action("screen.ask('rename')", "codebook", ("r", "f2"), N_("rename it, and retag its notes"), pN_("key bar", "rename")),
    Action("screen.ask('recolour')", "codebook", ("c",), N_("give it another colour"), pN_("key bar", "colour")),
    Action("screen.ask('describe')", "codebook", ("d",), N_("describe it: when it is given, and when not"), pN_("key bar", "describe")),
    Action("screen.ask('examples')", "codebook", ("e",), N_("words that deserve it")),
    Action("screen.ask('move')", "codebook", ("m",), N_("move it under another, with all below it"), pN_("key bar", "move")),
    Action("screen.hide", "codebook", ("h", "backspace", "delete"), N_("hide it: no longer offered; notes keep it. Again: show it"), pN_("key bar", "hide")),
    Action("screen.all", "codebook", ("s",), N_("show or leave out hidden codes")),
    Action("screen.undo", "codebook", ("u",), N_("take the last change of the codebook back"), pN_("key bar", "undo")),
    Action("screen.redo", "codebook", ("U",), N_("do it again")),
    Action("screen.back", "codebook", ("escape", "q", "B"), N_("close"), pN_("key bar", "close")),
    # a line asked for there
    Action("screen.save", "asking", ("enter", "f2"), N_("do it"), pN_("key bar", "do it")),
    Action("screen.cancel", "asking", ("escape",), N_("change nothing"), pN_("key bar", "cancel")),
    Action("choose(1)", "asking", ("down", "tab"), N_("next choice")),
    Action("choose(-1)", "asking", ("up", "shift+tab"), N_("previous choice")),
    # a question
    Action("screen.agree", "agreeing", ("enter", "y"), N_("do it"), pN_("key bar", "do it")),
    Action("screen.back", "agreeing", ("escape", "q", "n"), N_("change nothing"), pN_("key bar", "cancel")),
    # notes to settle
    Action("screen.help", "board", ("f1", "question_mark"), N_("help for this place"), pN_("key bar", "help")),
    Action("move(1)", "board", ("down", "j", "tab"), N_("next note")),
    Action("move(-1)", "board", ("up", "k", "shift+tab"), N_("previous note")),
    Action("page(1)", "board", ("pagedown",), N_("a page down")),
    Action("page(-1)", "board", ("pageup",), N_("a page up")),
    Action("edge(-1)", "board", ("home",), N_("first note")),
    Action("edge(1)", "board", ("end",), N_("last note")),
    Action("open", "board", ("enter", "plus"), N_("confirm: the note stands on the words now shown"), pN_("key bar", "confirm")),
    Action("screen.proposal(1)", "board", ("n", "right_square_bracket"), N_("next proposal"), pN_("key bar", "next proposal")),
    Action("screen.proposal(-1)", "board", ("N", "left_square_bracket"), N_("previous proposal")),
    Action("screen.search", "board", ("slash", "f2"), N_("search words in its article"), pN_("key bar", "search")),
    Action("screen.by_hand", "board", ("g",), N_("go to its article, mark the words by hand, then ! there"), pN_("key bar", "by hand")),
    Action("screen.keep", "board", ("0",), N_("keep it as it is until its article changes again"), pN_("key bar", "keep")),
    Action("screen.trash", "board", ("backspace", "delete", "minus"), N_("move it to the trash"), pN_("key bar", "trash")),
    Action("screen.scroll(1)", "board", ("space", "right_curly_bracket"), N_("more of the words below")),
    Action("screen.scroll(-1)", "board", ("left_curly_bracket",), N_("back up")),
    Action("screen.history", "board", ("H",), N_("history of the note: who changed what")),
    Action("screen.copy", "board", ("y",), N_("copy its old words")),
    Action("screen.undo", "board", ("u",), N_("undo the last change to notes"), pN_("key bar", "undo")),
    Action("screen.redo", "board", ("U",), N_("redo it")),
    Action("screen.back", "board", ("escape", "q", "exclamation_mark"), N_("close"), pN_("key bar", "close")),
    # words searched for a note
    Action("screen.find", "finding", ("enter",), N_("search them"), pN_("key bar", "search")),
    Action("screen.leave_finding", "finding", ("escape",), N_("search nothing"), pN_("key bar", "cancel")),
    # the trash
    Action("screen.help", "trash", ("f1", "question_mark"), N_("help for this place"), pN_("key bar", "help")),
    Action("move(1)", "trash", ("down", "j", "tab"), N_("next note")),
    Action("move(-1)", "trash", ("up", "k", "shift+tab"), N_("previous note")),
    Action("page(1)", "trash", ("pagedown",), N_("a page down")),
    Action("page(-1)", "trash", ("pageup",), N_("a page up")),
    Action("edge(-1)", "trash", ("home",), N_("first note")),
    Action("edge(1)", "trash", ("end",), N_("last note")),
    Action("open", "trash", ("enter", "r"), N_("restore it"), pN_("key bar", "restore")),
    Action("mark", "trash", ("space",), N_("mark it, or take the mark away"), pN_("key bar", "mark")),
    Action("screen.purge", "trash", ("x",), N_("delete it, or those marked, for good"), pN_("key bar", "delete")),
    Action("screen.purge_all", "trash", ("E",), N_("empty the trash"), pN_("key bar", "empty")),
    Action("screen.history", "trash", ("H",), N_("history of the note: who changed what")),
    Action("screen.undo", "trash", ("u",), N_("undo the last change to notes"), pN_("key bar", "undo")),
    Action("screen.redo", "trash", ("U",), N_("redo it")),
    Action("screen.back", "trash", ("escape", "q", "D"), N_("close"), pN_("key bar", "close")),
    # the history of a note
    Action("screen.help", "history", ("f1", "question_mark"), N_("help for this place"), pN_("key bar", "help")),
    Action("move(1)", "history", ("down", "j", "tab"), N_("earlier version")),
    Action("move(-1)", "history", ("up", "k", "shift+tab"), N_("later version")),
    Action("page(1)", "history", ("pagedown",), N_("a page down")),
    Action("page(-1)", "history", ("pageup",), N_("a page up")),
    Action("edge(-1)", "history", ("home",), N_("newest version")),
    Action("edge(1)", "history", ("end",), N_("first version")),
    Action("screen.field(1)", "history", ("n", "right_square_bracket"), N_("next field of the version"), pN_("key bar", "next field")),
    Action("screen.field(-1)", "history", ("N", "left_square_bracket"), N_("previous field")),
    Action("open", "history", ("enter", "b"), N_("take back the value that the field had before"), pN_("key bar", "take back")),
    Action("screen.scroll(1)", "history", ("space", "right_curly_bracket"), N_("more of the words below")),
    Action("screen.scroll(-1)", "history", ("left_curly_bracket",), N_("back up")),
    Action("screen.undo", "history", ("u",), N_("undo the last change to notes"), pN_("key bar", "undo")),
    Action("screen.redo", "history", ("U",), N_("redo it")),
    Action("screen.back", "history", ("escape", "q", "H"), N_("close"), pN_("key bar", "close")),
    # conflicts
    Action("screen.help", "conflicts", ("f1", "question_mark"), N_("help for this place"), pN_("key bar", "help")),
    Action("move(1)", "conflicts", ("down", "j", "tab"), N_("next note")),
    Action("move(-1)", "conflicts", ("up", "k", "shift+tab"), N_("previous note")),
    Action("page(1)", "conflicts", ("pagedown",), N_("a page down")),
    Action("page(-1)", "conflicts", ("pageup",), N_("a page up")),
    Action("edge(-1)", "conflicts", ("home",), N_("first note")),
    Action("edge(1)", "conflicts", ("end",), N_("last note")),
    Action("screen.field(1)", "conflicts", ("n", "right_square_bracket"), N_("next field"), pN_("key bar", "next field")),
    Action("screen.field(-1)", "conflicts", ("N", "left_square_bracket"), N_("previous field")),
    *(
        Action(f"screen.choose({number})", "conflicts", (str(number),), N_("take the value of this number"), pN_("key bar", "take") if number == 1 else None)
        for number in range(1, 10)
    ),
    Action("screen.join", "conflicts", ("b",), N_("take all values joined: texts one after the other"), pN_("key bar", "join")),
    Action("open", "conflicts", ("enter",), N_("settle the note with the values chosen"), pN_("key bar", "settle")),
    Action("screen.scroll(1)", "conflicts", ("space", "right_curly_bracket"), N_("more of the words below")),
    Action("screen.scroll(-1)", "conflicts", ("left_curly_bracket",), N_("back up")),
    Action("screen.history", "conflicts", ("H",), N_("history of the note: who changed what")),
    Action("screen.undo", "conflicts", ("u",), N_("undo the last change to notes"), pN_("key bar", "undo")),
    Action("screen.redo", "conflicts", ("U",), N_("redo it")),
    Action("screen.back", "conflicts", ("escape", "q"), N_("close"), pN_("key bar", "close")),
    # a citation
    Action("screen.copy", "citation", ("y",), N_("copy the citation"), pN_("key bar", "copy")),
    Action("screen.language", "citation", ("l",), N_("the citation in the other language"), pN_("key bar", "language")),
    Action("screen.back", "citation", ("escape", "q", "Y", "enter"), N_("close"), pN_("key bar", "close")),
)  # fmt: skip


def actions_of(*places: Place) -> Iterator[Action]:
    """The actions of `places`, in the order of the registry."""
    return (action for action in ACTIONS if action.place in places)


_KEY_NAMES = {
    "question_mark": "?",
    "exclamation_mark": "!",
    "slash": "/",
    "minus": "-",
    "comma": ",",
    "plus": "+",
    "less_than_sign": "<",
    "greater_than_sign": ">",
    "colon": ":",
    "right_square_bracket": "]",
    "left_square_bracket": "[",
    "right_curly_bracket": "}",
    "left_curly_bracket": "{",
    "escape": "Esc",
    "enter": "↵",
    "down": "↓",
    "up": "↑",
    "left": "←",
    "right": "→",
    "pagedown": "PgDn",
    "pageup": "PgUp",
    "home": "Home",
    "end": "End",
    "space": "Space",
    "tab": "Tab",
    "shift+tab": "⇧Tab",
    "backspace": "⌫",
    "delete": "Del",
}


def key_name(key: str) -> str:
    """A key as the footer and the help show it."""
    if key in _KEY_NAMES:
        return _KEY_NAMES[key]
    if key.startswith("ctrl+"):
        return "^" + key.removeprefix("ctrl+")
    return key.upper() if len(key) > 1 and key[0] == "f" and key[1:].isdigit() else key


def footer_key(action: Action, *, typing: bool = False) -> str:
    """The key worth a place in the footer: the shortest, or while typing one that does not type."""
    names = [key_name(key) for key in action.keys if not typing or len(key_name(key)) > 1 or key == "enter"]
    return min(names or [key_name(action.keys[0])], key=len)
