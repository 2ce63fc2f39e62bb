# SPDX-License-Identifier: GPL-3.0-or-later
"""The official forms of the one-stop mechanism: six of TT 01/2018/TT-VPCP, seven of TT 03/2025/TT-VPCP.

The newer circular was issued, and its forms have been in use, since 15 September 2025. That the older one was in force
from 15 January 2019 is from knowledge and not verified; no dossier of ours is that old. Decisions of 2026 still call
form 04 by its old name, so both names live.
"""

from __future__ import annotations

import datetime as dt
import enum
from dataclasses import dataclass
from typing import Final


class FormKind(enum.StrEnum):
    """What a form is for, whatever its number."""

    RECEIPT = "receipt"
    SUPPLEMENT_REQUEST = "supplement-request"
    REFUSAL = "refusal"
    EXTENSION_LETTER = "extension-letter"
    STOP_NOTICE = "stop-notice"
    CONTROL_SLIP = "control-slip"
    REGISTER = "register"


@dataclass(frozen=True, slots=True)
class OfficialForm:
    """A form of one circular.

    Attributes:
        kind: What it is for.
        number: Its number in the circular, from 1.
        name: Its official name.
        circular: The circular.
        effective_from: First day in force.
        effective_to: Last day in force, or None while it is.
    """

    kind: FormKind
    number: int
    name: str
    circular: str
    effective_from: dt.date
    effective_to: dt.date | None

    @property
    def legal_basis(self) -> str:
        """Circular and number, as cited, e.g. "TT 03/2025/TT-VPCP, Mẫu số 05"."""
        return f"{self.circular}, Mẫu số {self.number:02d}"


_NEW_SINCE: Final = dt.date(2025, 9, 15)
_OLD_SINCE: Final = dt.date(2019, 1, 15)
_OLD_UNTIL: Final = dt.date(2025, 9, 14)

_OLD_NAMES: Final = (
    (FormKind.RECEIPT, "Giấy tiếp nhận hồ sơ và hẹn trả kết quả"),
    (FormKind.SUPPLEMENT_REQUEST, "Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ"),
    (FormKind.REFUSAL, "Phiếu từ chối tiếp nhận giải quyết hồ sơ"),
    (FormKind.EXTENSION_LETTER, "Phiếu xin lỗi và hẹn lại ngày trả kết quả"),
    (FormKind.CONTROL_SLIP, "Phiếu kiểm soát quá trình giải quyết hồ sơ"),
    (FormKind.REGISTER, "Sổ theo dõi hồ sơ"),
)

_NEW_NAMES: Final = (
    (FormKind.RECEIPT, "Giấy tiếp nhận hồ sơ và hẹn trả kết quả"),
    (FormKind.SUPPLEMENT_REQUEST, "Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ"),
    (FormKind.REFUSAL, "Phiếu từ chối tiếp nhận giải quyết hồ sơ"),
    (FormKind.EXTENSION_LETTER, "Văn bản xin lỗi và đề nghị gia hạn thời gian giải quyết"),
    (FormKind.STOP_NOTICE, "Thông báo dừng giải quyết hồ sơ"),
    (FormKind.CONTROL_SLIP, "Phiếu kiểm soát quá trình giải quyết hồ sơ"),
    (FormKind.REGISTER, "Sổ theo dõi hồ sơ"),
)

FORMS: Final = (
    *(
        OfficialForm(kind, number, name, "TT 01/2018/TT-VPCP", _OLD_SINCE, _OLD_UNTIL)
        for number, (kind, name) in enumerate(_OLD_NAMES, start=1)
    ),
    *(
        OfficialForm(kind, number, name, "TT 03/2025/TT-VPCP", _NEW_SINCE, None)
        for number, (kind, name) in enumerate(_NEW_NAMES, start=1)
    ),
)
"""Both circulars' forms in the order of their numbers."""


def form_on(kind: FormKind, day: dt.date) -> OfficialForm | None:
    """Give the form in force on a day, or None where the law knew none (a stop notice before 15 September 2025)."""
    return next(
        (
            form
            for form in FORMS
            if form.kind is kind
            and form.effective_from <= day
            and (form.effective_to is None or day <= form.effective_to)
        ),
        None,
    )
