# SPDX-License-Identifier: GPL-3.0-or-later
"""Withdrawing a dossier: who may ask, what closes it, and the way back when it is not to be.

The flow is the portal's: 2 or 4 → 7 → 8. That a request may be taken back or not be granted, and that the work then
goes on where it stood, is this program's own design: no wording of the law was found. What becomes of a fee depends on
the procedure; here it only has to be settled and, where the office keeps it, founded on a provision.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from casework.lifecycle import TRANSITIONS
from casework.progress.transitions import OWN_DESIGN
from casework.records.dossier import Dossier, DossierState
from casework.records.withdrawal import FeeOutcome, HandedBackOriginal, WithdrawalOutcome, WithdrawalRequest
from casework.verdict import Objection, Verdict

_S = DossierState


class WithdrawalObjection(enum.StrEnum):
    """What speaks against recording or closing a withdrawal."""

    OTHER_DOSSIER = "other-dossier"
    NOT_IN_THIS_STATE = "not-in-this-state"
    NOT_ENTITLED = "not-entitled"
    NOT_GRANTED = "not-granted"
    NO_DECIDER = "no-decider"
    NO_CONSENT = "no-consent"
    NO_STOP_NOTICE = "no-stop-notice"
    ORIGINALS_HELD = "originals-held"
    FEE_UNDECIDED = "fee-undecided"
    FEE_KEPT_WITHOUT_BASIS = "fee-kept-without-basis"


_O = WithdrawalObjection
_FORM_05: Final = "TT 03/2025/TT-VPCP, Mẫu số 05"
_BY_NOW: Final = "(nay thay bằng Nghị định 118/2025/NĐ-CP)"

_INSTEAD: Final[Mapping[DossierState, str]] = MappingProxyType(
    {
        _S.REGISTERED: "Hồ sơ chưa được tiếp nhận: người dân tự hủy trên Cổng Dịch vụ công quốc gia.",
        _S.REFUSED: "Hồ sơ không được tiếp nhận, không còn gì để rút; trả lại giấy tờ nếu còn giữ.",
        _S.SUPPLEMENT_REQUESTED: "Hồ sơ đang chờ bổ sung: dừng giải quyết bằng Mẫu số 05, kèm yêu cầu của người dân.",
        _S.PAYMENT_REQUESTED: "Hồ sơ đang chờ nộp tiền: dừng giải quyết bằng Mẫu số 05, kèm yêu cầu của người dân.",
        _S.WITHDRAWAL_REQUESTED: "Yêu cầu rút đã được ghi nhận, đang chờ xem xét.",
        _S.STOPPED: "Hồ sơ đã dừng giải quyết.",
        _S.FINISHED: "Đã có kết quả: trả kết quả cho người dân.",
        _S.RETURNED: "Kết quả đã được trả.",
    }
)
"""What a clerk does where a dossier can not be withdrawn."""

_WORDS: Final[Mapping[WithdrawalObjection, tuple[str, str]]] = MappingProxyType(
    {
        _O.OTHER_DOSSIER: ("Yêu cầu này thuộc hồ sơ khác.", OWN_DESIGN),
        _O.NOT_IN_THIS_STATE: ("Hồ sơ ở trạng thái hiện tại không rút được.", OWN_DESIGN),
        _O.NOT_ENTITLED: ("Người yêu cầu không phải chủ hồ sơ và chưa có giấy ủy quyền.", OWN_DESIGN),
        _O.NOT_GRANTED: ("Yêu cầu rút hồ sơ chưa được chấp thuận.", _FORM_05),
        _O.NO_DECIDER: ("Chưa ghi người quyết định và thời điểm quyết định.", _FORM_05),
        _O.NO_CONSENT: ("Chưa có văn bản đồng ý của cơ quan có thẩm quyền.", _FORM_05),
        _O.NO_STOP_NOTICE: ("Chưa ban hành thông báo dừng giải quyết hồ sơ.", _FORM_05),
        _O.ORIGINALS_HELD: ("Chưa trả hết bản chính cho người dân.", f"NĐ 61/2018/NĐ-CP Đ20 {_BY_NOW}"),
        _O.FEE_UNDECIDED: ("Chưa ghi việc hoàn trả phí, lệ phí.", f"NĐ 61/2018/NĐ-CP Đ22 {_BY_NOW}"),
        _O.FEE_KEPT_WITHOUT_BASIS: (
            "Giữ lại phí, lệ phí thì phải nêu căn cứ.",
            f"NĐ 61/2018/NĐ-CP Đ22 {_BY_NOW}",
        ),
    }
)


def judge_request(dossier: Dossier, request: WithdrawalRequest) -> Verdict:
    """Decide whether a request to withdraw may be recorded.

    The applicant may ask, and whoever she has authorised in writing. Who only handed the dossier in, or helped with it,
    may not. A reason is not required.
    """
    objections = []
    if request.dossier_id != dossier.dossier_id:
        objections.append(_objection(_O.OTHER_DOSSIER))
    if _S.WITHDRAWAL_REQUESTED not in TRANSITIONS[dossier.state]:
        objections.append(_objection(_O.NOT_IN_THIS_STATE, _INSTEAD[dossier.state]))
    if request.requested_by != dossier.applicant_id and not request.authorisation_id:
        objections.append(_objection(_O.NOT_ENTITLED))
    return Verdict(tuple(objections))


def judge_closing(request: WithdrawalRequest) -> Verdict:
    """Decide whether a withdrawal may be closed and the dossier stopped; everything still open is told at once."""
    found = []
    if request.outcome is not WithdrawalOutcome.GRANTED:
        found.append(_O.NOT_GRANTED)
    if request.decided_at is None or not request.decided_by:
        found.append(_O.NO_DECIDER)
    if not request.consent_id:
        found.append(_O.NO_CONSENT)
    if not request.letter_id:
        found.append(_O.NO_STOP_NOTICE)
    if originals_held(request):
        found.append(_O.ORIGINALS_HELD)
    if request.fee_outcome is None:
        found.append(_O.FEE_UNDECIDED)
    if request.fee_outcome is FeeOutcome.KEPT and not request.fee_basis.strip():
        found.append(_O.FEE_KEPT_WITHOUT_BASIS)
    return Verdict(tuple(_objection(because) for because in found))


def originals_held(request: WithdrawalRequest) -> tuple[HandedBackOriginal, ...]:
    """Give the originals that still have to be handed back."""
    return tuple(original for original in request.originals if original.handed_back_at is None)


def state_after(request: WithdrawalRequest, came_from: DossierState) -> DossierState:
    """Give the state that a dossier with a request to withdraw is in, or goes to.

    Args:
        request: The request.
        came_from: The state in which it was made.

    Returns:
        ``WITHDRAWAL_REQUESTED`` while it is considered, ``STOPPED`` when granted, else the state it came from.
    """
    match request.outcome:
        case None:
            return _S.WITHDRAWAL_REQUESTED
        case WithdrawalOutcome.GRANTED:
            return _S.STOPPED
        case WithdrawalOutcome.NOT_GRANTED | WithdrawalOutcome.TAKEN_BACK:
            return came_from


def _objection(because: WithdrawalObjection, instead: str = "") -> Objection:
    words, legal_basis = _WORDS[because]
    return Objection(because, words, legal_basis, instead)
