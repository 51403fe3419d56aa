"""Works on a real notes file and kills itself at the n-th file-changing call. Run by test_notes_kill.py.

    notes_driver.py NOTES_FILE N

Before each change a line `{"begin": …, "after": …, "trash": …}` tells which notes there will be, as sorted
`[body, tags]`, and which bodies in the trash; after the call has returned, `{"done": …}`. The lines are
flushed: what was acknowledged is known to the parent. A write that is killed leaves half of its bytes behind.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from kashaf.corpus.article import Article, Metadata, Provenance
from kashaf.corpus.identity import text_sha256
from kashaf.notes.anchoring import make_target
from kashaf.notes.model import Note
from kashaf.notes.store import NoteStore
from kashaf.storage import syscalls

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_T = TypeVar("_T")

TEXT = "تأخرت الحافلة ساعة كاملة، فمشى الركاب إلى المدرسة تحت المطر ووصلوا قبلها."


class Killer:
    """Ends the process, as a power key does, at the n-th call."""

    def __init__(self, kill_at: int) -> None:
        self._left = kill_at

    def __call__(self, call: syscalls.Call) -> None:
        self._left -= 1
        if self._left == 0:
            if call.name == "write":
                with Path(call.path).open("ab") as torn:
                    torn.write(call.data[: len(call.data) // 2])
            os.kill(os.getpid(), signal.SIGKILL)


class Work:
    """The changes, and a plain model of what they should amount to."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._model: dict[str, list[str]] = {}

    def run(self) -> None:
        text = Article(
            "abcdefghjkmn", TEXT, Metadata("الحافلة"), Provenance("a", "", "0" * 64), 0, text_sha256(TEXT)
        )
        target = make_target(text, 6, 13)

        def add(body: str) -> Note:
            return store.add(target, body=body, tags=["نقل"])

        with NoteStore.open(self._path) as store:
            one = self.step({"one": ["نقل"]}, lambda: add("one"))
            two = self.step({"two": ["نقل"]}, lambda: add("two"))
            self.step({"two": None, "two, edited": ["نقل"]}, lambda: store.edit(two.id, body="two, edited"))
            self.step({"one": None}, lambda: store.delete(one.id), ["one"])
            self.step({"one": ["نقل"]}, store.undo)
        with NoteStore.open(self._path) as store:
            self.step({"one": ["مدرسة", "مطر"]}, lambda: store.edit(one.id, tags=["مدرسة", "مطر"]))
            self.step({"two, edited": None}, lambda: store.delete(two.id), ["two, edited"])
            self.step({"three": ["نقل"]}, lambda: add("three"), ["two, edited"])

    def step(
        self, change: dict[str, list[str] | None], act: Callable[[], _T], trash: Sequence[str] = ()
    ) -> _T:
        for body, tags in change.items():
            if tags is None:
                del self._model[body]
            else:
                self._model[body] = tags
        self._say({"begin": list(change), "after": sorted(self._model.items()), "trash": trash})
        result = act()
        self._say({"done": list(change)})
        return result

    @staticmethod
    def _say(line: dict[str, object]) -> None:
        print(json.dumps(line), flush=True)


def main(path: str, kill_at: str) -> None:
    syscalls.CHUNK = 600  # several writes even of a small file
    with syscalls.watched(Killer(int(kill_at))):
        Work(Path(path)).run()


if __name__ == "__main__":
    main(*sys.argv[1:])
