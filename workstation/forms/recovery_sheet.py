# SPDX-License-Identifier: GPL-3.0-or-later
"""The recovery sheet: the words that open a store when every password is lost, as a page for the safe."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from casework.records.workplace import Unit
from casework.work_calendar import VIET_NAM
from workstation.forms.typesetting import typeset


@dataclass(frozen=True, slots=True)
class RecoverySheetFacts:
    """Everything that the sheet prints.

    Attributes:
        unit: Whose store it opens.
        device_id: Of which workstation.
        number: Eight hexadecimal digits that tell this sheet from an older one.
        made_at: Aware date and time.
        made_by: Who made it.
        words: In their order.
    """

    unit: Unit
    device_id: str
    number: str
    made_at: dt.datetime
    made_by: str
    words: Sequence[str] = field(repr=False)


def recovery_sheet_pdf(facts: RecoverySheetFacts) -> bytes:
    """Typeset the sheet; its QR code holds the words as they are typed.

    Returns:
        PDF/A-2b, one A4 page.
    """
    made_at = facts.made_at.astimezone(VIET_NAM)
    return typeset(
        "recovery_sheet.typ",
        {
            "parent_name": facts.unit.parent_name,
            "unit_name": facts.unit.name,
            "unit_code": facts.unit.code,
            "place": facts.unit.place,
            "dated": f"ngày {made_at:%d} tháng {made_at:%m} năm {made_at:%Y}",
            "made": f"{made_at:%H} giờ {made_at:%M} ngày {made_at:%d/%m/%Y}",
            "made_by": facts.made_by,
            "device_id": facts.device_id,
            "number": f"{facts.number[:4]} {facts.number[4:]}".upper(),
            "words": list(facts.words),
        },
        made_at=facts.made_at,
        qr_text=" ".join(facts.words).upper(),
    )
