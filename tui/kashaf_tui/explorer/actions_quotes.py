"""What keys do in the screen of quotations."""

from __future__ import annotations

from kashaf_tui.catalogue import N_, pN_
from kashaf_tui.explorer.action import Action

ACTIONS: tuple[Action, ...] = (
    # quotes
    Action("move(1)", "quotes", ("down", "j"), N_("next quotation")),
    Action("move(-1)", "quotes", ("up", "k"), N_("previous quotation")),
    Action("page(1)", "quotes", ("pagedown",), N_("a page down")),
    Action("page(-1)", "quotes", ("pageup",), N_("a page up")),
    Action("edge(-1)", "quotes", ("home",), N_("first quotation")),
    Action("edge(1)", "quotes", ("end",), N_("last quotation")),
    Action("screen.help", "quotes", ("f1", "question_mark"), N_("help for this place"), pN_("key bar", "help")),
    Action("open", "quotes", ("enter",), N_("read it in its article, marked; on a heading: fold it or unfold it"), pN_("key bar", "read")),
    Action("screen.filter", "quotes", ("slash",), N_("filter by words, speaker or outlet"), pN_("key bar", "filter")),
    Action("screen.scope(1)", "quotes", ("v",), N_("of the open article, of the results, of all articles in turn"), pN_("key bar", "of which")),
    Action("screen.scope(-1)", "quotes", ("V",), N_("the same backwards")),
    Action("screen.speaker(1)", "quotes", ("n",), N_("only the next speaker; after the last, all")),
    Action("screen.speaker(-1)", "quotes", ("N",), N_("only the previous speaker")),
    Action("screen.everywhere", "quotes", ("o",), N_("all that this speaker says in all articles"), pN_("key bar", "this speaker")),
    Action("screen.order", "quotes", ("s",), N_("by speaker, by article, by verb"), pN_("key bar", "sort")),
    Action("screen.kind", "quotes", ("d",), N_("only in their own words, only as reported, or both"), pN_("key bar", "own words")),
    Action("screen.note", "quotes", ("c",), N_("write a note on the words"), pN_("key bar", "note")),
    Action("screen.copy", "quotes", ("y",), N_("copy the words and where they stand"), pN_("key bar", "copy")),
    Action("screen.cite", "quotes", ("Y",), N_("citation of the words")),
    Action("screen.add", "quotes", ("f11",), N_("add articles: files, folders, archives")),
    Action("screen.back", "quotes", ("escape", "q"), N_("take the narrowing away; then close"), pN_("key bar", "close")),
    # quote filter
    Action("screen.rows(0)", "quote filter", ("enter", "down"), N_("go to the quotations that are left"), pN_("key bar", "to the list")),
    Action("screen.unfilter", "quote filter", ("escape",), N_("show all quotations again"), pN_("key bar", "show all")),
    Action("screen.help", "quote filter", ("f1",), N_("help for this place"), pN_("key bar", "help")),
)  # fmt: skip
