"""`kashaf notes`: one file a subcommand, imported when it is called."""

from __future__ import annotations

import click

from kashaf_tui.commands.lazy import LazyGroup


@click.group(
    "notes",
    cls=LazyGroup,
    package=__name__,
    modules={
        "add": "adding",
        "list": "listing",
        "edit": "editing:edit",
        "tag": "editing:tag",
        "untag": "editing:untag",
        "delete": "trash:delete",
        "undelete": "trash:undelete",
        "trash": "trash:trash",
        "purge": "trash:purge",
        "undo": "undoing:undo",
        "redo": "undoing:redo",
        "history": "undoing:history",
        "encrypt": "encryption:encrypt",
        "decrypt": "encryption:decrypt",
        "passphrase": "encryption:passphrase",
        "export": "exporting",
        "import": "importing",
        "restore": "restoring",
        "verify": "verifying",
        "cite": "citing",
        "merge": "merging",
        "conflicts": "conflicts",
        "settle": "settling",
        "agreement": "agreement",
        "codes": "codes",
    },
    short_help="Work with notes.",
)
def command() -> None:
    """Notes on exact words of an article."""
