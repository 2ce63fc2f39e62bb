# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import dataclasses
import json
import os
import random
from pathlib import Path

import pytest

from casework.errors import KnownError
from casework.records.workplace import Role
from demo.people import FATHER, MOTHER
from localdb import dossiers
from tests.localdb.keys_only import open_with_password
from tests.localdb.torn_store import damage, whereabouts
from tests.workstation.desk import drill
from tests.workstation.desk.counter import CHEAP, CLERK, PASSWORD, Hand, ready
from workstation.desk.add_clerk import NewClerk, add_clerk
from workstation.desk.desk_folder import DeskFolder
from workstation.desk.list_dossiers import list_dossiers, show_dossier
from workstation.desk.receive_dossier import receive_dossier
from workstation.desk.recover_store import RecoveryWords, recover_store
from workstation.desk.repair_store import as_document, repair_store
from workstation.desk.restore_store import ClerkPassword, list_snapshots
from workstation.desk.revoke_clerk import revoke_clerk
from workstation.desk.session import DeskSession
from workstation.desk.sign_in import sign_in

HERS = ClerkPassword(CLERK.login, PASSWORD)
COLLEAGUE = NewClerk("binh", "Phạm Văn Bình", frozenset({Role.CLERK}), "mật khẩu của tôi")


def tear(folder: DeskFolder, *tables: str) -> None:
    """Damage the pages that the rows of some tables lie on."""
    database = folder.root / "desk.db"
    keys = open_with_password(folder.key_file, CLERK.login, PASSWORD)
    places = whereabouts(database, keys)
    damage(database, {page for table in tables for page, _ in places[table].values()}, random.Random(5))


def test_a_clerk_finds_her_dossiers_after_a_repair_and_the_trail_tells_of_it(session: DeskSession, clock: Hand) -> None:
    for citizen in (FATHER, MOTHER):
        receive_dossier(session, ready(session, citizen))
    session.close()
    tear(session.folder, "persons")
    report = repair_store(session.folder, HERS, clock=clock, random_bytes=os.urandom)
    assert not report.needs_enrolment
    again = sign_in(session.folder, CLERK.login, PASSWORD, clock=clock, random_bytes=os.urandom)
    with again.store.reading() as connection:
        entries = connection.rows("SELECT actor_id, subject_id FROM audit_entries WHERE action = 'store.repaired'")
    assert entries == [(again.clerk.clerk_id, report.kept_aside.stem)]
    receive_dossier(again, ready(again))
    again.close()


def test_what_was_told_to_the_gateway_is_told_to_the_clerk_again(session: DeskSession, clock: Hand) -> None:
    received = [receive_dossier(session, ready(session, citizen)) for citizen in (FATHER, MOTHER)]
    before = [show_dossier(session, each.dossier.dossier_id) for each in received]
    session.close()
    tear(session.folder, "persons", "dossiers", "papers", "history")
    report = repair_store(session.folder, HERS, clock=clock, random_bytes=os.urandom)
    assert len(report.mending.retold) == 2 + 2 + sum(len(each.papers) for each in received) + 2
    assert report.mending.stand_ins == ()
    again = sign_in(session.folder, CLERK.login, PASSWORD, clock=clock, random_bytes=os.urandom)
    for sheet in before:
        told = show_dossier(again, sheet.dossier.dossier_id)
        assert told.dossier == sheet.dossier
        # The day of issue of the card is not told to the gateway.
        assert told.applicant == dataclasses.replace(sheet.applicant, id_issued_on=None)
        assert told.papers == sheet.papers
        assert told.history == sheet.history
    again.close()


def test_lost_rows_come_back_from_a_snapshot(session: DeskSession, clock: Hand, tmp_path: Path) -> None:
    drill.choose_place(session, tmp_path / "disk")
    for citizen in (FATHER, MOTHER):
        receive_dossier(session, ready(session, citizen))
    names = {row.applicant_name for row in list_dossiers(session)}
    drill.snapshot(session)
    session.close()
    tear(session.folder, "persons", "history")
    snapshots = list_snapshots(tmp_path / "disk")
    report = repair_store(session.folder, HERS, snapshots=snapshots, clock=clock, random_bytes=os.urandom)
    assert sum(len(table.filled) for table in report.tables) == 4
    again = sign_in(session.folder, CLERK.login, PASSWORD, clock=clock, random_bytes=os.urandom)
    assert {row.applicant_name for row in list_dossiers(again)} == names
    again.close()
    assert not (session.folder.root / "repairing").exists()


