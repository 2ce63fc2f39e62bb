# SPDX-License-Identifier: GPL-3.0-or-later
"""Made-up records for the tests of the store."""

from __future__ import annotations

import datetime as dt
import os

from casework.identifiers import new_identifier
from casework.records.dossier import Dossier, DossierState, HistoryAction, HistoryEntry, PortalState
from casework.records.operation import Operation, OperationKind
from casework.records.paper import ExtractedField, Page, Paper, PaperClass, PaperForm
from casework.records.person import Person, Sex
from casework.records.procedure import Channel
from casework.records.workplace import Clerk, Role, Unit, Workstation
from localdb import clerks, drafts, objects, workplace
from localdb.key_file import Argon2Cost
from localdb.store import Store

NOON = dt.datetime(2026, 11, 22, 12, 0, 0, 123456, dt.timezone(dt.timedelta(hours=7)))
CHEAP = Argon2Cost(memory_kib=64, iterations=1, lanes=1)
WORKSTATION = Workstation(
    "0198b6a0-0000-7000-8000-00000000d0d0",
    1,
    Unit("H56.14", "Trung tâm Phục vụ hành chính công xã Tân Lập", "ỦY BAN NHÂN DÂN XÃ TÂN LẬP", "Tân Lập", "14797"),
)
CLERK = Clerk("0198b6a0-0000-7000-8000-00000000c1e4", "lan", "Lê Thị Lan", frozenset({Role.CLERK, Role.SIGNER}))
SECRET_NAME = "Nguyễn Thị Ánh Đào"
SECRET_NUMBER = "038192004567"


def new_id() -> str:
    return new_identifier(NOON, os.urandom)


def enrol(store: Store) -> None:
    with store.transaction() as connection:
        workplace.save(connection, WORKSTATION)
        clerks.add(connection, CLERK)


def begin_draft(store: Store) -> str:
    dossier_id = new_id()
    with store.transaction() as connection:
        drafts.start(connection, dossier_id, CLERK.clerk_id, NOON)
    return dossier_id


def store_content(store: Store, content: bytes) -> str:
    stored = store.objects.write(content, "image/jpeg", os.urandom)
    with store.transaction() as connection:
        objects.record(connection, stored)
    return stored.object_id


def missing_files(store: Store) -> list[str]:
    """Name the objects whose file should lie here and does not, or is not what was written."""
    with store.reading() as connection:
        rows = connection.rows("SELECT object_id FROM objects WHERE evicted_at IS NULL ORDER BY object_id")
        return [row[0] for row in rows if not store.objects.is_whole(objects.describe(connection, row[0]))]


def make_person(full_name: str = SECRET_NAME, id_number: str | None = SECRET_NUMBER) -> Person:
    return Person(
        person_id=new_id(),
        full_name=full_name,
        birth_date=dt.date(1992, 3, 8),
        sex=Sex.FEMALE,
        id_number=id_number,
        former_id_number="171234567",
        id_issued_on=dt.date(2021, 5, 10),
        address="Thôn 3, Xã Hoằng Trung, Huyện Hoằng Hóa, Thanh Hóa",
        unit_code="15889",
        phone="0912345678",
    )


def make_dossier(
    dossier_id: str, applicant_id: str, code: str = "H56.14-261122-0601", received_at: dt.datetime = NOON
) -> Dossier:
    return Dossier(
        dossier_id=dossier_id,
        code=code,
        procedure_code="1.001193",
        procedure_name="Thủ tục đăng ký khai sinh",
        catalogue_version="2026-11-01",
        state=DossierState.RECEIVED,
        portal_state=PortalState.WAITING,
        channel=Channel.COUNTER,
        applicant_id=applicant_id,
        submitter_id=applicant_id,
        received_at=received_at,
        due_at=received_at + dt.timedelta(days=1),
        time_limit_text="1 ngày làm việc",
        fee_amount=None,
        sets=1,
        received_by=CLERK.clerk_id,
        unit_code="H56.14",
    )


def make_page(dossier_id: str, object_id: str, position: int = 0) -> Page:
    return Page(
        page_id=new_id(),
        dossier_id=dossier_id,
        position=position,
        object_id=object_id,
        width_px=1654,
        height_px=2339,
        resolution_dpi=200,
    )


def make_paper(dossier_id: str, position: int = 0, object_id: str | None = None) -> Paper:
    return Paper(
        paper_id=new_id(),
        dossier_id=dossier_id,
        position=position,
        title="Giấy chứng sinh",
        paper_class=PaperClass.BIRTH_PROOF,
        confidence=0.93,
        form=PaperForm.ORIGINAL,
        page_count=1,
        requirement_id="1.001193/02",
        fields=(ExtractedField("full_name", SECRET_NAME, 0.91), ExtractedField("id_number", SECRET_NUMBER, 0.88)),
        object_id=object_id,
    )


def make_history_entry(dossier_id: str, note: str = "") -> HistoryEntry:
    return HistoryEntry(new_id(), dossier_id, NOON, CLERK.clerk_id, HistoryAction.RECEIVED, note)


def make_operation(device_sequence: int, dossier_id: str, object_ids: tuple[str, ...] = ()) -> Operation:
    return Operation(
        operation_id=new_id(),
        device_id=WORKSTATION.device_id,
        device_sequence=device_sequence,
        kind=OperationKind.PERSON_RECORDED,
        record_id=new_id(),
        dossier_id=dossier_id,
        base_version=0,
        fields={"full_name": SECRET_NAME, "sets": 2, "confidence": 0.5, "blank": False, "phone": None},
        object_ids=object_ids,
        actor_id=CLERK.clerk_id,
        at=NOON,
    )
