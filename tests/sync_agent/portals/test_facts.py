# SPDX-License-Identifier: GPL-3.0-or-later
"""From operations to the facts that a portal is told."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from casework.errors import KnownError
from casework.records.operation import FieldValue, Operation, OperationKind
from casework.records.procedure import Channel
from sync_agent.portals.facts import gather_facts
from sync_agent.portals.portal import DossierFacts

DOSSIER: dict[str, FieldValue] = {
    "code": "H56.14-261122-0601",
    "procedure_code": "1.001193",
    "procedure_name": "Đăng ký khai sinh",
    "state": 2,
    "channel": "online",
    "applicant_id": "person-1",
    "submitter_id": "person-2",
    "received_at": "2026-11-22T08:30:00+07:00",
    "due_at": "2026-11-23T17:00:00+07:00",
    "fee_amount": None,
    "unit_code": "H56.14",
}

WRONG: dict[str, FieldValue] = {
    "code": "",
    "state": 99,
    "channel": "pigeon",
    "received_at": "2026-11-22",
    "due_at": None,
    "fee_amount": "8000",
}


def operation(kind: OperationKind, record_id: str, fields: dict[str, FieldValue]) -> Operation:
    return Operation(
        operation_id=f"{kind}-{record_id}-{len(fields)}",
        device_id="device",
        device_sequence=1,
        kind=kind,
        record_id=record_id,
        dossier_id="dossier-1",
        base_version=0,
        fields=fields,
        object_ids=(),
        actor_id="clerk-1",
        at=dt.datetime(2026, 11, 22, tzinfo=dt.UTC),
    )


PERSON = operation(
    OperationKind.PERSON_RECORDED, "person-1", {"full_name": "Lê Văn Thành", "id_number": "038094012745"}
)
OTHER = operation(OperationKind.PERSON_RECORDED, "person-2", {"full_name": "Nguyễn Thị Hồng Nhung", "id_number": None})
RECEIVED = operation(OperationKind.DOSSIER_RECEIVED, "dossier-1", DOSSIER)
HISTORY = operation(OperationKind.HISTORY_ADDED, "entry-1", {"action": "received"})


def paper(paper_id: str, position: int, object_id: str | None) -> Operation:
    fields: dict[str, FieldValue] = {"title": f"Giấy {paper_id}", "position": position, "object_id": object_id}
    return operation(OperationKind.PAPER_ADDED, paper_id, fields)


def gather(*operations: Operation) -> DossierFacts:
    return gather_facts(
        operations,
        unit_name="Trung tâm",
        procedure_field={"1.001193": "Hộ tịch"}.__getitem__,
        file_url=lambda object_id: f"http://gateway/{object_id}" if object_id == "here" else "",
    )


def test_the_applicant_is_told_not_the_submitter() -> None:
    facts = gather(OTHER, PERSON, RECEIVED, HISTORY)
    assert facts.applicant.full_name == "Lê Văn Thành"
    assert facts.channel is Channel.ONLINE
    assert (facts.fee_amount, facts.unit_name, facts.procedure_field) == (None, "Trung tâm", "Hộ tịch")
    assert facts.received_at.utcoffset() == dt.timedelta(hours=7)


def test_a_later_statement_of_a_field_wins() -> None:
    phone = dataclasses.replace(PERSON, operation_id="later", fields={"phone": "0912345678"})
    facts = gather(PERSON, RECEIVED, phone)
    assert (facts.applicant.full_name, facts.applicant.phone) == ("Lê Văn Thành", "0912345678")


def test_papers_stand_in_their_order_and_have_a_link_when_their_file_is_here() -> None:
    facts = gather(PERSON, RECEIVED, paper("b", 1, "here"), paper("a", 0, "missing"), paper("c", 2, None))
    assert [(found.paper_id, found.file_url) for found in facts.papers] == [
        ("a", ""),
        ("b", "http://gateway/here"),
        ("c", ""),
    ]


@pytest.mark.parametrize(
    "operations",
    [
        (),
        (PERSON,),
        (RECEIVED,),
        (OTHER, RECEIVED),
        (dataclasses.replace(PERSON, fields={"full_name": ""}), RECEIVED),
        *((PERSON, dataclasses.replace(RECEIVED, fields=DOSSIER | {name: value})) for name, value in WRONG.items()),
    ],
    ids=range(11),
)
def test_a_dossier_that_is_not_all_there_is_not_told(operations: tuple[Operation, ...]) -> None:
    with pytest.raises(KnownError) as caught:
        gather(*operations)
    assert caught.value.code == "dossier-incomplete"
