# SPDX-License-Identifier: GPL-3.0-or-later
"""What the receipt states (Mẫu 01, Giấy tiếp nhận hồ sơ và hẹn trả kết quả): facts, not layout."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from casework.records.dossier import Dossier
from casework.records.paper import Paper, PaperForm
from casework.records.person import Person
from casework.records.procedure import Channel, Duty, Procedure
from casework.records.workplace import Clerk, Unit


@dataclass(frozen=True, slots=True)
class ReceiptPaper:
    """One row of the table of papers.

    Attributes:
        title: Name of the paper.
        form: Which of the three columns is marked: original, certified copy, photocopy.
        is_presented: True when it was only shown for comparison and given back.
    """

    title: str
    form: PaperForm
    is_presented: bool = False


@dataclass(frozen=True, slots=True)
class ReceiptFacts:
    """Everything that the form prints, in print order.

    Attributes:
        parent_name: Upper line of the header.
        unit_name: Lower line of the header and the receiving unit.
        place: Place name in front of the date.
        dossier_code: Mã hồ sơ.
        submitter_name: Tiếp nhận hồ sơ của Ông (Bà).
        channel: How the file came in.
        submitter_address: As written on the card or told.
        submitter_phone: Empty when none.
        submitter_id_number: Số định danh/Căn cước/Hộ chiếu; empty when none.
        procedure_name: Nội dung yêu cầu giải quyết.
        procedure_code: Its code.
        applicant_name: Chủ hồ sơ.
        applicant_address: Address of the applicant.
        applicant_id_number: Identification number of the applicant, for the QR code; empty when none.
        papers: Thành phần hồ sơ.
        sets: Số lượng hồ sơ (bộ).
        time_limit: Thời gian giải quyết theo quy định, in words.
        received_at: Thời gian nhận hồ sơ, aware; its date is the date of the header.
        due_at: Thời gian trả kết quả, aware: both hour and date are printed (TT 01/2020/TT-BTP Điều 2).
        fee_amount: Đồng, or None when it is not known.
        result_place: Đăng ký nhận kết quả tại.
        clerk_name: Người tiếp nhận hồ sơ.
    """

    parent_name: str
    unit_name: str
    place: str
    dossier_code: str
    submitter_name: str
    channel: Channel
    submitter_address: str
    submitter_phone: str
    submitter_id_number: str
    procedure_name: str
    procedure_code: str
    applicant_name: str
    applicant_address: str
    applicant_id_number: str
    papers: tuple[ReceiptPaper, ...]
    sets: int
    time_limit: str
    received_at: dt.datetime
    due_at: dt.datetime
    fee_amount: int | None
    result_place: str
    clerk_name: str


def receipt_facts(
    dossier: Dossier,
    procedure: Procedure,
    applicant: Person,
    submitter: Person,
    papers: Iterable[Paper],
    unit: Unit,
    clerk: Clerk,
    result_place: str = "",
) -> ReceiptFacts:
    """Collect the facts of the receipt of a dossier.

    Args:
        dossier: As received.
        procedure: The version that it was received under; tells which papers are only presented.
        applicant: Who owns the request.
        submitter: Who handed it in.
        papers: Papers handed in, in any order.
        unit: The receiving unit.
        clerk: Who received it.
        result_place: Where the result is fetched; the receiving unit when empty.
    """
    presented = {item.requirement_id for item in procedure.requirements if item.duty is Duty.PRESENT}
    return ReceiptFacts(
        parent_name=unit.parent_name,
        unit_name=unit.name,
        place=unit.place,
        dossier_code=dossier.code,
        submitter_name=submitter.full_name,
        channel=dossier.channel,
        submitter_address=submitter.address,
        submitter_phone=submitter.phone,
        submitter_id_number=submitter.id_number or "",
        procedure_name=dossier.procedure_name,
        procedure_code=dossier.procedure_code,
        applicant_name=applicant.full_name,
        applicant_address=applicant.address,
        applicant_id_number=applicant.id_number or "",
        papers=tuple(
            ReceiptPaper(paper.title, paper.form, paper.requirement_id in presented)
            for paper in sorted(papers, key=lambda paper: (paper.position, paper.paper_id))
        ),
        sets=dossier.sets,
        time_limit=dossier.time_limit_text,
        received_at=dossier.received_at,
        due_at=dossier.due_at,
        fee_amount=dossier.fee_amount,
        result_place=result_place or unit.name,
        clerk_name=clerk.full_name,
    )