def test_who_may_not_repair_changes_nothing(session: DeskSession, clock: Hand) -> None:
    add_clerk(session, COLLEAGUE, cost=CHEAP)
    receive_dossier(session, ready(session))
    session.close()
    tear(session.folder, "persons")
    before = (session.folder.root / "desk.db").read_bytes()
    with pytest.raises(KnownError, match="not-allowed"):
        repair_store(
            session.folder, ClerkPassword(COLLEAGUE.login, COLLEAGUE.password), clock=clock, random_bytes=os.urandom
        )
    assert (session.folder.root / "desk.db").read_bytes() == before


def test_a_desk_that_lost_its_people_is_repaired_with_the_recovery_sheet(session: DeskSession, clock: Hand) -> None:
    words = RecoveryWords(" ".join(session.key_file.make_recovery_words(clock())))
    received = receive_dossier(session, ready(session))
    session.close()
    tear(session.folder, "clerks", "clerk_roles")
    report = repair_store(session.folder, words, clock=clock, random_bytes=os.urandom)
    assert {row.table for row in report.mending.stand_ins} >= {"clerks"}
    with pytest.raises(KnownError, match="no-such-clerk"):
        sign_in(session.folder, CLERK.login, PASSWORD, clock=clock, random_bytes=os.urandom)
    recover_store(
        session.folder,
        words,
        login="moi",
        new_password="mật khẩu mới của tôi",
        full_name="Ngô Thị Mới",
        clock=clock,
        random_bytes=os.urandom,
        cost=CHEAP,
    )
    again = sign_in(session.folder, "moi", "mật khẩu mới của tôi", clock=clock, random_bytes=os.urandom)
    with again.store.reading() as connection:
        assert dossiers.get(connection, received.dossier.dossier_id) == received.dossier
    again.close()


def test_a_desk_that_is_in_use_is_not_repaired(session: DeskSession, clock: Hand) -> None:
    with pytest.raises(KnownError, match="desk-in-use"):
        repair_store(session.folder, HERS, clock=clock, random_bytes=os.urandom)


def test_a_whole_desk_needs_no_repair(session: DeskSession, clock: Hand) -> None:
    session.close()
    with pytest.raises(KnownError, match="repair-not-needed"):
        repair_store(session.folder, HERS, clock=clock, random_bytes=os.urandom)


def test_the_report_is_told_in_full_and_names_nobody(session: DeskSession, clock: Hand) -> None:
    receive_dossier(session, ready(session, FATHER))
    session.close()
    tear(session.folder, "persons", "papers")
    report = repair_store(session.folder, HERS, clock=clock, random_bytes=os.urandom)
    document = json.dumps(as_document(report), ensure_ascii=False)
    lost = {key[0] for table in report.tables for loss in table.losses for key in loss.keys}
    assert lost
    assert all(str(key) in document for key in lost)
    assert FATHER.full_name not in document
    assert FATHER.personal_number not in document


def test_somebody_who_was_revoked_does_not_repair_although_her_key_slot_is_left(
    session: DeskSession, clock: Hand
) -> None:
    administrator = NewClerk("binh", "Phạm Văn Bình", frozenset(Role), "mật khẩu của tôi")
    colleague = add_clerk(session, administrator, cost=CHEAP)
    receive_dossier(session, ready(session))
    kept = {path.name: path.read_bytes() for path in session.folder.root.glob("keys.json*")}
    revoke_clerk(session, colleague.clerk_id)
    session.close()
    for name, content in kept.items():
        (session.folder.root / name).write_bytes(content)
    tear(session.folder, "persons")
    hers = ClerkPassword(administrator.login, administrator.password)
    with pytest.raises(KnownError, match="not-allowed"):
        repair_store(session.folder, hers, clock=clock, random_bytes=os.urandom)
