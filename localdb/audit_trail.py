# SPDX-License-Identifier: GPL-3.0-or-later
"""The form of an audit entry, and what its hash is of.

An entry's hash is SHA-256 over the hash of the entry before (32 zero bytes for the first) and the canonical JSON of
its number and its content.
"""

from __future__ import annotations

import hashlib
from typing import NamedTuple

from localdb import canonical
from localdb.connection import Connection

FIRST_HASH = bytes(32)
"""What stands for the hash before the first entry."""

BEFORE_ALL = -(2**63)

Content = tuple[int, str, str, str, str, str]
"""Moment in microseconds, actor, action, subject, hash before, hash after."""


class AuditEntry(NamedTuple):
    """An entry as it lies in the table; a named tuple, because a check makes a million of them.

    Attributes:
        number: Its place, from 1.
        content: What it tells.
        previous_hash: Hash of the entry before, as this one has it.
        entry_hash: Its own.
    """

    number: int
    content: Content
    previous_hash: bytes
    entry_hash: bytes

    def fits(self, number: int) -> bool:
        """Tell whether its hash is right if it was written as this number."""
        return self.entry_hash == hash_of(self.previous_hash, number, self.content)


def hash_of(previous_hash: bytes, number: int, content: Content) -> bytes:
    """Give the hash of an entry."""
    return hashlib.sha256(previous_hash + canonical.encode([number, *content])).digest()


def entries_after(connection: Connection, number: int, limit: int) -> list[AuditEntry]:
    """Give the next entries after a number, in order."""
    rows = connection.rows(
        """SELECT number, at, actor_id, action, subject_id, before_hash, after_hash, previous_hash, entry_hash
            FROM audit_entries WHERE number > ? ORDER BY number LIMIT ?""",
        (number, limit),
    )
    return [AuditEntry(row[0], row[1:7], row[7], row[8]) for row in rows]
