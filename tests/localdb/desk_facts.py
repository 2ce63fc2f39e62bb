# SPDX-License-Identifier: GPL-3.0-or-later
"""What a desk has told its clerk, and the check that its folder still holds it and agrees with itself everywhere."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from localdb import audit, outbox
from localdb.connection import Connection
from localdb.store import Store
from sync_agent.data_folder import DataFolder
from sync_agent.spool import Spool, Station

DRAFT, RECEIVED, ABANDONED = "draft", "received", "abandoned"


@dataclass(frozen=True)
class DossierFacts:
    """How one dossier stands.

    Attributes:
        state: ``draft``, ``received`` or ``abandoned``.
        fields: What was typed; a finished draft has none.
        papers: Number of papers handed in.
        code: Of a received dossier; None when it is not known yet which it will be.
    """

    state: str
    fields: Mapping[str, str] = field(default_factory=dict)
    papers: int = 0
    code: str | None = None

    def is_told_by(self, told: DossierFacts) -> bool:
        """Whether what is there is what was told."""
        return (self.state, self.fields, self.papers) == (told.state, told.fields, told.papers) and (
            told.code is None or self.code == told.code
        )


@dataclass(frozen=True)
class Intention:
    """What the desk was about to do; it may have happened whole, or not at all.

    Attributes:
        dossier_id: To which dossier; None for one that is not there yet.
        facts: How it will stand; None when no dossier changes.
    """

    dossier_id: str | None = None
    facts: DossierFacts | None = None


NOTHING = Intention()


def facts_of(store: Store) -> dict[str, DossierFacts]:
    """Read how every dossier stands."""
    with store.reading() as connection:
        typed: dict[str, dict[str, str]] = {}
        for dossier_id, name, value in connection.rows("SELECT dossier_id, field, value FROM draft_fields"):
            typed.setdefault(dossier_id, {})[name] = value
        papers: dict[str, int] = dict(connection.rows("SELECT dossier_id, count(*) FROM papers GROUP BY dossier_id"))
        rows = connection.rows(
            "SELECT dossier_id, coalesce(outcome, 'draft'), code FROM drafts LEFT JOIN dossiers USING (dossier_id)"
        )
    return {
        dossier_id: DossierFacts(state, typed.get(dossier_id, {}), papers.get(dossier_id, 0), code)
        for dossier_id, state, code in rows
    }


def compare(there: Mapping[str, DossierFacts], told: Mapping[str, DossierFacts], intention: Intention) -> list[str]:
    """Give what was told and is not there, and what is there and nobody did; empty when all is well."""
    wrong = []
    for dossier_id, facts in told.items():
        found = there.get(dossier_id)
        about_to = intention.facts if intention.dossier_id == dossier_id else None
        if found is None or not (found.is_told_by(facts) or (about_to and found.is_told_by(about_to))):
            wrong.append(f"told {facts}, found {found}")
    begun = [facts for dossier_id, facts in there.items() if dossier_id not in told]
    may_begin = intention.facts is not None and intention.dossier_id is None
    if begun and not (may_begin and len(begun) == 1 and intention.facts and begun[0].is_told_by(intention.facts)):
        wrong.append(f"nobody did {begun}")
    return wrong


def check_house(store: Store, folder: DataFolder, lost: Collection[str] = ()) -> None:
    """Check that database, objects, outbox, spool and audit trail agree with themselves and with each other.

    Args:
        store: The open store.
        folder: Its data folder.
        lost: Dossiers that a restore may have taken away; what was said of them may have come back from the envelopes.
    """
    check_store(store, lost)
    with store.reading() as connection:
        sealed = {row[0] for row in connection.rows("SELECT DISTINCT envelope_id FROM outbox") if row[0] is not None}
    spool = Spool(folder.spool)
    lying = {envelope.envelope_id for station in Station for envelope in spool.envelopes(station)}
    assert sealed <= lying, "an operation is marked as sealed and its envelope is not there"


def check_store(store: Store, lost: Collection[str] = ()) -> None:
    """Check that database, objects, outbox and audit trail agree with themselves and with each other."""
    # The check of the ciphertext reads the file alone. After a power cut in the middle of a checkpoint torn pages may
    # lie in it, whose good copies are in the write-ahead log.
    assert store._writer.rows("PRAGMA wal_checkpoint(TRUNCATE)")[0][0] == 0
    with store.reading() as connection:
        assert connection.rows("PRAGMA cipher_integrity_check") == []
        assert connection.rows("PRAGMA integrity_check") == [("ok",)]
        assert connection.rows("PRAGMA foreign_key_check") == []
        report = audit.verify(connection)
        assert report.chain_ok, report
        for (object_id,) in connection.rows("SELECT object_id FROM objects WHERE evicted_at IS NULL"):
            store.objects.read(connection, object_id)
        _check_outbox(connection)
        _check_receptions(connection, lost)


def _check_outbox(connection: Connection) -> None:
    ((operations,),) = connection.rows("SELECT count(*) FROM operations")
    assert connection.rows("SELECT count(*) FROM outbox") == [(operations,)]
    # What a former device told again may have been given to a later one since; it speaks no more.
    for device_id, count, last in connection.rows(
        """SELECT device_id, count(*), max(device_sequence) FROM (SELECT device_id, device_sequence FROM operations
            UNION ALL SELECT device_id, device_sequence FROM reissues)
            WHERE device_id IN (SELECT device_id FROM workstation) GROUP BY device_id"""
    ):
        assert count == last, f"{device_id} has a gap in its sequence"
    outbox.summary(connection)


def _check_receptions(connection: Connection, lost: Collection[str]) -> None:
    """Each received dossier came with its history, its audit entry, its operations and a number of its own."""
    received = {row[0] for row in connection.rows("SELECT dossier_id FROM dossiers")}
    closed = {row[0] for row in connection.rows("SELECT dossier_id FROM drafts WHERE outcome = 'received'")}
    assert received == closed
    for table, column, condition in (
        ("history", "dossier_id", "action = 'received'"),
        ("audit_entries", "subject_id", "action = 'dossier.received'"),
        ("operations", "dossier_id", "kind = 'dossier.received'"),
    ):
        rows = connection.rows(f"SELECT {column} FROM {table} WHERE {condition}")  # noqa: S608 - names above
        told = sorted(row[0] for row in rows if row[0] in received or table != "operations" or row[0] not in lost)
        assert told == sorted(received), table
    ((codes,),) = connection.rows("SELECT count(DISTINCT code) FROM dossiers")
    ((given,),) = connection.rows("SELECT coalesce(sum(last_number), 0) FROM code_numbers")
    assert codes == len(received) == given
