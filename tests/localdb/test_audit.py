# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import contextlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casework.errors import BugError
from localdb import audit
from localdb.audit_findings import AuditReport, Finding, FindingKind
from localdb.store import Store
from tests.localdb import samples

COUNT = 12
CHANGES = [
    "UPDATE audit_entries SET at = at + 1 WHERE number = ?",
    "UPDATE audit_entries SET actor_id = 'mallory' WHERE number = ?",
    "UPDATE audit_entries SET action = 'nothing' WHERE number = ?",
    "UPDATE audit_entries SET subject_id = subject_id || 'x' WHERE number = ?",
    "UPDATE audit_entries SET before_hash = after_hash WHERE number = ?",
    "UPDATE audit_entries SET after_hash = '' WHERE number = ?",
    "UPDATE audit_entries SET entry_hash = zeroblob(32) WHERE number = ?",
    "UPDATE audit_entries SET previous_hash = randomblob(32) WHERE number = ?",
]
RENUMBER = "UPDATE audit_entries SET number = ? WHERE number = ?"


def fill(store: Store, count: int = COUNT) -> None:
    with store.transaction() as connection:
        for number in range(count):
            audit.append(
                connection,
                at=samples.NOON,
                actor_id=samples.CLERK.clerk_id,
                action="dossier.received",
                subject_id=f"dossier-{number}",
                before_hash="",
                after_hash=f"{number:064x}",
            )


def found(entries: int, kind: FindingKind, number: int) -> AuditReport:
    return AuditReport(entries, (Finding(kind, number, number),))


class Undo(Exception):
    pass


def tamper(store: Store, *statements: tuple[str, tuple[int, ...]]) -> AuditReport:
    """Do what somebody with the key and another program could do, look, and undo it."""
    report = None
    with contextlib.suppress(Undo), store.transaction() as connection:
        connection.execute("DROP TRIGGER audit_entries_never_change")
        connection.execute("DROP TRIGGER audit_entries_never_go")
        for sql, parameters in statements:
            connection.execute(sql, parameters)
        report = audit.verify(connection)
        raise Undo
    assert report is not None
    return report


def test_an_untouched_trail_is_whole(store: Store) -> None:
    with store.reading() as connection:
        assert audit.verify(connection) == AuditReport(0)
    fill(store)
    with store.reading() as connection:
        assert audit.verify(connection) == AuditReport(COUNT)


def test_a_long_trail_is_checked_to_its_end(store: Store) -> None:
    for _ in range(5):
        fill(store, 450)
    assert tamper(store, (CHANGES[0], (2250,))) == found(2250, FindingKind.CHANGED, 2250)


@pytest.mark.parametrize("sql", CHANGES)
@pytest.mark.parametrize("number", [1, 7, COUNT])
def test_a_changed_entry_is_named(store: Store, sql: str, number: int) -> None:
    fill(store)
    assert tamper(store, (sql, (number,))) == found(COUNT, FindingKind.CHANGED, number)


@pytest.mark.parametrize("number", [1, 2, COUNT - 1])
def test_a_removed_entry_is_named(store: Store, number: int) -> None:
    fill(store)
    removal = ("DELETE FROM audit_entries WHERE number = ?", (number,))
    closing_up = ("UPDATE audit_entries SET number = number - 1 WHERE number > ?", (number,))
    assert tamper(store, removal) == found(COUNT - 1, FindingKind.REMOVED, number)
    assert tamper(store, removal, closing_up) == found(COUNT - 1, FindingKind.REMOVED, number)


@given(st.integers(1, COUNT), st.integers(1, COUNT))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
def test_exchanged_entries_are_named(store: Store, first: int, second: int) -> None:
    with store.reading() as connection:
        empty = connection.row("SELECT 1 FROM audit_entries") is None
    if empty:
        fill(store)
    report = tamper(store, (RENUMBER, (1000, first)), (RENUMBER, (first, second)), (RENUMBER, (second, 1000)))
    moved = [Finding(FindingKind.REORDERED, *(to, to, origin)) for to, origin in ((first, second), (second, first))]
    moved.sort(key=lambda finding: finding.first)
    assert report == AuditReport(COUNT, () if first == second else tuple(moved))


def test_an_inserted_entry_is_named(store: Store) -> None:
    fill(store)
    copy = """INSERT INTO audit_entries
        SELECT 6, at, actor_id, action, 'x', '', '', previous_hash, entry_hash FROM audit_entries WHERE number = 5"""
    report = tamper(
        store,
        ("UPDATE audit_entries SET number = number + 1000 WHERE number > ?", (5,)),
        ("UPDATE audit_entries SET number = number - 999 WHERE number > ?", (1000,)),
        (copy, ()),
    )
    assert report == found(COUNT + 1, FindingKind.INSERTED, 6)


def test_an_entry_slipped_in_before_the_first_is_named(store: Store) -> None:
    fill(store)
    copy = """INSERT INTO audit_entries
        SELECT -7, at, actor_id, action, 'x', '', '', previous_hash, entry_hash FROM audit_entries WHERE number = 1"""
    report = tamper(store, ("PRAGMA ignore_check_constraints = ON", ()), (copy, ()))
    assert report == found(COUNT + 1, FindingKind.INSERTED, -7)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE audit_entries SET action = 'x'",
        "DELETE FROM audit_entries",
        "DELETE FROM audit_entries WHERE number = 12",
        "REPLACE INTO audit_entries SELECT * FROM audit_entries WHERE number = 3",
    ],
)
def test_the_database_itself_refuses_to_change_the_trail(store: Store, sql: str) -> None:
    fill(store)
    with pytest.raises(BugError), store.transaction() as connection:
        connection.execute(sql)
    with store.reading() as connection:
        assert audit.verify(connection) == AuditReport(COUNT)


def test_the_form_of_an_entry_never_changes(store: Store) -> None:
    with store.transaction() as connection:
        audit.append(connection, at=samples.NOON, actor_id="c", action="a", subject_id="Đ", after_hash="00")
        row = connection.row("SELECT hex(entry_hash) FROM audit_entries")
    assert row == ("1F7C1134CB44993E2A6C7DAF2D1DED1CCB033E5D63DA832CBA7FC731B377A4FA",)
