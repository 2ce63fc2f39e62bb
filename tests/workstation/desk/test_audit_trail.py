# SPDX-License-Identifier: GPL-3.0-or-later
"""The audit trail: anchored once a day, checked against a witness, exported without anything of a person."""

from __future__ import annotations

import csv
import dataclasses
import datetime as dt
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from casework.errors import KnownError
from casework.records.audit_anchor import AuditAnchor
from casework.records.operation import OperationKind
from demo.people import FATHER
from localdb import audit_anchors, identity, outbox, persons, record_hash
from localdb.audit_findings import Finding, FindingKind
from localdb.connection import Connection
from sync_agent import desk_keys
from sync_agent.wire import audit_anchor, audit_witness
from sync_agent.wire.audit_witness import Witness
from sync_agent.wire.enrolment import Enrolment
from tests.workstation.desk.counter import Hand, enrolment, ready, sign_in_at
from workstation.desk.anchor_audit import AnchorAudit, anchor_audit, is_due
from workstation.desk.desk_folder import DeskFolder
from workstation.desk.export_audit import ExportForm, export_audit
from workstation.desk.list_dossiers import show_dossier
from workstation.desk.receive_dossier import receive_dossier
from workstation.desk.session import DeskSession
from workstation.desk.verify_audit import verify_audit

GATEWAY = Ed25519PrivateKey.generate()


@pytest.fixture
def session(folder: DeskFolder, clock: Hand) -> Iterator[DeskSession]:
    """A desk whose gateway the test can speak for."""
    known = Enrolment.from_json(enrolment())
    issued = dataclasses.replace(known, gateway_sign_public=GATEWAY.public_key().public_bytes_raw())
    session = sign_in_at(folder, clock, issued.to_json())
    yield session
    session.close()


def anchor_now(session: DeskSession) -> bool:
    return anchor_audit(session.store, desk_keys.load(session.store, session.folder).signer, session.clock())


def anchors(session: DeskSession) -> list[AuditAnchor]:
    with session.store.reading() as connection:
        return audit_anchors.everything(connection)


def witness_file(session: DeskSession, lineage: str = "", signer: Ed25519PrivateKey = GATEWAY) -> bytes:
    """What the gateway would testify."""
    own = lineage or session.workstation.device_id
    return audit_witness.sign(Witness(own, session.clock(), tuple(anchors(session))), signer)


CUT = "DELETE FROM audit_entries WHERE number >= ?"


def tamper(session: DeskSession, *statements: str, number: int | None = None) -> None:
    """What somebody with the key and another program could do."""
    with session.store.transaction() as connection:
        for trigger in ("never_change", "never_go"):
            connection.execute(f"DROP TRIGGER audit_entries_{trigger}")
            connection.execute(f"DROP TRIGGER audit_anchors_{trigger}")
        for statement in statements:
            connection.execute(statement, () if number is None or "?" not in statement else (number,))


def last_entry(connection: Connection) -> tuple[str, str, str, str]:
    ((action, subject, before, after),) = connection.rows(
        "SELECT action, subject_id, before_hash, after_hash FROM audit_entries ORDER BY number DESC LIMIT 1"
    )
    return action, subject, before, after


def test_a_day_is_anchored_once_and_the_gateway_is_told(session: DeskSession, clock: Hand) -> None:
    job = AnchorAudit(session.store, session.folder)
    for _ in range(3):
        assert job.run_slice(clock()) is False
    (anchor,) = anchors(session)
    assert audit_anchor.is_signed_by(
        anchor, desk_keys.load(session.store, session.folder).signer.public_key().public_bytes_raw()
    )
    with session.store.reading() as connection:
        told = outbox.unsealed(connection, 100)[-1]
    assert told.kind is OperationKind.AUDIT_ANCHORED
    assert audit_anchor.from_operation(told) == anchor
    show_dossier(session, receive_dossier(session, ready(session)).dossier.dossier_id)
    assert not is_due(session.store, clock())
    clock.go_on(days=1)
    assert is_due(session.store, clock())
    assert anchor_now(session)
    assert [each.day for each in anchors(session)] == [anchor.day, anchor.day + dt.timedelta(days=1)]


@pytest.mark.parametrize("years", [-2, 2])
def test_a_clock_that_is_off_by_years_keeps_the_anchors_in_order(session: DeskSession, clock: Hand, years: int) -> None:
    anchor_now(session)
    clock.go_on(days=365 * years)
    export_audit(session, session.folder.root / "first")
    assert anchor_now(session)
    clock.go_on(days=-365 * years + 1)
    export_audit(session, session.folder.root / "second")
    assert anchor_now(session)
    numbers = [each.entry_number for each in anchors(session)]
    assert numbers == sorted(numbers)
    assert verify_audit(session, witness_file(session)).chain_ok


