"""What the interface says while articles are added: a part of `wording`."""

from __future__ import annotations

from typing import Final

from kashaf_tui.catalogue import N_, Plural, nN_

TEXTS: Final[dict[str, str | Plural]] = {
    # an empty workspace
    "beginning": N_("There are no articles here yet"),
    "beginning title": N_("Empty workspace"),
    "beginning add": N_("a   add a folder, files or an archive"),
    "beginning demo": N_("d   try the sample corpus"),
    "beginning about": N_(
        "Text, HTML, PDF, Word, EPUB, e-mail, JSON, CSV, feeds, WARC and archives of them are read, "
        "in any encoding, and copied into this workspace. Nothing leaves this machine."
    ),
    "beginning command": N_("From a shell: kashaf index FOLDER, or kashaf demo"),
    "no articles": N_(
        "There are no articles here yet.\n"
        "F11 adds a folder, files or an archive. To try the sample corpus,\n"
        "leave and type: kashaf demo (or make demo, in the folder of Kashaf)."
    ),
    # the picker
    "add": N_("Add articles"),
    "path": N_("path"),
    "places are": N_("places:"),
    "places title": N_("Places"),
    "home": N_("home"),
    "reading folder": N_("Reading the folder…"),
    "empty folder": N_("Nothing is in this folder.\n⌫ goes up, F6 shows sticks and earlier sources."),
    "only hidden": nN_(
        "Only {n} hidden entry is in this folder. F8 shows it.",
        "Only {n} hidden entries are in this folder. F8 shows them.",
    ),
    "no match": N_("No name here holds {text}.\n⌫ takes a letter back, Esc the whole filter."),
    "no places": N_("No stick is mounted, and nothing was imported yet.\nF7 takes a path."),
    "folder above": N_("the folder above"),
    "this folder": N_("this whole folder"),
    "kind folder": N_("folder"),
    "kind place": N_("folder"),
    "kind archive": N_("archive {what}"),
    "kind plain": N_("file"),
    "kind broken": N_("broken link"),
    "kind special": N_("no file"),
    "link to": N_("link to {path}"),
    "not importable": N_("This cannot be imported: it is neither a file nor a folder"),
    "broken link": N_("This link leads nowhere: choose the file itself"),
    "link inside": N_("Links inside a folder are not followed; one that is marked itself is"),
    "filter": N_("names with: {text}"),
    "marked files": nN_("{n} marked", "{n} marked"),
    "entries": nN_("{n} entry", "{n} entries"),
    "not shown": nN_("{n} hidden", "{n} hidden"),
    "will copy": N_("originals are copied into the workspace · F4 leaves them where they are"),
    "will link": N_("originals stay where they are, and must stay there · F4 copies them"),
    "nothing at": N_("Nothing is at {path}"),
    "nothing begins so": N_("No name here begins so"),
    # under way
    "import": N_("Import"),
    "looking": N_("Looking, nothing is changed"),
    "importing": N_("Importing"),
    "stopping": N_("Stopping: what is imported stays"),
    "step listing": N_("listing files"),
    "step hashing": N_("comparing files"),
    "step reading": N_("reading"),
    "step catching up": N_("reading again"),
    "step lines": N_("finding repeated lines"),
    "step stories": N_("finding stories"),
    "step indexing": N_("writing the index"),
    "step merging": N_("merging the index"),
    "of files": N_("{done} of {all} files"),
    "of bytes": N_("{done} of {all}"),
    "a second": N_("{size}/s"),
    "files a second": N_("{n} files/s"),
    "left": N_("{time} left"),
    "bytes": N_("{n} B"),
    "kilobytes": N_("{n} KB"),
    "megabytes": N_("{n} MB"),
    "gigabytes": N_("{n} GB"),
    "seconds": N_("{n} s"),
    "minutes": N_("{n} min"),
    "hours": N_("{n} h"),
    "live keys": N_("Esc leaves this screen; the import goes on. x stops it."),
    "stop asked": N_("Press x again to stop the import. What is done stays."),
    "leave asked": N_(
        "An import is running. Press q again to stop it and leave: what is done stays, and it can be gone on with."
    ),
    "second import": N_("An import is running. Wait for its end, or stop it with x."),
    "no import runs": N_("No import is running"),
    "import ended": N_("imported: {facts} · F12 shows the report"),
    "look ended": N_("looked: {facts} · F12 shows what would be imported"),
    "import stopped": N_("The import was stopped. What was done stays; add the same again to go on."),
    "import failed": N_("The import failed"),
    # reports
    "imports": N_("Imports"),
    "report": N_("Report of an import"),
    "report look": N_("What would be imported"),
    "reading reports": N_("Reading the reports…"),
    "no imports": N_(
        "Nothing was imported yet.\n+ adds files, folders and archives:\nwhat became of each stands here then."
    ),
    "nothing new": N_("Nothing was new. What is unchanged was left as it is."),
    "nothing there": N_("Nothing was there to import: no file that holds an article."),
    "look keys": N_("Nothing was changed. r imports it."),
    "dry": N_("only looked"),
    "was stopped": N_("stopped"),
    "files": nN_("{n} file", "{n} files"),
    "took": N_("in {time}"),
    "count added": nN_("{n} added", "{n} added"),
    "count updated": nN_("{n} updated", "{n} updated"),
    "count failed": nN_("{n} refused", "{n} refused"),
    "in all articles": nN_("{n} article in the workspace", "{n} articles in the workspace"),
    "part added": N_("added"),
    "part updated": N_("updated"),
    "part unchanged": N_("unchanged"),
    "part removed": N_("removed"),
    "part failed": N_("refused"),
    "part warnings": N_("warnings"),
    "part duplicates": N_("the same bytes at several places"),
    "part near": N_("one story with an earlier article"),
    "part fields": N_("what fields were taken for"),
    "part encodings": N_("encodings"),
    "part formats": N_("formats"),
    "part sources": N_("sources"),
    "part unavailable": N_("not there; their articles are kept"),
    "first of": N_("the first {shown} of {all}; E writes what is kept of them"),
    "near about": N_("They are shown as one entry in the results."),
    "report exported": N_("report written to {path}"),
    "nothing to copy": N_("There is nothing to copy"),
    "not imported yet": N_("It is not imported yet: r imports it"),
}
