"""What the interface says where lines are decided on, and notes settled, restored and cited: a part of `wording`."""

from __future__ import annotations

from typing import Final

from kashaf_tui.catalogue import N_, Plural, nN_

TEXTS: Final[dict[str, str | Plural]] = {
    # deciding on lines
    "accepts match": N_("+ marks the match"),
    "accepts sentence": N_("+ marks the sentence"),
    "decided of": N_("{accepted} accepted, {rejected} rejected, {left} left"),
    "all decided": N_("Every line shown is decided on"),
    "none to accept": N_("No undecided line is shown"),
    "none accepted": N_("No accepted line is shown"),
    "queue undecided": N_("only undecided lines: {n}"),
    "queue accepted": N_("only accepted lines: {n}"),
    "queue rejected": N_("only rejected lines: {n}"),
    "none of queue": N_("No line of this kind. v shows the others."),
    "only listed": N_("of the results listed: {n} · Esc shows all"),
    "accept all": N_("Accept all"),
    "accept n": nN_("Make a note on {n} line?", "Make notes on {n} lines?"),
    "accepted n": nN_("accepted {n} line", "accepted {n} lines"),
    "tagged n": nN_("tagged {n} note", "tagged {n} notes"),
    "notes n": nN_("{n} note", "{n} notes"),
    "codes of lines": N_("Codes of what is accepted"),
    "stale lines": nN_(
        "{n} line was not accepted: its article was read again since. F7 twice gathers the lines anew.",
        "{n} lines were not accepted: their articles were read again since. F7 twice gathers the lines anew.",
    ),
    "note kept": nN_("{n} note was written on since: it stays", "{n} notes were written on since: they stay"),
    "decision undone": N_("undone"),
    "decision redone": N_("done again"),
    # the board
    "board": N_("To settle"),
    "board left": N_("{n} left"),
    "board done": N_("{done} settled, {left} left"),
    "looking at notes": N_("Looking where the words of {n} notes are…"),
    "board empty": N_(
        "Nothing to settle: every note stands on its words.\n"
        "When an article is read again and its text is another,\n"
        "notes whose words changed come here,\n"
        "each with its old words and the new ones side by side."
    ),
    "why spelling": N_("written otherwise: marks, letter forms or spaces"),
    "why words": N_("the words changed"),
    "why around": N_("what stands around the words changed"),
    "why text": N_("the text of the article changed"),
    "why alike": N_("several places look alike"),
    "why gone": N_("the words are gone"),
    "why missing": N_("the article is not here"),
    "why ": N_("the words are not found"),
    "other end": N_("other end of a link"),
    "proposal of": N_("proposal {n} of {all}"),
    "no proposal": N_("no proposal: / searches words, g goes and marks by hand"),
    "alike percent": N_("{percent}% alike"),
    "then": N_("THEN"),
    "now": N_("NOW"),
    "whole article": N_("the whole article"),
    "settled": N_("the note stands on the words now shown"),
    "kept as is": N_("kept as it is, until its article changes again"),
    "nothing to confirm": N_("There is no proposal to confirm: / searches words, g goes and marks by hand"),
    "search words": N_("words of the article"),
    "found places": nN_("{n} place found", "{n} places found"),
    "found nowhere": N_("These words are not in the article: try fewer"),
    "by hand": N_("Mark the words of the note (v, w s p), then ! puts it there"),
    "by hand first": N_("Mark the words first: v, then w s p; then !"),
    "by hand elsewhere": N_("That is another article than the note's: ! on the board chooses again"),
    "article not here": N_("The article is not in the index: the note can be kept or put into the trash"),
    # the trash
    "trash": N_("Trash"),
    "trash empty": N_(
        "The trash is empty.\nA note that is deleted (⌫ in the notes) comes here\nand can be restored."
    ),
    "in trash": nN_("{n} note", "{n} notes"),
    "deleted on": N_("deleted {time}"),
    "restored n": nN_("restored {n} note", "restored {n} notes"),
    "purge": N_("Delete for good"),
    "purge n": nN_(
        "Delete {n} note for good? u cannot bring it back.",
        "Delete {n} notes for good? u cannot bring them back.",
    ),
    "purged n": nN_("deleted {n} note for good", "deleted {n} notes for good"),
    # the past of a note
    "history": N_("History of a note"),
    "versions": nN_("{n} version", "{n} versions"),
    "no history": N_("This note has no past yet."),
    "version made": N_("made"),
    "version deleted": N_("put into the trash"),
    "version restored": N_("taken out of the trash"),
    "version merged": N_("joined"),
    "version forgotten": N_("what it said is not kept"),
    "took back": N_("taken back: {field}"),
    "no earlier value": N_("There is no earlier value in this version"),
    "no author": N_("nobody named"),
    "before value": N_("BEFORE"),
    "after value": N_("AFTER"),
    "empty value": N_("(empty)"),
    "field target": N_("words"),
    "field other": N_("other end"),
    "field body": N_("text"),
    "field tags": N_("codes"),
    "field kind": N_("kind"),
    "field confidence": N_("confidence"),
    "field status": N_("status"),
    "field deleted": N_("trash"),
    "field author": N_("author"),
    "field created": N_("made on"),
    "field extra": N_("other fields"),
    "yes": N_("yes"),
    "no": N_("no"),
    # conflicts
    "conflicts": N_("Conflicts"),
    "conflicts empty": N_(
        "No conflicts.\n"
        "When notes of two analysts are merged (kashaf notes merge)\n"
        "and both changed the same field of a note,\n"
        "both values come here side by side, and you choose."
    ),
    "conflict of": N_("field {n} of {all}"),
    "chosen": N_("chosen"),
    "not chosen": N_("not chosen yet: 1 to 9 choose, b joins"),
    "choose first": N_("Choose a value for every field first"),
    "cannot join": N_("Only texts and codes can be joined"),
    "both joined": N_("both, joined"),
    "settled conflict": N_("conflict settled"),
    # the citation
    "citation": N_("Citation"),
    "nothing to cite": N_("Mark words first, or go to a note: then Y shows its citation"),
    "no article of note": N_("This note is on no article"),
}  # fmt: skip
