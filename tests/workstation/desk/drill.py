# SPDX-License-Identifier: GPL-3.0-or-later
"""A day at a desk, what is in its store at the end of it, and a new computer for it."""

from __future__ import annotations

import hashlib
import json
import os
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from casework.records.paper import Page, PaperClass
from casework.records.workplace import Role
from demo.people import FATHER, MOTHER
from localdb import backup_places, object_sweep, objects, pages
from localdb.store import Store
from signing.signer import SignerProgram
from tests.workstation.desk.counter import CHEAP, Hand, enrolment, filled_in, hand_in, one_page_pdf, ready
from workstation.desk.add_clerk import NewClerk, add_clerk
from workstation.desk.carry_snapshot import SnapshotOutcome, carry_snapshot
from workstation.desk.keep_draft import DraftField, abandon_draft, keep_fields
from workstation.desk.receive_dossier import receive_dossier
from workstation.desk.session import DeskSession
from workstation.desk.sign_papers import sign_papers
from workstation.desk.take_snapshot import take_snapshot

Contents = dict[str, list[tuple[Any, ...]]]

FIRST_DEVICE: Final = json.loads(enrolment())["device_id"]


def successor(number: int) -> bytes:
    """IT's file for the computer that goes on."""
    file = json.loads(enrolment(f"0b1f8a52-8a3e-4c58-9d6e-{number:012x}"))
    return json.dumps({**file, "lineage": FIRST_DEVICE, "slot": 2 + number}).encode()


def choose_place(session: DeskSession, folder: Path) -> None:
    """Choose a folder for snapshots."""
    folder.mkdir(exist_ok=True)
    with session.store.transaction() as connection:
        backup_places.add(connection, folder, session.clock())


def scan_page(session: DeskSession, dossier_id: str, size: int = 30_000) -> None:
    """Put a scanned page into a draft without a scanner."""
    stored = session.store.objects.write(os.urandom(size), "image/jpeg", os.urandom)
    with session.store.transaction() as connection:
        objects.record(connection, stored)
        position = len(pages.of_dossier(connection, dossier_id))
        pages.add(
            connection,
            Page(
                page_id=session.new_identifier(),
                dossier_id=dossier_id,
                position=position,
                object_id=stored.object_id,
                width_px=1654,
                height_px=2339,
                resolution_dpi=200,
            ),
        )


def work(session: DeskSession, choices: random.Random, *, signer: SignerProgram | None = None) -> None:
    """Do one of the things that a clerk does."""
    kind = choices.randrange(10)
    if kind < 4:
        receive_dossier(session, ready(session, choices.choice((FATHER, MOTHER))))
    elif kind < 7:
        dossier_id = filled_in(session, choices.choice((FATHER, MOTHER)))
        scan_page(session, dossier_id)
        keep_fields(session, dossier_id, {DraftField.PHONE: f"09{choices.randrange(10**8):08}"})
    elif kind == 7:
        dossier_id = filled_in(session)
        scan_page(session, dossier_id, 400_000)
        abandon_draft(session, dossier_id)
    elif kind == 8 or signer is None:
        login = f"can-bo-{choices.randrange(10**9)}"
        add_clerk(session, NewClerk(login, "Phạm Văn Bình", frozenset({Role.CLERK}), "mật khẩu của tôi"), cost=CHEAP)
    else:
        dossier_id = filled_in(session)
        hand_in(session, dossier_id, PaperClass.BIRTH_PROOF, pdf=one_page_pdf("Giấy chứng sinh"))
        hand_in(session, dossier_id, PaperClass.BIRTH_REGISTRATION_DECLARATION, pdf=one_page_pdf("Tờ khai"))
        assert len(list(sign_papers(session, dossier_id, signer))) == 2
        receive_dossier(session, dossier_id)


def snapshot_while_working(
    session: DeskSession, choices: random.Random, *, signer: SignerProgram | None = None
) -> list[SnapshotOutcome]:
    """Take a snapshot and carry it, and go on working in between."""
    outcomes = []
    for number, step in enumerate(_both(session)):
        if step is not None:
            outcomes.append(step)
        if number % 25 == 3:
            work(session, choices, signer=signer)
    return outcomes


def snapshot(session: DeskSession) -> list[SnapshotOutcome]:
    """Take a snapshot of what is, and carry it."""
    return [step for step in _both(session) if step is not None]


def _both(session: DeskSession) -> Iterator[SnapshotOutcome | None]:
    assert isinstance(session.clock, Hand)
    session.clock.go_on(hours=1)
    for _ in take_snapshot(session.store, session.clock()):
        yield None
    yield from carry_snapshot(session.store, session.clock())


def contents(store: Store) -> Contents:
    """Every row of every table."""
    with store.reading() as connection:
        tables = [
            name for (name,) in connection.rows("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
        ]
        return {
            name: sorted(connection.rows(f'SELECT * FROM "{name}"'), key=repr)  # noqa: S608 - of the schema
            for name in tables
            if not name.startswith("sqlite_") and name != "backup_places"
        }


def object_digests(store: Store) -> dict[str, str]:
    """What is in every object, opened with its key."""
    digests = {}
    with store.reading() as connection:
        for (object_id,) in connection.rows("SELECT object_id FROM objects"):
            digests[object_id] = hashlib.sha256(store.objects.read(connection, object_id)).hexdigest()
    return digests


def check_restored(store: Store, before: Contents, digests: dict[str, str]) -> None:
    """Compare a restored store with what it was; only its identity is another, and the trail tells of it."""
    now = contents(store)
    assert now.keys() == before.keys()
    assert set(before["audit_entries"]) <= set(now["audit_entries"])
    new = set(now["audit_entries"]) - set(before["audit_entries"])
    assert {action for _, _, _, action, *_ in new} == {"identity.retired", "store.restored"}
    assert len(new) == 2
    (device,) = before["workstation"]
    assert now["workstation"] == []
    (former,) = [row for row in now["former_devices"] if row not in before["former_devices"]]
    assert device[1] in former
    for name in before.keys() - {"audit_entries", "workstation", "former_devices"}:
        assert now[name] == before[name], name
    assert object_digests(store) == digests
    with store.reading() as connection:
        assert connection.rows("PRAGMA cipher_integrity_check") == []
        assert connection.rows("PRAGMA integrity_check") == [("ok",)]


def sweep(store: Store, now_of: DeskSession) -> int:
    """Look at every object file; give how many are missing."""
    return sum(object_sweep.sweep_folder(store, number, now_of.clock()).missing for number in range(256))
