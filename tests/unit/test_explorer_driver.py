"""What is written to a terminal that is gone."""

from __future__ import annotations

import os
import pty
import threading

from textual.drivers._writer_thread import WriterThread

from kashaf_tui.explorer.driver import LastingFile


def test_the_writing_thread_outlives_the_terminal() -> None:
    master, slave = pty.openpty()
    os.close(master)
    with os.fdopen(os.dup(slave), "w", encoding="utf-8") as file:
        writer = WriterThread(LastingFile(file))  # type: ignore[arg-type]
        writer.start()

        def draw() -> None:
            for _ in range(200):  # far more than wait in the thread's queue
                writer.write("\x1b[H" + "x" * 5000)
            writer.stop()

        drawing = threading.Thread(target=draw, daemon=True)
        drawing.start()
        drawing.join(20)
        assert not drawing.is_alive()
        assert not writer.is_alive()
    os.close(slave)
