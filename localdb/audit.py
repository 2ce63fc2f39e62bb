# SPDX-License-Identifier: GPL-3.0-or-later
"""The audit trail: who did what to what and when, each entry bound to the one before by its hash.

An entry's hash is SHA-256 over the hash of the entry before (32 zero bytes for the first) and the canonical JSON of
its own content with its number. A changed entry breaks its own hash, a missing or moved one the next. That the end was
cut off is known only to somebody who has seen the end.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass

from localdb import canonical
from localdb.connection import Connection
from localdb.moments import to_microseconds

_FIRST = bytes(32)
_BEFORE_ALL = -(2**63)
_ENTRIES_AT_A_TIME = 1000


@dataclass(frozen=True, slots=True)
class AuditReport:
    """What a check of the trail found.

    Attributes:
        entries: Number of entries in the trail.
        chain_ok: Whether every entry follows from the one before.
        first_bad: Number of the first entry that is changed, missing or out of place; None when there is none.
    """

    entries: int
    chain_ok: bool
    first_bad: int | None


def append(
    connection: Connection,
    *,
    at: dt.datetime,
    actor_id: str,
    action: str,
    subject_id: str,
    before_hash: str = "",
    after_hash: str = "",
) -> None:
    """Write an entry, in the transaction of what it tells.

    Args:
        connection: Where to write.
        at: Aware date and time.
        actor_id: ``clerk_id``, or ``portal`` or ``gateway``.
        action: What was done, a word of the code, e.g. ``dossier.received``.
        subject_id: Identity of what it was done to; never a name or a number of a person.
        before_hash: Hash of the subject before, or empty.
        after_hash: Hash of the subject after, or empty.
    """
    last = connection.row("SELECT number, entry_hash FROM audit_entries ORDER BY number DESC LIMIT 1")
    number, previous = (last[0] + 1, last[1]) if last else (1, _FIRST)
    content = (to_microseconds(at), actor_id, action, subject_id, before_hash, after_hash)
    connection.execute(
        """INSERT INTO audit_entries (number, at, actor_id, action, subject_id, before_hash, after_hash, previous_hash,
            entry_hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        (number, *content, previous, _entry_hash(previous, number, *content)),
    )


def verify(connection: Connection) -> AuditReport:
    """Check the whole trail."""
    entries = int(connection.rows("SELECT count(*) FROM audit_entries")[0][0])
    previous, expected, last = _FIRST, 1, _BEFORE_ALL
    while rows := connection.rows(
        """SELECT number, at, actor_id, action, subject_id, before_hash, after_hash, entry_hash FROM audit_entries
            WHERE number > ? ORDER BY number LIMIT ?""",
        (last, _ENTRIES_AT_A_TIME),
    ):
        for number, *content, entry_hash in rows:
            if entry_hash != _entry_hash(previous, number, *content):
                return AuditReport(entries, False, expected)
            previous = entry_hash
            expected += 1
        last = rows[-1][0]
    return AuditReport(entries, True, None)


def _entry_hash(previous: bytes, number: int, *content: int | str) -> bytes:
    return hashlib.sha256(previous + canonical.encode([number, *content])).digest()
