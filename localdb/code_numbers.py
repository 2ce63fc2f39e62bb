# SPDX-License-Identifier: GPL-3.0-or-later
"""The running numbers of this workstation's dossier codes, day by day."""

from __future__ import annotations

import datetime as dt

from localdb.connection import Connection


def next_number(connection: Connection, day: dt.date) -> int:
    """Take the next number of a day, from 1.

    It is used up when the transaction is committed, and free again when it is not.
    """
    row = connection.row(
        """INSERT INTO code_numbers (day, last_number) VALUES (?, 1)
            ON CONFLICT (day) DO UPDATE SET last_number = last_number + 1 RETURNING last_number""",
        (day.isoformat(),),
    )
    return int(row[0]) if row else 0
