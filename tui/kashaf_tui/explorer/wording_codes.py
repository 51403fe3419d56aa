"""What the interface says of tags, codes and the fields of a note: a part of `wording`."""

from __future__ import annotations

from typing import Final

from kashaf_tui.catalogue import N_, Narrow, Plural, nN_, pN_

TEXTS: Final[dict[str, str | Plural | Narrow]] = {
    # the tag palette
    "tagging": N_("Tags"),
    "tag field": N_("first letters of a tag; a comma goes on to the next"),
    "no tags yet": N_("No tags yet: type one, and Enter makes it."),
    "new tag": N_("new: {tag}"),
    "new tag about": N_("New: it is in no codebook yet."),
    "tag help": N_("✓ on it · ~ on some of them · + is given · − is taken away"),
    "too many tags": nN_("a note takes {n} tag at most", "a note takes {n} tags at most"),
    # the codebook
    "codebook": N_("Codebook"),
    "codes": nN_("{n} code", "{n} codes"),
    "other tags": nN_("{n} tag that is in no codebook", "{n} tags that are in no codebook"),
    "no codes yet": N_(
        "No codes yet.\na adds one: weapons, or weapons/chemical for one below another.\n"
        "Tags that notes bear already stand here too; a puts the selected one into the codebook."
    ),
    "code hidden": N_("hidden"),
    "code not here": N_("in no codebook"),
    "code colour own": N_("colour: {colour}"),
    "code colour above": N_("colour of the code above: {colour}"),
    "code colour": N_("colour, automatic: {colour}"),
    "code examples": N_("for example: {examples}"),
    "code notes": nN_("{n} note", "{n} notes"),
    "code own notes": nN_("{n} on it itself", "{n} on it itself"),
    "code now called": N_("now called {code}"),
    "ask add": N_("new code"),
    "ask rename": N_("new name"),
    "ask recolour": N_("colour"),
    "ask describe": N_("description"),
    "ask examples": N_("examples"),
    "ask move": N_("under"),
    "about add": N_("A name; weapons/chemical for one below another. Enter adds it, Esc does not."),
    "about rename": N_("Notes that bear it, or one below it, are retagged in one change."),
    "about recolour": N_("{names} · or #rrggbb · nothing: automatic"),
    "about describe": N_("When it is given, and when not."),
    "about examples": N_("Words that deserve it, parted by semicolons."),
    "about move": N_("Letters of the code to put it under, ↓ chooses; nothing for the top."),
    "about join": nN_(
        "{code} is there: Enter again makes the two one, and retags {n} note.",
        "{code} is there: Enter again makes the two one, and retags {n} notes.",
    ),
    "no such colour": N_("That is no colour. Names: {names}"),
    "code added": N_("added {code}"),
    "code renamed": N_("{old} is now {new}"),
    "code changed": N_("changed {code}"),
    "code now hidden": N_("hidden: {code}"),
    "code now shown": N_("shown again: {code}"),
    "retagged": nN_("{n} note retagged", "{n} notes retagged"),
    "code undone": N_("taken back: {what}"),
    "code redone": N_("done again: {what}"),
    "nothing to take back": N_("Nothing was done here that could be taken back"),
    "nothing to do again": N_("Nothing was taken back that could be done again"),
    "deed add": N_("{code} added"),
    "deed set": N_("{code} changed"),
    "deed rename": N_("{old} renamed {new}"),
    "deed hide": N_("{code} hidden"),
    "deed show": N_("{code} shown"),
    "code there": N_("{code} is there already"),
    "codebook trouble": nN_(
        "codebook.yaml: {n} entry was passed over: {first}",
        "codebook.yaml: {n} entries were passed over: {first}",
    ),
    "no code selected": N_("No code is selected"),
    "no notes of code": N_("No note bears it"),
    # the fields of a note
    "editor kind": pN_("note", "kind"),
    "editor confidence": pN_("note", "sure"),
    "editor status": pN_("note", "status"),
    "kind highlight": pN_("note", "highlight"),
    "kind note": pN_("note", "note"),
    "kind question": pN_("note", "question"),
    "kind claim": pN_("note", "claim"),
    "kind link": pN_("note", "link"),
    "confidence ": pN_("note", "not said"),
    "confidence low": pN_("note", "low"),
    "confidence medium": pN_("note", "medium"),
    "confidence high": pN_("note", "high"),
    "status open": pN_("note", "open"),
    "status confirmed": pN_("note", "confirmed"),
    "status disputed": pN_("note", "disputed"),
    "status closed": pN_("note", "closed"),
    "tag line": N_("tags, parted by spaces or commas"),
    "completes to": N_("Tab: {tags}"),
    "note keys": N_("F2 saves · Tab next field · F12 list of tags · Esc cancels"),
}  # fmt: skip
