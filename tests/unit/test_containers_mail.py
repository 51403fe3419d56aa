"""Mailboxes: where one message ends and the next begins."""

from __future__ import annotations

import gzip
import mailbox
from email.message import EmailMessage
from pathlib import Path

import pytest
from tests.container_support import all_of, files_of

from kashaf.corpus.containers import is_container

START = b"From press@example.org Thu Nov 20 10:00:00 2026\n"
MAIL = "Subject: خبر\nFrom: press@example.org\n\nنص الرسالة.\n".encode()


def test_each_message_is_a_file(tmp_path: Path) -> None:
    data = START + MAIL + b"\n" + START + MAIL * 2 + b"\n"
    assert files_of(all_of(tmp_path, "m.mbox", data)) == {
        "m.mbox/1.eml": MAIL,
        "m.mbox/2.eml": MAIL * 2,
    }
    assert files_of(all_of(tmp_path, "m.mbox.gz", gzip.compress(data))) == {
        "m.mbox.gz/1.eml": MAIL,
        "m.mbox.gz/2.eml": MAIL * 2,
    }


@pytest.mark.parametrize(
    "start",
    [
        b"From - Thu Nov 20 10:00:00 2026\n",
        b"From 1823@xxx Thu Nov 20 10:00:00 +0000 2026\r\n",
        b"From MAILER-DAEMON Thu Nov  2 10:00 UTC 2026\n",
        b"From a@b.example  Thu Nov 20 10:00:00 2026 +0300\n",
    ],
)
def test_the_usual_first_lines_are_known(tmp_path: Path, start: bytes) -> None:
    assert len(files_of(all_of(tmp_path, "m", start + MAIL + b"\n" + start + MAIL))) == 2


def test_a_quoted_from_is_given_back_and_an_unquoted_one_is_text(tmp_path: Path) -> None:
    body = (
        b"Subject: x\n\nFrom the minister\n>From Cairo\n\n>>From Sanaa\n"
        + START[:-1]
        + b" no blank line before\n"
    )
    ((_, read),) = files_of(all_of(tmp_path, "m", START + body)).items()
    assert read == body.replace(b">From Cairo", b"From Cairo").replace(b">>From", b">From")


@pytest.mark.parametrize("size", [*range(64_450, 64_560, 13), *range(65_480, 65_560, 13), 300_000])
@pytest.mark.parametrize("filler", [b"x", b"x" * 70 + b"\n", b">From "])
def test_it_does_not_matter_where_a_piece_ends(tmp_path: Path, size: int, filler: bytes) -> None:
    body = b"Subject: x\n\n" + (filler * (size // len(filler) + 1))[:size] + b"\n>From \n\nend\n"
    read = list(files_of(all_of(tmp_path, "m", (START + body + b"\n") * 2)).values())
    assert read == [body.replace(b"\n>From", b"\nFrom")] * 2


def test_it_reads_what_the_standard_library_writes(tmp_path: Path) -> None:
    box = mailbox.mbox(tmp_path / "box")
    for number in range(20):
        message = EmailMessage()
        message["Subject"] = f"خبر {number}"
        message.set_content(f"From here on {number}\n\nFrom there\n")
        box.add(message)
    box.close()
    data = (tmp_path / "box").read_bytes()
    assert is_container(tmp_path / "box")
    read = list(files_of(all_of(tmp_path, "m", data)).values())
    assert len(read) == 20
    assert all(b"\nFrom there\n" in one for one in read)


def test_a_text_that_begins_with_from_is_no_mailbox(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(START + b"The news of the day\n")
    assert not is_container(path)
