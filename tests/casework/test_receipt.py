# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from casework.catalogue import Catalogue
from casework.receipt import ReceiptPaper, receipt_facts
from casework.records.dossier import Dossier, DossierState, PortalState
from casework.records.paper import Paper, PaperForm
from casework.records.person import Person
from casework.records.procedure import Channel
from casework.records.workplace import Clerk, Role, Unit


@pytest.mark.parametrize(
    ("asked_place", "place"), [("", "Trung tâm Phục vụ hành chính công xã Tân Lập"), ("Bưu điện", "Bưu điện")]
)
def test_the_receipt_states_who_what_when_and_where(
    asked_place: str,
    place: str,
    catalogue: Catalogue,
    make_paper: Callable[..., Paper],
    local: Callable[[str], dt.datetime],
) -> None:
    procedure = catalogue.get("1.001193")
    dossier = Dossier(
        dossier_id="d",
        code="H56.14-261123-0601",
        procedure_code=procedure.code,
        procedure_name=procedure.name,
        catalogue_version=procedure.catalogue_version,
        state=DossierState.RECEIVED,
        portal_state=PortalState.WAITING,
        channel=Channel.COUNTER,
        applicant_id="p1",
        submitter_id="p2",
        received_at=local("2026-11-23 08:30"),
        due_at=local("2026-11-25 17:00"),
        time_limit_text="1 ngày làm việc",
        fee_amount=0,
        sets=1,
        received_by="c",
        unit_code="H56.14",
    )
    unit = Unit(
        "H56.14", "Trung tâm Phục vụ hành chính công xã Tân Lập", "ỦY BAN NHÂN DÂN XÃ TÂN LẬP", "Tân Lập", "14797"
    )
    facts = receipt_facts(
        dossier,
        procedure,
        applicant=Person("p1", "Lê Văn Thành", address="Thôn 1", id_number="038094012745", phone="0912"),
        submitter=Person("p2", "Nguyễn Thị Nhung", address="Thôn 2"),
        papers=[
            make_paper("b", position=1, requirement_id="1.001193/03"),
            make_paper("a", position=0, requirement_id="1.001193/02"),
            make_paper("c", position=2),
        ],
        unit=unit,
        clerk=Clerk("c", "hoa", "Trần Thị Hoa", frozenset({Role.CLERK})),
        result_place=asked_place,
    )
    assert (facts.dossier_code, facts.procedure_code) == ("H56.14-261123-0601", "1.001193")
    assert (facts.submitter_name, facts.submitter_id_number, facts.applicant_name) == (
        "Nguyễn Thị Nhung",
        "",
        "Lê Văn Thành",
    )
    assert (facts.due_at.isoformat(), facts.time_limit) == ("2026-11-25T17:00:00+07:00", "1 ngày làm việc")
    assert [(paper.form, paper.is_presented) for paper in facts.papers] == [
        (PaperForm.ORIGINAL, False),
        (PaperForm.ORIGINAL, True),
        (PaperForm.ORIGINAL, False),
    ]
    assert facts.papers[0] == ReceiptPaper("unknown", PaperForm.ORIGINAL)
    assert (facts.result_place, facts.clerk_name, facts.sets, facts.fee_amount) == (place, "Trần Thị Hoa", 1, 0)
