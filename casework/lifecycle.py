# SPDX-License-Identifier: GPL-3.0-or-later
"""The life of a dossier: which state may follow which."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from casework.errors import KnownError
from casework.records.dossier import DossierState

_S = DossierState

TRANSITIONS: Final[Mapping[DossierState, Mapping[DossierState, str]]] = {
    _S.REGISTERED: {
        _S.RECEIVED: "complete: receipt (Mẫu 01), NĐ 61/2018 Đ17.1c",
        _S.REFUSED: "refusal slip with reason (Mẫu 03), NĐ 61/2018 Đ17.1b",
        _S.SUPPLEMENT_REQUESTED: "guidance, completely and once (Mẫu 02), NĐ 61/2018 Đ17.1a",
    },
    _S.RECEIVED: {
        _S.PROCESSING: "forwarded the same working day, NĐ 61/2018 Đ18",
        _S.SUPPLEMENT_REQUESTED: "gap found at appraisal, within 3 working days, NĐ 61/2018 Đ19.4",
        _S.WITHDRAWAL_REQUESTED: "the citizen asks to withdraw",
        _S.FINISHED: "decided at the counter, NĐ 61/2018 Đ17.4–5",
    },
    _S.PROCESSING: {
        _S.SUPPLEMENT_REQUESTED: "gap found at appraisal, NĐ 61/2018 Đ19.4",
        _S.PAYMENT_REQUESTED: "a fee or tax is due before the result, NĐ 61/2018 Đ22",
        _S.WITHDRAWAL_REQUESTED: "the citizen asks to withdraw",
        _S.STOPPED: "stop notice (Mẫu 05, TT 03/2025/TT-VPCP)",
        _S.FINISHED: "result or refusal of the matter is issued, NĐ 61/2018 Đ19.8",
    },
    _S.SUPPLEMENT_REQUESTED: {
        _S.RECEIVED: "the complete dossier was handed in; the time limit starts anew, NĐ 61/2018 Đ19.4",
        _S.PROCESSING: "the missing papers came, the appraisal goes on",
        _S.STOPPED: "the papers did not come",
    },
    _S.PAYMENT_REQUESTED: {
        _S.PROCESSING: "paid",
        _S.STOPPED: "not paid",
    },
    _S.WITHDRAWAL_REQUESTED: {
        _S.STOPPED: "the request was considered and granted (Mẫu 05, TT 03/2025/TT-VPCP)",
    },
    _S.FINISHED: {
        _S.RETURNED: "the result was handed over, NĐ 61/2018 Đ20",
    },
    _S.REFUSED: {},
    _S.STOPPED: {},
    _S.RETURNED: {},
}
"""For every state the states that may follow, each with what makes it happen."""


def next_states(state: DossierState) -> tuple[DossierState, ...]:
    """Give the states that may follow; none after the last state of a life."""
    return tuple(TRANSITIONS[state])


def is_final(state: DossierState) -> bool:
    """Whether nothing may follow."""
    return not TRANSITIONS[state]


def check_transition(before: DossierState, after: DossierState) -> None:
    """Refuse a change of state that the law does not know.

    Raises:
        KnownError: ``state-change-not-allowed``, with both states by number.
    """
    if after not in TRANSITIONS[before]:
        raise KnownError("state-change-not-allowed", before=str(int(before)), after=str(int(after)))
