"""What the interface says of notes in the main screen: a part of `wording`."""

from __future__ import annotations

from typing import Final

from kashaf_tui.catalogue import N_, Plural, nN_

TEXTS: Final[dict[str, str | Plural]] = {
    # words of the article
    "mark first": N_("Mark words first: v, then w s p"),
    "marked": N_("marked: w s p widen · h t c · Esc"),
    "marked again": N_("marked: h t c · H {tags} · Esc"),
    "no article open": N_("No article is open"),
    "highlighted": N_("highlighted · u undoes"),
    "highlighted sentence": N_("sentence highlighted · u undoes"),
    "highlighted with": N_("highlighted: {tags}"),
    "highlighted already": N_("These words are highlighted already"),
    "tagged with": N_("tagged: {tags}"),
    "tags taken": N_("tags taken away"),
    "no note here": N_("No note is under the caret"),
    "no note in article": N_("No note is in this article"),
    "lost notes": nN_("{n} note lost its words (!)", "{n} notes lost their words (!)"),
    "notes on it": nN_("¶ {n} note on all of it", "¶ {n} notes on all of it"),
    "link begun": N_("link from «{quote}»: mark the other end, then J"),
    "link to itself": N_("A link needs two ends: mark other words, then J"),
    "linked": N_("linked; o goes to the other end"),
    "no link here": N_("No link is under the caret"),
    # what notes are on, and how they stand
    "on article": N_("on the article {title}"),
    "on entity": N_("on {name}"),
    "on search": N_("on the search {query}"),
    "state exact": N_("exact"),
    "state moved": N_("moved"),
    "state changed": N_("changed"),
    "state orphan": N_("orphan"),
    "state missing": N_("article missing"),
    "orphan note": N_("The words of this note are no longer in the article"),
    "changed note": N_("The words of this note have changed; this may be their place"),
    "gone": N_("The article of this note is not in the index"),
    # the list
    "no notes": N_(
        "No notes yet.\nIn the article:\nh highlights the sentence,\nv marks words,\nw s p widen the mark,\n"
        "t tags it,\nc writes a note."
    ),
    "no notes so": N_("No note passes the filter.\nF changes it,\nx shows all notes."),
    "filter notes": N_("words, tag: kind: state: author:"),
    "no such field": N_("no field {field}: tag kind state status confidence author article"),
    "order made": N_("as made"),
    "order article": N_("by article"),
    "order code": N_("by code"),
    "order date": N_("by date"),
    "order kind": N_("by kind"),
    "order status": N_("by status"),
    "order state": N_("by place"),
    "without any": N_("without"),
    "choose a note": N_("Choose a note, or mark some with Space"),
    "n notes": nN_("{n} note", "{n} notes"),
    "marked notes": nN_("✓ {n}", "✓ {n}"),
    "tagged notes": nN_("tagged {n} note", "tagged {n} notes"),
    # saving
    "saving": N_("saving…"),
    "saved": N_("saved {time}"),
    "not saved": N_("COULD NOT SAVE: {why}"),
    "unsaved why": N_("NOT SAVED, trying again: {why}"),
    "unsaved": N_("Notes are not saved yet. Press q again to leave all the same."),
    "read only": N_("notes are read-only"),
    "read only here": N_("notes: read-only, another window has them"),
    "notes are free": N_("notes: the other window closed; the next change takes them over"),
    "trashed": N_("moved to the trash; u brings it back"),
    "trashed n": nN_(
        "moved {n} note to the trash; u brings it back", "moved {n} notes to the trash; u brings them back"
    ),
    "nothing to undo": N_("nothing to undo"),
    "nothing to redo": N_("nothing to do again"),
    "undone what": N_("undone: {what}"),
    "redone what": N_("done again: {what}"),
    "did add": nN_("{n} note made", "{n} notes made"),
    "did edit": nN_("{n} note edited", "{n} notes edited"),
    "did delete": nN_("{n} note moved to the trash", "{n} notes moved to the trash"),
    "did restore": nN_("{n} note restored", "{n} notes restored"),
    "did import": nN_("{n} note imported", "{n} notes imported"),
    "did merge": nN_("{n} note merged", "{n} notes merged"),
    "did tag": nN_("{n} note tagged", "{n} notes tagged"),
    "did rename": nN_("a tag renamed on {n} note", "a tag renamed on {n} notes"),
    "did purge": nN_("{n} note deleted for good", "{n} notes deleted for good"),
    "did settle": nN_("{n} conflict settled", "{n} conflicts settled"),
    # carrying out
    "export": N_("Export notes"),
    "export all": nN_("All notes: {n}", "All notes: {n}"),
    "export shown": nN_("{n} of the notes", "{n} of the notes"),
    "exporting": N_("exporting…"),
    "exported": nN_("exported {n} note to {path}", "exported {n} notes to {path}"),
    "nothing to export": N_("There are no notes to export"),
}  # fmt: skip