def test_a_store_that_is_nobody_anchors_nothing(session: DeskSession, clock: Hand) -> None:
    with session.store.transaction() as connection:
        identity.retire(connection, clock())
    assert AnchorAudit(session.store, session.folder).run_slice(clock()) is False
    assert anchors(session) == []


def test_an_untouched_trail_is_whole_and_the_check_is_in_it(session: DeskSession) -> None:
    anchor_now(session)
    report = verify_audit(session, witness_file(session))
    assert (report.chain_ok, report.anchors) == (True, 1)
    with session.store.reading() as connection:
        assert last_entry(connection)[0] == "audit.verified"
    assert verify_audit(session).entries == report.entries + 1


def test_a_cut_off_end_is_named_by_the_witness_alone(session: DeskSession) -> None:
    export_audit(session, session.folder.root / "trail")
    anchor_now(session)
    testimony = witness_file(session)
    (anchor,) = anchors(session)
    tamper(session, CUT, "DELETE FROM audit_anchors", number=anchor.entry_number)
    assert verify_audit(session).chain_ok, "who cuts off the end takes the anchors along"
    with session.store.transaction() as connection:
        connection.execute(CUT, (anchor.entry_number,))
    assert verify_audit(session, testimony).findings == (
        Finding(FindingKind.CUT_OFF, anchor.entry_number, anchor.entry_number),
    )


def test_a_damaged_trail_is_told_in_the_trail(session: DeskSession) -> None:
    tamper(session, "UPDATE audit_entries SET actor_id = 'mallory' WHERE number = 2")
    assert verify_audit(session).findings == (Finding(FindingKind.CHANGED, 2, 2),)
    with session.store.reading() as connection:
        assert last_entry(connection)[0] == "audit.found-damaged"


def test_only_the_own_gateway_and_about_this_desk_is_a_witness(session: DeskSession) -> None:
    for file, code in [
        (witness_file(session, signer=Ed25519PrivateKey.generate()), "witness-signature"),
        (witness_file(session, lineage="another"), "witness-of-another"),
        (b"not json", "witness-damaged"),
    ]:
        with pytest.raises(KnownError, match=code):
            verify_audit(session, file)


@pytest.mark.parametrize("form", list(ExportForm))
def test_the_exported_trail_is_whole_and_names_nobody(session: DeskSession, tmp_path: Path, form: ExportForm) -> None:
    received = receive_dossier(session, ready(session))
    show_dossier(session, received.dossier.dossier_id)
    target = tmp_path / "trail"
    count = export_audit(session, target, form)
    text = target.read_text("utf-8")
    entries = (
        [json.loads(line) for line in text.splitlines()]
        if form is ExportForm.JSON_LINES
        else list(csv.DictReader(io.StringIO(text)))
    )
    assert len(entries) == count
    assert [int(entry["number"]) for entry in entries] == list(range(1, count + 1))
    assert entries[-1]["action"] == "audit.exported"
    for private in (FATHER.full_name, FATHER.personal_number, session.clerk.full_name, received.dossier.code):
        assert private not in text
    with pytest.raises(KnownError, match="file-exists"):
        export_audit(session, target, form)


def test_what_a_record_was_is_proven_without_being_told(session: DeskSession) -> None:
    receive_dossier(session, ready(session))
    with session.store.reading() as connection:
        person = persons.with_id_number(connection, FATHER.personal_number)
    assert person is not None
    with session.store.transaction() as connection:
        hashed = record_hash.of(connection, person)
        assert (
            record_hash.of(connection, person) == hashed != record_hash.of(connection, {"id": FATHER.personal_number})
        )
        assert (len(hashed), record_hash.of(connection, None)) == (64, "")
        ((after,),) = connection.rows("SELECT after_hash FROM audit_entries WHERE action = 'dossier.received'")
    assert len(after) == 64


def test_two_stores_hash_the_same_record_differently(session: DeskSession, tmp_path: Path, clock: Hand) -> None:
    other = sign_in_at(DeskFolder(tmp_path / "other"), clock, enrolment("0b1f8a52-8a3e-4c58-9d6e-1f2b3c4d5e70"))
    hashes = []
    for each in (session, other):
        with each.store.transaction() as connection:
            hashes.append(record_hash.of(connection, {"id_number": FATHER.personal_number}))
    other.close()
    assert hashes[0] != hashes[1]
