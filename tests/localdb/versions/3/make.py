# SPDX-License-Identifier: GPL-3.0-or-later
"""How the store beside this file was made, by the program whose newest schema was 3. It does not run with a later one.

``git worktree add /tmp/v3 43bd746 && cd /tmp/v3 && PYTHONPATH=. python …/tests/localdb/versions/3/make.py FOLDER``
fills a new folder with ``data`` (the workstation's folder), ``truth.json.gz`` (what the program of that time read from
it) and ``secrets.json`` (what opens it). The people are made up, and it belongs to no computer.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import gzip
import json
import os
import sys
from pathlib import Path

import keyring
import keyring.backends.fail
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

import localdb
from casework.records.paper import Page, PaperClass
from casework.records.result import Result
from casework.records.rules_in_force import CalendarDay, CatalogueVersion, OpeningHours
from casework.records.workplace import Role
from demo.people import FATHER, LANDOWNER, MOTHER, SINGLE_WOMAN
from localdb import (
    audit,
    backup_places,
    calendar_days,
    catalogue_versions,
    class_corrections,
    dossiers,
    drafts,
    migrations,
    object_whereabouts,
    objects,
    opening_hours,
    outbox,
    pages,
    papers,
    queue_tickets,
    results,
    settings,
    sync_state,
)
from localdb.connection import Connection
from localdb.store import Store
from sync_agent import desk_keys
from tests.workstation.desk.counter import (
    BIRTH_REGISTRATION,
    CHEAP,
    CLERK,
    MONDAY_MORNING,
    Hand,
    enrolment,
    hand_in,
    ready,
)
from workstation.desk.add_clerk import NewClerk, add_clerk
from workstation.desk.anchor_audit import anchor_audit
from workstation.desk.desk_folder import DeskFolder
from workstation.desk.keep_draft import DraftField, keep_fields, start_draft
from workstation.desk.receive_dossier import receive_dossier
from workstation.desk.revoke_clerk import revoke_clerk
from workstation.desk.session import DeskSession
from workstation.desk.set_up_desk import set_up_desk
from workstation.desk.sign_in import sign_in


def main() -> None:
    """Make the folder."""
    folder = Path(sys.argv[1])
    folder.mkdir()
    if not Path(localdb.__path__[0]).is_relative_to(Path.cwd()) or len(migrations.shipped()) != 3:
        raise SystemExit("run me inside the program of version 3")
    keyring.set_keyring(keyring.backends.fail.Keyring())  # type: ignore[no-untyped-call] # it has no types
    escrow = X25519PrivateKey.generate()
    clock = Hand(MONDAY_MORNING)
    desk = DeskFolder(folder / "data")
    set_up_desk(
        desk,
        enrolment(),
        CLERK,
        escrow_public_key=escrow.public_key().public_bytes_raw(),
        clock=clock,
        random_bytes=os.urandom,
        cost=CHEAP,
        this_machine=lambda: None,
    )
    session = enter(desk, clock)
    settle_desk(session)

    first = ready(session, FATHER)
    add_page(session, first, b"a page of the declaration" * 3)
    receive_dossier(session, first)
    clock.go_on(days=1)
    second = ready(session, MOTHER)
    add_page(session, second, b"a page of the proof" * 3)
    receive_dossier(session, second)
    for citizen, outcome in ((SINGLE_WOMAN, None), (LANDOWNER, drafts.DraftOutcome.ABANDONED)):
        clock.go_on(minutes=7)
        draft, _ = start_draft(session)
        keep_fields(
            session,
            draft.dossier_id,
            {DraftField.FULL_NAME: citizen.full_name, DraftField.PROCEDURE_CODE: BIRTH_REGISTRATION},
        )
        hand_in(session, draft.dossier_id, PaperClass.UNKNOWN)
        if outcome:
            with session.store.transaction() as connection:
                drafts.close(connection, draft.dossier_id, clock(), outcome)
    settle_outbox(session.store, clock())
    issue_result(session, first)
    settle_objects(session, clock())
    anchor_audit(session.store, desk_keys.load(session.store, desk, this_machine=lambda: None).signer, clock())
    session.close()
    (folder / "secrets.json").write_text(
        json.dumps({"login": CLERK.login, "password": CLERK.password, "escrow": escrow.private_bytes_raw().hex()})
    )
    keys_store = enter(desk, clock)
    with keys_store.store.reading() as connection:
        truth = dump(connection)
    keys_store.close()
    with gzip.GzipFile(folder / "truth.json.gz", "wb", mtime=0) as file:
        file.write(json.dumps(truth, ensure_ascii=False, sort_keys=True).encode())


def enter(desk: DeskFolder, clock: Hand) -> DeskSession:
    """Sign in on a computer that has no identity."""
    return sign_in(desk, CLERK.login, CLERK.password, clock=clock, random_bytes=os.urandom, this_machine=lambda: None)


def settle_desk(session: DeskSession) -> None:
    """Fill what is settled for a desk: people, days, hours, places, settings, tickets."""
    colleague = add_clerk(
        session, NewClerk("thao", "Đinh Thị Thảo", frozenset({Role.CLERK, Role.SIGNER}), "ba cây chụm lại"), cost=CHEAP
    )
    revoke_clerk(session, colleague.clerk_id)
    now = session.clock()
    with session.store.transaction() as connection:
        day = CalendarDay(dt.date(2027, 1, 2), True, "Làm bù", "Thông báo 12/TB-UBND")
        calendar_days.put(connection, day, now)
        opening_hours.replace(connection, [OpeningHours(1, dt.time(7), dt.time(11, 30))])
        backup_places.add(connection, Path("/media/usb"), now)
        backup_places.note_failure(connection, Path("/media/usb"), "disk-full")
        catalogue_versions.install(connection, CatalogueVersion("2026-12-01.ab", "ab" * 32, 7, now))
        class_corrections.save(connection, "0123456789abcdef", b"what a clerk taught", now)
        settings.save(connection, dataclasses.replace(settings.load(connection), draft_days=20))
        ticket = queue_tickets.take(connection, session.new_identifier(), session.today(), now, has_priority=True)
        queue_tickets.call(connection, ticket.ticket_id, session.clerk.clerk_id, now)
        queue_tickets.take(connection, session.new_identifier(), session.today(), now, series="B")


def issue_result(session: DeskSession, dossier_id: str) -> None:
    """Issue a result and hand it over."""
    stored = session.store.objects.write(b"a result" * 5, "application/pdf", os.urandom)
    with session.store.transaction() as connection:
        objects.record(connection, stored)
        result = Result(
            session.new_identifier(),
            dossier_id,
            "KQ.G15.000031",
            "Giấy khai sinh",
            "12/2026",
            session.today(),
            "UBND xã Hoằng Phú",
            stored.object_id,
        )
        results.add(connection, result)
        person = dossiers.get(connection, dossier_id).submitter_id
        results.note_return(connection, result.result_id, person, session.clock())


def settle_objects(session: DeskSession, at: dt.datetime) -> None:
    """Have the gateway hold an object, and note a file that no row names."""
    with session.store.transaction() as connection:
        ((object_id, transport_id),) = connection.rows(
            "SELECT object_id, transport_id FROM objects JOIN papers USING (object_id) ORDER BY object_id LIMIT 1"
        )
        object_whereabouts.confirm(connection, object_id, transport_id, "epoch-1", at)
        connection.execute("INSERT INTO leftover_files VALUES (?, ?)", ("cd" * 32, 1_700_000_000_000_000))


def add_page(session: DeskSession, dossier_id: str, content: bytes) -> None:
    """Put a scanned page to the first paper."""
    stored = session.store.objects.write(content, "image/jpeg", os.urandom)
    with session.store.transaction() as connection:
        objects.record(connection, stored)
        pages.add(
            connection,
            Page(
                page_id=session.new_identifier(),
                dossier_id=dossier_id,
                position=0,
                object_id=stored.object_id,
                width_px=1654,
                height_px=2339,
                resolution_dpi=200,
                rotation_degrees=0.5,
                text="Họ và tên: Lê Văn Thành",
                confidence=0.9,
                thumbnail=b"\xff\xd8\xff thumbnail",
                paper_id=papers.of_dossier(connection, dossier_id)[0].paper_id,
            ),
        )


def settle_outbox(store: Store, at: dt.datetime) -> None:
    """Bring operations into every state: unsealed, sealed, acknowledged, rejected."""
    with store.transaction() as connection:
        waiting = [operation.operation_id for operation in outbox.unsealed(connection, 100)]
        outbox.mark_sealed(connection, waiting[:-2], "0198b6a0-0000-7000-8000-00000000e001")
        for sequence, operation_id in enumerate(waiting[:3], start=1):
            outbox.mark_acknowledged(connection, operation_id, sequence)
        outbox.mark_rejected(connection, waiting[3], "dossier-unknown")
        sync_state.start_epoch(connection, "epoch-1")
        sync_state.advance(connection, 0, 3)
        audit.append(connection, at=at, actor_id="gateway", action="x.answered", subject_id=waiting[0], after_hash="ab")


def dump(connection: Connection) -> dict[str, list[dict[str, object]]]:
    """Give every row of every table by name of its columns."""
    tables = connection.rows("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
    truth = {}
    for (table,) in tables:
        columns = [column[1] for column in connection.rows(f"PRAGMA table_info({table})")]
        truth[table] = [
            {name: as_json(value) for name, value in zip(columns, row, strict=True)}
            for row in connection.rows(f"SELECT * FROM {table}")  # noqa: S608 - names above
        ]
    return truth


def as_json(value: object) -> object:
    """Write bytes as ``{"hex": …}``."""
    return {"hex": value.hex()} if isinstance(value, bytes) else value


if __name__ == "__main__":
    main()
