"""What keys do on the timeline and among the claims."""

from __future__ import annotations

from kashaf_tui.catalogue import N_, pN_
from kashaf_tui.explorer.action import Action

ACTIONS: tuple[Action, ...] = (
    # dated statements
    Action("screen.help", "timeline", ("f1", "question_mark"), N_("help for this place"), pN_("key bar", "help")),
    Action("move(1)", "timeline", ("down", "j"), N_("next line")),
    Action("move(-1)", "timeline", ("up", "k"), N_("previous line")),
    Action("page(1)", "timeline", ("pagedown", "space"), N_("a page down")),
    Action("page(-1)", "timeline", ("pageup",), N_("a page up")),
    Action("edge(-1)", "timeline", ("home",), N_("first line")),
    Action("edge(1)", "timeline", ("end",), N_("last line")),
    Action("group(1)", "timeline", ("n",), N_("next period")),
    Action("group(-1)", "timeline", ("N",), N_("previous period")),
    Action("open", "timeline", ("enter",), N_("read it at the words; on a period: that period alone"), pN_("key bar", "read")),
    Action("screen.view", "timeline", ("tab", "shift+tab"), N_("claims: figures about the same thing side by side"), pN_("key bar", "claims")),
    Action("screen.zoom(1)", "timeline", ("plus",), N_("finer: decades, years, months, days"), pN_("key bar", "finer")),
    Action("screen.zoom(-1)", "timeline", ("minus",), N_("coarser"), pN_("key bar", "coarser")),
    Action("screen.begin", "timeline", ("left_square_bracket",), N_("begin the line of time at this day or period"), pN_("key bar", "from here")),
    Action("screen.end", "timeline", ("right_square_bracket",), N_("end the line of time at this day or period"), pN_("key bar", "to here")),
    Action("screen.whole", "timeline", ("backspace", "delete", "x"), N_("the whole line of time again")),
    Action("screen.note", "timeline", ("c",), N_("write a note on the sentence"), pN_("key bar", "note")),
    Action("screen.copy", "timeline", ("y",), N_("copy the sentence")),
    Action("screen.scope", "timeline", ("o",), N_("of the open article alone, or of all results"), pN_("key bar", "article/all")),
    Action("screen.add", "timeline", ("f11",), N_("add articles: files, folders, archives")),
    Action("screen.back", "timeline", ("escape",), N_("stop reading, or show the whole line again, or close")),
    Action("screen.close", "timeline", ("q", "W"), N_("close"), pN_("key bar", "close")),
    # figures side by side
    Action("screen.help", "claims", ("f1", "question_mark"), N_("help for this place"), pN_("key bar", "help")),
    Action("move(1)", "claims", ("down", "j"), N_("next line")),
    Action("move(-1)", "claims", ("up", "k"), N_("previous line")),
    Action("page(1)", "claims", ("pagedown", "space"), N_("a page down")),
    Action("page(-1)", "claims", ("pageup",), N_("a page up")),
    Action("edge(-1)", "claims", ("home",), N_("first line")),
    Action("edge(1)", "claims", ("end",), N_("last line")),
    Action("group(1)", "claims", ("n",), N_("next claim")),
    Action("group(-1)", "claims", ("N",), N_("previous claim")),
    Action("open", "claims", ("enter",), N_("read it at the words"), pN_("key bar", "read")),
    Action("screen.view", "claims", ("tab", "shift+tab"), N_("statements on the line of time"), pN_("key bar", "timeline")),
    Action("screen.disagreeing", "claims", ("v",), N_("all claims, or only figures that do not agree"), pN_("key bar", "all/differing")),
    Action("screen.note", "claims", ("c",), N_("write a note on the sentence"), pN_("key bar", "note")),
    Action("screen.copy", "claims", ("y",), N_("copy the sentence")),
    Action("screen.scope", "claims", ("o",), N_("of the open article alone, or of all results"), pN_("key bar", "article/all")),
    Action("screen.add", "claims", ("f11",), N_("add articles: files, folders, archives")),
    Action("screen.back", "claims", ("escape",), N_("stop reading, or close")),
    Action("screen.close", "claims", ("q", "W"), N_("close"), pN_("key bar", "close")),
)  # fmt: skip
