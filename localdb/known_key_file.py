# SPDX-License-Identifier: GPL-3.0-or-later
"""What the database knows of its key file: the last change.

A key file of before that change, put back by whoever can write into the folder, would let people in who were revoked.
The file is written first and the database told after. A crash in between leaves a key file that is newer than
what is known here, which is as it should be.
"""

from __future__ import annotations

from casework.errors import KnownError
from localdb.connection import Connection


def revision(connection: Connection) -> int:
    """Give the last revision that was noted; 0 when none was."""
    row = connection.row("SELECT revision FROM known_key_file")
    return int(row[0]) if row else 0


def check(connection: Connection, found: int) -> None:
    """See that a key file is none that was put back.

    Raises:
        KnownError: ``key-file-put-back`` (details ``found``, ``known``).
    """
    known = revision(connection)
    if found < known:
        raise KnownError("key-file-put-back", found=str(found), known=str(known))


def note(connection: Connection, found: int) -> None:
    """Note the revision of the key file, after it was written."""
    connection.execute("UPDATE known_key_file SET revision = max(revision, ?)", (found,))
