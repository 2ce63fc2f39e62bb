# SPDX-License-Identifier: GPL-3.0-or-later
"""What the clerks of this desk taught about classes of papers: a few bytes for each version of the model.

No personal data: they are sketches of forms, from which nothing can be read back (``scanning.classify.sketch``).
"""

from __future__ import annotations

import datetime as dt

from localdb.connection import Connection
from localdb.moments import to_microseconds


def load(connection: Connection, model_version: str) -> bytes:
    """Give what was taught on top of a version of the model; empty when nothing was."""
    row = connection.row("SELECT content FROM class_corrections WHERE model_version = ?", (model_version,))
    return bytes(row[0]) if row else b""


def save(connection: Connection, model_version: str, content: bytes, at: dt.datetime) -> None:
    """Keep what was taught, in the place of what was kept before for this version of the model."""
    connection.execute(
        """INSERT INTO class_corrections VALUES (?, ?, ?) ON CONFLICT (model_version) DO UPDATE
            SET content = excluded.content, changed_at = excluded.changed_at""",
        (model_version, content, to_microseconds(at)),
    )


def forget(connection: Connection) -> None:
    """Forget everything that was taught, for every version of the model."""
    connection.execute("DELETE FROM class_corrections")
