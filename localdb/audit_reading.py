# SPDX-License-Identifier: GPL-3.0-or-later
"""Reading the audit trail of a store that others work with: piece by piece, never holding anybody up."""

from __future__ import annotations

import csv
import enum
import io
import json
from collections.abc import Iterable, Iterator, Sequence

from localdb import audit_check, audit_trail
from localdb.audit_check import KnownEntry
from localdb.audit_findings import AuditReport
from localdb.audit_trail import AuditEntry
from localdb.moments import from_microseconds
from localdb.store import Store

_ENTRIES_AT_A_TIME = 1000
_COLUMNS = (
    *("number", "at", "actor_id", "action", "subject_id", "before_hash", "after_hash"),
    *("previous_hash", "entry_hash"),
)


class ExportForm(enum.StrEnum):
    """How an exported trail is written."""

    JSON_LINES = "jsonl"
    CSV = "csv"


def entries_of(store: Store) -> Iterator[AuditEntry]:
    """Give all entries of a store in order; those that are written meanwhile come too."""
    last = audit_trail.BEFORE_ALL
    while True:
        with store.reading() as connection:
            entries = audit_trail.entries_after(connection, last, _ENTRIES_AT_A_TIME)
        if not entries:
            return
        yield from entries
        last = entries[-1].number


def verify(store: Store, known: Sequence[KnownEntry] = ()) -> AuditReport:
    """Check the whole trail.

    Args:
        store: The open store.
        known: What anchors tell; see ``audit_anchors``.
    """
    return audit_check.check(entries_of(store), known)


def exported(entries: Iterable[AuditEntry], form: ExportForm) -> Iterator[bytes]:
    """Write entries for a reader outside: identities, moments, words of the code and hashes, nothing of a person.

    Yields:
        A piece for each entry, and one with the names of the columns before a CSV.
    """
    if form is ExportForm.CSV:
        yield _csv_line(_COLUMNS)
    for entry in entries:
        at, *told = entry.content
        values = (
            *(entry.number, from_microseconds(at).isoformat(), *told),
            *(entry.previous_hash.hex(), entry.entry_hash.hex()),
        )
        if form is ExportForm.CSV:
            yield _csv_line(values)
        else:
            yield json.dumps(dict(zip(_COLUMNS, values, strict=True)), ensure_ascii=False).encode() + b"\n"


def _csv_line(values: Sequence[object]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerow(values)
    return text.getvalue().encode()
