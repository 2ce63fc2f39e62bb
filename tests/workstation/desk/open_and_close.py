# SPDX-License-Identifier: GPL-3.0-or-later
"""A desk that is opened, used a little and closed, so that somebody can look what stays in its memory.

``python -m tests.workstation.desk.open_and_close FOLDER`` reads the password from standard input (one line), prints
``open``, waits for a line, closes the desk, prints ``closed`` and waits for the end of standard input.
"""

from __future__ import annotations

import gc
import os
import sys
import time
from pathlib import Path

from tests.workstation.desk.counter import CLERK, MONDAY_MORNING, Hand
from workstation.desk.background_program import start_background
from workstation.desk.desk_folder import DeskFolder
from workstation.desk.keep_draft import DraftField, keep_fields, start_draft
from workstation.desk.search_dossiers import search_dossiers
from workstation.desk.session import DeskSession
from workstation.desk.sign_in import sign_in


def work(session: DeskSession) -> None:
    """Write, read, and store a page, so that every connection has been used."""
    draft, _ = start_draft(session)
    keep_fields(session, draft.dossier_id, {DraftField.FULL_NAME: "Nguyễn Thị Ánh Đào"})
    session.store.objects.write(os.urandom(300_000), "image/jpeg", session.random_bytes)
    with session.store.reading() as connection:
        connection.rows("SELECT * FROM drafts")


def search_until_there_is_an_index(session: DeskSession) -> None:
    """Wait for the index that the background program makes, so that its connection has been used as well."""
    patience = time.monotonic() + 60
    while not session.store.search_file.identity and time.monotonic() < patience:
        time.sleep(0.05)
    search_dossiers(session, "ánh đào")


def main() -> None:
    """Open, work, close; see the module."""
    typed = bytearray(200)
    # Past Python's own buffers, which nobody wipes.
    length = os.readv(0, [typed])
    session = sign_in(
        DeskFolder(Path(sys.argv[1])),
        CLERK.login,
        typed[:length].decode().rstrip("\n"),
        clock=Hand(MONDAY_MORNING),
        random_bytes=os.urandom,
    )
    typed[:] = bytes(len(typed))
    work(session)
    background = start_background(session)
    search_until_there_is_an_index(session)
    print("open", flush=True)  # noqa: T201 - what the parent waits for
    sys.stdin.buffer.readline()
    background.stop()
    session.close()
    del session
    gc.collect()
    print("closed", flush=True)  # noqa: T201 - what the parent waits for
    sys.stdin.buffer.read()


if __name__ == "__main__":
    main()
