# SPDX-License-Identifier: GPL-3.0-or-later
"""The audit trail: who did what to what and when, each entry bound to the one before by its hash.

Each entry keeps the hash of the one before, and its own, which covers that; see ``audit_trail`` and ``audit_check``.
That the end was cut off is known only to somebody who has seen it: once a day, soon after the
first sign-in, it is anchored, and the gateway told.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from localdb import audit_check, audit_trail
from localdb.audit_check import KnownEntry
from localdb.audit_findings import AuditReport
from localdb.audit_trail import AuditEntry
from localdb.connection import Connection
from localdb.moments import to_microseconds

_ENTRIES_AT_A_TIME = 1000


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
        actor_id: ``clerk_id``; ``desk`` or ``background`` for what the program did by itself; ``portal`` for what came
            from there; ``recovery-sheet``, ``escrow`` or ``clerk-lost`` for somebody who opened a store that could not
            tell who it is.
        action: What was done, a word of the code, e.g. ``dossier.received``.
        subject_id: Identity of what it was done to; never a name or a number of a person.
        before_hash: Of the subject before, from ``record_hash``, or empty. Also the identity of an object or a clerk,
            or the SHA-256 of something that nobody could guess or that is no secret.
        after_hash: Of the subject after, in the same way.
    """
    last = connection.row("SELECT number, entry_hash FROM audit_entries ORDER BY number DESC LIMIT 1")
    number, previous = (last[0] + 1, last[1]) if last else (1, audit_trail.FIRST_HASH)
    content = (to_microseconds(at), actor_id, action, subject_id, before_hash, after_hash)
    connection.execute(
        """INSERT INTO audit_entries (number, at, actor_id, action, subject_id, before_hash, after_hash, previous_hash,
            entry_hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        (number, *content, previous, audit_trail.hash_of(previous, number, content)),
    )


def verify(connection: Connection, known: Sequence[KnownEntry] = ()) -> AuditReport:
    """Check the whole trail.

    Args:
        connection: Reads one snapshot all the while; for a long trail beside others at work see ``audit_reading``.
        known: What anchors tell; see ``audit_anchors``.
    """
    return audit_check.check(_all_entries(connection), known)


def _all_entries(connection: Connection) -> Iterator[AuditEntry]:
    last = audit_trail.BEFORE_ALL
    while entries := audit_trail.entries_after(connection, last, _ENTRIES_AT_A_TIME):
        yield from entries
        last = entries[-1].number
