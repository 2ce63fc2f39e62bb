# SPDX-License-Identifier: GPL-3.0-or-later
"""Mẫu 01, Giấy tiếp nhận hồ sơ và hẹn trả kết quả: from the facts to the printed page."""

from __future__ import annotations

import datetime as dt
from typing import Final

from casework.paper_codes import PaperCode
from casework.receipt import ReceiptFacts
from casework.records.procedure import Channel
from casework.work_calendar import VIET_NAM
from workstation.forms.registry import Form, template_of
from workstation.forms.typesetting import typeset

TITLE: Final = "Giấy tiếp nhận hồ sơ và hẹn trả kết quả"

_CHANNELS: Final = {Channel.COUNTER: "trực tiếp", Channel.ONLINE: "trực tuyến", Channel.POST: "bưu chính công ích"}


def receipt_pdf(facts: ReceiptFacts) -> bytes:
    """Typeset the receipt in the layout in force on the day it is issued.

    The QR code, in the top-left corner, says what TT 01/2023/TT-VPCP asks for (``casework.paper_codes``).

    Returns:
        PDF/A-2b, one A5 page for up to about ten papers.
    """
    issued_on = facts.received_at.astimezone(VIET_NAM).date()
    return typeset(
        template_of(Form.RECEIPT, issued_on),
        {
            "parent_name": facts.parent_name,
            "unit_name": facts.unit_name,
            "dossier_code": facts.dossier_code,
            "place": facts.place,
            "dated": f"ngày {issued_on:%d} tháng {issued_on:%m} năm {issued_on:%Y}",
            "submitter_name": facts.submitter_name,
            "channel": _CHANNELS[facts.channel],
            "submitter_address": facts.submitter_address,
            "submitter_phone": facts.submitter_phone,
            "submitter_id_number": facts.submitter_id_number,
            "procedure_name": facts.procedure_name,
            "procedure_code": facts.procedure_code,
            "applicant_name": facts.applicant_name,
            "papers": [
                {
                    "title": paper.title,
                    "form": paper.form.value,
                    "presented": paper.is_presented,
                }
                for paper in facts.papers
            ],
            "sets": facts.sets,
            "time_limit": facts.time_limit,
            "received": _moment(facts.received_at),
            "due": _moment(facts.due_at),
            "fee": _money(facts.fee_amount),
            "result_place": facts.result_place,
            "clerk_name": facts.clerk_name,
        },
        made_at=facts.received_at,
        qr_text=PaperCode(facts.dossier_code, facts.procedure_code, facts.applicant_id_number, TITLE).text,
    )


def _moment(moment: dt.datetime) -> str:
    local = moment.astimezone(VIET_NAM)
    return f"{local:%H} giờ {local:%M} phút, ngày {local:%d} tháng {local:%m} năm {local:%Y}"


def _money(amount: int | None) -> str:
    if amount is None:
        return ""
    return "Không" if amount == 0 else f"{amount:,} đồng".replace(",", ".")
