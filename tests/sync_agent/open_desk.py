# SPDX-License-Identifier: GPL-3.0-or-later
"""A desk without windows: a real encrypted store, enrolled, that receives dossiers and syncs."""

from __future__ import annotations

import dataclasses
import datetime as dt
import os
from collections.abc import Callable, Sequence
from pathlib import Path

from casework.codes import make_code
from casework.identifiers import new_identifier
from casework.records.dossier import Dossier, DossierState, PortalState
from casework.records.operation import FieldValue, Operation, OperationKind
from casework.records.paper import Paper, PaperClass, PaperForm
from casework.records.person import Person
from casework.records.procedure import Channel
from casework.records.workplace import Clerk, Role
from casework.work_calendar import VIET_NAM
from localdb import clerks, code_numbers, dossiers, drafts, history, identity, objects, outbox, papers, persons
from localdb.connection import Connection
from localdb.key_file import StoreKeys
from localdb.outbox import UnsentSummary
from localdb.store import Store
from sync_agent import desk_keys
from sync_agent.data_folder import DataFolder
from sync_agent.engine import Engine
from sync_agent.wire.enrolment import Enrolment
from tests.sync_agent.material import moment

NAME = "Nguyễn Thị Hương Giang"
NUMBER = "036187012345"
ADDRESS = "Thôn Trung Hậu, Xã Hoằng Trung"
CLERK = Clerk("0198b6a0-0000-7000-8000-00000000c1e4", "lan", "Lê Thị Lan", frozenset({Role.CLERK}))


@dataclasses.dataclass
class OpenDesk:
    """An open store with its engine."""

    folder: DataFolder
    store_keys: StoreKeys
    store: Store
    engine: Engine

    @classmethod
    def create(cls, root: Path, enrolment: Enrolment) -> OpenDesk:
        store_keys = StoreKeys.new(os.urandom)
        store = Store.create(root, store_keys)
        with store.transaction() as connection:
            clerks.add(connection, CLERK)
        folder = DataFolder(root)
        desk_keys.enrol(store, folder, enrolment)
        return cls(folder, store_keys, store, cls.start_engine(store, folder))

    @classmethod
    def start_engine(cls, store: Store, folder: DataFolder, now: Callable[[], dt.datetime] = moment) -> Engine:
        return Engine(store, desk_keys.load(store, folder), folder, now=now, random_bytes=os.urandom)

    def crash_and_start_again(self) -> None:
        self.store.close()
        self.store = Store.open(self.folder.root, self.store_keys)
        self.engine = self.start_engine(self.store, self.folder)

    def receive_dossier(self, scans: Sequence[bytes] = (), code: str = "") -> Dossier:
        """One transaction, as the desk does it: person, dossier, papers, operations."""
        stored = [self.store.objects.write(scan, "application/pdf", os.urandom) for scan in scans]
        with self.store.transaction() as connection:
            dossier_id = _identity()
            drafts.start(connection, dossier_id, CLERK.clerk_id, moment())
            person = Person(_identity(), NAME, id_number=NUMBER, address=ADDRESS)
            persons.add(connection, person)
            day = moment().astimezone(VIET_NAM).date()
            number = code_numbers.next_number(connection, day)
            slot = identity.enrolled(connection).slot
            code = code or make_code("H56.14", day, slot, number)
            dossier = self._dossier(dossier_id, person.person_id, code)
            dossiers.add(connection, dossier)
            self._append(connection, OperationKind.PERSON_RECORDED, person.person_id, dossier_id, _fields(person))
            self._append(connection, OperationKind.DOSSIER_RECEIVED, dossier_id, dossier_id, _fields(dossier))
            for position, item in enumerate(stored):
                objects.record(connection, item)
                paper = _paper(dossier_id, position, item.object_id)
                papers.add(connection, paper)
                self._append(
                    connection, OperationKind.PAPER_ADDED, paper.paper_id, dossier_id, _fields(paper), item.object_id
                )
        return dossier

    def portal_state(self, dossier_id: str) -> tuple[PortalState, str]:
        with self.store.reading() as connection:
            dossier = dossiers.get(connection, dossier_id)
        return dossier.portal_state, dossier.portal_code

    def notes(self, dossier_id: str) -> list[str]:
        with self.store.reading() as connection:
            return [entry.note for entry in history.of_dossier(connection, dossier_id)]

    def answered(self) -> list[tuple[str, str]]:
        """Who answered about which dossier, by the trail."""
        with self.store.reading() as connection:
            return connection.rows(
                "SELECT actor_id, subject_id FROM audit_entries WHERE action = 'dossier.portal-answered'"
            )

    def unsent(self) -> UnsentSummary:
        with self.store.reading() as connection:
            return outbox.summary(connection)

    def _dossier(self, dossier_id: str, person_id: str, code: str) -> Dossier:
        return Dossier(
            dossier_id=dossier_id,
            code=code,
            procedure_code="1.001193",
            procedure_name="Thủ tục đăng ký khai sinh",
            catalogue_version="2026-11-01",
            state=DossierState.RECEIVED,
            portal_state=PortalState.WAITING,
            channel=Channel.COUNTER,
            applicant_id=person_id,
            submitter_id=person_id,
            received_at=moment(),
            due_at=moment() + dt.timedelta(days=1),
            time_limit_text="1 ngày làm việc",
            fee_amount=8000,
            sets=1,
            received_by=CLERK.clerk_id,
            unit_code="H56.14",
        )

    def _append(
        self,
        connection: Connection,
        kind: OperationKind,
        record_id: str,
        dossier_id: str,
        fields: dict[str, FieldValue],
        *object_ids: str,
    ) -> None:
        operation = Operation(
            operation_id=_identity(),
            device_id=desk_keys.load(self.store, self.folder).device_id,
            device_sequence=outbox.next_device_sequence(connection),
            kind=kind,
            record_id=record_id,
            dossier_id=dossier_id,
            base_version=0,
            fields=fields,
            object_ids=object_ids,
            actor_id=CLERK.clerk_id,
            at=moment(),
        )
        outbox.append(connection, operation)


def _paper(dossier_id: str, position: int, object_id: str) -> Paper:
    return Paper(
        paper_id=_identity(),
        dossier_id=dossier_id,
        position=position,
        title="Giấy chứng sinh",
        paper_class=PaperClass.BIRTH_PROOF,
        confidence=0.93,
        form=PaperForm.ORIGINAL,
        page_count=1,
        requirement_id="1.001193/02",
        object_id=object_id,
    )


def _fields(record: Person | Dossier | Paper) -> dict[str, FieldValue]:
    """The record's fields as an operation states them: flat, dates as text."""
    fields: dict[str, FieldValue] = {}
    for item in dataclasses.fields(record):
        value = getattr(record, item.name)
        if isinstance(value, dt.date):
            value = value.isoformat()
        if value is None or isinstance(value, str | int | float):
            fields[item.name] = value
    return fields


def _identity() -> str:
    return new_identifier(moment(), os.urandom)
