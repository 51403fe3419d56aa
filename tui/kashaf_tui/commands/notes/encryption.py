"""`kashaf notes encrypt`, `decrypt` and `passphrase`: the notes at rest under a passphrase, or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kashaf.errors import UsageError
from kashaf_tui.commands.notes.using import opened
from kashaf_tui.commands.output import dump_json, json_option, message
from kashaf_tui.session import Session

if TYPE_CHECKING:
    from kashaf.notes.encrypting import Resealed

_LIMITS = (
    "Not encrypted are the articles, the index, exports, and what the explorer keeps in state/. "
    "Without the passphrase nobody can open the notes, you included: docs/encryption.md"
)


@click.command("encrypt")
@json_option
@click.pass_obj
def encrypt(session: Session, as_json: bool) -> None:
    """Encrypt the notes, their journal and their backups under a passphrase.

    It is asked for on the terminal, or read from the file that KASHAF_PASSPHRASE_FILE names. What is not protected
    is told in docs/encryption.md: read it first.
    """
    from kashaf.notes.encrypting import clear_backups
    from kashaf.notes.encrypting import encrypt as seal
    from kashaf_tui import passphrase

    with opened(session) as store:
        if store.sealed and not clear_backups(store.path):
            raise UsageError(
                "the notes are encrypted already", cure="`kashaf notes passphrase` changes the passphrase"
            )
        done = seal(store, "" if store.sealed else passphrase.new())
    _tell("encrypted", done, as_json)
    if not as_json:
        message(_LIMITS)


@click.command("decrypt")
@json_option
@click.pass_obj
def decrypt(session: Session, as_json: bool) -> None:
    """Write the notes, their journal and their backups in the clear again."""
    from kashaf.notes.encrypting import decrypt as unseal

    with opened(session) as store:
        done = unseal(store)
    _tell("decrypted", done, as_json)


@click.command("passphrase")
@json_option
@click.pass_obj
def passphrase(session: Session, as_json: bool) -> None:
    """Give encrypted notes another passphrase; for scripts in the file that KASHAF_NEW_PASSPHRASE_FILE names.

    Copies that were made before still open with the old one.
    """
    from kashaf.notes.encrypting import change_passphrase
    from kashaf_tui.passphrase import NEW_VARIABLE, new

    with opened(session) as store:
        if not store.sealed:
            raise UsageError("the notes are not encrypted", cure="`kashaf notes encrypt` does that")
        done = change_passphrase(store, new(NEW_VARIABLE))
    _tell("passphrase changed", done, as_json)


def _tell(what: str, done: Resealed, as_json: bool) -> None:
    if as_json:
        dump_json({"backups": done.backups, "left": [path.name for path in done.left]})
        return
    message(f"{what}: the notes and {done.backups} of their backups")
    for path in done.left:
        message(f"left as it is; look through it and remove it: {path}")
