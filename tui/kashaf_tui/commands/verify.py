"""`kashaf verify`: whether the originals are still the bytes that were imported."""

from __future__ import annotations

from collections import Counter

import click

from kashaf.corpus.verifying import STATUSES, Verified, verify
from kashaf_tui.commands.index import EXIT_SOME_FAILED
from kashaf_tui.commands.output import dump_json, json_option, message, progress_bar
from kashaf_tui.session import Session


@click.command("verify", short_help="Check the originals against their hashes.")
@json_option
@click.pass_obj
def command(session: Session, as_json: bool) -> int:
    """Hash every original again, and compare it with the SHA-256 that was kept when it was imported.

    damaged: the workspace's copy is not what was imported. changed, missing: a linked file is another one, or gone.
    unavailable: the source of a linked file is not plugged in. Exit code 3 when any file is not intact.
    """
    counts: Counter[str] = Counter()
    troubled: list[Verified] = []
    with progress_bar("Verifying", "files") as bar:
        for one in verify(session.workspace, session.catalogue, bar.update):
            counts[one.status] += 1
            if one.status != "intact":
                troubled.append(one)
    if as_json:
        value: dict[str, object] = {"files": counts.total()}
        value |= {status: counts[status] for status in STATUSES}
        dump_json(value | {"problems": [_as_dict(one) for one in troubled]})
    else:
        for one in troubled:
            message(
                f"{one.status}: {one.path} (sha256 {one.sha256[:12]}…, articles: {', '.join(one.articles)})"
            )
        said = ", ".join(f"{counts[status]} {status}" for status in STATUSES if counts[status])
        click.echo(f"{counts.total()} files{': ' + said if said else ''}")
    return EXIT_SOME_FAILED if troubled else 0


def _as_dict(one: Verified) -> dict[str, object]:
    return {
        "status": one.status,
        "path": one.path,
        "sha256": one.sha256,
        "container": one.container or None,
        "container_sha256": one.container_sha256 or None,
        "articles": list(one.articles),
    }
