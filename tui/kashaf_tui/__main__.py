"""The `kashaf` command. Answers `--version` before anything is imported, and hands the rest to click."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line and leave with its exit code."""
    if sys.argv[1:] in (["--version"], ["-V"]):
        from kashaf import __version__

        print(f"kashaf {__version__}")  # noqa: T201 -- click is not loaded yet
        return
    import gc

    # What is loaded stays: to look through it again and again takes a twentieth of the time of loading.
    gc.set_threshold(50_000, 10, 10)
    from kashaf_tui.cli import run

    sys.exit(run())


if __name__ == "__main__":
    main()
